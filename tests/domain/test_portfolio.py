"""MRR and its movements. Amounts are worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retainerdesk.domain.money import Money
from retainerdesk.domain.period import MONTHLY, Cadence, CadenceUnit, Period
from retainerdesk.domain.plan import Plan
from retainerdesk.domain.portfolio import Movement, exact_mrr, movements, mrr, mrr_at_risk
from retainerdesk.domain.retainer import (
    Escalator,
    Notice,
    NoticeUnit,
    Pause,
    PauseFee,
    Renewal,
    Retainer,
    TermRule,
)

START = date(2026, 1, 1)
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


def a_retainer(
    account: str = "acme",
    minor: int = 300_000,
    cadence: Cadence = MONTHLY,
    starts_on: date = START,
    currency: str = "EUR",
) -> Retainer:
    plan = Plan(starts_on, Money(minor, currency), cadence)
    return Retainer(account, f"r{minor}", "Advisory", starts_on, (plan,))


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


class TestMrr:
    @pytest.mark.parametrize(
        ("cadence", "minor"),
        [
            (MONTHLY, 120_000),
            (Cadence(CadenceUnit.MONTH, 3), 40_000),
            (Cadence(CadenceUnit.YEAR), 10_000),
            (Cadence(CadenceUnit.WEEK), 520_000),  # 1,200.00 × 52 / 12
            (Cadence(CadenceUnit.WEEK, 2), 260_000),
            (Cadence(CadenceUnit.DAY, 10), 365_000),  # 1,200.00 × 365 / 12 / 10
        ],
    )
    def test_a_fee_of_1200_is_normalised_to_a_month(self, cadence: Cadence, minor: int) -> None:
        assert mrr([a_retainer(minor=120_000, cadence=cadence)], MAY) == {"EUR": eur(minor)}

    def test_an_account_is_rounded_once(self) -> None:
        """Two quarterly fees of 0.05: 0.0333 together, so 0.03; each alone would be 0.02."""
        quarterly = Cadence(CadenceUnit.MONTH, 3)
        assert mrr([a_retainer(minor=5, cadence=quarterly)] * 2, MAY) == {"EUR": eur(3)}

    def test_currencies_stay_apart(self) -> None:
        both = [a_retainer(), a_retainer("nippon", 50_000, currency="JPY")]
        assert mrr(both, MAY) == {"EUR": eur(300_000), "JPY": Money(50_000, "JPY")}

    def test_it_counts_from_the_first_day_to_the_effective_end(self) -> None:
        ended = replace(a_retainer(), ended_on=JUNE)
        days = [START - timedelta(days=1), START, JUNE - timedelta(days=1), JUNE]
        assert [exact_mrr(ended, day) for day in days] == [0, 300_000, 300_000, 0]

    def test_a_pause_without_a_fee_does_not_count_and_one_with_a_fee_does(self) -> None:
        pause = Pause(Period(MAY, JUNE))
        assert exact_mrr(replace(a_retainer(), pauses=(pause,)), MAY) == 0
        paid = replace(pause, fee=PauseFee.FULL)
        assert exact_mrr(replace(a_retainer(), pauses=(paid,)), MAY) == 300_000

    def test_a_rise_at_renewal_counts(self) -> None:
        rule = TermRule(3, Renewal.AUTOMATIC, escalator=Escalator(Decimal(10)))
        assert exact_mrr(replace(a_retainer(), term=rule), MAY) == 330_000

    def test_mrr_under_notice_is_at_risk_until_it_ends(self) -> None:
        rule = TermRule(None, Renewal.ROLLING, Notice(1, NoticeUnit.MONTHS))
        leaving = replace(a_retainer("leaving"), term=rule, notice_given_on=MAY)
        risks = [mrr_at_risk([leaving, a_retainer()], day).get("EUR") for day in (START, MAY, JUNE)]
        assert risks == [None, eur(300_000), eur(300_000)]
        assert mrr_at_risk([leaving], date(2026, 6, 2)) == {"EUR": eur(0)}


class TestMovements:
    def kind(self, *retainers: Retainer) -> tuple[Movement, int]:
        (change,) = movements(retainers, MAY, JUNE)["EUR"].accounts
        return change.movement, change.amount.minor

    def test_a_first_agreement_is_new(self) -> None:
        assert self.kind(a_retainer(starts_on=JUNE)) == (Movement.NEW, 300_000)

    def test_a_second_agreement_is_expansion(self) -> None:
        assert self.kind(a_retainer(), a_retainer(minor=5, starts_on=JUNE)) == (Movement.EXPANSION, 5)

    def test_a_dearer_plan_is_expansion_and_a_cheaper_one_contraction(self) -> None:
        retainer = a_retainer()
        for minor, movement in ((310_000, Movement.EXPANSION), (290_000, Movement.CONTRACTION)):
            plans = (*retainer.plans, replace(retainer.plans[0], from_on=JUNE, fee=eur(minor)))
            assert self.kind(replace(retainer, plans=plans)) == (movement, minor - 300_000)

    def test_churn_is_dated_at_the_effective_end(self) -> None:
        assert self.kind(replace(a_retainer(), ended_on=JUNE)) == (Movement.CHURN, -300_000)
        later = replace(a_retainer(), ended_on=JUNE + timedelta(days=1))
        assert movements([later], MAY, JUNE)["EUR"].accounts == ()

    def test_an_account_that_comes_back_is_reactivation(self) -> None:
        gone = replace(a_retainer(), ended_on=date(2026, 3, 1))
        assert self.kind(gone, a_retainer(minor=100_000, starts_on=JUNE)) == (Movement.REACTIVATION, 100_000)

    def test_a_pause_is_contraction_and_its_end_expansion(self) -> None:
        into = replace(a_retainer(), pauses=(Pause(Period(JUNE, date(2026, 7, 1))),))
        out = replace(a_retainer(), pauses=(Pause(Period(MAY, JUNE)),))
        assert self.kind(into) == (Movement.CONTRACTION, -300_000)
        assert self.kind(out) == (Movement.EXPANSION, 300_000)

    @given(
        st.lists(
            st.tuples(
                st.sampled_from("abc"),
                st.integers(0, 10**6),
                st.sampled_from([MONTHLY, Cadence(CadenceUnit.WEEK), Cadence(CadenceUnit.DAY, 10)]),
                st.integers(0, 250),
                st.none() | st.integers(0, 250),
                st.sampled_from(["EUR", "USD"]),
            ),
            max_size=8,
        ),
        st.integers(0, 250),
        st.integers(0, 250),
    )
    def test_movements_close_for_any_portfolio(
        self,
        rows: list[tuple[str, int, Cadence, int, int | None, str]],
        first: int,
        span: int,
    ) -> None:
        day = START + timedelta(days=first)
        retainers = [
            replace(
                a_retainer(account, minor, cadence, START + timedelta(days=offset), currency),
                ended_on=None if end is None else START + timedelta(days=offset + end),
            )
            for account, minor, cadence, offset, end, currency in rows
        ]
        for found in movements(retainers, day, day + timedelta(days=span)).values():
            gained = found.start + found.new + found.expansion + found.reactivation
            assert gained - found.contraction - found.churn == found.end
        assert {
            currency: found.end
            for currency, found in movements(retainers, day, day + timedelta(days=span)).items()
        } == mrr(retainers, day + timedelta(days=span))
