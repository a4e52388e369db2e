"""Notices, empty places, search fields and layouts."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.theme.tokens import LIGHT
from retainerdesk.desktop.widgets.banner import Banner, BannerAction
from retainerdesk.desktop.widgets.empty_state import EmptyState
from retainerdesk.desktop.widgets.flow_layout import FlowLayout
from retainerdesk.desktop.widgets.search_field import SearchField
from retainerdesk.desktop.widgets.surfaces import SectionHeader, hairline


def _button(parent: QWidget, text: str) -> QPushButton:
    return next(button for button in parent.findChildren(QPushButton) if button.text() == text)


def test_a_banner_tells_which_action_was_pressed(qtbot: QtBot) -> None:
    banner = Banner(
        "The disk is full", "warn", [BannerAction("retry", "Again"), BannerAction("move", "Move…")]
    )
    qtbot.addWidget(banner)
    with qtbot.waitSignal(banner.acted, timeout=1000) as heard:
        _button(banner, "Move…").click()
    assert heard.args == ["move"]


def test_escape_puts_a_banner_aside(qtbot: QtBot) -> None:
    banner = Banner("14 issued", "good")
    qtbot.addWidget(banner)
    banner.show()
    with qtbot.waitSignal(banner.closed, timeout=1000):
        QTest.keyClick(banner, Qt.Key.Key_Escape)
    assert banner.isHidden()


def test_an_empty_state_says_why_and_what_to_do(qtbot: QtBot) -> None:
    empty = EmptyState("inbox", "Nothing here yet", "Log a call.", "Log call", "Import…")
    qtbot.addWidget(empty)
    assert (empty.accessibleName(), empty.accessibleDescription()) == ("Nothing here yet", "Log a call.")
    with qtbot.waitSignal(empty.primary, timeout=1000):
        _button(empty, "Log call").click()
    with qtbot.waitSignal(empty.secondary, timeout=1000):
        _button(empty, "Import…").click()


def test_escape_clears_a_search_before_anything_else(qtbot: QtBot) -> None:
    field = SearchField("Search or do anything", hint="Ctrl K")
    qtbot.addWidget(field)
    field.setText("acme")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""


def test_the_cross_of_a_search_is_there_only_with_text(qtbot: QtBot) -> None:
    field = SearchField("Filter accounts")
    qtbot.addWidget(field)
    clear = next(action for action in field.actions() if action.text() == "Clear")
    assert not clear.isVisible()
    field.setText("acme")
    assert clear.isVisible()
    clear.trigger()
    assert field.text() == ""
    assert not clear.isVisible()


def test_chips_that_do_not_fit_go_on_in_the_next_line(qtbot: QtBot) -> None:
    """Three boxes of 100 × 20 with 8 between: 316 holds all, 250 two, 120 one a line."""
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder)
    for _ in range(3):
        box = QWidget()
        box.setFixedSize(100, 20)
        flow.addWidget(box)
    assert flow.sizeHint().width() == 316
    assert [flow.heightForWidth(width) for width in (316, 315, 250, 120)] == [20, 48, 48, 76]
    flow.setGeometry(QRect(0, 0, 250, 48))
    third = flow.itemAt(2)
    assert third is not None
    assert third.geometry() == QRect(0, 28, 100, 20)


def test_a_hidden_chip_leaves_no_gap(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder)
    boxes = [QWidget() for _ in range(3)]
    for box in boxes:
        box.setFixedSize(100, 20)
        flow.addWidget(box)
    boxes[1].hide()
    assert flow.sizeHint().width() == 208


def test_a_cleared_flow_is_empty(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder)
    flow.addWidget(QWidget())
    flow.clear()
    assert flow.count() == 0
    assert flow.itemAt(0) is None


def test_a_hairline_is_one_pixel_of_the_line_colour(qtbot: QtBot) -> None:
    line = hairline()
    qtbot.addWidget(line)
    line.resize(20, 1)
    assert line.grab().toImage().pixelColor(10, 0).name() == LIGHT.line


def test_a_section_header_opens_by_its_link(qtbot: QtBot) -> None:
    header = SectionHeader("The agreement", link="Open")
    qtbot.addWidget(header)
    with qtbot.waitSignal(header.opened, timeout=1000):
        _button(header, "Open").click()


def test_a_section_header_shows_a_new_remark(qtbot: QtBot) -> None:
    header = SectionHeader("This period", "23 days left")
    qtbot.addWidget(header)
    header.set_remark("over by <2 h>", "bad")
    assert header.remark.full_text == "over by <2 h>"
