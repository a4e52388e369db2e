"""Days sales outstanding (DSO): for how many days of invoicing the open money stands.

The rule is *count-back by calendar months*: the open balance is taken off the newest month's invoicing, then
off the month before, and so on. A month that is taken off whole counts its days, the running one its days so
far; the last one counts in proportion. It needs no window of days to choose, and neither a quiet month nor
yearly fees invoiced in January distort it, as they do open ÷ revenue × days.
Source: handbook, "Payments", Days sales outstanding.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from retainerdesk.domain.invoice import Invoice
from retainerdesk.domain.money import Money


def days_sales_outstanding(invoices: Iterable[Invoice], open_now: Money, today: date) -> Fraction | None:
    """DSO of documents of the currency of `open_now`, exact, in days up to and with `today`.

    What a month invoiced is what is payable of its documents, credit notes off, void ones left out. None
    before the first invoice; 0 if nothing is open. Where credits leave more open than all months invoiced,
    the days since the first of them count whole.
    """
    months = _invoiced_by_month(invoices, open_now.currency, today)
    if not months:
        return None
    left, days, month = open_now.minor, Fraction(0), today.replace(day=1)
    first = min(months)
    while left > 0 and month >= first:
        invoiced, length = max(0, months.get(month, 0)), _days_of(month, today)
        days += length if invoiced <= left else Fraction(length * left, invoiced)
        left -= invoiced
        month = (month - timedelta(days=1)).replace(day=1)
    return days


def _invoiced_by_month(invoices: Iterable[Invoice], currency: str, today: date) -> dict[date, int]:
    """Minor units by the first day of the month of issue."""
    months: dict[date, int] = {}
    for invoice in invoices:
        if invoice.issued_on <= today and invoice.currency == currency and not invoice.is_void(today):
            month = invoice.issued_on.replace(day=1)
            months[month] = months.get(month, 0) + invoice.payable.minor
    return months


def _days_of(month: date, today: date) -> int:
    """The days of a month up to and with `today`."""
    following = (month + timedelta(days=31)).replace(day=1)
    return (min(following, today + timedelta(days=1)) - month).days
