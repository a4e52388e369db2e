"""Bank numbers are checked by form and check digits. The examples are those printed by ISO 13616."""

import pytest

from retainerdesk.desktop.fields.bank_numbers import grouped_iban, parse_bic, parse_iban
from retainerdesk.domain.errors import RuleViolation


@pytest.mark.parametrize(
    "typed", ["DE89 3704 0044 0532 0130 00", "gb82west12345698765432", "NO93 8601 1117 947"]
)
def test_a_good_iban_is_kept_without_spaces(typed: str) -> None:
    assert parse_iban(typed) == "".join(typed.split()).upper()


@pytest.mark.parametrize(
    "typed",
    ["DE88 3704 0044 0532 0130 00", "DE89 3704 0044 0532 0103 00", "DE89", "DE8937040044053201300", "x"],
)
def test_a_wrong_or_swapped_digit_is_refused(typed: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        parse_iban(typed)
    assert refused.value.field == "iban"


def test_no_iban_is_no_mistake() -> None:
    assert parse_iban("  ") is None
    assert parse_bic("") is None


def test_a_bic_has_eight_or_eleven_signs() -> None:
    assert parse_bic("cobadeff xxx") == "COBADEFFXXX"
    assert parse_bic("COBADEFF") == "COBADEFF"
    with pytest.raises(RuleViolation):
        parse_bic("COBADEFFX")


def test_an_iban_is_shown_in_groups_of_four() -> None:
    assert grouped_iban("DE89370400440532013000") == "DE89 3704 0044 0532 0130 00"
