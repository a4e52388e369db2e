"""Issued documents: written once, read back as they were."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, FromClause, Row, Select, Text, cast, or_, select

from retainerdesk.domain.account import Account, Business
from retainerdesk.domain.invoice import (
    BookTax,
    DocumentKind,
    Instalment,
    Invoice,
    InvoiceLine,
    InvoiceStatus,
    TaxTotal,
    Totals,
    Voided,
    Withholding,
)
from retainerdesk.domain.money import Money
from retainerdesk.store.audit import ADD, key_of
from retainerdesk.store.chain import chain_head
from retainerdesk.store.repositories.invoice_parts import (
    from_line,
    from_tax_total,
    to_line,
    to_tax_total,
)
from retainerdesk.store.repositories.writing import (
    insert_row,
    insert_rows,
    minor_in,
    money_or_none,
    of_accounts,
)
from retainerdesk.store.tables.billing import INVOICE_LINE_ROWS, INVOICE_ROWS, TAX_TOTAL_ROWS
from retainerdesk.store.tables.corrections import VOID_ROWS
from retainerdesk.store.unit_of_work import UnitOfWork
from retainerdesk.store.values_json import decode, whole

T = TypeVar("T")


def from_invoice(invoice: Invoice) -> dict[str, Any]:
    """The row of a document without its lines; raises ValueError if it mixes currencies."""
    return {
        "series_id": invoice.series_id,
        "number": invoice.number,
        "series_year": invoice.series_year,
        "sequence": invoice.sequence,
        "account_id": invoice.account_id,
        "issued_on": invoice.issued_on,
        "due_on": invoice.due_on,
        "status": invoice.status.value,
        "currency": invoice.currency,
        "net_minor": minor_in(invoice.currency, invoice.totals.net),
        "gross_minor": invoice.totals.gross.minor,
        "seller": whole(invoice.seller),
        "buyer": whole(invoice.buyer),
        "chain_head": invoice.chain_head,
        "kind": invoice.kind.value,
        "corrects": invoice.corrects,
        "reason": invoice.reason,
        "payable_minor": invoice.payable.minor,
        "rounding_minor": minor_in(invoice.currency, invoice.rounding),
        "withholding": None if invoice.withholding is None else whole(invoice.withholding),
        "instalments": whole(invoice.instalments),
        "book_tax": None if invoice.book_tax is None else whole(invoice.book_tax),
        "note": invoice.note,
    }


def to_invoice(row: Row[Any], lines: Iterable[InvoiceLine], tax: Iterable[TaxTotal]) -> Invoice:
    """The document of a row."""
    net, gross = Money(row.net_minor, row.currency), Money(row.gross_minor, row.currency)
    return Invoice(
        series_id=row.series_id,
        number=row.number,
        series_year=row.series_year,
        sequence=row.sequence,
        account_id=row.account_id,
        issued_on=row.issued_on,
        due_on=row.due_on,
        seller=_party(Business, row.seller),
        buyer=_party(Account, row.buyer),
        lines=tuple(lines),
        totals=Totals(net, tuple(tax), gross),
        status=InvoiceStatus(row.status),
        chain_head=row.chain_head,
        kind=DocumentKind(row.kind),
        corrects=row.corrects,
        reason=row.reason,
        instalments=tuple(decode(Instalment, part) for part in row.instalments),
        withholding=None if row.withholding is None else decode(Withholding, row.withholding),
        rounding=money_or_none(row.rounding_minor, row.currency),
        book_tax=None if row.book_tax is None else decode(BookTax, row.book_tax),
        voided=None if row.void_on is None else Voided(row.void_on, row.void_reason),
        note=row.note,
    )


@lru_cache(maxsize=2048)
def _party(kind: type[T], text: str) -> T:
    """The copy of a party in a document. Most documents carry the same few."""
    return decode(kind, json.loads(text))


def issue(uow: UnitOfWork, invoice: Invoice) -> Invoice:
    """Write an issued document whole and return it; one without a `chain_head` gets the one of now.

    The number must have been taken in this transaction (`take_number`), or come with a restored document.
    Raises RuleViolation if the number or one of its charges is already invoiced.
    """
    issued = invoice if invoice.chain_head else replace(invoice, chain_head=chain_head(uow))
    pk = insert_row(uow, INVOICE_ROWS, from_invoice(issued))
    live = issued.status is not InvoiceStatus.VOID
    insert_rows(uow, INVOICE_LINE_ROWS, [from_line(line, pk, live=live) for line in issued.lines])
    totals = enumerate(issued.totals.tax)
    insert_rows(uow, TAX_TOTAL_ROWS, [from_tax_total(total, pk, position) for position, total in totals])
    if issued.voided is not None:
        insert_rows(uow, VOID_ROWS, [from_voided(issued.voided, pk)])
    uow.audit.record(ADD, "invoices", key_of(issued.series_id, issued.number), issued)
    return issued


def from_voided(voided: Voided, invoice_pk: int) -> dict[str, Any]:
    """The row beside a document that was cancelled."""
    return {"invoice_pk": invoice_pk, "on_date": voided.on, "reason": voided.reason}


def by_number(uow: UnitOfWork, number: str) -> Invoice | None:
    """The document of that number, or None; of two series' equal numbers the first issued."""
    return next(iter(_read(uow, [INVOICE_ROWS.c.number == number])), None)


def list_invoices(
    uow: UnitOfWork,
    *,
    account_ids: Iterable[str] | None = None,
    issued_from: date | None = None,
    issued_before: date | None = None,
    numbers: Iterable[str] | None = None,
) -> tuple[Invoice, ...]:
    """Documents issued in `[issued_from, issued_before)`, in order of date, series and place.

    With `numbers` only these; all bounds hold together.
    """
    where = of_accounts(INVOICE_ROWS.c.account_id, account_ids)
    if issued_from is not None:
        where.append(INVOICE_ROWS.c.issued_on >= issued_from)
    if issued_before is not None:
        where.append(INVOICE_ROWS.c.issued_on < issued_before)
    if numbers is not None:
        where.append(INVOICE_ROWS.c.number.in_(sorted(numbers)))
    return tuple(_read(uow, where))


def invoices_by_account(
    uow: UnitOfWork, account_ids: Iterable[str] | None = None
) -> dict[str, list[Invoice]]:
    """The documents of these accounts, or of all, in order of issue; with three queries."""
    found: dict[str, list[Invoice]] = defaultdict(list)
    for invoice in _read(uow, of_accounts(INVOICE_ROWS.c.account_id, account_ids)):
        found[invoice.account_id].append(invoice)
    return found


def documents_of(uow: UnitOfWork, account_id: str | None) -> tuple[Invoice, ...]:
    """The documents of an account (None: of all) in order of issue, without lines and tax totals."""
    where = of_accounts(INVOICE_ROWS.c.account_id, None if account_id is None else [account_id])
    return tuple(to_invoice(row, (), ()) for row in uow.execute(_select(where)).all())


def documents_with_lines(uow: UnitOfWork, account_id: str) -> tuple[Invoice, ...]:
    """The documents of an account in order of issue, without tax totals."""
    where = of_accounts(INVOICE_ROWS.c.account_id, [account_id])
    lines = _parts(uow, INVOICE_LINE_ROWS, where, to_line)
    return tuple(to_invoice(row, lines[row.pk], ()) for row in uow.execute(_select(where)).all())


def replacements_of(uow: UnitOfWork, account_id: str) -> tuple[Invoice, ...]:
    """The void documents of an account and those that name another, in order of issue; no tax totals."""
    where = of_accounts(INVOICE_ROWS.c.account_id, [account_id])
    where.append(or_(INVOICE_ROWS.c.status == InvoiceStatus.VOID.value, INVOICE_ROWS.c.corrects.is_not(None)))
    lines = _parts(uow, INVOICE_LINE_ROWS, where, to_line)
    return tuple(to_invoice(row, lines[row.pk], ()) for row in uow.execute(_select(where)).all())


def keyed_invoices(uow: UnitOfWork) -> Iterator[tuple[str, object]]:
    """Every row as (key in the chain, value); see `AccountList.keyed`."""
    for invoice in _read(uow, []):
        yield key_of(invoice.series_id, invoice.number), invoice


def _read(uow: UnitOfWork, where: list[ColumnElement[bool]]) -> Iterator[Invoice]:
    lines = _parts(uow, INVOICE_LINE_ROWS, where, to_line)
    tax = _parts(uow, TAX_TOTAL_ROWS, where, to_tax_total)
    for row in uow.execute(_select(where)).all():
        yield to_invoice(row, lines[row.pk], tax[row.pk])


_PARTIES = ("seller", "buyer")
_COLUMNS = [
    *(column for column in INVOICE_ROWS.c if column.name not in _PARTIES),
    *(cast(INVOICE_ROWS.c[name], Text).label(name) for name in _PARTIES),
    VOID_ROWS.c.on_date.label("void_on"),
    VOID_ROWS.c.reason.label("void_reason"),
]


def _select(where: list[ColumnElement[bool]]) -> Select[Any]:
    """Documents in order of issue; the parties come as text, which is read once for all that share it."""
    order = (
        INVOICE_ROWS.c.issued_on,
        INVOICE_ROWS.c.series_id,
        INVOICE_ROWS.c.series_year,
        INVOICE_ROWS.c.sequence,
    )
    joined = INVOICE_ROWS.outerjoin(VOID_ROWS, VOID_ROWS.c.invoice_pk == INVOICE_ROWS.c.pk)
    return select(*_COLUMNS).select_from(joined).where(*where).order_by(*order)


def _parts(
    uow: UnitOfWork, table: FromClause, where: list[ColumnElement[bool]], to_value: Callable[[Row[Any]], Any]
) -> dict[int, list[Any]]:
    of_invoices = [] if not where else [table.c.invoice_pk.in_(select(INVOICE_ROWS.c.pk).where(*where))]
    query = select(table).where(*of_invoices).order_by(table.c.invoice_pk, table.c.position)
    parts: dict[int, list[Any]] = defaultdict(list)
    for row in uow.execute(query).all():
        parts[row.invoice_pk].append(to_value(row))
    return parts
