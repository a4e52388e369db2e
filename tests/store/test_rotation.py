"""Rotation keeps enough good backups whatever the clock does, and what was pinned."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from retainerdesk.store.rotation import Keep, thin

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KEEP = Keep()


@dataclass(frozen=True)
class Made:
    name: str
    made_at: datetime
    is_good: bool = True
    is_pinned: bool = False


def daily(count: int, until: datetime = NOW) -> list[Made]:
    return [Made(f"{day:04}", until - timedelta(days=day)) for day in range(count)]


def left(copies: list[Made], now: datetime = NOW, keep: Keep = KEEP) -> list[Made]:
    gone = set(thin(copies, now, keep))
    return [each for each in copies if each not in gone]


INSTANTS = st.integers(0, 90 * 365 * 24).map(
    lambda hours: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
)
COPIES = st.lists(st.builds(Made, st.uuids().map(str), INSTANTS, st.booleans(), st.booleans()), max_size=60)
KEEPS = st.builds(Keep, st.integers(1, 6), st.integers(0, 9), st.integers(0, 6), st.integers(0, 14))


def test_a_year_of_daily_backups_leaves_days_weeks_and_months() -> None:
    """From 22 November (a Sunday) back: 16 to 22 Nov are the 7 days. Their week is 16 to 22; the four weeks
    before end on 15, 8 and 1 November and 25 October. The months before November and October, whose last are
    kept already or 31 October, are 10: 31 Oct, 30 Sep … back to 31 Dec. 7 + 4 + 11 = 22 copies."""
    dates = [each.made_at.date().isoformat()[5:] for each in left(daily(400))]
    assert dates[:11] == [
        "11-22", "11-21", "11-20", "11-19", "11-18", "11-17", "11-16", "11-15", "11-08", "11-01", "10-31",
    ]  # fmt: skip
    assert dates[11:] == [
        "10-25", "09-30", "08-31", "07-31", "06-30", "05-31", "04-30", "03-31", "02-28", "01-31", "12-31",
    ]  # fmt: skip


def test_a_clock_that_jumps_far_ahead_removes_no_more_than_a_day_does() -> None:
    settled = left(daily(400))
    assert left(settled, NOW + timedelta(days=365 * 80)) == settled


def test_copies_of_the_future_neither_go_nor_make_others_go() -> None:
    copies = left(daily(60))
    future = [Made(f"f{day}", NOW + timedelta(days=365 * 70 + day)) for day in range(40)]
    assert left(copies + future) == copies + future


def test_a_clock_that_stands_in_the_past_removes_nothing() -> None:
    copies = daily(400)
    assert left(copies, NOW - timedelta(days=5000)) == copies


def test_what_is_pinned_stays_however_old() -> None:
    copies = daily(400)
    copies[333] = replace(copies[333], is_pinned=True)
    assert copies[333] in left(copies)


def test_the_last_good_copy_stays_behind_any_number_of_damaged_ones() -> None:
    copies = [replace(each, is_good=False) for each in daily(300)] + [Made("good", NOW - timedelta(days=900))]
    assert copies[-1] in left(copies, keep=Keep(1, 0, 0, 0))


def test_the_copies_of_one_busy_day_stay_as_far_as_they_are_the_newest() -> None:
    """Ten within ten minutes: the newest five; the older ones are of the same day, week and month."""
    copies = [Made(f"{each}", NOW - timedelta(minutes=each)) for each in range(10)]
    assert left(copies) == copies[:5]


@given(COPIES, INSTANTS, KEEPS)
def test_enough_good_ones_stay_and_everything_pinned_and_of_the_future(
    copies: list[Made], now: datetime, keep: Keep
) -> None:
    stay = left(copies, now, keep)
    good, good_left = [each for each in copies if each.is_good], [each for each in stay if each.is_good]
    assert len(good_left) >= min(len(good), keep.recent)
    assert set(stay) >= {each for each in copies if each.is_pinned or each.made_at > now}
    past = [each for each in good if each.made_at <= now]
    if past:
        assert max(past, key=lambda each: (each.made_at, each.name)) in stay
    assert left(stay, now, keep) == stay


@given(COPIES, st.lists(INSTANTS, max_size=20), KEEPS)
def test_copies_of_the_future_change_nothing_for_the_others(
    copies: list[Made], ahead: list[datetime], keep: Keep
) -> None:
    future = [Made(f"future {number}", at) for number, at in enumerate(ahead) if at > NOW]
    assert set(thin(copies + future, NOW, keep)) == set(thin(copies, NOW, keep))


@given(st.lists(st.integers(-40_000, 40_000), min_size=1, max_size=80), KEEPS)
def test_a_clock_that_jumps_every_day_never_costs_the_newest_good_copies(
    jumps: list[int], keep: Keep
) -> None:
    """Each day a copy is made and the folder thinned, by a clock that may stand up to a century away."""
    copies: list[Made] = []
    for number, hours in enumerate(jumps):
        now = NOW + timedelta(hours=hours)
        copies.append(Made(f"{number:03}", now))
        copies = left(copies, now, keep)
        assert len(copies) >= min(number + 1, keep.recent)
        assert copies[-1].name == f"{number:03}"
