"""Deadlines and reminders of the running term. Dates are worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retainerdesk.domain.money import Money
from retainerdesk.domain.notice import (
    ReminderState,
    business_day_before,
    is_weekday,
    next_dates,
    reminders,
)
from retainerdesk.domain.period import MONTHLY
from retainerdesk.domain.plan import Plan
from retainerdesk.domain.retainer import (
    Escalator,
    Notice,
    NoticeUnit,
    Renewal,
    Retainer,
    TermRule,
)

START = date(2025, 1, 31)
RULE = TermRule(12, Renewal.AUTOMATIC, Notice(60, NoticeUnit.DAYS), Escalator(Decimal(3), 75))


def every_day(_: date) -> bool:
    return True


def a_retainer(rule: TermRule | None = RULE) -> Retainer:
    plan = Plan(START, Money(300_000, "EUR"), MONTHLY)
    return Retainer("acme", "advisory", "Advisory", START, (plan,), rule)


class TestReminders:
    def test_they_count_back_90_60_30_and_7_days(self) -> None:
        """From 1 December 2026: 2 September, 2 October, 1 November, 24 November."""
        days = [each.on for each in reminders(date(2026, 12, 1), date(2026, 1, 1), every_day)]
        assert days == [date(2026, 9, 2), date(2026, 10, 2), date(2026, 11, 1), date(2026, 11, 24)]

    def test_a_deadline_on_a_sunday_counts_from_the_friday_before(self) -> None:
        """31 January 2027 is a Sunday; 7 days before Friday 29 January is 22 January."""
        assert reminders(date(2027, 1, 31), date(2026, 1, 1))[-1].on == date(2027, 1, 22)

    def test_a_deadline_on_a_holiday_after_a_weekend_goes_back_to_friday(self) -> None:
        holiday = date(2026, 5, 25)
        assert business_day_before(holiday, lambda day: is_weekday(day) and day != holiday) == date(
            2026, 5, 22
        )

    def test_a_predicate_that_never_agrees_leaves_the_day(self) -> None:
        assert business_day_before(START, lambda _: False) == START

    @pytest.mark.parametrize(
        ("today", "states"),
        [
            (date(2026, 9, 1), ["upcoming", "upcoming", "upcoming", "upcoming"]),
            (date(2026, 9, 2), ["due", "upcoming", "upcoming", "upcoming"]),
            (date(2026, 9, 3), ["overdue", "upcoming", "upcoming", "upcoming"]),
            (date(2026, 11, 10), ["past", "past", "overdue", "upcoming"]),
            (date(2026, 12, 20), ["past", "past", "past", "overdue"]),
        ],
    )
    def test_missed_ones_show_once_as_overdue(self, today: date, states: list[str]) -> None:
        assert [each.state.value for each in reminders(date(2026, 12, 1), today, every_day)] == states

    @given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(-120, 120))
    def test_never_more_than_one_of_a_deadline_speaks(self, deadline: date, offset: int) -> None:
        found = reminders(deadline, deadline + timedelta(days=offset))
        speaking = [each for each in found if each.state in (ReminderState.DUE, ReminderState.OVERDUE)]
        assert len(speaking) == (1 if found[0].on <= deadline + timedelta(days=offset) else 0)


class TestNextDates:
    def test_the_running_term_has_its_safe_and_loose_notice_days_and_announcement(self) -> None:
        """E is 30 January 2026: 60 days before is 1 December, from R 2 December; 75 days: 16 November."""
        facts = next_dates(a_retainer(), date(2025, 3, 1), every_day)
        assert facts is not None
        assert (facts.start, facts.end) == (START, date(2026, 1, 31))
        assert (facts.notice_deadline, facts.notice_latest) == (date(2025, 12, 1), date(2025, 12, 2))
        assert facts.price_announcement == date(2025, 11, 16)

    def test_reminders_count_from_the_announcement_where_it_comes_first(self) -> None:
        facts = next_dates(a_retainer(), date(2025, 3, 1), every_day)
        assert facts is not None
        assert facts.act_by == date(2025, 11, 16)
        assert facts.reminders[-1].on == date(2025, 11, 9)

    def test_the_day_to_act_by_is_a_business_day_but_the_deadline_is_not_moved(self) -> None:
        """16 November 2025 is a Sunday."""
        facts = next_dates(a_retainer(), date(2025, 3, 1))
        assert facts is not None
        assert (facts.price_announcement, facts.act_by) == (date(2025, 11, 16), date(2025, 11, 14))

    def test_a_missed_deadline_stays_that_of_the_running_term(self) -> None:
        facts = next_dates(a_retainer(), date(2026, 1, 30), every_day)
        assert facts is not None
        assert facts.notice_deadline == date(2025, 12, 1)
        assert facts.reminders[-1].state is ReminderState.OVERDUE

    def test_the_next_term_has_its_own_deadline(self) -> None:
        facts = next_dates(a_retainer(), date(2026, 1, 31), every_day)
        assert facts is not None
        assert (facts.number, facts.notice_deadline) == (2, date(2026, 12, 1))
        assert {each.state for each in facts.reminders} == {ReminderState.UPCOMING}

    def test_before_the_start_the_first_term_is_told(self) -> None:
        facts = next_dates(a_retainer(), date(2024, 6, 1))
        assert facts is not None
        assert facts.number == 1

    def test_after_notice_nothing_reminds_and_the_end_is_told(self) -> None:
        gone = replace(a_retainer(), notice_given_on=date(2025, 11, 1))
        facts = next_dates(gone, date(2025, 11, 20))
        assert facts is not None
        assert (facts.ends_on, facts.reminders, facts.price_announcement) == (date(2026, 1, 31), (), None)

    def test_after_the_end_there_are_no_facts(self) -> None:
        gone = replace(a_retainer(), notice_given_on=date(2025, 11, 1))
        assert next_dates(gone, date(2026, 1, 31)) is None

    def test_a_plan_that_begins_at_the_renewal_needs_no_announcement(self) -> None:
        retainer = a_retainer()
        new_plan = replace(retainer.plans[0], from_on=date(2026, 1, 31))
        facts = next_dates(replace(retainer, plans=(*retainer.plans, new_plan)), date(2025, 3, 1), every_day)
        assert facts is not None
        assert (facts.price_announcement, facts.act_by) == (None, date(2025, 12, 1))

    def test_a_fixed_term_without_notice_reminds_of_its_last_day(self) -> None:
        facts = next_dates(a_retainer(TermRule(12, Renewal.FIXED)), date(2025, 3, 1), every_day)
        assert facts is not None
        assert facts.notice_deadline is None
        assert (facts.act_by, facts.ends_on) == (date(2026, 1, 30), date(2026, 1, 31))
        assert facts.reminders[-1].on == date(2026, 1, 23)

    def test_a_rolling_retainer_has_a_deadline_only_in_its_committed_term(self) -> None:
        """Committed to 30 July 2025: 60 days before is 31 May. Later, notice may be given any day."""
        rolling = a_retainer(TermRule(6, Renewal.ROLLING, Notice(60, NoticeUnit.DAYS)))
        first, later = next_dates(rolling, date(2025, 3, 1)), next_dates(rolling, date(2025, 9, 1))
        assert first is not None
        assert later is not None
        assert first.notice_deadline == date(2025, 5, 31)
        assert (later.notice_deadline, later.end, later.reminders) == (None, None, ())

    def test_an_open_end_without_a_term_has_no_dates(self) -> None:
        facts = next_dates(a_retainer(None), date(2025, 3, 1))
        assert facts is not None
        assert (facts.renewal, facts.end, facts.reminders) == (None, None, ())
