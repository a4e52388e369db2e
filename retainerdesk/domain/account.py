"""The client organisation at the centre of everything, and the people on both sides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from retainerdesk.domain.document_look import DocumentLook

_USUAL_LOOK = DocumentLook()


class AccountStatus(StrEnum):
    """Where an account stands with us."""

    ACTIVE = "active"
    PAUSED = "paused"
    PROPOSAL = "proposal"
    ENDED = "ended"


class TaxCategory(StrEnum):
    """The tax categories of EN 16931 that the program knows."""

    STANDARD = "standard"
    REDUCED = "reduced"
    ZERO = "zero"
    EXEMPT = "exempt"
    REVERSE_CHARGE = "reverse_charge"
    INTRA_COMMUNITY = "intra_community"
    EXPORT = "export"
    OUTSIDE_SCOPE = "outside_scope"

    @property
    def is_taxed(self) -> bool:
        """Whether a rate above zero may apply."""
        return self in (TaxCategory.STANDARD, TaxCategory.REDUCED)


@dataclass(frozen=True, slots=True)
class TaxRule:
    """How a line is taxed: category, rate in percent, whether prices include it, and the legal reason."""

    category: TaxCategory = TaxCategory.STANDARD
    rate_percent: Decimal = Decimal(0)
    included: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """A person at an account. `role` is free text (sponsor, finance, …)."""

    id: str
    name: str
    email: str = ""
    role: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class WithholdingRule:
    """Tax the account keeps back from what is due: `percent` of a document's net, and why."""

    percent: Decimal
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PaymentStep:
    """One part of a payment plan: so much of a document is due so many days after its issue."""

    days: int
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Account:
    """A client organisation. `country` is ISO 3166 alpha-2, `locale` such as en_GB sets documents' language.

    `call_every_days` is the agreed rhythm of contact, used until enough history exists; `grace_days` is how
    long past due an invoice may be before the account counts as late. Terms of its documents:
    `document_discount_percent` off every line but costs passed on, `cash_rounding_minor` the smallest coin
    in minor units (5 for CHF 0.05), `payment_plan` instead of one due date (100 percent together).
    `series_id` names the series that numbers its invoices; None or an unknown one means the default.
    `late_interest_bps` is the agreed rate of late interest in basis points a year; None means the law's.
    """

    id: str
    name: str
    currency: str
    status: AccountStatus = AccountStatus.ACTIVE
    locale: str = "en_GB"
    address: tuple[str, ...] = ()
    country: str = ""
    tax_id: str | None = None
    payment_terms_days: int = 14
    tax: TaxRule = TaxRule()
    contacts: tuple[Contact, ...] = ()
    call_every_days: int | None = None
    grace_days: int = 0
    tags: tuple[str, ...] = ()
    withholding: WithholdingRule | None = None
    cash_rounding_minor: int | None = None
    document_discount_percent: Decimal = Decimal(0)
    payment_plan: tuple[PaymentStep, ...] = ()
    series_id: str | None = None
    late_interest_bps: int | None = None


@dataclass(frozen=True, slots=True)
class CostRate:
    """What an hour of a person costs from a date on, in major units of the business's currency."""

    from_on: date
    hourly_rate: Decimal


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on our side whose minutes are recorded; `left_on` is the first day they work here no more."""

    id: str
    name: str
    cost_rates: tuple[CostRate, ...] = ()
    email: str = ""
    left_on: date | None = None

    def works_on(self, day: date) -> bool:
        """Whether they had not left by `day`."""
        return self.left_on is None or day < self.left_on

    def cost_rate_on(self, day: date) -> Decimal | None:
        """The hourly cost in force on `day`, or None if none is known yet."""
        rate = None
        for dated in sorted(self.cost_rates, key=lambda item: item.from_on):
            if dated.from_on <= day:
                rate = dated.hourly_rate
        return rate


@dataclass(frozen=True, slots=True)
class Business:
    """The issuer: who writes the invoices, in which currency and time zone the book is kept.

    Rates are per hour in major units of `currency`. `lead_days` is how far ahead of today charges are
    proposed. `logo_sha256` names a stored document, if there is a logo. `paper` is A4 or Letter. `look`
    is how documents are printed.
    """

    name: str = ""
    address: tuple[str, ...] = ()
    country: str = ""
    tax_id: str | None = None
    iban: str | None = None
    bic: str | None = None
    bank_name: str | None = None
    email: str = ""
    currency: str = "EUR"
    time_zone: str = "UTC"
    locale: str = "en_GB"
    standard_rate: Decimal | None = None
    overhead_rate: Decimal = Decimal(0)
    target_margin_percent: Decimal = Decimal(50)
    lead_days: int = 0
    paper: str = "A4"
    logo_sha256: str | None = None
    invoice_note: str = ""
    look: DocumentLook = _USUAL_LOOK


class SeriesPurpose(StrEnum):
    """Which documents a series numbers."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


class SeriesReset(StrEnum):
    """When the numbers of a series begin at 1 again."""

    NEVER = "never"
    YEARLY = "yearly"


@dataclass(frozen=True, slots=True)
class NumberGap:
    """Numbers `first` to `last`, both included, that a series leaves out, and why.

    `year` is the fiscal year they belong to; 0 in a series that never begins again.
    """

    first: int
    last: int
    reason: str
    year: int = 0


@dataclass(frozen=True, slots=True)
class Series:
    """A range of document numbers: a format with {year} and {number:04}, and the next number to take.

    A yearly series counts by fiscal years, which begin with the month `year_starts_in` and are called by the
    calendar year they begin in; a number belongs to the year of its issue date. `next` counts in `year`, 0
    before its first document and in a series that never begins again. Ask `numbering.place_on` what comes
    next: it knows the year and the gaps. The default of a purpose numbers what no account chose otherwise.
    """

    id: str
    format: str
    next: int = 1
    name: str = ""
    purpose: SeriesPurpose = SeriesPurpose.INVOICE
    is_default: bool = False
    reset: SeriesReset = SeriesReset.NEVER
    year_starts_in: int = 1
    year: int = 0
    gaps: tuple[NumberGap, ...] = ()

    @property
    def title(self) -> str:
        """What people read: its name, or else its id."""
        return self.name or self.id
