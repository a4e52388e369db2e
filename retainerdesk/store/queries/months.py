"""What an account's months held: the figures in the group headers of the timeline."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, literal, select, union_all

from retainerdesk.domain.invoice import InvoiceStatus
from retainerdesk.domain.money import Money
from retainerdesk.store.tables.billing import INVOICE_ROWS
from retainerdesk.store.tables.history import CALL_ROWS, WORK_ROWS
from retainerdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """One month: how many calls, minutes of work entries, and what was invoiced (gross, voids left out).

    `month` is its first day; `invoiced` has one amount a currency, in order of currency.
    """

    month: date
    calls: int = 0
    minutes: int = 0
    invoiced: tuple[Money, ...] = ()


@dataclass
class _Sums:
    calls: int = 0
    minutes: int = 0
    invoiced: dict[str, int] = field(default_factory=dict)


def months_of_account(
    uow: UnitOfWork, account_id: str, start: date | None = None, end: date | None = None
) -> tuple[MonthFigures, ...]:
    """The months of `[start, end)` (None: no bound) in which something happened, newest first."""
    calls = _by_month("calls", CALL_ROWS.c.on_date, func.count(), literal(""))
    minutes = _by_month("minutes", WORK_ROWS.c.on_date, func.sum(WORK_ROWS.c.minutes), literal(""))
    invoiced = _by_month(
        "invoiced", INVOICE_ROWS.c.issued_on, func.sum(INVOICE_ROWS.c.gross_minor), INVOICE_ROWS.c.currency
    )
    arms = [
        _bounded(calls, CALL_ROWS.c.account_id == account_id, CALL_ROWS.c.on_date, start, end),
        _bounded(minutes, WORK_ROWS.c.account_id == account_id, WORK_ROWS.c.on_date, start, end),
        _bounded(
            invoiced, INVOICE_ROWS.c.account_id == account_id, INVOICE_ROWS.c.issued_on, start, end
        ).where(INVOICE_ROWS.c.status != InvoiceStatus.VOID.value),
    ]
    sums: dict[str, _Sums] = defaultdict(_Sums)
    for row in uow.execute(union_all(*arms)):
        _add(sums[row.month], row.what, row.currency, int(row.amount))
    return tuple(_figures(month, sums[month]) for month in sorted(sums, reverse=True))


def _by_month(
    what: str, on: ColumnElement[date], amount: ColumnElement[Any], currency: ColumnElement[str]
) -> Select[Any]:
    month = func.substr(cast(on, String), 1, 7)
    columns = (
        literal(what).label("what"),
        month.label("month"),
        currency.label("currency"),
        amount.label("amount"),
    )
    return select(*columns).group_by(month, currency)


def _bounded(
    query: Select[Any],
    account: ColumnElement[bool],
    on: ColumnElement[date],
    start: date | None,
    end: date | None,
) -> Select[Any]:
    bounds = [on >= start] if start is not None else []
    bounds += [on < end] if end is not None else []
    return query.where(account, *bounds)


def _add(sums: _Sums, what: str, currency: str, amount: int) -> None:
    if what == "invoiced":
        sums.invoiced[currency] = amount
    elif what == "calls":
        sums.calls = amount
    else:
        sums.minutes = amount


def _figures(month: str, sums: _Sums) -> MonthFigures:
    invoiced = tuple(Money(minor, currency) for currency, minor in sorted(sums.invoiced.items()))
    return MonthFigures(date.fromisoformat(f"{month}-01"), sums.calls, sums.minutes, invoiced)
