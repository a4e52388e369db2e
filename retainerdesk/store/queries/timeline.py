"""An account's timeline, composed at read time: one UNION ALL over the typed tables, newest first.

Each arm walks its own (account, date, id) index backwards and the union merges them, so a page costs what it
shows, not what the account has. An arm has no LIMIT of its own: that would make SQLite sort it first.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Date,
    Integer,
    Row,
    Select,
    String,
    and_,
    bindparam,
    cast,
    literal,
    null,
    or_,
    select,
    union_all,
)

from retainerdesk.store.queries.timeline_arms import ARMS, Arm
from retainerdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One line of the timeline. (on, kind, id) is unique and is the place in the order.

    `id` is the row's id in its list; of an invoice its number, of a plan "<retainer>/<date>", of what happens
    to a retainer the retainer's id. `title` and `detail` are stored text, or the stored word of a choice
    (a work kind, an invoice status, who gave notice). `time` is "HH:MM" where the row has a time of day.
    `given_up` is how many of the `minutes` were written down.
    """

    on: date
    kind: str
    id: str
    title: str
    detail: str
    person: str | None = None
    time: str | None = None
    minutes: int | None = None
    amount_minor: int | None = None
    currency: str | None = None
    given_up: int | None = None


Place = tuple[date, str, str]


def timeline_page(
    uow: UnitOfWork,
    account_id: str,
    *,
    kinds: Collection[str] | None = None,
    after: Place | None = None,
    until: date | None = None,
    limit: int = 200,
) -> tuple[TimelineRow, ...]:
    """The newest `limit` rows after the place (on, kind, id) of the last row shown, newest first.

    `kinds` are names of `ARMS` (None: all); `until` leaves out rows dated later than that day.
    """
    shown = tuple(arm.kind for arm in ARMS if kinds is None or arm.kind in kinds)
    if not shown:
        return ()
    values: dict[str, Any] = {"account": account_id, "until": until, "limit": limit}
    if after is not None:
        values |= {"after_on": after[0], "after_id": after[2]}
    page = _page(shown, bounded=until is not None, after_kind=None if after is None else after[1])
    return tuple(_row(row) for row in uow.execute(page, values))


@cache
def _page(kinds: tuple[str, ...], *, bounded: bool, after_kind: str | None) -> CompoundSelect[Any]:
    """The statement of a page; values come as parameters, so that it is built and compiled once."""
    arms = [arm for arm in ARMS if arm.kind in kinds]
    union = union_all(*(_select(arm, bounded=bounded, after_kind=after_kind) for arm in arms))
    newest_first = (union.selected_columns[name].desc() for name in ("on", "kind", "id"))
    return union.order_by(*newest_first).limit(bindparam("limit", type_=Integer))


def _select(arm: Arm, *, bounded: bool, after_kind: str | None) -> Select[Any]:
    where = [arm.account == bindparam("account"), arm.on.is_not(None)]
    if bounded:
        where.append(arm.on <= bindparam("until", type_=Date))
    if after_kind is not None:
        where.append(_behind(arm, after_kind))
    return select(
        arm.on.label("on"),
        literal(arm.kind).label("kind"),
        arm.id.label("id"),
        arm.title.label("title"),
        arm.detail.label("detail"),
        _or_null(arm.person, String).label("person"),
        _or_null(arm.time, String).label("time"),
        _or_null(arm.minutes, Integer).label("minutes"),
        _or_null(arm.amount_minor, BigInteger).label("amount_minor"),
        _or_null(arm.currency, String).label("currency"),
        _or_null(arm.given_up, Integer).label("given_up"),
    ).where(*where)


def _behind(arm: Arm, after_kind: str) -> ColumnElement[bool]:
    """Rows of one arm behind the last place shown, in the order (on, kind, id), all descending."""
    day = bindparam("after_on", type_=Date)
    if arm.kind < after_kind:
        return arm.on <= day
    if arm.kind > after_kind:
        return arm.on < day
    return and_(arm.on <= day, or_(arm.on < day, arm.id < bindparam("after_id", type_=String)))


def _row(row: Row[Any]) -> TimelineRow:
    values: tuple[Any, ...] = tuple(row)
    return TimelineRow(*values)


def _or_null(column: ColumnElement[Any] | None, kind: Any) -> ColumnElement[Any]:  # noqa: ANN401
    return cast(null(), kind) if column is None else column
