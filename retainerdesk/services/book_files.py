"""Files in and out: recognise what was handed over, import it in one transaction, export the whole book."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from retainerdesk.domain.account import Business
from retainerdesk.domain.book import AccountFile, Book
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.exchange.book.json_text import LARGEST_BYTES
from retainerdesk.exchange.book.reader import read_as_written
from retainerdesk.exchange.book.refusals import BookRefused
from retainerdesk.exchange.book.writer import book_text
from retainerdesk.exchange.book_zip import BookArchive, Opened, read_book_zip, write_book_zip
from retainerdesk.exchange.merge.books import merge_books
from retainerdesk.exchange.merge.plan import AccountMerge, MergePlan
from retainerdesk.exchange.recognise import Kind, recognise
from retainerdesk.services.apply_merge import apply_merge
from retainerdesk.services.identifiers import id_notes
from retainerdesk.services.invoices import render_invoice_pdf
from retainerdesk.services.late_work import late_notes
from retainerdesk.services.look_alikes import look_alike_notes
from retainerdesk.services.results import EVERYTHING, Changes, Outcome
from retainerdesk.services.time_import import import_time
from retainerdesk.store.book_store import BookStore
from retainerdesk.store.repositories.books import each_account_file, load_book, load_frame
from retainerdesk.store.unit_of_work import UnitOfWork
from retainerdesk.system.content_store import keep_stream
from retainerdesk.system.kept_files import Form, KeptFiles
from retainerdesk.system.private_files import replacing

_WITHOUT_FILES = (
    "Attach the file again, restore it from a backup (Check the book names it), or export to .json, which "
    "holds no files; nothing was written."
)


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to import.

    `update` takes the file's version where rows differ, `create` adds accounts and people a time export
    names, `date_order` (day_first, month_first) settles dates the file leaves open. With `today` the report
    says what imported work changes in closed periods.
    """

    dry_run: bool = False
    update: bool = False
    create: bool = False
    date_order: str | None = None
    today: date | None = None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do: how many rows, and a sentence for each refused one."""

    added: int = 0
    changed: int = 0
    left: int = 0
    refused: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    offers: tuple[str, ...] = field(default=())

    def __add__(self, other: ImportReport) -> ImportReport:
        return ImportReport(
            self.added + other.added, self.changed + other.changed, self.left + other.left,
            self.refused + other.refused, self.notes + other.notes, self.offers + other.offers,
        )  # fmt: skip


def import_files(
    store: BookStore, files: KeptFiles, paths: Iterable[Path], options: ImportOptions
) -> Outcome[ImportReport]:
    """Import each file in a transaction of its own; `files` keeps the documents.

    A refused book file adds nothing; of a time export the good rows are taken. Importing again adds nothing.
    """
    report = ImportReport()
    for path in paths:
        report += _import_one(store, files, path, options)
    changed = not options.dry_run and bool(report.added or report.changed)
    return Outcome(report, EVERYTHING if changed else Changes())


def _import_one(store: BookStore, files: KeptFiles, path: Path, options: ImportOptions) -> ImportReport:
    try:
        return _import_kind(store, files, path, recognise(path), options)
    except BookRefused as refused:
        sentences = tuple(f"{path.name}: {each}" for each in refused.refusals)
        return ImportReport(refused=sentences + _more(path, refused.total - len(sentences)))


def _more(path: Path, count: int) -> tuple[str, ...]:
    return (f"{path.name}: {count} more are wrong.",) if count > 0 else ()


def _import_kind(
    store: BookStore, files: KeptFiles, path: Path, kind: Kind, options: ImportOptions
) -> ImportReport:
    if kind.is_time:
        with _transaction(store, dry_run=options.dry_run) as uow:
            counts = import_time(uow, path, options.date_order, create=options.create)
            late = _late(uow, counts.account_ids, options)
        return ImportReport(
            counts.added, 0, counts.left, counts.refused, (*counts.notes, *late), counts.offers
        )
    if kind is Kind.BOOK_ZIP:
        with read_book_zip(path) as (book, archive):
            report = _import_book(store, path, book, options)
            if not options.dry_run and not report.refused:
                _keep_documents(archive, files)
        return report
    return _import_book(store, path, read_as_written(_content(path)), options)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_BYTES:
            message = f"{path.name} is larger than 256 MB, the most an import reads; a backup moves any book."
            raise RuleViolation("file.size", message, "file")
        return path.read_bytes()
    except OSError as problem:
        raise EnvironmentProblem(
            f"{path} cannot be read: {problem.strerror}.", "Check its permissions."
        ) from problem


@contextmanager
def _transaction(store: BookStore, *, dry_run: bool) -> Iterator[UnitOfWork]:
    """A writing unit that is kept when its block ends well, unless this is a dry run."""
    with store.writing() as uow:
        yield uow
        if not dry_run:
            uow.commit()


def _import_book(store: BookStore, path: Path, book: Book, options: ImportOptions) -> ImportReport:
    with _transaction(store, dry_run=options.dry_run) as uow:
        known = load_book(uow)
        plan = merge_books(known, book, update=options.update)
        if plan.refused:
            refused = tuple(f"{path.name}: {each}" for each in plan.refused)
            return ImportReport(refused=refused + _rest(plan, path))
        apply_merge(uow, plan)
        worked = [each.account_id for each in plan.accounts if _has_new_work(each)]
        late = _late(uow, worked, options)
    odd = id_notes(book) if plan.added or plan.changed else ()
    alike = look_alike_notes((file.account for file in known.accounts), plan.accounts)
    notes = tuple(f"{path.name}: {each}" for each in (*plan.notes, *odd, *alike))
    return ImportReport(_sum(plan.added), _sum(plan.changed), _sum(plan.left), notes=(*notes, *late))


def _has_new_work(merge: AccountMerge) -> bool:
    return any((merge.work.added, merge.work.changed, merge.calls.added, merge.calls.changed))


def _late(uow: UnitOfWork, account_ids: Iterable[str], options: ImportOptions) -> tuple[str, ...]:
    """What the imported work changes in closed periods; nothing where no day is said."""
    return late_notes(uow, account_ids, options.today) if options.today else ()


def _rest(plan: MergePlan, path: Path) -> tuple[str, ...]:
    more = plan.refused_total - len(plan.refused)
    return (f"{path.name}: {more} more differ; --update takes the file's version.",) if more > 0 else ()


def _sum(counts: dict[str, int]) -> int:
    return sum(counts.values())


def _keep_documents(archive: BookArchive, files: KeptFiles) -> None:
    for sha256 in sorted(archive.documents):
        keep_stream(archive.read_document(sha256), files, sha256)


def export_book(store: BookStore, files: KeptFiles, target: Path) -> None:
    """Write the whole book: `.json`, or `.zip` with documents and issued PDFs; whole or not at all."""
    suffix = target.suffix.lower()
    if suffix not in (".json", ".zip"):
        message = f"{target.name} must end in .json (the book) or .zip (with documents and PDFs)."
        raise RuleViolation("export.kind", message, "file")
    with store.reading() as uow, replacing(target) as stream:
        frame, contents = load_frame(uow), _Contents()
        text = book_text(frame, contents.noted(each_account_file(uow)))
        if suffix == ".json":
            stream.writelines(piece.encode() for piece in text)
            return
        contents.note_seller(frame.business)
        write_book_zip(stream, text, _documents(contents, files), _pdfs(uow, contents, files))


@dataclass(slots=True)
class _Contents:
    """What an archive holds beside the text of the book: known when all accounts have been written."""

    hashes: set[str] = field(default_factory=set)
    numbers: list[str] = field(default_factory=list)

    def noted(self, accounts: Iterable[AccountFile]) -> Iterator[AccountFile]:
        """The same accounts, each noted before it is handed on."""
        for file in accounts:
            self.hashes |= {document.sha256 for document in file.documents if document.sha256}
            self.hashes |= {letter.sha256 for letter in file.letters if letter.sha256}
            for invoice in file.invoices:
                self.numbers.append(invoice.number)
                # What was issued is printed with the logo it was sent with, whatever it is today.
                self.note_seller(invoice.seller)
            yield file

    def note_seller(self, seller: Business) -> None:
        if seller.logo_sha256:
            self.hashes.add(seller.logo_sha256)


def _documents(contents: _Contents, files: KeptFiles) -> Iterator[tuple[str, Opened]]:
    for sha256 in sorted(contents.hashes):
        form = files.find(sha256)
        if form is not None:
            yield sha256, partial(_whole, files, form)


def _whole(files: KeptFiles, form: Form) -> Iterator[bytes]:
    """The content of a kept file. EnvironmentProblem, at its end, if it is not what was attached."""
    path, digest = files.folder / form.name, hashlib.sha256()
    try:
        with closing(files.chunks(form)) as chunks:
            for chunk in chunks:
                digest.update(chunk)
                yield chunk
    except OSError as problem:
        raise EnvironmentProblem(f"{path} cannot be read: {problem.strerror}.", _WITHOUT_FILES) from problem
    if digest.hexdigest() != form.sha256:
        raise EnvironmentProblem(f"{path} was changed or is damaged.", _WITHOUT_FILES)


def _pdfs(uow: UnitOfWork, contents: _Contents, files: KeptFiles) -> Iterator[tuple[str, Opened]]:
    for number in contents.numbers:
        yield number, partial(_rendered, uow, number, files)


def _rendered(uow: UnitOfWork, number: str, files: KeptFiles) -> Iterator[bytes]:
    yield render_invoice_pdf(uow, number, files)
