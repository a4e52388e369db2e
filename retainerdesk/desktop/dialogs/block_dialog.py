"""One block: what is left of it, what was drawn, and what happens to its rest."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialogButtonBox, QHeaderView, QWidget

from retainerdesk.desktop.block_words import bar_of, in_unit, rest_of, standing
from retainerdesk.desktop.charts.burn_bar import BurnBar
from retainerdesk.desktop.dialogs.choices import fill
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.dialogs.text_table import TextColumn, TextTable, show_table
from retainerdesk.desktop.dialogs.whole_text import show_whole
from retainerdesk.desktop.formatting import day, day_long, duration, money
from retainerdesk.desktop.forms.ui_block_dialog import Ui_BlockDialog
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.domain.block import Leftover, LeftoverDecision
from retainerdesk.domain.block_ledger import BlockState
from retainerdesk.services.blocks import BlockStory

_CHOICES = (
    (Leftover.ASK, "stays as it is"),
    (Leftover.EXPIRE, "is lost"),
    (Leftover.REFUND, "is paid back"),
    (Leftover.CARRY, "lives on"),
)
_DAY = timedelta(days=1)
_DECIDABLE = (BlockState.OPEN, BlockState.TO_DECIDE, BlockState.EXPIRED, BlockState.REFUNDED)


class BlockDialog(FormDialog):
    """Collects the LeftoverDecision about one block.

    Signals: `edit_wanted()`, `remove_wanted()` when its buttons are pressed; the dialog is closed then.
    """

    edit_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, story: BlockStory, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Ui_BlockDialog()
        self.form.setupUi(self)
        self._story, self._today = story, today
        self.ledger = story.line.ledger
        self.setWindowTitle(f"{in_sentence(self.ledger.block.name)} · {in_sentence(story.line.account_name)}")
        self._fill_head()
        self._fill_draws()
        self._fill_decision()
        self._prepare()

    def _prepare(self) -> None:
        form = self.form
        form.remove.setEnabled(not self._story.is_fixed)
        form.remove.setToolTip("It was invoiced or drawn already." if self._story.is_fixed else "")
        form.edit.clicked.connect(self._want_edit)
        form.remove.clicked.connect(self._want_removal)
        first = form.leftover if self._can_decide else form.edit
        self.prepare(
            form.buttons, "&Decide" if self._can_decide else "&Close", first,
            leftover=form.leftover, until=form.until, reason=form.reason,
        )  # fmt: skip
        # Where nothing is decided, closing is all there is; one button says it.
        form.buttons.button(QDialogButtonBox.StandardButton.Cancel).setVisible(self._can_decide)

    @property
    def _can_decide(self) -> bool:
        return self.ledger.state in _DECIDABLE

    def _fill_head(self) -> None:
        form, ledger = self.form, self.ledger
        form.what.setText(standing(ledger, self._story.line.sold_by, self._today))
        show_whole(self, form.what)
        form.bar_place.addWidget(BurnBar(bar_of(ledger)))

    def _fill_draws(self) -> None:
        form, draws = self.form, self._story.draws
        money_block = any(each.covered_minutes is not None for each in draws)
        columns = [TextColumn("Date", is_editable=False), TextColumn("What", is_editable=False)]
        if money_block:
            columns.append(TextColumn("Time", is_editable=False, is_figure=True))
        columns.append(TextColumn("Drawn", is_editable=False, is_figure=True))
        rows = []
        for each in reversed(draws):
            time = [duration(each.covered_minutes or 0)] if money_block else []
            drawn = in_unit(self.ledger, each.amount)
            rows.append((day(each.on, self._today), each.text, *time, drawn))
        show_table(form.draws, TextTable(columns, rows))
        header = form.draws.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        form.draws.setVisible(bool(draws))
        form.no_draws.setText("Nothing was drawn yet.")
        form.no_draws.setVisible(not draws)

    def _fill_decision(self) -> None:
        form, block = self.form, self.ledger.block
        decided = block.decision
        fill(form.leftover, _CHOICES, decided.leftover if decided else Leftover.ASK)
        form.until.name("Last day of the rest", "last day")
        until = decided.until - _DAY if decided and decided.until else None
        form.until.set_day(until, self._today + timedelta(days=90))
        form.reason.setText(decided.reason if decided else "")
        for part in (form.leftover, form.leftover_label, form.reason, form.reason_label):
            part.setVisible(self._can_decide)
        set_style_property(form.effect, "tone", "muted")
        form.leftover.currentIndexChanged.connect(self._apply)
        form.until.changed.connect(self._apply)
        self._apply()

    def _apply(self) -> None:
        form = self.form
        chosen = Leftover(form.leftover.currentData())
        form.form.setRowVisible(form.until, self._can_decide and chosen is Leftover.CARRY)
        form.form.setRowVisible(form.reason, self._can_decide and chosen is not Leftover.ASK)
        form.effect.setText(self._effect(chosen) if self._can_decide else "")

    def _effect(self, chosen: Leftover) -> str:
        rest = in_unit(self.ledger, rest_of(self.ledger))
        if chosen is Leftover.EXPIRE:
            return f"{rest} are lost on {day_long(self._today)}; the price stays yours."
        if chosen is Leftover.REFUND:
            back = money(self.ledger.rest_of_price)
            return f"{back} before tax come back with the next invoice; the block ends today."
        if chosen is Leftover.CARRY:
            until = self.form.until.day
            return f"{rest} can be drawn " + (f"until {day_long(until)}." if until else "without end.")
        return "Nothing is decided; you are asked when it ends."

    def _want_edit(self) -> None:
        self.reject()
        self.edit_wanted.emit()

    def _want_removal(self) -> None:
        self.reject()
        self.remove_wanted.emit()

    def value(self) -> LeftoverDecision:
        form = self.form
        leftover = Leftover(form.leftover.currentData())
        until = form.until.day if leftover is Leftover.CARRY else None
        reason = form.reason.text().strip() if leftover is not Leftover.ASK else ""
        return LeftoverDecision(self._today, leftover, reason, until + _DAY if until else None)
