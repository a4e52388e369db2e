"""Messages are one for all, short, and plain text wherever they are shown."""

from __future__ import annotations

from datetime import date

from pytestqt.qtbot import QtBot

from retainerdesk.desktop.due_words import line_of, message_of
from retainerdesk.desktop.notifier import Notifier
from retainerdesk.desktop.theme.theme import Theme
from retainerdesk.desktop.tray import SNOOZES, Tray, badged_icon
from retainerdesk.domain.due_item import DueItem, DueKind


def item(
    number: int, name: str = "ACME", text: str = "quiet 23 days", kind: DueKind = DueKind.QUIET
) -> DueItem:
    return DueItem(f"k/{number}", kind, "acme", name, date(2026, 11, 22), text)


def test_one_thing_is_told_in_the_singular() -> None:
    assert message_of([item(1)]) == ("1 thing needs you", "ACME: quiet 23 days")


def test_six_things_are_four_lines_and_a_remainder() -> None:
    title, body = message_of([item(number) for number in range(6)])
    assert title == "6 things need you"
    assert body.splitlines()[3:] == ["ACME: quiet 23 days", "and 2 more"]


def test_a_line_stays_one_short_line_whatever_people_typed() -> None:
    line = line_of(item(1, text="a\nb\t" + "c" * 500, kind=DueKind.ACTION_DUE))
    assert line.startswith("ACME: a b c")
    assert len(line) == 90


def test_amounts_and_days_of_the_rules_are_written_as_in_the_window() -> None:
    text = "2026-0067: 856.80 EUR open, 51 days late"
    assert (
        line_of(item(1, text=text, kind=DueKind.INVOICE_OVERDUE))
        == "ACME: 2026-0067: €856.80 open, 51 days late"
    )


def test_what_people_typed_is_left_as_they_typed_it() -> None:
    text = "pay 5.00 EUR on 2026-12-01"
    assert line_of(item(1, text=text, kind=DueKind.ACTION_DUE)) == f"ACME: {text}"


def test_without_a_tray_the_window_shows_the_message(theme: Theme, qtbot: QtBot) -> None:
    tray = Tray()
    tray.start()
    notifier = Notifier(tray)
    with qtbot.waitSignal(notifier.shown_inside) as shown:
        notifier.tell([item(1, name="<b>Evil</b> & Sons")])
    assert shown.args == ["1 thing needs you", "<b>Evil</b> & Sons: quiet 23 days"]
    tray.stop()


def test_the_offscreen_platform_has_no_tray(theme: Theme, qtbot: QtBot) -> None:
    tray = Tray()
    tray.start()
    assert not tray.is_available
    tray.stop()


def test_the_menu_lists_what_is_due_and_lets_each_item_rest(theme: Theme, qtbot: QtBot) -> None:
    tray = Tray()
    tray.show_items([item(1, name="Marks & Co"), item(2)])
    tray._menu.aboutToShow.emit()
    entries = [action for action in tray._menu.actions() if action.menu() is not None]
    assert [entry.text() for entry in entries] == ["Marks && Co: quiet 23 days", "ACME: quiet 23 days"]
    snoozes = [action for action in entries[1].menu().actions() if action.text().startswith("Snooze")]  # type: ignore[attr-defined]
    assert len(snoozes) == len(SNOOZES)
    with qtbot.waitSignal(tray.snoozed) as snoozed:
        snoozes[0].trigger()
    assert snoozed.args == ["k/2", 1]
    tray.stop()


def test_the_menu_is_of_the_moment_it_is_opened(theme: Theme, qtbot: QtBot) -> None:
    tray = Tray()
    tray.show_items([item(1)])
    tray._menu.aboutToShow.emit()
    tray.show_items([])
    tray._menu.aboutToShow.emit()
    assert tray._menu.actions()[0].text() == "Nothing is due"
    with qtbot.waitSignal(tray.action_chosen) as chosen:
        tray._menu.actions()[-1].trigger()
    assert chosen.args == ["file.quit_program"]
    tray.stop()


def test_the_badge_changes_the_icon(theme: Theme, qtbot: QtBot) -> None:
    images = [badged_icon(count).pixmap(32, 32).toImage() for count in (0, 3, 12)]
    assert images[0] != images[1]
    assert images[1] != images[2]
