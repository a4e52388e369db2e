"""An issued invoice as a PDF: the same invoice and layout give the same bytes, today and in ten years.

Only the values handed in are read: the snapshots in the invoice, never what an account looks like now.
"""

from __future__ import annotations

from retainerdesk.documents import invoice_end, invoice_head
from retainerdesk.documents.flow import Pages, Placed
from retainerdesk.documents.fonts import load_typeface
from retainerdesk.documents.invoice_table import InvoiceTable
from retainerdesk.documents.layout import Desk, InvoiceLayout, desk_for
from retainerdesk.documents.sheet import About, draw
from retainerdesk.domain.invoice import Invoice

_BELOW_LETTERHEAD = 14.0
_BELOW_ADDRESS = 16.0


def render_invoice(invoice: Invoice, options: InvoiceLayout) -> bytes:
    """The invoice as PDF. Whatever was typed is printed as it was typed, wrapped and continued overleaf.

    A character no font can draw is printed as a replacement mark: ask `unprintable` before issuing. A logo
    that cannot be read is left out: ask `logo_problem`. Raises EnvironmentProblem if the fonts are missing.
    """
    desk = desk_for(invoice, options)
    pages = _composed(invoice, options, desk)
    about = About(
        title=f"{desk.texts.invoice} {invoice.number}",
        author=invoice.seller.name,
        subject=invoice.buyer.name,
        language=desk.formats.language_tag,
        day=invoice.issued_on,
    )
    font = load_typeface(options.fonts).plain[0].name
    return draw(pages, (desk.paper.width, desk.paper.height), options.accent, font, about)


def _composed(invoice: Invoice, options: InvoiceLayout, desk: Desk) -> list[list[Placed]]:
    paper = desk.paper
    pages = Pages(first_top=paper.head_top, top=paper.top, bottom=paper.bottom)
    pages.add(invoice_head.letterhead(invoice, options, desk))
    _leave(pages, paper.window_top, _BELOW_LETTERHEAD)
    pages.add(invoice_head.address_and_facts(invoice, desk))
    _leave(pages, paper.window_end, _BELOW_ADDRESS)
    pages.add(*invoice_head.title(invoice, options, desk))
    totals = invoice_end.totals(invoice, desk)
    InvoiceTable(invoice, desk).pour(pages, totals)
    pages.add(*totals)
    pages.add(*invoice_end.notes(invoice, desk))
    pages.add(*invoice_end.payment(invoice, desk))
    pages.add(*invoice_end.closing_note(invoice, desk))
    return _numbered(pages.pages, invoice, desk)


def _leave(pages: Pages, y: float, gap: float) -> None:
    """Go on at `y` of the first page, or a little below what has grown beyond it."""
    below = pages.y + gap
    pages.skip_to(max(y, below) if len(pages.pages) == 1 else below)


def _numbered(pages: list[list[Placed]], invoice: Invoice, desk: Desk) -> list[list[Placed]]:
    """Every page with its foot, those after the first with a running head: only now their count is known."""
    head = [invoice_end.running_head(invoice, desk)]
    return [
        [
            *(head if number > 1 else []),
            *page,
            invoice_end.foot(invoice, number, len(pages), desk),
        ]
        for number, page in enumerate(pages, start=1)
    ]
