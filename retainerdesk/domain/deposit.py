"""Deposits: money asked for up front, billed as a charge of its own and set against later invoices.

What is left of one is never stored: it follows from documents, payments and credit notes.
For every deposit: billed = credited + set against invoices + left. Source: handbook, "Deposits".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from retainerdesk.domain.account import TaxRule
from retainerdesk.domain.credit_shares import agreed_of, source_of
from retainerdesk.domain.invoice import (
    ChargeKey,
    ChargeKind,
    Invoice,
    InvoiceLine,
    Payment,
    Settlement,
    SettlementKind,
)
from retainerdesk.domain.money import Money

_SOURCE = "deposit:"


@dataclass(frozen=True, slots=True)
class Deposit:
    """What was agreed: `amount` as every price of the account (with the tax inside where `tax.included`).

    It is billed from `on` with its own `tax` or the account's. It is set against what is billable from
    `deduct_from` on; None holds it until a day is given. `retainer_id` limits it to one retainer's charges.
    """

    account_id: str
    id: str
    on: date
    text: str
    amount: Money
    retainer_id: str | None = None
    tax: TaxRule | None = None
    deduct_from: date | None = None


class DepositState(StrEnum):
    """Where a deposit stands: not billed yet, waiting for its money, ready to be used, used up."""

    AGREED = "agreed"
    BILLED = "billed"
    HELD = "held"
    READY = "ready"
    USED = "used"


@dataclass(frozen=True, slots=True)
class DepositUse:
    """What one invoice took of a deposit, less what a credit note on that invoice gave back."""

    number: str
    on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class DepositLedger:
    """A deposit with what happened to it; amounts as agreed, like its own.

    `invoice` bills it, with the tax of the line in `line`. `paid` is the share of it that money came for,
    rounded down to the minor unit. `uses` are in the order invoices were issued.
    """

    deposit: Deposit
    invoice: Invoice | None
    line: InvoiceLine | None
    billed: Money
    credited: Money
    paid: Money
    uses: tuple[DepositUse, ...]

    @property
    def deducted(self) -> Money:
        """What is set against invoices."""
        return sum((use.amount for use in self.uses), Money(0, self.billed.currency))

    @property
    def left(self) -> Money:
        """What was billed and is neither taken back nor set against an invoice."""
        return self.billed - self.credited - self.deducted

    @property
    def available(self) -> Money:
        """What of it can be set against an invoice: only what was paid."""
        usable = min(self.billed - self.credited, self.paid) - self.deducted
        return max(usable, Money(0, self.billed.currency))

    @property
    def state(self) -> DepositState:
        if self.invoice is None:
            return DepositState.AGREED
        if not self.left:
            return DepositState.USED
        if not self.available:
            return DepositState.BILLED
        return DepositState.READY if self.deposit.deduct_from is not None else DepositState.HELD


def deposit_source(deposit_id: str) -> str:
    """What charges about a deposit name as their source."""
    return f"{_SOURCE}{deposit_id}"


def is_deposit_key(key: ChargeKey) -> bool:
    """Whether a charge bills a deposit."""
    return key.kind is ChargeKind.ONE_OFF and key.source_id.startswith(_SOURCE)


def is_deduction_key(key: ChargeKey) -> bool:
    """Whether a charge sets a deposit against an invoice."""
    return key.kind is ChargeKind.CORRECTION and key.source_id.startswith(_SOURCE)


def is_about_deposit(key: ChargeKey) -> bool:
    """Whether a charge bills a deposit or sets one against an invoice."""
    return is_deposit_key(key) or is_deduction_key(key)


def deposit_ledgers(
    deposits: Iterable[Deposit],
    documents: Sequence[Invoice],
    payments: Sequence[Payment],
    settlements: Sequence[Settlement],
) -> tuple[DepositLedger, ...]:
    """The ledger of every deposit of an account; `documents` with their lines, void ones do not count."""
    live = [each for each in documents if not each.is_void()]
    return tuple(_ledger(deposit, live, payments, settlements) for deposit in deposits)


def _ledger(
    deposit: Deposit, live: Sequence[Invoice], payments: Sequence[Payment], settlements: Sequence[Settlement]
) -> DepositLedger:
    source, none = deposit_source(deposit.id), Money(0, deposit.amount.currency)
    own = [(each, line) for each in live for line in each.lines if line.key.source_id == source]
    billed = next(((each, line) for each, line in own if is_deposit_key(line.key)), None)
    uses = tuple(
        DepositUse(each.number, each.issued_on, -agreed_of(line) - _credited(each, line, live))
        for each, line in sorted(own, key=lambda pair: (pair[0].issued_on, pair[0].sequence))
        if is_deduction_key(line.key)
    )
    if billed is None:
        return DepositLedger(deposit, None, None, none, none, none, uses)
    invoice, line = billed
    paid = agreed_of(line).minor * _paid_share(invoice, live, payments, settlements)
    return DepositLedger(
        deposit, invoice, line, agreed_of(line), _credited(invoice, line, live),
        Money(paid.numerator // paid.denominator, none.currency), uses,
    )  # fmt: skip


def _credited(document: Invoice, line: InvoiceLine, live: Iterable[Invoice]) -> Money:
    """What credit notes took back of a line, as agreed; of a deduction they give back, above zero too."""
    source, sign = source_of(document.number, line.position), 1 if agreed_of(line).minor < 0 else -1
    taken = sum(
        sign * agreed_of(each).minor
        for note in live
        if note.is_credit_note
        for each in note.lines
        if each.key.source_id == source
    )
    return Money(taken, document.currency)


def _paid_share(
    invoice: Invoice,
    live: Iterable[Invoice],
    payments: Iterable[Payment],
    settlements: Iterable[Settlement],
) -> Fraction:
    """The share of what is payable that money, or credit of other documents, came for; at most all of it."""
    if invoice.payable.minor <= 0:
        return Fraction(0)
    own_notes = {each.number for each in live if each.corrects == invoice.number}
    paid = sum(
        part.amount.minor
        for each in payments
        for part in each.allocations
        if part.invoice_number == invoice.number
    )
    paid += sum(
        each.amount.minor
        for each in settlements
        if each.kind is SettlementKind.CREDIT
        and each.invoice_number == invoice.number
        and each.source_number not in own_notes
    )
    return min(Fraction(1), Fraction(paid, invoice.payable.minor))
