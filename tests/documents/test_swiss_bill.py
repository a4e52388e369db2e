"""The Swiss QR-bill: its text worked by hand from the standard, and read back from the rendered page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from stdnum import iso11649
from stdnum.ch import esr

from retainerdesk.documents.invoice_pdf import render_invoice
from retainerdesk.documents.postal import postal_address
from retainerdesk.documents.swiss_payload import creditor_reference, qr_reference, swiss_bill
from retainerdesk.domain.account import Account, Business
from retainerdesk.domain.document_look import DocumentLook, PaymentCode
from retainerdesk.domain.invoice import Instalment, Invoice, InvoiceStatus
from retainerdesk.domain.money import Money
from tests.documents.samples import PLAIN, credit_note, invoice, line, pages_of, text_of
from tests.documents.test_epc import codes_on

QR_IBAN, IBAN = "CH4431999123000889012", "CH5800791123000889012"
SCHNEIDER = Business(
    name="Robert Schneider AG",
    address=("Rue du Lac 1268", "2501 Biel"),
    country="CH",
    iban=QR_IBAN,
    currency="CHF",
)
RUTSCHMANN = Account(
    id="pm",
    name="Pia-Maria Rutschmann-Schnyder",
    currency="CHF",
    locale="de_CH",
    address=("Grosse Marktgasse 28", "9400 Rorschach"),
    country="CH",
)
NUMBER = "21000000000313947143000901"
# The example of the Implementation Guidelines with a QR reference, without what is optional after EPD.
EXAMPLE = """SPC
0200
1
CH4431999123000889012
S
Robert Schneider AG
Rue du Lac
1268
2501
Biel
CH







1949.75
CHF
S
Pia-Maria Rutschmann-Schnyder
Grosse Marktgasse
28
9400
Rorschach
CH
QRR
210000000003139471430009017
Rechnung 21000000000313947143000901
EPD"""


def swiss(net: int = 194975, currency: str = "CHF", number: str = NUMBER, **seller: object) -> Invoice:
    """The example as an invoice: 1,949.75 without tax."""
    sold_by = replace(SCHNEIDER, **seller)  # type: ignore[arg-type]
    sent = invoice(line("Beratung", net, currency))
    return replace(sent, number=number, seller=sold_by, buyer=RUTSCHMANN)


def test_the_payload_is_the_one_of_the_standards_example() -> None:
    bill = swiss_bill(SCHNEIDER, RUTSCHMANN, Money(194975, "CHF"), NUMBER, f"Rechnung {NUMBER}")
    assert bill is not None
    assert bill.payload == EXAMPLE


def test_the_code_on_the_page_says_so_too() -> None:
    assert codes_on(render_invoice(swiss(), PLAIN)) == [EXAMPLE]


@pytest.mark.parametrize("locale", ["de_CH", "fr_CH", "en_GB", "es_ES"])
def test_it_is_read_in_every_language_and_after_many_pages(locale: str) -> None:
    lines = [line(f"Item {number}", 1000, "CHF", position=number) for number in range(60)]
    many = replace(swiss(), lines=tuple(lines), buyer=replace(RUTSCHMANN, locale=locale))
    (code,) = codes_on(render_invoice(many, PLAIN))
    assert code.splitlines()[:4] == EXAMPLE.splitlines()[:4]


@pytest.mark.parametrize("digits", ["1", "20260042", "313947143000901", NUMBER, "9" * 26])
def test_a_qr_reference_has_the_check_digit_a_second_program_finds(digits: str) -> None:
    made = qr_reference(digits)
    assert len(made) == 27
    assert made[-1] == esr.calc_check_digit(made[:-1])


@pytest.mark.parametrize("letters", ["539007547034", "20260042", "A", "ABC123XYZ", "Z" * 21])
def test_a_creditor_reference_is_valid_for_a_second_program(letters: str) -> None:
    assert iso11649.is_valid(creditor_reference(letters))


def test_the_creditor_reference_of_the_standards_example() -> None:
    assert creditor_reference("539007547034") == "RF18539007547034"


def test_an_ordinary_account_gets_a_creditor_reference_made_of_the_number() -> None:
    """2026-0042: RF and two check digits before 20260042."""
    text = text_of(render_invoice(swiss(number="2026-0042", iban=IBAN), PLAIN)).replace("\u00a0", " ")
    reference = creditor_reference("20260042")
    assert reference[4:] == "20260042"
    assert f"{reference[:4]} 2026 0042" in text
    bill = swiss_bill(replace(SCHNEIDER, iban=IBAN), RUTSCHMANN, Money(1, "EUR"), "/", "")
    assert bill is not None
    assert (bill.kind, bill.reference) == ("NON", "")


@pytest.mark.parametrize(
    ("seller", "amount", "number"),
    [
        (replace(SCHNEIDER, iban="DE89370400440532013000"), Money(1, "CHF"), "1"),
        (replace(SCHNEIDER, iban="CH4431999123000889013"), Money(1, "CHF"), "1"),
        (replace(SCHNEIDER, iban=None), Money(1, "CHF"), "1"),
        (SCHNEIDER, Money(1, "USD"), "1"),
        (SCHNEIDER, Money(0, "CHF"), "1"),
        (SCHNEIDER, Money(-1, "CHF"), "1"),
        (SCHNEIDER, Money(10**11, "CHF"), "1"),
        (SCHNEIDER, Money(1, "CHF"), "no digits"),
        (SCHNEIDER, Money(1, "CHF"), "1" * 27),
        (replace(SCHNEIDER, address=("Rue du Lac 1268",)), Money(1, "CHF"), "1"),
        (replace(SCHNEIDER, address=()), Money(1, "CHF"), "1"),
        (replace(SCHNEIDER, country=""), Money(1, "CHF"), "1"),
        (replace(SCHNEIDER, name="株式会社"), Money(1, "CHF"), "1"),
        (replace(SCHNEIDER, name="N" * 71), Money(1, "CHF"), "1"),
    ],
)
def test_without_a_place_in_the_standard_there_is_no_bill(
    seller: Business, amount: Money, number: str
) -> None:
    assert swiss_bill(seller, RUTSCHMANN, amount, number, "") is None


@pytest.mark.parametrize("name", ["株式会社", "N" * 71])
def test_a_debtor_the_code_cannot_hold_is_left_to_be_written_in(name: str) -> None:
    sent = replace(swiss(), buyer=replace(RUTSCHMANN, name=name))
    pdf = render_invoice(sent, PLAIN)
    (code,) = codes_on(pdf)
    assert code.splitlines()[20:27] == [""] * 7
    assert text_of(pdf).count("Zahlbar durch (Name/Adresse)") == 2


def test_a_value_cannot_push_another_out_of_its_element() -> None:
    sent = replace(swiss(), seller=replace(SCHNEIDER, name="Robert\nSchneider\r\nAG"))
    assert codes_on(render_invoice(sent, PLAIN)) == [EXAMPLE]


def test_receipt_and_payment_part_have_the_words_of_the_guidelines() -> None:
    text = text_of(render_invoice(swiss(), PLAIN)).replace("\u00a0", " ")
    for words in ("Empfangsschein", "Zahlteil", "Annahmestelle", "Zusätzliche Informationen"):
        assert text.count(words) == 1
    for words in ("Konto / Zahlbar an", "Referenz", "Zahlbar durch", "Währung", "Betrag", "1 949.75"):
        assert text.count(words) >= 2
    assert text.count("21 00000 00003 13947 14300 09017") == 2
    assert text.count("CH44 3199 9123 0008 8901 2") == 2


def test_the_slip_stands_once_on_the_last_page_and_nothing_runs_into_it() -> None:
    lines = [line(f"Item {number:03}", 1000, "CHF", position=number) for number in range(40)]
    pages = pages_of(render_invoice(replace(swiss(), lines=tuple(lines)), PLAIN))
    assert ["Zahlteil" in page for page in pages] == [False] * (len(pages) - 1) + [True]
    assert sum(page.count("Item ") for page in pages) == 40
    assert all(f"Seite {number} von {len(pages)}" in page for number, page in enumerate(pages, start=1))


def test_an_instalment_plan_asks_for_its_first_part() -> None:
    parts = (
        Instalment(invoice().due_on, Money(100000, "CHF")),
        Instalment(invoice().due_on, Money(94975, "CHF")),
    )
    (code,) = codes_on(render_invoice(replace(swiss(), instalments=parts), PLAIN))
    assert code.splitlines()[18] == "1000.00"


def test_no_slip_on_other_documents_other_paper_or_against_the_business_wish() -> None:
    void = replace(swiss(), status=InvoiceStatus.VOID)
    note = replace(credit_note(), seller=SCHNEIDER)
    letter = replace(swiss(), seller=replace(SCHNEIDER, paper="Letter"))
    european = swiss(look=DocumentLook(payment_code=PaymentCode.EPC))
    for sent in (void, note, letter, european):
        assert "Zahlteil" not in text_of(render_invoice(sent, PLAIN))
        assert codes_on(render_invoice(sent, PLAIN)) == []


def test_the_same_bill_gives_the_same_bytes() -> None:
    assert render_invoice(swiss(), PLAIN) == render_invoice(swiss(), PLAIN)


@pytest.mark.parametrize(
    ("lines", "parts"),
    [
        (("Bahnhofstrasse 1a", "8001 Zürich"), ("Bahnhofstrasse", "1a", "8001", "Zürich")),
        (("Jo Reed", "1 High St", "London EC1A 1AA"), ("1 High St", "", "EC1A 1AA", "London")),
        (("Postfach", "CH-3000 Bern", "Schweiz"), ("Postfach", "", "3000", "Bern")),
        (("Damrak 1-3", "1012 AB Amsterdam"), ("Damrak", "1-3", "1012 AB", "Amsterdam")),
        (("1 Main St", "Springfield, IL 62704"), ("1 Main St", "", "IL 62704", "Springfield")),
        (("9490 Vaduz",), ("", "", "9490", "Vaduz")),
    ],
)
def test_a_typed_address_is_taken_apart(lines: tuple[str, ...], parts: tuple[str, ...]) -> None:
    address = postal_address("Jo", lines, "CH")
    assert address is not None
    assert address.parts[1:5] == parts


def test_an_address_without_a_town_stays_unknown() -> None:
    assert postal_address("Jo", ("c/o 7 Friends", "Somewhere"), "CH") is None
