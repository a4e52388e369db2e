"""An issued invoice or credit note as a PDF: the same values and layout give the same bytes in ten years.

Only the values handed in are read: the snapshots in the document, never what an account looks like now.
"""

from __future__ import annotations

from datetime import date

from retainerdesk.documents import invoice_end, invoice_payment
from retainerdesk.documents.flow import Pages
from retainerdesk.documents.invoice_letter import as_printed, invoice_letter
from retainerdesk.documents.invoice_table import InvoiceTable
from retainerdesk.documents.layout import InvoiceLayout, desk_for
from retainerdesk.documents.letter import render_letter
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

    def pour(pages: Pages) -> None:
        totals = invoice_end.totals(printed, desk)
        InvoiceTable(printed, desk).pour(pages, totals)
        pages.add(*totals)
        pages.add(*invoice_end.in_words(printed, desk))
        pages.add(*invoice_end.notes(printed, desk))
        pages.add(*invoice_payment.payment(printed, desk))
        pages.add(*invoice_end.closing_note(printed, desk))

    return render_letter(letter, options, desk, pour)
