"""Looking after the book: backup, restore, check, and the sample business."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby, pairwise
from operator import attrgetter
from pathlib import Path

from retainerdesk.domain.block_ledger import BlockLedger
from retainerdesk.domain.book import AccountFile, Book
from retainerdesk.domain.book_key import BookKey
from retainerdesk.domain.deposit_rules import deposit_findings
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.domain.invoice import Invoice, InvoiceStatus
from retainerdesk.domain.invoicing import propose
from retainerdesk.domain.money import Money
from retainerdesk.domain.payments import ageing
from retainerdesk.domain.period import Period
from retainerdesk.domain.schedule import billing_periods, usage_periods
from retainerdesk.domain.series_changes import unexplained
from retainerdesk.domain.settlement import balances_of, settlement_findings
from retainerdesk.domain.stopping import NEVER, Stopping
from retainerdesk.domain.usage import account_usage
from retainerdesk.domain.usage_period import UsagePeriod
from retainerdesk.services.backup_archive import is_sealed, unpacked
from retainerdesk.services.backups import Reason, backup_if_changed
from retainerdesk.services.book_keys import Keys
from retainerdesk.services.business import is_empty
from retainerdesk.services.context import BookContext
from retainerdesk.services.kept_forms import exchanging
from retainerdesk.services.results import EVERYTHING, Outcome
from retainerdesk.store import check as stored
from retainerdesk.store.backup import back_up, restore
from retainerdesk.store.book_store import BookStore
from retainerdesk.store.copying import BackupFacts, verify
from retainerdesk.store.probe import book_path, look_at, sign_of
from retainerdesk.store.repositories.books import add_book, load_book
from retainerdesk.system.paths import documents_folder


def backup_book(store: BookStore, target: Path, stopping: Stopping = NEVER) -> BackupFacts:
    """Write a verified copy of the book; an existing file is replaced only by a good copy. Raises Stopped."""
    return back_up(store.file, target, stopping)


@dataclass(frozen=True, slots=True)
class Restored:
    """A restore that is done: where the book of before is `kept` (None: there was none), and both kinds."""

    kept: Path | None
    was_encrypted: bool
    is_encrypted: bool

    @property
    def words(self) -> str:
        """Whether the book is encrypted now, and whether that is new."""
        if self.is_encrypted:
            return "encrypted with the key of the backup"
        return (
            "in clear, as the backup was; though the book was encrypted" if self.was_encrypted else "in clear"
        )


def restore_book(
    backup: Path, place: str | Path, keys: Keys | None = None, passphrase: str | None = None,
    stopping: Stopping = NEVER,
) -> Restored:  # fmt: skip
    """Put a backup in the place of a book nobody has open; the book is then of the backup's kind and key.

    A portable backup brings its documents. Raises KeyNeeded if `keys` do not have the key of the backup,
    PassphraseNeeded if it is sealed and no passphrase was given; Stopped.
    """
    book = book_path(place)
    known = keys or Keys()
    if is_sealed(backup) is None:
        return _restored(backup, book, known, stopping)
    with unpacked(backup, book, passphrase, stopping) as content:
        verify(content.book, known.of(content.book), stopping)
        content.check_documents(known.of(content.book), stopping)
        # From here on nobody is asked: documents of a book that does not come would stay behind.
        # First the documents: named by content, they change nothing that is there.
        content.keep_documents(documents_folder(book))
        return _restored(content.book, book, known, NEVER)


def _restored(backup: Path, book: Path, keys: Keys, stopping: Stopping) -> Restored:
    was_encrypted = book.exists() and sign_of(book) is not None
    key = look_at(backup, keys.of(backup)).key
    with exchanging(book, key, keys.find, partial(_key_there, book, keys), stopping):
        kept = restore(backup, book, keys.of, stopping)
    return Restored(kept, was_encrypted, sign_of(book) is not None)


def _key_there(book: Path, keys: Keys) -> BookKey:
    """The key of an encrypted book; any other may be one that is damaged, so nothing is concluded from it."""
    key = keys.of(book) if book.exists() else None
    if key is None:
        raise EnvironmentProblem(f"What {book} is encrypted with is not known.", "Open it.")
    return key


def restore_open_book(
    context: BookContext, backup: Path, keys: Keys | None = None, stopping: Stopping = NEVER
) -> Restored:
    """Put one of the automatic backups in the place of the open book, after a backup of the book as it is.

    `keys` may know more than the book's own. Raises EnvironmentProblem, the book as it was, if either cannot
    be done; KeyNeeded, before anything is done, if the backup has a key that is not known; Stopped.
    """
    store, was_encrypted = context.store, context.store.is_encrypted
    known = keys or Keys()
    if store.file.key is not None:
        known.add(store.file.key)
    look_at(backup, known.of(backup))
    backup_if_changed(context, Reason.BEFORE_RESTORE, stopping)
    key = known.of(backup)
    with exchanging(store.path, key, known.find, lambda: store.file.key, stopping):
        kept = store.restore_from(backup, known.of, stopping)
    return Restored(kept, was_encrypted, store.is_encrypted)


def fill_sample(store: BookStore, today: date) -> Outcome[int]:
    """Fill an empty book with the sample business, relative to `today`; returns the number of accounts."""
    from retainerdesk.domain.sample.studio import sample_book

    with store.writing() as uow:
        if not is_empty(uow):
            message = f"{store.path} is not empty; the sample business needs an empty book (--book NEW)."
            raise RuleViolation("sample.not_empty", message)
        book = sample_book(today)
        add_book(uow, book)
        uow.commit()
    return Outcome(len(book.accounts), EVERYTHING)


def check_book(store: BookStore, today: date) -> tuple[str, ...]:
    """Everything wrong with the book, a sentence each: the file, the audit chain, then every rule."""
    with store.reading() as uow:
        findings = [finding.text for finding in stored.check_book(uow)]
        if findings:
            return tuple(findings)
        book = load_book(uow)
    findings += number_findings(book)
    for file in book.accounts:
        findings += [f"{file.account.id}: {sentence}" for sentence in account_findings(file, today)]
    return tuple(findings)


def number_findings(book: Book) -> Iterable[str]:
    """Numbers of a series are 1..n in each year, but for recorded gaps; dates do not go back along them."""
    by_series: dict[str, list[Invoice]] = {}
    for file in book.accounts:
        for invoice in file.invoices:
            by_series.setdefault(invoice.series_id, []).append(invoice)
    for series in book.series:
        issued = sorted(by_series.get(series.id, ()), key=_place)
        for year, found in groupby(issued, key=attrgetter("series_year")):
            numbers = {each.sequence: each.number for each in found}
            is_first = year == issued[0].series_year
            if (missing := unexplained(series, year, numbers, is_first=is_first)) is not None:
                following = numbers[min(each for each in numbers if each > missing)]
                yield f"series {series.id}: number {missing} is missing before {following}"
        for earlier, later in pairwise(issued):
            if later.issued_on < earlier.issued_on:
                yield f"series {series.id}: {later.number} is dated before {earlier.number}"


def _place(invoice: Invoice) -> tuple[int, int]:
    return invoice.series_year, invoice.sequence


def account_findings(file: AccountFile, today: date) -> Iterable[str]:
    """Every rule of the business that one account breaks: sums, tax, tiling, lots, nothing twice, ageing."""
    yield from _documents(file)
    yield from _money(file, today)
    used = account_usage(file, today)
    for retainer in file.retainers:
        periods = [each.span for each in billing_periods(retainer, today)]
        yield from _tiling(f"{retainer.id}: billing periods", periods)
        yield from _tiling(
            f"{retainer.id}: usage periods", [each.span for each in usage_periods(retainer, today)]
        )
        for usage in used.ledgers[retainer.id]:
            yield from _lots(retainer.id, usage)
    for ledger in used.blocks:
        yield from _block(ledger)
    yield from _billed_once(file)
    try:
        propose(file, today, today)
    except RuleViolation as broken:
        yield broken.message


def _tiling(what: str, periods: list[Period]) -> Iterable[str]:
    for earlier, later in pairwise(periods):
        if earlier.end != later.start:
            yield f"{what} do not meet at {later.start}"


def _lots(retainer_id: str, usage: UsagePeriod) -> Iterable[str]:
    granted = usage.opening + usage.granted + usage.adjusted
    spent = usage.burned + usage.expired + usage.forfeited + usage.carried
    if granted != spent:
        yield f"{retainer_id}: the lots of {usage.span.start} do not add up ({granted} and {spent} minutes)"
    covered = usage.burned + usage.from_blocks + usage.unmetered + usage.overage
    # A closed and locked period keeps its figures and not its burns.
    is_kept = usage.closed_on is not None
    placed = covered if is_kept else sum(burn.minutes for burn in usage.burns)
    if not placed == covered == usage.used + usage.carried_in:
        yield f"{retainer_id}: some minutes of {usage.span.start} are in no lot"


def _block(ledger: BlockLedger) -> Iterable[str]:
    figures = (ledger.burned, ledger.expired, ledger.refunded, ledger.remaining)
    if ledger.granted != sum(figures) or min(figures) < 0:
        yield f"block {ledger.block.id}: what was drawn and what is left do not add up"


def _documents(file: AccountFile) -> Iterable[str]:
    for invoice in file.invoices:
        totals, zero = invoice.totals, Money(0, invoice.currency)
        if sum((line.net for line in invoice.lines), zero) != totals.net:
            yield f"{invoice.number}: the lines do not add up to the net total"
        if totals.net + sum((each.amount for each in totals.tax), zero) != totals.gross:
            yield f"{invoice.number}: net and tax do not add up to the total"
        if sum((each.base for each in totals.tax), zero) != totals.net:
            yield f"{invoice.number}: the taxed amounts do not add up to the net total"
        parts = sum((each.amount for each in invoice.instalments), zero)
        if invoice.instalments and parts != invoice.payable:
            yield f"{invoice.number}: the instalments do not add up to what is payable"


def _money(file: AccountFile, today: date) -> Iterable[str]:
    open_now = balances_of(file, today)
    known = [each for each in file.invoices if each.issued_on <= today]
    for currency, aged in ageing(known, file.payments, today, file.settlements).items():
        total = sum((open_now[each.number].minor for each in known if each.currency == currency), 0)
        if aged.total.minor != total:
            yield f"the ageing in {currency} does not add up to the open balance"
    yield from settlement_findings(file)
    yield from deposit_findings(file)


def _billed_once(file: AccountFile) -> Iterable[str]:
    """No day is invoiced twice for one retainer and kind."""
    spans: dict[tuple[str, str], list[Period]] = {}
    for invoice in file.invoices:
        if invoice.status is InvoiceStatus.VOID:
            continue
        for line in invoice.lines:
            if line.key.kind.value in ("fee", "overage"):
                spans.setdefault((line.key.retainer_id, line.key.kind.value), []).append(line.key.service)
    for (retainer_id, kind), found in spans.items():
        found.sort()
        for earlier, later in pairwise(found):
            if earlier.overlap(later):
                yield f"{retainer_id}: {kind} of {later.start} is invoiced twice"
