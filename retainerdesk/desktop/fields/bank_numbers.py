"""IBAN and BIC checked without asking anybody: form and check digits (ISO 13616, ISO 7064 mod 97-10)."""

from __future__ import annotations

import re

from retainerdesk.domain.errors import RuleViolation

_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_BIC = re.compile(r"[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?")
# Lengths of the SEPA countries most invoices go to; others are checked by their digits only.
_LENGTHS = {
    "AT": 20, "BE": 16, "CH": 21, "CZ": 24, "DE": 22, "DK": 18, "ES": 24, "FI": 18, "FR": 27, "GB": 22,
    "IE": 22, "IT": 27, "LI": 21, "LU": 20, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "SE": 24, "SK": 24,
}  # fmt: skip


def parse_iban(text: str, field: str = "iban") -> str | None:
    """The IBAN without spaces, None for an empty text. RuleViolation if a digit must be wrong."""
    plain = "".join(text.split()).upper()
    if not plain:
        return None
    length = _LENGTHS.get(plain[:2], len(plain))
    if not _IBAN.fullmatch(plain) or len(plain) != length or _remainder(plain) != 1:
        raise RuleViolation("iban.check", f"“{text.strip()}” is no IBAN: its check digits do not fit.", field)
    return plain


def parse_bic(text: str, field: str = "bic") -> str | None:
    """The BIC without spaces, None for an empty text. RuleViolation for another form than 8 or 11 signs."""
    plain = "".join(text.split()).upper()
    if not plain:
        return None
    if not _BIC.fullmatch(plain):
        raise RuleViolation("bic.form", f"“{text.strip()}” is no BIC; it has 8 or 11 signs.", field)
    return plain


def grouped_iban(iban: str) -> str:
    """An IBAN in groups of four, as people read it."""
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))


def _remainder(iban: str) -> int:
    """The number modulo 97 with the first four signs at the end and letters as 10 to 35."""
    moved = iban[4:] + iban[:4]
    return int("".join(str(int(sign, 36)) for sign in moved)) % 97
