"""The calls and the work of a sample account, from its rhythm, its habits and what each period burned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from retainerdesk.domain.grants import granted_minutes
from retainerdesk.domain.money import allocate, round_half_up
from retainerdesk.domain.period import Period
from retainerdesk.domain.retainer import Retainer
from retainerdesk.domain.sample.days import weekday_ago
from retainerdesk.domain.sample.story import Story
from retainerdesk.domain.schedule import Slice, usage_periods
from retainerdesk.domain.work import Call, WorkEntry, WorkKind

# The studio writes its time in quarters of an hour, so every figure above is rounded to one.
QUARTER_HOUR = 15
_REVIEW_MINUTES = 60


@dataclass(frozen=True, slots=True)
class _Draft:
    """A work entry before it has its text and id."""

    on: date
    person_id: str
    kind: WorkKind
    minutes: int
    text: str = ""


def calls_of(story: Story, today: date) -> tuple[Call, ...]:
    """The calls before `today`, in order of date."""
    talks, service = story.talks, Period(story.retainer.starts_on, today)
    back = range(talks.last_days_ago, service.days, talks.every_days)
    days = [weekday_ago(today, days_ago) for days_ago in reversed(back)]
    held = [day for day in days if day in service and not _is_paused(story.retainer, day)]
    return tuple(_call(story, day, n, len(held) - 1 - n) for n, day in enumerate(held))


def _call(story: Story, day: date, n: int, since: int) -> Call:
    """The n-th call; `since` is how many came after it."""
    talks = story.talks
    is_review = bool(talks.review_every) and n % talks.review_every == talks.review_every - 1
    text = talks.newest[since] if since < len(talks.newest) else talks.notes.text(n)
    return Call(
        account_id=story.account.id,
        id=f"call-{n + 1:03}",
        at=datetime.combine(day, time(talks.hour)),
        minutes=_REVIEW_MINUTES if is_review else talks.minutes,
        title="Quarterly review" if is_review else talks.title,
        text=text,
        contact_ids=talks.contact_ids,
    )


def work_of_story(story: Story, calls: Sequence[Call], today: date) -> tuple[WorkEntry, ...]:
    """The work before `today`, in order of date: calls, what habits bring, and favours.

    Calls and habits of a closed period make exactly its share of the grant, to a quarter of an hour.
    """
    slices = usage_periods(story.retainer, today)
    drafts = _favours(story, today)
    for index, slice_ in enumerate(slices):
        held = [_talk(story, call) for call in calls if call.at.date() in slice_.span]
        target = _target_minutes(story, slices, index, today)
        drafts += held + _by_habit(story, slice_, target - sum(d.minutes for d in held), today)
    return _entries(story, drafts)


def _target_minutes(story: Story, slices: Sequence[Slice], index: int, today: date) -> int:
    slice_ = slices[index]
    closed = sum(each.span.end <= today for each in slices)
    if index < closed:
        percent = story.burned_percent[(closed - 1 - index) % len(story.burned_percent)]
        share = Fraction(percent, 100)
    else:
        share = Fraction(story.pace_percent, 100) * (today - slice_.span.start).days / slice_.span.days
    minutes = granted_minutes(story.retainer, slice_) * share
    return QUARTER_HOUR * round_half_up(minutes / QUARTER_HOUR)


def _talk(story: Story, call: Call) -> _Draft:
    first = next(each.name for each in story.account.contacts if each.id == call.contact_ids[0])
    return _Draft(
        call.at.date(),
        story.talks.person_id,
        WorkKind.CALL,
        call.minutes,
        f"{call.title} {story.talks.joined_by} {first}",
    )


def _favours(story: Story, today: date) -> list[_Draft]:
    return [
        _Draft(
            weekday_ago(today, each.days_ago),
            each.person_id,
            WorkKind.OUT_OF_SCOPE,
            each.minutes,
            each.text,
        )
        for each in story.favours
    ]


def _by_habit(story: Story, slice_: Slice, minutes: int, today: date) -> list[_Draft]:
    """Entries on the habits' weekdays before `today` that share `minutes` by weight."""
    span = Period(slice_.span.start, min(slice_.span.end, today))
    wanted = [
        (day, habit)
        for day in _days(span)
        for habit in story.habits
        if day.weekday() == habit.weekday and _week(day) % habit.every_weeks == 0
        if not _is_paused(story.retainer, day)
    ]
    if not wanted or minutes <= 0:
        return []
    quarters = allocate(minutes // QUARTER_HOUR, [habit.weight for _, habit in wanted])
    return [
        _Draft(day, habit.person_id, habit.kind, QUARTER_HOUR * count)
        for (day, habit), count in zip(wanted, quarters, strict=True)
        if count
    ]


def _days(span: Period) -> Iterable[date]:
    return (span.start + timedelta(days=n) for n in range(span.days))


def _week(day: date) -> int:
    return day.toordinal() // 7


def _is_paused(retainer: Retainer, day: date) -> bool:
    return any(day in pause.span for pause in retainer.pauses)


def _entries(story: Story, drafts: Iterable[_Draft]) -> tuple[WorkEntry, ...]:
    """The drafts in order of date, with ids in that order and a text of their kind."""
    told: Counter[WorkKind] = Counter()
    entries: list[WorkEntry] = []
    for number, draft in enumerate(sorted(drafts, key=lambda d: (d.on, d.person_id, d.kind)), start=1):
        text = draft.text or story.work_texts[draft.kind].text(told[draft.kind])
        told[draft.kind] += not draft.text
        entry = WorkEntry(
            story.account.id, f"work-{number:04}", draft.on, draft.minutes, draft.person_id, draft.kind,
            story.retainer.id, text,
        )  # fmt: skip
        entries.append(entry)
    return tuple(entries)
