"""What a business may choose about its documents, each choice seen on the page."""

import re
from dataclasses import replace

import pypdfium2
import pytest

from retainerdesk.documents.addresses import AddressWindow
from retainerdesk.documents.invoice_pdf import render_invoice
from retainerdesk.documents.layout import InvoiceLayout
from retainerdesk.documents.own_words import own_word_fields
from retainerdesk.documents.unprintable import unprintable
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import Invoice
from tests.documents.samples import BUYER, FONTS, PLAIN, SELLER, in_german, invoice, line, pages_of, text_of

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
    pdf = render_invoice(sold_from("DE", paper), InvoiceLayout(FONTS, window=window))
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
    chosen = InvoiceLayout(FONTS, window=window)
    assert render_invoice(sold_from(country, paper), PLAIN) == render_invoice(
        sold_from(country, paper), chosen
    )


def test_with_the_window_on_the_right_number_and_dates_stand_on_the_left() -> None:
    pdf = render_invoice(invoice(), InvoiceLayout(FONTS, window=AddressWindow.RIGHT))
    assert place_of(pdf, "Your VAT id")[0] < 30
    assert place_of(render_invoice(invoice(), PLAIN), "Your VAT id")[0] > 110


@pytest.mark.parametrize(("quantity", "price"), [(True, False), (False, True), (False, False)])
def test_columns_that_are_not_wanted_leave_their_room_to_the_text(quantity: bool, price: bool) -> None:
    text = text_of(render_invoice(invoice(), InvoiceLayout(FONTS, show_quantity=quantity, show_price=price)))
    assert ("Quantity" in text, bool(re.search(r"\b3 h\b", text))) == (quantity, quantity)
    assert ("Price" in text, "€150.00" in text) == (price, price)
    assert "€450.00" in text


def test_columns_that_are_not_wanted_are_missing_overleaf_too() -> None:
    lines = [line(f"Item {number}", 1000, position=number) for number in range(60)]
    pages = pages_of(render_invoice(invoice(*lines), InvoiceLayout(FONTS, show_quantity=False)))
    assert all("Quantity" not in page for page in pages)
    assert "Brought forward" in pages[1]


def test_a_footer_stands_on_every_page_and_moves_nothing_below_the_edge() -> None:
    """Two lines of 11 points: the page ends 22 points higher."""
    lines = [line(f"Item {number:03}", 1000, position=number) for number in range(100)]
    footer = "Studio Nord GmbH · HRB 1 <Hamburg>\nOwner Ada & Co"
    pages = pages_of(render_invoice(invoice(*lines), InvoiceLayout(FONTS, footer=footer)))
    assert all("HRB 1 <Hamburg>" in page and "Owner Ada & Co" in page for page in pages)
    assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, start=1))
    assert sum(page.count("Item ") for page in pages) == 100


def test_a_footer_is_cut_after_four_lines() -> None:
    text = text_of(render_invoice(invoice(), InvoiceLayout(FONTS, footer="\n".join("abcdef"))))
    assert "\nd\n" in text
    assert "\ne\n" not in text


def test_own_words_replace_those_of_their_language_only() -> None:
    words = {"en": {"invoice": "Tax invoice", "please_pay": "Kindly send {amount} <soon>"}}
    options = InvoiceLayout(FONTS, texts=words)
    text = text_of(render_invoice(invoice(), options))
    assert "Tax invoice 2026-0042" in text
    assert "Kindly send €3,450.00 <soon>" in text
    assert text_of(render_invoice(in_german(invoice()), options)) == text_of(
        render_invoice(in_german(invoice()), PLAIN)
    )


def test_an_empty_own_word_leaves_the_usual_one() -> None:
    options = InvoiceLayout(FONTS, texts={"en": {"invoice": " "}})
    assert render_invoice(invoice(), options) == render_invoice(invoice(), PLAIN)


@pytest.mark.parametrize("name", own_word_fields())
def test_every_text_may_be_replaced_by_itself(name: str) -> None:
    from retainerdesk.documents.texts import TEXTS

    text = getattr(TEXTS["en"], name)
    InvoiceLayout(FONTS, texts={"en": {name: text}})


@pytest.mark.parametrize(
    ("language", "name", "text", "rule"),
    [
        ("it", "invoice", "Fattura", "layout.language"),
        ("en", "wording", "x", "layout.text"),
        ("en", "__class__", "x", "layout.text"),
        ("en", "please_pay", "Pay {amount.__class__}", "layout.placeholder"),
        ("en", "please_pay", "Pay {amount!r}", "layout.placeholder"),
        ("en", "please_pay", "Pay {amount:>999999999}", "layout.placeholder"),
        ("en", "please_pay", "Pay {iban}", "layout.placeholder"),
        ("en", "please_pay", "Pay {", "layout.placeholder"),
        ("en", "invoice", "{0}", "layout.placeholder"),
    ],
)
def test_own_words_that_cannot_be_filled_in_are_refused_at_their_field(
    language: str, name: str, text: str, rule: str
) -> None:
    with pytest.raises(RuleViolation) as refused:
        InvoiceLayout(FONTS, texts={language: {name: text}})
    assert refused.value.rule == rule
    assert (refused.value.field or "").startswith("texts")


def test_what_cannot_be_printed_in_them_is_said_before_issuing() -> None:
    options = InvoiceLayout(FONTS, footer="株", texts={"en": {"invoice": "א"}})
    assert [found.field for found in unprintable(replace(invoice(), reason="株"), options)] == [
        "reason",
        "footer",
        "texts.en.invoice",
    ]


def test_the_country_of_the_seller_still_decides_what_is_added_to_an_address() -> None:
    at_home = replace(sold_from("FR"), buyer=replace(BUYER, country="FR", address=("1 rue A", "75001 Paris")))
    assert "France" not in text_of(render_invoice(at_home, PLAIN))
