"""Rows have room, and calendars no colours of their own."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QDateEdit, QListWidget, QTableWidget, QTableWidgetItem
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.widgets.views import prepare_date_field, prepare_view, widen_columns


def test_rows_of_a_list_have_padding_even_if_it_is_filled_before_it_is_shown(qtbot: QtBot) -> None:
    """16 px of text and 6 px of padding above and below are 28."""
    view = QListWidget()
    qtbot.addWidget(view)
    prepare_view(view)
    view.addItems(["one", "two"])
    view.setCurrentRow(0)
    view.show()
    tops = [view.visualItemRect(view.item(row)).top() for row in (0, 1)]
    assert tops[1] - tops[0] == 28


def test_a_table_has_no_grid_and_selects_whole_rows(qtbot: QtBot) -> None:
    table = QTableWidget(2, 3)
    qtbot.addWidget(table)
    prepare_view(table, framed=True)
    table.selectRow(1)
    assert not table.showGrid()
    assert len(table.selectionModel().selectedIndexes()) == 3


def test_weekends_are_not_red(qtbot: QtBot) -> None:
    field = QDateEdit()
    qtbot.addWidget(field)
    prepare_date_field(field)
    colour = field.calendarWidget().weekdayTextFormat(Qt.DayOfWeek.Sunday).foreground().color()
    assert colour != QColor(Qt.GlobalColor.red)


def test_a_column_grows_until_its_number_is_whole_but_not_over_others(qtbot: QtBot) -> None:
    """80 px are wide enough for "1", too narrow for a long number; 120 are the most for whatever it is."""
    table = QTableWidget(1, 3)
    qtbot.addWidget(table)
    prepare_view(table)
    for column, text in enumerate(("1", "CN-2026-0001", "much too long " * 20)):
        table.setItem(0, column, QTableWidgetItem(text))
    needed = table.sizeHintForColumn(1)
    widen_columns(table, [(0, 80), (1, needed - 5), (2, 80)])
    assert [table.columnWidth(column) for column in range(3)] == [80, needed, 120]
