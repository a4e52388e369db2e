"""Numbers of banks and tax offices, checked offline when somebody types or imports them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from retainerdesk.domain.book import Book
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.system.identifiers import check_bic, check_iban, check_swiss_uid, check_vat_id, is_vat_id

# What stands behind a Swiss number of the VAT register.
_SWISS_VAT = ("MWST", "TVA", "IVA", "TPV")


def checked_iban(text: str, field: str = "iban") -> str | None:
    """The IBAN as it is stored, None for an empty text. RuleViolation if a digit must be wrong."""
    return check_iban(text, field) if text.strip() else None


def checked_bic(text: str, field: str = "bic") -> str | None:
    """The BIC as it is stored, None for an empty text. RuleViolation for another form."""
    return check_bic(text, field) if text.strip() else None


def checked_tax_id(text: str, country: str, field: str = "tax_id") -> str | None:
    """A tax number as it is stored, None for an empty text. RuleViolation for a VAT id that cannot be one.

    Only what begins like a VAT id of its country is checked: local tax numbers have forms of their own.
    """
    typed = text.strip()
    if not typed:
        return None
    if not is_vat_id(typed, country):
        return typed
    letters = "".join(char for char in typed if char.isalnum()).upper()
    if country.upper() == "CH" and not letters.endswith(_SWISS_VAT):
        return check_swiss_uid(typed, field)
    return check_vat_id(typed, country, field)


def id_notes(book: Book) -> Iterator[str]:
    """What is wrong with the numbers in a book file, a sentence each with its path; nothing is refused."""
    business = book.business
    yield from _note("business.iban", checked_iban, business.iban or "")
    yield from _note("business.bic", checked_bic, business.bic or "")
    yield from _tax_note("business.tax_id", business.tax_id, business.country)
    for index, file in enumerate(book.accounts):
        account = file.account
        yield from _tax_note(f"accounts[{index}].tax_id", account.tax_id, account.country)


def _note(path: str, check: Callable[[str], str | None], text: str) -> Iterator[str]:
    try:
        check(text)
    except RuleViolation as wrong:
        yield f"{path}: {wrong.message}"


def _tax_note(path: str, text: str | None, country: str) -> Iterator[str]:
    try:
        checked_tax_id(text or "", country)
    except RuleViolation as wrong:
        yield f"{path}: {wrong.message}"
