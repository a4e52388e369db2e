"""Charges, the lines they become, and the documents that carry them. Issued documents never change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from retainerdesk.domain.account import Account, Business, TaxCategory, TaxRule
from retainerdesk.domain.exchange_rate import ExchangeRate
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period


class ChargeKind(StrEnum):
    """What a charge is for."""

    FEE = "fee"
    OVERAGE = "overage"
    BLOCK = "block"
    EXPENSE = "expense"
    CORRECTION = "correction"
    ONE_OFF = "one_off"


@dataclass(frozen=True, slots=True, order=True)
class ChargeKey:
    """What makes a charge one thing: it can be invoiced or skipped once.

    `retainer_id` is empty for charges of the account itself; `source_id` names the one-off charge or
    expense, and is empty otherwise. `sequence` tells corrections of one span apart.
    """

    account_id: str
    retainer_id: str
    kind: ChargeKind
    service: Period
    sequence: int = 1
    source_id: str = ""

    def __str__(self) -> str:
        parts = (self.account_id, self.retainer_id, self.kind.value, self.service.start, self.service.end)
        return "/".join([*map(str, parts), str(self.sequence), self.source_id])


@dataclass(frozen=True, slots=True)
class Charge:
    """One thing that ought to be invoiced.

    `billable_on` is the first day it may be invoiced: the charges of an account with the same one share an
    invoice. `quantity` × `unit_price` is shown; `net` is the amount, rounded once (with the tax inside if
    `tax.included`). `basis` is the full fee a part was computed from (fees and their corrections), `minutes`
    the overage. `why` says in words why it is due; `details` explain the amount, a line each.
    """

    key: ChargeKey
    billable_on: date
    quantity: Decimal
    unit_price: Decimal
    net: Money
    text: str
    tax: TaxRule
    why: str = ""
    details: tuple[str, ...] = ()
    basis: Money | None = None
    minutes: int | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """A charge as it was issued.

    `net` is without tax, also where prices include it: then `agreed` is the price with the tax inside.
    Periods are half-open; people see the last day.
    """

    key: ChargeKey
    position: int
    text: str
    quantity: Decimal
    unit_price: Decimal
    unit: str
    net: Money
    tax: TaxRule
    details: tuple[str, ...] = ()
    basis: Money | None = None
    minutes: int | None = None
    agreed: Money | None = None


@dataclass(frozen=True, slots=True)
class TaxTotal:
    """The tax of one group of lines with the same category and rate."""

    category: TaxCategory
    rate_percent: Decimal
    base: Money
    amount: Money
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of rounded parts: gross = net + the tax of every group."""

    net: Money
    tax: tuple[TaxTotal, ...]
    gross: Money


class InvoiceStatus(StrEnum):
    """Issued, or cancelled with its number kept."""

    ISSUED = "issued"
    VOID = "void"


class DocumentKind(StrEnum):
    """What a numbered document is: a demand, or one that takes (part of) an earlier one back."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


@dataclass(frozen=True, slots=True)
class Instalment:
    """One part of a payment plan. The parts of a document add up to what is payable."""

    due_on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class Withholding:
    """Tax the account keeps back and pays for us: `percent` of the document's net, rounded half up once."""

    percent: Decimal
    amount: Money
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Voided:
    """When and why a document was cancelled. It counts as it was issued until the day before."""

    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class BookTax:
    """The tax of a document in the currency of the books (EN 16931 BT-6 and BT-111), and the rate it took."""

    amount: Money
    rate: ExchangeRate


@dataclass(frozen=True, slots=True)
class Invoice:
    """An issued document with a snapshot of both parties as they were on that day.

    `seller` and `buyer` are copies, so that printing it again gives the same page whatever changed since.
    `chain_head` is the short hash of the audit chain when it was issued, printed as an outside witness.
    `corrects` is the number of the document that a credit note takes back, or that an invoice replaces;
    `reason` says why. `rounding` is cash rounding: a difference without tax, outside the totals.
    Without `instalments` all of it is due on `due_on`; else they are in order of date. `voided` belongs to
    the status void; a void document read from elsewhere may lack it. `sequence` counts within `series_year`,
    the fiscal year of its series; 0 where the series never begins again. `book_tax` is the tax in the books'
    currency where the document is in another one and a rate was stored on the day of issue. `note` is what
    was written on the draft for this document alone.
    """

    series_id: str
    number: str
    sequence: int
    account_id: str
    issued_on: date
    due_on: date
    seller: Business
    buyer: Account
    lines: tuple[InvoiceLine, ...]
    totals: Totals
    status: InvoiceStatus = InvoiceStatus.ISSUED
    chain_head: str = ""
    kind: DocumentKind = DocumentKind.INVOICE
    corrects: str | None = None
    reason: str = ""
    instalments: tuple[Instalment, ...] = ()
    withholding: Withholding | None = None
    rounding: Money | None = None
    voided: Voided | None = None
    series_year: int = 0
    book_tax: BookTax | None = None
    note: str = ""

    @property
    def currency(self) -> str:
        return self.totals.gross.currency

    @property
    def payable(self) -> Money:
        """What is to be paid: gross, less the tax withheld, plus the cash rounding."""
        payable = self.totals.gross
        if self.withholding is not None:
            payable -= self.withholding.amount
        return payable if self.rounding is None else payable + self.rounding

    @property
    def is_credit_note(self) -> bool:
        return self.kind is DocumentKind.CREDIT_NOTE

    def is_void(self, on: date | None = None) -> bool:
        """Whether it is void; with a day, whether it already was at the end of that day."""
        if self.status is not InvoiceStatus.VOID:
            return False
        return on is None or self.voided is None or self.voided.on <= on


@dataclass(frozen=True, slots=True)
class Skip:
    """A charge that was decided not to be invoiced, with the reason. `net` is the amount given up."""

    key: ChargeKey
    reason: str
    decided_on: date
    net: Money | None = None


@dataclass(frozen=True, slots=True)
class Allocation:
    """The part of a payment that settles one invoice."""

    invoice_number: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Payment:
    """Money received. What is not allocated stays as credit of the account.

    `amount` is what it settles, in the currency of the account. `received` is what arrived where that was
    in another one, `rate` (units of `amount` for one unit received) the rate if one was stated. `fee` is what
    the bank or the card company kept, in the currency that arrived; it is a cost and does not reduce what
    was paid.
    """

    account_id: str
    id: str
    on: date
    amount: Money
    allocations: tuple[Allocation, ...] = ()
    fee: Money | None = None
    text: str = ""
    received: Money | None = None
    rate: Decimal | None = None

    @property
    def paid(self) -> Money:
        """What arrived, in the currency it came in."""
        return self.amount if self.received is None else self.received


class SettlementKind(StrEnum):
    """What, beside a payment, settles a document or gives money back."""

    CREDIT = "credit"
    WRITE_OFF = "write_off"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class Settlement:
    """Money moved without being received; `amount` is above zero.

    CREDIT: what the credit note `source_number` gives is used for the invoice `invoice_number`. WRITE_OFF:
    so much of `invoice_number` will never come. REFUND: paid back, out of the credit note `source_number`,
    or (None) out of what the account paid and no invoice took.
    """

    account_id: str
    id: str
    on: date
    kind: SettlementKind
    amount: Money
    invoice_number: str | None = None
    source_number: str | None = None
    reason: str = ""
