"""Ctrl+F: a few letters, and Enter goes to the row in the account it belongs to."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.delegates.finder_delegate import draw_marked, pieces
from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.finder import Finder
from retainerdesk.desktop.main_window import MainWindow
from retainerdesk.desktop.models.finder_model import KIND_WORDS, FinderModel, spoken
from retainerdesk.desktop.preferences import Preferences
from retainerdesk.desktop.theme.theme import Theme
from retainerdesk.desktop.widgets.empty_state import EmptyState
from retainerdesk.desktop.widgets.text import role_font
from retainerdesk.services.search import SHOWN_KINDS, MarkedText, SearchPage, search_book


@pytest.fixture
def window(desk: Desk, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    made = MainWindow(desk, Preferences(tmp_path / "config"))
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    return made


@pytest.fixture
def finder(window: MainWindow) -> Finder:
    window.actions_by_id["view.find_in_book"].trigger()
    opened = window.finder_guide.finder
    assert opened is not None
    return opened


def type_in(finder: Finder, text: str) -> None:
    finder.field.setText(text)
    finder.look()


def titles(finder: Finder) -> list[str]:
    model = finder.model
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def test_it_looks_while_one_types_and_names_come_first(finder: Finder, qtbot: QtBot) -> None:
    QTest.keyClicks(finder.field, "sohn")
    qtbot.waitUntil(lambda: finder.model.rowCount() > 0)
    assert titles(finder)[0] == "ACME & Söhne <Ltd>"
    assert "names first" in finder.foot.text()


def test_enter_goes_to_the_row_on_the_timeline(finder: Finder, window: MainWindow) -> None:
    type_in(finder, "roadmap parts shop comments")
    result = finder.model.result(finder.model.index(0))
    assert result is not None
    assert result.kind == "work"
    QTest.keyClick(finder.field, Qt.Key.Key_Return)
    assert not finder.isVisible()
    assert (window.screens.current, window.account_id()) == ("accounts", "acme")
    pane = window.makers._accounts
    assert pane is not None
    line = pane.page.timeline.model.line(pane.page.timeline.list.currentIndex())
    assert line is not None
    assert (line.kind, line.id) == (result.kind, result.id)


def test_an_invoice_is_reached_by_a_part_of_its_number(finder: Finder, window: MainWindow) -> None:
    type_in(finder, "2026-0069")
    result = finder.model.result(finder.model.index(0))
    assert result is not None
    assert result.kind == "invoice"
    QTest.keyClick(finder.field, Qt.Key.Key_Return)
    assert window.account_id() == result.account_id


def test_enter_right_after_typing_does_not_choose_what_stood_there_before(
    finder: Finder, window: MainWindow
) -> None:
    type_in(finder, "acme")
    finder.field.setText("dune")
    QTest.keyClick(finder.field, Qt.Key.Key_Return)
    assert window.account_id() == "dune"


def test_arrows_walk_and_the_next_page_comes_by_itself(finder: Finder) -> None:
    type_in(finder, "the")
    first = finder.model.rowCount()
    assert first == 30
    for _ in range(40):
        QTest.keyClick(finder.field, Qt.Key.Key_Down)
    assert finder.model.rowCount() > first
    assert finder.list.currentIndex().row() == 40
    QTest.keyClick(finder.field, Qt.Key.Key_PageUp)
    assert finder.list.currentIndex().row() == 33


def test_nothing_typed_nothing_found_and_only_signs_say_so(finder: Finder) -> None:
    def said() -> str:
        page = finder._pages.currentWidget()
        state = page if isinstance(page, EmptyState) or page is None else page.findChild(EmptyState)
        return state.accessibleName() if state is not None else ""

    type_in(finder, "")
    assert said() == "Look for a word"
    type_in(finder, "zeppelin <b>")
    assert said() == "Nothing found for “zeppelin <b>”"
    type_in(finder, '%_"*')
    assert said() == "Look for a word"
    QTest.keyClick(finder.field, Qt.Key.Key_Return)
    assert finder.isVisible()


def test_the_palette_leads_here_with_what_was_typed(window: MainWindow) -> None:
    window.palette_guide.open()
    palette = window.palette_guide.palette
    assert palette is not None
    QTest.keyClicks(palette.field, "trade fair qqq")
    model = palette.list.model()
    assert model.index(model.rowCount() - 1, 0).data() == "Find “trade fair qqq” in the whole book"
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    finder = window.finder_guide.finder
    assert finder is not None
    assert finder.field.text() == "trade fair qqq"


def test_every_kind_has_its_word_and_icon() -> None:
    assert set(KIND_WORDS) == set(SHOWN_KINDS)


def test_the_model_keeps_the_rules_of_models(desk: Desk, theme: Theme) -> None:
    model = FinderModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page = desk.read(search_book, "a")
    model.show_results(page.results)
    model.append(page.results)
    model.append(())
    model.show_results(())


def test_a_row_is_spoken_whole(desk: Desk) -> None:
    (found, *_) = desk.read(search_book, "marta").results
    assert spoken(found).startswith("Contact, Marta Söhne, ACME & Söhne <Ltd>, ")


def test_what_fits_is_drawn_in_pieces_and_markup_as_letters(theme: Theme) -> None:
    marked = MarkedText("<b>bold</b> bo", ((3, 5), (12, 14)))
    assert list(pieces(marked)) == [("<b>", False), ("bo", True), ("ld</b> ", False), ("bo", True)]
    assert list(pieces(MarkedText("שלום bo", ((5, 7),)))) == [("שלום bo", False)]
    image = QImage(60, 20, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    draw_marked(painter, image.rect(), marked, role_font("body"), "#000000", "#0000ff")
    painter.end()


def test_a_late_answer_of_an_empty_book_is_nothing(empty_desk: Desk, qtbot: QtBot, theme: Theme) -> None:
    def ask(typed: str, after: int | None) -> SearchPage:
        return empty_desk.read(search_book, typed, after=after)

    finder = Finder(ask)
    qtbot.addWidget(finder)
    finder.open_with("anything")
    assert finder.model.rowCount() == 0
    finder.close()
