"""Billing and usage periods of a retainer. Dates worked by hand."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from retainerdesk.domain.period import MONTHLY, Alignment, Cadence, CadenceUnit
from retainerdesk.domain.retainer import Notice, NoticeUnit, Renewal, TermRule
from retainerdesk.domain.schedule import billing_periods, usage_periods
from tests.domain.builders import day, days, plan, retainer

WEEKLY = Cadence(CadenceUnit.WEEK, 1)
THREE_WEEKS = Cadence(CadenceUnit.WEEK, 3)
TEN_DAYS = Cadence(CadenceUnit.DAY, 10)
QUARTERLY = Cadence(CadenceUnit.MONTH, 3)
HALF_YEARLY = Cadence(CadenceUnit.MONTH, 6)
YEARLY = Cadence(CadenceUnit.YEAR, 1)


def starts(agreed: Any, until: str) -> list[str]:
    return [str(each.span.start) for each in billing_periods(agreed, day(until))]


@pytest.mark.parametrize(
    ("from_on", "cadence", "until", "expected"),
    [
        # The day is clamped from the anchor each time, never from the period before.
        ("2026-01-31", MONTHLY, "2026-05-01", ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]),
        ("2024-02-29", YEARLY, "2028-03-01",
         ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]),
        ("2026-01-15", QUARTERLY, "2026-08-01", ["2026-01-15", "2026-04-15", "2026-07-15"]),
        ("2026-08-31", HALF_YEARLY, "2027-09-01", ["2026-08-31", "2027-02-28", "2027-08-31"]),
        ("2026-01-01", WEEKLY, "2026-01-16", ["2026-01-01", "2026-01-08", "2026-01-15"]),
        ("2026-01-01", THREE_WEEKS, "2026-02-13", ["2026-01-01", "2026-01-22", "2026-02-12"]),
        ("2026-02-20", TEN_DAYS, "2026-03-13", ["2026-02-20", "2026-03-02", "2026-03-12"]),
    ],
)  # fmt: skip
def test_every_boundary_counts_from_the_anchor(from_on: Any, cadence: Any, until: Any, expected: Any) -> None:
    assert starts(retainer(plan(from_on, cadence=cadence)), until) == expected


@pytest.mark.parametrize(
    ("from_on", "changes", "full"),
    [
        ("2026-08-10", {"alignment": Alignment.CALENDAR}, ("2026-08-01", "2026-09-01")),
        ("2026-08-10", {"alignment": Alignment.CALENDAR, "cadence": QUARTERLY}, ("2026-07-01", "2026-10-01")),
        ("2026-08-10", {"alignment": Alignment.CALENDAR, "cadence": YEARLY}, ("2026-01-01", "2027-01-01")),
        # 12 August 2026 is a Wednesday.
        ("2026-08-12", {"alignment": Alignment.CALENDAR, "cadence": WEEKLY}, ("2026-08-10", "2026-08-17")),
        ("2026-08-10", {"alignment": Alignment.DAY, "billing_day": 15}, ("2026-07-15", "2026-08-15")),
        ("2026-02-10", {"alignment": Alignment.DAY, "billing_day": 31}, ("2026-01-31", "2026-02-28")),
    ],
)
def test_alignment_gives_a_leading_stub_of_a_whole_period(from_on: Any, changes: Any, full: Any) -> None:
    first = billing_periods(retainer(plan(from_on, **changes)), day(from_on).replace(year=2027))[0]
    assert first.is_stub
    assert first.full == days(*full)
    assert first.span == days(from_on, full[1])


def test_the_31st_is_the_last_day_of_every_month() -> None:
    agreed = retainer(plan("2026-01-31", alignment=Alignment.DAY, billing_day=31))
    assert starts(agreed, "2026-05-01") == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]


def test_the_end_of_the_service_leaves_a_trailing_stub() -> None:
    agreed = retainer(plan("2026-01-01"), ended_on=day("2026-02-11"))
    last = billing_periods(agreed, day("2026-12-01"))[-1]
    assert (last.span, last.full) == (days("2026-02-01", "2026-02-11"), days("2026-02-01", "2026-03-01"))


def test_notice_ends_the_periods() -> None:
    """Notice on 10 March, 30 days: 9 April is the last day."""
    rule = TermRule(None, Renewal.ROLLING, Notice(30, NoticeUnit.DAYS))
    agreed = retainer(plan("2026-01-01"), term=rule, notice_given_on=day("2026-03-10"))
    assert billing_periods(agreed, day("2027-01-01"))[-1].span == days("2026-04-01", "2026-04-10")


def test_a_retainer_that_ended_before_it_began_has_no_periods() -> None:
    agreed = retainer(plan("2026-01-01"), ended_on=day("2026-01-01"))
    assert billing_periods(agreed, day("2027-01-01")) == []


def test_a_retainer_in_the_future_has_no_periods_until_it_starts() -> None:
    agreed = retainer(plan("2026-06-01"))
    assert billing_periods(agreed, day("2026-06-01")) == []
    assert starts(agreed, "2026-06-02") == ["2026-06-01"]


def test_plans_of_one_cadence_share_the_grid_of_the_first() -> None:
    """A new price on 20 March does not move the boundary from the 5th."""
    agreed = retainer(plan("2026-01-05", 10), plan("2026-03-20", 20))
    assert starts(agreed, "2026-04-30") == ["2026-01-05", "2026-02-05", "2026-03-05", "2026-04-05"]


def test_another_cadence_ends_the_old_grid_with_a_stub_and_begins_its_own() -> None:
    agreed = retainer(plan("2026-01-05"), plan("2026-03-20", cadence=QUARTERLY))
    spans = [each.span for each in billing_periods(agreed, day("2026-07-01"))]
    assert spans == [
        days("2026-01-05", "2026-02-05"),
        days("2026-02-05", "2026-03-05"),
        days("2026-03-05", "2026-03-20"),
        days("2026-03-20", "2026-06-20"),
        days("2026-06-20", "2026-09-20"),
    ]


def test_a_first_plan_older_than_the_retainer_is_anchored_on_its_start() -> None:
    agreed = retainer(plan("2025-01-01"), plan("2025-06-01", cadence=QUARTERLY), starts_on=day("2026-02-10"))
    assert starts(agreed, "2026-06-01") == ["2026-02-10", "2026-05-10"]


def test_usage_periods_have_a_cadence_of_their_own() -> None:
    agreed = retainer(plan("2026-01-01", cadence=QUARTERLY, usage_cadence=MONTHLY))
    assert [each.span.start.month for each in usage_periods(agreed, day("2026-04-02"))] == [1, 2, 3, 4]
    assert [each.span.start.month for each in billing_periods(agreed, day("2026-04-02"))] == [1, 4]


def test_periods_of_a_retainer_with_three_cadences_tile_the_service() -> None:
    agreed = retainer(
        plan("2026-01-31"), plan("2026-04-11", cadence=WEEKLY), plan("2026-05-20", cadence=YEARLY)
    )
    spans = [each.span for each in billing_periods(agreed, day("2029-01-01"))]
    assert all(one.end == other.start for one, other in pairwise(spans))
