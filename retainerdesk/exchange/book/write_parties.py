"""The business, its people and series, and the account with its contacts, as they stand in a book file."""

from __future__ import annotations

from retainerdesk.domain.account import (
    Account,
    Business,
    Contact,
    NumberGap,
    Person,
    Series,
    SeriesReset,
    TaxRule,
)
from retainerdesk.domain.agreed_interest import agreed_percent
from retainerdesk.domain.money import Money
from retainerdesk.domain.numbering import usual_purpose
from retainerdesk.exchange.book.write_look import look_node
from retainerdesk.exchange.book.write_values import Node, Unless, day, members, plain, rate


def business_node(business: Business) -> dict[str, Node]:
    """Every field of interchange.md, then what else differs from its default."""
    standard = business.standard_rate
    return members(
        {
            "name": business.name,
            "address": list(business.address),
            "country": business.country,
            "tax_id": business.tax_id,
            "iban": business.iban,
            "bic": Unless(None, business.bic),
            "bank_name": Unless(None, business.bank_name),
            "email": Unless("", business.email),
            "currency": business.currency,
            "time_zone": business.time_zone,
            "locale": business.locale,
            "standard_rate": None if standard is None else rate(standard, business.currency),
            "overhead_rate": rate(business.overhead_rate, business.currency),
            "target_margin_percent": plain(business.target_margin_percent),
            "lead_days": Unless(0, business.lead_days),
            "paper": Unless("A4", business.paper),
            "logo_sha256": Unless(None, business.logo_sha256),
            "invoice_note": Unless("", business.invoice_note),
            "look": Unless({}, look_node(business.look)),
        }
    )


def person_node(person: Person, currency: str) -> dict[str, Node]:
    """A person; `currency` is that of the business, which cost rates are in."""
    rates = [
        {"from": day(dated.from_on), "rate": rate(dated.hourly_rate, currency)} for dated in person.cost_rates
    ]
    return members(
        {
            "id": person.id,
            "name": person.name,
            "email": Unless("", person.email),
            "cost_rates": rates,
            "left_on": Unless(None, person.left_on and day(person.left_on)),
        }
    )


def series_node(series: Series) -> dict[str, Node]:
    """A number range."""
    gaps = [gap_node(gap) for gap in series.gaps]
    return members(
        {
            "id": series.id,
            "format": series.format,
            "next": series.next,
            "name": Unless("", series.name),
            "purpose": Unless(usual_purpose(series.id).value, series.purpose.value),
            "default": Unless(False, series.is_default),
            "reset": Unless(SeriesReset.NEVER.value, series.reset.value),
            "year_starts_in": Unless(1, series.year_starts_in),
            "year": Unless(0, series.year),
            "gaps": Unless([], gaps),
        }
    )


def gap_node(gap: NumberGap) -> dict[str, Node]:
    """Numbers a series leaves out."""
    return members({"year": Unless(0, gap.year), "from": gap.first, "to": gap.last, "reason": gap.reason})


def account_node(account: Account) -> dict[str, Node]:
    """The account without its lists; also the snapshot of a buyer."""
    return members(
        {
            "id": account.id,
            "name": account.name,
            "status": account.status.value,
            "currency": account.currency,
            "locale": account.locale,
            "address": list(account.address),
            "country": account.country,
            "tax_id": account.tax_id,
            "payment_terms_days": account.payment_terms_days,
            "tax": tax_node(account.tax),
            "contacts": [contact_node(contact) for contact in account.contacts],
            "call_every_days": Unless(None, account.call_every_days),
            "grace_days": Unless(0, account.grace_days),
            "tags": Unless([], list(account.tags)),
            **_terms(account),
        }
    )


def _terms(account: Account) -> dict[str, Node | Unless]:
    rule, coin, bps = account.withholding, account.cash_rounding_minor, account.late_interest_bps
    withholding = None if rule is None else {"percent": plain(rule.percent), "reason": rule.reason}
    steps = [{"days": step.days, "percent": plain(step.percent)} for step in account.payment_plan]
    return {
        "withholding": Unless(None, withholding),
        "cash_rounding": Unless(None, None if coin is None else str(Money(coin, account.currency))),
        "document_discount_percent": Unless("0", plain(account.document_discount_percent)),
        "payment_plan": Unless([], steps),
        "series": Unless(None, account.series_id),
        "late_interest_percent": Unless(None, None if bps is None else plain(agreed_percent(bps))),
    }


def tax_node(tax: TaxRule) -> dict[str, Node]:
    """A tax rule; its rate is in percent."""
    return {
        "category": tax.category.value,
        "rate": plain(tax.rate_percent),
        "included": tax.included,
        "reason": tax.reason,
    }


def contact_node(contact: Contact) -> dict[str, Node]:
    """A person at an account."""
    return members(
        {
            "id": contact.id,
            "name": contact.name,
            "email": contact.email,
            "role": contact.role,
            "phone": Unless("", contact.phone),
        }
    )
