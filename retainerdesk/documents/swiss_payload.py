"""The Swiss QR-bill in text: SPC 0200, structured addresses, a reference with its check digits.

Source: SIX, Swiss Implementation Guidelines for the QR-bill, version 2.3. What the standard has no place for
gives no bill: a wrong one is worse than none.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from retainerdesk.documents.postal import PostalAddress, postal_address
from retainerdesk.domain.account import Account, Business
from retainerdesk.domain.money import Money

_MOST_MINOR = 99_999_999_999
_MOST_MESSAGE = 140
_MOST_BYTES = 997
_NOBODY = ("",) * 7
_CURRENCIES = frozenset({"CHF", "EUR"})
# The institution number of a QR-IBAN lies between these; only such an account takes QR references.
_QR_INSTITUTIONS = range(30000, 32000)
_CREDITOR_REFERENCE = 21
_QR_REFERENCE = 26
_QR_CHECK = (0, 9, 4, 6, 8, 2, 7, 1, 3, 5)
# Basic Latin, Latin-1 Supplement, Latin Extended-A, and four letters of Romanian with the sign of the euro.
_ALLOWED = re.compile("[\u0020-\u007e\u00a0-\u017f\u0218-\u021b\u20ac]*")


@dataclass(frozen=True, slots=True)
class SwissBill:
    """What a payment part says. An unknown `debtor` is filled in by hand; kind NON has no reference."""

    account: str
    creditor: PostalAddress
    amount: Money
    debtor: PostalAddress | None
    kind: str
    reference: str
    message: str

    @property
    def payload(self) -> str:
        """One element a line, in the order of the standard."""
        elements = [
            "SPC", "0200", "1", self.account, *_elements(self.creditor), *_NOBODY,
            str(self.amount), self.amount.currency, *_elements(self.debtor),
            self.kind, self.reference, self.message, "EPD",
        ]  # fmt: skip
        return "\n".join(elements)


def swiss_bill(
    seller: Business, buyer: Account, amount: Money, number: str, message: str
) -> SwissBill | None:
    """The bill over `amount` for the document of that number; None where the standard has no place for it.

    An ordinary account gets a creditor reference (ISO 11649) made of the number, a QR-IBAN the QR reference
    it must have, made of the number's digits.
    """
    account = swiss_account(seller)
    if account is None or amount.currency not in _CURRENCIES or not 1 <= amount.minor <= _MOST_MINOR:
        return None
    creditor = _allowed(postal_address(seller.name, seller.address, seller.country))
    reference = _reference(account, number)
    if creditor is None or reference is None:
        return None
    text = " ".join(unicodedata.normalize("NFC", message).split())[:_MOST_MESSAGE]
    debtor = _allowed(postal_address(buyer.name, buyer.address, buyer.country or seller.country))
    bill = SwissBill(account, creditor, amount, debtor, *reference, text if _ALLOWED.fullmatch(text) else "")
    return bill if len(bill.payload.encode()) <= _MOST_BYTES else None


def swiss_account(seller: Business) -> str | None:
    """The IBAN of a seller who banks in Switzerland or Liechtenstein, compact; else None."""
    from stdnum import iban

    compact = "".join((seller.iban or "").split()).upper()
    is_swiss = compact[:2] in ("CH", "LI") and iban.is_valid(compact, check_country=False)
    return compact if is_swiss else None


def _reference(account: str, number: str) -> tuple[str, str] | None:
    """Kind and reference; None if the account asks for one that the number cannot give."""
    if int(account[4:9]) in _QR_INSTITUTIONS:
        digits = re.sub(r"[^0-9]", "", number)
        return ("QRR", qr_reference(digits)) if 0 < len(digits) <= _QR_REFERENCE else None
    letters = re.sub(r"[^A-Z0-9]", "", number.upper())
    if not letters or len(letters) > _CREDITOR_REFERENCE:
        return "NON", ""
    return "SCOR", creditor_reference(letters)


def qr_reference(digits: str) -> str:
    """27 digits: up to 26 with zeros before them, and the check digit (modulo 10, recursive)."""
    padded, carry = digits.zfill(_QR_REFERENCE), 0
    for digit in padded:
        carry = _QR_CHECK[(carry + int(digit)) % 10]
    return f"{padded}{(10 - carry) % 10}"


def creditor_reference(letters: str) -> str:
    """RF, two check digits (ISO 7064, modulo 97-10), and up to 21 capital letters and digits."""
    value = int("".join(str(int(char, 36)) for char in f"{letters}RF00"))
    return f"RF{98 - value % 97:02}{letters}"


def _allowed(address: PostalAddress | None) -> PostalAddress | None:
    """The address if every character of it may stand in the code."""
    if address is None or not all(_ALLOWED.fullmatch(part) for part in address.parts):
        return None
    return address


def _elements(address: PostalAddress | None) -> tuple[str, ...]:
    return _NOBODY if address is None else ("S", *address.parts)
