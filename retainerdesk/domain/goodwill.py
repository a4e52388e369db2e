"""What an account was given without charge: overage absorbed, time written down, work out of scope.

Minutes at the standard rate, each item rounded half up once; the total is the sum of the rounded items.
Source: handbook, "Billing" and "Words" (over-servicing).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from retainerdesk.domain.money import Money, exponent
from retainerdesk.domain.period import Period
from retainerdesk.domain.work import WorkEntry, WorkKind

_MINUTES_AN_HOUR = 60


class GoodwillKind(StrEnum):
    """Why minutes were not charged."""

    ABSORBED = "absorbed"
    WRITTEN_DOWN = "written_down"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class Absorbed:
    """Overage of one usage period that was decided not to be billed, in whole minutes."""

    service: Period
    minutes: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class GoodwillItem:
    """Minutes given in some days (half-open), and what they are worth; None without a standard rate."""

    kind: GoodwillKind
    days: Period
    text: str
    minutes: int
    worth: Money | None


@dataclass(frozen=True, slots=True)
class Goodwill:
    """The items of a span in order of date. `rate` is an hour in major units; `worth` is None without it."""

    span: Period
    currency: str
    rate: Decimal | None
    items: tuple[GoodwillItem, ...]

    @property
    def minutes(self) -> int:
        return sum(item.minutes for item in self.items)

    @property
    def worth(self) -> Money | None:
        found = [item.worth for item in self.items if item.worth is not None]
        return sum(found, Money(0, self.currency)) if self.rate is not None else None


def goodwill_of(
    span: Period,
    currency: str,
    rate: Decimal | None,
    absorbed: Iterable[Absorbed],
    work: Iterable[WorkEntry],
) -> Goodwill:
    """What was given in `span` to one account.

    Overage counts in the span that holds the last day of its period; work on its day. An entry out of scope
    counts whole, whatever was written down of it, so that no minute is given twice.
    """
    items = [*_from_overage(span, absorbed), *_from_work(span, work)]
    priced = tuple(
        GoodwillItem(kind, days, text, minutes, _worth(minutes, rate, currency))
        for kind, days, text, minutes in sorted(items, key=lambda item: (item[1].start, item[0], item[2]))
    )
    return Goodwill(span, currency, rate, priced)


_Item = tuple[GoodwillKind, Period, str, int]


def _from_overage(span: Period, absorbed: Iterable[Absorbed]) -> Iterable[_Item]:
    for each in absorbed:
        if each.minutes > 0 and each.service.last_day in span:
            yield GoodwillKind.ABSORBED, each.service, each.text, each.minutes


def _from_work(span: Period, work: Iterable[WorkEntry]) -> Iterable[_Item]:
    for entry in work:
        if entry.on not in span:
            continue
        day = Period(entry.on, entry.on.fromordinal(entry.on.toordinal() + 1))
        if entry.kind is WorkKind.OUT_OF_SCOPE:
            yield GoodwillKind.OUT_OF_SCOPE, day, entry.text, entry.minutes
        elif entry.written_down_minutes:
            text = entry.write_down_reason or entry.text
            yield GoodwillKind.WRITTEN_DOWN, day, text, entry.written_down_minutes


def _worth(minutes: int, rate: Decimal | None, currency: str) -> Money | None:
    if rate is None:
        return None
    an_hour = Fraction(rate) * 10 ** exponent(currency)
    return Money(1, currency).times(an_hour * minutes / _MINUTES_AN_HOUR)
