"""From the facts of an account to what its screen shows."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from retainerdesk.domain.deposit import DepositLedger
from retainerdesk.domain.deposit_charges import ledgers_of
from retainerdesk.domain.margin import Margin
from retainerdesk.domain.money import Money
from retainerdesk.domain.payments import Ageing, ageing, unapplied_credit
from retainerdesk.domain.work import Action
from retainerdesk.services.facts import AccountFacts
from retainerdesk.services.known_account import Issuer
from retainerdesk.services.margin_facts import total_of_complete
from retainerdesk.services.views import AccountView, DepositView, MarginView


def view_of(facts: AccountFacts, issuer: Issuer) -> AccountView:
    """The screen of one account as of the day of its facts."""
    file, today = facts.known.file, facts.today
    currency = file.account.currency
    zero = Money(0, currency)
    aged = ageing(file.invoices, file.payments, today, file.settlements)
    credit = unapplied_credit(file.invoices, file.payments, today, file.settlements)
    return AccountView(
        account=file.account,
        as_of=today,
        balance=facts.balance,
        overdue=facts.overdue,
        credit=credit.get(currency, zero),
        ageing=aged.get(currency, Ageing((zero,) * 5)),
        mrr=facts.mrr,
        verdicts=facts.verdicts,
        retainers=facts.retainers,
        margin=margin_view(facts, Fraction(issuer.business.target_margin_percent)),
        next_actions=_open_actions(facts),
        average_days_late=facts.average_days_late,
        dso=facts.dso,
        blocks=facts.blocks,
        deposits=tuple(_deposit(each) for each in ledgers_of(file)) if file.deposits else (),
    )


def _deposit(ledger: DepositLedger) -> DepositView:
    kept, invoice = ledger.deposit, ledger.invoice
    return DepositView(
        kept.id, kept.text, kept.on, kept.amount, ledger.left, ledger.available, ledger.state,
        kept.deduct_from, None if invoice is None else invoice.number,
    )  # fmt: skip


def margin_view(facts: AccountFacts, target_percent: Fraction) -> MarginView:
    """The months of an account; the running month is shown but never judged."""
    over = [month for month in facts.months[:-1] if month.complete and month.revenue]
    last: Margin | None = over[-1] if over else None
    return MarginView(facts.months, total_of_complete(over), last, target_percent)


def _open_actions(facts: AccountFacts) -> tuple[Action, ...]:
    """Open actions that are not snoozed, by due date; undated ones last."""
    today = facts.today
    shown = [
        action
        for action in facts.known.file.actions
        if action.done_on is None and (action.snoozed_until is None or action.snoozed_until <= today)
    ]
    return tuple(sorted(shown, key=lambda each: (each.due_on or date.max, each.id)))
