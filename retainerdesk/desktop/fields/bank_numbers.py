"""Numbers of banks and tax offices as people type them: checked offline, shown in groups."""

from __future__ import annotations

from retainerdesk.services.identifiers import checked_bic, checked_iban, checked_tax_id


def parse_iban(text: str, field: str = "iban") -> str | None:
    """The IBAN without spaces, None for an empty text. RuleViolation if a digit must be wrong."""
    return checked_iban(text.strip(), field)


def parse_bic(text: str, field: str = "bic") -> str | None:
    """The BIC without spaces, None for an empty text. RuleViolation for another form than 8 or 11 signs."""
    return checked_bic(text.strip(), field)


def parse_tax_id(text: str, country: str, before: str | None, field: str = "tax_id") -> str | None:
    """A tax number, None for an empty text. RuleViolation for a VAT id that cannot be one.

    What was there `before` is left alone: a number that came with a file stops nobody from changing the rest.
    """
    typed = text.strip() or None
    return before if typed == before else checked_tax_id(text, country, field)


def grouped_iban(iban: str) -> str:
    """An IBAN in groups of four, as people read it."""
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))
