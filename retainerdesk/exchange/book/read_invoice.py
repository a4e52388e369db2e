"""Issued invoices read verbatim from a book file, their sums checked to the minor unit."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from retainerdesk.domain.account import TaxCategory, TaxRule
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
from retainerdesk.exchange.book.fields import Fields
from retainerdesk.exchange.book.read_parties import read_account, read_business, read_maybe_tax
from retainerdesk.exchange.book.read_rates import read_exchange_rate
from retainerdesk.exchange.book.read_rows import read_key
from retainerdesk.exchange.book.scope import Scope

# Verbatim figures keep whatever digits they were issued with, up to what a decimal string may have.
_DIGITS = 10


def read_invoice(fields: Fields, scope: Scope) -> Invoice:
    """An issued document; amounts are in the currency of its buyer's snapshot, not of the account today."""
    before = fields.refusals.total
    buyer_fields = fields.child("buyer")
    buyer = read_account(buyer_fields, None)
    buyer_fields.close()
    invoice = Invoice(
        series_id=fields.identifier("series"),
        number=fields.identifier("number"),
        sequence=fields.integer("sequence", least=1),
        series_year=fields.integer("series_year", 0),
        account_id=scope.account_id,
        issued_on=fields.day("issued_on"),
        due_on=fields.day("due_on"),
        status=fields.choice("status", InvoiceStatus),
        seller=read_business(fields.child("seller")),
        buyer=buyer,
        lines=_read_lines(fields, scope, buyer.currency),
        totals=_read_totals(fields, buyer.currency),
        chain_head=fields.text("chain_head", ""),
        kind=fields.choice("kind", DocumentKind, DocumentKind.INVOICE),
        corrects=fields.maybe_identifier("corrects"),
        reason=fields.text("reason", ""),
        instalments=tuple(_read_instalment(part, buyer.currency) for part in fields.children("instalments")),
        withholding=_read_withholding(fields.maybe_child("withholding"), buyer.currency),
        rounding=fields.maybe_money("rounding", buyer.currency),
        book_tax=_read_book_tax(fields.maybe_child("book_tax"), buyer.currency),
        voided=_read_voided(fields.maybe_child("voided")),
        note=fields.text("note", ""),
    )
    fields.close()
    if invoice.voided is not None and invoice.status is not InvoiceStatus.VOID:
        fields.refuse("voided", "stands beside a status that is not void.")
    if fields.refusals.total == before:
        _check_sums(fields, invoice)
    return invoice


def _read_instalment(fields: Fields, currency: str) -> Instalment:
    part = Instalment(due_on=fields.day("due_on"), amount=fields.money("amount", currency))
    fields.close()
    return part


def _read_withholding(fields: Fields | None, currency: str) -> Withholding | None:
    if fields is None:
        return None
    kept = Withholding(
        percent=fields.decimal("percent", most=100),
        amount=fields.money("amount", currency),
        reason=fields.text("reason", ""),
    )
    fields.close()
    return kept


def _read_book_tax(fields: Fields | None, currency: str) -> BookTax | None:
    """The tax in the currency of the seller's books; its rate leads from or to the document's currency."""
    if fields is None:
        return None
    tax = BookTax(
        amount=fields.money("amount", fields.currency("currency")),
        rate=read_exchange_rate(fields.child("rate")),
    )
    fields.close()
    if {tax.rate.from_currency, tax.rate.to_currency} != {currency, tax.amount.currency}:
        fields.refuse("rate", f"does not lead between {currency} and {tax.amount.currency}.")
    return tax


def _read_voided(fields: Fields | None) -> Voided | None:
    if fields is None:
        return None
    voided = Voided(on=fields.day("on"), reason=fields.text("reason", ""))
    fields.close()
    return voided


def _read_lines(fields: Fields, scope: Scope, currency: str) -> tuple[InvoiceLine, ...]:
    children = enumerate(fields.children("lines"), start=1)
    return tuple(_read_line(line, position, scope, currency) for position, line in children)


def _read_line(fields: Fields, position: int, scope: Scope, currency: str) -> InvoiceLine:
    if not fields.has("tax"):
        fields.refuse("tax", "is missing.")
    line = InvoiceLine(
        key=read_key(fields, scope.account_id, fields.maybe_identifier("retainer")),
        position=fields.integer("position", position, least=1),
        text=fields.text("text"),
        quantity=fields.decimal("quantity", digits=_DIGITS, least=None),
        unit_price=fields.decimal("unit_price", digits=_DIGITS, least=None),
        unit=fields.text("unit", ""),
        net=fields.money("net", currency),
        tax=read_maybe_tax(fields, "tax") or TaxRule(),
        details=fields.texts("details"),
        basis=fields.maybe_money("basis", currency),
        minutes=fields.maybe_integer("minutes", least=-(2**31)),
        agreed=fields.maybe_money("agreed", currency),
    )
    fields.close()
    return line


def _read_totals(fields: Fields, currency: str) -> Totals:
    return Totals(
        net=fields.money("net", currency),
        tax=tuple(_read_tax_total(group, currency) for group in fields.children("tax")),
        gross=fields.money("gross", currency),
    )


def _read_tax_total(fields: Fields, currency: str) -> TaxTotal:
    group = TaxTotal(
        category=fields.choice("category", TaxCategory),
        rate_percent=fields.decimal("rate", most=100),
        base=fields.money("base", currency),
        amount=fields.money("amount", currency),
        reason=fields.maybe_text("reason"),
    )
    fields.close()
    return group


def _check_sums(fields: Fields, invoice: Invoice) -> None:
    """Lines add up to net, to the base of their tax group, and net plus tax to gross, all exactly."""
    totals = invoice.totals
    lines = sum((line.net.as_decimal() for line in invoice.lines), Decimal(0))
    if lines != totals.net.as_decimal():
        fields.refuse("net", f"is {totals.net}, but the lines of {invoice.number} add up to {lines}.")
    tax = sum((group.amount.as_decimal() for group in totals.tax), Decimal(0))
    gross = totals.net.as_decimal() + tax
    if gross != totals.gross.as_decimal():
        fields.refuse("gross", f"is {totals.gross}, but net and tax of {invoice.number} add up to {gross}.")
    parts = sum((part.amount.as_decimal() for part in invoice.instalments), Decimal(0))
    if invoice.instalments and parts != invoice.payable.as_decimal():
        fields.refuse("instalments", f"add up to {parts}, but {invoice.payable} is payable.")
    _check_bases(fields, invoice)


def _check_bases(fields: Fields, invoice: Invoice) -> None:
    of_lines: Counter[tuple[TaxCategory, Decimal]] = Counter()
    of_groups: Counter[tuple[TaxCategory, Decimal]] = Counter()
    for line in invoice.lines:
        of_lines[line.tax.category, line.tax.rate_percent] += line.net.minor
    for group in invoice.totals.tax:
        of_groups[group.category, group.rate_percent] += group.base.minor
    for key in sorted(of_lines.keys() | of_groups.keys()):
        if of_lines[key] != of_groups[key]:
            label = f"{key[0].value} {key[1]} %"
            fields.refuse("tax", f"the base of {label} in {invoice.number} is not the sum of its lines.")
