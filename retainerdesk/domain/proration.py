"""What a part of a period costs, and how many minutes it includes. Source: handbook, "Proration".

All parts of one amount come from one `allocate`, so a period that is split costs exactly its fee.
"""

from __future__ import annotations

from collections.abc import Sequence

from retainerdesk.domain.money import Money, allocate
from retainerdesk.domain.period import Period
from retainerdesk.domain.plan import Proration
from retainerdesk.domain.schedule import Slice


def prorate(fee: Money, used: Period, full: Period) -> Money:
    """By calendar days, the part of a period's fee for the days `used`; rounded half up, once.

    Periods are half-open. Example: 50.00 from 10 August is 50 × 22 ÷ 31 = 35.48. Raises ValueError if
    `used` is not inside `full`.
    """
    if not full.covers(used):
        raise ValueError("the days used must lie inside the period")
    return prorate_parts(fee, [used], Slice(used, full), Proration.ACTUAL_DAYS)[0]


def prorate_parts(fee: Money, parts: Sequence[Period], slice_: Slice, method: Proration) -> list[Money]:
    """The fee of each of several separate `parts` of one period, in order, all under this one fee.

    `slice_` is the period they lie in. A stub follows `method`; a whole period that is split is divided
    by days (of 30 under fixed_30, the last part taking what remains).
    """
    if not slice_.is_stub and len(parts) == 1 and parts[0] == slice_.span:
        return [fee]
    if not all(slice_.span.covers(part) for part in parts):
        raise ValueError("the parts must lie inside the period")
    if slice_.is_stub and method is Proration.SKIP_STUB:
        return [Money(0, fee.currency) for _ in parts]
    weights, rest = _weights(parts, slice_, method)
    return fee.allocate([*weights, rest])[: len(parts)]


def prorate_minutes(minutes: int, parts: Sequence[Period], slice_: Slice, method: Proration) -> list[int]:
    """The included minutes of each part, by the same factor as its fee, to the nearest minute."""
    if slice_.is_stub and method is Proration.SKIP_STUB:
        return [0 for _ in parts]
    weights, rest = _weights(parts, slice_, method)
    return allocate(minutes, [*weights, rest])[: len(parts)]


def _weights(parts: Sequence[Period], slice_: Slice, method: Proration) -> tuple[list[int], int]:
    """Days that count for each part, and the days of the whole that none of them serves."""
    days = [part.days for part in parts]
    if slice_.is_stub and method is Proration.FULL:
        return days, slice_.span.days - sum(days)
    if method is Proration.FIXED_30:
        return _weights_of_30(parts, slice_)
    return days, slice_.full.days - sum(days)


def _weights_of_30(parts: Sequence[Period], slice_: Slice) -> tuple[list[int], int]:
    """Every month counts 30 days; the part that ends a whole period takes what the days before it left."""
    base = 30 * slice_.months or slice_.full.days
    weights: list[int] = []
    for part in parts:
        ends_the_whole = not slice_.is_stub and part.end == slice_.full.end
        before = (part.start - slice_.full.start).days
        wanted = base - before if ends_the_whole else part.days
        weights.append(max(0, min(wanted, base - sum(weights))))
    return weights, base - sum(weights)
