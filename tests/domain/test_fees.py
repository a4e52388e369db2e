"""What a retainer's periods cost and when they may be invoiced. Amounts worked by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from retainerdesk.domain.fees import fee_pieces
from retainerdesk.domain.period import Alignment, Cadence, CadenceUnit
from retainerdesk.domain.plan import Proration, Timing
from retainerdesk.domain.retainer import Escalator, Renewal, TermRule
from tests.domain.builders import day, pause, plan, retainer

CALENDAR = {"alignment": Alignment.CALENDAR}


def told(agreed: Any, until: str) -> list[tuple[str, str, str]]:
    """(first day, amount, first day it may be invoiced) of each piece."""
    pieces = fee_pieces(agreed, day(until))
    return [(str(p.span.start), str(p.net), str(p.billable_on)) for p in pieces]


@pytest.mark.parametrize(
    ("method", "timing", "expected"),
    [
        (Proration.ACTUAL_DAYS, Timing.ADVANCE, ("35.48", "2026-08-10")),
        (Proration.ACTUAL_DAYS, Timing.ARREARS, ("35.48", "2026-09-01")),
        (Proration.FIXED_30, Timing.ADVANCE, ("36.67", "2026-08-10")),
        (Proration.FULL, Timing.ADVANCE, ("50.00", "2026-08-10")),
        (Proration.SKIP_STUB, Timing.ADVANCE, ("0.00", "2026-08-10")),
        (Proration.MERGE_STUB, Timing.ADVANCE, ("35.48", "2026-09-01")),
        (Proration.MERGE_STUB, Timing.ARREARS, ("35.48", "2026-10-01")),
    ],
)
@pytest.mark.parametrize("until", ["2026-08-11", "2026-09-01", "2026-12-01"])
def test_a_leading_stub_does_not_depend_on_the_day_it_is_asked_for(
    method: Any, timing: Any, expected: Any, until: Any
) -> None:
    agreed = retainer(plan("2026-08-10", 50, proration=method, timing=timing, **CALENDAR))
    assert told(agreed, until)[0] == ("2026-08-10", *expected)


def test_a_stub_with_nothing_after_it_is_invoiced_by_itself() -> None:
    agreed = retainer(
        plan("2026-08-10", 50, proration=Proration.MERGE_STUB, **CALENDAR), ended_on=day("2026-09-01")
    )
    assert told(agreed, "2026-12-01") == [("2026-08-10", "35.48", "2026-08-10")]


def test_the_leading_stub_of_a_new_cadence_merges_as_well() -> None:
    """Monthly from the 5th, then by the calendar quarter from 5 March: 90.00 × 27/90 = 27.00."""
    quarterly = plan(
        "2026-03-05", 90, cadence=Cadence(CadenceUnit.MONTH, 3), proration=Proration.MERGE_STUB, **CALENDAR
    )
    agreed = retainer(plan("2026-01-05", 30), quarterly)
    assert told(agreed, "2026-04-02")[2:] == [
        ("2026-03-05", "27.00", "2026-04-01"),
        ("2026-04-01", "90.00", "2026-04-01"),
    ]


def test_a_trailing_stub_is_prorated_and_stands_alone() -> None:
    """30.00 × 10/28."""
    agreed = retainer(plan("2026-01-01", 30, proration=Proration.MERGE_STUB), ended_on=day("2026-02-11"))
    assert told(agreed, "2026-12-01")[-1] == ("2026-02-01", "10.71", "2026-02-01")


def test_a_pause_without_a_fee_is_a_piece_of_nothing() -> None:
    """31.00: 10 days, 5 paused, 16 days."""
    agreed = retainer(plan("2026-05-01", 31), pauses=(pause("2026-05-11", "2026-05-16"),))
    pieces = fee_pieces(agreed, day("2026-05-02"))
    assert [(str(p.net), p.is_paused) for p in pieces] == [("10.00", False), ("0.00", True), ("16.00", False)]


def test_a_paid_pause_changes_no_amount() -> None:
    agreed = retainer(plan("2026-05-01", 20), pauses=(pause("2026-05-11", "2026-05-16", paid=True),))
    assert sum(piece.net.minor for piece in fee_pieces(agreed, day("2026-05-02"))) == 2000


def test_days_settled_elsewhere_have_no_piece() -> None:
    """31.00 from the 16th of May: 16 days, then whole months."""
    agreed = retainer(plan("2026-01-01", 31), settled_through=day("2026-05-16"))
    assert told(agreed, "2026-06-02") == [
        ("2026-05-16", "16.00", "2026-05-01"),
        ("2026-06-01", "31.00", "2026-06-01"),
    ]


def test_a_price_rise_at_renewal_splits_the_period_it_falls_into() -> None:
    """Term from 11 May, periods by the calendar: 31.00 to 10 May 2027, then 3 % more, 31.93.

    May 2027: 31 × 10/31 = 10.00 and 31.93 × 21/31 = 21.63.
    """
    rule = TermRule(12, Renewal.AUTOMATIC, None, Escalator(Decimal(3)))
    agreed = retainer(plan("2026-05-11", 31, **CALENDAR), term=rule)
    assert told(agreed, "2027-06-02")[-3:] == [
        ("2027-05-01", "10.00", "2027-05-01"),
        ("2027-05-11", "21.63", "2027-05-01"),
        ("2027-06-01", "31.93", "2027-06-01"),
    ]


def test_a_new_plan_with_the_same_fee_splits_nothing() -> None:
    agreed = retainer(plan("2026-05-01", 20), plan("2026-05-11", 20, allowance_minutes=600))
    assert told(agreed, "2026-05-02") == [("2026-05-01", "20.00", "2026-05-01")]


def test_parts_of_a_period_are_invoiced_when_its_first_plan_says() -> None:
    late = plan("2026-05-11", 40, timing=Timing.ARREARS)
    agreed = retainer(plan("2026-05-01", 20), late)
    assert [piece[2] for piece in told(agreed, "2026-06-02")] == ["2026-05-01", "2026-05-01", "2026-07-01"]


def test_pieces_tile_the_service_over_every_change() -> None:
    agreed = retainer(
        plan("2026-01-31", 20),
        plan("2026-03-11", 40),
        plan("2026-06-20", 90, cadence=Cadence(CadenceUnit.MONTH, 3)),
        pauses=(pause("2026-03-05", "2026-04-20"),),
        ended_on=day("2026-12-24"),
    )
    spans = [piece.span for piece in fee_pieces(agreed, day("2027-12-01"))]
    assert spans[0].start == day("2026-01-31")
    assert spans[-1].end == day("2026-12-24")
    assert all(one.end == other.start for one, other in pairwise(spans))


def test_a_retainer_without_service_has_no_pieces() -> None:
    agreed = replace(retainer(plan("2026-05-01")), ended_on=day("2026-05-01"))
    assert fee_pieces(agreed, day("2027-01-01")) == []
