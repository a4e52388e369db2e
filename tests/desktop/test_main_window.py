"""The window as a whole: its actions reach their slots, its places come up, its foot tells the truth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.action_spec import ActionSpec
from retainerdesk.desktop.action_specs import SPECS
from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.main_window import NO_ACCOUNT_FOR_FILE, MainWindow
from retainerdesk.desktop.picture import paint_main_window
from retainerdesk.desktop.preferences import Preferences
from retainerdesk.desktop.theme.theme import current_tokens
from retainerdesk.desktop.theme.tokens import DARK, LIGHT
from retainerdesk.desktop.window_state import WindowState
from retainerdesk.services.business import get_business, save_business
from retainerdesk.services.context import BookContext
from retainerdesk.services.due import find_due
from retainerdesk.services.results import EVERYTHING
from tests.desktop.conftest import TODAY

BY_NAME = ["acme", "borealis", "cobalt", "dune", "elm", "fjord"]


@pytest.fixture
def window(desk: Desk, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window on the sample business, at its Accounts."""
    window = MainWindow(desk, Preferences(tmp_path / "config"))
    qtbot.addWidget(window)
    window.show_place("accounts")
    window.show()
    yield window
    window.close()


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.id)
def test_the_slot_of_every_action_exists(window: MainWindow, spec: ActionSpec) -> None:
    controller, method = spec.slot.split(".")
    assert callable(getattr(window.controllers.by_name[controller], method))
    assert window.actions_by_id[spec.id].shortcut().toString() == spec.shortcut


@pytest.mark.parametrize("place", ["today", "accounts", "billing"])
def test_every_place_comes_into_view_and_is_marked(window: MainWindow, place: str, qtbot: QtBot) -> None:
    window.actions_by_id[f"view.show_{place}"].trigger()
    assert window.screens.current == place
    assert window.navigation.current == place
    qtbot.waitUntil(lambda: not window.desk.runner.is_busy, timeout=20_000)
    # The preview of Billing rests while it is out of view.
    window.show_place("accounts")


def test_the_foot_names_the_business_and_its_money(window: MainWindow) -> None:
    """The sample bills 11,100 € and 2,400 £ a month; Dune owes 856.80 and 1,428.00, together 2,284.80 €."""
    status = window.status
    texts = [label.full_text for label in (status.business, status.recurring, status.open_money)]
    assert texts == ["Studio Nord", "MRR €11,100 + £2,400 without a rate", "Open €2,285, €2,285 overdue"]


def test_a_change_of_the_business_reaches_the_foot(window: MainWindow) -> None:
    renamed = replace(window.desk.read(get_business), name="<b>Nord</b>")
    window.desk.write(save_business, renamed)
    assert window.status.business.text() == "<b>Nord</b>"
    assert window.status.business.textFormat() == Qt.TextFormat.PlainText


def test_what_is_due_is_counted_beside_today(window: MainWindow) -> None:
    report = window.desk.read(find_due, TODAY)
    window.show_due(report)
    assert window.navigation.button("today").accessibleDescription() == "14 things need you"


def test_what_can_be_undone_stands_in_the_menu(window: MainWindow) -> None:
    action = window.actions_by_id["edit.undo_edit"]
    assert not action.isEnabled()
    changes = window.desk.write(save_business, window.desk.read(get_business)).changes
    window.desk.undo.do("note", lambda: changes, lambda: changes)
    assert (action.isEnabled(), action.text()) == (True, "&Undo note")


def test_actions_about_an_account_wait_for_one(empty_desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    window = MainWindow(empty_desk, Preferences(tmp_path))
    qtbot.addWidget(window)
    window.show_place("accounts")
    assert not window.actions_by_id["account.log_call"].isEnabled()
    assert window.actions_by_id["file.add_account"].isEnabled()


def test_the_palette_opens_an_account(window: MainWindow, qtbot: QtBot) -> None:
    keys = [entry.key for entry in window.palette_guide.account_entries()]
    assert keys[0] == "acme"
    window.palette_guide._choose("account", "dune")
    assert window.account_id() == "dune"


def test_the_palette_offers_what_can_be_done_now(window: MainWindow) -> None:
    offered = {entry.key for entry in window.palette_guide.action_entries()}
    assert {"account.log_call", "billing.issue_invoices"} <= offered
    assert not {"edit.undo_edit", "view.open_palette"} & offered


def test_another_theme_is_put_on_and_kept(window: MainWindow, tmp_path: Path) -> None:
    window.actions_by_id["view.use_dark"].trigger()
    assert current_tokens() is DARK
    assert Preferences(tmp_path / "config").now.theme == "dark"
    window.actions_by_id["view.use_light"].trigger()
    assert current_tokens() is LIGHT


def test_dropped_time_exports_go_to_the_import_and_pictures_to_the_account(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    for name, kind in (("toggl.csv", "ImportDialog"), ("scan.png", "AttachDialog")):
        (tmp_path / name).write_bytes(b"x")
        drop(window, tmp_path / name)
        dialogs = [each for each in window.findChildren(QDialog) if type(each).__name__ == kind]
        assert len(dialogs) == 1
        qtbot.waitUntil(lambda: not window.desk.runner.is_busy, timeout=20_000)
        dialogs[0].close()


def test_a_file_dropped_before_there_is_an_account_on_screen_is_not_lost_without_a_word(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    """A start into Today makes no page of an account; the drop looked as if it had worked."""
    window = MainWindow(desk, Preferences(tmp_path))
    qtbot.addWidget(window)
    window.show_place("today")
    (tmp_path / "scan.png").write_bytes(b"x")
    drop(window, tmp_path / "scan.png")
    assert window.banners.text == NO_ACCOUNT_FOR_FILE


def drop(window: MainWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    none = Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    window.dropEvent(event)


def test_place_and_account_are_where_they_were(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    state = WindowState(tmp_path, "key")
    first = restored_window(desk, state, tmp_path, qtbot)
    assert first.screens.current == "accounts"
    first.show_account("fjord")
    first.show_place("today")
    state.save(first, "today", first.screens.all_made)
    later = WindowState(tmp_path, "key")
    second = restored_window(desk, later, tmp_path, qtbot)
    assert second.screens.current == "today"
    second.show_place("accounts")
    assert second.account_id() == "fjord"


def restored_window(desk: Desk, state: WindowState, folder: Path, qtbot: QtBot) -> MainWindow:
    """A window that begins where the last one ended."""
    window = MainWindow(desk, Preferences(folder))
    qtbot.addWidget(window)
    window.screens.made.connect(state.restore_screen)
    window.show_place(state.place(window.screens.keys))
    return window


def test_closing_asks_whoever_decides(window: MainWindow, qtbot: QtBot) -> None:
    window.show()
    window.may_close = False
    with qtbot.waitSignal(window.close_asked):
        window.close()
    assert window.isVisible()
    window.may_close = True


def test_every_control_of_the_window_has_a_name_for_a_screen_reader(window: MainWindow) -> None:
    shown = [each for each in window.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    unnamed = [
        each for each in shown
        if not (each.accessibleName() or getattr(each, "text", str)() or each.objectName().startswith("qt_"))
        and not isinstance(each, QLabel)
        and not is_inside_a_combo_box(each)
    ]  # fmt: skip
    assert [f"{type(each).__name__} in {each.parent()}" for each in unnamed] == []


def is_inside_a_combo_box(widget: QWidget) -> bool:
    """Qt makes the list of a combo box and tells its name by the box."""
    parent = widget.parentWidget()
    return parent is not None and parent.inherits("QComboBoxPrivateContainer")


def test_the_picture_shows_the_first_account_that_needs_attention(
    context: BookContext, tmp_path: Path, qapp: QApplication
) -> None:
    from PySide6.QtGui import QImage

    paint_main_window(context, tmp_path / "window.png")
    image = QImage(str(tmp_path / "window.png"))
    assert (image.width(), image.height()) == (1440, 900)
    colours = {image.pixelColor(x, y).name() for x in range(0, 1440, 7) for y in range(0, 900, 7)}
    assert LIGHT.accent in colours
    assert len(colours) > 20
    assert sorted(each.name for each in tmp_path.iterdir() if "settings" in each.name) == []


def test_until_the_accounts_are_added_up_the_window_says_so(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    """No place is marked while none is in view. Today stands still until then, and the palette names accounts
    without adding anything up; the foot says no sums."""
    waiting = MainWindow(desk, Preferences(tmp_path), may_wait=True)
    qtbot.addWidget(waiting)
    waiting.say_waiting()
    notice = waiting.screens._stack.currentWidget()
    assert notice is not None
    assert (notice.accessibleName(), waiting.navigation.current) == ("Adding up the accounts…", "")
    waiting.show_place("today")
    waiting.refresh(EVERYTHING)
    assert waiting.screens._stack.currentWidget() is notice
    assert waiting.navigation.current == "today"
    assert [each.key for each in waiting.palette_guide.account_entries()] == BY_NAME
    assert waiting.status.recurring.full_text == ""
    waiting.show_figures()
    assert waiting.screens._stack.currentWidget() is waiting.screens.screen("today")
    assert waiting.status.recurring.full_text.startswith("MRR ")


def test_it_says_once_that_all_of_it_was_painted(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    window = MainWindow(desk, Preferences(tmp_path), may_wait=True)
    qtbot.addWidget(window)
    times = []
    window.painted.connect(lambda: times.append(window.screens.current))
    window.show_place("accounts")
    with qtbot.waitSignal(window.painted):
        window.show()
    window.repaint()
    with qtbot.assertNotEmitted(window.painted, wait=100):
        window.repaint()
    assert times == ["accounts"]
