"""Letters about money that were sent, and the reference rates users added."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, select

from retainerdesk.domain.late_interest_table import OwnRate
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period
from retainerdesk.domain.sent_letter import LetterKind, LetterLine, SentLetter
from retainerdesk.store.audit import ADD, DELETE, UPDATE, key_of
from retainerdesk.store.repositories.account_list import AccountList
from retainerdesk.store.repositories.writing import delete_rows, insert_rows, missing, update_row
from retainerdesk.store.tables.letters import LATE_INTEREST_RATE_ROWS, LETTER_ROWS
from retainerdesk.store.unit_of_work import UnitOfWork
from retainerdesk.store.values_json import decode, whole


def to_letter(row: Row[Any]) -> SentLetter:
    """The letter of a row."""
    span = None if row.span_start is None else Period(row.span_start, row.span_end)
    return SentLetter(
        account_id=row.account_id,
        id=row.id,
        on=row.on_date,
        kind=LetterKind(row.kind),
        total=Money(row.total_minor, row.currency),
        step_id=row.step_id,
        lines=tuple(decode(LetterLine, line) for line in row.lines),
        title=row.title,
        text=row.text,
        sha256=row.sha256,
        span=span,
    )


def from_letter(letter: SentLetter) -> dict[str, Any]:
    """The columns of one letter."""
    return {
        "account_id": letter.account_id,
        "id": letter.id,
        "on_date": letter.on,
        "kind": letter.kind.value,
        "total_minor": letter.total.minor,
        "currency": letter.total.currency,
        "step_id": letter.step_id,
        "lines": [whole(line) for line in letter.lines],
        "title": letter.title,
        "text": letter.text,
        "sha256": letter.sha256,
        "span_start": letter.span.start if letter.span else None,
        "span_end": letter.span.end if letter.span else None,
    }


LETTERS = AccountList("letter", LETTER_ROWS, to_letter, from_letter)


def list_own_rates(uow: UnitOfWork) -> tuple[OwnRate, ...]:
    """The rates users added, by reference, then by day."""
    query = select(LATE_INTEREST_RATE_ROWS).order_by(
        LATE_INTEREST_RATE_ROWS.c.reference_id, LATE_INTEREST_RATE_ROWS.c.from_on
    )
    return tuple(
        OwnRate(row.reference_id, row.from_on, row.percent, row.source) for row in uow.execute(query)
    )


def save_own_rate(uow: UnitOfWork, rate: OwnRate) -> None:
    """Add the rate of a half-year, or replace it."""
    key = {"reference_id": rate.reference_id, "from_on": rate.from_on}
    values = {"percent": rate.percent, "source": rate.source}
    known = update_row(uow, LATE_INTEREST_RATE_ROWS, key, values)
    if not known:
        insert_rows(uow, LATE_INTEREST_RATE_ROWS, [key | values])
    uow.audit.record(UPDATE if known else ADD, "late_interest_rates", _key(rate), rate)


def delete_own_rate(uow: UnitOfWork, rate: OwnRate) -> None:
    """Take the rate of a half-year out. Raises RuleViolation if there is none."""
    key = {"reference_id": rate.reference_id, "from_on": rate.from_on}
    if not delete_rows(uow, LATE_INTEREST_RATE_ROWS, key):
        raise missing("late interest rate", rate.id)
    uow.audit.record(DELETE, "late_interest_rates", _key(rate), None)


def keyed_own_rates(uow: UnitOfWork) -> Iterator[tuple[str, object]]:
    """Every row as (key in the chain, value); see `AccountList.keyed`."""
    return ((_key(rate), rate) for rate in list_own_rates(uow))


def _key(rate: OwnRate) -> str:
    return key_of(rate.reference_id, rate.from_on.isoformat())
