"""Numbers of banks and tax offices are checked digit by digit, offline. Samples are published ones."""

from __future__ import annotations

import subprocess
import sys

import pytest

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.system.identifiers import (
    _EUROPEAN_UNION,
    check_bic,
    check_creditor_reference,
    check_iban,
    check_swiss_uid,
    check_vat_id,
    format_iban,
    format_vat_id,
    knows_vat_ids_of,
)

# The examples of the ISO 13616 registry.
IBANS = [
    "AT61 1904 3002 3457 3201",
    "BE68 5390 0754 7034",
    "CH93 0076 2011 6238 5295 7",
    "DE89 3704 0044 0532 0130 00",
    "ES91 2100 0418 4502 0005 1332",
    "FR14 2004 1010 0505 0001 3M02 606",
    "GB29 NWBK 6016 1331 9268 19",
    "IT60 X054 2811 1010 0000 0123 456",
    "NL91 ABNA 0417 1643 00",
    "PL61 1090 1014 0000 0712 1981 2874",
    "NO93 8601 1117 947",
]

VAT_IDS = [
    ("AT", "ATU13585627"),
    ("BE", "BE0428759497"),
    ("CH", "CHE-107.787.577 IVA"),
    ("DE", "DE 136,695 976"),
    ("ES", "ES54362315K"),
    ("FR", "FR40303265045"),
    ("GB", "GB 980 7806 84"),
    ("GR", "EL 094259216"),
    ("IE", "IE6433435F"),
    ("IT", "IT00743110157"),
    ("NL", "NL004495445B01"),
    ("NO", "NO 995 525 828 MVA"),
    ("PL", "PL8567346215"),
    ("PT", "PT501964843"),
    ("SE", "SE123456789701"),
]


@pytest.mark.parametrize("iban", IBANS)
def test_an_iban_of_the_registry_is_kept_without_spaces_and_shown_in_fours(iban: str) -> None:
    assert check_iban(f" {iban.lower()} ") == iban.replace(" ", "")
    assert format_iban(iban.replace(" ", "")) == iban


@pytest.mark.parametrize("iban", IBANS)
def test_any_digit_mistyped_is_noticed(iban: str) -> None:
    """Modulo 97 finds every single wrong digit."""
    for index in (i for i, char in enumerate(iban) if char.isdigit()):
        wrong = iban[:index] + str((int(iban[index]) + 1) % 10) + iban[index + 1 :]
        with pytest.raises(RuleViolation):
            check_iban(wrong)


@pytest.mark.parametrize(
    "text", ["", "DE", "DE89", "XX89 3704 0044 0532 0130 00", "DE8937040044053201300", "<b>"]
)
def test_what_is_no_iban_is_refused_at_its_field(text: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        check_iban(text)
    assert (refused.value.rule, refused.value.field) == ("iban.invalid", "iban")


def test_a_bic_has_eight_or_eleven_characters() -> None:
    assert check_bic("cobadeffxxx") == "COBADEFFXXX"
    assert check_bic("COBADEFF") == "COBADEFF"
    for wrong in ("COBADEF", "COBA1EFF", "COBADEFFXX", ""):
        with pytest.raises(RuleViolation):
            check_bic(wrong)


@pytest.mark.parametrize(("country", "typed"), VAT_IDS)
def test_a_vat_id_is_kept_with_its_country_however_it_was_typed(country: str, typed: str) -> None:
    stored = "".join(char for char in typed if char.isalnum())
    prefix = {"GR": "EL", "CH": "CHE"}.get(country, country)
    assert check_vat_id(typed, country) == stored
    assert check_vat_id(stored.removeprefix(prefix), country.lower()) == stored


@pytest.mark.parametrize(("country", "typed"), VAT_IDS)
def test_a_vat_id_with_a_mistyped_digit_is_refused(country: str, typed: str) -> None:
    index = next(i for i, char in enumerate(typed) if char.isdigit()) + 1
    index += 0 if typed[index].isdigit() else 1
    wrong = typed[:index] + str((int(typed[index]) + 1) % 10) + typed[index + 1 :]
    with pytest.raises(RuleViolation):
        check_vat_id(wrong, country)


@pytest.mark.parametrize(
    "country",
    sorted([*_EUROPEAN_UNION, "GB", "XI", "CH", "NO"]),
)
def test_every_country_known_refuses_what_is_no_number(country: str) -> None:
    assert knows_vat_ids_of(country)
    for wrong in ("", "1", f"{country}ABC", f"{country}12345678901234567"):
        with pytest.raises(RuleViolation) as refused:
            check_vat_id(wrong, country)
        assert refused.value.rule == "vat_id.invalid"


def test_a_country_without_rules_is_said_to_be_unknown() -> None:
    assert not knows_vat_ids_of("US")
    with pytest.raises(RuleViolation) as refused:
        check_vat_id("12-3456789", "US")
    assert refused.value.rule == "vat_id.country"


def test_a_swiss_number_is_written_with_its_dots() -> None:
    assert format_vat_id("CHE107787577IVA", "CH") == "CHE-107.787.577 IVA"
    assert format_vat_id("de136695976", "DE") == "DE136695976"


def test_importing_the_checks_imports_no_library() -> None:
    script = "import sys, retainerdesk.system.identifiers\nassert 'stdnum' not in sys.modules\n"
    subprocess.run([sys.executable, "-c", script], check=True)


def test_a_creditor_reference_and_a_swiss_uid_have_check_digits() -> None:
    """RF18 5390 0754 7034 is the example of ISO 11649."""
    assert check_creditor_reference("RF18 5390 0754 7034") == "RF18539007547034"
    assert check_swiss_uid("CHE-107.787.577") == "CHE107787577"
    with pytest.raises(RuleViolation, match="begins with RF"):
        check_creditor_reference("RF19 5390 0754 7034")
    with pytest.raises(RuleViolation, match="Swiss UID"):
        check_swiss_uid("CHE-107.787.578")
