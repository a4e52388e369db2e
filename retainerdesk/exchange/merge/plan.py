"""What a merge would do to a book, before anything is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

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
from retainerdesk.exchange.book.refusals import Refusal

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Merged(Generic[Value]):
    """One list: values to insert, values to replace (by their id), and how many are equal already."""

    added: tuple[Value, ...] = ()
    changed: tuple[Value, ...] = ()
    left: int = 0


def joined(parts: Sequence[Merged[Value]]) -> Merged[Value]:
    """Several results as one, in order."""
    return Merged(
        added=tuple(value for part in parts for value in part.added),
        changed=tuple(value for part in parts for value in part.changed),
        left=sum(part.left for part in parts),
    )


@dataclass(frozen=True, slots=True)
class AccountMerge:
    """One account of the file. `account.changed` carries the account with all contacts it has afterwards.

    A retainer of `retainers.changed` likewise carries the adjustments and decisions it has afterwards. An
    invoice of `invoices.changed` is void in the file and was not in the book.
    """

    account_id: str
    account: Merged[Account] = field(default_factory=Merged)
    contacts_added: int = 0
    retainers: Merged[Retainer] = field(default_factory=Merged)
    work: Merged[WorkEntry] = field(default_factory=Merged)
    calls: Merged[Call] = field(default_factory=Merged)
    notes: Merged[Note] = field(default_factory=Merged)
    actions: Merged[Action] = field(default_factory=Merged)
    decisions: Merged[Decision] = field(default_factory=Merged)
    charges: Merged[OneOffCharge] = field(default_factory=Merged)
    expenses: Merged[Expense] = field(default_factory=Merged)
    payments: Merged[Payment] = field(default_factory=Merged)
    documents: Merged[DocumentFile] = field(default_factory=Merged)
    invoices: Merged[Invoice] = field(default_factory=Merged)
    skips: Merged[Skip] = field(default_factory=Merged)
    settlements: Merged[Settlement] = field(default_factory=Merged)
    blocks: Merged[Block] = field(default_factory=Merged)
    letters: Merged[SentLetter] = field(default_factory=Merged)
    deposits: Merged[Deposit] = field(default_factory=Merged)
    drafts: Merged[Draft] = field(default_factory=Merged)

    def lists(self) -> Iterator[tuple[str, Merged[object]]]:
        """Every list by the name it has in a book file, the account itself first."""
        yield "accounts", _any(self.account)
        for name in LISTS:
            yield name, getattr(self, name)


LISTS = (
    "retainers",
    "work",
    "calls",
    "notes",
    "actions",
    "decisions",
    "charges",
    "expenses",
    "payments",
    "documents",
    "invoices",
    "skips",
    "settlements",
    "blocks",
    "letters",
    "deposits",
    "drafts",
)


def _any(merged: Merged[Account]) -> Merged[object]:
    return Merged(merged.added, merged.changed, merged.left)


@dataclass(frozen=True, slots=True)
class MergePlan:
    """Everything to write in one transaction, or, if `refused` is not empty, nothing at all.

    `notes` are no obstacles: things worth saying, such as a payment of an invoice still to be issued.
    """

    business: Merged[Business] = field(default_factory=Merged)
    people: Merged[Person] = field(default_factory=Merged)
    series: Merged[Series] = field(default_factory=Merged)
    late_interest_rates: Merged[OwnRate] = field(default_factory=Merged)
    tax_rates: Merged[TaxRate] = field(default_factory=Merged)
    accounts: tuple[AccountMerge, ...] = ()
    exchange_rates: Merged[ExchangeRate] = field(default_factory=Merged)
    refused: tuple[Refusal, ...] = ()
    refused_total: int = 0
    notes: tuple[Refusal, ...] = ()

    def _lists(self) -> Iterator[tuple[str, Merged[object]]]:
        for name in ("business", "people", "series", "tax_rates", "late_interest_rates", "exchange_rates"):
            yield name, getattr(self, name)
        for account in self.accounts:
            yield from account.lists()

    @property
    def added(self) -> dict[str, int]:
        """How many values are new, by the name of their list; lists without any are left out."""
        return _counts((name, len(merged.added)) for name, merged in self._lists())

    @property
    def changed(self) -> dict[str, int]:
        """How many values are replaced."""
        return _counts((name, len(merged.changed)) for name, merged in self._lists())

    @property
    def left(self) -> dict[str, int]:
        """How many values of the file are in the book already, equal."""
        return _counts((name, merged.left) for name, merged in self._lists())

    @property
    def changes_nothing(self) -> bool:
        return not self.added and not self.changed


def _counts(pairs: Iterator[tuple[str, int]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name, count in pairs:
        if count:
            counts[name] = counts.get(name, 0) + count
    return counts
