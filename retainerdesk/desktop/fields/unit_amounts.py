"""Amounts as a plan or a block counts them, typed and read: hours, money or sessions."""

from __future__ import annotations

from retainerdesk.desktop.fields.inputs import number_form
from retainerdesk.desktop.fields.parsing import amount_text, duration_text, parse_amount, parse_duration
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.money import Money
from retainerdesk.domain.plan import UsageUnit

UNIT_HINTS = {UsageUnit.MINUTES: "10:00", UsageUnit.MONEY: "1000.00", UsageUnit.SESSIONS: "10"}


def read_amount(text: str, unit: UsageUnit, currency: str, field: str) -> int:
    """Minutes, minor units or sessions of a text; RuleViolation naming `field` for anything else."""
    typed = text.strip()
    if not typed:
        raise RuleViolation("amount.empty", "Enter how much.", field)
    if unit is UsageUnit.MONEY:
        return parse_amount(typed, currency, number_form(), field).minor
    if unit is UsageUnit.MINUTES:
        return parse_duration(typed, field)
    if not (typed.isdigit() and typed.isascii()):
        raise RuleViolation("amount.sessions", f"“{typed}” is not a whole number of sessions.", field)
    return int(typed)


def optional_amount(text: str, unit: UsageUnit, currency: str, field: str) -> int | None:
    """The same, or None for an empty text."""
    return read_amount(text, unit, currency, field) if text.strip() else None


def typed_amount(amount: int | None, unit: UsageUnit, currency: str) -> str:
    """An amount as it is typed; empty for none."""
    if amount is None:
        return ""
    if unit is UsageUnit.MONEY:
        return amount_text(Money(amount, currency), number_form())
    return duration_text(amount) if unit is UsageUnit.MINUTES else str(amount)
