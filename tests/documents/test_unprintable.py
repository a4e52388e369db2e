"""What cannot be printed as typed is named before an invoice is issued."""

import unicodedata
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from retainerdesk.documents.characters import Obstacle
from retainerdesk.documents.invoice_pdf import render_invoice
from retainerdesk.documents.layout import InvoiceLayout
from retainerdesk.documents.logos import LogoProblem
from retainerdesk.documents.unprintable import Unprintable, logo_problem, unprintable
from retainerdesk.domain.invoice import Invoice
from tests.documents.samples import BUYER, FONTS, PLAIN, SELLER, invoice, line, squeezed, text_of


def named(text: str) -> Invoice:
    return replace(invoice(), buyer=replace(BUYER, name=text))


def test_an_invoice_in_latin_greek_and_cyrillic_has_nothing_to_report() -> None:
    assert unprintable(named("Łódź Ελληνικά Ромашка Đặng “x” – €"), PLAIN) == ()


@pytest.mark.parametrize(
    ("char", "reason", "name"),
    [
        ("株", Obstacle.NO_GLYPH, "U+682A CJK UNIFIED IDEOGRAPH-682A"),
        ("😀", Obstacle.NO_GLYPH, "U+1F600 GRINNING FACE"),
        ("◐", Obstacle.NO_GLYPH, "U+25D0 CIRCLE WITH LEFT HALF BLACK"),
        ("א", Obstacle.SHAPING, "U+05D0 HEBREW LETTER ALEF"),
        ("ع", Obstacle.SHAPING, "U+0639 ARABIC LETTER AIN"),
        ("٣", Obstacle.SHAPING, "U+0663 ARABIC-INDIC DIGIT THREE"),
        ("क", Obstacle.SHAPING, "U+0915 DEVANAGARI LETTER KA"),
        ("ก", Obstacle.SHAPING, "U+0E01 THAI CHARACTER KO KAI"),
        ("\u202e", Obstacle.DIRECTION, "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\u2066", Obstacle.DIRECTION, "U+2066 LEFT-TO-RIGHT ISOLATE"),
        ("\u200b", Obstacle.INVISIBLE, "U+200B ZERO WIDTH SPACE"),
        ("\x00", Obstacle.INVISIBLE, "U+0000"),
        ("\x1b", Obstacle.INVISIBLE, "U+001B"),
        ("\ud800", Obstacle.INVISIBLE, "U+D800"),
        ("\u0338", Obstacle.SHAPING, "U+0338 COMBINING LONG SOLIDUS OVERLAY"),
    ],
)
def test_a_character_no_font_can_draw_right_is_named(char: str, reason: Obstacle, name: str) -> None:
    assert unprintable(named(f"A{char}B{char}"), PLAIN) == (Unprintable("buyer.name", char, name, reason),)


@pytest.mark.parametrize("char", ["株", "א", "\u202e", "\x00", "\ud800", "क"])
def test_such_a_character_is_never_an_exception_and_what_stands_beside_it_prints(char: str) -> None:
    text = squeezed(text_of(render_invoice(named(f"Before{char}After"), PLAIN)))
    assert "Before" in text
    assert "After" in text
    assert char not in text


def test_every_field_that_is_printed_is_looked_at() -> None:
    bad = "株"
    seller = replace(
        SELLER,
        name=bad,
        address=("Kai 1", bad),
        tax_id=bad,
        email=bad,
        iban=bad,
        bic=bad,
        bank_name=bad,
        invoice_note=bad,
    )
    lines = (line(), replace(line(bad), details=("fine", bad), unit=bad))
    group = replace(invoice().totals.tax[0], reason=bad)
    printed = replace(
        invoice(*lines, groups=(group,)),
        number=bad,
        seller=seller,
        buyer=replace(BUYER, name=bad, address=(bad,), tax_id=bad),
    )
    fields = [found.field for found in unprintable(printed, InvoiceLayout(FONTS, subject=bad))]
    assert fields == [
        "number",
        "seller.name",
        "seller.address[1]",
        "seller.tax_id",
        "seller.email",
        "seller.iban",
        "seller.bic",
        "seller.bank_name",
        "seller.invoice_note",
        "buyer.name",
        "buyer.address[0]",
        "buyer.tax_id",
        "subject",
        "lines[1].text",
        "lines[1].details[1]",
        "lines[1].unit",
        "totals.tax[0].reason",
    ]


def test_decomposed_letters_are_composed_and_line_breaks_are_fine() -> None:
    typed = unicodedata.normalize("NFD", "Łódź Éva")
    assert unprintable(named(typed + "\n\tB"), PLAIN) == ()
    assert "Łódź Éva" in text_of(render_invoice(named(typed), PLAIN))


def png(width: int, height: int) -> bytes:
    target = BytesIO()
    Image.new("1", (width, height)).save(target, "PNG")
    return target.getvalue()


@pytest.mark.parametrize(
    ("logo", "problem"),
    [
        (None, None),
        (png(40, 40), None),
        (b"", None),
        (b"not an image", LogoProblem.NOT_AN_IMAGE),
        (png(400, 400)[:60], LogoProblem.NOT_AN_IMAGE),
        (b"GIF89a" + bytes(40), LogoProblem.NOT_AN_IMAGE),
        (png(4000, 4000), LogoProblem.TOO_LARGE),
        (png(20000, 20000), LogoProblem.TOO_LARGE),
    ],
    ids=["none", "good", "empty", "text", "truncated", "gif", "large", "bomb"],
)
def test_a_logo_that_will_be_left_out_is_reported_before_issuing(
    logo: bytes | None, problem: LogoProblem | None
) -> None:
    options = InvoiceLayout(FONTS, logo=logo)
    assert logo_problem(options) is problem
    assert render_invoice(invoice(), options)
