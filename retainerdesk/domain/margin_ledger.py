"""The money of margin: an account's facts in one currency, month by month, with the rates that took.

Source: handbook, "Margin" and "Exchange rates".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from retainerdesk.domain.account import Person
from retainerdesk.domain.exchange_rate import RateInForce, Rates, convert, no_rate
from retainerdesk.domain.money import Money, allocate
from retainerdesk.domain.period import Period, add_months
from retainerdesk.domain.waterfall import MonthMoney
from retainerdesk.domain.work import Expense, WorkEntry


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
    business's, in which people cost; other currencies are converted by the rate of `rates` in force on the
    last day of a period, or on the day. `overhead_rate` is per hour in major units.
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
    rates: Rates = field(default_factory=Rates)
    discounts: tuple[tuple[Period, Money], ...] = ()
    written_off: tuple[tuple[date, Money], ...] = ()
    blocks: tuple[tuple[date, Money], ...] = ()


class MonthLedger:
    """What each month earned and spent beside the work, in one `currency`, and the minutes agreed for it.

    An amount of a period is converted whole, by the rate in force on the period's last day, and then spread.
    """

    def __init__(self, inputs: MarginInputs, currency: str) -> None:
        self.currency = currency
        self.agreed: dict[date, int] = {}
        self._rates = inputs.rates
        self._sums: dict[tuple[date, str], int] = {}
        self._missing: dict[date, list[str]] = {}
        self._used: dict[date, list[RateInForce]] = {}
        self._without_revenue: set[date] = set()
        self._take_revenue(inputs)
        self._take_one_offs(inputs.one_offs)
        self._take_spending(inputs)
        for period, minutes in inputs.agreed:
            for start, part in _spread(minutes, period):
                self.agreed[start] = self.agreed.get(start, 0) + part

    def lacks_revenue(self, month: date) -> bool:
        """Whether some revenue of a month could not be converted."""
        return month in self._without_revenue

    def money_of(self, month: date) -> MonthMoney:
        """The sums of a month; what could not be converted is not in them."""
        sums = {name: minor for (start, name), minor in self._sums.items() if start == month}
        return MonthMoney(self.currency, **sums)

    def missing_in(self, month: date) -> tuple[str, ...]:
        """The rates a month lacks, in words."""
        return tuple(dict.fromkeys(self._missing.get(month, [])))

    def used_in(self, month: date) -> tuple[RateInForce, ...]:
        """The rates amounts of a month were converted by."""
        return tuple(dict.fromkeys(self._used.get(month, [])))

    def _take_revenue(self, inputs: MarginInputs) -> None:
        spreading = [("fee", inputs.fees), ("discount", inputs.discounts)]
        for name, amounts in spreading:
            for period, amount in amounts:
                self._take_spread(name, period, amount)
        for period, billed in inputs.overage:
            self._take_earned("overage", period.last_day, billed)
        for day, earned in inputs.blocks:
            self._take_earned("blocks", day, earned)

    def _take_one_offs(self, lines: Iterable[OneOff]) -> None:
        for line in lines:
            name = "one_off" if line.amount.minor > 0 else "discount"
            self._take_earned(name, line.on, line.amount if name == "one_off" else -line.amount)
            if line.discount is not None:
                self._take_earned("discount", line.on, line.discount)

    def _take_spending(self, inputs: MarginInputs) -> None:
        for expense in inputs.expenses:
            if not expense.rebill:
                self._take("expenses", expense.on, expense.amount)
        for day, fee in inputs.payment_fees:
            self._take("payment_fees", day, fee)
        for day, lost in inputs.written_off:
            self._take("written_off", day, lost)

    def _take_spread(self, name: str, period: Period, amount: Money) -> None:
        minor = self._converted(amount, period.last_day, [start for start, _ in _spread(0, period)])
        if minor is None:
            self._without_revenue.update(start for start, _ in _spread(0, period))
            return
        for start, part in _spread(minor, period):
            self._add(start, name, part)

    def _take_earned(self, name: str, day: date, amount: Money) -> None:
        if not self._take(name, day, amount):
            self._without_revenue.add(day.replace(day=1))

    def _take(self, name: str, day: date, amount: Money) -> bool:
        """Add an amount to the month of its day; whether it could be converted."""
        minor = self._converted(amount, day, [day.replace(day=1)])
        if minor is not None:
            self._add(day, name, minor)
        return minor is not None

    def _add(self, day: date, name: str, minor: int) -> None:
        key = (day.replace(day=1), name)
        self._sums[key] = self._sums.get(key, 0) + minor

    def _converted(self, amount: Money, day: date, months: Sequence[date]) -> int | None:
        """Minor units in the ledger's currency; None without a rate: then every one of `months` lacks it."""
        if amount.currency == self.currency or not amount:
            return amount.minor
        found = self._rates.in_force(amount.currency, self.currency, day)
        for month in months:
            if found is None:
                self._missing.setdefault(month, []).append(no_rate(amount.currency, self.currency, day))
            else:
                self._used.setdefault(month, []).append(found)
        return None if found is None else convert(amount, self.currency, found.factor).minor


def months_of(span: Period) -> list[Period]:
    """The whole calendar months that `span` touches, in order."""
    first = span.start.replace(day=1)
    count = 0
    while add_months(first, count) < span.end:
        count += 1
    return [Period(add_months(first, k), add_months(first, k + 1)) for k in range(count)]


def _spread(amount: int, period: Period) -> list[tuple[date, int]]:
    """An amount over the months of a period by days; the parts add up. A period without days has no part."""
    months = months_of(period) if period.days else []
    days = [part.days for month in months if (part := month.overlap(period))]
    return list(zip([month.start for month in months], allocate(amount, days), strict=True)) if days else []
