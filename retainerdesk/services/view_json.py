"""An account's screen as JSON, to be kept beside the book. Usage periods are columns: there are many.

Only this program version reads what it wrote; see `kept_facts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from retainerdesk.domain.allowance import UsagePeriod
from retainerdesk.domain.lots import Burn, Lot, LotSource
from retainerdesk.domain.period import Period
from retainerdesk.domain.plan import OverageDecision, Plan
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


def _row(usage: UsagePeriod, plan: int) -> list[Json]:
    return [
        usage.index, usage.span.start.toordinal(), usage.span.end.toordinal(), plan, usage.closed,
        [usage.opening, usage.granted, usage.adjusted, usage.used, usage.carried_in, usage.burned,
         usage.overage, usage.expired, usage.forfeited, usage.carried],
        None if usage.decision is None else usage.decision.value, usage.reason,
        [[each.entry_id, _ordinal(each.lot_on), each.source and each.source.value, each.minutes]
         for each in usage.burns],
        [[each.origin_on.toordinal(), each.source.value, each.remaining, each.last_index,
          _ordinal(each.expires_on), each.until_term_end] for each in usage.lots],
    ]  # fmt: skip


def _with_usage(view: RetainerView, rows: Sequence[Sequence[Json]]) -> RetainerView:
    plans = view.retainer.plans
    return replace(view, usage=tuple(_usage(row, plans) for row in rows))


def _usage(row: Sequence[Json], plans: Sequence[Plan]) -> UsagePeriod:
    index, start, end, plan, closed, minutes, decision, reason, burns, lots = row
    opening, granted, adjusted, used, carried_in, burned, overage, expired, forfeited, carried = minutes
    return UsagePeriod(
        index, Period(date.fromordinal(start), date.fromordinal(end)), plans[plan], closed,
        opening, granted, adjusted, used, carried_in, burned, overage, expired, forfeited, carried,
        None if decision is None else _DECISIONS[decision], reason,
        tuple(
            Burn(entry, _date(on), None if source is None else _SOURCES[source], part)
            for entry, on, source, part in burns
        ),
        tuple(
            Lot(date.fromordinal(on), _SOURCES[source], left, last, _date(expires), until)
            for on, source, left, last, expires, until in lots
        ),
    )  # fmt: skip


_SOURCES = {source.value: source for source in LotSource}
_DECISIONS = {decision.value: decision for decision in OverageDecision}


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()


def _date(ordinal: int | None) -> date | None:
    return None if ordinal is None else date.fromordinal(ordinal)
