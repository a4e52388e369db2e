"""Interest and the fixed sum on what a business pays late: by law from a dated table, or at an agreed rate.

Simple interest, actual days over 365: every day after the due date up to and with the day of payment bears
interest on what was open that day. The exact amounts are added and rounded half up once an invoice. Nothing
is guessed: beyond the last half-year of the table, or where no law is known and no rate was agreed, the
computation is refused.
Source: handbook, "Payments", Late interest; resources/rates/late_interest.json names each law.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from retainerdesk.domain.agreed_interest import agreed_percent
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.instalments import parts_of
from retainerdesk.domain.invoice import Instalment, Invoice, Payment, Settlement
from retainerdesk.domain.money import Money, round_half_up, round_parts
from retainerdesk.domain.period import Period, add_months

_DAYS_A_YEAR = 365
_MONTHS_OF_A_ROW = 6
_A_DAY = timedelta(days=1)
_HOW_TO_AGREE = (
    "If a rate was agreed, enter it on the page “Payment” of the account, or with “late-interest --agreed ID"
    " --percent RATE”."
)


@dataclass(frozen=True, slots=True)
class HalfYearRate:
    """The rate in percent a year of the half-year that begins on `from_on`.

    `source` is what the figure was compared with (empty: nothing), or where the user read it. `is_own` tells
    those of the user from those that came with the program.
    """

    from_on: date
    percent: Decimal
    source: str = ""
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class ReferenceRates:
    """A bank's rate by half-year, in order, without a gap. `id` is how users name it when they add one."""

    id: str
    name: str
    source: str
    as_of: date
    rates: tuple[HalfYearRate, ...]

    @property
    def known(self) -> Period:
        """The days the table covers, to the end of its last half-year."""
        return Period(self.rates[0].from_on, self.next_from)

    @property
    def next_from(self) -> date:
        """The first day of the half-year that is to be added next."""
        return add_months(self.rates[-1].from_on, _MONTHS_OF_A_ROW)

    def rate_on(self, day: date) -> Decimal:
        """The rate of the half-year that holds `day`. Raises RuleViolation outside the table."""
        if day not in self.known:
            known = self.known
            message = f"{self.name}: the table covers {known.start} to {known.last_day}, not {day}."
            if day > known.start:
                message += (
                    f" Add the rate from {self.next_from} under “Late interest rates” in the Billing menu, or"
                    f" with “late-interest --add {self.id} --from {self.next_from}”."
                )
            raise RuleViolation("late_interest.table", message, "as_of")
        return next(each.percent for each in reversed(self.rates) if each.from_on <= day)


@dataclass(frozen=True, slots=True)
class LateInterestLaw:
    """What the law of some countries grants: `points` above the reference, and a fixed sum an invoice.

    `fees` are (from this amount that was late, sum) in `fee_currency`, in order. With `fixed_at_start` the
    rate of the day a debt became late stays until it is paid; else it follows the half-years.
    `fee_with_agreed_rate` tells whether the fixed sum is granted also beside interest at an agreed rate.
    """

    id: str
    name: str
    source: str
    as_of: date
    countries: frozenset[str]
    reference: ReferenceRates
    points: Decimal
    fixed_at_start: bool
    fee_currency: str
    fees: tuple[tuple[Money, Money], ...]
    fee_with_agreed_rate: bool = True


@dataclass(frozen=True, slots=True)
class AgreedRate:
    """A rate the account agreed to, in basis points a year, the same for every day.

    `law` may grant a fixed sum beside it; None where no law is known.
    """

    bps: int
    law: LateInterestLaw | None = None

    @property
    def percent(self) -> Decimal:
        """In percent a year."""
        return agreed_percent(self.bps)


InterestBasis = LateInterestLaw | AgreedRate


@dataclass(frozen=True, slots=True)
class LateInterestTable:
    """All laws that are known, and for some countries why there is none."""

    as_of: date
    laws: tuple[LateInterestLaw, ...]
    none: tuple[tuple[str, str], ...]

    def law_of(self, country: str) -> LateInterestLaw:
        """The law of a country (ISO 3166 alpha-2). Raises RuleViolation with the reason if none is known."""
        found = self.known_law(country)
        if found is None:
            unknown = f"No law on late payment is known for “{country}”."
            why = dict(self.none).get(country.upper(), unknown)
            raise RuleViolation("late_interest.law", f"{why} {_HOW_TO_AGREE}", "country")
        return found

    def known_law(self, country: str) -> LateInterestLaw | None:
        """The law of a country (ISO 3166 alpha-2), if one is known."""
        return next((law for law in self.laws if country.upper() in law.countries), None)

    def basis_of(self, country: str, agreed_bps: int | None) -> InterestBasis:
        """By what a seller in `country` claims interest: the agreed rate if there is one, else the law.

        Raises RuleViolation with the reason where there is neither.
        """
        if agreed_bps is None:
            return self.law_of(country)
        return AgreedRate(agreed_bps, self.known_law(country))


@dataclass(frozen=True, slots=True)
class InterestSpan:
    """Days (half-open) with one open amount at one yearly rate; the amounts add up to the interest."""

    days: Period
    open: Money
    rate_percent: Decimal
    amount: Money


@dataclass(frozen=True, slots=True)
class LateInterest:
    """What one invoice bears up to and with `as_of`. `fee` is None before it is late and in other currencies.

    `fee_note` says why a fixed sum that the law grants is not in `fee`.
    """

    number: str
    basis: InterestBasis
    as_of: date
    spans: tuple[InterestSpan, ...]
    interest: Money
    fee: Money | None = None
    fee_note: str = ""


def late_interest(
    invoice: Invoice,
    payments: Iterable[Payment],
    settlements: Iterable[Settlement],
    basis: InterestBasis,
    as_of: date,
) -> LateInterest:
    """Interest and fixed sum of an invoice on `as_of`, net of what came in by then, part by part of a plan.

    A part due on day D paid on day P bears P − D days. Void documents and credit notes bear nothing. Raises
    RuleViolation if a day lies outside the table of reference rates.
    """
    bearing = [] if invoice.is_void(as_of) else list(_bearing(invoice, payments, settlements, as_of))
    slices = [each for start, days, open_ in bearing for each in _slices(start, days, open_, basis)]
    exact = [_exact(days, open_, rate) for days, open_, rate in slices]
    total = round_half_up(sum(exact, Fraction(0)))
    spans = tuple(
        InterestSpan(days, open_, rate, Money(minor, invoice.currency))
        for (days, open_, rate), minor in zip(slices, round_parts(exact, total), strict=True)
    )
    fee, note = _fee(invoice.currency, bearing, basis)
    return LateInterest(invoice.number, basis, as_of, spans, Money(total, invoice.currency), fee, note)


_Bearing = tuple[date, Period, Money]


def _bearing(
    invoice: Invoice, payments: Iterable[Payment], settlements: Iterable[Settlement], as_of: date
) -> Iterator[_Bearing]:
    """First late day of a part, days with the same open amount, and that amount above zero."""
    moves = [move for move in _moves(invoice.number, payments, settlements) if move[0] <= as_of]
    before = 0
    for part in parts_of(invoice):
        yield from _bearing_of(part, before, moves, as_of)
        before += part.amount.minor


def _bearing_of(
    part: Instalment, before: int, moves: Sequence[tuple[date, int]], as_of: date
) -> Iterator[_Bearing]:
    """`before` is what earlier parts take of all that came in."""
    first, end = part.due_on + _A_DAY, as_of + _A_DAY
    if first >= end:
        return
    # The day a payment arrives still bears interest on what it settles.
    cuts = sorted({first, end, *(day + _A_DAY for day, _ in moves if first < day + _A_DAY < end)})
    for start, stop in pairwise(cuts):
        settled = sum(minor for day, minor in moves if day < start) - before
        open_minor = part.amount.minor - max(0, min(settled, part.amount.minor))
        if open_minor > 0:
            yield first, Period(start, stop), Money(open_minor, part.amount.currency)


def _moves(
    number: str, payments: Iterable[Payment], settlements: Iterable[Settlement]
) -> Iterator[tuple[date, int]]:
    for payment in payments:
        for part in payment.allocations:
            if part.invoice_number == number:
                yield payment.on, part.amount.minor
    for each in settlements:
        if each.invoice_number == number:
            yield each.on, each.amount.minor


def _slices(
    first_late: date, days: Period, open_: Money, law: InterestBasis
) -> Iterator[tuple[Period, Money, Decimal]]:
    """The days cut where the rate changes; an agreed one never does."""
    if isinstance(law, AgreedRate):
        yield days, open_, law.percent
        return
    if law.fixed_at_start:
        yield days, open_, law.reference.rate_on(first_late) + law.points
        return
    law.reference.rate_on(days.last_day)
    for part in days.split_at([each.from_on for each in law.reference.rates]):
        yield part, open_, law.reference.rate_on(part.start) + law.points


def _exact(days: Period, open_: Money, rate_percent: Decimal) -> Fraction:
    """Minor units, not rounded; a reference below minus the points bears nothing."""
    return open_.minor * max(Fraction(0), Fraction(rate_percent)) / 100 * Fraction(days.days, _DAYS_A_YEAR)


def _fee(currency: str, bearing: Sequence[_Bearing], basis: InterestBasis) -> tuple[Money | None, str]:
    """The fixed sum by what was late: of each part the amount open on its first late day."""
    late = sum(open_.minor for first, days, open_ in bearing if days.start == first)
    law = basis.law if isinstance(basis, AgreedRate) else basis
    if not late or law is None or not law.fees:
        return None, ""
    if isinstance(basis, AgreedRate) and not law.fee_with_agreed_rate:
        return (
            None,
            f"{law.name} grants its fixed sum beside its own interest only, not beside an agreed rate.",
        )
    if currency != law.fee_currency:
        sums = " / ".join(str(fee) for _, fee in law.fees)
        return (
            None,
            f"{law.name} grants {sums} {law.fee_currency}; it is not added to an amount in {currency}.",
        )
    return [fee for least, fee in law.fees if least.minor <= late][-1], ""
