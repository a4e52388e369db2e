"""A whole book, or one account of it, as plain values: what rules compute on and what files carry."""

from __future__ import annotations

from dataclasses import dataclass

from retainerdesk.domain.account import Account, Business, Person, Series
from retainerdesk.domain.block import Block
from retainerdesk.domain.deposit import Deposit
from retainerdesk.domain.draft import Draft
from retainerdesk.domain.exchange_rate import ExchangeRate
from retainerdesk.domain.invoice import Invoice, Payment, Settlement, Skip
from retainerdesk.domain.late_interest_table import OwnRate
from retainerdesk.domain.retainer import Retainer
from retainerdesk.domain.sent_letter import SentLetter
from retainerdesk.domain.tax_rates import TaxRate
from retainerdesk.domain.work import (
    Action,
    Call,
    Decision,
    DocumentFile,
    Expense,
    Note,
    OneOffCharge,
    WorkEntry,
)


@dataclass(frozen=True, slots=True)
class AccountFile:
    """Everything known about one account. Lists are in order of date, then id."""

    account: Account
    retainers: tuple[Retainer, ...] = ()
    work: tuple[WorkEntry, ...] = ()
    calls: tuple[Call, ...] = ()
    notes: tuple[Note, ...] = ()
    actions: tuple[Action, ...] = ()
    decisions: tuple[Decision, ...] = ()
    charges: tuple[OneOffCharge, ...] = ()
    expenses: tuple[Expense, ...] = ()
    payments: tuple[Payment, ...] = ()
    documents: tuple[DocumentFile, ...] = ()
    invoices: tuple[Invoice, ...] = ()
    skips: tuple[Skip, ...] = ()
    settlements: tuple[Settlement, ...] = ()
    blocks: tuple[Block, ...] = ()
    letters: tuple[SentLetter, ...] = ()
    deposits: tuple[Deposit, ...] = ()
    drafts: tuple[Draft, ...] = ()

    def retainer(self, retainer_id: str) -> Retainer:
        """The retainer of that id; raises KeyError if the account has none."""
        for retainer in self.retainers:
            if retainer.id == retainer_id:
                return retainer
        raise KeyError(retainer_id)


@dataclass(frozen=True, slots=True)
class Book:
    """The business, its people and number series, every account, and the rates users stated."""

    business: Business
    people: tuple[Person, ...] = ()
    series: tuple[Series, ...] = ()
    accounts: tuple[AccountFile, ...] = ()
    late_interest_rates: tuple[OwnRate, ...] = ()
    exchange_rates: tuple[ExchangeRate, ...] = ()
    tax_rates: tuple[TaxRate, ...] = ()
