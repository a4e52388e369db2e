"""Names of 10,000 characters and notes of 5,000 lines in every screen and dialog: nothing grows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.opener import DialogOpener
from retainerdesk.desktop.due_words import message_of
from retainerdesk.desktop.garbage import GarbageKeeper
from retainerdesk.desktop.main_window import MainWindow
from retainerdesk.desktop.preferences import Preferences
from retainerdesk.services.accounts import list_accounts
from retainerdesk.services.due import find_due
from tests.desktop.conftest import theme
from tests.faults.figures import Figures
from tests.faults.walk import OPENERS, TODAY, Place, make_book, opened

__all__ = ["theme"]

WORD = "Rhabarberbarbara"
NAME = (WORD * 625)[:10_000]
NOTE = "line\n" * 5_000
PLAIN = "Acme"
SIZE = (1280, 800)
WIDEST = 800


def giant(field: str) -> str:
    """What stands in lists and titles is endless; what is printed line by line is only long."""
    owner, _, name = field.partition(".")
    if owner in {"lines", "charges", "expenses", "payments", "seller", "buyer", "details", "address"}:
        return NAME[:200] if name != "name" else NAME
    return NOTE if name == "text" else NAME


def wait(qtbot: QtBot, desk: Desk) -> None:
    """A PDF of thousands of lines takes its time, beside the window."""
    qtbot.waitUntil(lambda: not desk.runner.is_busy, timeout=60_000)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """One book with short texts, and one with giants."""
    return (
        make_book(tmp_path_factory.mktemp("plain"), lambda _field: PLAIN),
        make_book(tmp_path_factory.mktemp("giant"), giant),
    )


@pytest.fixture
def desks(books: tuple[Path, Path], qapp: QApplication, theme: object) -> Iterator[tuple[Desk, Desk]]:
    with opened(books[0]) as plain, opened(books[1]) as giants:
        desks = Desk(plain), Desk(giants)
        keeper = GarbageKeeper()
        keeper.start()
        yield desks
        for desk in desks:
            desk.close()
        keeper.stop()


@pytest.mark.faults
@pytest.mark.timeout(300)
def test_no_dialog_grows_with_what_is_written_in_it(
    desks: tuple[Desk, Desk], qtbot: QtBot, tmp_path: Path, figures: Figures
) -> None:
    """No dialog is wider or needs more width than with short texts, none is higher than a small screen.

    A word of 80 letters without a blank may take up to 800 pixels.
    """
    sizes: list[dict[str, tuple[int, int, int]]] = []
    for desk, text in zip(desks, (PLAIN, NOTE), strict=True):
        window = QWidget()
        qtbot.addWidget(window)
        place = Place(desk, window, DialogOpener(desk, window), tmp_path, text)
        found = {}
        for name, opener in OPENERS.items():
            dialog = opener(place)
            dialog.show()
            wait(qtbot, desk)
            found[name] = dialog.minimumSizeHint().width(), dialog.width(), dialog.height()
            dialog.close()
            dialog.deleteLater()
        sizes.append(found)
    plain, giants = sizes
    needed = {
        name: (plain[name][0], giants[name][0])
        for name in plain
        if giants[name][0] > max(plain[name][0], WIDEST)
    }
    wider = {
        name: (plain[name][1], giants[name][1])
        for name in plain
        if giants[name][1] > max(plain[name][1], WIDEST)
    }
    higher = {name: (plain[name][2], giants[name][2]) for name in plain
              if giants[name][2] > max(plain[name][2], SIZE[1])}  # fmt: skip
    assert (needed, wider, higher) == ({}, {}, {})
    figures.add(
        "F98", "giant texts in every dialog", dialogs=len(plain), wider_than_800=0, higher_than_a_screen=0
    )


def widths(window: MainWindow, qtbot: QtBot) -> dict[str, tuple[int, int]]:
    """The least width and the width of the window at every place of it."""
    desk = window.desk
    qtbot.addWidget(window)
    window.resize(*SIZE)
    window.show()
    found: dict[str, tuple[int, int]] = {}

    def note(where: str) -> None:
        wait(qtbot, desk)
        QApplication.processEvents()
        found[where] = window.minimumSizeHint().width(), window.width()

    for screen in ("today", "accounts", "billing"):
        window.show_place(screen)
        note(screen)
        for tabs in window.findChildren(QTabWidget):
            for page in range(tabs.count() if tabs.isVisible() else 0):
                tabs.setCurrentIndex(page)
                note(f"{screen}, page {page}")
    window.show_place("accounts")
    for account in desk.read(list_accounts):
        window.show_account(account.id)
        note(account.id)
    window.banners.tell(desk.read(list_accounts)[0].name, "warn")
    window.status.start_work(f"Attaching {desk.read(list_accounts)[0].name}")
    note("a banner and work under way")
    window.close()
    return found


@pytest.mark.faults
@pytest.mark.timeout(300)
def test_the_window_stays_as_wide_as_it_is_and_fits_a_small_screen(
    desks: tuple[Desk, Desk], qtbot: QtBot, tmp_path: Path, figures: Figures
) -> None:
    windows = [MainWindow(desk, Preferences(tmp_path / "config")) for desk in desks]
    plain, giants = (widths(window, qtbot) for window in windows)
    assert {name: least for name, (least, _) in giants.items() if least > SIZE[0]} == {}
    assert {name: width for name, (_, width) in giants.items() if width != plain[name][1]} == {}
    figures.add("F98", "giant texts in every screen and pane", places=len(plain), wider=0)


@pytest.mark.faults
def test_a_message_of_giant_names_is_a_few_short_lines(desks: tuple[Desk, Desk]) -> None:
    title, body = message_of(desks[1].read(find_due, TODAY).items)
    lines = body.splitlines()
    assert len(title) < 40
    assert 1 < len(lines) <= 5
    assert max(map(len, lines)) <= 94
