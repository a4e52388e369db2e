"""What a letter of dunning can be begun with: the step that comes next, the others, and their texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from retainerdesk.domain.account import Account
from retainerdesk.domain.dunning import DEFAULT_STEPS, DunningStep, next_letters
from retainerdesk.domain.dunning_words import LetterWords
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.sent_letter import sent_steps
from retainerdesk.services.letters import debts_of
from retainerdesk.services.receivables import open_files
from retainerdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class StepChoice:
    """One step that can be written now, with its text in the language of the account.

    `due_on` is the day it is due if it is the next one; `is_next` says that this day has come. Another step
    covers everything past due that did not get it.
    """

    step: DunningStep
    words: LetterWords
    is_next: bool = False
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """An account that owes something past due, and the steps that are left for it, in order."""

    account: Account
    currency: str
    choices: tuple[StepChoice, ...]

    @property
    def proposed(self) -> StepChoice:
        """The step to begin with: the next one, also before its day, or else the first that is left."""
        return next((each for each in self.choices if each.due_on is not None), self.choices[0])


def letter_draft(uow: UnitOfWork, account_id: str, currency: str, today: date) -> LetterDraft:
    """What can be written to an account about one currency.

    Raises RuleViolation if nothing is past due, or everything past due got every step.
    """
    file = open_files(uow, [account_id])[0]
    debts = debts_of(file, today, currency)
    if not debts:
        message = f"{file.account.name} owes nothing past due, so there is nothing to ask for."
        raise RuleViolation("letter.nothing", message)
    sent = sent_steps(file.letters)
    got = {(each.step_id, each.number) for each in sent}
    following = next(iter(next_letters(debts, sent, today)), None)
    language = file.account.locale.partition("_")[0]
    choices = tuple(
        StepChoice(
            step,
            step.words_in(language),
            following is not None and following.is_due and following.step == step,
            following.due_on if following is not None and following.step == step else None,
        )
        for step in DEFAULT_STEPS
        if any((step.id, debt.number) not in got for debt in debts)
    )
    if not choices:
        message = f"{file.account.name} got every letter about what is past due; what follows is no letter."
        raise RuleViolation("letter.all_sent", message)
    return LetterDraft(file.account, currency, choices)
