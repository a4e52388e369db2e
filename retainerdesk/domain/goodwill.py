"""Work nobody pays for, as facts: overage absorbed, work out of scope, time written down. Newest last.

What is carried, billed or still to be decided is not goodwill. Source: handbook, "Allowance", overage.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

from retainerdesk.domain.belonging import work_of
from retainerdesk.domain.block import minute_price
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.money import Money, round_half_up
from retainerdesk.domain.overage_price import priced_overage
from retainerdesk.domain.period import Period
from retainerdesk.domain.plan import OverageDecision
from retainerdesk.domain.retainer import Retainer
from retainerdesk.domain.usage_period import UsagePeriod
from retainerdesk.domain.work import WorkEntry, WorkKind


class GoodwillKind(StrEnum):
    """Why work was given away."""

    ABSORBED = "absorbed"
    OUT_OF_SCOPE = "out_of_scope"
    WRITTEN_DOWN = "written_down"


@dataclass(frozen=True, slots=True)
class Goodwill:
    """Something given: the overage of a period (`span` is the period), or an entry (its day).

    `minutes` of work (0 for sessions); `value` at the plan's rate of overage, or the standard rate where
    there is none; None where neither is known. `text` is what was done, `reason` why it was given.
    """

    account_id: str
    retainer_id: str
    kind: GoodwillKind
    span: Period
    minutes: int
    value: Money | None
    text: str = ""
    reason: str = ""


def goodwill(
    file: AccountFile,
    ledgers: Mapping[str, tuple[UsagePeriod, ...]],
    span: Period,
    standard_rate: Decimal | None = None,
) -> tuple[Goodwill, ...]:
    """What was given in `span`, in order: absorbed overage of periods that ended in it, entries of its days.

    `ledgers` are those of the account's retainers; `standard_rate` is in the account's currency.
    """
    found: list[Goodwill] = []
    for retainer in file.retainers:
        found += _absorbed(file, retainer, ledgers.get(retainer.id, ()), span)
        found += _entries(file, work_of(file, retainer), retainer, span, standard_rate)
    found += _entries(file, work_of(file, None), None, span, standard_rate)
    return tuple(sorted(found, key=lambda each: (each.span.end, each.retainer_id, each.kind)))


def _absorbed(
    file: AccountFile, retainer: Retainer, ledger: Iterable[UsagePeriod], span: Period
) -> Iterable[Goodwill]:
    for usage in ledger:
        if not usage.closed or usage.span.last_day not in span:
            continue
        given = [(usage.overage, usage.reason)] if usage.decision is OverageDecision.ABSORB else []
        late = [each for each in retainer.late if each.period_on == usage.span.start and each.absorbed > 0]
        for amount, reason in [*given, *((each.absorbed, each.reason) for each in late)]:
            worth = priced_overage(replace(usage, overage=amount), file.account.currency)
            yield Goodwill(
                file.account.id, retainer.id, GoodwillKind.ABSORBED, usage.span,
                usage.in_minutes(amount), worth or None, reason=reason,
            )  # fmt: skip


def _entries(
    file: AccountFile,
    work: Iterable[WorkEntry],
    retainer: Retainer | None,
    span: Period,
    standard_rate: Decimal | None,
) -> Iterable[Goodwill]:
    for entry in work:
        minutes, kind, reason = _given(entry)
        if not minutes or entry.on not in span:
            continue
        rate = _rate(retainer, entry) or standard_rate
        value = _value(minutes, rate, file.account.currency) if rate else None
        day = Period(entry.on, entry.on + timedelta(days=1))
        name = "" if retainer is None else retainer.id
        yield Goodwill(file.account.id, name, kind, day, minutes, value, entry.text, reason)


def _given(entry: WorkEntry) -> tuple[int, GoodwillKind, str]:
    if entry.kind is WorkKind.OUT_OF_SCOPE:
        return entry.minutes, GoodwillKind.OUT_OF_SCOPE, ""
    return entry.written_down_minutes, GoodwillKind.WRITTEN_DOWN, entry.write_down_reason


def _rate(retainer: Retainer | None, entry: WorkEntry) -> Decimal | None:
    if retainer is None:
        return None
    plan = retainer.plan_on(entry.on)
    return plan.overage.hourly_rate or plan.value_rate


def _value(minutes: int, rate: Decimal, currency: str) -> Money:
    return Money(round_half_up(minutes * minute_price(rate, currency)), currency)
