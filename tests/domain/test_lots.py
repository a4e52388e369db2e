"""The order in which lots burn, and how they die. Minutes worked by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from retainerdesk.domain.lots import Closing, Lot, LotSource, LotState
from retainerdesk.domain.plan import Rollover, RolloverPolicy
from tests.domain.builders import day, days

MARCH = days("2026-03-01", "2026-04-01")
SURPLUS = Rollover(RolloverPolicy.SURPLUS, periods=2)


def closing(rule: Rollover = SURPLUS, **changes: Any) -> Closing:
    values = {"granted": 600, "frozen": False, "ends_term": False, "is_partial_first": False} | changes
    return Closing(5, MARCH, rule, **values)


def lot(minutes: int, last_index: int, origin: str = "2026-02-01", **changes: Any) -> Lot:
    return Lot(day(origin), changes.pop("source", LotSource.ROLLOVER), minutes, last_index, **changes)


def burned(state: LotState, minutes: int, at: Closing) -> list[tuple[date | None, int]]:
    return [(burn.lot_on, burn.minutes) for burn in state.burn("w", minutes, at)]


def test_the_earliest_expiry_burns_first_then_the_oldest_and_purchased_lots_last() -> None:
    bought = lot(10, 0, "2026-01-01", source=LotSource.PURCHASED)
    state = LotState([bought, lot(20, 7, "2026-02-01"), lot(30, 6, "2026-03-01"), lot(40, 7, "2026-01-15")])
    assert burned(state, 100, closing()) == [
        (day("2026-03-01"), 30),
        (day("2026-01-15"), 40),
        (day("2026-02-01"), 20),
        (day("2026-01-01"), 10),
    ]


def test_a_lot_that_dies_on_a_date_in_this_period_burns_before_one_that_lives_on() -> None:
    """The dated lot would live eight more periods by count, the other one only one more."""
    dated = lot(60, 13, "2026-01-01", expires_on=day("2026-03-20"))
    state = LotState([lot(60, 6, "2026-03-01"), dated])
    assert burned(state, 60, closing()) == [(day("2026-01-01"), 60)]


def test_a_lot_that_ends_with_the_term_burns_first_in_its_last_period() -> None:
    state = LotState([lot(60, 6, "2026-03-01"), lot(60, 99, "2026-01-01", until_term_end=True)])
    assert burned(state, 60, closing(ends_term=True)) == [(day("2026-01-01"), 60)]


def test_what_no_lot_covers_has_no_lot() -> None:
    state = LotState([lot(30, 6)])
    assert burned(state, 50, closing()) == [(day("2026-02-01"), 30), (None, 20)]
    assert state.lots == []


def test_two_equal_lots_burn_both() -> None:
    state = LotState([lot(30, 6), lot(30, 6)])
    state.burn("w", 45, closing())
    assert [each.remaining for each in state.lots] == [15]


def test_a_grant_pays_the_deficit_first() -> None:
    """40 owed, 100 granted: a lot of 60."""
    state = LotState([], deficit=40)
    state.grant(100, closing())
    assert (state.deficit, state.balance, len(state.lots)) == (0, 60, 1)


def test_a_grant_smaller_than_the_deficit_leaves_the_rest_owed() -> None:
    state = LotState([], deficit=100)
    state.grant(40, closing())
    assert (state.deficit, state.balance, state.lots) == (60, -60, [])


def test_a_negative_adjustment_empties_lots_and_then_owes() -> None:
    state = LotState([lot(30, 6)])
    state.grant(-50, closing())
    assert (state.lots, state.deficit) == ([], 20)


def test_a_frozen_period_does_not_make_lots_older() -> None:
    state = LotState([lot(30, 5)])
    assert state.close(closing(frozen=True)) == (0, 0)
    assert [each.last_index for each in state.lots] == [6]


def test_a_date_and_the_end_of_a_term_also_end_frozen_lots() -> None:
    dated, until_end = lot(30, 9, expires_on=day("2026-04-01")), lot(20, 9, until_term_end=True)
    state = LotState([dated, until_end])
    assert state.close(closing(frozen=True, ends_term=True)) == (50, 0)


def test_purchased_lots_outlive_everything() -> None:
    state = LotState([lot(30, 0, source=LotSource.PURCHASED, expires_on=day("2026-03-02"))])
    assert state.close(closing(ends_term=True)) == (0, 0)
    assert state.balance == 30


def test_carried_is_the_least_of_unused_cap_and_total_cap_less_what_lives() -> None:
    """Unused 200; cap 150; total cap 180 with 50 alive: 130 are carried and 70 forfeited."""
    rule = Rollover(RolloverPolicy.SURPLUS, periods=3, cap_minutes=150, total_cap_minutes=180)
    state = LotState([lot(50, 7)])
    state.grant(200, closing(rule))
    assert state.close(closing(rule)) == (0, 70)
    assert state.balance == 180


def test_a_total_cap_below_what_lives_carries_nothing() -> None:
    rule = Rollover(RolloverPolicy.SURPLUS, periods=3, total_cap_minutes=40)
    state = LotState([lot(50, 7)])
    state.grant(200, closing(rule))
    assert state.close(closing(rule)) == (0, 200)


def test_a_cap_in_percent_counts_from_the_grant_and_rounds_half_up() -> None:
    """25 % of 602 is 150.5: 151."""
    rule = Rollover(RolloverPolicy.SURPLUS, cap_percent=25)
    state = LotState([])
    state.grant(602, closing(rule, granted=602))
    assert state.close(closing(rule, granted=602)) == (0, 451)


def test_what_would_be_carried_past_its_date_expires() -> None:
    rule = Rollover(RolloverPolicy.SURPLUS, cap_minutes=100, expires_on=day("2026-04-01"))
    state = LotState([])
    state.grant(250, closing(rule))
    assert state.close(closing(rule)) == (100, 150)


def test_a_partial_first_period_may_be_excluded() -> None:
    rule = Rollover(RolloverPolicy.SURPLUS, exclude_partial_first=True)
    for is_partial, carried in ((True, 0), (False, 250)):
        state = LotState([])
        state.grant(250, closing(rule, is_partial_first=is_partial))
        state.close(closing(rule, is_partial_first=is_partial))
        assert state.balance == carried
