"""An issued invoice or credit note as a PDF: the same values and layout give the same bytes in ten years.

Only the values handed in are read: the snapshots in the document, never what an account looks like now.
"""

from __future__ import annotations

from datetime import date

from retainerdesk.documents import invoice_end, invoice_payment
from retainerdesk.documents.flow import Pages
from retainerdesk.documents.fonts import with_helvetica
from retainerdesk.documents.invoice_letter import as_printed, invoice_letter
from retainerdesk.documents.invoice_payment import bill_of
from retainerdesk.documents.invoice_table import InvoiceTable
from retainerdesk.documents.layout import Desk, InvoiceLayout, desk_for
from retainerdesk.documents.letter import Slip, render_letter
from retainerdesk.documents.swiss_payload import SwissBill
from retainerdesk.documents.swiss_slip import SLIP_HEIGHT, swiss_slip
from retainerdesk.documents.swiss_texts import SWISS_TEXTS
from retainerdesk.documents.typeset import Typesetter
from retainerdesk.domain.invoice import Invoice


def render_invoice(invoice: Invoice, options: InvoiceLayout, corrected_on: date | None = None) -> bytes:
    """The document as PDF. Whatever was typed is printed as it was typed, wrapped and continued overleaf.

    `corrected_on` is the issue date of the document it corrects or replaces, printed beside its number. A
    character no font can draw is printed as a replacement mark: ask `unprintable` before issuing. A logo
    that cannot be read is left out: ask `logo_problem`. Raises EnvironmentProblem if the fonts are missing.
    """
    desk = desk_for(invoice.seller, invoice.buyer, options)
    printed = as_printed(invoice)
    letter = invoice_letter(printed, options, desk, corrected_on)
    bill = bill_of(printed, desk)

    def pour(pages: Pages) -> None:
        totals = invoice_end.totals(printed, desk)
        InvoiceTable(printed, desk).pour(pages, totals)
        pages.add(*totals)
        pages.add(*invoice_end.in_words(printed, desk))
        pages.add(*invoice_end.notes(printed, desk))
        pages.add(*invoice_end.own_note(printed, desk))
        pages.add(*invoice_payment.payment(printed, desk, slip=bill is not None))
        pages.add(*invoice_end.closing_note(printed, desk))

    return render_letter(letter, options, desk, pour, _slip(bill, options, desk))


def _slip(bill: SwissBill | None, options: InvoiceLayout, desk: Desk) -> Slip | None:
    """The payment part of a bill, in the language of the document."""
    if bill is None:
        return None
    typesetter = Typesetter(with_helvetica(options.fonts))
    texts = SWISS_TEXTS[desk.formats.language]
    return Slip(tuple(swiss_slip(bill, texts, typesetter, desk.paper.height)), SLIP_HEIGHT)
