"""The top of an invoice: letterhead, address window with the facts beside it, title."""

from __future__ import annotations

from dataclasses import replace

from retainerdesk.documents.addresses import buyer_lines, on_one_line, sender_lines
from retainerdesk.documents.flow import Cell, Picture, Row
from retainerdesk.documents.layout import (
    BODY,
    NAME,
    QUIET,
    SENDER,
    STRONG,
    TITLE,
    Desk,
    InvoiceLayout,
)
from retainerdesk.documents.logos import Logo, read_logo
from retainerdesk.documents.tax_wording import is_vat_id
from retainerdesk.documents.typeset import Line, Style
from retainerdesk.domain.account import Business
from retainerdesk.domain.invoice import Invoice, InvoiceStatus

_LOGO_BOX = (150.0, 42.0)
# A mark about as wide as high stands before the name, as in a letterhead; a wide logo usually is the name.
_WIDEST_MARK = 1.6
_MARK_HEIGHT = 24.0
_GAP = 8.0
_BELOW_TITLE = 18.0
_LEAST_FACTS = 160.0
_FACTS_LEADING = 21.0


def letterhead(invoice: Invoice, options: InvoiceLayout, desk: Desk) -> Row:
    """Logo or name on the left, address and tax id of the seller on the right."""
    logo = read_logo(options.logo) if options.logo else None
    left = desk.paper.left
    width = desk.paper.content * 0.5
    picture = None
    if isinstance(logo, Logo):
        picture = _logo_picture(logo, left)
        if logo.width > logo.height * _WIDEST_MARK:
            return Row((_seller_facts(invoice, desk),), picture=picture)
        left, width = left + picture.width + _GAP, width - picture.width - _GAP
    name = Cell(left, width, desk.type.wrap(invoice.seller.name, width, _name_style(picture)))
    return Row((name, _seller_facts(invoice, desk)), picture=picture)


def _logo_picture(logo: Logo, x: float) -> Picture:
    mark = logo.width <= logo.height * _WIDEST_MARK
    width, height = logo.fitted(_LOGO_BOX[0], _MARK_HEIGHT if mark else _LOGO_BOX[1])
    return Picture(x, width, height, logo.image)


def _name_style(mark: Picture | None) -> Style:
    """Beside a mark the name stands on its middle."""
    return NAME if mark is None else Style(NAME.size, max(NAME.leading, mark.height), NAME.colour, bold=True)


def _seller_facts(invoice: Invoice, desk: Desk) -> Cell:
    seller, paper = invoice.seller, desk.paper
    width = paper.content * 0.45
    address = on_one_line(*sender_lines(seller, invoice.buyer, desk.formats))
    parts = (address, _labelled_tax_id(seller, desk), seller.email)
    lines = tuple(line for part in parts for line in desk.type.wrap(part, width, QUIET))
    return Cell(paper.left + paper.content - width, width, lines, right=True)


def _labelled_tax_id(seller: Business, desk: Desk) -> str:
    if not seller.tax_id:
        return ""
    label = desk.texts.vat_id if is_vat_id(seller.tax_id) else desk.texts.tax_id
    return f"{label} {seller.tax_id}"


def address_and_facts(invoice: Invoice, desk: Desk) -> Row:
    """The buyer where the window of the envelope is, number and dates beside it."""
    paper = desk.paper
    address = Cell(paper.left, paper.window_width, _address_lines(invoice, desk))
    labels, values = _fact_cells(invoice, desk)
    return Row((address, labels, values))


def _address_lines(invoice: Invoice, desk: Desk) -> tuple[Line, ...]:
    seller, width = invoice.seller, desk.paper.window_width
    sender = on_one_line(seller.name, *sender_lines(seller, invoice.buyer, desk.formats))
    above = desk.texts.bill_to if desk.paper.labelled else sender
    lines = [desk.type.elide(above, width, SENDER)] if above else []
    for text in buyer_lines(invoice.buyer, seller, desk.formats):
        lines.extend(desk.type.wrap(text, width, BODY))
    return tuple(lines)


def _fact_cells(invoice: Invoice, desk: Desk) -> tuple[Cell, Cell]:
    facts = _facts(invoice, desk)
    label_width = max(desk.type.measure(label, _FACT) for label, _, _ in facts) + 2 * _GAP
    widest = max(desk.type.measure(value, _FACT_STRONG) for _, value, _ in facts)
    room = desk.paper.content - desk.paper.window_width - _GAP
    total = min(max(label_width + widest, _LEAST_FACTS), room)
    value_width = total - label_width
    x = desk.paper.left + desk.paper.content - total
    labels: list[Line] = []
    values: list[Line] = []
    for label, value, strong in facts:
        labels.append(desk.type.elide(label, label_width, _FACT))
        lines = desk.type.wrap(value, value_width, _FACT_STRONG if strong else _FACT_VALUE)
        # A value on several lines pushes the next label down with it.
        folded = [replace(line, style=replace(line.style, leading=BODY.leading)) for line in lines[1:]]
        values.extend([*lines[:1], *folded])
        labels.extend(replace(line, runs=(), width=0.0) for line in folded)
    right = Cell(x + label_width, value_width, tuple(values), right=True)
    return Cell(x, label_width, tuple(labels)), right


_FACT = Style(QUIET.size, _FACTS_LEADING, QUIET.colour)
_FACT_VALUE = Style(BODY.size, _FACTS_LEADING, BODY.colour)
_FACT_STRONG = Style(STRONG.size, _FACTS_LEADING, STRONG.colour, bold=True)


def _facts(invoice: Invoice, desk: Desk) -> list[tuple[str, str, bool]]:
    """Label, value, and whether it is one of the two that matter."""
    texts, formats, buyer = desk.texts, desk.formats, invoice.buyer
    facts = [
        (texts.number, invoice.number, True),
        (texts.date, formats.day(invoice.issued_on), False),
        (texts.due, formats.day(invoice.due_on), True),
    ]
    services = {line.key.service for line in invoice.lines}
    if len(services) == 1:
        facts.append((texts.service_period, formats.period(services.pop()), False))
    if buyer.tax_id:
        label = texts.your_vat_id if is_vat_id(buyer.tax_id) else texts.your_tax_id
        facts.append((label, buyer.tax_id, False))
    return facts


def title(invoice: Invoice, options: InvoiceLayout, desk: Desk) -> list[Row]:
    """What this paper is, what it is about, and that it no longer counts if it was voided."""
    paper, texts = desk.paper, desk.texts
    heading = desk.type.wrap(f"{texts.invoice} {invoice.number}", paper.content, TITLE)
    rows = [Row((Cell(paper.left, paper.content, heading),))]
    below = [(options.subject, QUIET)]
    if invoice.status is InvoiceStatus.VOID:
        below.append((texts.void, STRONG))
    for text, style in below:
        if lines := desk.type.wrap(text, paper.content, style):
            rows.append(Row((Cell(paper.left, paper.content, lines),), before=4))
    rows.append(Row(before=_BELOW_TITLE))
    return rows
