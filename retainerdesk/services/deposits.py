"""Deposits: agree one, see what is left of it, say when it is used."""

from __future__ import annotations

from dataclasses import dataclass

from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.deposit import Deposit, DepositLedger
from retainerdesk.domain.deposit_charges import ledgers_of
from retainerdesk.domain.deposit_rules import check_change, check_deposit, check_removal
from retainerdesk.services.results import Changes, Outcome
from retainerdesk.store.repositories.books import load_account_file, load_account_files
from retainerdesk.store.repositories.deposits import DEPOSITS
from retainerdesk.store.repositories.writing import missing
from retainerdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class DepositLine:
    """One deposit with its ledger."""

    account_id: str
    account_name: str
    ledger: DepositLedger

    @property
    def deposit(self) -> Deposit:
        return self.ledger.deposit


def list_deposits(uow: UnitOfWork, account_id: str | None = None) -> tuple[DepositLine, ...]:
    """Every deposit of one account, or of all, by account, then by date."""
    files = load_account_files(uow) if account_id is None else (load_account_file(uow, account_id),)
    return tuple(
        DepositLine(file.account.id, file.account.name, each)
        for file in files
        if file.deposits
        for each in ledgers_of(file)
    )


def get_deposit(uow: UnitOfWork, account_id: str, deposit_id: str) -> Deposit:
    """The deposit of that id; RuleViolation if there is none."""
    return DEPOSITS.get(uow, account_id, deposit_id)


def add_deposit(uow: UnitOfWork, deposit: Deposit) -> Outcome[Deposit]:
    """Agree a deposit: the next run asks for it with an invoice of its own."""
    check_deposit(load_account_file(uow, deposit.account_id), deposit)
    DEPOSITS.add(uow, deposit)
    return Outcome(deposit, _changes(deposit))


def change_deposit(uow: UnitOfWork, deposit: Deposit) -> Outcome[Deposit]:
    """Change a deposit; once billed only from when, and against which retainer, it is used."""
    file = load_account_file(uow, deposit.account_id)
    check_change(file, _ledger(file, deposit.id), deposit)
    DEPOSITS.update(uow, deposit)
    return Outcome(deposit, _changes(deposit))


def remove_deposit(uow: UnitOfWork, deposit: Deposit) -> Outcome[Deposit]:
    """Take out a deposit that no invoice asked for."""
    check_removal(_ledger(load_account_file(uow, deposit.account_id), deposit.id))
    DEPOSITS.delete(uow, deposit.account_id, deposit.id)
    return Outcome(deposit, _changes(deposit))


def _ledger(file: AccountFile, deposit_id: str) -> DepositLedger:
    for each in ledgers_of(file):
        if each.deposit.id == deposit_id:
            return each
    raise missing("deposit", deposit_id)


def _changes(deposit: Deposit) -> Changes:
    return Changes(money=True, dates=True, account_ids=frozenset({deposit.account_id}))
