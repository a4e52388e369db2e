"""The accounts screen on the sample business: what is chosen is on screen, and changes arrive."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.models.timeline_entries import MonthHead, TimelineLine
from retainerdesk.desktop.models.timeline_model import EXPANDED_ROLE
from retainerdesk.desktop.panes.accounts_screen import AccountsScreen
from retainerdesk.desktop.panes.verdict_popover import VerdictPopover
from retainerdesk.domain.account import Account
from retainerdesk.domain.work import Action, Note
from retainerdesk.services.accounts import add_account, change_account, get_account
from retainerdesk.services.rows import add_row, get_row

MORNING = datetime.fromisoformat("2026-11-22T09:00")
"""Local time of the book, without a zone, as calls and notes have it."""


@pytest.fixture
def screen(qtbot: QtBot, desk: Desk) -> Iterator[AccountsScreen]:
    screen = AccountsScreen(desk)
    qtbot.addWidget(screen)
    desk.bus.changed.connect(screen.refresh)
    screen.resize(1440, 770)
    screen.show()
    yield screen
    desk.bus.changed.disconnect(screen.refresh)


def _lines(screen: AccountsScreen) -> list[TimelineLine]:
    return [each for each in screen.page.timeline.model.entries if isinstance(each, TimelineLine)]


def test_the_first_account_that_needs_you_is_on_screen_at_once(screen: AccountsScreen) -> None:
    assert screen.account_id == "acme"
    assert screen.page.header.name.full_text == "ACME & Söhne <Ltd>"
    assert screen.page.header.facts.full_text.startswith("Advisory since ")
    assert "€3,000" in screen.page.margin.agreement.words.full_text


def test_a_choice_is_loaded_when_it_rests(qtbot: QtBot, screen: AccountsScreen) -> None:
    for _ in range(2):
        QTest.keyClick(screen.list.filter, Qt.Key.Key_Down)
    assert screen.account_id == "acme"
    with qtbot.waitSignal(screen.account_selected, timeout=3000) as told:
        pass
    assert told.args == [screen.list.selected]
    assert screen.page.header.name.full_text == "Elm Street Clinic"


def test_an_account_of_another_currency_has_no_margin_but_a_reason(screen: AccountsScreen) -> None:
    screen.select_account("elm")
    assert screen.page.margin.margin.figure.full_text == "—"
    assert screen.page.margin.margin.missing.full_text.startswith(
        "Incomplete: no exchange rate from GBP to EUR"
    )
    assert screen.page.margin.erosion.chart.isHidden()


def test_a_late_account_shows_what_is_open(screen: AccountsScreen) -> None:
    screen.select_account("dune")
    assert screen.page.margin.money.isVisible()
    assert screen.page.margin.money.header.remark.full_text.endswith("overdue")
    screen.select_account("acme")
    assert screen.page.margin.money.isHidden()


def test_a_change_of_the_account_arrives_and_one_of_another_does_not(
    screen: AccountsScreen, desk: Desk
) -> None:
    desk.write(add_row, Note("acme", "n-new", MORNING, "<b>new</b> & plain"))
    assert _lines(screen)[0].title == "<b>new</b> & plain"
    shown = screen.page.header.facts.full_text
    desk.write(change_account, replace(desk.read(get_account, "dune"), name="Dune & Co"))
    assert screen.page.header.facts.full_text == shown
    assert "Dune & Co" in [each.name for each in screen.list.summaries]


def test_filters_show_only_their_kinds(screen: AccountsScreen) -> None:
    screen.page.timeline.filters.select("money")
    assert {line.kind for line in _lines(screen)} <= {"invoice", "payment", "expense"}
    paid = [line for line in _lines(screen) if line.kind == "payment"]
    assert all(line.extra.startswith("for ") for line in paid)


def test_further_pages_come_when_the_end_is_near(screen: AccountsScreen) -> None:
    before = len(_lines(screen))
    bar = screen.page.timeline.list.verticalScrollBar()
    while screen.page.timeline._next is not None:
        bar.setValue(bar.maximum())
    keys = [(line.kind, line.id) for line in _lines(screen)]
    assert len(keys) > before
    assert len(set(keys)) == len(keys)
    months = [each.month for each in screen.page.timeline.model.entries if isinstance(each, MonthHead)]
    assert months == sorted(set(months), reverse=True)


def test_a_day_can_be_jumped_to_and_left_again(screen: AccountsScreen) -> None:
    past = _lines(screen)[-1].on
    screen.page.timeline.filters.day_chosen.emit(past)
    assert _lines(screen)[0].on <= past
    assert screen.page.timeline.filters.back.isVisible()
    screen.page.timeline.filters.back.click()
    assert _lines(screen)[0].on > past


def test_return_edits_a_line_and_delete_asks_to_remove_it(qtbot: QtBot, screen: AccountsScreen) -> None:
    line = _lines(screen)[0]
    view = screen.page.timeline.list
    view.setCurrentIndex(screen.page.timeline.model.place_of(line.kind, line.id))
    with qtbot.waitSignal(screen.open_row, timeout=1000) as opened:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == [line.kind, line.id]
    with qtbot.waitSignal(screen.remove_row, timeout=1000) as removed:
        QTest.keyClick(view, Qt.Key.Key_Delete)
    assert removed.args == [line.kind, line.id]


def test_an_invoice_can_be_saved_but_not_removed(qtbot: QtBot, screen: AccountsScreen) -> None:
    screen.page.timeline.filters.select("money")
    line = next(each for each in _lines(screen) if each.kind == "invoice")
    menu = screen.page.timeline.menu_for(line)
    words = [action.objectName() for action in menu.actions()]
    assert "remove" not in words
    with qtbot.waitSignal(screen.save_pdf, timeout=1000) as told:
        menu.actions()[words.index("pdf")].trigger()
    assert told.args == [line.id]


def test_return_on_an_invoice_shows_the_whole_of_it(screen: AccountsScreen) -> None:
    screen.page.timeline.filters.select("money")
    line = next(each for each in _lines(screen) if each.kind == "invoice")
    place = screen.page.timeline.model.place_of(line.kind, line.id)
    screen.page.timeline.list.setCurrentIndex(place)
    QTest.keyClick(screen.page.timeline.list, Qt.Key.Key_Return)
    assert place.data(EXPANDED_ROLE)


def test_a_ticked_action_is_done_and_comes_back_with_undo(screen: AccountsScreen, desk: Desk) -> None:
    first = screen.page.margin.actions_section.rows[0]
    action_id = first.action_id
    first.tick.click()
    done = desk.read(get_row, Action, "acme", action_id)
    assert isinstance(done, Action)
    assert done.done_on == desk.today()
    assert action_id not in [row.action_id for row in screen.page.margin.actions_section.rows]
    desk.undo.undo()
    assert action_id in [row.action_id for row in screen.page.margin.actions_section.rows]


def test_an_action_is_added_on_its_line(screen: AccountsScreen) -> None:
    field = screen.page.margin.actions_section.new_text
    QTest.keyClicks(field, "Send <the> plan")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == ""
    assert "Send <the> plan" in [row.text.full_text for row in screen.page.margin.actions_section.rows]


def test_a_verdict_explains_itself_when_pressed(qtbot: QtBot, screen: AccountsScreen) -> None:
    screen.page.header.chips[0].click()
    popover = screen.findChildren(VerdictPopover)[0]
    assert popover.accessibleName() == screen.page.header.chips[0].accessibleName()
    with qtbot.waitSignal(popover.destroyed, timeout=1000):
        popover.close()


def test_every_composer_button_asks_for_its_dialog(qtbot: QtBot, screen: AccountsScreen) -> None:
    for word in ("log_call", "note", "work", "action", "decision", "attach"):
        with qtbot.waitSignal(screen.open_dialog, timeout=1000) as told:
            screen.page.header.composer.buttons[word].click()
        assert told.args == [word]
    for action in screen.page.header.composer.more_menu.actions():
        if not action.isSeparator():
            with qtbot.waitSignal(screen.open_dialog, timeout=1000) as told:
                action.trigger()
            assert told.args == [action.data()]


def test_an_account_without_anything_says_what_to_do(screen: AccountsScreen, desk: Desk) -> None:
    desk.write(add_account, Account("new", "Proposal <b>& Co</b>", "JPY"))
    screen.select_account("new")
    assert screen.page.header.facts.full_text == "Active, no retainer yet"
    assert screen.page.margin.no_retainer.isVisible()
    assert screen.page.margin.period.isHidden()
    assert not _lines(screen)


def test_the_place_is_remembered(screen: AccountsScreen, desk: Desk, qtbot: QtBot, tmp_path: object) -> None:
    settings = QSettings(f"{tmp_path}/place.ini", QSettings.Format.IniFormat)
    screen.select_account("cobalt")
    screen.list.tree.set_folded({"active"})
    screen.keep_state(settings)
    again = AccountsScreen(desk)
    qtbot.addWidget(again)
    again.restore_state(settings)
    assert again.account_id == "cobalt"


def test_an_empty_book_begins_with_a_first_account(qtbot: QtBot, empty_desk: Desk) -> None:
    screen = AccountsScreen(empty_desk)
    qtbot.addWidget(screen)
    screen.show()
    assert screen.welcome.isVisible()
    assert screen.account_id == ""
    with qtbot.waitSignal(screen.open_dialog, timeout=1000) as told:
        screen.welcome.primary.emit()
    assert told.args == ["new_account"]


def test_everything_that_takes_the_keyboard_has_a_name(screen: AccountsScreen) -> None:
    widgets: list[QWidget] = screen.findChildren(QWidget)
    for widget in widgets:
        takes_keys = widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        if takes_keys and widget.isVisibleTo(screen):
            name = widget.accessibleName() or getattr(widget, "text", str)()
            assert name, f"{type(widget).__name__} {widget.objectName()} has no name"


def test_a_screen_that_may_wait_shows_its_list_and_fills_the_page_later(qtbot: QtBot, desk: Desk) -> None:
    """Not even made before: a start paints the list first."""
    screen = AccountsScreen(desk, may_wait=True)
    qtbot.addWidget(screen)
    assert len(screen.list.summaries) == 6
    assert ("page" in vars(screen), screen.account_id, screen.retainer_id) == (False, "", "")
    with qtbot.waitSignal(screen.account_selected):
        screen.fill()
    assert screen.account_id == screen.list.selected
    assert screen.page.header.name.full_text == "ACME & Söhne <Ltd>"
