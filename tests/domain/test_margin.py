"""Margins by month and their waterfalls. Amounts are worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retainerdesk.domain.account import CostRate, Person
from retainerdesk.domain.exchange_rate import ExchangeRate, Rates
from retainerdesk.domain.margin import Margin, margin_months, total
from retainerdesk.domain.margin_ledger import MarginInputs, OneOff, months_of
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period
from retainerdesk.domain.waterfall import Cause
from retainerdesk.domain.work import Expense, WorkEntry, WorkKind

JANUARY = Period(date(2026, 1, 1), date(2026, 2, 1))
ADA = Person("ada", "Ada Nord", (CostRate(date(2025, 1, 1), Decimal(60)),))


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def worked(hours: int, kind: WorkKind = WorkKind.DELIVERY, on: date = date(2026, 1, 9)) -> WorkEntry:
    return WorkEntry("acme", f"{kind}{on}{hours}", on, hours * 60, "ada", kind)


def bars_of(margin: Margin) -> dict[str, int]:
    assert margin.waterfall is not None
    return {bar.cause.value: bar.amount.minor for bar in margin.waterfall.bars}


# The handbook's example: 38 h of which 2 out of scope, 3 extra calls, 3 preparation.
def rate(currency: str, value: str, on: date = date(2026, 1, 31)) -> ExchangeRate:
    return ExchangeRate(currency, "EUR", on, Decimal(value))


EXAMPLE = MarginInputs(
    currency="EUR",
    account_currency="EUR",
    fees=((JANUARY, eur(500_000)),),
    agreed=((JANUARY, 30 * 60),),
    one_offs=(OneOff(date(2026, 1, 5), eur(-20_000)),),
    work=(
        worked(30),
        worked(3, WorkKind.CALL),
        worked(3, WorkKind.PREP),
        worked(2, WorkKind.OUT_OF_SCOPE),
    ),
    people=(ADA,),
    expenses=(
        Expense("acme", "train", date(2026, 1, 20), eur(12_000), "Train"),
        Expense("acme", "hotel", date(2026, 1, 20), eur(99_900), "Hotel", rebill=True),
    ),
    payment_fees=((date(2026, 1, 30), eur(7_500)),),
    overhead_rate=Decimal(12),
)


class TestWorkedExample:
    def test_it_is_reproduced_to_the_cent(self) -> None:
        """3,200 − 200 − 120 − 180 − 180 − 120 − 75 = 2,325; − 38 × 12 = 456 leaves 1,869."""
        (month,) = margin_months(EXAMPLE, JANUARY)
        assert month.waterfall is not None
        assert month.waterfall.agreed == eur(320_000)
        assert bars_of(month) == {
            "discount": -20_000,
            "out_of_scope": -12_000,
            "extra_calls": -18_000,
            "preparation": -18_000,
            "expenses": -12_000,
            "payment_fees": -7_500,
        }
        assert (month.contribution, month.net) == (eur(232_500), eur(186_900))
        assert (month.revenue, month.cost, month.overhead) == (eur(480_000), eur(247_500), eur(45_600))

    def test_its_rates_follow_from_revenue_and_hours(self) -> None:
        """2,325 ÷ 4,800 = 48.4 %; 4,800 ÷ 38 h = 126.32 an hour; 4,800 ÷ (38 × 150) = 84.2 %."""
        (month,) = margin_months(EXAMPLE, JANUARY)
        assert month.percent == Fraction(48_4375, 10_000)
        assert month.effective_rate == eur(12_632)
        assert month.realisation(Decimal(150)) == Fraction(4800, 38 * 150)
        assert month.realisation(None) is None


class TestCauses:
    def test_delivery_fills_the_agreed_minutes_first(self) -> None:
        """30 h agreed, 32 h delivered and 1 h of calls: 2 h × 60 and 1 h × 60 in excess."""
        inputs = replace(EXAMPLE, work=(worked(1, WorkKind.CALL), worked(32)), one_offs=(), expenses=())
        (month,) = margin_months(replace(inputs, payment_fees=()), JANUARY)
        assert bars_of(month) == {"extra_calls": -6_000, "extra_delivery": -12_000}

    def test_calls_within_the_agreed_minutes_are_no_cause(self) -> None:
        """20 h delivery, 8 h calls, 3 h preparation against 30 h: only 1 h of preparation is too much."""
        inputs = MarginInputs(
            "EUR",
            "EUR",
            fees=((JANUARY, eur(500_000)),),
            agreed=((JANUARY, 1800),),
            work=(worked(20), worked(8, WorkKind.CALL), worked(3, WorkKind.PREP)),
            people=(ADA,),
        )
        (month,) = margin_months(inputs, JANUARY)
        assert bars_of(month) == {"preparation": -6_000}

    def test_agreed_hours_never_worked_add_to_the_margin(self) -> None:
        """10 of 30 h unused at 60 are 600: 5,000 − 1,800 = 3,200 agreed, + 600 = 3,800."""
        inputs = MarginInputs(
            "EUR", "EUR", ((JANUARY, eur(500_000)),), ((JANUARY, 1800),), work=(worked(20),), people=(ADA,)
        )
        (month,) = margin_months(inputs, JANUARY)
        assert bars_of(month) == {"unused_hours": 60_000}
        assert month.contribution == eur(380_000)

    def test_a_month_without_work_costs_its_agreed_hours_at_the_average_rate(self) -> None:
        """60 and 90 an hour average 75: 30 h agreed are 2,250, all of it unused."""
        bo = Person("bo", "Bo", (CostRate(date(2025, 1, 1), Decimal(90)),))
        inputs = MarginInputs("EUR", "EUR", ((JANUARY, eur(500_000)),), ((JANUARY, 1800),), people=(ADA, bo))
        (month,) = margin_months(inputs, JANUARY)
        assert bars_of(month) == {"unused_hours": 225_000}
        assert (month.contribution, month.effective_rate) == (eur(500_000), None)

    def test_overage_and_one_offs_are_revenue_and_a_line_discount_is_a_cause(self) -> None:
        """Overage of December's period is December's; 800 less 10 % is 800 one-off and −80 discount."""
        december = Period(date(2025, 12, 1), date(2026, 1, 1))
        inputs = MarginInputs(
            "EUR",
            "EUR",
            overage=((JANUARY, eur(15_000)), (december, eur(9_900))),
            one_offs=(OneOff(date(2026, 1, 12), eur(80_000), eur(8_000)),),
        )
        (month,) = margin_months(inputs, JANUARY)
        assert bars_of(month) == {"discount": -8_000, "overage_billed": 15_000, "one_off": 80_000}
        assert month.revenue == eur(87_000)

    def test_a_fee_is_spread_over_the_days_of_its_months(self) -> None:
        """3,000.00 for 31 January to 28 February (28 days): 1 day in January, 27 in February."""
        period = Period(date(2026, 1, 31), date(2026, 2, 28))
        months = margin_months(MarginInputs("EUR", "EUR", ((period, eur(300_000)),)), period)
        assert [month.revenue.minor for month in months] == [10_714, 289_286]

    def test_the_cost_rate_in_force_that_day_counts(self) -> None:
        """1 h at 60 on 9 January, 1 h at 70 from 15 January."""
        ada = replace(ADA, cost_rates=(*ADA.cost_rates, CostRate(date(2026, 1, 15), Decimal(70))))
        inputs = MarginInputs("EUR", "EUR", work=(worked(1), worked(1, on=date(2026, 1, 15))), people=(ada,))
        (month,) = margin_months(inputs, JANUARY)
        assert month.cost == eur(13_000)


class TestIncomplete:
    def test_a_missing_cost_rate_names_whose_and_gives_no_margin(self) -> None:
        nobody = replace(EXAMPLE, people=(Person("ada", "Ada Nord"),))
        (month,) = margin_months(nobody, JANUARY)
        assert not month.complete
        assert month.missing == ("no cost rate of Ada Nord on 2026-01-09",)
        assert (month.cost, month.contribution, month.net, month.percent) == (None, None, None, None)
        assert (month.revenue, month.minutes) == (eur(480_000), 38 * 60)

    def test_an_unknown_person_is_named_by_id(self) -> None:
        (month,) = margin_months(replace(EXAMPLE, people=()), JANUARY)
        assert month.missing == ("no cost rate of ada on 2026-01-09",)

    def test_work_before_the_first_rate_is_incomplete(self) -> None:
        late = replace(ADA, cost_rates=(CostRate(date(2026, 1, 10), Decimal(60)),))
        assert not margin_months(replace(EXAMPLE, people=(late,)), JANUARY)[0].complete

    def test_one_incomplete_month_makes_the_total_incomplete(self) -> None:
        february = worked(1, on=date(2026, 2, 3))
        inputs = replace(EXAMPLE, work=(*EXAMPLE.work, replace(february, person_id="bo")))
        months = margin_months(inputs, Period(date(2026, 1, 1), date(2026, 3, 1)))
        assert [month.complete for month in months] == [True, False]
        whole = total(months)
        assert (whole.complete, whole.cost, whole.waterfall) == (False, None, None)
        assert whole.minutes == 39 * 60

    def test_a_foreign_account_without_a_rate_is_incomplete_in_its_own_currency(self) -> None:
        inputs = MarginInputs(
            "EUR", "USD", ((JANUARY, Money(500_000, "USD")),), work=(worked(1),), people=(ADA,)
        )
        (month,) = margin_months(inputs, JANUARY)
        assert month.missing == ("no exchange rate from USD to EUR before 2026-02-01",)
        assert (month.revenue, month.cost) == (Money(500_000, "USD"), None)

    def test_a_given_rate_completes_it(self) -> None:
        """5,000.00 USD at 0.92 is 4,600.00 EUR, less 60.00; ¥100,000 at 0.006 is 600.00."""
        usd = MarginInputs(
            "EUR",
            "USD",
            ((JANUARY, Money(500_000, "USD")),),
            work=(worked(1),),
            people=(ADA,),
            rates=Rates([rate("USD", "0.92"), rate("JPY", "0.006")]),
        )
        assert margin_months(usd, JANUARY)[0].contribution == eur(454_000)
        yen = replace(usd, account_currency="JPY", fees=((JANUARY, Money(100_000, "JPY")),))
        assert margin_months(yen, JANUARY)[0].contribution == eur(54_000)

    def test_each_period_takes_the_rate_of_its_last_day_and_only_a_month_without_one_is_incomplete(
        self,
    ) -> None:
        """31 days of January at £2,000.00, no rate on 31 January; February at 1.17 is 2,340.00 EUR.

        A fee from 15 January to 15 February is whole in the rate of 14 February, the 10th: 3,100.00 × 1.16 =
        3,596.00, of which January has 17 of 31 days: 1,972.00.
        """
        february = Period(date(2026, 2, 1), date(2026, 3, 1))
        known = Rates([rate("GBP", "1.16", date(2026, 2, 10)), rate("GBP", "1.17", date(2026, 2, 28))])
        inputs = MarginInputs(
            "EUR",
            "GBP",
            ((JANUARY, Money(200_000, "GBP")), (february, Money(200_000, "GBP"))),
            rates=known,
        )
        first, second = margin_months(inputs, Period(JANUARY.start, february.end))
        assert (first.missing, first.revenue) == (
            ("no exchange rate from GBP to EUR before 2026-02-01",),
            Money(200_000, "GBP"),
        )
        assert (second.revenue, second.contribution) == (eur(234_000), eur(234_000))
        assert [each.words for each in second.rates] == ["1 GBP = 1.17 EUR (2026-02-28)"]
        middle = Period(date(2026, 1, 15), date(2026, 2, 15))
        spread = replace(inputs, fees=((middle, Money(310_000, "GBP")),))
        months = margin_months(spread, Period(JANUARY.start, february.end))
        assert [month.revenue for month in months] == [eur(197_200), eur(162_400)]

    def test_what_is_in_the_business_currency_needs_no_rate(self) -> None:
        """A card fee of 30.00 EUR of a pound account is 30.00 EUR."""
        inputs = MarginInputs("EUR", "GBP", payment_fees=((date(2026, 1, 5), eur(3_000)),))
        assert margin_months(inputs, JANUARY)[0].contribution == eur(-3_000)


class TestTotals:
    def test_rates_over_several_months_are_sum_by_sum(self) -> None:
        """1,000 for 10 h and 1,000 for 30 h: 2,000 ÷ 40 = 50.00, not the mean of 100.00 and 33.33."""
        february = Period(date(2026, 2, 1), date(2026, 3, 1))
        inputs = MarginInputs(
            "EUR",
            "EUR",
            ((JANUARY, eur(100_000)), (february, eur(100_000))),
            work=(worked(10), worked(30, on=date(2026, 2, 9))),
            people=(ADA,),
        )
        whole = total(margin_months(inputs, Period(JANUARY.start, february.end)))
        assert whole.effective_rate == eur(5_000)
        assert whole.span == Period(JANUARY.start, february.end)

    def test_months_are_whole_calendar_months(self) -> None:
        assert months_of(Period(date(2025, 12, 31), date(2026, 1, 2))) == [
            Period(date(2025, 12, 1), date(2026, 1, 1)),
            JANUARY,
        ]
        assert months_of(JANUARY) == [JANUARY]

    def test_no_months_have_no_total(self) -> None:
        with pytest.raises(ValueError, match="at least one"):
            total(())


ENTRIES = st.builds(
    lambda day, minutes, kind, person: WorkEntry(
        "acme", "w", date(2026, 1, 1).replace(month=1 + day // 28, day=1 + day % 28), minutes, person, kind
    ),
    st.integers(0, 83),
    st.integers(0, 900),
    st.sampled_from(list(WorkKind)),
    st.sampled_from(["ada", "bo"]),
)
BO = Person("bo", "Bo", (CostRate(date(2025, 1, 1), Decimal("71.1137")),))


@given(
    st.lists(ENTRIES, max_size=25),
    st.integers(0, 10**7),
    st.integers(0, 6000),
    st.integers(-(10**5), 10**5),
    st.integers(1, 90),
)
def test_the_bars_sum_exactly_for_each_month_and_for_all(
    work: list[WorkEntry], fee: int, agreed: int, one_off: int, days: int
) -> None:
    span = Period(date(2026, 1, 1), date.fromordinal(date(2026, 1, 1).toordinal() + days))
    inputs = MarginInputs(
        "EUR",
        "EUR",
        fees=((span, eur(fee)),),
        agreed=((span, agreed),),
        one_offs=(OneOff(span.start, eur(one_off)),),
        work=tuple(work),
        people=(ADA, BO),
        overhead_rate=Decimal("11.11"),
    )
    months = margin_months(inputs, Period(date(2026, 1, 1), date(2026, 4, 1)))
    assert sum(month.revenue.minor for month in months) == fee + one_off
    for margin in (*months, total(months)):
        fall = margin.waterfall
        assert fall is not None
        assert fall.agreed.minor + sum(bars_of(margin).values()) == fall.contribution.minor
        assert fall.contribution == margin.contribution
        assert fall.contribution + fall.overhead == fall.net == margin.net
        assert all(bar.amount for bar in fall.bars)
        assert [bar.cause for bar in fall.bars] == [c for c in Cause if c.value in bars_of(margin)]
