"""The business, its people and series, and the account with its contacts, read from a book file."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from retainerdesk.domain.account import (
    Account,
    AccountStatus,
    Business,
    Contact,
    CostRate,
    NumberGap,
    Person,
    Series,
    SeriesPurpose,
    SeriesReset,
    TaxCategory,
    TaxRule,
)
from retainerdesk.domain.numbering import usual_purpose
from retainerdesk.exchange.book.fields import Fields
from retainerdesk.exchange.book.read_look import read_look
from retainerdesk.exchange.book.read_terms import read_terms

_COUNTRY = (r"|[A-Z]{2}", "a country of two capital letters such as DE")
_LOCALE = (r"[a-z]{2,3}(_[A-Z][a-z]{3})?(_([A-Z]{2}|[0-9]{3}))?", "a locale such as en_GB")
_PAPER = (r"A4|Letter", "a paper size: A4 or Letter")
_SHA256 = (r"[0-9a-fA-F]{64}", "a SHA-256 in 64 hexadecimal digits")


def read_business(fields: Fields) -> Business:
    """The issuer; name and currency are required. Rates are in its currency, up to 4 decimals."""
    logo = sha256(fields, "logo_sha256") if fields.has("logo_sha256") else fields.maybe_text("logo_sha256")
    business = Business(
        name=fields.text("name"),
        address=fields.texts("address"),
        country=fields.matching("country", *_COUNTRY, default=""),
        tax_id=fields.maybe_text("tax_id"),
        iban=fields.maybe_text("iban"),
        bic=fields.maybe_text("bic"),
        bank_name=fields.maybe_text("bank_name"),
        email=fields.text("email", ""),
        currency=fields.currency("currency"),
        time_zone=_time_zone(fields),
        locale=fields.matching("locale", *_LOCALE, default="en_GB"),
        standard_rate=fields.maybe_decimal("standard_rate"),
        overhead_rate=fields.decimal("overhead_rate", "0"),
        target_margin_percent=fields.decimal("target_margin_percent", "50", most=100),
        lead_days=fields.integer("lead_days", 0),
        paper=fields.matching("paper", *_PAPER, default="A4"),
        logo_sha256=logo,
        invoice_note=fields.text("invoice_note", ""),
        look=read_look(fields),
    )
    fields.close()
    return business


def sha256(fields: Fields, name: str) -> str:
    """A required content hash, in lower case."""
    return fields.matching(name, *_SHA256).lower()


def _time_zone(fields: Fields) -> str:
    name = fields.text("time_zone", "UTC")
    if not _is_time_zone(name) and _is_time_zone("UTC"):
        fields.refuse("time_zone", f"“{name[:60]}” is not a time zone such as Europe/Berlin.")
    return name


def _is_time_zone(name: str) -> bool:
    """False also where the machine has no time zone database: then nothing can be checked."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def read_person(fields: Fields) -> Person:
    """Somebody on our side; cost rates are per hour in the business's currency."""
    person = Person(
        id=fields.identifier("id"),
        name=fields.text("name"),
        email=fields.text("email", ""),
        cost_rates=tuple(_read_cost_rate(rate) for rate in fields.children("cost_rates")),
        left_on=fields.maybe_day("left_on"),
    )
    fields.close()
    _refuse_same_day(fields, "cost_rates", [rate.from_on.isoformat() for rate in person.cost_rates])
    return person


def _read_cost_rate(fields: Fields) -> CostRate:
    rate = CostRate(from_on=fields.day("from"), hourly_rate=fields.decimal("rate"))
    fields.close()
    return rate


def _refuse_same_day(fields: Fields, name: str, days: list[str]) -> None:
    for index, day in enumerate(days):
        if day in days[:index]:
            fields.refuse(name, f"two of them start on {day}; keep one.")


def read_series(fields: Fields) -> Series:
    """A number range; its next number is 1 unless told, and it never begins again."""
    series_id = fields.identifier("id")
    series = Series(
        id=series_id,
        format=fields.text("format"),
        next=fields.integer("next", 1, least=1),
        name=fields.text("name", ""),
        purpose=fields.choice("purpose", SeriesPurpose, usual_purpose(series_id)),
        is_default=fields.flag("default"),
        reset=fields.choice("reset", SeriesReset, SeriesReset.NEVER),
        year_starts_in=fields.integer("year_starts_in", 1, least=1),
        year=fields.integer("year", 0),
        gaps=tuple(_read_gap(gap) for gap in fields.children("gaps")),
    )
    fields.close()
    return series


def _read_gap(fields: Fields) -> NumberGap:
    gap = NumberGap(
        first=fields.integer("from", least=1),
        last=fields.integer("to", least=1),
        reason=fields.text("reason"),
        year=fields.integer("year", 0),
    )
    fields.close()
    return gap


def read_account(fields: Fields, default_currency: str | None) -> Account:
    """The account without its lists; its currency may have a default. Leaves `close` to the caller."""
    currency = fields.currency("currency", default_currency)
    terms = read_terms(fields, currency)
    return Account(
        id=fields.identifier("id"),
        name=fields.text("name"),
        currency=currency,
        status=fields.choice("status", AccountStatus, AccountStatus.ACTIVE),
        locale=fields.matching("locale", *_LOCALE, default="en_GB"),
        address=fields.texts("address"),
        country=fields.matching("country", *_COUNTRY, default=""),
        tax_id=fields.maybe_text("tax_id"),
        payment_terms_days=fields.integer("payment_terms_days", 14),
        tax=read_maybe_tax(fields, "tax") or TaxRule(),
        contacts=tuple(_read_contact(contact) for contact in fields.children("contacts")),
        call_every_days=fields.maybe_integer("call_every_days", least=1),
        grace_days=fields.integer("grace_days", 0),
        tags=fields.texts("tags"),
        withholding=terms.withholding,
        cash_rounding_minor=terms.cash_rounding_minor,
        document_discount_percent=terms.document_discount_percent,
        payment_plan=terms.payment_plan,
        series_id=fields.maybe_identifier("series"),
        late_interest_bps=terms.late_interest_bps,
    )


def _read_contact(fields: Fields) -> Contact:
    contact = Contact(
        id=fields.identifier("id"),
        name=fields.text("name"),
        email=fields.text("email", ""),
        role=fields.text("role", ""),
        phone=fields.text("phone", ""),
    )
    fields.close()
    return contact


def read_maybe_tax(parent: Fields, name: str) -> TaxRule | None:
    """A tax rule, or None where it is missing or null."""
    fields = parent.maybe_child(name)
    if fields is None:
        return None
    tax = TaxRule(
        category=fields.choice("category", TaxCategory),
        rate_percent=fields.decimal("rate", "0", most=100),
        included=fields.flag("included"),
        reason=fields.maybe_text("reason"),
    )
    fields.close()
    if tax.rate_percent and not tax.category.is_taxed:
        fields.refuse("rate", f"must be 0 for {tax.category.value}; only standard and reduced have a rate.")
    return tax
