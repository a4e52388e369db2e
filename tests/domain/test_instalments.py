"""Payment plans: each part ages, is overdue and counts as late by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from retainerdesk.domain.account import PaymentStep, TaxRule
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.instalments import asked_for, check_plan, next_due, open_parts, past_due
from retainerdesk.domain.invoice import (
    Allocation,
    Invoice,
    InvoiceStatus,
    Payment,
    Settlement,
    SettlementKind,
    Voided,
)
from retainerdesk.domain.money import Money
from retainerdesk.domain.payments import ageing, balances, days_late, settled_on
from retainerdesk.domain.rounding import cash_rounding, check_terms
from tests.domain.builders import account, eur
from tests.domain.test_credit import an_invoice

FREE = TaxRule()
HALVES = (PaymentStep(0, Decimal(50)), PaymentStep(30, Decimal(50)))


def in_halves() -> Invoice:
    """100.00 of 1 March: 50.00 due that day and 50.00 on 31 March."""
    return an_invoice((10_000, FREE), buyer=account(payment_plan=HALVES))


def paid(amount: str, on: date) -> Payment:
    return Payment("acme", f"p-{on}", on, eur(amount), (Allocation("2026-0001", eur(amount)),))


def test_each_part_ages_from_its_own_day() -> None:
    """On 5 April: 50.00 are 35 days past due, 50.00 are 5; after 60.00 paid, 40.00 are 5 days past due."""
    invoice = in_halves()
    found = ageing([invoice], [], date(2026, 4, 5))["EUR"].by_bucket()
    assert {name: str(amount) for name, amount in found.items() if amount} == {
        "1_30": "50.00",
        "31_60": "50.00",
    }
    after = ageing([invoice], [paid("60", date(2026, 3, 2))], date(2026, 4, 5))["EUR"].by_bucket()
    assert {name: str(amount) for name, amount in after.items() if amount} == {"1_30": "40.00"}


def test_only_what_was_due_is_past_due() -> None:
    """On 10 March the first 50.00 is past due; 20.00 paid leave 30.00 past due of 80.00 open."""
    invoice = in_halves()
    assert past_due(invoice, eur(100), date(2026, 3, 1)) == eur(0)
    assert past_due(invoice, eur(100), date(2026, 3, 10)) == eur(50)
    assert asked_for(invoice, eur(80), date(2026, 3, 10)) == (date(2026, 3, 1), eur(30))
    assert asked_for(invoice, eur(50), date(2026, 3, 10)) == (date(2026, 3, 31), eur(50))
    assert [str(part.amount) for part in open_parts(invoice, eur(80))] == ["30.00", "50.00"]
    assert next_due(invoice, eur(0)) == date(2026, 3, 31)


def test_the_latest_part_says_how_late_it_was() -> None:
    """50.00 came 4 days late and the rest on time: 4; while the second part is open since 31 March, 9."""
    invoice = in_halves()
    first, second = paid("50", date(2026, 3, 5)), paid("50", date(2026, 3, 30))
    assert days_late(invoice, [first], date(2026, 3, 20)) == 4
    assert days_late(invoice, [first, second], date(2026, 6, 1)) == 4
    assert days_late(invoice, [first], date(2026, 4, 9)) == 9
    assert days_late(invoice, [], date(2026, 3, 1)) is None


@pytest.mark.parametrize(
    "steps",
    [
        ((0, 50), (30, 49)),
        ((0, 100), (30, 0)),
        ((30, 50), (30, 50)),
        ((30, 50), (10, 50)),
        ((-1, 50), (10, 50)),
    ],
)
def test_a_plan_is_all_of_it_in_order(steps: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(RuleViolation):
        check_plan([PaymentStep(days, Decimal(percent)) for days, percent in steps])


@pytest.mark.parametrize(
    ("minor", "unit", "added"),
    [(10_002, 5, -2), (10_003, 5, 2), (10_005, 5, None), (-10_002, 5, 2), (10_050, 100, 50), (7, None, None)],
)
def test_cash_rounding_goes_to_the_nearest_coin(minor: int, unit: int | None, added: int | None) -> None:
    """CHF 100.02 → 100.00 and 100.03 → 100.05; half a coin goes up, and below zero the same."""
    assert cash_rounding(Money(minor, "CHF"), unit) == (None if added is None else Money(added, "CHF"))


@pytest.mark.parametrize(
    ("withheld", "unit", "discount"), [("0", None, "0"), ("100", 5, "0"), ("-1", 5, "0")]
)
def test_terms_that_cannot_be_are_refused(withheld: str, unit: int | None, discount: str) -> None:
    with pytest.raises(RuleViolation):
        check_terms(Decimal(withheld), unit, Decimal(discount))
    with pytest.raises(RuleViolation):
        check_terms(None, 0, Decimal(0))
    with pytest.raises(RuleViolation):
        check_terms(None, None, Decimal(100))


class TestSettlements:
    def settled(self, kind: SettlementKind, amount: str, on: date) -> Settlement:
        return Settlement("acme", f"s-{amount}", on, kind, eur(amount), "2026-0001", None, "agreed")

    def test_a_write_off_settles_on_its_day(self) -> None:
        invoice = an_invoice((10_000, FREE))
        lost = self.settled(SettlementKind.WRITE_OFF, "40", date(2026, 5, 1))
        part = paid("60", date(2026, 4, 1))
        assert balances([invoice], [part], date(2026, 4, 30), [lost]) == {"2026-0001": eur(40)}
        assert balances([invoice], [part], None, [lost]) == {"2026-0001": eur(0)}
        assert settled_on(invoice, [part], None, [lost]) == date(2026, 5, 1)

    def test_a_void_document_was_open_until_the_day_it_was_voided(self) -> None:
        invoice = an_invoice((10_000, FREE))
        void = replace(invoice, status=InvoiceStatus.VOID, voided=Voided(date(2026, 4, 1), "twice"))
        assert balances([void], [], date(2026, 3, 31)) == {"2026-0001": eur(100)}
        assert balances([void], [], date(2026, 4, 1)) == {"2026-0001": eur(0)}
