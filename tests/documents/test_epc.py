"""The payment code, read back from the rendered page by a decoder that knows nothing of who wrote it."""

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
import zxingcpp

from retainerdesk.documents.epc import epc_payload, payment_modules
from retainerdesk.documents.invoice_pdf import render_invoice
from retainerdesk.documents.layout import InvoiceLayout
from retainerdesk.domain.document_look import DocumentLook, PaymentCode
from retainerdesk.domain.invoice import Instalment, Invoice, InvoiceStatus
from retainerdesk.domain.money import Money
from tests.documents.samples import FONTS, PLAIN, SELLER, credit_note, invoice, line, text_of

DPI = 150
NO_CODE = DocumentLook(payment_code=PaymentCode.NONE)

# Service tag, version, UTF-8, transfer; BIC, name, IBAN, amount; purpose, structured and free reference.
PAYLOAD = """BCD
002
1
SCT
COBADEFFXXX
Studio Nord
DE89370400440532013000
EUR3450.00


2026-0042"""


def codes_on(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pictures = [page.render(scale=DPI / 72).to_pil().convert("L") for page in document]
    finally:
        document.close()
    return [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)]


def printed_codes(printed: Invoice, options: InvoiceLayout = PLAIN) -> list[str]:
    return codes_on(render_invoice(printed, options))


def test_the_page_carries_the_code_of_the_standard_line_by_line() -> None:
    assert printed_codes(invoice()) == [PAYLOAD]


@pytest.mark.parametrize("locale", ["en_GB", "de_DE", "fr_FR", "es_ES"])
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_it_is_read_on_every_paper_and_in_every_language(paper: str, locale: str) -> None:
    printed = replace(invoice(), seller=replace(SELLER, paper=paper))
    assert printed_codes(printed, InvoiceLayout(FONTS, locale=locale)) == [PAYLOAD]


def test_the_largest_code_is_read_too() -> None:
    """70 letters of two bytes and a long number: 140 + 22 + 11 + … of at most 331 bytes, version 12."""
    long = replace(invoice(), seller=replace(SELLER, name="Ä" * 70), number="N" * 100)
    (code,) = printed_codes(long)
    assert code.split("\n")[5] == "Ä" * 70
    assert code.split("\n")[-1] == "N" * 100
    modules = payment_modules(long)
    assert modules is not None
    assert len(modules) <= 69


@pytest.mark.parametrize(("minor", "text"), [(1, "EUR0.01"), (99_999_999_999, "EUR999999999.99")])
def test_the_amount_may_be_what_the_standard_allows(minor: int, text: str) -> None:
    payload = epc_payload(SELLER, Money(minor, "EUR"), "1")
    assert payload is not None
    assert payload.split("\n")[7] == text


@pytest.mark.parametrize(
    "printed",
    [
        invoice(line(net=0)),
        invoice(line(net=-100)),
        invoice(line(net=100_000_000_000)),
        invoice(line(net=345000, currency="USD")),
        replace(invoice(), seller=replace(SELLER, iban="DE88370400440532013000")),
        replace(invoice(), seller=replace(SELLER, iban=None)),
        replace(invoice(), seller=replace(SELLER, name="x" * 71)),
        replace(invoice(), status=InvoiceStatus.VOID),
        credit_note(),
    ],
    ids=["zero", "negative", "too much", "dollars", "wrong iban", "no iban", "long name", "void", "credit"],
)
def test_what_cannot_be_transferred_has_no_code(printed: Invoice) -> None:
    pdf = render_invoice(printed, PLAIN)
    assert codes_on(pdf) == []
    assert "Scan with" not in text_of(pdf)


def test_a_business_may_leave_it_out() -> None:
    assert printed_codes(replace(invoice(), seller=replace(SELLER, look=NO_CODE))) == []


def test_line_breaks_in_a_name_or_number_move_no_element() -> None:
    """A name that carries an account of its own stays one element."""
    seller = replace(SELLER, name="Studio\nGB29NWBK60161331926819\r\u2028Nord")
    payload = epc_payload(seller, Money(100, "EUR"), "1\n2")
    assert payload is not None
    elements = payload.split("\n")
    assert len(elements) == 11
    assert elements[5:8] == ["Studio GB29NWBK60161331926819 Nord", "DE89370400440532013000", "EUR1.00"]
    assert elements[10] == "1 2"


def test_a_bic_that_is_none_is_left_empty_as_version_2_allows() -> None:
    for bic in (None, "", "no bic"):
        payload = epc_payload(replace(SELLER, bic=bic), Money(100, "EUR"), "1")
        assert payload is not None
        assert payload.split("\n")[4] == ""


def test_with_instalments_the_code_asks_for_the_first() -> None:
    parts = (
        Instalment(date(2026, 12, 6), Money(200000, "EUR")),
        Instalment(date(2027, 1, 6), Money(145000, "EUR")),
    )
    printed = replace(invoice(), instalments=parts)
    (code,) = printed_codes(printed)
    assert code.split("\n")[7] == "EUR2000.00"
    assert "The code asks for part 1." in text_of(render_invoice(printed, PLAIN))


def test_what_is_withheld_is_not_asked_for() -> None:
    """Payable, not gross: 3,450.00 rounded by −0.01."""
    printed = replace(invoice(), rounding=Money(-1, "EUR"))
    assert printed_codes(printed)[0].split("\n")[7] == "EUR3449.99"
