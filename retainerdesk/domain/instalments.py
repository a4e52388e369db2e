"""Payment plans: the parts of a document and their due dates, settled in the order they fall due.

A document without a plan is one part, due on its due date.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate

from retainerdesk.domain.account import PaymentStep
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import Instalment, Invoice
from retainerdesk.domain.money import Money


def check_plan(steps: Sequence[PaymentStep], field: str | None = None) -> None:
    """Raise RuleViolation for a plan whose percentages are not 100 together or whose days do not rise."""
    if not steps:
        return
    if any(step.percent <= 0 for step in steps) or sum(step.percent for step in steps) != 100:
        message = "The parts of a payment plan are above zero and 100 percent together."
        raise RuleViolation("payment_plan.percent", message, field)
    days = [step.days for step in steps]
    if days[0] < 0 or days != sorted(set(days)):
        message = "Each part of a payment plan is due later than the last."
        raise RuleViolation("payment_plan.days", message, field)


def instalments_of(steps: Sequence[PaymentStep], payable: Money, issued_on: date) -> tuple[Instalment, ...]:
    """The parts of what is payable, by largest remainder; none for a credit or without a plan."""
    if not steps or payable.minor <= 0:
        return ()
    parts = payable.allocate([Fraction(step.percent) for step in steps])
    return tuple(
        Instalment(issued_on + timedelta(days=step.days), part)
        for step, part in zip(steps, parts, strict=True)
    )


def parts_of(invoice: Invoice) -> tuple[Instalment, ...]:
    """The parts of a document with their due dates, in order."""
    return invoice.instalments or (Instalment(invoice.due_on, invoice.payable),)


def open_parts(invoice: Invoice, balance: Money) -> tuple[Instalment, ...]:
    """What of each part is still open, where something is; what was settled went to the earliest parts."""
    if not invoice.instalments:
        return (Instalment(invoice.due_on, balance),) if balance else ()
    settled = invoice.payable - balance
    found: list[Instalment] = []
    for part in invoice.instalments:
        taken = min(max(settled.minor, 0), part.amount.minor)
        settled -= Money(taken, balance.currency)
        if taken < part.amount.minor:
            found.append(Instalment(part.due_on, Money(part.amount.minor - taken, balance.currency)))
    return tuple(found)


def past_due(invoice: Invoice, balance: Money, today: date) -> Money:
    """What of a balance was due before `today`; credit notes are never past due."""
    late = [part.amount.minor for part in open_parts(invoice, balance) if part.due_on < today]
    return Money(max(0, sum(late)), balance.currency)


def next_due(invoice: Invoice, balance: Money) -> date:
    """When the earliest open part is (or was) due; the due date of the document if nothing is open."""
    parts = open_parts(invoice, balance)
    return parts[0].due_on if parts else invoice.due_on


def asked_for(invoice: Invoice, balance: Money, today: date) -> tuple[date, Money]:
    """The due date that counts on `today` and how much: what is past due, else all that is open."""
    late = past_due(invoice, balance, today)
    return next_due(invoice, balance), late or balance


def days_late_of(invoice: Invoice, settled: Sequence[tuple[date, int]], today: date) -> int | None:
    """The latest part's days from due to settlement, so far where open; None while no part can be judged.

    `settled` are days and minor units in order of date.
    """
    totals = list(accumulate(minor for _, minor in settled))
    found: list[int] = []
    target = 0
    for part in parts_of(invoice):
        target += part.amount.minor
        done = next((settled[n][0] for n, total in enumerate(totals) if total >= target), None)
        if done is not None or today > part.due_on:
            found.append(max(0, ((done or today) - part.due_on).days))
    return max(found) if found else None
