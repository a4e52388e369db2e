"""Remembering letters that went out: mark as sent, take back, list. Nothing is sent by the program itself."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.domain.sent_letter import LetterKind, SentLetter, check_letter
from retainerdesk.domain.statement import Statement
from retainerdesk.services.letters import (
    DueLetter,
    printed,
    render_letter_pdf,
    render_statement_pdf,
    words_of_letter,
)
from retainerdesk.services.results import Changes, Outcome
from retainerdesk.services.rows import new_row_id
from retainerdesk.store.repositories.letters import LETTERS
from retainerdesk.store.unit_of_work import UnitOfWork
from retainerdesk.system.content_store import keep_stream
from retainerdesk.system.kept_files import KeptFiles
from retainerdesk.system.private_files import replace_file


def mark_letter_sent(
    uow: UnitOfWork, letter: DueLetter, files: KeptFiles, today: date
) -> Outcome[SentLetter]:
    """Keep a letter of dunning as sent today, with its PDF by content in `files`.

    Raises RuleViolation if a document it names got the step already.
    """
    words = words_of_letter(uow, letter, files, today)
    sent = SentLetter(
        account_id=letter.account_id,
        id=new_row_id("l"),
        on=today,
        kind=LetterKind.DUNNING,
        total=printed(letter).total,
        step_id=letter.step.id,
        lines=letter.lines,
        title=words.title,
        text=words.body,
        sha256=_keep(render_letter_pdf(uow, letter, files, today), files),
    )
    return add_letter(uow, sent)


def mark_statement_sent(
    uow: UnitOfWork, account_id: str, statement: Statement, files: KeptFiles, today: date
) -> Outcome[SentLetter]:
    """Keep a statement of account as sent today, with its PDF by content in `files`."""
    sent = SentLetter(
        account_id=account_id,
        id=new_row_id("l"),
        on=today,
        kind=LetterKind.STATEMENT,
        total=statement.closing,
        sha256=_keep(render_statement_pdf(uow, account_id, statement, files, today), files),
        span=statement.span,
    )
    return add_letter(uow, sent)


def add_letter(uow: UnitOfWork, letter: SentLetter) -> Outcome[SentLetter]:
    """Keep a letter that was made before: what doing it again after an undo does."""
    check_letter(letter, LETTERS.of_account(uow, letter.account_id))
    LETTERS.add(uow, letter)
    return Outcome(letter, _changes(letter))


def take_back_letter(uow: UnitOfWork, letter: SentLetter) -> Outcome[SentLetter]:
    """Forget that a letter was sent; its step is proposed again. The kept file stays."""
    LETTERS.delete(uow, letter.account_id, letter.id)
    return Outcome(letter, _changes(letter))


def get_letter(uow: UnitOfWork, account_id: str, letter_id: str) -> SentLetter:
    """The letter of that id; RuleViolation if there is none."""
    return LETTERS.get(uow, account_id, letter_id)


def list_letters(uow: UnitOfWork, account_id: str | None = None) -> tuple[SentLetter, ...]:
    """The letters sent to an account, or to all, newest first."""
    ids = None if account_id is None else [account_id]
    found = [letter for own in LETTERS.by_account(uow, ids).values() for letter in own]
    return tuple(sorted(found, key=lambda each: (each.on, each.account_id, each.id), reverse=True))


def save_sent_pdf(letter: SentLetter, files: KeptFiles, target: Path) -> None:
    """Write the PDF of a letter as it was sent. Raises EnvironmentProblem if its file is lost or damaged."""
    pdf = files.content(letter.sha256) if letter.sha256 else None
    if pdf is None:
        raise EnvironmentProblem(
            "The file of this letter is not beside the book.",
            "Copy the folder of documents that belongs to the book to where the book is.",
        )
    replace_file(target, pdf)


def _keep(pdf: bytes, files: KeptFiles) -> str:
    digest = hashlib.sha256(pdf).hexdigest()
    keep_stream((pdf,), files, digest)
    return digest


def _changes(letter: SentLetter) -> Changes:
    ids = frozenset({letter.account_id})
    return Changes(relationship=True, money=True, dates=True, account_ids=ids)
