"""Invoices to print, and a reader for what was printed: pypdfium2, never what wrote it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pypdfium2

from retainerdesk.documents.fonts import noto_sans_in
from retainerdesk.documents.layout import InvoiceLayout
from retainerdesk.domain.account import Account, Business, TaxCategory, TaxRule
from retainerdesk.domain.invoice import (
    ChargeKey,
    ChargeKind,
    DocumentKind,
    Invoice,
    InvoiceLine,
    TaxTotal,
    Totals,
)
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period

FONTS = noto_sans_in(Path(__file__).resolve().parents[2] / "resources" / "fonts")
PLAIN = InvoiceLayout(FONTS)

REVERSE_CHARGE = TaxRule(TaxCategory.REVERSE_CHARGE)
NOVEMBER = Period(date(2026, 11, 15), date(2026, 12, 15))
OCTOBER = Period(date(2026, 10, 15), date(2026, 11, 15))

SELLER = Business(
    name="Studio Nord",
    address=("Kai 1", "20457 Hamburg"),
    country="DE",
    tax_id="DE123456789",
    iban="DE89370400440532013000",
    bic="COBADEFFXXX",
    email="ada@studio-nord.example",
)
BUYER = Account(
    id="acme",
    name="ACME & Söhne <Ltd>",
    currency="EUR",
    address=("Jo Reed", "1 High St", "London EC1A 1AA"),
    country="GB",
    tax_id="GB123456789",
)


def line(
    text: str = "Advisory fee", net: int = 300000, currency: str = "EUR", position: int = 1
) -> InvoiceLine:
    """A fee for 15 November to 14 December 2026; `net` in minor units."""
    amount = Money(net, currency)
    return InvoiceLine(
        key=ChargeKey("acme", "retainer", ChargeKind.FEE, NOVEMBER, position),
        position=position,
        text=text,
        quantity=Decimal(1),
        unit_price=amount.as_decimal(),
        unit="",
        net=amount,
        tax=REVERSE_CHARGE,
    )


def hours() -> InvoiceLine:
    """3 additional hours at 150.00 in the period before."""
    fee = line("Additional hours", 45000, position=2)
    return replace(
        fee,
        key=replace(fee.key, service=OCTOBER),
        quantity=Decimal(3),
        unit="h",
        unit_price=Decimal(150),
        details=("23 hours worked, 20 included; list attached",),
    )


def totals(lines: tuple[InvoiceLine, ...], *groups: TaxTotal) -> Totals:
    """The sums of lines and tax groups; one of reverse charge if none is given."""
    currency = lines[0].net.currency if lines else "EUR"
    net = Money(sum(item.net.minor for item in lines), currency)
    nothing = Money(0, currency)
    tax = groups or (TaxTotal(TaxCategory.REVERSE_CHARGE, Decimal(0), net, nothing),)
    return Totals(net, tax, sum((group.amount for group in tax), net))


def invoice(*lines: InvoiceLine, groups: tuple[TaxTotal, ...] = ()) -> Invoice:
    """2026-0042 of Studio Nord to ACME: 3,000.00 and 450.00 under reverse charge, if no lines are given."""
    printed = lines or (line(), hours())
    return Invoice(
        series_id="main",
        number="2026-0042",
        sequence=42,
        account_id="acme",
        issued_on=date(2026, 11, 22),
        due_on=date(2026, 12, 6),
        seller=SELLER,
        buyer=BUYER,
        lines=printed,
        totals=totals(printed, *groups),
        chain_head="7f3a91c2d4e5",
    )


def taxed(category: TaxCategory, rate: str = "0", reason: str | None = None) -> Invoice:
    """An invoice over 100.00 in one tax group."""
    tax = Money(10000, "EUR").times(Decimal(rate) / 100)
    group = TaxTotal(category, Decimal(rate), Money(10000, "EUR"), tax, reason)
    return invoice(line(net=10000), groups=(group,))


def credit_note(corrects: str = "2026-0042") -> Invoice:
    """2026-0043: the fee of 3,000.00 taken back whole, and 45.00 of the 3 hours; 3,045.00 together."""
    fee = replace(line(net=-300000), quantity=Decimal(-1), unit_price=Decimal(3000))
    part = replace(hours(), quantity=Decimal(-1), unit="", unit_price=Decimal(45), net=Money(-4500, "EUR"))
    credited = invoice(
        *(replace(item, key=replace(item.key, kind=ChargeKind.CORRECTION)) for item in (fee, part))
    )
    return replace(
        credited,
        number="2026-0043",
        sequence=43,
        kind=DocumentKind.CREDIT_NOTE,
        corrects=corrects,
        reason="The fee was agreed <from> December",
    )


def in_german(printed: Invoice) -> Invoice:
    """The same invoice to a buyer who reads German."""
    return written_in("de_DE", printed)


def written_in(locale: str, printed: Invoice) -> Invoice:
    """The same invoice to a buyer of another language."""
    return replace(printed, buyer=replace(printed.buyer, locale=locale))


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, in the order it was drawn, one printed line a line."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_page_text(document, index) for index in range(len(document))]
    finally:
        document.close()


def _page_text(document: pypdfium2.PdfDocument, index: int) -> str:
    page = document[index]
    text = page.get_textpage()
    try:
        return str(text.get_text_bounded()).replace("\r\n", "\n").replace("\u00a0", " ")
    finally:
        text.close()
        page.close()


def text_of(pdf: bytes) -> str:
    """The text of all pages."""
    return "\n".join(pages_of(pdf))


def squeezed(text: str) -> str:
    """Without white space, as a wrapped text can be compared."""
    return "".join(text.split())
