"""Invoices print what was typed, on as many pages as it takes, in the same bytes every time."""

import os
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from retainerdesk.documents.fonts import FontSet
from retainerdesk.documents.invoice_pdf import render_invoice
from retainerdesk.documents.layout import InvoiceLayout
from retainerdesk.domain.account import Business, TaxCategory
from retainerdesk.domain.document_look import DocumentLook
from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.domain.invoice import InvoiceStatus, TaxTotal
from retainerdesk.domain.money import Money
from tests.documents.samples import (
    BUYER,
    FONTS,
    PLAIN,
    SELLER,
    hours,
    in_german,
    invoice,
    line,
    squeezed,
    text_of,
)

TYPED = [
    "Tom & Jerry <Ltd>",
    "<img src='/etc/passwd'>",
    '<font color="[[[getattr(pow,Word)]]]">x</font>',
    "<b>bold</b><br/>",
    "AT&T",
    "R&D",
    "A <B",
    "&amp; &#65; &lt;",
    "Łódź",
    "Ελληνικά",
    "Ромашка",
    "50 % of {amount} {0} %s \\n $HOME",
    "“quoted” – ‘dash’ … €£¥₹",
]


@pytest.mark.parametrize("typed", TYPED)
def test_what_was_typed_is_printed_as_it_was_typed(typed: str) -> None:
    printed = invoice(replace(line(text=f"line {typed}"), details=(f"detail {typed}",), unit="h"))
    seller = replace(SELLER, name=f"seller {typed}", invoice_note=f"note {typed}")
    buyer = replace(BUYER, name=f"buyer {typed}", address=(f"street {typed}",))
    text = text_of(render_invoice(replace(printed, seller=seller, buyer=buyer), PLAIN))
    for where in ("line", "detail", "seller", "note", "buyer", "street"):
        assert squeezed(f"{where} {typed}") in squeezed(text)


def test_an_invoice_says_everything_the_law_and_the_bank_want() -> None:
    """3,000.00 + 3 × 150.00 = 3,450.00; 15 November to before 15 December is shown up to the 14th."""
    text = text_of(render_invoice(invoice(), InvoiceLayout(FONTS, subject="Agreement of 31 January 2025")))
    for said in (
        "Invoice 2026-0042",
        "22 November 2026",
        "6 December 2026",
        "VAT id DE123456789",
        "GB123456789",
        "United Kingdom",
        "Agreement of 31 January 2025",
        "15 Nov – 14 Dec 2026",
        "15 Oct – 14 Nov 2026",
        "3 h",
        "€150.00",
        "23 hours worked, 20 included; list attached",
        "€3,450.00",
        "VAT, reverse charge",
        "Please pay €3,450.00 by 6 December 2026 with reference 2026-0042",
        "Studio Nord · DE89 3704 0044 0532 0130 00 · COBADEFFXXX",
        "Payable within 14 days of the invoice date, without deduction.",
        "chain 7f3a 91c2",
        "Page 1 of 1",
    ):
        assert said in text


def test_a_german_buyer_gets_german_words_dates_and_figures() -> None:
    text = " ".join(text_of(render_invoice(in_german(invoice()), PLAIN)).split())
    for said in (
        "Rechnung 2026-0042",
        "22. November 2026",
        "15. Nov. – 14. Dez. 2026",
        "3.450,00 €",
        "Bitte zahlen Sie 3.450,00 € bis 6. Dezember 2026 mit dem Verwendungszweck 2026-0042",
        "Zahlbar innerhalb von 14 Tagen ab Rechnungsdatum, ohne Abzug.",
        "Vereinigtes Königreich",
        "Kette 7f3a 91c2",
        "Seite 1 von 1",
    ):
        assert said in text


def test_a_country_is_added_only_when_the_letter_leaves_it() -> None:
    at_home = replace(invoice(), buyer=replace(BUYER, country="DE", address=("Kai 2", "20457 Hamburg")))
    assert "Germany" not in text_of(render_invoice(at_home, PLAIN))
    typed = replace(BUYER, address=("1 High St", "UNITED KINGDOM"))
    text = text_of(render_invoice(replace(invoice(), buyer=typed), PLAIN))
    assert "UNITED KINGDOM" in text
    assert "United Kingdom" not in text


def test_one_service_period_stands_beside_the_dates() -> None:
    assert "Service period" in text_of(render_invoice(invoice(line()), PLAIN))
    assert "Service period" not in text_of(render_invoice(invoice(line(), hours()), PLAIN))


@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("Letter", (612, 792))])
def test_the_paper_is_the_sellers(paper: str, size: tuple[int, int]) -> None:
    pdf = render_invoice(replace(invoice(), seller=replace(SELLER, paper=paper)), PLAIN)
    document = pypdfium2.PdfDocument(pdf)
    width, height = document[0].get_size()
    document.close()
    assert (round(width), round(height)) == size
    assert ("Bill to" in text_of(pdf)) is (paper == "Letter")


def test_the_address_shows_through_the_window_of_a_din_envelope() -> None:
    """DIN 5008 form B: 20 to 110 mm from the left, 45 to 90 mm from the top; a point is 25.4/72 mm."""
    document = pypdfium2.PdfDocument(render_invoice(invoice(), PLAIN))
    page = document[0]
    found = {}
    text = page.get_textpage()
    for word in ("Jo Reed", "United Kingdom"):
        index, _ = text.search(word).get_next()
        left, bottom, _, top = text.get_charbox(index)
        found[word] = (left * 25.4 / 72, 297 - top * 25.4 / 72, 297 - bottom * 25.4 / 72)
    document.close()
    assert all(left > 20 and top > 45 and bottom < 90 for left, top, bottom in found.values())


def test_an_empty_business_and_an_empty_address_print() -> None:
    bare = replace(invoice(), seller=Business(), buyer=replace(BUYER, name="", address=()), chain_head="")
    assert "To pay" in text_of(render_invoice(bare, PLAIN))


def test_an_invoice_without_lines_prints_its_totals() -> None:
    empty = replace(invoice(), lines=())
    assert "To pay" in text_of(render_invoice(empty, PLAIN))


def test_nothing_to_pay_asks_for_nothing() -> None:
    text = text_of(render_invoice(invoice(line(net=0)), PLAIN))
    assert "There is nothing to pay." in text
    assert "Please pay" not in text


def test_a_negative_line_has_a_minus_and_a_negative_sum_is_in_the_buyers_favour() -> None:
    """−13.55 to correct a fee: U+2212, not a hyphen, and 13.55 credited."""
    text = text_of(render_invoice(invoice(line(net=-1355)), PLAIN))
    assert "−€13.55" in text
    assert "In your favour €13.55" in text
    assert "We credit €13.55 to you" in text


def test_a_void_invoice_says_so_and_asks_for_nothing() -> None:
    text = text_of(render_invoice(replace(invoice(), status=InvoiceStatus.VOID), PLAIN))
    assert "This invoice is void." in text
    assert "To pay" not in text
    assert "Please pay" not in text


@pytest.mark.parametrize(
    ("currency", "minor", "printed"), [("JPY", 3450, "JP¥3,450"), ("BHD", 3450001, "BHD 3,450.001")]
)
def test_amounts_have_exactly_the_digits_of_their_currency(currency: str, minor: int, printed: str) -> None:
    assert printed in text_of(render_invoice(invoice(line(net=minor, currency=currency)), PLAIN))


def test_several_rates_name_their_bases() -> None:
    """19 % of 100.00 is 19.00, 7 % of 50.00 is 3.50."""
    groups = (
        TaxTotal(TaxCategory.STANDARD, Decimal(19), Money(10000, "EUR"), Money(1900, "EUR")),
        TaxTotal(TaxCategory.REDUCED, Decimal(7), Money(5000, "EUR"), Money(350, "EUR")),
    )
    text = text_of(render_invoice(invoice(line(net=10000), line(net=5000), groups=groups), PLAIN))
    assert "VAT 19% on €100.00 €19.00" in text
    assert "VAT 7% on €50.00 €3.50" in text
    assert "To pay €172.50" in text


SCRIPT = """
import hashlib
from retainerdesk.documents.invoice_pdf import render_invoice
from tests.documents.samples import PLAIN, in_german, invoice
both = render_invoice(invoice(), PLAIN) + render_invoice(in_german(invoice()), PLAIN)
print(hashlib.sha256(both).hexdigest())
"""


def test_two_processes_print_the_same_bytes() -> None:
    """Another hash seed, another clock zone, another language of the machine."""
    root = Path(__file__).resolve().parents[2]
    prints = set()
    for seed, zone, language in (("1", "UTC", "C"), ("2", "Pacific/Kiritimati", "de_DE.UTF-8")):
        env = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LANG": language, "PYTHONPATH": str(root)}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT], env=env, cwd=root, check=True, capture_output=True
        )
        prints.add(done.stdout)
    assert len(prints) == 1


def test_printing_again_gives_the_same_bytes_whatever_was_printed_between() -> None:
    first = render_invoice(invoice(), PLAIN)
    render_invoice(in_german(invoice(line("другое"))), PLAIN)
    assert render_invoice(invoice(), PLAIN) == first


def test_the_file_says_what_it_is_and_when_it_was_issued() -> None:
    pdf = render_invoice(in_german(invoice()), PLAIN)
    document = pypdfium2.PdfDocument(pdf)
    about = document.get_metadata_dict()
    document.close()
    assert about["Title"] == "Rechnung 2026-0042"
    assert about["Author"] == "Studio Nord"
    assert about["Subject"] == "ACME & Söhne <Ltd>"
    assert about["CreationDate"] == about["ModDate"] == "D:20261122000000Z"
    assert b"/Lang (de-DE)" in pdf


def test_every_font_is_embedded_and_none_is_pdfs_own() -> None:
    pdf = render_invoice(invoice(), PLAIN)
    assert b"Helvetica" not in pdf
    assert pdf.count(b"/FontFile2") == 2


def test_a_page_is_drawn_and_its_bar_has_the_brands_colour() -> None:
    """#0f766e is (15, 118, 110); the bar is 4.5 points high, so its second pixel is all bar."""
    green = replace(SELLER, look=DocumentLook(accent="#0f766e"))
    document = pypdfium2.PdfDocument(render_invoice(replace(invoice(), seller=green), PLAIN))
    picture = document[0].render(scale=1).to_pil().convert("RGB")
    document.close()
    assert picture.getpixel((300, 1)) == (15, 118, 110)
    dark = sum(picture.convert("L").histogram()[:100])
    assert 1000 < dark < 100_000


def test_a_missing_font_is_a_problem_with_a_way_out() -> None:
    nowhere = FontSet(Path("no-such-regular.ttf"), Path("no-such-bold.ttf"))
    with pytest.raises(EnvironmentProblem) as problem:
        render_invoice(invoice(), InvoiceLayout(nowhere))
    assert "no-such-regular.ttf" in problem.value.message
    assert problem.value.way_out


def test_a_logo_is_printed_and_a_broken_one_is_left_out() -> None:
    target = BytesIO()
    Image.new("RGBA", (400, 100), (200, 30, 30, 255)).save(target, "PNG")
    plain = render_invoice(invoice(), PLAIN)
    with_logo = render_invoice(invoice(), InvoiceLayout(FONTS, logo=target.getvalue()))
    assert b"/Subtype /Image" in with_logo
    assert render_invoice(invoice(), InvoiceLayout(FONTS, logo=b"no image")) == plain


def test_reportlab_finds_no_fonts_and_parses_no_markup_for_us() -> None:
    """Its font finder unpickles a cache from the temporary folder; its Paragraph reads files."""
    # The payment code is left out: segno imports urllib for formats of its own that nobody asks it for.
    script = (
        "import sys\n"
        "from dataclasses import replace\n"
        "from retainerdesk.documents.invoice_pdf import render_invoice\n"
        "from tests.documents.samples import PLAIN, SELLER, invoice\n"
        "render_invoice(replace(invoice(), seller=replace(SELLER, iban=None)), PLAIN)\n"
        "bad = [m for m in sys.modules if m in ('reportlab.lib.fontfinder', 'reportlab.platypus.paraparser', "
        "'urllib.request')]\n"
        "assert not bad, bad\n"
    )
    root = Path(__file__).resolve().parents[2]
    env = os.environ | {"PYTHONPATH": str(root)}
    subprocess.run([sys.executable, "-c", script], env=env, cwd=root, check=True)


def test_importing_the_documents_layer_imports_no_reportlab() -> None:
    script = (
        "import sys\nimport retainerdesk.documents.invoice_pdf, retainerdesk.documents.unprintable\n"
        "assert not {'reportlab', 'babel', 'PIL', 'segno', 'stdnum'} & set(sys.modules)\n"
    )
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-c", script], cwd=root, check=True)
