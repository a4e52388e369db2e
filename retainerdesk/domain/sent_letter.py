"""Letters about money that went out: what each asked for, kept so that no step is sent twice.

Nothing is owed because of a letter: interest and fixed sums stand in it as it was sent, and in no balance.
Source: handbook, "Payments", Dunning.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from retainerdesk.domain.dunning import SentStep
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period


class LetterKind(StrEnum):
    """What a letter is: one that asks for what is past due, or a statement of account."""

    DUNNING = "dunning"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One document a letter asked for: what was past due of it, and what the law added."""

    number: str
    due_on: date
    amount: Money
    interest: Money | None = None
    fee: Money | None = None

    @property
    def total(self) -> Money:
        """Everything that was asked for because of this document."""
        return sum((each for each in (self.interest, self.fee) if each is not None), start=self.amount)


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter as it was marked as sent on `on`.

    `total` is what it asked for: the sum of its lines, or the closing balance of a statement. `step_id` and
    `lines` belong to dunning, `span` (half-open) to a statement. `title` and `text` are as they were printed;
    `sha256` is the content of its PDF.
    """

    account_id: str
    id: str
    on: date
    kind: LetterKind
    total: Money
    step_id: str = ""
    lines: tuple[LetterLine, ...] = ()
    title: str = ""
    text: str = ""
    sha256: str | None = None
    span: Period | None = None


def sent_steps(letters: Iterable[SentLetter]) -> tuple[SentStep, ...]:
    """Which steps each document got, one a document and letter."""
    return tuple(
        SentStep(line.number, letter.step_id, letter.on)
        for letter in letters
        if letter.kind is LetterKind.DUNNING
        for line in letter.lines
    )


def check_letter(letter: SentLetter, others: Sequence[SentLetter]) -> None:
    """Raise RuleViolation for a letter of dunning about nothing, or a step a document got already."""
    if letter.kind is LetterKind.STATEMENT:
        return
    if not letter.lines:
        message = "Nothing is past due, so there is nothing to ask for in a letter."
        raise RuleViolation("letter.empty", message, "account")
    covered = {line.number for line in letter.lines}
    before = next(
        (
            (step, each.number)
            for step in others
            if step.kind is LetterKind.DUNNING and step.step_id == letter.step_id
            for each in step.lines
            if each.number in covered
        ),
        None,
    )
    if before is not None:
        earlier, number = before
        message = (
            f"{number} got the {step_words(letter.step_id)} on {earlier.on} already; choose the next step, or"
            " take that letter back first."
        )
        raise RuleViolation("letter.twice", message, "step")


def step_words(step_id: str) -> str:
    """A step as people read it: "second notice"."""
    return step_id.replace("_", " ")
