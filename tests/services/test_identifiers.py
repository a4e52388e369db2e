"""Numbers of banks and tax offices when they are typed or imported. Samples are published ones."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retainerdesk.domain.account import Account, Business
from retainerdesk.domain.book import AccountFile, Book
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.services.identifiers import checked_bic, checked_iban, checked_tax_id, id_notes

BUSINESS = Business(
    "Nord", country="DE", iban="DE89370400440532013000", bic="COBADEFFXXX", tax_id="DE136695976"
)


@pytest.mark.parametrize(
    ("typed", "country", "kept"),
    [
        ("DE 136 695 976", "DE", "DE136695976"),
        ("CHE-107.787.577", "CH", "CHE107787577"),
        ("CHE-107.787.577 MWST", "CH", "CHE107787577MWST"),
        ("12/345/67890", "DE", "12/345/67890"),
        ("136695976", "DE", "136695976"),
        ("US 12-3456789", "US", "US 12-3456789"),
        ("  ", "DE", None),
    ],
)
def test_vat_ids_are_stored_plain_and_local_numbers_as_they_are(
    typed: str, country: str, kept: str | None
) -> None:
    assert checked_tax_id(typed, country) == kept


@pytest.mark.parametrize(
    ("typed", "country", "words"),
    [("DE136695977", "DE", "not a VAT id of DE"), ("CHE-107.787.578", "CH", "not a Swiss UID")],
)
def test_a_wrong_digit_is_said_at_its_field(typed: str, country: str, words: str) -> None:
    with pytest.raises(RuleViolation, match=words) as caught:
        checked_tax_id(typed, country)
    assert caught.value.field == "tax_id"


def test_an_empty_bank_number_is_none() -> None:
    assert (checked_iban(" "), checked_bic("")) == (None, None)


def test_an_imported_book_is_taken_and_what_is_wrong_is_noted_by_its_path() -> None:
    good = Book(
        BUSINESS, accounts=(AccountFile(Account("a", "A", "EUR", country="AT", tax_id="ATU13585627")),)
    )
    assert list(id_notes(good)) == []
    wrong = Book(
        replace(BUSINESS, iban="DE88370400440532013000", bic="COBA", tax_id="DE123456789"),
        accounts=(AccountFile(Account("a", "A", "EUR", country="AT", tax_id="ATU13585628")),),
    )
    assert [note.split(":")[0] for note in id_notes(wrong)] == [
        "business.iban",
        "business.bic",
        "business.tax_id",
        "accounts[0].tax_id",
    ]
