"""Leaving a retainer early: the last day, what it comes to line by line, and ending it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtWidgets import QHeaderView, QWidget

from retainerdesk.desktop.dialogs.choices import choose, fill
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.dialogs.text_table import TextColumn, TextTable, show_table
from retainerdesk.desktop.formatting import money, span
from retainerdesk.desktop.forms.ui_exit_dialog import Ui_ExitDialog
from retainerdesk.desktop.name_words import bearable
from retainerdesk.desktop.usage_words import amount_words
from retainerdesk.domain.block import Leftover
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.exit_settlement import ExitCommand, ExitSettlement, LotValue
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import add_months
from retainerdesk.domain.retainer import Retainer

_LOTS = (
    (LotValue.NONE, "is worth nothing"),
    (LotValue.RATE, "is paid back at the rate of overage"),
)
_BLOCKS = (
    (None, "as agreed for each; paid back where nothing was"),
    (Leftover.REFUND, "are paid back"),
    (Leftover.EXPIRE, "are lost"),
    (Leftover.CARRY, "live on for other work"),
)
_COLUMNS = (
    TextColumn("Days", is_editable=False),
    TextColumn("Line", is_editable=False),
    TextColumn("Why", is_editable=False),
    TextColumn("Net", is_editable=False, is_figure=True),
)
_DAY = timedelta(days=1)
Preview = Callable[[ExitCommand], ExitSettlement]


@dataclass(frozen=True, slots=True)
class ExitChoice:
    """What was decided, and the settlement that was on show then."""

    command: ExitCommand
    shown: ExitSettlement


class ExitDialog(FormDialog):
    """Collects an ExitChoice for one of `retainers`; `preview` computes what it comes to."""

    def __init__(
        self,
        retainers: Sequence[Retainer],
        chosen_id: str,
        preview: Preview,
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.form = Ui_ExitDialog()
        self.form.setupUi(self)
        self._account_id = retainers[0].account_id
        self._preview, self._today = preview, today
        self._table = TextTable(_COLUMNS)
        form = self.form
        fill(form.retainer, [(each.id, each.name) for each in retainers])
        choose(form.retainer, chosen_id)
        form.form.setRowVisible(form.retainer, len(retainers) > 1)
        form.last_day.set_day(_month_end(today))
        fill(form.lots, _LOTS)
        fill(form.blocks, _BLOCKS)
        self._show_table()
        for combo in (form.retainer, form.lots, form.blocks):
            combo.currentIndexChanged.connect(self._show)
        form.last_day.dateChanged.connect(self._show)
        self._show()
        self.setWindowTitle(f"End {form.retainer.currentText()} early")
        self.prepare(
            form.buttons, "&End retainer", form.last_day,
            on=form.last_day, lots=form.lots, blocks=form.blocks, retainer=form.retainer,
        )  # fmt: skip

    def _show_table(self) -> None:
        view = self.form.lines
        show_table(view, self._table)
        view.setWordWrap(True)
        view.setMinimumHeight(180)
        header = view.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)

    def _command(self) -> ExitCommand:
        form = self.form
        blocks = form.blocks.currentData()
        return ExitCommand(
            self._account_id, form.retainer.currentData(), form.last_day.day + _DAY,
            LotValue(form.lots.currentData()), None if blocks is None else Leftover(blocks),
        )  # fmt: skip

    def _show(self) -> None:
        form = self.form
        self.setWindowTitle(f"End {form.retainer.currentText()} early")
        try:
            settlement = self._preview(self._command())
        except RuleViolation as violation:
            self._table.set_rows([])
            form.effect.setText(bearable(violation.message))
            return
        self._table.set_rows(_rows(settlement, self._today))
        form.lines.resizeRowsToContents()
        form.effect.setText(bearable(summary(settlement)))

    def value(self) -> ExitChoice:
        command = self._command()
        return ExitChoice(command, self._preview(command))


def _rows(settlement: ExitSettlement, today: date) -> list[tuple[str, str, str, str]]:
    return [
        (span(each.key.service, today), each.text, each.why, money(each.net)) for each in settlement.lines
    ]


def summary(settlement: ExitSettlement) -> str:
    """What it comes to, what stays unused, and what happens next."""
    total = settlement.total
    sentences = [_total_words(total)]
    plan = settlement.retainer.plans[-1]
    if settlement.lots_left > 0 and settlement.command.lots is LotValue.NONE:
        left = amount_words(plan.unit, settlement.lots_left, total.currency)
        sentences.append(f"{left} carried over lapse.")
    sentences += settlement.notes
    sentences.append("Nothing is invoiced yet: the next run proposes these lines, to create or to skip.")
    return " ".join(sentences)


def _total_words(total: Money) -> str:
    if not total:
        return "Nothing is owed on either side."
    side = "You owe the account" if total.minor < 0 else "The account owes"
    return f"{side} {money(abs_of(total))} before tax."


def abs_of(amount: Money) -> Money:
    """The amount without its sign."""
    return Money(abs(amount.minor), amount.currency)


def _month_end(today: date) -> date:
    return add_months(today.replace(day=1), 1) - _DAY
