"""Terms, the end of service, and the price in force. Dates and amounts are worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retainerdesk.domain.money import Money
from retainerdesk.domain.period import MONTHLY, Period, add_months
from retainerdesk.domain.plan import Plan
from retainerdesk.domain.retainer import (
    Escalator,
    IndexValue,
    Notice,
    NoticeUnit,
    Renewal,
    Retainer,
    TermRule,
)
from retainerdesk.domain.term import (
    Term,
    fee_on,
    last_notice_days,
    price_steps,
    service_end,
    span_of,
    term_on,
    terms,
)

START = date(2025, 1, 31)
SIXTY_DAYS = Notice(60, NoticeUnit.DAYS)
AUTOMATIC = TermRule(12, Renewal.AUTOMATIC, SIXTY_DAYS, Escalator(Decimal(3), 60))


def a_plan(from_on: date = START, minor: int = 300_000) -> Plan:
    return Plan(from_on, Money(minor, "EUR"), MONTHLY)


def a_retainer(term: TermRule | None = AUTOMATIC, starts_on: date = START) -> Retainer:
    return Retainer("acme", "advisory", "Advisory", starts_on, (a_plan(starts_on),), term)


class TestLastNoticeDays:
    @pytest.mark.parametrize(
        ("term_end", "notice", "safe", "loose"),
        [
            # E 30 November, 3 months: 31 August + 3 months is clamped to 30 November.
            (date(2026, 12, 1), Notice(3, NoticeUnit.MONTHS), date(2026, 8, 31), date(2026, 8, 31)),
            # E 31 December, 30 days: 1 December; counted from R = 1 January it would be 2 December.
            (date(2027, 1, 1), Notice(30, NoticeUnit.DAYS), date(2026, 12, 1), date(2026, 12, 2)),
            # E 28 February, 1 month: 31 January + 1 month is clamped to 28 February.
            (date(2026, 3, 1), Notice(1, NoticeUnit.MONTHS), date(2026, 1, 31), date(2026, 1, 31)),
            # E 29 March, 1 month: 28 February + 1 = 28 March, 1 March + 1 = 1 April is too late.
            (date(2026, 3, 30), Notice(1, NoticeUnit.MONTHS), date(2026, 2, 28), date(2026, 2, 28)),
            (date(2026, 3, 1), Notice(0, NoticeUnit.DAYS), date(2026, 2, 28), date(2026, 3, 1)),
            (date(2026, 3, 1), None, date(2026, 2, 28), date(2026, 2, 28)),
        ],
    )
    def test_last_notice_days_are_those_of_the_handbook(
        self, term_end: date, notice: Notice | None, safe: date, loose: date
    ) -> None:
        days = last_notice_days(term_end, notice)
        assert (days.safe, days.loose) == (safe, loose)

    @given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 24))
    def test_the_day_after_the_last_notice_day_in_months_is_always_too_late(
        self, term_end: date, months: int
    ) -> None:
        last_day = term_end.fromordinal(term_end.toordinal() - 1)
        safe = last_notice_days(term_end, Notice(months, NoticeUnit.MONTHS)).safe
        day_after = safe.fromordinal(safe.toordinal() + 1)
        assert add_months(safe, months) <= last_day < add_months(day_after, months)


class TestTerms:
    def test_automatic_terms_begin_at_the_anchor_plus_whole_terms(self) -> None:
        assert terms(a_retainer(), date(2027, 1, 31)) == (
            Term(1, Period(date(2025, 1, 31), date(2026, 1, 31))),
            Term(2, Period(date(2026, 1, 31), date(2027, 1, 31))),
        )

    def test_one_month_terms_from_the_31st_never_drift(self) -> None:
        one_month = replace(AUTOMATIC, months=1)
        starts = [term.span.start for term in terms(a_retainer(one_month), date(2025, 5, 1))]
        assert starts == [START, date(2025, 2, 28), date(2025, 3, 31), date(2025, 4, 30)]

    def test_a_term_from_a_leap_day_returns_to_the_leap_day(self) -> None:
        leap = a_retainer(starts_on=date(2024, 2, 29))
        ends = [term.span.end for term in terms(leap, date(2028, 2, 1))]
        assert ends == [date(2025, 2, 28), date(2026, 2, 28), date(2027, 2, 28), date(2028, 2, 29)]

    def test_nothing_has_started_before_the_start(self) -> None:
        assert terms(a_retainer(), START) == ()

    def test_a_fixed_retainer_has_one_term(self) -> None:
        fixed = a_retainer(TermRule(6, Renewal.FIXED))
        assert terms(fixed, date(2030, 1, 1)) == (Term(1, Period(START, date(2025, 7, 31))),)

    def test_a_rolling_retainer_has_an_open_end_after_its_committed_term(self) -> None:
        rolling = a_retainer(TermRule(6, Renewal.ROLLING, SIXTY_DAYS))
        assert terms(rolling, date(2026, 1, 1)) == (
            Term(1, Period(START, date(2025, 7, 31))),
            Term(2, Period(date(2025, 7, 31), date(2026, 1, 1)), open_end=True),
        )

    def test_no_term_is_one_open_end(self) -> None:
        assert terms(a_retainer(None), date(2026, 1, 1)) == (
            Term(1, Period(START, date(2026, 1, 1)), open_end=True),
        )

    def test_no_term_starts_after_the_service_ended(self) -> None:
        ended = replace(a_retainer(), ended_on=date(2026, 1, 31))
        assert [term.number for term in terms(ended, date(2030, 1, 1))] == [1]

    def test_the_running_term_is_found_on_both_sides_of_a_renewal(self) -> None:
        numbers = [term_on(a_retainer(), day) for day in (date(2026, 1, 30), date(2026, 1, 31))]
        assert [term.number for term in numbers if term] == [1, 2]

    def test_after_the_end_no_term_runs(self) -> None:
        fixed = a_retainer(TermRule(6, Renewal.FIXED))
        assert term_on(fixed, date(2025, 7, 31)) is None
        assert term_on(replace(a_retainer(None), ended_on=date(2025, 3, 1)), date(2025, 3, 1)) is None

    @given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 36), st.integers(0, 3000))
    def test_automatic_terms_tile_without_gap_or_overlap(self, start: date, months: int, days: int) -> None:
        until = start.fromordinal(start.toordinal() + days)
        found = terms(a_retainer(replace(AUTOMATIC, months=months), start), until)
        for earlier, later in pairwise(found):
            assert earlier.span.end == later.span.start
        assert not found or (found[0].span.start == start and until <= found[-1].span.end)


class TestServiceEnd:
    def test_a_fixed_term_ends_at_its_end(self) -> None:
        assert service_end(a_retainer(TermRule(12, Renewal.FIXED))) == date(2026, 1, 31)

    def test_an_automatic_retainer_has_no_end_until_notice(self) -> None:
        assert service_end(a_retainer()) is None

    @pytest.mark.parametrize(
        ("given_on", "end"),
        [
            # E = 30 January 2026, 60 days before is 1 December 2025.
            (date(2025, 12, 1), date(2026, 1, 31)),
            (date(2025, 12, 2), date(2027, 1, 31)),
            (date(2024, 12, 1), date(2026, 1, 31)),
        ],
    )
    def test_notice_in_time_ends_the_running_term_and_late_notice_the_next(
        self, given_on: date, end: date
    ) -> None:
        assert service_end(replace(a_retainer(), notice_given_on=given_on)) == end

    def test_notice_longer_than_a_term_ends_the_first_term_it_is_in_time_for(self) -> None:
        """Terms of a month from 1 January, 3 months' notice on 10 January: 10 April is inside April."""
        rule = TermRule(1, Renewal.AUTOMATIC, Notice(3, NoticeUnit.MONTHS))
        retainer = replace(a_retainer(rule, date(2025, 1, 1)), notice_given_on=date(2025, 1, 10))
        assert service_end(retainer) == date(2025, 5, 1)

    @pytest.mark.parametrize(
        ("given_on", "end"),
        [
            (date(2025, 3, 1), date(2025, 7, 31)),  # the committed term ends later than the notice
            (date(2025, 12, 1), date(2026, 1, 31)),  # 30 January is the 60th day: the last one
        ],
    )
    def test_rolling_ends_when_the_notice_has_run_out_but_never_in_the_committed_term(
        self, given_on: date, end: date
    ) -> None:
        rolling = a_retainer(TermRule(6, Renewal.ROLLING, SIXTY_DAYS))
        assert service_end(replace(rolling, notice_given_on=given_on)) == end

    def test_rolling_with_notice_in_months_is_clamped(self) -> None:
        rolling = a_retainer(TermRule(None, Renewal.ROLLING, Notice(3, NoticeUnit.MONTHS)))
        assert service_end(replace(rolling, notice_given_on=date(2026, 8, 31))) == date(2026, 12, 1)

    def test_rolling_without_notice_is_open(self) -> None:
        assert service_end(a_retainer(TermRule(None, Renewal.ROLLING, SIXTY_DAYS))) is None
        assert service_end(a_retainer(None)) is None

    def test_an_early_exit_overrides_everything(self) -> None:
        left = replace(a_retainer(TermRule(12, Renewal.FIXED)), ended_on=date(2025, 4, 1))
        assert service_end(left) == date(2025, 4, 1)

    def test_the_served_span_stops_at_the_end_and_at_the_question(self) -> None:
        left = replace(a_retainer(), ended_on=date(2025, 4, 1))
        assert span_of(left, date(2026, 1, 1)) == Period(START, date(2025, 4, 1))
        assert span_of(left, date(2025, 3, 1)) == Period(START, date(2025, 3, 1))
        assert span_of(left, date(2024, 1, 1)) == Period(START, START)


class TestPriceSteps:
    def test_the_fee_rises_at_each_renewal_rounded_each_time(self) -> None:
        """3 % of 3,000.00 is 3,090.00; 3 % of that is 3,182.70; of that 3,278.181, so 3,278.18."""
        steps = price_steps(a_retainer(), date(2028, 2, 1))
        assert [(step.from_on, step.fee.minor) for step in steps] == [
            (START, 300_000),
            (date(2026, 1, 31), 309_000),
            (date(2027, 1, 31), 318_270),
            (date(2028, 1, 31), 327_818),
        ]
        assert steps[1].rise_percent == Fraction(3)

    def test_a_half_cent_is_rounded_up_at_each_renewal(self) -> None:
        """0.50 + 3 % = 0.515, so 0.52; 0.52 + 3 % = 0.5356, so 0.54 (unrounded it would be 0.53)."""
        retainer = replace(a_retainer(), plans=(a_plan(minor=50),))
        assert [step.fee.minor for step in price_steps(retainer, date(2027, 2, 1))] == [50, 52, 54]

    def test_a_new_plan_resets_the_base_and_is_not_raised_on_its_first_day(self) -> None:
        retainer = replace(a_retainer(), plans=(a_plan(), a_plan(date(2026, 1, 31), 400_000)))
        steps = price_steps(retainer, date(2027, 2, 1))
        assert [step.fee.minor for step in steps] == [300_000, 400_000, 412_000]
        assert steps[1].rise_percent is None

    def test_a_plan_in_mid_term_is_raised_at_the_next_renewal(self) -> None:
        retainer = replace(a_retainer(), plans=(a_plan(), a_plan(date(2025, 6, 1), 100_000)))
        steps = price_steps(retainer, date(2026, 2, 1))
        assert [(step.from_on, step.fee.minor) for step in steps[1:]] == [
            (date(2025, 6, 1), 100_000),
            (date(2026, 1, 31), 103_000),
        ]

    def test_the_first_rise_waits_for_its_date(self) -> None:
        rule = replace(AUTOMATIC, escalator=Escalator(Decimal(3), first_on=date(2026, 2, 1)))
        steps = price_steps(a_retainer(rule), date(2027, 2, 1))
        assert [step.from_on for step in steps] == [START, date(2027, 1, 31)]

    @pytest.mark.parametrize(
        ("floor", "cap", "fee"),
        [
            (None, None, 312_000),  # 120.0 → 124.8 is 4 %
            (None, Decimal("2.5"), 307_500),
            (Decimal(5), None, 315_000),
        ],
    )
    def test_an_index_rise_is_its_change_since_the_term_before_within_floor_and_cap(
        self, floor: Decimal | None, cap: Decimal | None, fee: int
    ) -> None:
        index = (
            IndexValue(date(2025, 1, 1), Decimal("120.0")),
            IndexValue(date(2026, 1, 1), Decimal("124.8")),
        )
        rule = replace(AUTOMATIC, escalator=Escalator(None, 0, floor, cap, None, index))
        assert fee_on(a_retainer(rule), date(2026, 1, 31))[1] == Money(fee, "EUR")

    def test_without_a_newer_index_figure_the_fee_stays(self) -> None:
        rule = replace(AUTOMATIC, escalator=Escalator(index=(IndexValue(date(2025, 1, 1), Decimal(120)),)))
        assert len(price_steps(a_retainer(rule), date(2027, 2, 1))) == 1

    def test_fixed_and_rolling_retainers_never_rise(self) -> None:
        for renewal in (Renewal.FIXED, Renewal.ROLLING):
            rule = replace(AUTOMATIC, renewal=renewal)
            assert len(price_steps(a_retainer(rule), date(2030, 1, 1))) == 1

    def test_no_step_lies_after_the_service_ended(self) -> None:
        ended = replace(a_retainer(), ended_on=date(2026, 1, 31))
        assert len(price_steps(ended, date(2030, 1, 1))) == 1

    def test_the_fee_changes_on_the_renewal_day_itself(self) -> None:
        fees = [fee_on(a_retainer(), day)[1].minor for day in (date(2026, 1, 30), date(2026, 1, 31))]
        assert fees == [300_000, 309_000]
