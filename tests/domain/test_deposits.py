"""Deposits keep what they promise, whatever was agreed, paid and charged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from retainerdesk.domain.account import TaxCategory, TaxRule
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.deposit import Deposit
from retainerdesk.domain.deposit_charges import ledgers_of
from retainerdesk.domain.deposit_rules import deposit_findings
from retainerdesk.domain.invoice import Allocation, Payment
from retainerdesk.domain.invoicing import propose, without
from retainerdesk.domain.money import Money
from retainerdesk.domain.work import OneOffCharge
from tests.domain.builders import account_file, run

FULL = TaxRule(TaxCategory.STANDARD, Decimal(19))
INSIDE = TaxRule(TaxCategory.REDUCED, Decimal(7), included=True)
RULES = st.sampled_from([FULL, INSIDE])
JANUARY = date(2026, 1, 5)


def charge(number: int, minor: int, rule: TaxRule) -> OneOffCharge:
    """One a month, so that each takes an invoice of its own."""
    on = date(2026 + number // 12, number % 12 + 1, 10)
    return OneOffCharge("acme", f"c{number}", on, "Work", Decimal(1), Decimal(minor).scaleb(-2), tax=rule)


def deposit(number: int, minor: int, rule: TaxRule) -> Deposit:
    return Deposit("acme", f"d{number}", JANUARY, "Deposit", Money(minor, "EUR"), None, rule, JANUARY)


DEPOSITS = st.lists(st.tuples(st.integers(1, 200_000), RULES, st.integers(0, 100)), max_size=3)
CHARGES = st.lists(st.tuples(st.integers(1, 100_000), RULES), min_size=1, max_size=5)


def billed(
    asked: list[tuple[int, TaxRule, int]], charged: list[tuple[int, TaxRule]], percent: int
) -> AccountFile:
    """The deposits billed and paid in so many percent, then every charge invoiced in its month."""
    file = account_file(
        deposits=tuple(deposit(number, minor, rule) for number, (minor, rule, _) in enumerate(asked))
    )
    terms = replace(file.account, document_discount_percent=Decimal(percent))
    file = run(replace(file, account=terms), JANUARY)
    for number, (invoice, (_, _, share)) in enumerate(zip(file.invoices, asked, strict=True)):
        paid = Money(invoice.payable.minor * share // 100, "EUR")
        parts = (Allocation(invoice.number, paid),) if paid else ()
        file = replace(file, payments=(*file.payments, Payment("acme", f"p{number}", JANUARY, paid, parts)))
    charges = tuple(charge(number, minor, rule) for number, (minor, rule) in enumerate(charged))
    file = replace(file, charges=charges)
    for each in charges:
        file = run(file, each.on)
    return file


@settings(max_examples=60, deadline=None)
@given(asked=DEPOSITS, charged=CHARGES, percent=st.sampled_from([0, 10]))
def test_deductions_never_exceed_the_deposit_and_everything_charged_is_invoiced_once(
    asked: list[tuple[int, TaxRule, int]], charged: list[tuple[int, TaxRule]], percent: int
) -> None:
    file = billed(asked, charged, percent)
    assert deposit_findings(file) == []
    for ledger in ledgers_of(file):
        assert ledger.billed == ledger.credited + ledger.deducted + ledger.left
        assert ledger.deducted <= ledger.paid <= ledger.billed
    agreed = [
        line.net if line.agreed is None else line.agreed for each in file.invoices for line in each.lines
    ]
    off = [
        line for each in file.invoices for line in each.lines if line.key.source_id.startswith("discount:")
    ]
    given_off = sum((line.net if line.agreed is None else line.agreed).minor for line in off)
    left = sum(ledger.left.minor for ledger in ledgers_of(file))
    assert sum(amount.minor for amount in agreed) == sum(minor for minor, _ in charged) + given_off + left
    for invoice in file.invoices:
        assert invoice.totals.gross.minor >= 0
        assert all(group.base.minor >= 0 and group.amount.minor >= 0 for group in invoice.totals.tax)
    assert propose(file, date(2027, 1, 1), date(2027, 1, 1), confirmed=True).proposals == ()


@settings(max_examples=60, deadline=None)
@given(asked=DEPOSITS, charged=CHARGES)
def test_the_tax_of_all_invoices_is_that_of_what_was_charged_but_for_the_rounding_of_each(
    asked: list[tuple[int, TaxRule, int]], charged: list[tuple[int, TaxRule]]
) -> None:
    """Deposits that are used up whole: every document rounds its tax once, by at most half a cent."""
    file = billed(asked, charged, 0)
    if any(ledger.left for ledger in ledgers_of(file)):
        return
    tax = sum((each.totals.gross - each.totals.net).minor for each in file.invoices)
    parts = (
        Decimal(minor) * rule.rate_percent / (100 + (rule.rate_percent if rule.included else 0))
        for minor, rule in charged
    )
    exact = sum(parts, Decimal(0))
    groups = sum(len(each.totals.tax) for each in file.invoices)
    assert abs(tax - exact) <= Decimal(groups) / 2


def test_leaving_charges_out_shrinks_what_is_set_against_the_rest() -> None:
    """500.00 and 300.00 with 700.00 paid: without the 500.00 only 300.00 are set off, and nothing alone."""
    file = account_file(deposits=(deposit(0, 70_000, FULL),))
    file = run(file, JANUARY)
    paid = Payment("acme", "p", JANUARY, Money(83_300, "EUR"), (Allocation("0001", Money(83_300, "EUR")),))
    first, second = charge(0, 50_000, FULL), replace(charge(0, 30_000, FULL), id="other")
    file = replace(file, payments=(paid,), charges=(first, second))
    (shown,) = propose(file, first.on, first.on).proposals
    assert [each.net.minor for each in shown.charges] == [50_000, 30_000, -70_000]
    left = without(shown, [shown.charges[0].key])
    assert left is not None
    assert [each.net.minor for each in left.charges] == [30_000, -30_000]
    assert left.totals.gross == Money(0, "EUR")
    assert without(shown, [each.key for each in shown.charges[:2]]) is None
