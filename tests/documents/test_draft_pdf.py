"""A draft says that it is one, asks for nothing, and prints the note of its document."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retainerdesk.documents.invoice_pdf import render_invoice
from retainerdesk.documents.texts import LANGUAGES, TEXTS
from tests.documents.samples import PLAIN, hours, invoice, squeezed, text_of, written_in


@pytest.mark.parametrize("locale", LANGUAGES)
def test_a_document_without_a_number_is_marked_as_a_draft(locale: str) -> None:
    issued = written_in(locale, invoice(hours()))
    draft = squeezed(text_of(render_invoice(replace(issued, number=""), PLAIN)))
    texts = TEXTS[locale]
    for said in (texts.draft_title, texts.draft_note, texts.draft_mark):
        assert squeezed(said) in draft
    assert issued.number not in draft
    assert squeezed(texts.to_pay) not in draft
    assert squeezed(texts.draft_note) not in squeezed(text_of(render_invoice(issued, PLAIN)))


def test_a_draft_has_no_payment_request_and_no_bank_details() -> None:
    issued = invoice(hours())
    assert issued.seller.iban is not None
    assert squeezed("Please pay") in squeezed(text_of(render_invoice(issued, PLAIN)))
    draft = squeezed(text_of(render_invoice(replace(issued, number=""), PLAIN)))
    assert squeezed("Please pay") not in draft
    assert squeezed(issued.seller.iban) not in draft


def test_the_note_of_a_document_is_printed_as_it_was_typed() -> None:
    printed = replace(invoice(hours()), note="Order 4711 <b>\nThank you, AT&T")
    text = text_of(render_invoice(printed, PLAIN))
    assert "Order 4711 <b>" in text
    assert "Thank you, AT&T" in text
