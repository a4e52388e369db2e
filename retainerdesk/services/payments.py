"""Money received: record it, say which invoices it settles, correct a mistake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from retainerdesk.domain import payments as rules
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.foreign_payment import check_received
from retainerdesk.domain.instalments import next_due
from retainerdesk.domain.invoice import Allocation, Payment
from retainerdesk.domain.money import Money
from retainerdesk.domain.settlement import balances_of
from retainerdesk.services.results import Changes, Outcome
from retainerdesk.store.repositories import payments
from retainerdesk.store.repositories.books import load_account_file
from retainerdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class OpenInvoice:
    """An issued invoice that is not settled yet."""

    number: str
    due_on: date
    balance: Money


def open_invoices(uow: UnitOfWork, account_id: str) -> tuple[OpenInvoice, ...]:
    """The unsettled invoices of an account, oldest due date first."""
    file = load_account_file(uow, account_id)
    balances = balances_of(file)
    found = [
        OpenInvoice(invoice.number, next_due(invoice, balances[invoice.number]), balances[invoice.number])
        for invoice in file.invoices
        if balances[invoice.number].minor > 0
    ]
    return tuple(sorted(found, key=lambda each: (each.due_on, each.number)))


def propose_allocations(uow: UnitOfWork, account_id: str, amount: Money) -> tuple[Allocation, ...]:
    """How an amount would settle the account's invoices, oldest first; a rest stays as credit."""
    file = load_account_file(uow, account_id)
    return rules.propose_allocations(amount, file.invoices, balances_of(file))


def get_payment(uow: UnitOfWork, account_id: str, payment_id: str) -> Payment:
    """The payment of that id; RuleViolation if there is none."""
    return payments.get_payment(uow, account_id, payment_id)


def record_payment(uow: UnitOfWork, payment: Payment) -> Outcome[Payment]:
    """Record a payment with what it settles."""
    _check(load_account_file(uow, payment.account_id), payment)
    payments.add_payments(uow, payment)
    return Outcome(payment, _changes(payment))


def change_payment(uow: UnitOfWork, payment: Payment) -> Outcome[Payment]:
    """Correct a recorded payment."""
    _check(load_account_file(uow, payment.account_id), payment)
    payments.update_payment(uow, payment)
    return Outcome(payment, _changes(payment))


def remove_payment(uow: UnitOfWork, payment: Payment) -> Outcome[Payment]:
    """Take out a payment that was recorded by mistake; its invoices are open again.

    Refused while some of it is paid back.
    """
    file = load_account_file(uow, payment.account_id)
    others = [each for each in file.payments if each.id != payment.id]
    rules.check_refunds_covered(file.invoices, others, file.settlements)
    payments.delete_payment(uow, payment.account_id, payment.id)
    return Outcome(payment, _changes(payment))


def _check(file: AccountFile, payment: Payment) -> None:
    if payment.amount.minor <= 0:
        raise RuleViolation("payment.amount", "A payment is an amount above zero.", "amount")
    if payment.amount.currency != file.account.currency:
        message = (
            f"{file.account.name} has invoices in {file.account.currency}; say what the payment settles of"
            f" them, or the rate from {payment.amount.currency}."
        )
        raise RuleViolation("payment.currency", message, "amount")
    check_received(payment)
    rules.check_payment(payment, file.invoices, file.payments, file.settlements)


def _changes(payment: Payment) -> Changes:
    return Changes(money=True, dates=True, account_ids=frozenset({payment.account_id}))
