"""What an account earns and costs, month by month, and what is missing to say so.

Revenue is fee earned plus overage billed plus blocks as they burn plus one-offs, without tax and without
costs passed on. Cost is every minute at the cost rate in force that day, expenses not rebilled, payment fees
and write-offs. A cost that is not known makes a month incomplete: it then has no cost and no margin, never 0
and never 100 %.
Source: handbook, "Margin".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from retainerdesk.domain.account import Person
from retainerdesk.domain.exchange_rate import RateInForce
from retainerdesk.domain.margin_ledger import MarginInputs, MonthLedger, months_of
from retainerdesk.domain.money import Money, exponent, round_half_up
from retainerdesk.domain.period import Period
from retainerdesk.domain.waterfall import MonthWork, Waterfall, joined, waterfall
from retainerdesk.domain.work import WorkEntry, WorkKind

_MINUTES_AN_HOUR = 60


@dataclass(frozen=True, slots=True)
class Margin:
    """The figures of a span (a month, or several added up).

    `missing` says in words what is not known; then `cost`, `overhead` and `waterfall` are None, and so is
    every figure that needs them. `minutes` are all minutes worked, of every kind. Amounts in another currency
    were converted by `rates`; a month that lacks one for its revenue shows that in the account's currency.
    """

    span: Period
    revenue: Money
    minutes: int
    agreed_minutes: int
    cost: Money | None = None
    overhead: Money | None = None
    waterfall: Waterfall | None = None
    missing: tuple[str, ...] = ()
    rates: tuple[RateInForce, ...] = ()

    @property
    def month(self) -> date:
        """The first day; of a single month, the month."""
        return self.span.start

    @property
    def complete(self) -> bool:
        return not self.missing

    @property
    def contribution(self) -> Money | None:
        return None if self.cost is None else self.revenue - self.cost

    @property
    def net(self) -> Money | None:
        contribution = self.contribution
        return None if contribution is None or self.overhead is None else contribution - self.overhead

    @property
    def percent(self) -> Fraction | None:
        """Contribution in percent of revenue; None while incomplete and without revenue."""
        contribution = self.contribution
        if contribution is None or self.revenue.minor <= 0:
            return None
        return Fraction(100 * contribution.minor, self.revenue.minor)

    @property
    def effective_rate(self) -> Money | None:
        """Revenue for each hour worked, rounded half up; None at zero hours."""
        return self.revenue.times(Fraction(_MINUTES_AN_HOUR, self.minutes)) if self.minutes else None

    def realisation(self, standard_rate: Decimal | None) -> Fraction | None:
        """Revenue ÷ (hours × standard rate in major units), 1 for all of it; None without either."""
        if not self.minutes or not standard_rate:
            return None
        at_standard = _minor_per_hour(standard_rate, self.revenue.currency) * self.minutes / _MINUTES_AN_HOUR
        return self.revenue.minor / at_standard


def margin_months(inputs: MarginInputs, span: Period) -> tuple[Margin, ...]:
    """The margin of every calendar month that `span` touches.

    Fees and agreed minutes are spread over their days by largest remainder, so months add up to the whole.
    """
    months = months_of(span)
    ledgers = _ledgers(inputs)
    work: dict[date, list[WorkEntry]] = {month.start: [] for month in months}
    for entry in inputs.work:
        if (start := entry.on.replace(day=1)) in work:
            work[start].append(entry)
    return tuple(_month(inputs, ledgers, month, work[month.start]) for month in months)


def total(months: Sequence[Margin]) -> Margin:
    """Several months as one: sums, so that rates are sum ÷ sum. One incomplete month makes it incomplete.

    Raises ValueError for no month, and for months in different currencies.
    """
    if not months:
        raise ValueError("a total needs at least one month")
    falls = [month.waterfall for month in months if month.waterfall is not None]
    missing = tuple(dict.fromkeys(reason for month in months for reason in month.missing))
    return Margin(
        span=Period(months[0].span.start, months[-1].span.end),
        revenue=sum((month.revenue for month in months[1:]), start=months[0].revenue),
        minutes=sum(month.minutes for month in months),
        agreed_minutes=sum(month.agreed_minutes for month in months),
        cost=_sum_or_none([month.cost for month in months]),
        overhead=_sum_or_none([month.overhead for month in months]),
        waterfall=joined(falls) if len(falls) == len(months) else None,
        missing=missing,
        rates=tuple(dict.fromkeys(rate for month in months for rate in month.rates)),
    )


def _sum_or_none(amounts: Sequence[Money | None]) -> Money | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known[1:], start=known[0]) if len(known) == len(amounts) else None


def _ledgers(inputs: MarginInputs) -> tuple[MonthLedger, MonthLedger]:
    """The account's money in the business's currency, and, where that is another one, in its own."""
    ledger = MonthLedger(inputs, inputs.currency)
    same = inputs.account_currency == inputs.currency
    return ledger, ledger if same else MonthLedger(inputs, inputs.account_currency)


def _month(
    inputs: MarginInputs, ledgers: tuple[MonthLedger, MonthLedger], month: Period, entries: list[WorkEntry]
) -> Margin:
    ledger, own = ledgers
    money = (own if ledger.lacks_revenue(month.start) else ledger).money_of(month.start)
    work, missing = _cost_of_work(entries, inputs.people, inputs.currency)
    missing = (*ledger.missing_in(month.start), *missing)
    agreed = ledger.agreed.get(month.start, 0)
    known = Margin(
        month, Money(money.revenue, money.currency), work.total_minutes, agreed,
        missing=missing, rates=ledger.used_in(month.start),
    )  # fmt: skip
    if missing:
        return known
    overhead = round_half_up(
        _minor_per_hour(inputs.overhead_rate, inputs.currency) * work.total_minutes / _MINUTES_AN_HOUR
    )
    fall = waterfall(replace(money, overhead=overhead), work, agreed, _idle_cost(inputs, month))
    return replace(known, cost=known.revenue - fall.contribution, overhead=-fall.overhead, waterfall=fall)


def _minor_per_hour(rate: Decimal, currency: str) -> Fraction:
    return Fraction(rate.scaleb(exponent(currency)))


def _cost_of_work(
    entries: Iterable[WorkEntry], people: Sequence[Person], currency: str
) -> tuple[MonthWork, tuple[str, ...]]:
    """Minutes and exact cost by kind, and whose cost rate is missing on which first day."""
    by_id = {person.id: person for person in people}
    minutes: dict[WorkKind, int] = {}
    by_rate: dict[tuple[WorkKind, Decimal], int] = {}
    missing: dict[str, date] = {}
    for entry in entries:
        person = by_id.get(entry.person_id)
        rate = person.cost_rate_on(entry.on) if person is not None else None
        minutes[entry.kind] = minutes.get(entry.kind, 0) + entry.minutes
        if rate is not None:
            by_rate[entry.kind, rate] = by_rate.get((entry.kind, rate), 0) + entry.minutes
        elif entry.minutes:
            name = person.name if person is not None else entry.person_id
            missing[name] = min(entry.on, missing.get(name, entry.on))
    cost: dict[WorkKind, Fraction] = {}
    for (kind, rate), worked in by_rate.items():
        part = _minor_per_hour(rate, currency) * worked / _MINUTES_AN_HOUR
        cost[kind] = cost.get(kind, Fraction(0)) + part
    reasons = tuple(f"no cost rate of {name} on {day.isoformat()}" for name, day in sorted(missing.items()))
    return MonthWork(minutes, cost), reasons


def _idle_cost(inputs: MarginInputs, month: Period) -> Fraction:
    """An average minute of everybody whose rate is known, for months without work."""
    rates = [person.cost_rate_on(month.last_day) for person in inputs.people]
    known = [_minor_per_hour(rate, inputs.currency) for rate in rates if rate is not None]
    return sum(known, Fraction(0)) / len(known) / _MINUTES_AN_HOUR if known else Fraction(0)
