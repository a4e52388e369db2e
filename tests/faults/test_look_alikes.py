"""Names that look like others, or are read from right to left: told, in one order, kept as typed."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from retainerdesk.desktop.due_words import line_of
from retainerdesk.desktop.name_words import FIRST_STRONG_ISOLATE, POP_ISOLATE, in_sentence
from retainerdesk.domain.due_item import DueItem, DueKind
from retainerdesk.services.account_list import load_account_list
from retainerdesk.services.book_files import ImportOptions, export_book, import_files
from retainerdesk.services.receivables import load_owed
from retainerdesk.services.register import list_register, register_csv
from retainerdesk.store.queries.accounts import account_summaries
from tests.cli.books import account, book, plan, retainer
from tests.cli.conftest import Shell
from tests.documents.samples import text_of
from tests.domain.test_names import ALIKE
from tests.faults import jobs
from tests.faults.figures import Figures
from tests.faults.test_odd_files import HEAD, ROW

WRITTEN = (
    "Ａcme", "acme", "ACME", "Ácme", "Zebra", "שלום", "شركة النور", "北京", "東京", "🦊 Fox", "e\u0301clair",
    "éclair", "\u202eAcme", "Ac\u200bme", "Ελλάδα", "Ω", "Łódź", "Ōsaka", "İstanbul", "ıstanbul", "ß", "SS",
    "ﬁn", "fin", "10", "9", "  two", "two",
)  # fmt: skip
TURNING = [
    each for each in WRITTEN if {unicodedata.bidirectional(letter) for letter in each} & {"R", "AL", "RLO"}
]


def make_named(folder: Path, names: dict[str, str]) -> None:
    """A book with one account a name that owes one invoice, issued."""
    jobs.make_empty(folder)
    accounts = []
    for own_id, name in names.items():
        made = account(own_id, retainer("r", "2026-01-01", plan("2026-01-01", "10.00", timing="arrears")))
        accounts.append({**made, "name": name})
    (folder / "in" / "book.json").write_text(json.dumps(book(*accounts)), encoding="utf-8")
    jobs.create(folder)
    jobs.import_json(folder)
    jobs.bill(folder)


@pytest.mark.parametrize("way", [way for way in ALIKE if "blank" not in way and "space at" not in way])
def test_an_import_says_which_new_account_looks_like_which_and_refuses_nothing(
    way: str, folder: Path, figures: Figures
) -> None:
    make_named(folder, {"acme": "Acme"})
    other = account("other", retainer("r", "2026-01-01", plan("2026-01-01", "10.00")))
    source = folder / "in" / "other.json"
    source.write_text(json.dumps(book({**other, "name": ALIKE[way]})), encoding="utf-8")
    with jobs.opened(folder) as store:
        for dry_run in (True, False):
            report = import_files(
                store, jobs.kept_in(folder), [source], ImportOptions(dry_run=dry_run, update=True)
            ).value
            assert report.refused == ()
            assert report.added
            told = [note for note in report.notes if "(acme)" in note]
            assert len(told) == 1
        again = import_files(store, jobs.kept_in(folder), [source], ImportOptions()).value
    assert not [note for note in again.notes if "(acme)" in note]
    figures.add("F97", f"a new account whose name is {way}", told="1/1", refused=0)


def test_a_renamed_account_is_told_as_well_and_one_created_by_a_time_export(shell: Shell) -> None:
    first = {**account("acme"), "name": "Acme"}
    second = {**account("zebra"), "name": "Zebra"}
    shell.ok("import", shell.write("book.json", book(first, second)))
    renamed = shell.write("renamed.json", book(first, {**second, "name": "\u0410cme"}))
    answer = shell.ok("--json", "import", "--update", renamed)
    assert [note for note in answer.json["notes"] if "looks like “Acme” (acme)" in note]
    row = ROW.format(day="2026-01-13").replace("Alfa", "Zebr\u0430")
    table = f"{HEAD}\r\n{row}\r\n"
    shell.ok("import", shell.write("back.json", book(first, second)), "--update")
    answer = shell.ok("--json", "import", "--create", shell.write("time.csv", table))
    assert [note for note in answer.json["notes"] if "looks like “Zebra” (zebra)" in note]


def test_every_list_of_names_is_in_one_order(folder: Path, shell: Shell, figures: Figures) -> None:
    """The list, the register, what is owed and the command line: by `name_order`, the same in each."""
    names = {f"a{number:02}": name for number, name in enumerate(WRITTEN)}
    make_named(folder, names)
    with jobs.opened(folder) as store, store.reading() as uow:
        plain = [each.id for each in account_summaries(uow)]
        listed = [row.id for row in load_account_list(uow, jobs.TODAY)]
        owed = [row.account_id for row in load_owed(uow, jobs.TODAY).rows]
        register = list_register(uow, jobs.TODAY)
    assert len(plain) == len(WRITTEN)
    assert listed == plain
    assert owed == plain
    assert {row.account_id for row in register} == set(plain)
    (shell.folder / "test.retainerdesk").write_bytes((folder / "my.book").read_bytes())
    answer = shell.ok("--json", "accounts", as_of=jobs.TODAY.isoformat())
    assert [row["account"] for row in answer.json["accounts"]] == plain
    figures.add("F97", "hostile names in the list, the register, what is owed and the shell", orders=1)


def test_marks_of_isolation_are_shown_and_never_kept_exported_or_printed(
    folder: Path, figures: Figures
) -> None:
    names = {f"a{number}": name for number, name in enumerate(TURNING)}
    make_named(folder, names)
    jobs.export_json(folder)
    jobs.print_invoices(folder)
    with jobs.opened(folder) as store:
        with store.reading() as uow:
            table = register_csv(list_register(uow, jobs.TODAY))
        export_book(store, jobs.kept_in(folder), folder / "out" / "again.json")
    exported = (folder / "out" / "again.json").read_text(encoding="utf-8")
    for text in (exported, table):
        assert FIRST_STRONG_ISOLATE not in text
        assert POP_ISOLATE not in text
        assert "\\u2068" not in text
    kept = [each["name"] for each in json.loads(exported)["accounts"]]
    assert kept == TURNING
    assert {row["account"] for row in csv.DictReader(io.StringIO(table, newline=""))} == set(TURNING)
    printed = "".join(text_of(path.read_bytes()) for path in (folder / "out").glob("*.pdf"))
    assert printed
    assert not {FIRST_STRONG_ISOLATE, POP_ISOLATE} & set(printed)
    figures.add("F97", "names that would turn a sentence, exported", marks=0, names=f"{len(TURNING)}")


@pytest.mark.parametrize("name", TURNING, ids=ascii)
def test_a_name_read_from_right_to_left_leaves_the_sentence_around_it_as_it_is(
    name: str, qapp: QApplication
) -> None:
    """By the algorithm of Qt itself: what stands before and after the name keeps its place."""
    from PySide6.QtGui import QTextLayout, QTextOption

    def places(sentence: str, marked: tuple[int, ...]) -> list[float]:
        option = QTextOption()
        option.setTextDirection(option.textDirection().LeftToRight)
        layout = QTextLayout(sentence)
        layout.setTextOption(option)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(100_000)
        layout.endLayout()
        found = []
        for at in marked:
            place: Any = line.cursorToX(at)
            found.append(place[0] if isinstance(place, tuple) else place)
        return found

    shown = in_sentence(name)

    def stays(sentence: str) -> bool:
        marked = (0, sentence.rindex(":"), sentence.rindex("3"), len(sentence))
        found = places(sentence, marked)
        return found == sorted(found) and len(set(found)) == len(found)

    assert not stays(f"Call {name}: 3 of 5")
    assert stays(f"Call {shown}: 3 of 5")
    item = DueItem("k", DueKind.ACTION_DUE, "a", name, jobs.TODAY, f"Ask {name} again")
    assert line_of(item).startswith(f"{shown}: {FIRST_STRONG_ISOLATE}Ask")
