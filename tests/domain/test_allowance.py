"""The lot ledger over several periods. Hours worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from retainerdesk.domain.allowance import as_if_closed, lot_ledger
from retainerdesk.domain.grants import granted_minutes
from retainerdesk.domain.overage_price import overage_net
from retainerdesk.domain.period import Alignment, Cadence, CadenceUnit
from retainerdesk.domain.plan import Overage, OverageDecision, Proration, Rollover, RolloverPolicy
from retainerdesk.domain.retainer import LotAdjustment, Renewal, Retainer, TermRule, UsageDecision
from retainerdesk.domain.schedule import usage_periods
from retainerdesk.domain.usage_period import UsagePeriod
from retainerdesk.domain.work import WorkKind
from tests.domain.builders import BILL_150, day, eur, hours, pause, plan, retainer, work

NO_ROLLOVER = Rollover()
TWO_PERIODS = Rollover(RolloverPolicy.SURPLUS, periods=2, cap_minutes=300)
BOTH = Rollover(RolloverPolicy.SURPLUS_AND_DEFICIT, periods=1)
QUARTERLY = Cadence(CadenceUnit.MONTH, 3)


def terms(allowance_hours: float, rollover: Rollover = NO_ROLLOVER, **changes: Any) -> Retainer:
    """Monthly from 1 January 2026."""
    values = {"overage": BILL_150} | changes
    return retainer(plan("2026-01-01", allowance_minutes=hours(allowance_hours), rollover=rollover, **values))


def ledger(agreed: Retainer, used: list[float], today: str | None = None) -> tuple[UsagePeriod, ...]:
    """The ledger after these hours in January, February, …; every month with hours is over."""
    entries = [work(date(2026, month, 10), hours(h)) for month, h in enumerate(used, start=1) if h]
    end = day(today) if today else date(2026, len(used) + 1, 1)
    return lot_ledger(agreed, entries, end)[: len(used)]


def in_hours(periods: tuple[UsagePeriod, ...], *names: str) -> list[tuple[float, ...]]:
    return [tuple(getattr(period, name) / 60 for name in names) for period in periods]


def test_the_worked_example_of_the_handbook() -> None:
    """20 h a month, rollover for 2 periods, cap 5 h a period, overage 150/h.

    1: 6 unused, cap 5, 1 forfeited. 2: 5 + 13 burned, 7 unused. 3: 25 of 25. 4: 10 h × 150 = 1,500.
    """
    periods = ledger(terms(20, TWO_PERIODS), [14, 18, 25, 30])
    assert in_hours(periods, "opening", "used", "overage", "forfeited", "carried") == [
        (0, 14, 0, 1, 5),
        (5, 18, 0, 2, 5),
        (5, 25, 0, 0, 0),
        (0, 30, 10, 0, 0),
    ]
    assert overage_net(periods[3], "EUR") == eur(1500)


def test_surplus_and_deficit_of_40_hours() -> None:
    """Use 30, the next month offers 50; use 60, the month after offers 30."""
    surplus = ledger(terms(40, BOTH), [30, 0])
    assert in_hours(surplus, "opening", "granted")[1] == (10, 40)
    deficit = ledger(terms(40, BOTH), [60, 0])
    assert in_hours(deficit, "opening", "granted", "carried") == [(0, 40, -20), (-20, 40, 20)]
    assert [period.overage for period in deficit] == [0, 0]


def test_deficit_only_carries_what_was_overdrawn_and_forfeits_what_was_left() -> None:
    """January 50 of 40: −10. February offers 30, 20 used: 10 forfeited, nothing carried."""
    periods = ledger(terms(40, Rollover(RolloverPolicy.DEFICIT)), [50, 20])
    names = ("opening", "burned", "overage", "forfeited", "carried")
    assert in_hours(periods, *names) == [(0, 50, 0, 0, -10), (-10, 20, 0, 10, 0)]


def test_a_deficit_larger_than_a_grant_takes_several_periods() -> None:
    """100 of 40: −60; −20 after February; 20 left of March."""
    periods = ledger(terms(40, BOTH), [100, 0, 0])
    assert [hours_ for (hours_,) in in_hours(periods, "carried")] == [-60, -20, 20]


def test_no_rollover_forfeits_what_is_left() -> None:
    assert in_hours(ledger(terms(20), [14, 0]), "forfeited", "carried", "opening")[0] == (6, 0, 0)


class TestExpiry:
    """10 h a month, nothing used: each month's 10 h are carried until they die."""

    @pytest.mark.parametrize(
        ("rule", "expired", "carried"),
        [
            # One period: January's lot dies at the end of February.
            (Rollover(RolloverPolicy.SURPLUS, periods=1), [0, 10, 10, 10], [10, 10, 10, 10]),
            (Rollover(RolloverPolicy.SURPLUS, periods=2), [0, 0, 10, 10], [10, 20, 20, 20]),
            (Rollover(RolloverPolicy.SURPLUS), [0, 0, 0, 0], [10, 20, 30, 40]),
            # A first dead day: at the close of March everything carried dies, and April's remainder as well.
            (Rollover(RolloverPolicy.SURPLUS, expires_on=date(2026, 4, 1)), [0, 0, 30, 10], [10, 20, 0, 0]),
            (Rollover(RolloverPolicy.SURPLUS, total_cap_minutes=900), [0, 0, 0, 0], [10, 15, 15, 15]),
            (Rollover(RolloverPolicy.SURPLUS, cap_percent=25), [0, 0, 0, 0], [2.5, 5, 7.5, 10]),
        ],
    )
    def test_by_periods_on_a_date_or_never(self, rule: Any, expired: Any, carried: Any) -> None:
        periods = ledger(terms(10, rule), [0, 0, 0, 0])
        assert in_hours(periods, "expired", "carried") == list(zip(expired, carried, strict=True))

    def test_at_the_end_of_the_term(self) -> None:
        """A term of three months: all 30 h die with it, the new term starts empty."""
        rule = Rollover(RolloverPolicy.SURPLUS, until_term_end=True)
        agreed = retainer(
            plan("2026-01-01", allowance_minutes=600, rollover=rule), term=TermRule(3, Renewal.AUTOMATIC)
        )
        assert in_hours(ledger(agreed, [0, 0, 0, 0]), "expired", "carried") == [
            (0, 10),
            (0, 20),
            (30, 0),
            (0, 10),
        ]

    def test_a_lot_used_in_time_does_not_expire(self) -> None:
        """January's 10 h and 4 of February's burn; 6 are carried."""
        periods = ledger(terms(10, Rollover(RolloverPolicy.SURPLUS, periods=1)), [0, 14, 0])
        assert in_hours(periods, "expired", "carried")[1] == (0, 6)


class TestPauses:
    """10 h a month, carried for one period; February is a pause."""

    RULE = Rollover(RolloverPolicy.SURPLUS, periods=1)

    def paused(self, *, freeze: bool) -> tuple[UsagePeriod, ...]:
        agreed = retainer(
            plan("2026-01-01", allowance_minutes=600, rollover=self.RULE),
            pauses=(pause("2026-02-01", "2026-03-01", freeze=freeze),),
        )
        return ledger(agreed, [0, 0, 0])

    def test_a_pause_that_freezes_keeps_the_lot_for_the_month_after(self) -> None:
        assert in_hours(self.paused(freeze=True), "granted", "expired", "carried") == [
            (10, 0, 10),
            (0, 0, 10),
            (10, 10, 10),
        ]

    def test_a_pause_that_ages_lets_it_die(self) -> None:
        assert in_hours(self.paused(freeze=False), "granted", "expired", "carried") == [
            (10, 0, 10),
            (0, 10, 0),
            (10, 0, 10),
        ]

    def test_a_pause_inside_a_month_reduces_the_grant_by_its_days(self) -> None:
        """31 h in January less 10 of 31 days: 21 h."""
        agreed = retainer(
            plan("2026-01-01", allowance_minutes=hours(31)), pauses=(pause("2026-01-11", "2026-01-21"),)
        )
        assert in_hours(ledger(agreed, [0]), "granted") == [(21,)]

    def test_a_pause_that_is_still_paid_grants_everything(self) -> None:
        agreed = retainer(
            plan("2026-01-01", allowance_minutes=hours(31)),
            pauses=(pause("2026-01-11", "2026-01-21", paid=True),),
        )
        assert in_hours(ledger(agreed, [0]), "granted") == [(31,)]


class TestAdjustments:
    def test_minutes_added_are_used_before_there_is_overage(self) -> None:
        agreed = terms(10)
        agreed = retainer(*agreed.plans, adjustments=(LotAdjustment(day("2026-01-20"), 120, "goodwill"),))
        assert in_hours(ledger(agreed, [13]), "adjusted", "burned", "overage") == [(2, 12, 1)]

    def test_minutes_taken_come_out_of_the_grant_and_then_out_of_carried_lots(self) -> None:
        """10 carried + 10 granted − 15: 5 left."""
        agreed = retainer(
            *terms(10, Rollover(RolloverPolicy.SURPLUS)).plans,
            adjustments=(LotAdjustment(day("2026-02-20"), -900, "correction"),),
        )
        assert in_hours(ledger(agreed, [0, 0]), "opening", "adjusted", "carried") == [
            (0, 0, 10),
            (10, -15, 5),
        ]

    def test_more_taken_than_there_is_stays_owed(self) -> None:
        agreed = retainer(
            *terms(10).plans, adjustments=(LotAdjustment(day("2026-01-20"), -900, "correction"),)
        )
        assert in_hours(ledger(agreed, [0, 4]), "carried", "overage", "forfeited") == [(-5, 0, 0), (0, 0, 1)]


class TestDecisions:
    def decided(self, decision: OverageDecision, used: list[float]) -> tuple[UsagePeriod, ...]:
        agreed = terms(10, overage=Overage(Decimal(150), OverageDecision.ASK))
        made = (UsageDecision(day("2026-01-01"), decision, "agreed by phone"),)
        return ledger(retainer(*agreed.plans, usage_decisions=made), used)

    def test_without_a_decision_the_plan_says_what_happens(self) -> None:
        periods = ledger(terms(10, overage=Overage(Decimal(150), OverageDecision.ASK)), [12])
        assert (periods[0].decision, overage_net(periods[0], "EUR")) == (OverageDecision.ASK, eur(0))

    def test_a_period_without_overage_has_nothing_to_decide(self) -> None:
        assert ledger(terms(10), [10])[0].decision is None

    def test_carried_overage_burns_first_in_the_next_period(self) -> None:
        """January 14 of 10: 4 carried. February 4 + 8 of 10: 2 h of overage, to be decided there."""
        periods = self.decided(OverageDecision.CARRY, [14, 8])
        assert in_hours(periods, "used", "carried_in", "burned", "overage") == [(14, 0, 10, 4), (8, 4, 10, 2)]
        assert periods[1].burns[0].entry_id == ""
        assert periods[1].decision is OverageDecision.ASK

    def test_absorbed_overage_costs_nothing_and_moves_nowhere(self) -> None:
        periods = self.decided(OverageDecision.ABSORB, [14, 8])
        assert (periods[0].reason, overage_net(periods[0], "EUR")) == ("agreed by phone", eur(0))
        assert in_hours(periods, "carried_in", "overage")[1] == (0, 0)


@pytest.mark.parametrize(
    ("minutes", "rate", "net"),
    [
        # 100 min × 150/60 = 250.00; 7 × 0.2575/60 = 0.030041…; 1 × 0.30/60 = 0.005 → 0.01.
        (100, "150", "250.00"),
        (7, "0.2575", "0.03"),
        (1, "0.30", "0.01"),
        (1, "0.29", "0.00"),
        (20, "100", "33.33"),
        (40, "100", "66.67"),
    ],
)
def test_overage_is_rounded_half_up_once(minutes: Any, rate: Any, net: Any) -> None:
    agreed = terms(0, overage=Overage(Decimal(rate), OverageDecision.BILL))
    (period,) = lot_ledger(agreed, [work("2026-01-05", minutes)], day("2026-02-01"))[:1]
    assert str(overage_net(period, "EUR")) == net


def test_usage_periods_follow_their_own_cadence() -> None:
    """Invoiced monthly, 30 h counted a quarter: 12 + 12 + 12 leave 6 h of overage in one period."""
    agreed = terms(30, usage_cadence=QUARTERLY)
    entries = [work(date(2026, month, 10), hours(12)) for month in (1, 2, 3)]
    periods = lot_ledger(agreed, entries, day("2026-04-01"))
    assert in_hours(periods[:1], "granted", "used", "overage") == [(30, 36, 6)]
    assert periods[0].span.end == day("2026-04-01")


def test_work_out_of_scope_or_outside_the_service_draws_on_nothing() -> None:
    agreed = terms(10)
    entries = [
        work("2026-01-10", 60, kind=WorkKind.OUT_OF_SCOPE),
        work("2025-12-31", 60),
        work("2026-01-31", 30),
    ]
    periods = lot_ledger(agreed, entries, day("2026-02-01"))
    assert [period.used for period in periods] == [30, 0]


def test_the_last_day_of_a_period_belongs_to_it_and_its_end_to_the_next() -> None:
    entries = [work("2026-01-31", 30), work("2026-02-01", 45)]
    assert [p.used for p in lot_ledger(terms(10), entries, day("2026-02-01"))] == [30, 45]


def test_an_open_period_shows_the_state_so_far() -> None:
    (period,) = lot_ledger(terms(10), [work("2026-01-10", 240)], day("2026-01-15"))
    assert (period.closed, period.burned, period.carried, period.forfeited) == (False, 240, 360, 0)


def test_a_retainer_in_the_future_has_no_periods_yet() -> None:
    assert lot_ledger(terms(10), [], day("2025-12-31")) == ()


def test_a_leading_stub_gets_its_share_of_the_allowance() -> None:
    """From 10 August by the calendar: 20 h × 22/31 = 14.1935 h = 852 minutes."""
    agreed = retainer(plan("2026-08-10", allowance_minutes=1200, alignment=Alignment.CALENDAR))
    assert [granted_minutes(agreed, each) for each in usage_periods(agreed, day("2026-09-02"))] == [852, 1200]


def test_an_allowance_changed_in_mid_period_is_both_parts() -> None:
    """20 h to 10 May, 40 h from 11 May: 1200 × 10/31 = 387, 2400 × 21/31 = 1626."""
    agreed = retainer(plan("2026-05-01", allowance_minutes=1200), plan("2026-05-11", allowance_minutes=2400))
    (may,) = usage_periods(agreed, day("2026-05-31"))
    assert granted_minutes(agreed, may) == 387 + 1626


@pytest.mark.parametrize(("excluded", "carried"), [(True, 0), (False, 852)])
def test_a_partial_first_period_may_carry_nothing(excluded: Any, carried: Any) -> None:
    rule = Rollover(RolloverPolicy.SURPLUS, exclude_partial_first=excluded)
    agreed = retainer(plan("2026-08-10", allowance_minutes=1200, alignment=Alignment.CALENDAR, rollover=rule))
    assert lot_ledger(agreed, [], day("2026-09-01"))[0].carried == carried


@pytest.mark.parametrize("method", [Proration.FULL, Proration.SKIP_STUB])
def test_a_stub_without_proration_has_all_or_nothing(method: Any) -> None:
    agreed = retainer(
        plan("2026-08-10", allowance_minutes=1200, alignment=Alignment.CALENDAR, proration=method)
    )
    (stub,) = usage_periods(agreed, day("2026-08-20"))
    assert granted_minutes(agreed, stub) == (1200 if method is Proration.FULL else 0)


def test_work_dated_after_today_does_not_count_yet() -> None:
    """10 h entered for the 20th are not used on the 10th, and are on the 20th."""
    planned = [work("2026-01-20", 600)]
    assert lot_ledger(terms(10), planned, day("2026-01-10"))[-1].used == 0
    assert lot_ledger(terms(10), planned, day("2026-01-20"))[-1].used == 600


def test_a_running_period_tells_what_it_would_carry_if_it_closed_now() -> None:
    """20 h a month, at most 5 h carried. January used 18 and carries 2; 1 of them is used on 5 February.

    1 of the opening 2 is left and lives on, of its own 20 h 5 are carried: 6, and 15 are forfeited. A deficit
    is carried as it is.
    """
    own = retainer(plan("2026-01-01", allowance_minutes=hours(20), rollover=TWO_PERIODS, overage=BILL_150))
    entries = [work("2026-01-10", hours(18)), work("2026-02-05", hours(1))]
    running = lot_ledger(own, entries, day("2026-02-10"))[-1]
    told = as_if_closed(own, running, day("2026-02-10"))
    assert (running.carried, running.forfeited) == (hours(21), 0)
    assert (told.carried, told.forfeited, told.expired) == (hours(6), hours(15), 0)
    assert told.opening + told.granted == told.burned + told.expired + told.forfeited + told.carried
    owing = retainer(
        plan("2026-01-01", allowance_minutes=hours(2), rollover=Rollover(RolloverPolicy.DEFICIT))
    )
    behind = lot_ledger(owing, [work("2026-01-05", hours(3))], day("2026-01-10"))[-1]
    assert as_if_closed(owing, behind, day("2026-01-10")).carried == -hours(1)
