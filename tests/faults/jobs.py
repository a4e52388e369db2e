"""The jobs that are killed, starved and interrupted: each works on a folder prepared for it.

A folder holds `my.book` with `my.book.files`, what comes in under `in/` and what goes out under `out/`. Every
job can be started again after it died, and finishes what it began.
"""

from __future__ import annotations

import functools
import importlib
import json
import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from retainerdesk.domain.book_key import BookKey
from retainerdesk.services.account_list import load_account_list
from retainerdesk.services.book_files import ImportOptions, export_book, import_files
from retainerdesk.services.book_keys import Keys
from retainerdesk.services.closing import CloseCommand, close_periods
from retainerdesk.services.context import BookContext
from retainerdesk.services.drafts import create_drafts
from retainerdesk.services.due import find_due
from retainerdesk.services.invoices import pdf_name, save_invoice_pdf
from retainerdesk.services.issue_drafts import issue_drafts, list_drafts
from retainerdesk.services.issue_invoices import IssueCommand, issue_invoices, preview_invoices
from retainerdesk.services.kept_forms import exchanging, settle_files
from retainerdesk.services.rows import attach_file, new_document
from retainerdesk.services.upkeep import backup_book, check_book, restore_book
from retainerdesk.store import schema
from retainerdesk.store.book_store import BookStore, open_book
from retainerdesk.store.repositories.accounts import list_accounts
from retainerdesk.store.repositories.books import load_account_file
from retainerdesk.store.repositories.invoices import list_invoices
from retainerdesk.system.kept_files import KeptFiles
from retainerdesk.system.paths import documents_folder
from tests.cli.books import account, book, plan, retainer, work
from tests.faults.sent_once import send_each_once
from tests.faults.still_clock import StillClock

TODAY = date(2026, 2, 2)
FIRST_KEY, SECOND_KEY = BookKey(bytes(range(32))), BookKey(bytes(range(1, 33)))
CLOCK = StillClock(TODAY)
LATER_REVISION = """
import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade():
    with op.batch_alter_table("accounts", recreate="always") as table:
        table.add_column(sa.Column("colour", sa.String(), nullable=True))
    op.execute("UPDATE accounts SET colour = 'blue'")
"""


def three_accounts() -> str:
    """A book that owes five invoices on 2 February 2026.

    alfa: fees of January and February in advance, and 100 minutes of overage of January; bravo: January in
    arrears; charlie: two retainers on one invoice a month, with an expense and a one-off charge.
    """
    metered = plan("2026-01-01", "1000.00", allowance_minutes=600)
    late = plan("2026-01-01", "800.00", timing="arrears")
    plain = plan("2026-01-01", "333.33")
    rows = [work(f"2026-01-{day:02}", 70) for day in range(5, 15)]
    return json.dumps(
        book(
            account("alfa", retainer("advisory", "2026-01-01", metered), work=rows),
            account("bravo", retainer("advisory", "2026-01-01", late)),
            account(
                "charlie", retainer("advisory", "2026-01-01", plain), retainer("care", "2026-01-01", plain),
                charges=[{"on": "2026-01-20", "text": "Set-up", "quantity": "1", "unit_price": "99.99"}],
                expenses=[{"on": "2026-01-21", "amount": "12.34", "text": "Train", "rebill": True}],
            ),
        )
    )  # fmt: skip


@contextmanager
def opened(folder: Path, *, create: bool = False, key: BookKey | None = None) -> Iterator[BookStore]:
    """The folder's book, closed again however the block ends."""
    store = open_book(folder / "my.book", CLOCK, create=create, key=key)
    try:
        yield store
    finally:
        store.close()


def make_empty(folder: Path) -> None:
    (folder / "in").mkdir(parents=True)
    (folder / "out").mkdir()


def make_owing(folder: Path) -> None:
    """A book that owes five invoices."""
    _put(folder, _files_made_by(_make_owing))


def make_billed(folder: Path) -> None:
    """A book whose five invoices are issued, with a document of 300 kB."""
    _put(folder, _files_made_by(_make_billed))


@functools.cache
def _files_made_by(make: Callable[[Path], None]) -> dict[str, bytes]:
    """Every file of a prepared folder; made once, put in place often."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "job"
        make(folder)
        return {
            str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()
        }


def _put(folder: Path, files: dict[str, bytes]) -> None:
    make_empty(folder)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(mode=0o700, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(content)


def _make_owing(folder: Path) -> None:
    make_empty(folder)
    source = folder / "in" / "book.json"
    source.write_text(three_accounts(), encoding="utf-8")
    with opened(folder, create=True) as store:
        import_files(store, kept_in(folder), [source], ImportOptions())


def _make_billed(folder: Path) -> None:
    make_owing(folder)
    (folder / "in" / "agreement.bin").write_bytes(bytes(range(256)) * 1200)
    bill(folder)
    attach(folder)


def make_restorable(folder: Path) -> None:
    """A billed book in the place of the book, and a backup from before the run."""
    make_owing(folder)
    with opened(folder) as store:
        backup_book(store, folder / "in" / "backup.book")
    bill(folder)


def make_importable(folder: Path) -> None:
    """An empty book, and an archive with invoices and a document to import."""
    source = folder / "source"
    make_billed(source)
    make_empty(folder)
    with opened(source) as store:
        export_book(store, kept_in(source), folder / "in" / "book.zip")
    shutil.rmtree(source)
    with opened(folder, create=True):
        pass


def make_migratable(folder: Path) -> None:
    """A billed book, and the revision of a later release."""
    make_billed(folder)
    later_revision(folder)


def later_revision(folder: Path) -> Path:
    """The folder of that revision, made if it is not there."""
    versions = folder / "in" / "versions"
    if not versions.exists():
        versions.mkdir()
        (versions / "0003_later.py").write_text(LATER_REVISION, encoding="utf-8")
    return versions


def files_of(folder: Path) -> Path:
    return documents_folder(folder / "my.book")


def kept_in(folder: Path) -> KeptFiles:
    return KeptFiles(files_of(folder))


def bill(folder: Path) -> None:
    """The invoice run."""
    with opened(folder) as store:
        _bill(store)


def _bill(store: BookStore) -> None:
    with store.reading() as uow:
        run = preview_invoices(uow, TODAY, TODAY)
    issue_invoices(store, IssueCommand(run.proposals, TODAY, basis=run.basis), TODAY)


def bill_by_drafts(folder: Path) -> None:
    """The run kept as drafts, then every draft issued."""
    with opened(folder) as store:
        with store.reading() as uow:
            run = preview_invoices(uow, TODAY, TODAY)
        create_drafts(store, IssueCommand(run.proposals, TODAY, basis=run.basis), TODAY)
        with store.reading() as uow:
            drafts = [view.draft for view in list_drafts(uow, TODAY)]
        issue_drafts(store, drafts, TODAY)


def close_month(folder: Path) -> None:
    """Close January of everybody; closed again, it finds nothing to do."""
    with opened(folder) as store, store.writing() as uow:
        if close_periods(uow, CloseCommand(date(2026, 1, 31)), TODAY).value:
            uow.commit()


def send_letters(folder: Path) -> None:
    """Write the letter that is due to each account in April, and keep it as sent; each once."""
    with opened(folder) as store:
        send_each_once(store, files_of(folder), date(2026, 4, 20))


def bill_and_print(folder: Path) -> None:
    """The invoice run, then the PDF of every invoice."""
    bill(folder)
    print_invoices(folder)


def print_invoices(folder: Path) -> None:
    with opened(folder) as store, store.reading() as uow:
        for invoice in list_invoices(uow):
            save_invoice_pdf(uow, invoice.number, kept_in(folder), folder / "out" / pdf_name(invoice.number))


def import_archive(folder: Path) -> None:
    with opened(folder) as store:
        report = import_files(store, kept_in(folder), [folder / "in" / "book.zip"], ImportOptions()).value
    assert not report.refused, report.refused


def import_json(folder: Path) -> None:
    with opened(folder) as store:
        import_files(store, kept_in(folder), [folder / "in" / "book.json"], ImportOptions())


def restore(folder: Path) -> None:
    restore_book(folder / "in" / "backup.book", folder / "my.book")


def attach(folder: Path) -> None:
    """Attach the same file under a fixed id, unless it is there."""
    with opened(folder) as store, store.writing() as uow:
        first = list_accounts(uow)[0].id
        document = new_document(first, TODAY, "agreement.bin")
        known = {each.name for each in load_account_file(uow, first).documents}
        if document.name not in known:
            fixed = type(document)(first, "d-1", TODAY, document.name, "")
            attach_file(uow, folder / "in" / "agreement.bin", kept_in(folder), fixed)
            uow.commit()


def create(folder: Path) -> None:
    with opened(folder, create=True):
        pass


def migrate_to_next(folder: Path) -> None:
    """Open the book with the program of a later release, which rebuilds the accounts."""
    from retainerdesk.store import migrate as module

    versions = later_revision(folder)
    for name, value in (("REVISIONS", ("0001", "0002", "0003")), ("HEAD", "0003"), ("SCHEMA_NUMBER", 3)):
        setattr(schema, name, value)
    module.migrate.__defaults__ = ((*module.VERSIONS, versions),)
    create(folder)


def export_json(folder: Path) -> None:
    with opened(folder) as store:
        export_book(store, kept_in(folder), folder / "out" / "book.json")


def export_zip(folder: Path) -> None:
    with opened(folder) as store:
        export_book(store, kept_in(folder), folder / "out" / "book.zip")


def back_up(folder: Path) -> None:
    with opened(folder) as store:
        backup_book(store, folder / "out" / "backup.book")


def encrypt(folder: Path) -> None:
    """Encrypt the book with FIRST_KEY."""
    _with_key(folder, FIRST_KEY)


def rekey(folder: Path) -> None:
    """Give the book, encrypted with FIRST_KEY, SECOND_KEY."""
    _with_key(folder, SECOND_KEY)


def decrypt(folder: Path) -> None:
    """Write the encrypted book in clear."""
    _with_key(folder, None)


def _with_key(folder: Path, wanted: BookKey | None) -> None:
    """Open the book with whichever of the two keys it has; change it unless that was done, its files too."""
    keys = Keys((FIRST_KEY, SECOND_KEY))
    store = open_book(folder / "my.book", CLOCK, key=keys.of(folder / "my.book"))
    try:
        if store.file.key != wanted:
            with exchanging(store.path, wanted, keys.find, lambda: store.file.key):
                store.change_key(wanted)
        settle_files(BookContext(store, CLOCK, files_of(folder)), keys.find)
    finally:
        store.close()


def bill_encrypted(folder: Path) -> None:
    """The invoice run in a book encrypted with FIRST_KEY."""
    with opened(folder, key=FIRST_KEY) as store:
        _bill(store)


def make_owing_encrypted(folder: Path) -> None:
    """A book that owes five invoices, encrypted with FIRST_KEY."""
    make_owing(folder)
    encrypt(folder)


def make_encrypted(folder: Path) -> None:
    """A billed book, encrypted with FIRST_KEY."""
    make_billed(folder)
    encrypt(folder)


def bill_without_transactions(folder: Path) -> None:
    """The control: the same run with every statement kept at once. It must be caught."""
    from retainerdesk.store import engine

    engine._begin.__code__ = (lambda connection: None).__code__
    bill(folder)


def warm_up() -> None:
    """Do most jobs once, so that no child has to import anything or load a font."""
    for name in ("alembic.command", "retainerdesk.store.migrate", "retainerdesk.services.time_import"):
        importlib.import_module(name)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "warm"
        # Not more: strace counts the calls of warming up too, and breaks the thousandth.
        make_owing(folder)
        export_zip(folder)
        bill(folder)
        read_everything(folder)
        print_invoices(folder)


def bill_and_die(folder: Path) -> None:
    """The invoice run of a process that is killed before it can close the book."""
    store = open_book(folder / "my.book", CLOCK)
    with store.reading() as uow:
        run = preview_invoices(uow, TODAY, TODAY)
    issue_invoices(store, IssueCommand(run.proposals, TODAY, basis=run.basis), TODAY)
    os.kill(os.getpid(), signal.SIGKILL)


def read_everything(folder: Path) -> None:
    """What the screens and `check` read; raises if anything is wrong."""
    with opened(folder) as store:
        with store.reading() as uow:
            assert load_account_list(uow, TODAY)
            find_due(uow, TODAY)
        findings = check_book(store, TODAY)
    assert not findings, findings


def bill_for_ever(folder: Path) -> None:
    """Invoice runs on one day after the other, until somebody ends it."""
    with opened(folder) as store:
        for number in range(10_000):
            day = TODAY + timedelta(days=number)
            with store.reading() as uow:
                run = preview_invoices(uow, day, day)
            issue_invoices(store, IssueCommand(run.proposals, day, basis=run.basis), day)


def watch(folder: Path) -> None:
    """Nothing but open and close."""
    with opened(folder):
        pass


JOBS: dict[str, Callable[[Path], None]] = {
    each.__name__: each
    for each in (
        bill, bill_by_drafts, bill_and_print, close_month, send_letters,
        print_invoices, import_archive, import_json, restore, attach, create,
        migrate_to_next,
        export_json, export_zip, back_up, bill_encrypted, encrypt, rekey, decrypt,
        bill_without_transactions, bill_and_die, read_everything,
        bill_for_ever, watch,
    )
}  # fmt: skip

PREPARED: dict[str, Callable[[Path], None]] = {
    "bill": make_owing,
    "bill_by_drafts": make_owing,
    "bill_and_print": make_owing,
    "close_month": make_billed,
    "send_letters": make_billed,
    "bill_without_transactions": make_owing,
    "print_invoices": make_billed,
    "import_archive": make_importable,
    "restore": make_restorable,
    "attach": make_owing,
    "create": make_empty,
    "migrate_to_next": make_migratable,
    "export_json": make_billed,
    "export_zip": make_billed,
    "back_up": make_billed,
    "bill_encrypted": make_owing_encrypted,
    "encrypt": make_billed,
    "rekey": make_encrypted,
    "decrypt": make_encrypted,
    "watch": make_billed,
}
