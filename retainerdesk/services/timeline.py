"""The timeline of an account, a page at a time, with what each month added up to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from retainerdesk.store.queries import months, timeline
from retainerdesk.store.queries.months import MonthFigures
from retainerdesk.store.queries.timeline import Place, TimelineRow
from retainerdesk.store.queries.timeline_arms import KINDS
from retainerdesk.store.unit_of_work import UnitOfWork

__all__ = ["KINDS", "MonthFigures", "Place", "TimelinePage", "TimelineRow", "month_figures", "timeline_page"]


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """Rows newest first; `next_place` is where the next page goes on, None at the end."""

    rows: tuple[TimelineRow, ...]
    next_place: Place | None


def timeline_page(
    uow: UnitOfWork,
    account_id: str,
    *,
    until: date,
    kinds: Collection[str] | None = None,
    after: Place | None = None,
    limit: int = 200,
) -> TimelinePage:
    """The newest rows up to `until`, behind the place `after`; only of these kinds, if any are named."""
    rows = timeline.timeline_page(uow, account_id, kinds=kinds, after=after, until=until, limit=limit + 1)
    shown = rows[:limit]
    more = len(rows) > limit
    return TimelinePage(shown, (shown[-1].on, shown[-1].kind, shown[-1].id) if more else None)


def month_figures(
    uow: UnitOfWork, account_id: str, start: date | None = None, end: date | None = None
) -> tuple[MonthFigures, ...]:
    """What the months of `[start, end)` added up to, newest first."""
    return months.months_of_account(uow, account_id, start, end)
