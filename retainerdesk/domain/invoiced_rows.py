"""What an issued invoice forbids to change of the one-off charge or expense it charged.

Such a row is charged once, and found again by its id: a later change would reach no invoice and show nowhere.
A draft needs no rule of its own, it says what changed since. Source: handbook, "Billing".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import ChargeKind, Invoice
from retainerdesk.domain.work import Expense, OneOffCharge


def number_charging(row: OneOffCharge | Expense, invoices: Iterable[Invoice]) -> str:
    """The number of the document that charges a row and is not void; empty without any."""
    kind = ChargeKind.EXPENSE if isinstance(row, Expense) else ChargeKind.ONE_OFF
    wanted = (row.account_id, kind, row.id)
    for invoice in invoices:
        keys = [line.key for line in invoice.lines]
        if not invoice.is_void() and any((key.account_id, key.kind, key.source_id) == wanted for key in keys):
            return invoice.number
    return ""


def changed_fields(before: OneOffCharge | Expense, after: OneOffCharge | Expense | None) -> tuple[str, ...]:
    """The names of the fields an invoice depends on that differ (`after` None: removed, all of them)."""
    names = tuple(each.name for each in fields(before) if each.name not in ("account_id", "id", "text"))
    if after is None:
        return names
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def invoiced_words(row: OneOffCharge | Expense, number: str) -> str:
    """What, where, and how to mend it."""
    noun = "expense" if isinstance(row, Expense) else "charge"
    return (
        f"“{row.text}” is on invoice {number}, and what is issued never changes."
        f" Issue a credit note on {number}, and record what is right as a new {noun}."
    )


def check_not_invoiced(
    before: OneOffCharge | Expense,
    after: OneOffCharge | Expense | None,
    invoices: Iterable[Invoice],
) -> None:
    """Raise RuleViolation for a change (None: removal) of what an issued invoice charges; text may change."""
    changed = changed_fields(before, after)
    number = number_charging(before, invoices) if changed else ""
    if number:
        raise RuleViolation("row.invoiced", invoiced_words(before, number), changed[0] if after else "")
