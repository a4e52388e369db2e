"""What must hold in every book at every moment, whoever killed, starved or confused the program before.

Written against the file with plain SQL and the domain's own ledger, not with the services that are tested.
An answer is a list of sentences; an empty one means that nothing is wrong.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from retainerdesk.domain.allowance import lot_ledger
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.domain.invoice import Invoice, InvoiceStatus
from retainerdesk.services.invoices import render_invoice_pdf
from retainerdesk.services.upkeep import check_book
from retainerdesk.store.book_store import BookStore, open_book
from retainerdesk.store.repositories.books import load_book
from retainerdesk.system.kept_files import KeptFiles
from retainerdesk.system.paths import documents_folder
from tests.faults.still_clock import StillClock

Hashes = Mapping[str, str]


def broken(path: Path, today: date, pdfs: Hashes | None = None) -> list[str]:
    """Everything that is wrong with the book at `path`, as of `today`.

    `pdfs` are SHA-256 sums of rendered invoices by number; those that are in the book must still give them.
    """
    with closing(dbapi2.connect(str(path), isolation_level=None)) as connection:
        found = [*of_file(connection), *of_numbers(connection), *of_documents(connection)]
        found += [*of_payments(connection), *of_chain(connection)]
    try:
        store = open_book(path, StillClock(today))
    except EnvironmentProblem as refused:
        return [*found, f"it does not open: {refused}"]
    with closing(store):
        found += check_book(store, today)
        found += of_ledger(store, today)
        found += of_pdfs(store, pdfs or {})
    return found


def of_file(connection: Any) -> Iterator[str]:
    """Pages, indexes and references."""
    for (text,) in connection.execute("PRAGMA integrity_check"):
        if text != "ok":
            yield f"integrity: {text}"
    for row in connection.execute("PRAGMA foreign_key_check"):
        yield f"reference: {row}"


def of_numbers(connection: Any) -> Iterator[str]:
    """Numbers of each series and year are 1..n, the next is n + 1, dates do not go back, no charge twice.

    A number that was left out on purpose, with a reason, is no gap.
    """
    found = connection.execute("SELECT id, year, next, gaps FROM series").fetchall()
    for series, counting, following, gaps in found:
        rows = connection.execute(
            "SELECT sequence, number, issued_on, series_year FROM invoices WHERE series_id = ?"
            " ORDER BY series_year, sequence",
            [series],
        ).fetchall()
        for year in {counting, *(row[3] for row in rows)}:
            taken = sorted((*(row[0] for row in rows if row[3] == year), *_left_out(gaps, year)))
            if taken != list(range(1, (following if year == counting else len(taken) + 1))):
                yield f"series {series}: numbers {taken}, the next is {following}"
        for earlier, later in pairwise(rows):
            if later[2] < earlier[2]:
                yield f"series {series}: {later[1]} is dated before {earlier[1]}"
    keys = connection.execute(
        "SELECT l.account_id, l.retainer_id, l.kind, l.service_start, l.service_end, l.sequence, l.source_id"
        " FROM invoice_lines l JOIN invoices i ON i.pk = l.invoice_pk WHERE i.status <> 'void'"
    ).fetchall()
    if len(set(keys)) != len(keys):
        yield "a charge is invoiced twice"
    places = connection.execute(
        "SELECT charge_key FROM invoice_lines WHERE live UNION ALL SELECT charge_key FROM draft_lines"
        " UNION ALL SELECT charge_key FROM skips"
    ).fetchall()
    if len(set(places)) != len(places):
        yield "a charge is on a draft and issued or skipped"
    both = connection.execute(
        "SELECT count(*) FROM skips JOIN invoice_lines USING (charge_key)"
        " JOIN invoices i ON i.pk = invoice_pk WHERE i.status <> 'void'"
    ).fetchone()
    if both[0]:
        yield f"{both[0]} charges are invoiced and skipped"


def _left_out(gaps: str, year: int) -> Iterator[int]:
    """The numbers of a year that a series leaves out and says why."""
    for gap in json.loads(gaps):
        if gap.get("year", 0) == year and gap["reason"].strip():
            yield from range(gap["first"], gap["last"] + 1)


def of_documents(connection: Any) -> Iterator[str]:
    """Each invoice has lines, tax, one link of the chain; the sums are right to the minor unit."""
    rows = connection.execute(
        "SELECT pk, series_id, number, currency, net_minor, gross_minor, kind, status FROM invoices"
    )
    for pk, series, number, currency, net, gross, kind, status in rows.fetchall():
        lines = connection.execute(
            "SELECT net_minor, currency FROM invoice_lines WHERE invoice_pk = ?", [pk]
        ).fetchall()
        taxes = connection.execute(
            "SELECT base_minor, amount_minor, rate_percent, currency FROM tax_totals WHERE invoice_pk = ?",
            [pk],
        ).fetchall()
        links = connection.execute(
            "SELECT action FROM audit WHERE table_name = 'invoices' AND row_key = ?", [f"{series}/{number}"]
        ).fetchall()
        if not lines or not taxes:
            yield f"{number} has {len(lines)} lines and {len(taxes)} taxes"
        if links != ([("add",), ("update",)] if status == "void" else [("add",)]):
            yield f"{number} has {len(links)} links in the chain"
        if {currency} != {row[-1] for row in (*lines, *taxes)}:
            yield f"{number} mixes currencies"
        if sum(row[0] for row in lines) != net or sum(row[0] for row in taxes) != net:
            yield f"{number}: the parts do not add up to the net total"
        if net + sum(row[1] for row in taxes) != gross:
            yield f"{number}: net and tax are not the total"
        # A credit note takes shares of what was rounded once: they add up to it, not each by itself.
        for base, amount, rate, _ in taxes if kind == "invoice" else ():
            exact = Decimal(base) * Decimal(rate) / 100
            if int(exact.quantize(Decimal(1), ROUND_HALF_UP)) != amount:
                yield f"{number}: {rate} % of {base} is not {amount}"


def of_payments(connection: Any) -> Iterator[str]:
    """No invoice is settled with more than it asks, no payment settles more than it brought."""
    over = connection.execute(
        "SELECT i.number FROM allocations a JOIN invoices i ON i.number = a.invoice_number"
        " GROUP BY i.pk HAVING sum(a.amount_minor) > i.gross_minor"
    )
    yield from (f"{number} is settled with more than its total" for (number,) in over.fetchall())
    settled = connection.execute(
        "SELECT i.number, i.payable_minor, coalesce((SELECT sum(a.amount_minor) FROM allocations a"
        "   WHERE a.invoice_number = i.number), 0)"
        " + coalesce((SELECT sum(s.amount_minor) FROM settlements s WHERE s.invoice_number = i.number), 0)"
        " FROM invoices i WHERE i.kind = 'invoice'"
    )
    for number, payable, taken in settled.fetchall():
        if taken > payable:
            yield f"{number} of {payable} is settled with {taken}, credit and write-offs included"
    credited = connection.execute(
        "SELECT i.number FROM invoices i JOIN invoices c ON c.corrects = i.number AND c.kind = 'credit_note'"
        " AND c.status <> 'void' GROUP BY i.pk HAVING -sum(c.gross_minor) > i.gross_minor"
    )
    yield from (f"{number} is credited with more than its total" for (number,) in credited.fetchall())
    beyond = connection.execute(
        "SELECT p.id FROM payments p JOIN allocations a ON a.payment_pk = p.pk"
        " GROUP BY p.pk HAVING sum(a.amount_minor) > p.amount_minor"
    )
    yield from (f"payment {name} settles more than it is" for (name,) in beyond.fetchall())


def of_chain(connection: Any) -> Iterator[str]:
    """Every link has the number after the one before, carries its hash, and hashes to its own."""
    before, expected = bytes(32), 1
    for link in connection.execute(
        "SELECT seq, at_utc, zone, action, table_name, row_key, row, prev_hash, hash FROM audit ORDER BY seq"
    ):
        body = json.dumps(["retainerdesk-audit-1", link[7].hex(), *link[:7]], ensure_ascii=False)
        if link[0] != expected or link[7] != before or hashlib.sha256(body.encode()).digest() != link[8]:
            yield f"the chain does not hold at link {link[0]}"
            return
        before, expected = link[8], expected + 1


def of_ledger(store: BookStore, today: date) -> Iterator[str]:
    """Minutes granted are minutes burned, expired, forfeited or carried; each one worked is in one place."""
    with store.reading() as uow:
        book = load_book(uow)
    for file in book.accounts:
        yield from _of_account(file, today)


def _of_account(file: AccountFile, today: date) -> Iterator[str]:
    for retainer in file.retainers:
        work = [entry for entry in file.work if entry.retainer_id == retainer.id]
        for before, usage in pairwise([None, *lot_ledger(retainer, work, today)]):
            assert usage is not None
            name = f"{file.account.id}/{retainer.id} {usage.span.start}"
            left = usage.burned + usage.expired + usage.forfeited + usage.carried
            if usage.opening + usage.granted + usage.adjusted != left:
                yield f"{name}: {usage.opening + usage.granted + usage.adjusted} minutes came, {left} went"
            covered = usage.burned + usage.from_blocks + usage.unmetered + usage.overage
            if covered != usage.used + usage.carried_in:
                yield f"{name}: {usage.used} minutes were worked, but not all are in one place"
            if before is not None and before.carried != usage.opening:
                yield f"{name}: opens with {usage.opening}, {before.carried} were carried"


def pdf_hashes(store: BookStore) -> dict[str, str]:
    """The SHA-256 of every document's PDF as rendered now, by number; a void one says so on its page."""
    files = documents_folder(store.path)
    with store.reading() as uow:
        documents = [invoice for file in load_book(uow).accounts for invoice in file.invoices]
        return {
            _name(each): hashlib.sha256(render_invoice_pdf(uow, each.number, KeptFiles(files))).hexdigest()
            for each in documents
        }


def _name(document: Invoice) -> str:
    return document.number if document.status is InvoiceStatus.ISSUED else f"{document.number} (void)"


def of_pdfs(store: BookStore, known: Hashes) -> Iterable[str]:
    """Every invoice that was rendered before renders the same bytes."""
    if not known:
        return []
    rendered = pdf_hashes(store)
    return [
        f"{number} renders to another PDF"
        for number, sha256 in rendered.items()
        if known.get(number, sha256) != sha256
    ]
