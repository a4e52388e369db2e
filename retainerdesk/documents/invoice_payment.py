"""How to pay: how much by when with which reference, into which account, and a code that says the same."""

from __future__ import annotations

from dataclasses import replace

from retainerdesk.documents.addresses import A4, BETWEEN
from retainerdesk.documents.epc import first_amount, payment_modules
from retainerdesk.documents.flow import Cell, Code, Row
from retainerdesk.documents.formats import iban_groups
from retainerdesk.documents.invoice_letter import invoice_name, is_draft
from retainerdesk.documents.layout import BODY, LINE, QUIET, TEXT, Desk
from retainerdesk.documents.paragraphs import filled, magnitude, own_sentence, paragraph
from retainerdesk.documents.swiss_payload import SwissBill, swiss_bill
from retainerdesk.documents.typeset import Line, Span
from retainerdesk.domain.document_look import OwnTextName, PaymentCode
from retainerdesk.domain.invoice import Invoice, InvoiceStatus

_ABOVE, _ABOVE_SLIP = 24.0, 12.0
_PART_WIDTH = 90.0
_DUE_WIDTH = 130.0
_AMOUNT_WIDTH = 96.0
_CODE_GAP = 14.0
_LEAST_CODE = 72.0
# 0.56 mm a module: a printed page scanned at 150 dpi keeps more than three pixels of each.
_MODULE = 1.6
_QUIET = 4


def bill_of(invoice: Invoice, desk: Desk) -> SwissBill | None:
    """The Swiss bill an invoice carries on A4, if the business wants one and its account can have it.

    With instalments it asks for the first, as the European code does.
    """
    asks = invoice.status is not InvoiceStatus.VOID and not invoice.is_credit_note and not is_draft(invoice)
    if not asks or desk.look.payment_code is not PaymentCode.AUTO or desk.paper.width != A4.width:
        return None
    message = f"{invoice_name(desk)} {invoice.number}"
    return swiss_bill(invoice.seller, invoice.buyer, first_amount(invoice), invoice.number, message)


def payment(invoice: Invoice, desk: Desk, *, slip: bool = False) -> list[Row]:
    """What to do now, with the payment code beside it where there is one; nothing if void or a draft.

    With a `slip` below, account and code stand there.
    """
    if invoice.status is InvoiceStatus.VOID or is_draft(invoice):
        return []
    texts, payable = desk.texts, invoice.payable
    space = Row(before=_ABOVE_SLIP if slip else _ABOVE)
    if invoice.is_credit_note or payable.minor <= 0:
        template = texts.credited if payable else texts.nothing_to_pay
        return [space, paragraph(filled(template, _values(invoice, desk)), BODY, desk)]
    wanted = not slip and desk.look.payment_code is not PaymentCode.NONE
    modules = payment_modules(invoice) if wanted else None
    if modules is not None:
        return [space, *_instalments(invoice, desk), _beside_code(invoice, modules, desk)]
    rows = [paragraph(_request(invoice, desk), BODY, desk)] if not invoice.instalments else []
    below = () if slip else _bank_details(invoice, desk.paper.content, desk)
    below += desk.type.wrap(_terms(invoice, desk), desk.paper.content, QUIET)
    return [
        space,
        *_instalments(invoice, desk),
        *rows,
        Row((Cell(desk.paper.left, desk.paper.content, below),)),
    ]


def _beside_code(invoice: Invoice, modules: tuple[tuple[bool, ...], ...], desk: Desk) -> Row:
    """The code with the sentences on its right, both on the same middle where they are lower than it."""
    paper = desk.paper
    size = max(_LEAST_CODE, (len(modules) + 2 * _QUIET) * _MODULE)
    x = paper.left + size + _CODE_GAP
    width = paper.content - size - _CODE_GAP
    lines: list[Line] = []
    if not invoice.instalments:
        lines.extend(desk.type.wrap(_request(invoice, desk), width, BODY))
    scan = desk.texts.scan_first if invoice.instalments else desk.texts.scan
    lines.extend(_bank_details(invoice, width, desk))
    for text in (scan, _terms(invoice, desk)):
        lines.extend(desk.type.wrap(text, width, QUIET))
    return Row(
        (Cell(x, width, _on_the_middle(tuple(lines), size)),),
        code=Code(paper.left, size, modules, TEXT, LINE, _QUIET),
    )


def _on_the_middle(lines: tuple[Line, ...], height: float) -> tuple[Line, ...]:
    """Lines with an empty one above them that centres them in `height`."""
    spare = (height - sum(line.style.leading for line in lines)) / 2
    if spare <= 0 or not lines:
        return lines
    return (Line((), 0.0, replace(lines[0].style, leading=spare)), *lines)


def _request(invoice: Invoice, desk: Desk) -> list[Span]:
    return filled(desk.texts.please_pay, _values(invoice, desk))


def _values(invoice: Invoice, desk: Desk) -> dict[str, str]:
    amount = desk.formats.amount(magnitude(invoice.payable))
    return {"amount": amount, "due": desk.formats.day(invoice.due_on), "number": invoice.number}


def _instalments(invoice: Invoice, desk: Desk) -> list[Row]:
    """A row a part: which, when, how much."""
    if not invoice.instalments:
        return []
    texts, x = desk.texts, desk.paper.left
    rows = [paragraph(filled(texts.please_pay_parts, {"number": invoice.number}), BODY, desk)]
    parts = len(invoice.instalments)
    for position, part in enumerate(invoice.instalments, start=1):
        name = texts.instalment.format(part=position, parts=parts)
        due, amount = desk.formats.day(part.due_on), desk.formats.amount(part.amount)
        cells = (
            Cell(x, _PART_WIDTH, desk.type.wrap(name, _PART_WIDTH, QUIET)),
            Cell(x + _PART_WIDTH, _DUE_WIDTH, desk.type.wrap(due, _DUE_WIDTH, BODY)),
            Cell(
                x + _PART_WIDTH + _DUE_WIDTH, _AMOUNT_WIDTH,
                desk.type.wrap(amount, _AMOUNT_WIDTH, BODY), right=True,
            ),
        )  # fmt: skip
        rows.append(Row(cells, before=5.0))
    return [*rows, Row(before=12.0)]


def _bank_details(invoice: Invoice, width: float, desk: Desk) -> tuple[Line, ...]:
    seller = invoice.seller
    if not seller.iban:
        return ()
    parts = (seller.name, iban_groups(seller.iban), seller.bic or "", seller.bank_name or "")
    return desk.type.wrap_parts(parts, width, QUIET, BETWEEN)


def _terms(invoice: Invoice, desk: Desk) -> str:
    if invoice.instalments:
        return ""
    days = (invoice.due_on - invoice.issued_on).days
    own = desk.own(OwnTextName.TERMS)
    # "Within 0 days" and "within 1 days" are what the program's own sentences avoid.
    if own and (days > 1 or "{days}" not in own):
        return own_sentence(own, _values(invoice, desk) | {"days": str(days)})
    if days <= 0:
        return desk.texts.terms_at_once
    return desk.texts.terms_day if days == 1 else desk.texts.terms_days.format(days=days)
