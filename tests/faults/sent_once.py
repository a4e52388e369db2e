"""Letters kept as sent under ids that are the same each time, so that two runs leave the same book."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from retainerdesk.domain.sent_letter import LetterKind, SentLetter
from retainerdesk.services.letters import DueLetter, letter_for, render_letter_pdf
from retainerdesk.services.sent_letters import add_letter, list_letters
from retainerdesk.store.book_store import BookStore
from retainerdesk.store.repositories.accounts import list_accounts
from retainerdesk.store.unit_of_work import UnitOfWork
from retainerdesk.system.content_store import keep_stream
from retainerdesk.system.kept_files import KeptFiles


def send_each_once(store: BookStore, files: Path, day: date) -> None:
    """Keep the letter that is due to each account on `day`, unless one was sent; a transaction each."""
    with store.reading() as uow:
        names = [account.id for account in list_accounts(uow)]
    for name in names:
        with store.writing() as uow:
            letter = letter_for(uow, name, day)
            if letter is not None and not list_letters(uow, name):
                add_letter(uow, _sent(uow, letter, files, day))
                uow.commit()


def _sent(uow: UnitOfWork, letter: DueLetter, files: Path, day: date) -> SentLetter:
    pdf = render_letter_pdf(uow, letter, KeptFiles(files), day)
    digest = hashlib.sha256(pdf).hexdigest()
    keep_stream((pdf,), KeptFiles(files), digest)
    return SentLetter(
        letter.account_id, "l-1", day, LetterKind.DUNNING, letter.total, step_id=letter.step.id,
        lines=letter.lines, sha256=digest,
    )  # fmt: skip
