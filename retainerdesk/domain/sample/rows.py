"""The hand-written rows of a sample account: notes, next steps, decisions, one-off charges, expenses."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

from retainerdesk.domain.money import parse_money
from retainerdesk.domain.sample.days import ago, weekday_ago
from retainerdesk.domain.sample.story import Story
from retainerdesk.domain.work import Action, Decision, Expense, Note, OneOffCharge

_WRITTEN_AT = time(16, 30)


def notes_of(story: Story, today: date) -> tuple[Note, ...]:
    """The notes in order of date; written in the afternoon of a weekday."""
    told = sorted(story.notes, key=lambda note: -note.days_ago)
    return tuple(
        Note(
            story.account.id,
            f"note-{n:02}",
            datetime.combine(weekday_ago(today, note.days_ago), _WRITTEN_AT),
            note.text,
            note.touch,
        )
        for n, note in enumerate(told, start=1)
    )


def actions_of(story: Story, today: date) -> tuple[Action, ...]:
    """The next steps in order of their due date."""
    told = sorted(story.steps, key=lambda step: step.due_in_days)
    return tuple(
        Action(
            story.account.id,
            f"action-{n:02}",
            step.text,
            step.owner,
            ago(today, -step.due_in_days),
            None if step.done_days_ago is None else ago(today, step.done_days_ago),
        )
        for n, step in enumerate(told, start=1)
    )


def decisions_of(story: Story, today: date) -> tuple[Decision, ...]:
    """The decisions in order of date."""
    told = sorted(story.choices, key=lambda choice: -choice.days_ago)
    return tuple(
        Decision(
            story.account.id,
            f"decision-{n:02}",
            weekday_ago(today, choice.days_ago),
            choice.text,
            choice.reason,
        )
        for n, choice in enumerate(told, start=1)
    )


def charges_of(story: Story, today: date) -> tuple[OneOffCharge, ...]:
    """The one-off charges in order of date."""
    told = sorted(story.extras, key=lambda extra: -extra.days_ago)
    return tuple(
        OneOffCharge(
            story.account.id,
            f"charge-{n:02}",
            weekday_ago(today, extra.days_ago),
            extra.text,
            Decimal(extra.quantity),
            Decimal(extra.unit_price),
            Decimal(extra.discount_percent),
        )
        for n, extra in enumerate(told, start=1)
    )


def expenses_of(story: Story, today: date) -> tuple[Expense, ...]:
    """The expenses in order of date."""
    told = sorted(story.costs, key=lambda cost: -cost.days_ago)
    return tuple(
        Expense(
            story.account.id,
            f"expense-{n:02}",
            weekday_ago(today, cost.days_ago),
            parse_money(cost.amount, story.account.currency),
            cost.text,
            cost.rebill,
        )
        for n, cost in enumerate(told, start=1)
    )
