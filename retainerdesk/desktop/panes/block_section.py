"""Prepaid blocks of an account: what is left of each, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from retainerdesk.desktop.block_words import bar_of, left_of, state_words
from retainerdesk.desktop.charts.burn_bar import BurnBar
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.desktop.widgets.buttons import link_button
from retainerdesk.desktop.widgets.surfaces import SectionHeader
from retainerdesk.desktop.widgets.text import TextTone, data_label
from retainerdesk.domain.block_ledger import BlockLedger, BlockState

_LIVE = (BlockState.WAITING, BlockState.OPEN, BlockState.TO_DECIDE)


class BlockLine(QWidget):
    """One block: its name, what is left, a bar, until when.

    Signals: `opened(str)` with its id.
    """

    opened = Signal(str)

    def __init__(self, ledger: BlockLedger, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.block_id = ledger.block.id
        self.setAccessibleName(
            f"{in_sentence(ledger.block.name)}: {left_of(ledger)}, {state_words(ledger, today)}"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(SPACING.small)
        head.addWidget(data_label(ledger.block.name, "body", elide=True), 1)
        self.link = link_button("Open")
        self.link.setAccessibleDescription(ledger.block.name)
        self.link.clicked.connect(self._open)
        head.addWidget(self.link)
        column.addLayout(head)
        if ledger.state is not BlockState.WAITING:
            column.addWidget(BurnBar(bar_of(ledger)))
        foot = QHBoxLayout()
        foot.setSpacing(SPACING.small)
        self.left = data_label(left_of(ledger), "detail", elide=True)
        self.state = data_label(state_words(ledger, today), "small", tone=_tone(ledger))
        foot.addWidget(self.left, 1)
        foot.addWidget(self.state)
        column.addLayout(foot)

    def _open(self) -> None:
        self.opened.emit(self.block_id)


class BlockSection(QWidget):
    """Hidden while the account has no block that lives or waits.

    Signals: `opened(str)` with a block's id; `sale_wanted()`.
    """

    opened = Signal(str)
    sale_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = SectionHeader("Prepaid blocks", link="Sell…")
        self.header.opened.connect(self.sale_wanted)
        self.lines: list[BlockLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACING.small)
        self._column.addWidget(self.header)

    def show_blocks(self, ledgers: Sequence[BlockLedger], today: date) -> None:
        """Show the blocks that can be drawn, wait for money, or wait for a decision."""
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        shown = [each for each in ledgers if each.state in _LIVE]
        self.lines = [BlockLine(each, today, self) for each in shown]
        for line in self.lines:
            line.opened.connect(self.opened)
            self._column.addWidget(line)
        gone = len(ledgers) - len(shown)
        self.header.set_remark("" if not gone else "1 earlier" if gone == 1 else f"{gone} earlier")
        self.setVisible(bool(shown))


def _tone(ledger: BlockLedger) -> TextTone:
    if ledger.state is BlockState.TO_DECIDE:
        return "bad"
    is_low = ledger.state is BlockState.OPEN and ledger.low_since is not None
    return "warn" if is_low or ledger.state is BlockState.WAITING else "muted"
