"""What will not be on the page as it was typed: to be shown before an invoice is issued, not after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from retainerdesk.documents.characters import Obstacle, character_name, obstacles
from retainerdesk.documents.fonts import load_typeface
from retainerdesk.documents.layout import InvoiceLayout
from retainerdesk.documents.logos import LogoProblem, read_logo
from retainerdesk.domain.account import Account, Business
from retainerdesk.domain.invoice import Invoice, InvoiceLine


@dataclass(frozen=True, slots=True)
class Unprintable:
    """A character that cannot be printed: where (buyer.address[1]), which, its Unicode name, and why not."""

    field: str
    character: str
    name: str
    reason: Obstacle


def unprintable(invoice: Invoice, options: InvoiceLayout) -> tuple[Unprintable, ...]:
    """Every character of the invoice that no font can draw right, once a field, in order of the page.

    Empty for an invoice that prints verbatim. Raises EnvironmentProblem if the fonts are missing.
    """
    drawable = load_typeface(options.fonts).drawable
    return tuple(
        Unprintable(field, char, character_name(char), reason)
        for field, text in _typed_texts(invoice, options)
        for char, reason in obstacles(text, drawable).items()
    )


def logo_problem(options: InvoiceLayout) -> LogoProblem | None:
    """Why the logo will be left out, or None if it will be printed or there is none."""
    logo = read_logo(options.logo) if options.logo else None
    return logo if isinstance(logo, LogoProblem) else None


def _typed_texts(invoice: Invoice, options: InvoiceLayout) -> Iterator[tuple[str, str]]:
    yield "number", invoice.number
    yield from _seller_texts(invoice.seller)
    yield from _buyer_texts(invoice.buyer)
    yield "subject", options.subject
    yield "reason", invoice.reason
    yield "note", invoice.note
    yield "corrects", invoice.corrects or ""
    for index, line in enumerate(invoice.lines):
        yield from _line_texts(f"lines[{index}]", line)
    for index, group in enumerate(invoice.totals.tax):
        yield f"totals.tax[{index}].reason", group.reason or ""
    yield "withholding.reason", invoice.withholding.reason if invoice.withholding else ""


def _seller_texts(seller: Business) -> Iterator[tuple[str, str]]:
    yield "seller.name", seller.name
    yield from _each("seller.address", seller.address)
    yield "seller.tax_id", seller.tax_id or ""
    yield "seller.email", seller.email
    yield "seller.iban", seller.iban or ""
    yield "seller.bic", seller.bic or ""
    yield "seller.bank_name", seller.bank_name or ""
    yield "seller.invoice_note", seller.invoice_note
    for own in seller.look.texts:
        yield f"seller.{own.name.value}{f'.{own.language}' if own.language else ''}", own.text


def _buyer_texts(buyer: Account) -> Iterator[tuple[str, str]]:
    yield "buyer.name", buyer.name
    yield from _each("buyer.address", buyer.address)
    yield "buyer.tax_id", buyer.tax_id or ""


def _line_texts(field: str, line: InvoiceLine) -> Iterator[tuple[str, str]]:
    yield f"{field}.text", line.text
    yield from _each(f"{field}.details", line.details)
    yield f"{field}.unit", line.unit


def _each(field: str, texts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    return ((f"{field}[{index}]", text) for index, text in enumerate(texts))
