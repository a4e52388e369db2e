"""Values as JSON: the text the audit chain hashes, and snapshots that outlive a change of defaults."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retainerdesk.domain.account import Account, Business
from retainerdesk.domain.invoice import Invoice
from retainerdesk.domain.money import Money
from retainerdesk.domain.retainer import Retainer
from retainerdesk.domain.work import Call, WorkEntry
from retainerdesk.store.base import decimal_text
from retainerdesk.store.values_json import canonical, decode, short, whole
from tests.store.full_book import ACME, ADVISORY, BUSINESS, invoice


def test_the_canonical_text_is_pinned() -> None:
    """A change here makes every chain ever written fail its check: it needs a new format tag instead."""
    entry = WorkEntry("acme", "w-1", date(2025, 2, 3), 90, "ada", text="Zo\u0065\u0308")
    assert canonical(entry) == (
        '{"account_id":"acme","id":"w-1","minutes":90,"on":"2025-02-03","person_id":"ada","text":"Zo\u00eb"}'
    )
    assert canonical(None) == "null"
    assert canonical((Money(-1355, "EUR"), Decimal("1.50"), True)) == (
        '[{"currency":"EUR","minor":-1355},"1.5",true]'
    )


@pytest.mark.parametrize(
    "value", [BUSINESS, ACME, ADVISORY, invoice(1)], ids=lambda value: type(value).__name__
)
def test_both_forms_come_back_identical(value: Business | Account | Retainer | Invoice) -> None:
    assert decode(type(value), short(value)) == value
    assert decode(type(value), whole(value)) == value


def test_the_short_form_leaves_defaults_out_and_the_whole_form_keeps_them() -> None:
    account = Account("a", "A", "EUR")
    assert short(account) == {"id": "a", "name": "A", "currency": "EUR"}
    assert whole(account)["payment_terms_days"] == 14


def test_a_field_added_later_does_not_change_rows_written_before() -> None:
    @dataclass(frozen=True)
    class Before:
        name: str

    @dataclass(frozen=True)
    class After:
        name: str
        colour: str = "blue"

    assert canonical(Before("x")) == canonical(After("x"))
    assert decode(After, {"name": "x"}) == After("x", "blue")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1.50", "1.5"),
        ("100", "100"),
        ("1E+2", "100"),
        ("-0.0", "0"),
        ("0.0001", "0.0001"),
        ("-2.10", "-2.1"),
    ],
)
def test_a_decimal_has_one_text(value: str, text: str) -> None:
    assert decimal_text(Decimal(value)) == text


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_a_number_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        decimal_text(Decimal(value))


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4), st.text(), st.datetimes())
def test_any_text_number_and_time_survives(number: Decimal, words: str, at: datetime) -> None:
    assert Decimal(decimal_text(number)) == number
    call = Call("a", "c", at, 5, words, contact_ids=(words,))
    assert decode(Call, short(call)) == call


def test_what_no_row_of_ours_holds_is_refused_and_no_crash() -> None:
    """A flipped bit in the head of a row turns a text into bytes; the check reports the TypeError."""
    with pytest.raises(TypeError, match="bytes has no form"):
        short(replace(ACME, name=b"ACME"))  # type: ignore[arg-type]
