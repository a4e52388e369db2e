"""What only the whole book can tell: numbers used once, series that exist, payments of one's own invoices."""

from __future__ import annotations

from retainerdesk.domain.account import SeriesPurpose
from retainerdesk.domain.book import AccountFile, Book
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import Invoice
from retainerdesk.domain.series_changes import check_series
from retainerdesk.exchange.book.refusals import Refusals

_Place = tuple[str, int, int]
_MEMBERS = {"id": "id", "format": "format", "year_starts_in": "year_starts_in"}


def check_references(book: Book, refusals: Refusals) -> None:
    """Add what one account alone cannot show. Rows are in the order of the file."""
    series_ids = {series.id for series in book.series}
    _refuse_bad_series(book, refusals)
    owners: dict[str, str] = {}
    places: dict[_Place, str] = {}
    drafted: dict[str, str] = {}
    for a, file in enumerate(book.accounts):
        for i, invoice in enumerate(file.invoices):
            path = f"accounts[{a}].invoices[{i}]"
            if invoice.series_id not in series_ids:
                refusals.add(f"{path}.series", f"“{invoice.series_id}” is not a series of this book.")
            _refuse_taken(path, invoice, owners, places, refusals)
            owners.setdefault(invoice.number, file.account.id)
            places.setdefault(_place(invoice), invoice.number)
        _refuse_repeated_skips(f"accounts[{a}].skips", file, refusals)
        _refuse_drafted_twice(f"accounts[{a}].drafts", file, drafted, refusals)
    for a, file in enumerate(book.accounts):
        _refuse_foreign(f"accounts[{a}].payments", file, owners, refusals)
        _refuse_unknown(f"accounts[{a}].settlements", file, owners, refusals)
        _refuse_foreign_letters(f"accounts[{a}].letters", file, owners, refusals)


def _place(invoice: Invoice) -> _Place:
    return invoice.series_id, invoice.series_year, invoice.sequence


def _refuse_bad_series(book: Book, refusals: Refusals) -> None:
    """Series that begin again need the year in their numbers; a purpose has one default; gaps keep apart."""
    defaults: dict[SeriesPurpose, str] = {}
    for index, series in enumerate(book.series):
        path = f"series[{index}]"
        try:
            check_series(series, ())
        except RuleViolation as broken:
            refusals.add(f"{path}.{_MEMBERS.get(broken.field or '', 'gaps')}", broken.message)
        if series.is_default and series.purpose in defaults:
            sentence = f"is the second default beside {defaults[series.purpose]}; keep one."
            refusals.add(f"{path}.default", sentence)
        if series.is_default:
            defaults.setdefault(series.purpose, series.id)


def _refuse_taken(
    path: str,
    invoice: Invoice,
    owners: dict[str, str],
    places: dict[_Place, str],
    refusals: Refusals,
) -> None:
    if invoice.number in owners:
        refusals.add(f"{path}.number", f"{invoice.number} is already an invoice of {owners[invoice.number]}.")
    place = _place(invoice)
    if place in places:
        refusals.add(f"{path}.sequence", f"{invoice.sequence} is already taken by {places[place]}.")


def _refuse_repeated_skips(path: str, file: AccountFile, refusals: Refusals) -> None:
    seen = set()
    for index, skip in enumerate(file.skips):
        if skip.key in seen:
            refusals.add(f"{path}[{index}]", f"the charge {skip.key} is skipped twice; keep one.")
        seen.add(skip.key)


def _refuse_drafted_twice(path: str, file: AccountFile, ids: dict[str, str], refusals: Refusals) -> None:
    """A charge is on one draft, or issued, or skipped; the id of a draft is unique in the book."""
    lines = (line for each in file.invoices if not each.is_void() for line in each.lines)
    places = {line.key: "issued" for line in lines} | {skip.key: "skipped" for skip in file.skips}
    for index, draft in enumerate(file.drafts):
        if draft.id in ids:
            refusals.add(f"{path}[{index}].id", f"“{draft.id}” is already a draft of {ids[draft.id]}.")
        ids[draft.id] = file.account.id
        for number, line in enumerate(draft.lines):
            if line.key in places:
                sentence = f"the charge {line.key} is {places[line.key]} already."
                refusals.add(f"{path}[{index}].lines[{number}]", sentence)
            places[line.key] = f"on draft {draft.id}"


def _refuse_foreign(path: str, file: AccountFile, owners: dict[str, str], refusals: Refusals) -> None:
    """A payment may name an invoice this book has not issued yet, but never one of somebody else."""
    for index, payment in enumerate(file.payments):
        for part in payment.allocations:
            owner = owners.get(part.invoice_number, file.account.id)
            if owner != file.account.id:
                sentence = f"{part.invoice_number} is an invoice of {owner}, not of {file.account.id}."
                refusals.add(f"{path}[{index}].invoice", sentence)


def _refuse_unknown(path: str, file: AccountFile, owners: dict[str, str], refusals: Refusals) -> None:
    """A settlement names documents this account has: without them it says nothing."""
    for index, row in enumerate(file.settlements):
        for name, number in (("invoice", row.invoice_number), ("source", row.source_number)):
            if number is not None and owners.get(number) != file.account.id:
                sentence = f"{number} is not a document of {file.account.id}."
                refusals.add(f"{path}[{index}].{name}", sentence)


def _refuse_foreign_letters(path: str, file: AccountFile, owners: dict[str, str], refusals: Refusals) -> None:
    """A letter may name a document this book does not hold, but never one of somebody else."""
    for index, letter in enumerate(file.letters):
        for place, line in enumerate(letter.lines):
            owner = owners.get(line.number, file.account.id)
            if owner != file.account.id:
                sentence = f"{line.number} is an invoice of {owner}, not of {file.account.id}."
                refusals.add(f"{path}[{index}].documents[{place}].invoice", sentence)
