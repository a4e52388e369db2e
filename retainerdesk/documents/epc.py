"""The payment code that European banking apps read: EPC069-12, version 2, as a QR code.

A code with a wrong account or amount is worse than none: it is left out unless the IBAN's check digits are
right, the currency is the euro and the amount between 0.01 and 999,999,999.99.
"""

from __future__ import annotations

import re

from retainerdesk.domain.account import Business
from retainerdesk.domain.invoice import Invoice
from retainerdesk.domain.money import Money

_MOST_MINOR = 99_999_999_999
_MOST_NAME = 70
_MOST_REFERENCE = 140
_MOST_BYTES = 331
_UTF_8 = "1"
# A checkerboard over the data.
_MASK = 0
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?")


def payment_modules(invoice: Invoice) -> tuple[tuple[bool, ...], ...] | None:
    """The modules of the code of an invoice, True is dark; None if it cannot have one.

    With instalments the code asks for the first: a transfer of the whole sum is not what was agreed.
    """
    payload = epc_payload(invoice.seller, first_amount(invoice), invoice.number)
    return None if payload is None else qr_modules(payload)


def first_amount(invoice: Invoice) -> Money:
    """What is to be paid first."""
    return invoice.instalments[0].amount if invoice.instalments else invoice.payable


def epc_payload(seller: Business, amount: Money, reference: str) -> str | None:
    """The text of the code, one element a line; None if the standard has no place for these values.

    The reference goes into the unstructured element: the structured one is for ISO 11649 references only.
    """
    name, text = _on_a_line(seller.name), _on_a_line(reference)
    iban = _valid_iban(seller.iban or "")
    if iban is None or not name or len(name) > _MOST_NAME or len(text) > _MOST_REFERENCE:
        return None
    if amount.currency != "EUR" or not 1 <= amount.minor <= _MOST_MINOR:
        return None
    bic = "".join((seller.bic or "").split()).upper()
    elements = [
        "BCD", "002", _UTF_8, "SCT",
        bic if _BIC.fullmatch(bic) else "",
        name, iban, f"EUR{amount}",
        "",  # purpose
        "",  # structured reference
        text,
    ]  # fmt: skip
    payload = "\n".join(elements).rstrip("\n")
    return payload if len(payload.encode()) <= _MOST_BYTES else None


def _on_a_line(text: str) -> str:
    """White space, line ends above all, would push a value into another element."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _valid_iban(text: str) -> str | None:
    from stdnum import iban

    compact = "".join(text.split()).upper()
    return compact if iban.is_valid(compact, check_country=False) else None


def qr_modules(payload: str) -> tuple[tuple[bool, ...], ...]:
    """Error level M, as payment codes want; the bytes of a payload keep it within version 13 (EPC)."""
    import segno

    # A code may use any mask, and readers are told which; weighing all eight takes half the time of a page.
    code = segno.make_qr(payload, error="m", boost_error=False, encoding="utf-8", mask=_MASK)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)
