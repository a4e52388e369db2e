"""Allocation, balances, ageing and days late. Amounts are worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retainerdesk.domain.account import Account, Business
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import Allocation, Invoice, InvoiceStatus, Payment, Totals
from retainerdesk.domain.money import Money
from retainerdesk.domain.payments import (
    ageing,
    average_days_late,
    balances,
    check_payment,
    days_late,
    open_balance,
    propose_allocations,
    settled_on,
    unapplied_credit,
)

TODAY = date(2026, 6, 30)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def an_invoice(number: str, gross: Money, due_on: date = TODAY, **changes: object) -> Invoice:
    account = Account("acme", "ACME", gross.currency)
    issued_on = due_on - timedelta(days=14)
    totals = Totals(gross, (), gross)
    invoice = Invoice("invoice", number, 1, "acme", issued_on, due_on, Business(), account, (), totals)
    return replace(invoice, **changes)  # type: ignore[arg-type]


def a_payment(amount: Money, on: date = TODAY, **parts: int) -> Payment:
    allocations = tuple(Allocation(number, Money(minor, amount.currency)) for number, minor in parts.items())
    return Payment("acme", f"p{on}", on, amount, allocations)


class TestCheckPayment:
    def test_a_part_payment_fits(self) -> None:
        check_payment(a_payment(eur(100), A=60), [an_invoice("A", eur(100))])

    @pytest.mark.parametrize(
        ("payment", "rule"),
        [
            (a_payment(eur(500), A=101), "payment.over_allocated"),
            (a_payment(eur(50), A=60), "payment.over_allocated"),
            (a_payment(eur(50), A=-10), "payment.over_allocated"),
            (a_payment(eur(50), Z=10), "payment.invoice"),
            (a_payment(eur(50), V=10), "payment.void"),
            (a_payment(Money(50, "USD"), A=10), "payment.currency"),
            (
                Payment("acme", "p", TODAY, eur(50), (Allocation("A", eur(10)), Allocation("A", eur(10)))),
                "payment.twice",
            ),
            (replace(a_payment(eur(50), A=10), account_id="other"), "payment.invoice"),
        ],
    )
    def test_what_does_not_fit_is_refused(self, payment: Payment, rule: str) -> None:
        invoices = [an_invoice("A", eur(100)), an_invoice("V", eur(100), status=InvoiceStatus.VOID)]
        with pytest.raises(RuleViolation) as caught:
            check_payment(payment, invoices)
        assert caught.value.rule == rule

    def test_two_payments_together_cannot_settle_more_than_the_invoice(self) -> None:
        first = a_payment(eur(60), date(2026, 6, 1), A=60)
        with pytest.raises(RuleViolation):
            check_payment(a_payment(eur(60), A=41), [an_invoice("A", eur(100))], [first])
        check_payment(a_payment(eur(60), A=40), [an_invoice("A", eur(100))], [first])

    def test_a_corrected_payment_does_not_count_against_itself(self) -> None:
        payment = a_payment(eur(100), A=100)
        check_payment(payment, [an_invoice("A", eur(100))], [payment])

    def test_a_credit_note_settles_an_invoice_without_money(self) -> None:
        invoices = [an_invoice("A", eur(100)), an_invoice("C", eur(-30))]
        check_payment(a_payment(eur(0), A=30, C=-30), invoices)


class TestBalances:
    def test_a_part_payment_leaves_the_rest_open_and_too_much_stays_as_credit(self) -> None:
        invoices = [an_invoice("A", eur(100)), an_invoice("B", eur(50))]
        payments = [a_payment(eur(170), A=100, B=20)]
        assert balances(invoices, payments) == {"A": eur(0), "B": eur(30)}
        assert open_balance(invoices, payments) == {"EUR": eur(30)}
        assert unapplied_credit(invoices, payments) == {"EUR": eur(50)}

    def test_voiding_a_paid_invoice_turns_its_payment_into_credit(self) -> None:
        invoices = [an_invoice("A", eur(100), status=InvoiceStatus.VOID)]
        payments = [a_payment(eur(100), A=100)]
        assert open_balance(invoices, payments) == {"EUR": eur(0)}
        assert unapplied_credit(invoices, payments) == {"EUR": eur(100)}

    def test_the_past_knows_neither_later_payments_nor_later_invoices(self) -> None:
        invoices = [an_invoice("A", eur(100)), an_invoice("B", eur(50), TODAY + timedelta(days=90))]
        assert balances(invoices, [a_payment(eur(100), A=100)], TODAY - timedelta(days=1)) == {"A": eur(100)}

    def test_currencies_stay_apart(self) -> None:
        invoices = [an_invoice("A", eur(100)), an_invoice("B", Money(70, "USD"))]
        assert open_balance(invoices, []) == {"EUR": eur(100), "USD": Money(70, "USD")}


class TestAgeing:
    @pytest.mark.parametrize(
        ("days", "bucket"),
        [
            (-5, "not_due"),
            (0, "not_due"),
            (1, "1_30"),
            (30, "1_30"),
            (31, "31_60"),
            (60, "31_60"),
            (61, "61_90"),
            (90, "61_90"),
            (91, "over_90"),
        ],
    )
    def test_edges_of_the_buckets(self, days: int, bucket: str) -> None:
        rows = ageing([an_invoice("A", eur(100), TODAY - timedelta(days=days))], [], TODAY)["EUR"].by_bucket()
        assert [name for name, amount in rows.items() if amount] == [bucket]

    def test_part_payments_are_taken_off(self) -> None:
        invoices = [an_invoice("A", eur(100), TODAY - timedelta(days=40))]
        found = ageing(invoices, [a_payment(eur(30), A=30)], TODAY)["EUR"]
        assert (found.by_bucket()["31_60"], found.past_due) == (eur(70), eur(70))

    @given(
        st.lists(st.tuples(st.integers(-(10**6), 10**6), st.integers(-100, 200), st.booleans()), max_size=15)
    )
    def test_buckets_sum_to_the_open_balance(self, rows: list[tuple[int, int, bool]]) -> None:
        invoices = [
            an_invoice(f"N{i}", Money(minor, "EUR" if euro else "USD"), TODAY - timedelta(days=days))
            for i, (minor, days, euro) in enumerate(rows)
        ]
        payments = [
            Payment("acme", each.number, TODAY, each.totals.gross, (Allocation(each.number, part),))
            for each in invoices
            for part in [Money(each.totals.gross.minor // 3, each.currency)]
        ]
        sums = {currency: found.total for currency, found in ageing(invoices, payments, TODAY).items()}
        assert sums == open_balance(invoices, payments, TODAY)


class TestDaysLate:
    def test_late_early_and_open_invoices_average(self) -> None:
        """10 days late, 5 days early (0), still open after 20 days: 30 / 3 = 10."""
        due = TODAY - timedelta(days=20)
        invoices = [an_invoice(number, eur(100), due) for number in "ABC"]
        payments = [
            a_payment(eur(100), due + timedelta(days=10), A=100),
            a_payment(eur(100), due - timedelta(days=5), B=100),
        ]
        assert [days_late(each, payments, TODAY) for each in invoices] == [10, 0, 20]
        assert average_days_late(invoices, payments, TODAY) == Fraction(10)

    def test_the_last_part_settles(self) -> None:
        invoice = an_invoice("A", eur(100))
        parts = [a_payment(eur(60), date(2026, 7, 1), A=60), a_payment(eur(40), date(2026, 7, 9), A=40)]
        assert settled_on(invoice, parts[:1]) is None
        assert settled_on(invoice, parts) == date(2026, 7, 9)

    def test_nothing_to_judge_is_no_average(self) -> None:
        assert average_days_late([an_invoice("A", eur(100), TODAY)], [], TODAY) is None
        assert average_days_late([an_invoice("C", eur(-100), date(2026, 1, 1))], [], TODAY) is None


class TestProposal:
    def test_the_oldest_due_is_settled_first_and_the_rest_is_credit(self) -> None:
        invoices = [
            an_invoice("B", eur(50), date(2026, 5, 1)),
            an_invoice("A", eur(100), date(2026, 4, 1)),
            an_invoice("C", eur(-20), date(2026, 1, 1)),
            an_invoice("D", Money(10, "USD"), date(2026, 1, 1)),
        ]
        open_now = balances(invoices, [])
        proposed = propose_allocations(eur(120), invoices, open_now)
        assert proposed == (Allocation("A", eur(100)), Allocation("B", eur(20)))
        assert len(propose_allocations(eur(500), invoices, open_now)) == 2
