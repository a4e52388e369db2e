"""Drafts with their lines. A charge that is on another draft, issued or skipped is refused by the schema."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Row, select

from retainerdesk.domain.account import TaxCategory, TaxRule
from retainerdesk.domain.draft import Draft, DraftLine
from retainerdesk.domain.invoice import Charge
from retainerdesk.domain.money import Money
from retainerdesk.store.audit import ADD, DELETE, UPDATE, key_of
from retainerdesk.store.repositories.charge_keys import from_charge_key, to_charge_key
from retainerdesk.store.repositories.writing import (
    delete_rows,
    exists,
    insert_rows,
    minor_in,
    missing,
    money_or_none,
    of_accounts,
    update_row,
)
from retainerdesk.store.tables.drafts import DRAFT_LINE_ROWS, DRAFT_ROWS
from retainerdesk.store.unit_of_work import UnitOfWork


def to_draft_line(row: Row[Any]) -> DraftLine:
    """The line of a row."""
    charge = Charge(
        key=to_charge_key(row),
        billable_on=row.billable_on,
        quantity=row.quantity,
        unit_price=row.unit_price,
        net=Money(row.net_minor, row.currency),
        text=row.text,
        tax=TaxRule(TaxCategory(row.tax_category), row.tax_rate_percent, row.tax_included, row.tax_reason),
        why=row.why,
        details=tuple(row.details),
        basis=money_or_none(row.basis_minor, row.currency),
        minutes=row.minutes,
        unit=row.unit,
    )
    return DraftLine(charge, row.own_text)


def from_draft_line(line: DraftLine, draft_pk: int, position: int) -> dict[str, Any]:
    """The row of a line; raises ValueError if it mixes currencies."""
    charge = line.charge
    return from_charge_key(charge.key) | {
        "draft_pk": draft_pk,
        "position": position,
        "billable_on": charge.billable_on,
        "text": charge.text,
        "own_text": line.own_text,
        "quantity": charge.quantity,
        "unit_price": charge.unit_price,
        "unit": charge.unit,
        "currency": charge.net.currency,
        "net_minor": charge.net.minor,
        "basis_minor": minor_in(charge.net.currency, charge.basis),
        "minutes": charge.minutes,
        "tax_category": charge.tax.category.value,
        "tax_rate_percent": charge.tax.rate_percent,
        "tax_included": charge.tax.included,
        "tax_reason": charge.tax.reason,
        "why": charge.why,
        "details": list(charge.details),
    }


def from_draft(draft: Draft) -> dict[str, Any]:
    """The row of a draft without its lines."""
    return {
        "account_id": draft.account_id,
        "id": draft.id,
        "made_on": draft.made_on,
        "note": draft.note,
        "discount_percent": draft.discount_percent,
    }


def add_drafts(uow: UnitOfWork, *drafts: Draft) -> None:
    """Insert new drafts. Raises RuleViolation for an id that is taken and a charge that is elsewhere."""
    for draft in drafts:
        insert_rows(uow, DRAFT_ROWS, [from_draft(draft)])
        _insert_lines(uow, _pk(uow, draft.account_id, draft.id), draft)
        uow.audit.record(ADD, "drafts", _key(draft), draft)


def update_draft(uow: UnitOfWork, draft: Draft) -> None:
    """Replace a draft and its lines. Raises RuleViolation if there is none of that id."""
    pk = _pk(uow, draft.account_id, draft.id)
    update_row(uow, DRAFT_ROWS, {"pk": pk}, from_draft(draft))
    delete_rows(uow, DRAFT_LINE_ROWS, {"draft_pk": pk})
    _insert_lines(uow, pk, draft)
    uow.audit.record(UPDATE, "drafts", _key(draft), draft)


def delete_draft(uow: UnitOfWork, account_id: str, draft_id: str) -> None:
    """Delete a draft with its lines. Raises RuleViolation if there is none of that id."""
    delete_rows(uow, DRAFT_ROWS, {"pk": _pk(uow, account_id, draft_id)})
    uow.audit.record(DELETE, "drafts", key_of(account_id, draft_id), None)


def get_draft(uow: UnitOfWork, draft_id: str) -> Draft:
    """The draft of that id. Raises RuleViolation if there is none (any more)."""
    account_id: str | None = uow.execute(
        select(DRAFT_ROWS.c.account_id).where(DRAFT_ROWS.c.id == draft_id)
    ).scalar()
    for draft in drafts_by_account(uow, [account_id])[account_id] if account_id else ():
        if draft.id == draft_id:
            return draft
    raise missing("draft", draft_id)


def is_draft_id(uow: UnitOfWork, draft_id: str) -> bool:
    """Whether a draft of the book has that id."""
    return exists(uow, DRAFT_ROWS, {"id": draft_id})


def drafts_by_account(uow: UnitOfWork, account_ids: Iterable[str] | None = None) -> dict[str, list[Draft]]:
    """The drafts of these accounts, or of all, in order of the day they were made, then id.

    One query where there are none, else two.
    """
    ids = None if account_ids is None else list(account_ids)
    ordered = select(DRAFT_ROWS).where(*of_accounts(DRAFT_ROWS.c.account_id, ids))
    rows = uow.execute(ordered.order_by(DRAFT_ROWS.c.made_on, DRAFT_ROWS.c.id)).all()
    found: dict[str, list[Draft]] = defaultdict(list)
    lines = _lines_by_draft(uow, ids) if rows else {}
    for row in rows:
        draft = Draft(
            row.account_id, row.id, row.made_on, tuple(lines[row.pk]), row.note, row.discount_percent
        )
        found[row.account_id].append(draft)
    return found


def keyed_drafts(uow: UnitOfWork) -> Iterator[tuple[str, object]]:
    """Every row as (key in the chain, value); see `AccountList.keyed`."""
    for drafts in drafts_by_account(uow).values():
        for draft in drafts:
            yield _key(draft), draft


def _lines_by_draft(uow: UnitOfWork, account_ids: list[str] | None) -> dict[int, list[DraftLine]]:
    query = select(DRAFT_LINE_ROWS).where(*of_accounts(DRAFT_LINE_ROWS.c.account_id, account_ids))
    lines: dict[int, list[DraftLine]] = defaultdict(list)
    for row in uow.execute(query.order_by(DRAFT_LINE_ROWS.c.draft_pk, DRAFT_LINE_ROWS.c.position)).all():
        lines[row.draft_pk].append(to_draft_line(row))
    return lines


def _insert_lines(uow: UnitOfWork, pk: int, draft: Draft) -> None:
    rows = [from_draft_line(line, pk, position) for position, line in enumerate(draft.lines, start=1)]
    insert_rows(uow, DRAFT_LINE_ROWS, rows)


def _key(draft: Draft) -> str:
    return key_of(draft.account_id, draft.id)


def _pk(uow: UnitOfWork, account_id: str, draft_id: str) -> int:
    query = select(DRAFT_ROWS.c.pk).where(DRAFT_ROWS.c.account_id == account_id, DRAFT_ROWS.c.id == draft_id)
    pk: int | None = uow.execute(query).scalar()
    if pk is None:
        raise missing("draft", draft_id)
    return pk
