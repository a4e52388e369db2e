"""How much was worked in each of many spans, added up by the database instead of entry by entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

from sqlalchemy import Date, Row, TextualSelect, bindparam, text

from retainerdesk.store.unit_of_work import UnitOfWork

# Statements are made for whole multiples of this many spans, so that there are few of them to prepare.
_STEP = 16
_FAR_AWAY = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class WorkSum:
    """The work of one span `[start, …)` for one retainer (None: for none), in minutes.

    `chargeable` is without what was written down.
    """

    start: date
    retainer_id: str | None
    chargeable: int
    out_of_scope: int


def work_sums(uow: UnitOfWork, account_id: str, cuts: Sequence[date]) -> tuple[WorkSum, ...]:
    """The work between each two neighbours of `cuts` (ascending days), by span, then retainer.

    Spans are half-open; those without an entry are left out.
    """
    spans = list(pairwise(cuts))
    if not spans:
        return ()
    count = -(-len(spans) // _STEP) * _STEP
    spans += [(_FAR_AWAY, _FAR_AWAY)] * (count - len(spans))
    values: dict[str, Any] = {"account": account_id}
    for index, (start, end) in enumerate(spans):
        values[f"s{index}"], values[f"e{index}"] = start, end
    rows = uow.execute(_statement(count), values)
    return tuple(_sum(row) for row in rows)


def _sum(row: Row[Any]) -> WorkSum:
    return WorkSum(row.start, row.retainer_id, int(row.chargeable), int(row.out_of_scope))


@cache
def _statement(count: int) -> TextualSelect:
    """Text, because the compiler takes ten times as long over a table of values as the database does."""
    rows = ", ".join(f"(:s{index}, :e{index})" for index in range(count))
    # Only numbered parameters are put into the text.
    statement = text(
        f"WITH spans (start, stop) AS (VALUES {rows})"  # noqa: S608  # nosec B608
        " SELECT start, retainer_id,"
        " SUM(CASE WHEN kind <> 'out_of_scope' THEN minutes - written_down_minutes ELSE 0 END) AS chargeable,"
        " SUM(CASE WHEN kind = 'out_of_scope' THEN minutes ELSE 0 END) AS out_of_scope"
        " FROM spans JOIN work_entries ON account_id = :account AND on_date >= start AND on_date < stop"
        " GROUP BY start, retainer_id ORDER BY start, retainer_id"
    )
    days = [bindparam(f"{end}{index}", type_=Date) for end in "se" for index in range(count)]
    return statement.bindparams(*days).columns(start=Date)
