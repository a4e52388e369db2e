"""What an account earns and costs, month by month, and what is missing to say so.

Revenue is fee earned plus overage billed plus blocks as they burn plus one-offs, without tax and without
costs passed on. Cost is every minute at the cost rate in force that day, expenses not rebilled, payment fees
and write-offs. A cost that is not known makes a month incomplete: it then has no cost and no margin, never 0
and never 100 %.
Source: handbook, "Margin".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from retainerdesk.domain.account import Person
from retainerdesk.domain.money import Money, allocate, exponent, round_half_up
from retainerdesk.domain.period import Period, add_months
from retainerdesk.domain.waterfall import MonthMoney, MonthWork, Waterfall, joined, waterfall
from retainerdesk.domain.work import Expense, WorkEntry, WorkKind

_MINUTES_AN_HOUR = 60


@dataclass(frozen=True, slots=True)
class OneOff:
    """A one-off line without tax, before its discount; a negative one is itself a discount.

    `discount` is what was taken off, as a positive amount.
    """

    on: date
    amount: Money
    discount: Money | None = None


@dataclass(frozen=True, slots=True)
class MarginInputs:
    """One account's facts. All money is without tax; periods are half-open.

    `fees` are earned fees by billing period, `discounts` what documents take off for a period (above zero),
    `agreed` the allowance by usage period, `overage` what was billed for a period (it counts in the month of
    the period's last day), `blocks` what of prepaid blocks was earned on a day. `currency` is the
    business's, in which people cost; other currencies are converted by `rates` (business units for one
    foreign unit). `overhead_rate` is per hour in major units.
    """

    currency: str
    account_currency: str
    fees: tuple[tuple[Period, Money], ...] = ()
    agreed: tuple[tuple[Period, int], ...] = ()
    overage: tuple[tuple[Period, Money], ...] = ()
    one_offs: tuple[OneOff, ...] = ()
    work: tuple[WorkEntry, ...] = ()
    people: tuple[Person, ...] = ()
    expenses: tuple[Expense, ...] = ()
    payment_fees: tuple[tuple[date, Money], ...] = ()
    overhead_rate: Decimal = Decimal(0)
    rates: Mapping[str, Fraction] = field(default_factory=dict)
    discounts: tuple[tuple[Period, Money], ...] = ()
    written_off: tuple[tuple[date, Money], ...] = ()
    blocks: tuple[tuple[date, Money], ...] = ()


@dataclass(frozen=True, slots=True)
class Margin:
    """The figures of a span (a month, or several added up).

    `missing` says in words what is not known; then `cost`, `overhead` and `waterfall` are None, and so is
    every figure that needs them. `minutes` are all minutes worked, of every kind.
    """

    span: Period
    revenue: Money
    minutes: int
    agreed_minutes: int
    cost: Money | None = None
    overhead: Money | None = None
    waterfall: Waterfall | None = None
    missing: tuple[str, ...] = ()

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


def months_of(span: Period) -> list[Period]:
    """The whole calendar months that `span` touches, in order."""
    first = span.start.replace(day=1)
    count = 0
    while add_months(first, count) < span.end:
        count += 1
    return [Period(add_months(first, k), add_months(first, k + 1)) for k in range(count)]


def margin_months(inputs: MarginInputs, span: Period) -> tuple[Margin, ...]:
    """The margin of every calendar month that `span` touches.

    Fees and agreed minutes are spread over their days by largest remainder, so months add up to the whole.
    """
    months = months_of(span)
    ledger = _Ledger(inputs)
    work: dict[date, list[WorkEntry]] = {month.start: [] for month in months}
    for entry in inputs.work:
        if (start := entry.on.replace(day=1)) in work:
            work[start].append(entry)
    return tuple(_month(inputs, ledger, month, work[month.start]) for month in months)


def total(months: Sequence[Margin]) -> Margin:
    """Several months as one: sums, so that rates are sum ÷ sum. One incomplete month makes it incomplete."""
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
    )


class _Ledger:
    """What each month earned and spent beside the work, in one currency, and the minutes agreed for it.

    That currency is the business's, or the account's own where no rate leads to the business's; then every
    month misses the rate.
    """

    def __init__(self, inputs: MarginInputs) -> None:
        known = inputs.account_currency in (inputs.currency, *inputs.rates)
        self.currency = inputs.currency if known else inputs.account_currency
        self._rates = inputs.rates if known else {}
        self._no_rate = None if known else _no_rate(inputs.account_currency, inputs.currency)
        self._sums: dict[tuple[date, str], int] = {}
        self._missing: dict[date, list[str]] = {}
        self._take_revenue(inputs)
        self._take_spending(inputs)
        self.agreed: dict[date, int] = {}
        for period, minutes in inputs.agreed:
            for start, part in _spread(minutes, period):
                self.agreed[start] = self.agreed.get(start, 0) + part

    def _take_revenue(self, inputs: MarginInputs) -> None:
        for period, fee in inputs.fees:
            for start, part in _spread(self._converted(fee, period.start), period):
                self._add(start, "fee", part)
        for period, off in inputs.discounts:
            for start, part in _spread(self._converted(off, period.start), period):
                self._add(start, "discount", part)
        for period, billed in inputs.overage:
            self._add(period.last_day, "overage", self._converted(billed, period.last_day))
        for day, earned in inputs.blocks:
            self._add(day, "blocks", self._converted(earned, day))
        for line in inputs.one_offs:
            amount = self._converted(line.amount, line.on)
            self._add(line.on, "one_off" if amount > 0 else "discount", abs(amount))
            if line.discount is not None:
                self._add(line.on, "discount", self._converted(line.discount, line.on))

    def _take_spending(self, inputs: MarginInputs) -> None:
        for expense in inputs.expenses:
            if not expense.rebill:
                self._add(expense.on, "expenses", self._converted(expense.amount, expense.on))
        for day, fee in inputs.payment_fees:
            self._add(day, "payment_fees", self._converted(fee, day))
        for day, lost in inputs.written_off:
            self._add(day, "written_off", self._converted(lost, day))

    def _add(self, day: date, name: str, minor: int) -> None:
        key = (day.replace(day=1), name)
        self._sums[key] = self._sums.get(key, 0) + minor

    def _converted(self, amount: Money, day: date) -> int:
        if amount.currency == self.currency:
            return amount.minor
        rate = self._rates.get(amount.currency)
        if rate is None:
            reason = _no_rate(amount.currency, self.currency)
            self._missing.setdefault(day.replace(day=1), []).append(reason)
            return 0
        shift = Fraction(10) ** (exponent(self.currency) - exponent(amount.currency))
        return round_half_up(amount.minor * rate * shift)

    def money_of(self, month: date) -> MonthMoney:
        sums = {name: minor for (start, name), minor in self._sums.items() if start == month}
        return MonthMoney(self.currency, **sums)

    def missing_in(self, month: date) -> tuple[str, ...]:
        general = [] if self._no_rate is None else [self._no_rate]
        return tuple(dict.fromkeys([*general, *self._missing.get(month, [])]))


def _no_rate(currency: str, target: str) -> str:
    return f"no exchange rate from {currency} to {target}"


def _spread(amount: int, period: Period) -> list[tuple[date, int]]:
    """An amount over the months of a period by days; the parts add up. A period without days has no part."""
    months = months_of(period) if period.days else []
    days = [part.days for month in months if (part := month.overlap(period))]
    return list(zip([month.start for month in months], allocate(amount, days), strict=True)) if days else []


def _sum_or_none(amounts: Sequence[Money | None]) -> Money | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known[1:], start=known[0]) if len(known) == len(amounts) else None


def _month(inputs: MarginInputs, ledger: _Ledger, month: Period, entries: list[WorkEntry]) -> Margin:
    money = ledger.money_of(month.start)
    work, missing = _cost_of_work(entries, inputs.people, inputs.currency)
    missing = (*ledger.missing_in(month.start), *missing)
    agreed = ledger.agreed.get(month.start, 0)
    known = Margin(month, Money(money.revenue, money.currency), work.total_minutes, agreed, missing=missing)
    if missing:
        return known
    overhead = round_half_up(
        _minor_per_hour(inputs.overhead_rate, inputs.currency) * work.total_minutes / _MINUTES_AN_HOUR
    )
    fall = waterfall(replace(money, overhead=overhead), work, agreed, _idle_cost(inputs, month))
    return Margin(
        span=month,
        revenue=known.revenue,
        minutes=known.minutes,
        agreed_minutes=agreed,
        cost=known.revenue - fall.contribution,
        overhead=-fall.overhead,
        waterfall=fall,
    )


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
