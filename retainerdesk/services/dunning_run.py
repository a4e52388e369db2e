"""The dunning run: every letter whose step has come, into one folder, one transaction a letter.

A run can be stopped or killed between any two letters and started again: what was marked as sent is not
proposed again, and what was not is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.names import name_order
from retainerdesk.domain.sent_letter import SentLetter
from retainerdesk.services.business import get_business
from retainerdesk.services.invoices import pdf_name
from retainerdesk.services.late_interest_rates import late_interest_table
from retainerdesk.services.letters import DueLetter, LetterChoice, letter_for, letter_of
from retainerdesk.services.receivables import open_files
from retainerdesk.services.results import Changes, Outcome
from retainerdesk.services.sent_letters import mark_letter_sent, save_sent_pdf
from retainerdesk.store.book_store import BookStore
from retainerdesk.store.unit_of_work import UnitOfWork
from retainerdesk.system.kept_files import KeptFiles

Progress = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class ProposedLetter:
    """One row of the run: whom to write to, and what."""

    account_name: str
    letter: DueLetter


@dataclass(frozen=True, slots=True)
class DunningResult:
    """What a run did. `parked` are accounts left alone, by name, with the reason."""

    sent: tuple[SentLetter, ...]
    parked: tuple[tuple[str, str], ...] = ()
    cancelled: bool = False


def propose_dunning(uow: UnitOfWork, today: date) -> tuple[ProposedLetter, ...]:
    """The next letter of every account and currency whose step has come, by the name of the account."""
    business, table = get_business(uow), late_interest_table(uow)
    found = []
    for file in open_files(uow):
        for currency in sorted({invoice.currency for invoice in file.invoices}):
            letter = letter_of(file, business, table, today, LetterChoice(currency=currency))
            if letter is not None:
                found.append(ProposedLetter(file.account.name, letter))
    return tuple(sorted(found, key=lambda each: name_order(each.account_name, each.letter.account_id)))


def send_letters(
    store: BookStore,
    proposed: Sequence[ProposedLetter],
    files: KeptFiles,
    folder: Path,
    today: date,
    go_on: Progress = lambda _done, _total: True,
) -> Outcome[DunningResult]:
    """Write the letters into `folder` and mark each as sent, computed anew; what changed since is parked.

    A letter whose PDF cannot be written is not marked. Raises EnvironmentProblem if the folder or the book
    cannot be written; what was sent before stays sent.
    """
    sent: list[SentLetter] = []
    parked: list[tuple[str, str]] = []
    for done, each in enumerate(proposed):
        if not go_on(done, len(proposed)):
            return _outcome(sent, parked, cancelled=True)
        try:
            sent.append(_send(store, each.letter, files, folder, today))
        except RuleViolation as refused:
            parked.append((each.account_name, refused.message))
    go_on(len(proposed), len(proposed))
    return _outcome(sent, parked, cancelled=False)


def _send(store: BookStore, shown: DueLetter, files: KeptFiles, folder: Path, today: date) -> SentLetter:
    with store.writing() as uow:
        now = letter_for(uow, shown.account_id, today, LetterChoice(currency=shown.currency))
        if now is None or (now.step.id, now.lines) != (shown.step.id, shown.lines):
            message = "What is past due changed since the letter was shown; look at it again."
            raise RuleViolation("letter.changed", message)
        letter = mark_letter_sent(uow, shown, files, today).value
        save_sent_pdf(letter, files, folder / letter_file_name(letter))
        uow.commit()
    return letter


def letter_file_name(letter: SentLetter) -> str:
    """Such as "acme-reminder-2026-11-22-EUR.pdf": letters, digits, dot, dash and underscore only."""
    what = letter.step_id or letter.kind.value
    return pdf_name(f"{letter.account_id}-{what}-{letter.on}-{letter.total.currency}")


def _outcome(
    sent: Sequence[SentLetter], parked: Sequence[tuple[str, str]], *, cancelled: bool
) -> Outcome[DunningResult]:
    ids = frozenset(letter.account_id for letter in sent)
    changes = Changes(relationship=True, money=True, dates=True, account_ids=ids) if sent else Changes()
    return Outcome(DunningResult(tuple(sent), tuple(parked), cancelled), changes)
