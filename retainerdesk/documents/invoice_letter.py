"""What an invoice or credit note says around its table: title, facts, what it corrects.

A credit note is kept with negative lines and printed with positive ones, as EN 16931 wants of type 381: the
title says which way the money goes, and nobody has to guess what a minus on a credit note means.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from retainerdesk.documents.layout import BODY, QUIET, STRONG, Desk, InvoiceLayout
from retainerdesk.documents.letter_head import Fact, Letter
from retainerdesk.documents.paragraphs import own_sentence
from retainerdesk.documents.tax_wording import is_vat_id
from retainerdesk.documents.typeset import Style
from retainerdesk.domain.document_look import OwnTextName
from retainerdesk.domain.invoice import Instalment, Invoice, InvoiceLine, InvoiceStatus, TaxTotal, Totals
from retainerdesk.domain.period import Period


def as_printed(invoice: Invoice) -> Invoice:
    """The document with the signs it is printed with: those of a credit note are turned round."""
    if not invoice.is_credit_note:
        return invoice
    totals = invoice.totals
    held, rounding, tax = invoice.withholding, invoice.rounding, invoice.book_tax
    return replace(
        invoice,
        lines=tuple(_turned_line(line) for line in invoice.lines),
        totals=Totals(-totals.net, tuple(_turned_tax(group) for group in totals.tax), -totals.gross),
        instalments=tuple(Instalment(part.due_on, -part.amount) for part in invoice.instalments),
        withholding=None if held is None else replace(held, amount=-held.amount),
        rounding=None if rounding is None else -rounding,
        book_tax=None if tax is None else replace(tax, amount=-tax.amount),
    )


def _turned_line(line: InvoiceLine) -> InvoiceLine:
    return replace(line, quantity=-line.quantity, net=-line.net)


def _turned_tax(group: TaxTotal) -> TaxTotal:
    return replace(group, base=-group.base, amount=-group.amount)


def invoice_letter(
    invoice: Invoice, options: InvoiceLayout, desk: Desk, corrected_on: date | None = None
) -> Letter:
    """`corrected_on` is the day of the document that `invoice.corrects` names. A draft has no number."""
    if is_draft(invoice):
        return _draft_letter(invoice, options, desk)
    name = desk.texts.credit_note if invoice.is_credit_note else invoice_name(desk)
    return Letter(
        seller=invoice.seller,
        buyer=invoice.buyer,
        title=f"{name} {invoice.number}",
        day=invoice.issued_on,
        facts=tuple(_facts(invoice, name, desk)),
        below=tuple(_below(invoice, options, desk, corrected_on)),
        witness=_witness(invoice, desk),
        address_label=desk.texts.bill_to,
    )


def invoice_name(desk: Desk) -> str:
    """What the business calls its invoices, such as tax invoice."""
    return desk.own(OwnTextName.TITLE) or desk.texts.invoice


def is_draft(invoice: Invoice) -> bool:
    """Whether the document is none yet: it has no number, and nothing is to be paid for it."""
    return not invoice.number


def _draft_letter(invoice: Invoice, options: InvoiceLayout, desk: Desk) -> Letter:
    """A draft says so in its title and across the page; it has no number, no date and nothing due."""
    texts, formats = desk.texts, desk.formats
    facts = [Fact(texts.date, formats.day(invoice.issued_on))]
    services = {line.key.service for line in invoice.lines}
    if len(services) == 1:
        facts.append(Fact(texts.service_period, formats.period(services.pop())))
    return Letter(
        seller=invoice.seller,
        buyer=invoice.buyer,
        title=texts.draft_title,
        day=invoice.issued_on,
        facts=tuple(facts),
        below=tuple((text, QUIET) for text in (options.subject, texts.draft_note)),
        address_label=texts.bill_to,
        mark=texts.draft_mark,
    )


def _facts(invoice: Invoice, name: str, desk: Desk) -> list[Fact]:
    texts, formats, buyer = desk.texts, desk.formats, invoice.buyer
    label = name if invoice.is_credit_note else texts.number
    facts = [Fact(label, invoice.number, strong=True), Fact(texts.date, formats.day(invoice.issued_on))]
    if not invoice.is_credit_note:
        facts.append(Fact(texts.due, formats.day(_first_due(invoice)), strong=True))
    services = {line.key.service for line in invoice.lines}
    if len(services) == 1:
        facts.append(Fact(texts.service_period, formats.period(services.pop())))
    if buyer.tax_id:
        label = texts.your_vat_id if is_vat_id(buyer.tax_id) else texts.your_tax_id
        facts.append(Fact(label, buyer.tax_id))
    return facts


def _first_due(invoice: Invoice) -> date:
    return min((part.due_on for part in invoice.instalments), default=invoice.due_on)


def _below(
    invoice: Invoice, options: InvoiceLayout, desk: Desk, corrected_on: date | None
) -> list[tuple[str, Style]]:
    texts = desk.texts
    lines = [(options.subject, QUIET), (_reference(invoice, desk, corrected_on), STRONG)]
    if invoice.reason.strip():
        lines.append((texts.reason.format(reason=invoice.reason.strip()), QUIET))
    if invoice.status is InvoiceStatus.VOID:
        lines.append((texts.credit_void if invoice.is_credit_note else texts.void, STRONG))
    if not invoice.is_credit_note:
        lines.append((_intro(invoice, desk), BODY))
    return lines


def _intro(invoice: Invoice, desk: Desk) -> str:
    """The sentence the business begins its invoices with, in the reader's language."""
    template = desk.own(OwnTextName.INTRO)
    services = [line.key.service for line in invoice.lines]
    period = ""
    if services:
        first, end = min(each.start for each in services), max(each.end for each in services)
        period = desk.formats.period(Period(first, end))
    return own_sentence(template, {"name": invoice.buyer.name, "number": invoice.number, "period": period})


def _reference(invoice: Invoice, desk: Desk, corrected_on: date | None) -> str:
    """Which document this one corrects or replaces, with its date if it is known."""
    texts = desk.texts
    if invoice.corrects is None:
        return ""
    dated, plain = (
        (texts.corrects_of, texts.corrects) if invoice.is_credit_note else (texts.replaces_of, texts.replaces)
    )
    if corrected_on is None:
        return plain.format(number=invoice.corrects)
    return dated.format(number=invoice.corrects, date=desk.formats.day(corrected_on))


def _witness(invoice: Invoice, desk: Desk) -> str:
    chain = invoice.chain_head.replace(" ", "")[:8]
    return desk.texts.chain.format(hash=f"{chain[:4]} {chain[4:]}".rstrip()) if chain else ""
