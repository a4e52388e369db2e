"""When either side must speak: notice days, price announcements, and the reminders counted back from them.

Facts are those of the running term, so a missed deadline stays overdue until that term ends and never turns
silently into next year's. Source: handbook, "Term, notice, renewal".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from retainerdesk.domain.retainer import Renewal, Retainer
from retainerdesk.domain.term import (
    NoticeDays,
    Term,
    boundary,
    last_notice_days,
    rise_percent,
    service_end,
    term_on,
)

REMIND_DAYS_BEFORE = (90, 60, 30, 7)

# No run of holidays is longer; a predicate that never says yes must not hang the program.
_LONGEST_HOLIDAY_DAYS = 31

IsBusinessDay = Callable[[date], bool]


class ReminderState(StrEnum):
    """PAST reminders are silent: a later one speaks for them. At most one is DUE or OVERDUE."""

    PAST = "past"
    OVERDUE = "overdue"
    DUE = "due"
    UPCOMING = "upcoming"


@dataclass(frozen=True, slots=True)
class Reminder:
    """To be shown on `on`, which is `days_before` the day to act by."""

    on: date
    days_before: int
    state: ReminderState


@dataclass(frozen=True, slots=True)
class TermFacts:
    """The dates that matter in the running term `[start, end)`; `end` is None while it is open.

    `notice_deadline` is the safe reading of the last notice day, `notice_latest` the loose one; both None
    where no notice is needed or possible any day. `price_announcement` is the last day to announce the rise
    of the next renewal. `act_by` is the earliest of them, moved to the business day before. `ends_on` is the
    first day without service where that is settled; then nothing reminds.
    """

    number: int
    start: date
    end: date | None
    renewal: Renewal | None
    notice_deadline: date | None = None
    notice_latest: date | None = None
    price_announcement: date | None = None
    act_by: date | None = None
    reminders: tuple[Reminder, ...] = ()
    ends_on: date | None = None


def is_weekday(day: date) -> bool:
    """Monday to Friday: the business days where no holidays are known."""
    return day.weekday() < 5


def business_day_before(day: date, is_business_day: IsBusinessDay) -> date:
    """`day` itself if it is a business day, else the nearest one before it."""
    for back in range(_LONGEST_HOLIDAY_DAYS):
        candidate = day - timedelta(days=back)
        if is_business_day(candidate):
            return candidate
    return day


def reminders(
    deadline: date, today: date, is_business_day: IsBusinessDay = is_weekday
) -> tuple[Reminder, ...]:
    """The reminders of one deadline, earliest first: 90, 60, 30 and 7 days before it.

    A deadline on a weekend or holiday counts as the business day before. Those missed show once: only the
    latest is overdue, and it stays so after the deadline itself.
    """
    act_by = business_day_before(deadline, is_business_day)
    days = [(act_by - timedelta(days=before), before) for before in REMIND_DAYS_BEFORE]
    reached = [on for on, _ in days if on <= today]
    latest = reached[-1] if reached else None
    return tuple(Reminder(on, before, _state(on, latest, today)) for on, before in days)


def _state(on: date, latest: date | None, today: date) -> ReminderState:
    if on > today:
        return ReminderState.UPCOMING
    if on != latest:
        return ReminderState.PAST
    return ReminderState.DUE if on == today else ReminderState.OVERDUE


def next_dates(
    retainer: Retainer, today: date, is_business_day: IsBusinessDay = is_weekday
) -> TermFacts | None:
    """The facts of the term that runs on `today` (the first, before the start); None after the end."""
    term = term_on(retainer, today)
    if term is None:
        return None
    renewal = retainer.term.renewal if retainer.term is not None else None
    settled = service_end(retainer)
    if term.open_end:
        return TermFacts(term.number, term.span.start, settled, renewal, ends_on=settled)
    days = _notice_days(retainer, term)
    announce = None if settled else _announcement(retainer, term)
    earliest = min(filter(None, (days.safe if days else None, announce)), default=term.span.last_day)
    return TermFacts(
        number=term.number,
        start=term.span.start,
        end=term.span.end,
        renewal=renewal,
        notice_deadline=days.safe if days else None,
        notice_latest=days.loose if days else None,
        price_announcement=announce,
        act_by=None if _is_decided(retainer) else business_day_before(earliest, is_business_day),
        reminders=() if _is_decided(retainer) else reminders(earliest, today, is_business_day),
        ends_on=settled,
    )


def _is_decided(retainer: Retainer) -> bool:
    """Whether the end was spoken about: notice given, or an early exit."""
    return retainer.notice_given_on is not None or retainer.ended_on is not None


def _notice_days(retainer: Retainer, term: Term) -> NoticeDays | None:
    rule = retainer.term
    if rule is None or (rule.renewal is Renewal.FIXED and rule.notice is None):
        return None
    return last_notice_days(term.span.end, rule.notice)


def _announcement(retainer: Retainer, term: Term) -> date | None:
    """The last day to announce the rise of the next renewal; a plan that begins there replaces the rise."""
    rule = retainer.term
    if rule is None or rule.escalator is None or rise_percent(retainer, term.number + 1) is None:
        return None
    if boundary(retainer, term.number) in {plan.from_on for plan in retainer.plans}:
        return None
    return term.span.last_day - timedelta(days=rule.escalator.announce_days)
