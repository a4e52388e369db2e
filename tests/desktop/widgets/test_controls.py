"""Buttons, chips, segments and places answer to mouse, keyboard and screen reader."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.theme.tokens import LIGHT
from retainerdesk.desktop.widgets.buttons import icon_button, primary_button, secondary_button
from retainerdesk.desktop.widgets.chip import VerdictChip
from retainerdesk.desktop.widgets.nav_bar import NavBar, NavItem
from retainerdesk.desktop.widgets.segmented import Segment, SegmentedControl

CHOICES = (Segment("create", "Create"), Segment("later", "Later"), Segment("skip", "Skip", "warn"))
PLACES = (NavItem("today", "Today", "sun"), NavItem("accounts", "Accounts", "users"))


def _colours(widget: QWidget) -> set[str]:
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def _shown(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()


def test_the_primary_button_is_filled_with_the_accent(qtbot: QtBot) -> None:
    button = primary_button("Log &call", "phone")
    qtbot.addWidget(button)
    assert LIGHT.accent in _colours(button)
    assert button.accessibleName() == "Log call"


def test_a_disabled_primary_button_loses_the_accent(qtbot: QtBot) -> None:
    button = primary_button("Log call", "phone")
    qtbot.addWidget(button)
    button.setEnabled(False)
    assert LIGHT.accent not in _colours(button)


def test_a_button_makes_room_for_the_key_it_names(qtbot: QtBot) -> None:
    plain, hinted = secondary_button("Brief"), secondary_button("Brief", hint="F6")
    qtbot.addWidget(plain)
    qtbot.addWidget(hinted)
    assert hinted.sizeHint().width() > plain.sizeHint().width() + 12
    assert hinted.accessibleDescription() == "F6"


def test_a_button_with_only_an_icon_has_a_name(qtbot: QtBot) -> None:
    button = icon_button("x", "Close")
    qtbot.addWidget(button)
    assert (button.accessibleName(), button.toolTip()) == ("Close", "Close")


def test_a_chip_says_its_verdict_in_colour_and_in_words(qtbot: QtBot) -> None:
    chip = VerdictChip("triangle-alert", "Quiet 23 days & more", "warn", explanation="usually <7>")
    qtbot.addWidget(chip)
    assert {LIGHT.warn_weak} <= _colours(chip)
    assert chip.accessibleName() == "Quiet 23 days & more"
    assert chip.accessibleDescription() == "usually <7>"
    assert "&lt;7&gt;" in chip.toolTip()


def test_a_chip_takes_the_colour_of_a_new_verdict(qtbot: QtBot) -> None:
    chip = VerdictChip("triangle-alert", "Quiet", "warn")
    qtbot.addWidget(chip)
    chip.set_verdict("circle-check", "Pays on time", "good")
    colours = _colours(chip)
    assert LIGHT.good_weak in colours
    assert LIGHT.warn_weak not in colours


def test_a_chip_is_pressed_with_the_space_bar(qtbot: QtBot) -> None:
    chip = VerdictChip("circle-check", "Pays on time", "good")
    _shown(qtbot, chip)
    with qtbot.waitSignal(chip.clicked, timeout=1000):
        QTest.keyClick(chip, Qt.Key.Key_Space)


def test_the_first_segment_is_chosen_until_somebody_chooses(qtbot: QtBot) -> None:
    control = SegmentedControl(CHOICES, "What to do")
    qtbot.addWidget(control)
    assert control.selected == "create"


def test_pressing_a_segment_tells_its_key(qtbot: QtBot) -> None:
    control = SegmentedControl(CHOICES, "What to do")
    _shown(qtbot, control)
    with qtbot.waitSignal(control.changed, timeout=1000) as heard:
        QTest.mouseClick(control.segment("skip"), Qt.MouseButton.LeftButton)
    assert heard.args == ["skip"]
    assert control.selected == "skip"


def test_choosing_by_program_tells_nobody(qtbot: QtBot) -> None:
    control = SegmentedControl(CHOICES, "What to do")
    qtbot.addWidget(control)
    with qtbot.assertNotEmitted(control.changed):
        control.select("later")
    assert control.selected == "later"


def test_arrow_keys_move_the_choice_and_tell_it(qtbot: QtBot) -> None:
    control = SegmentedControl(CHOICES, "What to do")
    _shown(qtbot, control)
    control.segment("create").setFocus()
    with qtbot.waitSignal(control.changed, timeout=1000) as heard:
        QTest.keyClick(control.segment("create"), Qt.Key.Key_Right)
    assert heard.args == ["later"]
    assert control.segment("later").hasFocus()


def test_tab_passes_a_segmented_control_in_one_step(qtbot: QtBot) -> None:
    holder = QWidget()
    column = QVBoxLayout(holder)
    control = SegmentedControl(CHOICES, "What to do")
    after = secondary_button("after")
    column.addWidget(control)
    column.addWidget(after)
    _shown(qtbot, holder)
    control.segment("create").setFocus()
    QTest.keyClick(control.segment("create"), Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_a_segment_does_not_change_its_width_when_chosen(qtbot: QtBot) -> None:
    control = SegmentedControl(CHOICES, "What to do")
    _shown(qtbot, control)
    before = [control.segment(choice.key).width() for choice in CHOICES]
    control.select("skip")
    assert [control.segment(choice.key).sizeHint().width() for choice in CHOICES] == before


def test_choosing_a_place_tells_its_key(qtbot: QtBot) -> None:
    bar = NavBar(PLACES, "Places")
    _shown(qtbot, bar)
    with qtbot.waitSignal(bar.selected, timeout=1000) as heard:
        QTest.mouseClick(bar.button("accounts"), Qt.MouseButton.LeftButton)
    assert heard.args == ["accounts"]
    assert bar.current == "accounts"


def test_a_badge_is_red_has_room_and_is_said_in_words(qtbot: QtBot) -> None:
    bar = NavBar(PLACES, "Places")
    qtbot.addWidget(bar)
    width = bar.button("today").sizeHint().width()
    bar.set_badge("today", 5, "5 need you")
    bar.adjustSize()
    assert bar.button("today").sizeHint().width() > width
    assert LIGHT.bad in _colours(bar.button("today"))
    assert bar.button("today").accessibleDescription() == "5 need you"


def test_an_empty_badge_vanishes(qtbot: QtBot) -> None:
    bar = NavBar(PLACES, "Places")
    qtbot.addWidget(bar)
    bar.set_badge("today", 5, "5 need you")
    bar.set_badge("today", 0, "nothing needs you")
    assert LIGHT.bad not in _colours(bar.button("today"))
    assert bar.button("today").accessibleDescription() == ""
