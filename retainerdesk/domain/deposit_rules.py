"""What can be agreed, changed and taken back of deposits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.deposit import Deposit, DepositLedger, is_deduction_key
from retainerdesk.domain.deposit_charges import ledgers_of
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import ChargeKey, Invoice
from retainerdesk.domain.money import Money
from retainerdesk.domain.tax import check_rule


def check_deposit(file: AccountFile, deposit: Deposit) -> None:
    """Raise RuleViolation for a deposit that cannot be agreed."""
    if not deposit.text.strip():
        message = "Say what the deposit is for; it stands on the invoice."
        raise RuleViolation("deposit.text", message, "text")
    if deposit.amount.currency != file.account.currency:
        message = f"{file.account.name} is invoiced in {file.account.currency}; state the deposit in it."
        raise RuleViolation("deposit.currency", message, "amount")
    if deposit.amount.minor <= 0:
        raise RuleViolation("deposit.amount", "A deposit is an amount above zero.", "amount")
    if deposit.retainer_id is not None and deposit.retainer_id not in {each.id for each in file.retainers}:
        message = f"{file.account.name} has no retainer {deposit.retainer_id}."
        raise RuleViolation("deposit.retainer", message, "retainer")
    if deposit.tax is not None:
        check_rule(deposit.tax, "tax")


def check_change(file: AccountFile, before: DepositLedger, deposit: Deposit) -> None:
    """Raise RuleViolation for a change of what was billed; when and against what it is used may change."""
    check_deposit(file, deposit)
    kept = before.deposit
    same = replace(deposit, deduct_from=kept.deduct_from, retainer_id=kept.retainer_id)
    if before.invoice is not None and same != kept:
        message = (
            f"{before.invoice.number} asked for it already: only when and against what it is set may change."
            " Credit that invoice, and agree another deposit."
        )
        raise RuleViolation("deposit.billed", message, "amount")


def check_removal(ledger: DepositLedger) -> None:
    """Raise RuleViolation for taking out a deposit that an invoice asked for."""
    if ledger.invoice is not None or ledger.uses:
        number = ledger.invoice.number if ledger.invoice is not None else ledger.uses[0].number
        message = f"{number} asked for it already; credit that invoice instead."
        raise RuleViolation("deposit.billed", message, "deposit")


def check_credit(file: AccountFile, note: Invoice) -> None:
    """Raise RuleViolation if a credit note would take back what of a deposit is set against invoices."""
    for ledger in ledgers_of(replace(file, invoices=(*file.invoices, note))):
        if ledger.left.minor < 0 and note.corrects == _number(ledger):
            used = ", ".join(use.number for use in ledger.uses if use.amount)
            message = (
                f"{ledger.deducted} {ledger.billed.currency} of this deposit are set against {used}: credit"
                f" {_free(ledger)} of its line at most, or those invoices first."
            )
            raise RuleViolation("deposit.used", message, "amount")


def check_void(file: AccountFile, number: str) -> None:
    """Raise RuleViolation for a void that leaves more of a deposit set against invoices than there is.

    That is the void of the invoice that billed it, and of a credit note that gave some of it back, if that
    was credited or set against another invoice since.
    """
    live = tuple(each for each in file.invoices if each.number != number)
    for before, after in zip(ledgers_of(file), ledgers_of(replace(file, invoices=live)), strict=True):
        used = ", ".join(use.number for use in before.uses if use.amount)
        if before.deducted and _number(before) == number:
            message = f"The deposit of {number} is set against {used}: issue a credit note instead."
            raise RuleViolation("void.in_use", message, "number")
        if after.left.minor < min(0, before.left.minor):
            given = after.deducted - before.deducted
            message = (
                f"{number} gave back {given} {given.currency} of a deposit that was credited or set against"
                " another invoice since: void that document first."
            )
            raise RuleViolation("void.in_use", message, "number")


def check_skip(keys: Iterable[ChargeKey]) -> None:
    """Raise RuleViolation for skipping what is set against an invoice: it would be offered again at once."""
    if any(is_deduction_key(key) for key in keys):
        message = (
            "A deposit is set against this invoice; leave that line out for now, or hold the deposit,"
            " and it waits for another one."
        )
        raise RuleViolation("deposit.skip", message)


def deposit_findings(file: AccountFile) -> list[str]:
    """What is wrong with the deposits of an account, a sentence each: used beyond what was billed."""
    return [
        f"deposit {each.deposit.id}: more is set against invoices than was billed and not taken back"
        for each in ledgers_of(file)
        if each.left.minor < 0 or any(use.amount.minor < 0 for use in each.uses)
    ]


def _number(ledger: DepositLedger) -> str:
    return ledger.invoice.number if ledger.invoice is not None else ""


def _free(ledger: DepositLedger) -> Money:
    """What can be credited now: `ledger` counts the note that went too far."""
    return ledger.billed - ledger.deducted
