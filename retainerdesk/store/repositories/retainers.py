"""Retainers with everything that belongs to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, Table, select

from retainerdesk.domain.retainer import Escalator, Notice, NoticeBy, NoticeUnit, Renewal, Retainer, TermRule
from retainerdesk.store.audit import ADD, DELETE, UPDATE, key_of
from retainerdesk.store.repositories import closing, plans
from retainerdesk.store.repositories.writing import (
    delete_rows,
    exists,
    insert_rows,
    missing,
    of_accounts,
    update_row,
)
from retainerdesk.store.tables.closing import LATE_DECISION_ROWS
from retainerdesk.store.tables.retainers import (
    LOT_ADJUSTMENT_ROWS,
    PAUSE_ROWS,
    PLAN_ROWS,
    RETAINER_ROWS,
    USAGE_DECISION_ROWS,
)
from retainerdesk.store.unit_of_work import UnitOfWork
from retainerdesk.store.values_json import decode, whole


@dataclass(frozen=True, slots=True)
class _Part:
    """One list inside a retainer: its table, its order, and its mapping."""

    field: str
    table: Table
    order: tuple[str, ...]
    to_value: Callable[[Row[Any]], Any]
    from_value: Callable[[Any], dict[str, Any]]

    def in_order(self, values: Iterable[Any]) -> tuple[Any, ...]:
        """The values as they are read back; what is equal in order stays as it was given."""
        return tuple(sorted(values, key=self._place))

    def _place(self, value: Any) -> tuple[Any, ...]:  # noqa: ANN401
        row = self.from_value(value)
        return tuple(row[name] for name in self.order if name in row)


_PARTS = (
    _Part("plans", PLAN_ROWS, ("from_on",), plans.to_plan, plans.from_plan),
    _Part("pauses", PAUSE_ROWS, ("starts_on", "ends_on"), plans.to_pause, plans.from_pause),
    _Part(
        "usage_decisions",
        USAGE_DECISION_ROWS,
        ("period_on",),
        plans.to_usage_decision,
        plans.from_usage_decision,
    ),
    _Part(
        "adjustments",
        LOT_ADJUSTMENT_ROWS,
        ("on_date", "id", "pk"),
        plans.to_adjustment,
        plans.from_adjustment,
    ),
    _Part("late", LATE_DECISION_ROWS, ("on_date", "id"), closing.to_late, closing.from_late),
)


def to_retainer(row: Row[Any], parts: dict[str, tuple[Any, ...]]) -> Retainer:
    """The retainer of a row."""
    return Retainer(
        account_id=row.account_id,
        id=row.id,
        name=row.name,
        starts_on=row.starts_on,
        term=_term(row),
        settled_through=row.settled_through,
        notice_given_on=row.notice_given_on,
        notice_given_by=None if row.notice_given_by is None else NoticeBy(row.notice_given_by),
        ended_on=row.ended_on,
        **parts,
    )


def _term(row: Row[Any]) -> TermRule | None:
    if row.term_renewal is None:
        return None
    notice = None if row.notice_count is None else Notice(row.notice_count, NoticeUnit(row.notice_unit))
    escalator = None if row.escalator is None else decode(Escalator, row.escalator)
    return TermRule(row.term_months, Renewal(row.term_renewal), notice, escalator)


def from_retainer(retainer: Retainer) -> dict[str, Any]:
    """The columns of one retainer."""
    term = retainer.term
    notice = term.notice if term else None
    return {
        "account_id": retainer.account_id,
        "id": retainer.id,
        "name": retainer.name,
        "starts_on": retainer.starts_on,
        "settled_through": retainer.settled_through,
        "term_months": term.months if term else None,
        "term_renewal": term.renewal.value if term else None,
        "notice_count": notice.count if notice else None,
        "notice_unit": notice.unit.value if notice else None,
        "escalator": whole(term.escalator) if term and term.escalator else None,
        "notice_given_on": retainer.notice_given_on,
        "notice_given_by": retainer.notice_given_by.value if retainer.notice_given_by else None,
        "ended_on": retainer.ended_on,
    }


def save_retainer(uow: UnitOfWork, retainer: Retainer) -> None:
    """Add a retainer or replace the one of that account and id, with all its parts.

    Its lists may come in any order: the chain has to say the one in which they are read. Raises RuleViolation
    if the account is unknown or two plans start on one day.
    """
    lists: dict[str, Any] = {part.field: part.in_order(getattr(retainer, part.field)) for part in _PARTS}
    retainer = replace(retainer, **lists)
    key = {"account_id": retainer.account_id, "id": retainer.id}
    known = exists(uow, RETAINER_ROWS, key)
    if known:
        update_row(uow, RETAINER_ROWS, key, from_retainer(retainer))
    else:
        insert_rows(uow, RETAINER_ROWS, [from_retainer(retainer)])
    _replace_parts(uow, retainer, known=known)
    uow.audit.record(
        UPDATE if known else ADD,
        "retainers",
        key_of(retainer.account_id, retainer.id),
        _without_closes(retainer),
    )


def _without_closes(retainer: Retainer) -> Retainer:
    """What a link says of a retainer: its closings have links of their own, written once each."""
    return replace(retainer, closes=())


def _replace_parts(uow: UnitOfWork, retainer: Retainer, *, known: bool) -> None:
    owner = {"account_id": retainer.account_id, "retainer_id": retainer.id}
    for part in _PARTS:
        if known:
            delete_rows(uow, part.table, owner)
        values = getattr(retainer, part.field)
        insert_rows(uow, part.table, [owner | part.from_value(value) for value in values])
    closing.keep_closes(uow, retainer)


def delete_retainer(uow: UnitOfWork, account_id: str, retainer_id: str) -> None:
    """Remove a retainer without work or documents. Raises RuleViolation if it has some, or is unknown."""
    if not delete_rows(uow, RETAINER_ROWS, {"account_id": account_id, "id": retainer_id}):
        raise missing("retainer", retainer_id)
    uow.audit.record(DELETE, "retainers", key_of(account_id, retainer_id), None)


def get_retainer(uow: UnitOfWork, account_id: str, retainer_id: str) -> Retainer:
    """The retainer of that account and id. Raises RuleViolation if there is none."""
    for retainer in retainers_by_account(uow, [account_id])[account_id]:
        if retainer.id == retainer_id:
            return retainer
    raise missing("retainer", retainer_id)


def retainers_by_account(
    uow: UnitOfWork, account_ids: Iterable[str] | None = None
) -> dict[str, list[Retainer]]:
    """The retainers of these accounts, or of all, in order of start, then id; with one query a table."""
    ids = None if account_ids is None else list(account_ids)
    parts = {part.field: _read_part(uow, part, ids) for part in _PARTS}
    parts["closes"] = closing.closes_by_retainer(uow, ids)
    table = RETAINER_ROWS
    rows = uow.execute(
        select(table)
        .where(*of_accounts(RETAINER_ROWS.c.account_id, ids))
        .order_by(table.c.starts_on, table.c.id)
    )
    found: dict[str, list[Retainer]] = defaultdict(list)
    for row in rows:
        own = {field: tuple(lists.get((row.account_id, row.id), ())) for field, lists in parts.items()}
        found[row.account_id].append(to_retainer(row, own))
    return found


def _read_part(uow: UnitOfWork, part: _Part, ids: list[str] | None) -> dict[tuple[str, str], list[Any]]:
    table = part.table
    query = select(table).where(*of_accounts(table.c.account_id, ids))
    lists: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in uow.execute(query.order_by(*(table.c[name] for name in part.order))):
        lists[row.account_id, row.retainer_id].append(part.to_value(row))
    return lists


def keyed_retainers(uow: UnitOfWork) -> Iterator[tuple[str, object]]:
    """Every row as (key in the chain, value); see `AccountList.keyed`."""
    for account_id, retainers in retainers_by_account(uow).items():
        for retainer in retainers:
            yield key_of(account_id, retainer.id), _without_closes(retainer)
