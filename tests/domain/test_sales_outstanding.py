"""Days sales outstanding by count-back, worked by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retainerdesk.domain.account import Account, Business
from retainerdesk.domain.invoice import Invoice, InvoiceStatus, Totals, Voided
from retainerdesk.domain.money import Money
from retainerdesk.domain.sales_outstanding import days_sales_outstanding

TODAY = date(2026, 3, 31)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def issued(on: date, minor: int, currency: str = "EUR", **kwargs: object) -> Invoice:
    amount = Money(minor, currency)
    values: dict[str, object] = {"series_id": "main", "number": f"{on}/{minor}", "sequence": 1}
    values |= {"account_id": "acme", "issued_on": on, "due_on": on, "seller": Business(), "lines": ()}
    values |= {"buyer": Account("acme", "ACME", currency), "totals": Totals(amount, (), amount)}
    return Invoice(**(values | kwargs))  # type: ignore[arg-type]


QUARTER = [issued(date(2026, month, 1), 100_000) for month in (1, 2, 3)]


def test_the_open_money_is_counted_back_month_by_month() -> None:
    """1,000.00 invoiced a month, 2,500.00 open on 31 March: March 31 days whole, February 28 days whole, of
    January 500 of 1,000, half of its 31 days: 31 + 28 + 15.5 = 74.5 days."""
    assert days_sales_outstanding(QUARTER, eur(250_000), TODAY) == Fraction(149, 2)


@pytest.mark.parametrize(("open_minor", "days"), [(0, 0), (-5, 0), (50_000, Fraction(31, 2)), (100_000, 31)])
def test_less_than_a_month_counts_in_proportion(open_minor: int, days: Fraction) -> None:
    assert days_sales_outstanding(QUARTER, eur(open_minor), TODAY) == days


def test_the_running_month_counts_its_days_so_far() -> None:
    """On 10 March, 1,000.00 invoiced in March and all of it open: 10 days."""
    assert days_sales_outstanding(QUARTER, eur(100_000), date(2026, 3, 10)) == 10


def test_a_month_without_invoices_counts_its_days() -> None:
    """Only January was invoiced; 500 of 1,000 open: March 31, February 28, half of January 15.5."""
    assert days_sales_outstanding(QUARTER[:1], eur(50_000), TODAY) == Fraction(149, 2)


def test_void_documents_other_currencies_and_later_ones_are_left_out() -> None:
    others = [
        issued(date(2026, 3, 2), 900_000, "USD"),
        issued(date(2026, 4, 1), 900_000),
        issued(date(2026, 3, 3), 900_000, status=InvoiceStatus.VOID, voided=Voided(date(2026, 3, 4), "slip")),
    ]
    assert days_sales_outstanding([*QUARTER, *others], eur(100_000), TODAY) == 31


def test_before_the_first_invoice_there_is_none() -> None:
    assert days_sales_outstanding([], eur(0), TODAY) is None


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=6), st.integers(0, 10**6), st.integers(0, 10**6))
def test_more_open_money_never_means_fewer_days_nor_more_than_there_were(
    amounts: list[int], one: int, other: int
) -> None:
    invoices = [issued(date(2026, 3 - place % 3, 1), minor) for place, minor in enumerate(amounts)]
    less, more = sorted([one, other])
    days = [days_sales_outstanding(invoices, eur(minor), TODAY) for minor in (less, more)]
    assert days[0] is not None
    assert days[1] is not None
    assert 0 <= days[0] <= days[1] <= 31 + 28 + 31
