"""Asking for what is past due, in steps. Nothing is sent by itself: the next step is proposed.

A step comes after so many days past due and after the step before it, however long nobody looked: whoever
was away for two months begins with the friendly reminder. Between two letters lie at least as many days as
between their steps. Source: handbook, "Payments", Dunning.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from string import Formatter

from retainerdesk.domain.dunning_words import DEFAULT_WORDS, LetterWords
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.money import Money

# What the text of a letter may name; the document fills it in as the reader writes amounts and dates.
PLACEHOLDERS = frozenset({"number", "amount", "due", "days", "deadline", "name"})
_DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class DunningStep:
    """One letter: when it is due, until when it asks to be paid, and what it adds to the open amount.

    `after_days` past the due date; `deadline_days` from the letter's own date. `words` by language.
    """

    id: str
    after_days: int
    deadline_days: int = 7
    fee: bool = False
    interest: bool = False
    words: Mapping[str, LetterWords] = field(default_factory=dict)

    def words_in(self, language: str) -> LetterWords:
        """The words of a language, else the English ones, else those of the first language there is."""
        found = self.words.get(language) or self.words.get(_DEFAULT_LANGUAGE)
        return found or next(iter(self.words.values()))


DEFAULT_STEPS = (
    DunningStep("reminder", 3, 7, words=DEFAULT_WORDS["reminder"]),
    DunningStep("first_notice", 14, 10, words=DEFAULT_WORDS["first_notice"]),
    DunningStep("second_notice", 30, 10, fee=True, interest=True, words=DEFAULT_WORDS["second_notice"]),
    DunningStep("final_notice", 45, 7, fee=True, interest=True, words=DEFAULT_WORDS["final_notice"]),
)


@dataclass(frozen=True, slots=True)
class Debt:
    """What dunning needs to know of an invoice: since when something is past due, and how much of it.

    `due_on` is the due date of the earliest open part; `past_due` leaves out parts that are not due yet.
    """

    number: str
    due_on: date
    past_due: Money


@dataclass(frozen=True, slots=True)
class SentStep:
    """A letter that went out. A letter may name several invoices; each remembers it."""

    number: str
    step_id: str
    on: date


@dataclass(frozen=True, slots=True)
class NextStep:
    """The letter to write next, from which day on, and whether that day has come."""

    step: DunningStep
    due_on: date
    is_due: bool


def next_step(
    debt: Debt, sent: Sequence[SentStep], today: date, steps: Sequence[DunningStep] = DEFAULT_STEPS
) -> NextStep | None:
    """What to send next for one invoice; None if nothing is past due or the last step was sent.

    `sent` may name other invoices and steps that are no longer among `steps`: they do not count.
    """
    if debt.past_due.minor <= 0 or not steps:
        return None
    order = {step.id: index for index, step in enumerate(steps)}
    mine = [each for each in sent if each.number == debt.number and each.step_id in order]
    done = max((order[each.step_id] for each in mine), default=-1)
    if done + 1 == len(steps):
        return None
    step = steps[done + 1]
    due_on = debt.due_on + timedelta(days=step.after_days)
    if mine:
        gap = step.after_days - steps[done].after_days
        due_on = max(due_on, max(each.on for each in mine) + timedelta(days=gap))
    return NextStep(step, due_on, due_on <= today)


@dataclass(frozen=True, slots=True)
class NextLetter:
    """The letter to write next: the documents that have come to the same step, and since when it is due."""

    step: DunningStep
    debts: tuple[Debt, ...]
    due_on: date
    is_due: bool


def next_letters(
    debts: Sequence[Debt], sent: Sequence[SentStep], today: date, steps: Sequence[DunningStep] = DEFAULT_STEPS
) -> tuple[NextLetter, ...]:
    """What to write to one account about debts of one currency: due letters first, the furthest step first.

    One letter covers the documents that have come to the same step, so that none gets a step twice and none
    leaves one out; those of a step that are not due yet wait for a letter of their own.
    """
    order = {step.id: index for index, step in enumerate(steps)}
    groups: dict[tuple[bool, str], list[tuple[Debt, NextStep]]] = {}
    for debt in debts:
        following = next_step(debt, sent, today, steps)
        if following is not None:
            groups.setdefault((following.is_due, following.step.id), []).append((debt, following))
    letters = [
        NextLetter(
            found[0][1].step,
            tuple(sorted((debt for debt, _ in found), key=lambda debt: (debt.due_on, debt.number))),
            min(each.due_on for _, each in found),
            is_due,
        )
        for (is_due, _), found in groups.items()
    ]
    return tuple(sorted(letters, key=lambda each: _turn(each, order)))


def _turn(letter: NextLetter, order: Mapping[str, int]) -> tuple[bool, date, int]:
    """Due ones by step, the furthest first; the others by their day."""
    due_on = date.min if letter.is_due else letter.due_on
    return not letter.is_due, due_on, -order[letter.step.id]


def check_steps(steps: Sequence[DunningStep], field_name: str = "dunning") -> None:
    """Raise RuleViolation for steps out of order, twice the same id, or a text naming what is not known."""
    if len({step.id for step in steps}) != len(steps):
        raise RuleViolation("dunning.twice", "Every step of dunning needs a name of its own.", field_name)
    days = [step.after_days for step in steps]
    if any(day < 1 for day in days) or any(later <= earlier for earlier, later in pairwise(days)):
        message = "Every step of dunning comes later than the one before it, the first a day past due."
        raise RuleViolation("dunning.days", message, field_name)
    for step in steps:
        _check_words(step, field_name)


def _check_words(step: DunningStep, field_name: str) -> None:
    if not step.words:
        message = f"The step “{step.id}” has no text in any language."
        raise RuleViolation("dunning.words", message, field_name)
    for words in step.words.values():
        for text in (words.title, words.body):
            if unknown := _unknown(text):
                known = ", ".join(f"{{{name}}}" for name in sorted(PLACEHOLDERS))
                message = f"The text of “{step.id}” names {unknown}; known are {known}."
                raise RuleViolation("dunning.placeholder", message, field_name)


def _unknown(text: str) -> str | None:
    """What between braces cannot be filled in, or what is wrong with the braces."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError as problem:
        return str(problem)
    for _, name, spec, conversion in parts:
        if name is not None and (name not in PLACEHOLDERS or spec or conversion):
            return f"{{{name}}}"
    return None
