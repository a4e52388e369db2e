"""A statement tells every move once, and ends where ageing and credit say it does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retainerdesk.domain.account import Account, Business
from retainerdesk.domain.invoice import (
    Allocation,
    DocumentKind,
    Invoice,
    InvoiceStatus,
    Payment,
    Settlement,
    SettlementKind,
    Totals,
    Voided,
)
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period
from retainerdesk.domain.statement import EntryKind, statement_of

FIRST = date(2026, 1, 1)
QUARTER = Period(date(2026, 1, 1), date(2026, 4, 1))


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def invoice(number: str, minor: int, day: date, currency: str = "EUR") -> Invoice:
    amount = Money(minor, currency)
    kind = DocumentKind.CREDIT_NOTE if minor < 0 else DocumentKind.INVOICE
    buyer = Account("acme", "ACME", currency)
    totals = Totals(amount, (), amount)
    due = day + timedelta(days=14)
    return Invoice("main", number, 1, "acme", day, due, Business(), buyer, (), totals, kind=kind)


def paid(id_: str, minor: int, on: date, *parts: tuple[str, int]) -> Payment:
    allocations = tuple(Allocation(number, eur(part)) for number, part in parts)
    return Payment("acme", id_, on, eur(minor), allocations)


def settled(kind: SettlementKind, minor: int, on: date, to: str | None, of: str | None) -> Settlement:
    return Settlement("acme", f"{kind}-{on}", on, kind, eur(minor), to, of)


def test_a_quarter_is_told_move_by_move() -> None:
    """December: 1,000.00. January: 500.00 and a payment of 1,100.00, of which 1,000.00 settles December.
    February: a credit note of 200.00, used for January's invoice. March: 100.00 of the payment paid back,
    50.00 written off. 1000 + 500 − 1100 − 200 + 100 − 50 = 250.00, which is open
    on January’s invoice: 500 − 200 − 50."""
    documents = [
        invoice("25-9", 100_000, date(2025, 12, 10)),
        invoice("26-1", 50_000, date(2026, 1, 10)),
        invoice("26-2", -20_000, date(2026, 2, 10)),
    ]
    payments = [paid("bank 7", 110_000, date(2026, 1, 20), ("25-9", 100_000))]
    settlements = [
        settled(SettlementKind.CREDIT, 20_000, date(2026, 2, 10), "26-1", "26-2"),
        settled(SettlementKind.REFUND, 10_000, date(2026, 3, 1), None, None),
        settled(SettlementKind.WRITE_OFF, 5_000, date(2026, 3, 31), "26-1", None),
    ]
    told = statement_of(QUARTER, "EUR", documents, payments, settlements)
    assert told.opening == eur(100_000)
    assert [(entry.kind, entry.amount.minor, entry.balance.minor) for entry in told.entries] == [
        (EntryKind.INVOICE, 50_000, 150_000),
        (EntryKind.PAYMENT, -110_000, 40_000),
        (EntryKind.CREDIT_NOTE, -20_000, 20_000),
        (EntryKind.REFUND, 10_000, 30_000),
        (EntryKind.WRITE_OFF, -5_000, 25_000),
    ]
    assert told.closing == eur(25_000)
    assert told.unapplied == eur(0)
    assert told.ageing.by_bucket()["61_90"] == eur(25_000)


def test_the_first_day_is_inside_and_the_last_is_not() -> None:
    documents = [
        invoice("1", 100, date(2025, 12, 31)),
        invoice("2", 10, date(2026, 1, 1)),
        invoice("3", 1, date(2026, 4, 1)),
    ]
    told = statement_of(QUARTER, "EUR", documents, [])
    assert (told.opening, told.closing) == (eur(100), eur(110))
    assert [entry.reference for entry in told.entries] == ["2"]


def test_a_void_invoice_counts_until_the_day_it_was_voided() -> None:
    void = replace(
        invoice("1", 100, date(2025, 12, 1)),
        status=InvoiceStatus.VOID,
        voided=Voided(date(2026, 2, 1), "twice"),
    )
    told = statement_of(QUARTER, "EUR", [void], [])
    assert (told.opening, told.closing) == (eur(100), eur(0))
    assert [(entry.kind, entry.amount) for entry in told.entries] == [(EntryKind.VOID, eur(-100))]
    undated = replace(void, voided=None)
    assert statement_of(QUARTER, "EUR", [undated], []).entries == ()


def test_other_currencies_are_another_statement() -> None:
    documents = [invoice("1", 100, date(2026, 1, 1)), invoice("2", 77, date(2026, 1, 1), "USD")]
    assert statement_of(QUARTER, "USD", documents, []).closing == Money(77, "USD")
    assert statement_of(QUARTER, "CHF", documents, []).closing == Money(0, "CHF")


def test_a_span_without_days_is_refused() -> None:
    with pytest.raises(ValueError, match="one day"):
        statement_of(Period(FIRST, FIRST), "EUR", [], [])


@given(
    bills=st.lists(st.tuples(st.integers(-500, 500).filter(bool), st.integers(-60, 120)), max_size=6),
    money=st.lists(st.tuples(st.integers(1, 900), st.integers(-60, 120), st.integers(0, 5)), max_size=6),
    lost=st.lists(st.tuples(st.integers(1, 50), st.integers(-60, 120), st.integers(0, 5)), max_size=3),
)
def test_the_closing_balance_is_what_is_open_less_credit(
    bills: list[tuple[int, int]], money: list[tuple[int, int, int]], lost: list[tuple[int, int, int]]
) -> None:
    documents = [
        invoice(str(n), minor, FIRST + timedelta(days=days)) for n, (minor, days) in enumerate(bills)
    ]
    targets = [each for each in documents if each.payable.minor > 0]
    payments = []
    for n, (minor, days, which) in enumerate(money):
        on = FIRST + timedelta(days=days)
        part = [(targets[which].number, minor // 2)] if which < len(targets) else []
        on = max(on, targets[which].issued_on) if part else on
        payments.append(paid(f"p{n}", minor, on, *part))
    offs = [
        settled(SettlementKind.WRITE_OFF, minor, max(FIRST + timedelta(days=days), targets[which].issued_on),
                targets[which].number, None)
        for minor, days, which in lost if which < len(targets)
    ]  # fmt: skip
    told = statement_of(QUARTER, "EUR", documents, payments, offs)
    assert told.closing == told.opening + sum((entry.amount for entry in told.entries), eur(0))
    assert told.closing == told.ageing.total - told.unapplied
    before = statement_of(Period(date(2025, 1, 1), QUARTER.start), "EUR", documents, payments, offs)
    assert before.closing == told.opening
