"""What one account shows beside the list: its head, its timeline, its figures."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout

from retainerdesk.desktop.panes.account_header import AccountHeader
from retainerdesk.desktop.panes.margin_pane import MarginPane
from retainerdesk.desktop.panes.timeline_pane import TimelinePane
from retainerdesk.desktop.widgets.surfaces import hairline

if TYPE_CHECKING:
    from retainerdesk.desktop.desk import Desk
    from retainerdesk.services.views import AccountView


class AccountPage(QObject):
    """Puts the panes of an account into two columns and fills them together.

    Signals, all of them passed on: `asked(word)` for a dialog, `opened(kind, id)` and `remove_wanted(kind,
    id)` about a row, `pdf_wanted(number)`, `write_down_wanted(entry id)`.
    """

    asked = Signal(str)
    opened = Signal(str, str)
    remove_wanted = Signal(str, str)
    pdf_wanted = Signal(str)
    write_down_wanted = Signal(str)

    def __init__(self, desk: Desk, story: QVBoxLayout, figures: QVBoxLayout, parent: QObject) -> None:
        super().__init__(parent)
        self.header = AccountHeader()
        self.timeline = TimelinePane(desk)
        self.margin = MarginPane(desk)
        story.addWidget(self.header)
        story.addWidget(hairline())
        story.addWidget(self.timeline, 1)
        figures.addWidget(self.margin)
        self._connect()

    def show_account(self, view: AccountView, today: date) -> None:
        """Fill all three."""
        self.header.show_account(view)
        self.margin.show_account(view)
        names = {each.retainer.id: each.retainer.name for each in view.retainers}
        self.timeline.show_account(view.account.id, today, names)

    def _connect(self) -> None:
        self.header.asked.connect(self.asked)
        self.margin.asked.connect(self.asked)
        self.margin.opened.connect(self.opened)
        self.timeline.asked.connect(self.asked)
        self.timeline.opened.connect(self.opened)
        self.timeline.remove_wanted.connect(self.remove_wanted)
        self.timeline.pdf_wanted.connect(self.pdf_wanted)
        self.timeline.write_down_wanted.connect(self.write_down_wanted)
