"""The overage inbox: work beyond the lots of a closed period is billed, absorbed or carried on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.opener import DialogOpener
from retainerdesk.desktop.formatting import money
from retainerdesk.desktop.forms.ui_billing_screen import Ui_BillingScreen
from retainerdesk.desktop.models.overage_model import OverageModel, over_words
from retainerdesk.desktop.panes.billing.effect_words import billed_percent, margin_words
from retainerdesk.desktop.panes.billing.explanation_words import Line, explanation_lines
from retainerdesk.desktop.panes.billing.overage_table import OverageTable
from retainerdesk.desktop.problems import show_problem
from retainerdesk.desktop.usage_words import amount_words
from retainerdesk.desktop.widgets.empty_state import EmptyState
from retainerdesk.domain.invoice import Charge, ChargeKey, ChargeKind
from retainerdesk.domain.money import Money
from retainerdesk.domain.plan import OverageDecision
from retainerdesk.services.accounts import get_account
from retainerdesk.services.explain import ChargeExplanation, explain_charge
from retainerdesk.services.overage import OverageRow, list_overage
from retainerdesk.services.overage_effects import DecisionEffect, overage_effects

if TYPE_CHECKING:
    from retainerdesk.desktop.operation_runner import Progress
    from retainerdesk.services.units import UnitOfWork


class OveragePane(QObject):
    """Runs the third page of the billing screen.

    Signals: `shown(OverageRow | None)`; `counted(int)` with how many wait for a decision.
    """

    shown = Signal(object)
    counted = Signal(int)

    def __init__(self, form: Ui_BillingScreen, desk: Desk, opener: DialogOpener, parent: QObject) -> None:
        super().__init__(parent)
        self._form = form
        self._desk = desk
        self._opener = opener
        self._round = 0
        self.all_rows: tuple[OverageRow, ...] = ()
        self.model = OverageModel(desk.today(), self)
        self.table = OverageTable(self.model)
        form.overage_place.addWidget(self.table, 1)
        self.empty = EmptyState(
            "circle-check",
            "Nothing to decide",
            "Overage of a closed period comes here if its plan asks, and waits until it is billed, absorbed,"
            " carried on or taken from a block.",
        )
        self.empty.setVisible(False)
        form.overage_place.addWidget(self.empty, 1)
        form.show_decided.toggled.connect(self._show)
        self.table.decided.connect(self.decide)
        self.table.row_changed.connect(self.shown)

    def load(self) -> None:
        """Read the inbox anew. Only the newest answer counts."""
        self._round += 1
        work = partial(_read, self._desk, self._round)
        self._desk.runner.run(work, self._take, self._fail, "Looking for overage")

    def _take(self, answer: tuple[int, tuple[OverageRow, ...]]) -> None:
        asked, rows = answer
        if asked != self._round:
            return
        self.all_rows = rows
        self.counted.emit(sum(row.is_open for row in rows))
        self._show()

    def _fail(self, error: BaseException) -> None:
        show_problem(self._form.tabs.window(), error)

    def _show(self, *, checked: bool = False) -> None:
        del checked
        current = self.table.current
        with_decided = self._form.show_decided.isChecked()
        rows = [row for row in self.all_rows if row.is_open or with_decided]
        self.model.set_rows(rows, self._desk.today())
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.table.show_rows(current)
        self._form.overage_sum.setText(waiting_words([row for row in self.all_rows if row.is_open]))

    def decide(self, row: OverageRow, decision: OverageDecision) -> None:
        """Bill or carry at once, with undo; absorbing asks why."""
        if decision is OverageDecision.ABSORB:
            self._opener.decide_overage(
                row.account_id, row.retainer_id, row.span.start, suggested=OverageDecision.ABSORB
            )
        elif decision is not row.decision:
            self._opener.decide_at_once(row.account_id, row.retainer_id, row.span.start, decision)

    def explanation(self, row: OverageRow) -> tuple[Line, ...]:
        """Why so much is over, and what each decision would do."""
        explained = self._desk.read(_explain, row, self._desk.today())
        own = explanation_lines(explained, self._desk.today())
        effects = self._desk.read(
            overage_effects, row.account_id, row.retainer_id, row.span, self._desk.today()
        )
        return (*(each for each in own if each[0] not in ("Instead", "Tax")), *decision_words(row, effects))


def waiting_words(rows: list[OverageRow]) -> str:
    """Such as "2 periods wait for a decision, €525.00 at the plans' prices"."""
    if not rows:
        return "Nothing waits for a decision"
    sums: dict[str, Money] = {}
    for row in rows:
        currency = row.price.currency
        sums[currency] = sums.get(currency, Money(0, currency)) + row.price
    count = "1 period waits" if len(rows) == 1 else f"{len(rows)} periods wait"
    prices = " + ".join(money(each) for each in sums.values())
    price = "the plan's price" if len(rows) == 1 else "the plans' prices"
    return f"{count} for a decision, {prices} at {price}"


def decision_words(row: OverageRow, effects: Sequence[DecisionEffect]) -> tuple[Line, ...]:
    """What each decision does, and what it makes of the margin of the month the overage counts in."""
    over = over_words(row)
    said = {
        OverageDecision.BILL: ("Bill", f"{money(row.price)} net on the next invoice"),
        OverageDecision.ABSORB: (
            "Absorb",
            "given away; the reason is kept, and the goodwill is told at the renewal",
        ),
        OverageDecision.CARRY: ("Carry", f"{over} count in the next period, and use its allowance first"),
        OverageDecision.OFFSET: ("Offset", f"{over} are taken from a prepaid block, nothing is invoiced"),
    }
    billed = billed_percent(effects)
    lines = []
    for effect in effects:
        label, text = said[effect.decision]
        if not effect.is_possible:
            lines.append((label, _not_held(row, effect)))
        else:
            lines.append((label, "\n".join(part for part in (text, margin_words(effect, billed)) if part)))
    return tuple(lines)


def _not_held(row: OverageRow, effect: DecisionEffect) -> str:
    held = amount_words(row.unit, effect.covered, row.price.currency)
    return (
        f"not possible: prepaid blocks hold {held} of it" if effect.covered else "no prepaid block holds it"
    )


def _read(desk: Desk, asked: int, _progress: Progress) -> tuple[int, tuple[OverageRow, ...]]:
    with desk.context.store.reading() as uow:
        return asked, list_overage(uow, desk.today(), undecided_only=False)


def _explain(uow: UnitOfWork, row: OverageRow, today: date) -> ChargeExplanation:
    tax = get_account(uow, row.account_id).tax
    key = ChargeKey(row.account_id, row.retainer_id, ChargeKind.OVERAGE, row.span)
    price = row.price.as_decimal()
    return explain_charge(
        uow, Charge(key, today, Decimal(1), price, row.price, row.retainer_name, tax), today
    )
