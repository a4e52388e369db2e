"""Parts of a fee and of an allowance. Amounts worked by hand."""

from __future__ import annotations

from typing import Any

import pytest

from retainerdesk.domain.period import Period
from retainerdesk.domain.plan import Proration
from retainerdesk.domain.proration import prorate, prorate_minutes, prorate_parts
from retainerdesk.domain.schedule import Slice
from tests.domain.builders import day, days, eur

AUGUST = days("2026-08-01", "2026-09-01")
FROM_THE_10TH = days("2026-08-10", "2026-09-01")
MAY = days("2026-05-01", "2026-06-01")
FEBRUARY = days("2026-02-01", "2026-03-01")


def test_50_from_10_august_is_35_48() -> None:
    """50 × 22/31 = 35.4838…"""
    assert prorate(eur(50), FROM_THE_10TH, AUGUST) == eur("35.48")


def test_a_half_is_rounded_up() -> None:
    """0.01 × 14/28 = 0.005."""
    assert prorate(eur("0.01"), days("2026-02-01", "2026-02-15"), FEBRUARY) == eur("0.01")


def test_days_outside_the_period_are_refused() -> None:
    with pytest.raises(ValueError, match="inside"):
        prorate(eur(50), days("2026-07-31", "2026-08-05"), AUGUST)


@pytest.mark.parametrize(
    ("method", "fee", "minutes"),
    [
        (Proration.ACTUAL_DAYS, "35.48", 852),  # 22/31; 1200 × 22/31 = 851.6
        (Proration.FIXED_30, "36.67", 880),  # 22/30
        (Proration.FULL, "50.00", 1200),
        (Proration.SKIP_STUB, "0.00", 0),
        (Proration.MERGE_STUB, "35.48", 852),  # the same money, on another invoice
    ],
)
def test_a_stub_from_10_august_by_each_method(method: Any, fee: Any, minutes: Any) -> None:
    stub = Slice(FROM_THE_10TH, AUGUST, 1)
    assert [str(part) for part in prorate_parts(eur(50), [FROM_THE_10TH], stub, method)] == [fee]
    assert prorate_minutes(1200, [FROM_THE_10TH], stub, method) == [minutes]


@pytest.mark.parametrize("method", list(Proration))
def test_a_whole_period_costs_its_fee_by_every_method(method: Any) -> None:
    for full, months in ((MAY, 1), (FEBRUARY, 1), (days("2026-01-01", "2026-04-01"), 3)):
        assert prorate_parts(eur("99.99"), [full], Slice(full, full, months), method) == [eur("99.99")]


@pytest.mark.parametrize("method", list(Proration))
@pytest.mark.parametrize("cuts", [["2026-05-02"], ["2026-05-11", "2026-05-21"], ["2026-05-31"]])
def test_the_parts_of_a_split_period_add_up_to_the_fee(method: Any, cuts: Any) -> None:
    parts = MAY.split_at([day(cut) for cut in cuts])
    nets = prorate_parts(eur("100.01"), parts, Slice(MAY, MAY, 1), method)
    assert sum(net.minor for net in nets) == 10001
    assert all(net.minor >= 0 for net in nets)


@pytest.mark.parametrize(
    ("full", "cut", "expected"),
    [
        # The last part takes what 30 days leave: 20 of May, 16 of February.
        (MAY, "2026-05-11", ["10.00", "20.00"]),
        (FEBRUARY, "2026-02-15", ["14.00", "16.00"]),
        # 30 days were used up before the 31st.
        (MAY, "2026-05-31", ["30.00", "0.00"]),
    ],
)
def test_of_30_days_the_last_part_takes_the_rest(full: Any, cut: Any, expected: Any) -> None:
    nets = prorate_parts(eur(30), full.split_at([day(cut)]), Slice(full, full, 1), Proration.FIXED_30)
    assert [str(net) for net in nets] == expected


def test_of_30_days_a_stub_never_costs_more_than_the_fee() -> None:
    stub = days("2026-05-01", "2026-05-31")
    for end in (31, 30, 29):
        part = Period(stub.start, day(f"2026-05-{end}"))
        (net,) = prorate_parts(eur(30), [part], Slice(part, MAY, 1), Proration.FIXED_30)
        assert net == eur(min(end - 1, 30))


def test_of_30_days_a_quarter_has_90_and_a_week_its_own() -> None:
    quarter = days("2026-01-01", "2026-04-01")
    stub = days("2026-01-01", "2026-02-15")
    assert prorate_parts(eur(90), [stub], Slice(stub, quarter, 3), Proration.FIXED_30) == [eur(45)]
    week, part = days("2026-01-05", "2026-01-12"), days("2026-01-05", "2026-01-07")
    assert prorate_parts(eur(7), [part], Slice(part, week), Proration.FIXED_30) == [eur(2)]


def test_days_between_the_parts_belong_to_nobody() -> None:
    """31.00 for May without the 11th to 20th: 10 + 11 days."""
    parts = [days("2026-05-01", "2026-05-11"), days("2026-05-21", "2026-06-01")]
    assert prorate_parts(eur(31), parts, Slice(MAY, MAY, 1), Proration.ACTUAL_DAYS) == [eur(10), eur(11)]
