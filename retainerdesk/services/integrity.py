"""Is the book sound? Part by part, with progress, in words, and with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.domain.soundness import IssuedNumber, account_findings, number_findings, numbers_of
from retainerdesk.store import check as stored
from retainerdesk.store.repositories.accounts import list_accounts
from retainerdesk.store.repositories.book_state import get_state, set_state
from retainerdesk.store.repositories.books import each_account_file, load_frame
from retainerdesk.system.kept_files import KeptFiles

if TYPE_CHECKING:
    from retainerdesk.domain.book import AccountFile
    from retainerdesk.store.book_store import BookStore
    from retainerdesk.store.unit_of_work import UnitOfWork

Step = Callable[[int, int], bool]
"""Told how many of how many steps are done; answers whether to go on."""

DAYS_BETWEEN_CHECKS = 7
_STATE = "last_check"

PAGES, REFERENCES, CHAIN, ROWS, SEARCH, FILES, RULES = (
    "Pages and indexes of the file",
    "References between rows",
    "Audit chain",
    "Every row against the audit chain",
    "Search index",
    "Attached files",
    "Rules of the business",
)
_ADVICE = {
    PAGES: "The file is damaged: restore the newest good backup. If it only names an index, Repair builds "
    "that anew.",
    REFERENCES: "Rows are missing: restore the newest good backup.",
    CHAIN: "Compare the 8 digits printed on your newest invoice, and restore a backup from before it. "
    "A chain is never repaired: that would hide what happened.",
    ROWS: "Restore the newest good backup, or enter what was changed again. Repair writes down what the rows "
    "held when RetainerDesk last wrote them.",
    SEARCH: "Nothing of the book is lost: Repair makes the index anew.",
    FILES: "Copy the files from a backup of the folder beside the book, or attach them again.",
    RULES: "The book is whole, but something in it breaks a rule: look at what is named, and correct it.",
}


@dataclass(frozen=True, slots=True)
class CheckPart:
    """One kind of check: its name in words, whether it was done, and what it found, a sentence each."""

    name: str
    is_done: bool
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check of `on` found, in order; `is_cancelled` if it was stopped before its end."""

    on: date
    parts: tuple[CheckPart, ...]
    is_cancelled: bool = False

    @property
    def findings(self) -> tuple[str, ...]:
        """Everything that is wrong, the first bad row first."""
        return tuple(sentence for part in self.parts for sentence in part.findings)

    @property
    def is_sound(self) -> bool:
        """Whether everything was looked at and nothing is wrong."""
        return not self.findings and all(part.is_done for part in self.parts)

    @property
    def advice(self) -> tuple[str, ...]:
        """What to do, a sentence or two for each kind of finding."""
        return tuple(_ADVICE[part.name] for part in self.parts if part.findings)


class _Stopped(Exception):
    pass


def run_check(store: BookStore, files: KeptFiles, today: date, step: Step | None = None) -> CheckReport:
    """Look at everything: file, references, chain, rows, attached files in `files`, rules.

    The rules are left out if the rows below them are not sound. What cannot even be read is a finding. The
    day is remembered in a sound book; nothing is written to a damaged one, which is checked again soon.
    """
    check = _Check(step)
    kept: list[tuple[str, str]] = []
    try:
        with store.reading() as uow:
            _look_at_stored(check, uow)
            is_readable = not check.findings
            if is_readable:
                kept = _look_at_accounts(check, uow, today)
        # Reading every file may take long: whoever wants to exchange the book meanwhile need not wait for it.
        if is_readable:
            _look_at_files(check, kept, store, files)
    except _Stopped:
        return CheckReport(today, check.report(), is_cancelled=True)
    report = CheckReport(today, check.report())
    if report.is_sound and not store.read_only:
        _remember(store, today)
    return report


def check_pages(store: BookStore) -> tuple[str, ...]:
    """The quick look of every start: pages only."""
    try:
        with store.reading() as uow:
            return tuple(finding.text for finding in stored.check_pages(uow, quickly=True))
    except EnvironmentProblem as problem:
        return (problem.message,)


def last_sound_on(uow: UnitOfWork) -> date | None:
    """The day of the last check that found nothing; None if there was none."""
    state = get_state(uow, _STATE)
    return None if state is None else date.fromisoformat(state["on"])


def is_check_due(uow: UnitOfWork, today: date) -> bool:
    """Whether a week has passed since the book was found sound, or that day lies in the future."""
    last = last_sound_on(uow)
    return last is None or not 0 <= (today - last).days < DAYS_BETWEEN_CHECKS


class _Check:
    """Collects findings by part and counts steps; one step for each table, each account and each file."""

    def __init__(self, step: Step | None) -> None:
        self._step = step
        self._done = 0
        self._total = 4 + len(stored.AUDITED) + 1
        self._found: dict[str, list[str]] = {}

    @property
    def findings(self) -> bool:
        return any(self._found.values())

    def expect(self, steps: int) -> None:
        """More steps than were known before."""
        self._total += steps

    def take(self, part: str, found: Iterable[str]) -> None:
        """Do one step of a part. Raises _Stopped if nobody wants more."""
        mine = self._found.setdefault(part, [])
        try:
            mine += found
        except (EnvironmentProblem, RuleViolation) as problem:
            mine.append(problem.message)
        self._done += 1
        if self._step is not None and not self._step(self._done, self._total):
            raise _Stopped

    def report(self) -> tuple[CheckPart, ...]:
        names = (PAGES, REFERENCES, CHAIN, ROWS, SEARCH, FILES, RULES)
        return tuple(CheckPart(name, name in self._found, tuple(self._found.get(name, ()))) for name in names)


def _look_at_stored(check: _Check, uow: UnitOfWork) -> None:
    check.take(PAGES, _texts(stored.check_pages(uow)))
    check.take(REFERENCES, _texts(stored.check_references(uow)))
    check.take(CHAIN, _texts(stored.check_chain(uow)))
    for table in stored.AUDITED:
        check.take(ROWS, _texts(stored.check_rows(uow, table)))
    # Of damaged rows it cannot be said what the index ought to know.
    check.take(SEARCH, () if check.findings else _texts(stored.check_search(uow)))


def _texts(findings: Iterable[stored.Finding]) -> Iterator[str]:
    return (finding.text for finding in findings)


def _look_at_accounts(check: _Check, uow: UnitOfWork, today: date) -> list[tuple[str, str]]:
    """The rules, one account after the other: a large book is never read at once.

    Returns the name in words and the hash of everything that is kept by content.
    """
    frame = load_frame(uow)
    logo = frame.business.logo_sha256
    kept = [("the logo", logo)] if logo else []
    check.expect(1 + len(kept) + len(list_accounts(uow)))
    numbers: list[IssuedNumber] = []
    for file in each_account_file(uow):
        numbers += numbers_of(file)
        mine = list(_files_of(file))
        check.expect(len(mine))
        kept += mine
        found = account_findings(file, today)
        check.take(RULES, (f"{file.account.id}: {sentence}" for sentence in found))
    check.take(RULES, number_findings(frame.series, numbers))
    return kept


def _look_at_files(
    check: _Check, kept: Iterable[tuple[str, str]], store: BookStore, files: KeptFiles
) -> None:
    # Looked at, also where there are none.
    check.take(FILES, ())
    for name, sha256 in kept:
        check.take(FILES, _file_findings(name, sha256, store, files))


def _files_of(file: AccountFile) -> Iterator[tuple[str, str]]:
    """Everything of an account that is kept by content, with its name in words."""
    for document in file.documents:
        if document.sha256:
            yield f"“{document.name}” of {file.account.id}", document.sha256
    for letter in file.letters:
        if letter.sha256:
            yield f"letter {letter.id} of {file.account.id}", letter.sha256


def _file_findings(name: str, sha256: str, store: BookStore, files: KeptFiles) -> tuple[str, ...]:
    """What is wrong with one kept file, by the key the book has by then; `name` is its name in words."""
    while True:
        key = store.file.key
        found = tuple(_findings_with(name, sha256, replace(files, key=key)))
        # Its form may have been exchanged with the book while it was read.
        if not found or store.file.key == key:
            return found


def _findings_with(name: str, sha256: str, files: KeptFiles) -> Iterator[str]:
    form = files.find(sha256)
    if form is not None:
        if not files.is_whole(form):
            yield f"{name} was changed or is damaged: {files.folder / form.name}"
    elif files.is_sealed_otherwise(sha256):
        yield f"{name} is sealed with a key that is not the book's: {sha256[:12]}… in {files.folder}"
    else:
        yield f"{name} is lost: there is no {sha256[:12]}… in {files.folder}"


def _remember(store: BookStore, today: date) -> None:
    with store.writing() as uow:
        set_state(uow, _STATE, {"on": today.isoformat()})
        uow.commit()
