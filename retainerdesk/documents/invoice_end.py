"""The end of an invoice: totals, the sum in words, what the law wants said, a closing note."""

from __future__ import annotations

from retainerdesk.documents.flow import Cell, Row, Rule
from retainerdesk.documents.invoice_letter import is_draft
from retainerdesk.documents.layout import BODY, QUIET, STRONG, TEXT, TOTAL, Desk
from retainerdesk.documents.paragraphs import magnitude, paragraph
from retainerdesk.documents.tax_wording import legal_notes, tax_label, tax_label_word, tax_word
from retainerdesk.documents.typeset import Style
from retainerdesk.domain.amount_words import amount_words
from retainerdesk.domain.document_look import OwnTextName
from retainerdesk.domain.invoice import BookTax, Invoice, InvoiceStatus, Withholding

# Label, figure, and how both look.
_Sum = tuple[str, str, Style]

_TOTALS_WIDTH = 225.0
_GAP = 12.0


def totals(invoice: Invoice, desk: Desk) -> list[Row]:
    """Net, tax by rate, and the sum to pay: rows that stay on one page."""
    sums = [*_sums(invoice, desk), _grand_total(invoice, desk)]
    needed = max(
        desk.type.measure(label, style) + desk.type.measure(sum_, style) for label, sum_, style in sums
    )
    width = min(max(needed + 2 * _GAP, _TOTALS_WIDTH), desk.paper.content)
    x = desk.paper.left + desk.paper.content - width
    rows = [_sum_row(label, figure, style, (x, width), desk) for label, figure, style in sums]
    return [Row(before=5.0), *rows[:-1], Row(before=7.0, rule_below=Rule(x, width, TEXT, 0.75)), rows[-1]]


def _sums(invoice: Invoice, desk: Desk) -> list[_Sum]:
    """Net and tax; the gross sum stands for itself only where something follows that is no tax."""
    texts, formats = desk.texts, desk.formats
    word = tax_label_word(invoice.seller, texts)
    several = len(invoice.totals.tax) > 1
    sums = [(texts.net, formats.amount(invoice.totals.net), BODY)]
    for group in invoice.totals.tax:
        label = tax_label(group, several, word, texts, formats)
        sums.append((label, formats.amount(group.amount), BODY))
    held, rounding = invoice.withholding, invoice.rounding
    if (held is not None or rounding) and _asks(invoice):
        sums.append((texts.total, formats.amount(invoice.totals.gross), STRONG))
    if held is not None:
        sums.append((_withheld_label(held, desk), formats.amount(-held.amount), BODY))
    if rounding:
        sums.append((texts.cash_rounding, formats.amount(rounding), BODY))
    return sums


def _withheld_label(held: Withholding, desk: Desk) -> str:
    label = desk.texts.withheld.format(percent=desk.formats.percent(held.percent))
    return f"{label} ({held.reason.strip()})" if held.reason.strip() else label


def _asks(invoice: Invoice) -> bool:
    """Whether something is to be paid; else the last sum is the only one called total."""
    return invoice.status is not InvoiceStatus.VOID and not is_draft(invoice)


def _grand_total(invoice: Invoice, desk: Desk) -> _Sum:
    """The sum and whose it is: a void one or a draft asks for nothing, a negative one is money back."""
    texts, payable = desk.texts, invoice.payable
    if not _asks(invoice):
        return texts.total, desk.formats.amount(payable), TOTAL
    if invoice.is_credit_note:
        return texts.credit_total, desk.formats.amount(payable), TOTAL
    label = texts.to_pay if payable.minor >= 0 else texts.in_your_favour
    return label, desk.formats.amount(magnitude(payable)), TOTAL


def _sum_row(label: str, figure: str, style: Style, span: tuple[float, float], desk: Desk) -> Row:
    x, width = span
    figure_width = min(desk.type.measure(figure, style) + 0.5, width * 0.7)
    label_width = width - figure_width - _GAP
    label_cell = Cell(x, label_width, desk.type.wrap(label, label_width, style))
    figure_lines = desk.type.wrap(figure, figure_width, style)
    figure_cell = Cell(x + width - figure_width, figure_width, figure_lines, right=True)
    return Row((label_cell, figure_cell), before=7.0 if style is TOTAL else 4.0)


def in_words(invoice: Invoice, desk: Desk) -> list[Row]:
    """The sum in words, where the business wants it and the language has them."""
    if not desk.look.amount_in_words or invoice.status is InvoiceStatus.VOID:
        return []
    words = amount_words(magnitude(invoice.payable), desk.formats.language)
    return [paragraph(desk.texts.in_words.format(words=words), QUIET, desk, before=12.0)] if words else []


def notes(invoice: Invoice, desk: Desk) -> list[Row]:
    """Legal wording, a row a sentence, and whether prices include the tax."""
    sentences = list(legal_notes(invoice, desk.texts))
    if any(line.tax.included for line in invoice.lines):
        word = tax_word(invoice.seller, desk.texts)
        sentences.append(desk.texts.prices_include.format(tax=word))
    if invoice.book_tax is not None:
        sentences.append(_book_tax(invoice.book_tax, invoice, desk))
    rows = [paragraph(sentence, QUIET, desk, before=2.0) for sentence in sentences]
    return [Row(before=18.0), *rows] if rows else []


def _book_tax(tax: BookTax, invoice: Invoice, desk: Desk) -> str:
    """The tax in the currency of the seller's books, with the rate as it was stored and its day."""
    rate, formats = tax.rate, desk.formats
    return desk.texts.book_tax.format(
        tax=tax_word(invoice.seller, desk.texts),
        amount=formats.amount(tax.amount),
        currency=tax.amount.currency,
        rate=f"1 {rate.from_currency} = {formats.number(rate.rate)} {rate.to_currency}",
        day=formats.day(rate.on),
    )


def own_note(invoice: Invoice, desk: Desk) -> list[Row]:
    """What was written for this document alone."""
    return [paragraph(invoice.note, BODY, desk, before=14.0)] if invoice.note.strip() else []


def closing_note(invoice: Invoice, desk: Desk) -> list[Row]:
    """The sentence the business puts under its invoices, in the reader's language if it has one."""
    note = desk.own(OwnTextName.CLOSING) or invoice.seller.invoice_note
    return [paragraph(note, QUIET, desk, before=14.0)] if note.strip() else []
