"""What accounts owe us: balances by age, how late they pay, and what is written to them next.

Ages are by due date as of a day, each part of a payment plan by its own. Reads every account with a fixed
number of queries, whatever their number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from retainerdesk.domain.account import Account
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.dunning import NextLetter, next_letters
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.instalments import next_due, past_due
from retainerdesk.domain.invoice import Invoice, Payment, Settlement
from retainerdesk.domain.money import Money
from retainerdesk.domain.names import name_order
from retainerdesk.domain.payments import (
    Ageing,
    ageing,
    average_days_late,
    balances,
    unapplied_credit,
)
from retainerdesk.domain.sales_outstanding import days_sales_outstanding
from retainerdesk.domain.sent_letter import SentLetter, sent_steps
from retainerdesk.services.letters import debts_of
from retainerdesk.store.repositories import invoices, payments
from retainerdesk.store.repositories.accounts import list_accounts
from retainerdesk.store.repositories.corrections import SETTLEMENTS
from retainerdesk.store.repositories.letters import LETTERS
from retainerdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class OwedRow:
    """One account in one currency. `credit` is money received that settles nothing yet (zero or above).

    `average_days_late` and `dso` (days sales outstanding, by count-back) are exact; None while nothing can be
    judged. `next_letter` is None if nothing is past due or the last step was sent.
    """

    account_id: str
    account_name: str
    ageing: Ageing
    credit: Money
    average_days_late: Fraction | None
    dso: Fraction | None
    next_letter: NextLetter | None
    last_letter: SentLetter | None

    @property
    def currency(self) -> str:
        return self.credit.currency

    @property
    def open(self) -> Money:
        return self.ageing.total


@dataclass(frozen=True, slots=True)
class OwedTotals:
    """What all accounts owe in one currency."""

    ageing: Ageing
    credit: Money
    dso: Fraction | None


@dataclass(frozen=True, slots=True)
class OwedReport:
    """Who owes something or has credit, the most past due first; and the sums, one a currency."""

    as_of: date
    rows: tuple[OwedRow, ...]
    totals: tuple[OwedTotals, ...]


def load_owed(uow: UnitOfWork, today: date) -> OwedReport:
    """Every account with an open balance or unused credit, as of `today`."""
    files = open_files(uow)
    rows = [row for file in files for row in owed_rows(file, today)]
    rows.sort(key=lambda row: (-row.ageing.past_due.minor, name_order(row.account_name, row.account_id)))
    issued = [invoice for file in files for invoice in file.invoices]
    return OwedReport(today, tuple(rows), _totals(rows, issued, today))


def open_files(uow: UnitOfWork, account_ids: Sequence[str] | None = None) -> tuple[AccountFile, ...]:
    """Accounts with their documents (without lines), payments, settlements and letters only."""
    accounts = list_accounts(uow, account_ids)
    one = account_ids[0] if account_ids is not None and len(account_ids) == 1 else None
    documents = _by_account(invoices.documents_of(uow, one))
    paid = payments.payments_by_account(uow, account_ids)
    settled, sent = SETTLEMENTS.by_account(uow, account_ids), LETTERS.by_account(uow, account_ids)
    return tuple(_file(each, documents, paid, settled, sent) for each in accounts)


def _file(
    account: Account,
    documents: Mapping[str, Sequence[Invoice]],
    paid: Mapping[str, Sequence[Payment]],
    settled: Mapping[str, Sequence[Settlement]],
    sent: Mapping[str, Sequence[SentLetter]],
) -> AccountFile:
    return AccountFile(
        account,
        invoices=tuple(documents.get(account.id, ())),
        payments=tuple(paid.get(account.id, ())),
        settlements=tuple(settled.get(account.id, ())),
        letters=tuple(sent.get(account.id, ())),
    )


def _by_account(documents: Iterable[Invoice]) -> dict[str, list[Invoice]]:
    found: dict[str, list[Invoice]] = {}
    for document in documents:
        found.setdefault(document.account_id, []).append(document)
    return found


def owed_rows(file: AccountFile, today: date) -> tuple[OwedRow, ...]:
    """The rows of one account, one a currency in which something is open or credit is left."""
    aged = ageing(file.invoices, file.payments, today, file.settlements)
    credit = unapplied_credit(file.invoices, file.payments, today, file.settlements)
    return tuple(
        _row(file, currency, aged.get(currency), credit.get(currency, Money(0, currency)), today)
        for currency in sorted({*aged, *credit})
        if _says_something(aged.get(currency)) or credit.get(currency)
    )


def _says_something(aged: Ageing | None) -> bool:
    return aged is not None and any(aged.amounts)


def _row(file: AccountFile, currency: str, aged: Ageing | None, credit: Money, today: date) -> OwedRow:
    zero = Money(0, currency)
    aged = aged or Ageing((zero,) * 5)
    own = [invoice for invoice in file.invoices if invoice.currency == currency]
    following = next_letters(debts_of(file, today, currency), sent_steps(file.letters), today)
    sent = [letter for letter in file.letters if letter.total.currency == currency]
    return OwedRow(
        file.account.id,
        file.account.name,
        aged,
        credit,
        average_days_late(own, file.payments, today, file.settlements),
        days_sales_outstanding(own, aged.total, today),
        following[0] if following else None,
        sent[-1] if sent else None,
    )


def _totals(rows: Sequence[OwedRow], issued: Sequence[Invoice], today: date) -> tuple[OwedTotals, ...]:
    found = []
    for currency in sorted({row.currency for row in rows}):
        own = [row for row in rows if row.currency == currency]
        columns = zip(*(row.ageing.amounts for row in own), strict=True)
        aged = Ageing(tuple(sum(column[1:], start=column[0]) for column in columns))
        credit = sum((row.credit for row in own), start=Money(0, currency))
        found.append(OwedTotals(aged, credit, days_sales_outstanding(issued, aged.total, today)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A document of which something is open. `days_past_due` is below zero while it is not due.

    `last_step` names the last letter of dunning that asked for it, with its day.
    """

    number: str
    issued_on: date
    due_on: date
    open: Money
    past_due: Money
    days_past_due: int
    last_step: tuple[str, date] | None


@dataclass(frozen=True, slots=True)
class OwedDetail:
    """One account in one currency: what is open, what was sent (newest first), and the figures of its row."""

    account: Account
    row: OwedRow | None
    documents: tuple[OpenDocument, ...]
    letters: tuple[SentLetter, ...]


def load_owed_detail(uow: UnitOfWork, account_id: str, currency: str, today: date) -> OwedDetail:
    """The open documents of an account, longest due first, and its letters. RuleViolation if it is gone."""
    files = open_files(uow, [account_id])
    if not files:
        raise RuleViolation("account.unknown", f"There is no account “{account_id}” in this book.", "account")
    file = files[0]
    row = next((each for each in owed_rows(file, today) if each.currency == currency), None)
    letters = tuple(reversed(file.letters))
    return OwedDetail(file.account, row, _open_documents(file, currency, today), letters)


def _open_documents(file: AccountFile, currency: str, today: date) -> tuple[OpenDocument, ...]:
    open_now = balances(file.invoices, file.payments, today, file.settlements)
    last: dict[str, tuple[str, date]] = {
        each.number: (each.step_id, each.on) for each in sent_steps(file.letters)
    }
    found = []
    for invoice in file.invoices:
        balance = open_now.get(invoice.number)
        if balance and invoice.currency == currency:
            due_on = next_due(invoice, balance)
            late = past_due(invoice, balance, today)
            found.append(
                OpenDocument(
                    invoice.number, invoice.issued_on, due_on, balance, late, (today - due_on).days,
                    last.get(invoice.number),
                )
            )  # fmt: skip
    return tuple(sorted(found, key=lambda each: (each.due_on, each.number)))
