"""The list of keys."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from retainerdesk.desktop.shortcuts import ShortcutsDialog
from retainerdesk.desktop.theme.theme import Theme


def test_no_key_of_the_list_is_cut(qtbot: QtBot, theme: Theme) -> None:
    dialog = ShortcutsDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    table = dialog.table
    assert table.columnWidth(1) >= table.sizeHintForColumn(1)
    assert table.horizontalScrollBar().maximum() == 0
