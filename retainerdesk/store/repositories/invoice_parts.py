"""Lines and tax totals of an invoice as rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from retainerdesk.domain.account import TaxCategory, TaxRule
from retainerdesk.domain.invoice import InvoiceLine, TaxTotal
from retainerdesk.domain.money import Money
from retainerdesk.store.repositories.charge_keys import from_charge_key, to_charge_key
from retainerdesk.store.repositories.writing import minor_in, money_or_none


def to_line(row: Row[Any]) -> InvoiceLine:
    """The line of a row."""
    return InvoiceLine(
        key=to_charge_key(row),
        position=row.position,
        text=row.text,
        quantity=row.quantity,
        unit_price=row.unit_price,
        unit=row.unit,
        net=Money(row.net_minor, row.currency),
        tax=TaxRule(TaxCategory(row.tax_category), row.tax_rate_percent, row.tax_included, row.tax_reason),
        details=tuple(row.details),
        basis=money_or_none(row.basis_minor, row.currency),
        agreed=money_or_none(row.agreed_minor, row.currency),
        minutes=row.minutes,
    )


def from_line(line: InvoiceLine, invoice_pk: int, *, live: bool) -> dict[str, Any]:
    """The row of a line; `live` lines claim their charge. Raises ValueError if it mixes currencies."""
    return from_charge_key(line.key) | {
        "invoice_pk": invoice_pk,
        "position": line.position,
        "live": live,
        "text": line.text,
        "quantity": line.quantity,
        "unit_price": line.unit_price,
        "unit": line.unit,
        "currency": line.net.currency,
        "net_minor": line.net.minor,
        "basis_minor": minor_in(line.net.currency, line.basis),
        "agreed_minor": minor_in(line.net.currency, line.agreed),
        "minutes": line.minutes,
        "tax_category": line.tax.category.value,
        "tax_rate_percent": line.tax.rate_percent,
        "tax_included": line.tax.included,
        "tax_reason": line.tax.reason,
        "details": list(line.details),
    }


def to_tax_total(row: Row[Any]) -> TaxTotal:
    """The tax total of a row."""
    return TaxTotal(
        category=TaxCategory(row.category),
        rate_percent=row.rate_percent,
        base=Money(row.base_minor, row.currency),
        amount=Money(row.amount_minor, row.currency),
        reason=row.reason,
    )


def from_tax_total(total: TaxTotal, invoice_pk: int, position: int) -> dict[str, Any]:
    """The columns of one tax total."""
    return {
        "invoice_pk": invoice_pk,
        "position": position,
        "category": total.category.value,
        "rate_percent": total.rate_percent,
        "currency": total.base.currency,
        "base_minor": total.base.minor,
        "amount_minor": minor_in(total.base.currency, total.amount),
        "reason": total.reason,
    }
