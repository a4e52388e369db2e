"""What a business may choose about its documents, each choice seen on the page."""

import re
from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest

from retainerdesk.documents.invoice_pdf import render_invoice
from retainerdesk.documents.unprintable import unprintable
from retainerdesk.domain.document_look import AddressWindow, DocumentLook, OwnText, OwnTextName
from retainerdesk.domain.invoice import Invoice
from tests.documents.samples import BUYER, PLAIN, SELLER, in_german, invoice, line, pages_of, text_of

MM = 25.4 / 72


def place_of(pdf: bytes, words: str) -> tuple[float, float]:
    """Left edge and top edge of the first of some words on the first page, in millimetres from the corner."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    text = page.get_textpage()
    index, _ = text.search(words).get_next()
    left, _, _, top = text.get_charbox(index)
    height = page.get_height()
    text.close()
    page.close()
    document.close()
    return left * MM, (height - top) * MM


def looking(printed: Invoice | None = None, **look: object) -> bytes:
    """The page of an invoice whose seller chose this look."""
    sent = printed or invoice()
    seller = replace(sent.seller, look=DocumentLook(**look))  # type: ignore[arg-type]
    return render_invoice(replace(sent, seller=seller), PLAIN)


def own(name: str, text: str, language: str = "") -> OwnText:
    return OwnText(language, OwnTextName(name), text)


def sold_from(country: str, paper: str = "A4") -> Invoice:
    return replace(invoice(), seller=replace(SELLER, country=country, paper=paper))


@pytest.mark.parametrize(
    ("window", "left", "right", "top", "bottom"),
    [
        (AddressWindow.DIN5008, 20, 110, 45, 90),
        (AddressWindow.UK, 20, 113, 42, 92),
        (AddressWindow.RIGHT, 90, 190, 45, 90),
        (AddressWindow.US, 22, 136, 53, 85),
    ],
)
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_address_shows_through_the_window_that_was_chosen(
    window: AddressWindow, left: int, right: int, top: int, bottom: int, paper: str
) -> None:
    """Millimetres from the corner of the folded sheet; Letter is 6 mm wider, and its right window with it."""
    if window is AddressWindow.RIGHT and paper == "Letter":
        left, right = left + 6, right + 6
    pdf = looking(sold_from("DE", paper), window=window)
    for words in ("ACME & Söhne", "United Kingdom"):
        x, y = place_of(pdf, words)
        assert left < x < right
        assert top < y < bottom - 4


@pytest.mark.parametrize(
    ("country", "paper", "window"),
    [
        ("DE", "A4", AddressWindow.DIN5008),
        ("AT", "A4", AddressWindow.DIN5008),
        ("GB", "A4", AddressWindow.UK),
        ("FR", "A4", AddressWindow.RIGHT),
        ("ES", "A4", AddressWindow.RIGHT),
        ("US", "Letter", AddressWindow.US),
    ],
)
def test_left_to_itself_the_window_is_that_of_the_country(
    country: str, paper: str, window: AddressWindow
) -> None:
    sent = sold_from(country, paper)
    assert render_invoice(sent, PLAIN) == looking(sent, window=window)


def test_with_the_window_on_the_right_number_and_dates_stand_on_the_left() -> None:
    pdf = looking(window=AddressWindow.RIGHT)
    assert place_of(pdf, "Your VAT id")[0] < 30
    assert place_of(render_invoice(invoice(), PLAIN), "Your VAT id")[0] > 110


@pytest.mark.parametrize(("quantity", "price"), [(True, False), (False, True), (False, False)])
def test_columns_that_are_not_wanted_leave_their_room_to_the_text(quantity: bool, price: bool) -> None:
    text = text_of(looking(show_quantity=quantity, show_price=price))
    assert ("Quantity" in text, bool(re.search(r"\b3 h\b", text))) == (quantity, quantity)
    assert ("Price" in text, "€150.00" in text) == (price, price)
    assert "€450.00" in text


def test_columns_that_are_not_wanted_are_missing_overleaf_too() -> None:
    lines = [line(f"Item {number}", 1000, position=number) for number in range(60)]
    pages = pages_of(looking(invoice(*lines), show_quantity=False))
    assert all("Quantity" not in page for page in pages)
    assert "Brought forward" in pages[1]


def test_a_footer_stands_on_every_page_and_moves_nothing_below_the_edge() -> None:
    """Two lines of 11 points: the page ends 22 points higher."""
    lines = [line(f"Item {number:03}", 1000, position=number) for number in range(100)]
    footer = "Studio Nord GmbH · HRB 1 <Hamburg>\nOwner Ada & Co"
    pages = pages_of(looking(invoice(*lines), texts=(own("footer", footer),)))
    assert all("HRB 1 <Hamburg>" in page and "Owner Ada & Co" in page for page in pages)
    assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, start=1))
    assert sum(page.count("Item ") for page in pages) == 100


def test_a_footer_is_cut_after_four_lines() -> None:
    text = text_of(looking(texts=(own("footer", "\n".join("abcdef")),)))
    assert "\nd\n" in text
    assert "\ne\n" not in text


def test_own_texts_replace_those_of_their_language_only() -> None:
    texts = (own("title", "Tax invoice", "en"), own("terms", "Kindly send {amount} by {due} <soon>", "en"))
    text = text_of(looking(texts=texts))
    assert "Tax invoice 2026-0042" in text
    assert "Kindly send €3,450.00 by 6 December 2026 <soon>" in text
    assert "Payable within" not in text
    assert text_of(looking(in_german(invoice()), texts=texts)) == text_of(
        render_invoice(in_german(invoice()), PLAIN)
    )


def test_a_text_for_every_language_gives_way_to_that_of_the_reader() -> None:
    """15 October to 14 December: both lines of the invoice."""
    texts = (own("intro", "{number} for {name}, {period}"), own("intro", "Guten Tag, {name}", "de"))
    assert "2026-0042 for ACME & Söhne <Ltd>, 15 Oct – 14 Dec 2026" in text_of(looking(texts=texts))
    assert "Guten Tag, ACME & Söhne <Ltd>" in text_of(looking(in_german(invoice()), texts=texts))


def test_the_closing_note_of_a_language_stands_in_place_of_the_general_one() -> None:
    sent = replace(invoice(), seller=replace(SELLER, invoice_note="Thank you."))
    danke = DocumentLook(texts=(own("closing", "Vielen Dank {auch}.", "de"),))
    sent = replace(sent, seller=replace(sent.seller, look=danke))
    assert "Thank you." in text_of(render_invoice(sent, PLAIN))
    german = text_of(render_invoice(in_german(sent), PLAIN))
    assert "Vielen Dank {auch}." in german
    assert "Thank you." not in german


def test_own_terms_that_count_days_leave_a_single_day_to_the_usual_sentence() -> None:
    terms = (own("terms", "Net {days} days"),)
    assert "Net 14 days" in text_of(looking(texts=terms))
    tomorrow = replace(invoice(), due_on=invoice().issued_on + timedelta(days=1))
    assert "Payable within one day" in text_of(looking(tomorrow, texts=terms))


def test_an_empty_own_text_leaves_the_usual_one() -> None:
    assert looking(texts=(own("title", " "), own("terms", ""))) == render_invoice(invoice(), PLAIN)


def test_what_cannot_be_printed_in_them_is_said_before_issuing() -> None:
    seller = replace(SELLER, look=DocumentLook(texts=(own("footer", "株"), own("title", "א", "en"))))
    sent = replace(invoice(), reason="株", seller=seller)
    assert [found.field for found in unprintable(sent, PLAIN)] == [
        "seller.footer",
        "seller.title.en",
        "reason",
    ]


def test_the_country_of_the_seller_still_decides_what_is_added_to_an_address() -> None:
    at_home = replace(sold_from("FR"), buyer=replace(BUYER, country="FR", address=("1 rue A", "75001 Paris")))
    assert "France" not in text_of(render_invoice(at_home, PLAIN))
