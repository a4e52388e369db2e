"""The end of an invoice: totals, what the law wants said, how to pay, and the foot of every page."""

from __future__ import annotations

from string import Formatter

from retainerdesk.documents.addresses import on_one_line
from retainerdesk.documents.flow import Cell, Placed, Row, Rule
from retainerdesk.documents.formats import iban_groups
from retainerdesk.documents.layout import BODY, FOOT, LINE, QUIET, TEXT, TOTAL, Desk
from retainerdesk.documents.tax_wording import legal_notes, tax_label, tax_label_word, tax_word
from retainerdesk.documents.typeset import Span, Style
from retainerdesk.domain.invoice import Invoice, InvoiceStatus
from retainerdesk.domain.money import Money

# Label, figure, and how both look.
_Sum = tuple[str, str, Style]

_TOTALS_WIDTH = 225.0
_GAP = 12.0
_FOOT_RULE = 46.0
_FOOT_SIDE = 0.38


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
    texts, formats = desk.texts, desk.formats
    word = tax_label_word(invoice.seller, texts)
    several = len(invoice.totals.tax) > 1
    sums = [(texts.net, formats.amount(invoice.totals.net), BODY)]
    for group in invoice.totals.tax:
        label = tax_label(group, several, word, texts, formats)
        sums.append((label, formats.amount(group.amount), BODY))
    return sums


def _grand_total(invoice: Invoice, desk: Desk) -> _Sum:
    """The sum and whose it is: a void invoice asks for nothing, a negative one is money back."""
    texts, gross = desk.texts, invoice.totals.gross
    if invoice.status is InvoiceStatus.VOID:
        return texts.total, desk.formats.amount(gross), TOTAL
    label = texts.to_pay if gross.minor >= 0 else texts.in_your_favour
    return label, desk.formats.amount(_magnitude(gross)), TOTAL


def _magnitude(amount: Money) -> Money:
    return amount if amount.minor >= 0 else -amount


def _sum_row(label: str, figure: str, style: Style, span: tuple[float, float], desk: Desk) -> Row:
    x, width = span
    figure_width = min(desk.type.measure(figure, style) + 0.5, width * 0.7)
    label_width = width - figure_width - _GAP
    label_cell = Cell(x, label_width, desk.type.wrap(label, label_width, style))
    figure_lines = desk.type.wrap(figure, figure_width, style)
    figure_cell = Cell(x + width - figure_width, figure_width, figure_lines, right=True)
    return Row((label_cell, figure_cell), before=7.0 if style is TOTAL else 4.0)


def notes(invoice: Invoice, desk: Desk) -> list[Row]:
    """Legal wording, a row a sentence, and whether prices include the tax."""
    sentences = list(legal_notes(invoice, desk.texts))
    if any(line.tax.included for line in invoice.lines):
        word = tax_word(invoice.seller, desk.texts)
        sentences.append(desk.texts.prices_include.format(tax=word))
    rows = [_paragraph(sentence, QUIET, desk, before=2.0) for sentence in sentences]
    return [Row(before=18.0), *rows] if rows else []


def payment(invoice: Invoice, desk: Desk) -> list[Row]:
    """What to do now: how much by when with which reference, the terms, and the account to pay into."""
    texts, gross = desk.texts, invoice.totals.gross
    if invoice.status is InvoiceStatus.VOID:
        return []
    rows = [Row(before=24.0)]
    if gross.minor <= 0:
        template = texts.credited if gross else texts.nothing_to_pay
        return [*rows, _paragraph(_filled(template, _values(invoice, desk)), BODY, desk)]
    rows.append(_paragraph(_filled(texts.please_pay, _values(invoice, desk)), BODY, desk))
    bank = _bank_details(invoice)
    rows.extend(_paragraph(text, QUIET, desk) for text in (bank, _terms(invoice, desk)) if text)
    return rows


def closing_note(invoice: Invoice, desk: Desk) -> list[Row]:
    """The sentence the business puts under its invoices."""
    note = invoice.seller.invoice_note
    return [_paragraph(note, QUIET, desk, before=14.0)] if note.strip() else []


def _values(invoice: Invoice, desk: Desk) -> dict[str, str]:
    gross = invoice.totals.gross
    amount = desk.formats.amount(_magnitude(gross))
    return {"amount": amount, "due": desk.formats.day(invoice.due_on), "number": invoice.number}


def _filled(template: str, values: dict[str, str]) -> list[Span]:
    """A sentence of ours with its values in bold. Values are put in as they are, never parsed."""
    spans: list[Span] = []
    for text, name, _, _ in Formatter().parse(template):
        spans.append(Span(text))
        if name:
            spans.append(Span(values[name], strong=True))
    return [span for span in spans if span.text]


def _bank_details(invoice: Invoice) -> str:
    seller = invoice.seller
    if not seller.iban:
        return ""
    return on_one_line(seller.name, iban_groups(seller.iban), seller.bic or "", seller.bank_name or "")


def _terms(invoice: Invoice, desk: Desk) -> str:
    days = (invoice.due_on - invoice.issued_on).days
    if days <= 0:
        return desk.texts.terms_at_once
    return desk.texts.terms_day if days == 1 else desk.texts.terms_days.format(days=days)


def _paragraph(text: str | list[Span], style: Style, desk: Desk, before: float = 0.0) -> Row:
    paper = desk.paper
    return Row((Cell(paper.left, paper.content, desk.type.wrap(text, paper.content, style)),), before=before)


def foot(invoice: Invoice, page: int, pages: int, desk: Desk) -> Placed:
    """Who writes, the witness of the audit chain, and the number of the page."""
    paper, texts = desk.paper, desk.texts
    side = paper.content * _FOOT_SIDE
    middle = paper.content - 2 * side
    chain = invoice.chain_head.replace(" ", "")[:8]
    witness = texts.chain.format(hash=f"{chain[:4]} {chain[4:]}".rstrip()) if chain else ""
    who = on_one_line(invoice.seller.name, invoice.seller.email)
    count = texts.page.format(page=page, pages=pages)
    witness_line = desk.type.elide(witness, middle, FOOT)
    witness_x = paper.left + side + (middle - witness_line.width) / 2
    cells = (
        Cell(paper.left, side, (desk.type.elide(who, side, FOOT),)),
        Cell(witness_x, middle, (witness_line,)),
        Cell(paper.left + paper.content - side, side, (desk.type.elide(count, side, FOOT),), right=True),
    )
    rule = Rule(paper.left, paper.content, LINE)
    return Placed(Row(cells, before=8.0, rule_above=rule), paper.height - _FOOT_RULE)


def running_head(invoice: Invoice, desk: Desk) -> Placed:
    """What the pages after the first say at the top."""
    paper = desk.paper
    half = paper.content / 2
    number = desk.type.elide(f"{desk.texts.invoice} {invoice.number}", half, FOOT)
    name = desk.type.elide(invoice.seller.name, half, FOOT)
    cells = (Cell(paper.left, half, (number,)), Cell(paper.left + half, half, (name,), right=True))
    return Placed(Row(cells), paper.top - 30)
