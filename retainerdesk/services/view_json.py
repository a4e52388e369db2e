"""An account's screen as JSON, to be kept beside the book. Usage periods are columns: there are many.

Only this program version reads what it wrote; see `kept_facts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import Any, overload

from retainerdesk.domain.block import BlockBurn
from retainerdesk.domain.lots import Burn, Lot, LotSource
from retainerdesk.domain.period import Period
from retainerdesk.domain.plan import OverageDecision, Plan
from retainerdesk.domain.usage_period import UsagePeriod
from retainerdesk.services.views import AccountView, RetainerView
from retainerdesk.store.values_json import decode, short

Json = Any


def write_view(view: AccountView) -> Json:
    """The view as JSON."""
    bare = replace(view, retainers=tuple(replace(each, usage=()) for each in view.retainers))
    return {"view": short(bare), "usage": [_usage_of(each) for each in view.retainers]}


def read_view(kept: Json) -> AccountView:
    """The view of what `write_view` made; KeyError, TypeError or ValueError for anything else."""
    view = decode(AccountView, kept["view"])
    pairs = zip(view.retainers, kept["usage"], strict=True)
    return replace(view, retainers=tuple(_with_usage(each, rows) for each, rows in pairs))


def _usage_of(view: RetainerView) -> list[list[Json]]:
    plans = {plan.from_on: position for position, plan in enumerate(view.retainer.plans)}
    return [_row(usage, plans[usage.plan.from_on]) for usage in view.usage]


# The columns of a usage period whose values are JSON as they are, in the order they are kept.
_PLAIN = (
    "index", "closed", "opening", "granted", "adjusted", "used", "carried_in", "burned", "overage", "expired",
    "forfeited", "carried", "reason", "from_blocks", "unmetered", "offset",
)  # fmt: skip
_plain_of = attrgetter(*_PLAIN)


def _row(usage: UsagePeriod, plan: int) -> list[Json]:
    return [
        _plain_of(usage), usage.span.start.toordinal(), usage.span.end.toordinal(), plan,
        None if usage.decision is None else usage.decision.value,
        [[each.entry_id, _ordinal(each.lot_on), each.source and each.source.value, each.minutes,
          each.block_id] for each in usage.burns],
        [[each.origin_on.toordinal(), each.source.value, each.remaining, each.last_index,
          _ordinal(each.expires_on), each.until_term_end] for each in usage.lots],
        [short(each) for each in usage.block_burns],
        _ordinal(usage.closed_on),
    ]  # fmt: skip


def _with_usage(view: RetainerView, rows: Sequence[Sequence[Json]]) -> RetainerView:
    return replace(view, usage=_KeptUsage(rows, view.retainer.plans))


class _KeptUsage(Sequence[UsagePeriod]):
    """Usage periods that are read when they are asked for: a screen shows the last ones of ten years."""

    def __init__(self, rows: Sequence[Sequence[Json]], plans: Sequence[Plan]) -> None:
        self._rows, self._plans = rows, plans

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> UsagePeriod: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[UsagePeriod]: ...

    def __getitem__(self, place: int | slice) -> UsagePeriod | Sequence[UsagePeriod]:
        if isinstance(place, slice):
            return tuple(_usage(row, self._plans) for row in self._rows[place])
        return _usage(self._rows[place], self._plans)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


def _usage(row: Sequence[Json], plans: Sequence[Plan]) -> UsagePeriod:
    plain, start, end, plan, decision, burns, lots, block_burns, closed_on = row
    return UsagePeriod(
        **dict(zip(_PLAIN, plain, strict=True)),
        span=Period(date.fromordinal(start), date.fromordinal(end)),
        plan=plans[plan],
        decision=None if decision is None else _DECISIONS[decision],
        burns=tuple(
            Burn(entry, _date(on), None if source is None else _SOURCES[source], part, block)
            for entry, on, source, part, block in burns
        ),
        lots=tuple(
            Lot(date.fromordinal(on), _SOURCES[source], left, last, _date(expires), until)
            for on, source, left, last, expires, until in lots
        ),
        block_burns=tuple(decode(BlockBurn, each) for each in block_burns),
        closed_on=_date(closed_on),
    )


_SOURCES = {source.value: source for source in LotSource}
_DECISIONS = {decision.value: decision for decision in OverageDecision}


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()


def _date(ordinal: int | None) -> date | None:
    return None if ordinal is None else date.fromordinal(ordinal)
