"""What each decision about overage would do to the margin, before one is made. Writes nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.margin import Margin, margin_months
from retainerdesk.domain.period import Period, add_months
from retainerdesk.domain.plan import OverageDecision
from retainerdesk.domain.retainer import Retainer, UsageDecision
from retainerdesk.domain.usage import account_usage
from retainerdesk.services.facts import load_issuer
from retainerdesk.services.known_account import Issuer
from retainerdesk.services.margin_facts import margin_inputs
from retainerdesk.store.repositories.books import load_account_file
from retainerdesk.store.unit_of_work import UnitOfWork

CHOICES = (
    OverageDecision.BILL,
    OverageDecision.ABSORB,
    OverageDecision.CARRY,
    OverageDecision.OFFSET,
)


@dataclass(frozen=True, slots=True)
class DecisionEffect:
    """The margin, in percent, of the `month` overage counts in (that of its last day), if decided so.

    `percent` is None where the month has no revenue or a cost is not known. `covered` is what prepaid blocks
    would hold of it, in the unit of the plan; to offset is possible only if they hold all of it.
    """

    decision: OverageDecision
    month: date
    percent: Fraction | None
    covered: int = 0
    is_possible: bool = True


def overage_effects(
    uow: UnitOfWork, account_id: str, retainer_id: str, span: Period, today: date
) -> tuple[DecisionEffect, ...]:
    """What each decision about a closed usage period would make of the margin, in the order of `CHOICES`."""
    file, issuer = load_account_file(uow, account_id), load_issuer(uow)
    retainer = file.retainer(retainer_id)
    return tuple(_effect(file, issuer, (retainer, span), decision, today) for decision in CHOICES)


def _effect(
    file: AccountFile,
    issuer: Issuer,
    where: tuple[Retainer, Period],
    decision: OverageDecision,
    today: date,
) -> DecisionEffect:
    over = where[1]
    retainer = _decided(where[0], over.start, decision, today)
    others = tuple(retainer if each.id == retainer.id else each for each in file.retainers)
    changed = replace(file, retainers=others)
    usage = account_usage(changed, today)
    month = over.last_day.replace(day=1)
    span = Period(month, add_months(month, 1))
    inputs = margin_inputs(
        changed,
        tuple(usage.ledgers.values()),
        issuer.business,
        issuer.people,
        span,
        usage.blocks,
        issuer.rates.as_of(today),
    )
    (margin,) = margin_months(inputs, span)
    period = next(each for each in usage.ledgers[retainer.id] if each.span == over)
    is_possible = decision is not OverageDecision.OFFSET or not period.overage
    return DecisionEffect(decision, month, _percent(margin), period.offset, is_possible)


def _percent(margin: Margin) -> Fraction | None:
    return margin.percent if margin.complete and margin.revenue else None


def _decided(retainer: Retainer, period_on: date, decision: OverageDecision, today: date) -> Retainer:
    others = [each for each in retainer.usage_decisions if each.period_on != period_on]
    decided = (*others, UsageDecision(period_on, decision, "", today))
    return replace(retainer, usage_decisions=tuple(sorted(decided, key=lambda each: each.period_on)))
