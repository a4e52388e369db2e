"""An account's timeline, composed at read time: one UNION ALL over the typed tables, newest first.

Each arm walks its own (account, date, id) index backwards and the union merges them, so a page costs what it
shows, not what the account has. An arm has no LIMIT of its own: that would make SQLite sort it first.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Row,
    Select,
    String,
    and_,
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
    arms = [arm for arm in ARMS if kinds is None or arm.kind in kinds]
    if not arms:
        return ()
    union = union_all(*(_select(arm, account_id, after, until) for arm in arms))
    page = union.order_by(*(union.selected_columns[name].desc() for name in ("on", "kind", "id"))).limit(
        limit
    )
    return tuple(_row(row) for row in uow.execute(page))


def _select(arm: Arm, account_id: str, after: Place | None, until: date | None) -> Select[Any]:
    where: list[ColumnElement[bool]] = [arm.account == account_id, arm.on.is_not(None), *arm.where]
    if until is not None:
        where.append(arm.on <= until)
    if after is not None:
        where.append(_later(arm, after))
    return select(
        arm.on.label("on"),
        literal(arm.kind).label("kind"),
        arm.id.label("id"),
        _or_null(arm.title, String).label("title"),
        _or_null(arm.detail, String).label("detail"),
        _or_null(arm.person, String).label("person"),
        _or_null(arm.time, String).label("time"),
        _or_null(arm.minutes, Integer).label("minutes"),
        _or_null(arm.amount_minor, Integer).label("amount_minor"),
        _or_null(arm.currency, String).label("currency"),
    ).where(*where)


def _later(arm: Arm, after: Place) -> ColumnElement[bool]:
    """Rows of one arm behind a place in the order (on, kind, id), all descending."""
    on, kind, row_id = after
    day = literal(on, Date)
    if arm.kind < kind:
        return arm.on <= day
    if arm.kind > kind:
        return arm.on < day
    return and_(arm.on <= day, or_(arm.on < day, arm.id < row_id))


def _row(row: Row[Any]) -> TimelineRow:
    values: tuple[Any, ...] = tuple(row)
    return TimelineRow(*values)


def _or_null(column: ColumnElement[Any] | None, kind: Any) -> ColumnElement[Any]:  # noqa: ANN401
    return cast(null(), kind) if column is None else column
