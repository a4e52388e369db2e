"""Deposits of an account: what is left of each, and what it waits for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from retainerdesk.desktop.deposit_words import left_words, state_words
from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.desktop.widgets.buttons import link_button
from retainerdesk.desktop.widgets.surfaces import SectionHeader
from retainerdesk.desktop.widgets.text import data_label
from retainerdesk.domain.deposit import DepositState
from retainerdesk.services.views import DepositView


class DepositLine(QWidget):
    """One deposit: what it is for, what is left, what it waits for.

    Signals: `opened(str)` with its id.
    """

    opened = Signal(str)

    def __init__(self, deposit: DepositView, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.deposit_id = deposit.id
        left, state = left_words(deposit), state_words(deposit, today)
        self.setAccessibleName(f"{deposit.text}: {left}, {state}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head, foot = QHBoxLayout(), QHBoxLayout()
        for row in (head, foot):
            row.setSpacing(SPACING.small)
            column.addLayout(row)
        head.addWidget(data_label(deposit.text, "body", elide=True), 1)
        self.link = link_button("Open")
        self.link.setAccessibleDescription(deposit.text)
        self.link.clicked.connect(self._open)
        head.addWidget(self.link)
        self.left = data_label(left, "detail", elide=True)
        waits = deposit.state in (DepositState.BILLED, DepositState.AGREED)
        self.state = data_label(state, "small", tone="warn" if waits else "muted")
        foot.addWidget(self.left, 1)
        foot.addWidget(self.state)

    def _open(self) -> None:
        self.opened.emit(self.deposit_id)


class DepositSection(QWidget):
    """Hidden while the account has no deposit of which something is left.

    Signals: `opened(str)` with a deposit's id; `deposit_wanted()`.
    """

    opened = Signal(str)
    deposit_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = SectionHeader("Deposits", link="New…")
        self.header.opened.connect(self.deposit_wanted)
        self.lines: list[DepositLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACING.small)
        self._column.addWidget(self.header)

    def show_deposits(self, deposits: Sequence[DepositView], today: date) -> None:
        """Show the deposits that are not used up."""
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        shown = [each for each in deposits if each.state is not DepositState.USED]
        self.lines = [DepositLine(each, today, self) for each in shown]
        for line in self.lines:
            line.opened.connect(self.opened)
            self._column.addWidget(line)
        gone = len(deposits) - len(shown)
        self.header.set_remark("" if not gone else "1 used up" if gone == 1 else f"{gone} used up")
        self.setVisible(bool(shown))
