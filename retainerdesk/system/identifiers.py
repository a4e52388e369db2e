"""IBANs, BICs and VAT ids, checked offline: form, length and check digits, never whether they exist.

python-stdnum knows the national rules and keeps up with them; it is imported when the first number is
checked. Numbers come back in the form they are stored in: no spaces, capitals, the VAT id with its country.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from retainerdesk.domain.errors import RuleViolation

if TYPE_CHECKING:
    from collections.abc import Callable

# The members of the European Union, and who else gives numbers of that kind to those who sell to them.
_EUROPEAN_UNION = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT",
    "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
})  # fmt: skip
_OTHERS = {"GB": "GB", "XI": "XI", "CH": "CHE", "NO": "NO"}
# Greek numbers begin with the language's code, and Northern Ireland's are British numbers.
_PREFIXES = {"GR": "EL"} | _OTHERS
_RULES_OF = {"XI": "gb"}


def check_iban(text: str, field: str = "iban") -> str:
    """The IBAN without spaces, in capitals. Raises RuleViolation for a wrong country, form or check digit.

    National rules beyond the form of the ISO 13616 registry are left alone: the library's lists of banks
    age, and would refuse an account at a bank founded since.
    """
    from stdnum import iban

    message = (
        f"“{text}” is not an IBAN: its length or its check digits do not fit; compare it with your bank"
        " statement, digit by digit."
    )
    return _checked(partial(iban.validate, check_country=False), text, "iban.invalid", message, field)


def format_iban(text: str) -> str:
    """An IBAN in groups of four, as people read it; anything else in groups of four, too."""
    compact = _compact(text)
    return " ".join(compact[i : i + 4] for i in range(0, len(compact), 4))


def check_bic(text: str, field: str = "bic") -> str:
    """The BIC in capitals: 8 or 11 characters with a country. Raises RuleViolation for anything else."""
    from stdnum import bic

    message = f"“{text}” is not a BIC: it has 8 or 11 characters, such as COBADEFFXXX."
    return _checked(bic.validate, text, "bic.invalid", message, field)


def knows_vat_ids_of(country: str) -> bool:
    """Whether numbers of this country (ISO 3166 alpha-2) can be checked."""
    return country.upper() in _EUROPEAN_UNION or country.upper() in _OTHERS


def check_vat_id(text: str, country: str, field: str = "tax_id") -> str:
    """The VAT id of a country in its stored form, DE136695976; it may be typed without the country.

    Raises RuleViolation for a wrong form or check digit, and for a country whose numbers are not known.
    """
    code = country.upper()
    if not knows_vat_ids_of(code):
        message = f"VAT ids of “{country}” cannot be checked here; known are the EU, GB, XI, CH and NO."
        raise RuleViolation("vat_id.country", message, field)
    prefix = _PREFIXES.get(code, code)
    message = f"“{text}” is not a VAT id of {code}: form or check digits are wrong."
    compact = _compact(text)
    number = _checked(_rule(code), _typed_number(compact, prefix), "vat_id.invalid", message, field)
    return prefix + number.removeprefix(prefix)


def is_vat_id(text: str, country: str) -> bool:
    """Whether a number claims to be a VAT id of that country: it begins as they do there."""
    code = country.upper()
    return knows_vat_ids_of(code) and _compact(text).startswith(_PREFIXES.get(code, code))


def check_swiss_uid(text: str, field: str = "tax_id") -> str:
    """The number of a Swiss business, CHE107787577, without the letters of the VAT register behind it."""
    from stdnum.ch import uid

    message = f"“{text}” is not a Swiss UID: it is CHE and nine digits, of which the last is a check digit."
    return _checked(uid.validate, text, "uid.invalid", message, field)


def check_creditor_reference(text: str, field: str = "reference") -> str:
    """A creditor reference of ISO 11649, RF18539007547034, without spaces."""
    from stdnum import iso11649

    message = f"“{text}” is not a creditor reference: it begins with RF and two check digits."
    return _checked(iso11649.validate, text, "reference.invalid", message, field)


def format_vat_id(text: str, country: str) -> str:
    """A valid VAT id as its country writes it (CHE-107.787.577 IVA); others as they are stored."""
    if country.upper() != "CH":
        return _compact(text)
    from stdnum.ch import vat

    return str(vat.format(_compact(text)))


def _typed_number(compact: str, prefix: str) -> str:
    """What the rules of the country expect: Swiss numbers carry their prefix, others do without."""
    bare = compact.removeprefix(prefix)
    return prefix + bare if prefix == "CHE" else bare


def _rule(country: str) -> Callable[[str], str]:
    from stdnum import get_cc_module

    kind = "mva" if country == "NO" else "vat"
    rules = get_cc_module(_RULES_OF.get(country, country.lower()), kind)
    assert rules is not None, country
    return rules.validate


def _checked(validate: Callable[[str], str], text: str, rule: str, message: str, field: str) -> str:
    from stdnum.exceptions import ValidationError

    try:
        return str(validate(_compact(text)))
    except ValidationError as problem:
        raise RuleViolation(rule, message, field) from problem


def _compact(text: str) -> str:
    return "".join(char for char in text if char.isalnum()).upper()
