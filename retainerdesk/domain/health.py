"""The verdicts on an account: independent of each other, each with its rule, evidence and date. No total.

Source: handbook, "Relationship".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction

from retainerdesk.domain.money import Money, round_half_up
from retainerdesk.domain.over_servicing import Service, percent_of
from retainerdesk.domain.plain_words_english import written
from retainerdesk.domain.quiet import Level, Quiet
from retainerdesk.domain.sentence import plain_number
from retainerdesk.domain.verdict import Severity, Verdict, VerdictKind


@dataclass(frozen=True, slots=True)
class Limits:
    """Percent of the allowance above and below which an account is noticed, over how many periods."""

    over_serviced_percent: int = 110
    under_used_percent: int = 80
    periods: int = 3


@dataclass(frozen=True, slots=True)
class InvoiceFact:
    """An invoice as of the day judged. `days_late` is None while there is nothing to judge (not yet due)."""

    number: str
    due_on: date
    balance: Money
    days_late: int | None = None


@dataclass(frozen=True, slots=True)
class HealthFacts:
    """Everything the verdicts are made from, as of `today`.

    `services` are the usage periods of all retainers in order of date, the running ones with `closed` False.
    `margin_percent` is that of the last closed periods, None while incomplete.
    """

    today: date
    invoices: tuple[InvoiceFact, ...] = ()
    services: tuple[Service, ...] = ()
    quiet: Quiet = field(default_factory=lambda: Quiet(Level.UNKNOWN))
    margin_percent: Fraction | None = None
    target_margin_percent: Fraction = Fraction(50)
    grace_days: int = 0


def verdicts(facts: HealthFacts, limits: Limits | None = None) -> tuple[Verdict, ...]:
    """Every verdict that holds, in the order of VerdictKind. Healthy is: none of the bad ones."""
    bounds = limits or Limits()
    bad = [_late(facts), _over_serviced(facts, bounds), _under_used(facts, bounds), _quiet(facts)]
    found = [verdict for verdict in bad if verdict is not None]
    ready = _ready_to_expand(facts, bounds)
    healthy = [] if found else [_healthy(facts)]
    return (*found, *([ready] if ready else []), *healthy)


def compared(now: Sequence[Verdict], before: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts with what changed since `before`, those of a month ago.

    What no longer holds is told with the last verdict, so that it is told at all.
    """
    old = {verdict.kind: verdict for verdict in before}
    told = [replace(verdict, changed=_change(verdict, old.get(verdict.kind))) for verdict in now]
    kinds = {verdict.kind for verdict in now}
    gone = [f"no longer {_name(kind)}" for kind in VerdictKind if kind in old and kind not in kinds]
    if told and gone:
        told[-1] = replace(told[-1], changed="; ".join([told[-1].changed, *gone]))
    return tuple(told)


def _name(kind: VerdictKind) -> str:
    return kind.value.replace(
        "_", "-" if kind in (VerdictKind.OVER_SERVICED, VerdictKind.UNDER_USED) else " "
    )


def _change(now: Verdict, before: Verdict | None) -> str:
    if before is None:
        return "new since last month"
    if before.severity is not now.severity:
        worse = now.severity is Severity.BAD
        return "worse than last month" if worse else "better than last month"
    return "as last month" if before.words == now.words else f"last month: {before.words}"


def _late(facts: HealthFacts) -> Verdict | None:
    late = [each for each in facts.invoices if each.balance.minor > 0 and _days_past_grace(each, facts) > 0]
    if not late:
        return None
    late.sort(key=lambda each: (each.due_on, each.number))
    since = late[0].due_on + timedelta(days=facts.grace_days + 1)
    days = (facts.today - late[0].due_on).days
    evidence = tuple(
        f"{each.number}: {written(each.balance)} was due on {written(each.due_on)}" for each in late
    )
    return Verdict(VerdictKind.LATE, Severity.BAD, f"late {_days(days)}", since, evidence)


def _days_past_grace(invoice: InvoiceFact, facts: HealthFacts) -> int:
    return (facts.today - invoice.due_on).days - facts.grace_days


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _retainers(services: Sequence[Service]) -> list[list[Service]]:
    """Services of each retainer apart, in order of date."""
    by_retainer: dict[str, list[Service]] = {}
    for service in sorted(services, key=lambda each: each.period):
        by_retainer.setdefault(service.retainer_id, []).append(service)
    return list(by_retainer.values())


def _trailing(services: Sequence[Service], count: int) -> list[Service]:
    """The last `count` closed periods with an allowance; fewer if there are not as many yet."""
    return [each for each in services if each.closed and each.granted][-count:]


def _over_serviced(facts: HealthFacts, limits: Limits) -> Verdict | None:
    """The running period, or the last closed ones together, above the limit."""
    worst: tuple[Fraction, list[Service]] | None = None
    for services in _retainers(facts.services):
        running = [each for each in services if facts.today in each.period and each.granted]
        for span in (running, _trailing(services, limits.periods)):
            percent = _over_percent(span)
            if percent is not None and percent > limits.over_serviced_percent - 100:
                worst = max(worst or (percent, span), (percent, span), key=lambda each: each[0])
    if worst is None:
        return None
    percent, span = worst
    evidence = tuple(
        f"{_span(each)}: {written(each.over_minutes)} beyond {written(each.granted)}, unpaid"
        for each in span
        if each.over_minutes
    )
    since = next(each.period.start for each in span if each.over_minutes)
    words = f"over-serviced +{written(Fraction(round_half_up(percent)))}"
    return Verdict(VerdictKind.OVER_SERVICED, Severity.BAD, words, since, evidence)


def _over_percent(services: Sequence[Service]) -> Fraction | None:
    return percent_of(sum(each.over_minutes for each in services), sum(each.granted for each in services))


def _span(service: Service) -> str:
    return f"{written(service.period.start)} to {written(service.period.last_day)}"


def _use(services: Sequence[Service]) -> tuple[str, ...]:
    return tuple(f"{_span(each)}: {written(each.used)} of {written(each.granted)}" for each in services)


def _under_used(facts: HealthFacts, limits: Limits) -> Verdict | None:
    """Below the limit in each of the last closed periods of a retainer."""
    for services in _retainers(facts.services):
        last = _trailing(services, limits.periods)
        low = [each for each in last if 100 * each.used < limits.under_used_percent * each.granted]
        if len(low) == limits.periods:
            share = percent_of(sum(each.used for each in low), sum(each.granted for each in low))
            words = f"under-used {written(Fraction(round_half_up(share or 0)))}"
            return Verdict(VerdictKind.UNDER_USED, Severity.WARN, words, low[0].period.start, _use(low))
    return None


def _quiet(facts: HealthFacts) -> Verdict | None:
    quiet = facts.quiet
    if not quiet.is_quiet or quiet.days_since is None:
        return None
    severity = Severity.BAD if quiet.level is Level.RED else Severity.WARN
    usual = plain_number(quiet.usual_days or 0)
    words = f"quiet {_days(quiet.days_since)} (usually {usual})"
    last = f"last contact on {written(quiet.last_touch)}" if quiet.last_touch else "no contact yet"
    source = "median of its own gaps" if quiet.from_history else "agreed rhythm"
    return Verdict(VerdictKind.QUIET, severity, words, quiet.amber_on, (last, f"{source}: {usual} days"))


def _ready_to_expand(facts: HealthFacts, limits: Limits) -> Verdict | None:
    """At or above the allowance for the last closed periods, paid on time, margin kept, not quiet."""
    margin = facts.margin_percent
    if margin is None or margin < facts.target_margin_percent or facts.quiet.is_quiet:
        return None
    for services in _retainers(facts.services):
        full = [each for each in _trailing(services, limits.periods) if each.used >= each.granted]
        if len(full) == limits.periods and _paid_on_time(facts, full[0].period.start):
            evidence = (*_use(full), "paid on time", f"margin {written(margin)}")
            since = full[-1].period.end
            return Verdict(VerdictKind.READY_TO_EXPAND, Severity.GOOD, "ready to expand", since, evidence)
    return None


def _paid_on_time(facts: HealthFacts, since: date) -> bool:
    """At least one invoice due since then, and none of them later than the grace."""
    late = [each.days_late for each in facts.invoices if each.due_on >= since]
    judged = [days for days in late if days is not None]
    return bool(judged) and max(judged) <= facts.grace_days and _late(facts) is None


def _healthy(facts: HealthFacts) -> Verdict:
    evidence = []
    if facts.invoices:
        evidence.append("nothing past due")
    if any(each.granted for each in facts.services):
        evidence.append("hours within the limits")
    if facts.quiet.days_since is not None:
        evidence.append(f"last contact {_days(facts.quiet.days_since)} ago")
    told = tuple(evidence) or ("nothing recorded yet",)
    return Verdict(VerdictKind.HEALTHY, Severity.GOOD, "healthy", None, told)
