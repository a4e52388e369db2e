"""Several number series, each with its years, its gaps, and what may change about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retainerdesk.domain.account import NumberGap, Series, SeriesPurpose, SeriesReset
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.numbering import (
    NumberPlace,
    NumberRange,
    after,
    fiscal_year,
    next_numbers,
    number_ranges,
    place_on,
    render,
    series_for,
)
from retainerdesk.domain.series_changes import (
    COUNTED_ON,
    begun,
    changed,
    check_series,
    unexplained,
    with_gap,
)

DAY = date(2026, 11, 22)
PLAIN = Series("invoice", "{year}-{number:04}", 42)
YEARLY = Series("events", "E{yy}-{number}", 7, reset=SeriesReset.YEARLY, year=2026)
OLD = "used in the old program"


def refused(rule: str, field: str) -> pytest.RaisesExc[RuleViolation]:
    """The rule and field of a refusal."""
    return pytest.raises(RuleViolation, check=lambda broken: (broken.rule, broken.field) == (rule, field))


@pytest.mark.parametrize(
    ("day", "starts_in", "year"),
    [
        (date(2026, 12, 31), 1, 2026),
        (date(2027, 1, 1), 1, 2027),
        (date(2027, 3, 31), 4, 2026),
        (date(2027, 4, 1), 4, 2027),
        (date(2026, 12, 1), 12, 2026),
    ],
)
def test_a_fiscal_year_is_called_by_the_year_it_begins_in(day: date, starts_in: int, year: int) -> None:
    assert fiscal_year(day, starts_in) == year


def test_the_year_of_the_issue_date_decides_where_a_number_counts() -> None:
    """7 is next in 2026; the first document of 2027 is 1, and 2028 begins at 1 again after 3 of 2027."""
    assert place_on(YEARLY, date(2026, 12, 31)) == NumberPlace(2026, 7)
    assert place_on(YEARLY, date(2027, 1, 1)) == NumberPlace(2027, 1)
    begun_2027 = after(YEARLY, NumberPlace(2027, 3))
    assert place_on(begun_2027, date(2027, 6, 1)) == NumberPlace(2027, 4)
    assert place_on(begun_2027, date(2028, 1, 1)) == NumberPlace(2028, 1)


def test_a_day_of_a_year_that_is_over_takes_no_number() -> None:
    with refused("series.year", "issued_on"):
        place_on(after(YEARLY, NumberPlace(2027, 1)), date(2026, 12, 31))


def test_a_series_from_april_writes_the_fiscal_year_into_its_numbers() -> None:
    """March 2027 belongs to the year 2026: else number 7 of 2026 and of 2027 could be the same text."""
    series = replace(YEARLY, format="{year}-{number:02}", year_starts_in=4)
    assert render(series, 7, date(2027, 3, 31)) == "2026-07"
    assert render(series, 7, date(2027, 4, 1)) == "2027-07"


def test_a_yearly_format_without_the_year_is_refused_with_a_sentence() -> None:
    with pytest.raises(RuleViolation, match=r"needs \{year\} or"):
        check_series(replace(YEARLY, format="E-{number}"), ())


def test_gaps_are_passed_over_and_split_what_a_run_would_take() -> None:
    """42, 43, then 44 to 50 were used: 51, 52."""
    series = replace(PLAIN, gaps=(NumberGap(44, 50, OLD),))
    assert [number for _, number in islice(next_numbers(series, DAY), 4)] == [
        "2026-0042", "2026-0043", "2026-0051", "2026-0052",
    ]  # fmt: skip
    assert number_ranges(series, 3, DAY) == (
        NumberRange("invoice", 2, "2026-0042", "2026-0043"),
        NumberRange("invoice", 1, "2026-0051", "2026-0051"),
    )


def test_a_gap_of_another_year_is_no_gap_of_this_one() -> None:
    series = replace(YEARLY, gaps=(NumberGap(1, 3, OLD, 2027),))
    assert place_on(series, DAY).sequence == 7
    assert place_on(series, date(2027, 1, 1)).sequence == 4


def test_an_account_chooses_a_series_or_gets_the_default() -> None:
    credit = Series("credit_note", "CN-{number}", purpose=SeriesPurpose.CREDIT_NOTE)
    known = (credit, YEARLY, PLAIN)
    assert series_for(known, SeriesPurpose.INVOICE, "events") == YEARLY
    assert series_for(known, SeriesPurpose.INVOICE, "gone") == PLAIN
    assert series_for(known, SeriesPurpose.INVOICE, "credit_note") == PLAIN
    assert series_for(known, SeriesPurpose.CREDIT_NOTE) == credit
    default = replace(YEARLY, is_default=True)
    assert series_for((default, PLAIN), SeriesPurpose.INVOICE) == default
    assert series_for((credit,), SeriesPurpose.INVOICE) is None


def test_a_raised_number_leaves_a_gap_with_its_reason() -> None:
    raised = changed(PLAIN, replace(PLAIN, next=50), DAY, OLD)
    assert raised.gaps == (NumberGap(42, 49, OLD),)
    assert place_on(raised, DAY).sequence == 50


def test_a_number_is_not_raised_without_a_reason_and_never_lowered() -> None:
    with refused("series.reason", "reason"):
        changed(PLAIN, replace(PLAIN, next=50), DAY, " ")
    with refused("series.next", "next"):
        changed(PLAIN, replace(PLAIN, next=41), DAY, OLD)


def test_a_new_series_that_takes_over_says_what_was_used_before() -> None:
    taken_over = begun(replace(YEARLY, next=41, year=0), DAY, OLD)
    assert taken_over.gaps == (NumberGap(1, 40, OLD, 2026),)
    assert place_on(taken_over, DAY) == NumberPlace(2026, 41)
    assert place_on(taken_over, date(2027, 1, 1)) == NumberPlace(2027, 1)
    with refused("series.reason", "reason"):
        begun(replace(YEARLY, next=41, year=0), DAY)


def test_a_series_that_begins_to_count_by_year_goes_on_to_the_end_of_this_one() -> None:
    """41 documents without a year; this year goes on with 42, and its 1 to 41 are explained."""
    after_it = changed(PLAIN, replace(PLAIN, reset=SeriesReset.YEARLY), DAY)
    assert place_on(after_it, DAY) == NumberPlace(2026, 42)
    assert after_it.gaps == (NumberGap(1, 41, COUNTED_ON, 2026),)
    assert place_on(after_it, date(2027, 1, 1)) == NumberPlace(2027, 1)


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (replace(YEARLY, reset=SeriesReset.NEVER), "reset"),
        (replace(YEARLY, year_starts_in=4), "reset"),
        (replace(YEARLY, purpose=SeriesPurpose.CREDIT_NOTE), "purpose"),
    ],
)
def test_what_documents_stand_on_does_not_change(wanted: Series, field: str) -> None:
    with refused("series.in_use", field):
        changed(YEARLY, wanted, DAY)
    free = changed(replace(YEARLY, next=1, year=0), replace(wanted, next=1, year=0), DAY, in_use=False)
    assert (free.purpose, free.reset, free.year_starts_in) == (
        wanted.purpose, wanted.reset, wanted.year_starts_in,
    )  # fmt: skip


def test_a_gap_that_meets_a_document_or_another_gap_is_refused() -> None:
    with pytest.raises(RuleViolation, match=r"Number 12 .* is on a document"):
        with_gap(PLAIN, NumberGap(10, 20, OLD), DAY, taken=(12, 13))
    known = with_gap(PLAIN, NumberGap(50, 60, OLD), DAY)
    with pytest.raises(RuleViolation, match="Numbers 50 to 60 are recorded"):
        with_gap(known, NumberGap(60, 61, OLD), DAY)
    with refused("series.gap", "gap"):
        with_gap(PLAIN, NumberGap(20, 10, OLD), DAY)
    with refused("series.gap", "year"):
        with_gap(PLAIN, NumberGap(10, 20, OLD, 2026), DAY)


def test_two_series_never_give_the_same_numbers() -> None:
    with pytest.raises(RuleViolation, match="would share one"):
        check_series(Series("other", "{year}-{number:04}"), (PLAIN,))
    check_series(Series("other", "B-{year}-{number:04}"), (PLAIN,))


def test_a_missing_number_is_named_unless_it_is_explained() -> None:
    """2 and 3 are explained, 5 is not. The first year may begin anywhere, later ones begin at 1."""
    series = replace(YEARLY, gaps=(NumberGap(2, 3, OLD, 2026),))
    assert unexplained(series, 2026, (1, 4, 6), is_first=True) == 5
    assert unexplained(series, 2026, (1, 4), is_first=True) is None
    assert unexplained(series, 2027, (41, 42), is_first=True) is None
    assert unexplained(series, 2027, (2, 3), is_first=False) == 1


@given(
    st.lists(st.dates(date(2025, 1, 1), date(2028, 12, 31)), max_size=40).map(sorted),
    st.integers(1, 12),
    st.lists(st.tuples(st.integers(1, 30), st.integers(0, 5)), max_size=3),
)
def test_numbers_of_each_year_are_one_to_n_but_for_the_gaps(
    days: list[date], starts_in: int, gaps: list[tuple[int, int]]
) -> None:
    series = replace(YEARLY, next=1, year=0, year_starts_in=starts_in)
    for first, more in gaps:
        try:
            series = with_gap(series, NumberGap(first, first + more, OLD, 2026), DAY)
        except RuleViolation:
            continue
    taken: dict[int, list[int]] = {}
    texts = []
    for day in days:
        place = place_on(series, day)
        texts.append(render(series, place.sequence, day))
        taken.setdefault(place.year, []).append(place.sequence)
        series = after(series, place)
    assert len(set(texts)) == len(texts)
    for year, sequences in taken.items():
        left_out = {n for gap in series.gaps if gap.year == year for n in range(gap.first, gap.last + 1)}
        assert sequences == [n for n in range(1, sequences[-1] + 1) if n not in left_out]
        assert unexplained(series, year, sequences, is_first=False) is None


def test_a_series_in_use_begins_to_count_fiscal_years_only_in_the_calendar_year_they_are_called_by() -> None:
    """In February 2026 a year from March is 2025; 2026 would begin at 1 in March, and 2026-0001 is taken."""
    wanted = replace(PLAIN, reset=SeriesReset.YEARLY, year_starts_in=3)
    with pytest.raises(RuleViolation) as caught:
        changed(PLAIN, wanted, date(2026, 2, 14))
    assert caught.value.field == "year_starts_in"
    assert place_on(changed(PLAIN, wanted, date(2026, 3, 1)), date(2026, 3, 1)) == NumberPlace(2026, 42)
