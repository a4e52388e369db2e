"""The one order of an account's lists: by date, then id. Files, books and comparisons all use it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from retainerdesk.domain.book import AccountFile, Book
from retainerdesk.domain.invoice import Invoice


def in_order(file: AccountFile) -> AccountFile:
    """The same account with every list by date, then id; actions without a due date come last.

    Plans, pauses, contacts and the lines of invoices and drafts keep the order they were given.
    """
    return replace(
        file,
        retainers=tuple(sorted(file.retainers, key=lambda row: (row.starts_on, row.id))),
        work=tuple(sorted(file.work, key=lambda row: (row.on, row.id))),
        calls=tuple(sorted(file.calls, key=lambda row: (row.at, row.id))),
        notes=tuple(sorted(file.notes, key=lambda row: (row.at, row.id))),
        actions=tuple(sorted(file.actions, key=lambda row: (row.due_on or date.max, row.id))),
        decisions=tuple(sorted(file.decisions, key=lambda row: (row.on, row.id))),
        charges=tuple(sorted(file.charges, key=lambda row: (row.on, row.id))),
        expenses=tuple(sorted(file.expenses, key=lambda row: (row.on, row.id))),
        payments=tuple(sorted(file.payments, key=lambda row: (row.on, row.id))),
        documents=tuple(sorted(file.documents, key=lambda row: (row.on, row.id))),
        invoices=tuple(
            sorted(
                file.invoices, key=lambda row: (row.issued_on, row.series_id, row.series_year, row.sequence)
            )
        ),
        skips=tuple(sorted(file.skips, key=lambda row: (row.decided_on, str(row.key)))),
        settlements=tuple(sorted(file.settlements, key=lambda row: (row.on, row.id))),
        deposits=tuple(sorted(file.deposits, key=lambda row: (row.on, row.id))),
        blocks=tuple(sorted(file.blocks, key=lambda row: (row.on, row.id))),
        letters=tuple(sorted(file.letters, key=lambda row: (row.on, row.id))),
        drafts=tuple(sorted(file.drafts, key=lambda row: (row.made_on, row.id))),
    )


def _place_of(row: Invoice) -> tuple[date, str, int, int]:
    return row.issued_on, row.series_id, row.series_year, row.sequence


def book_in_order(book: Book) -> Book:
    """The same book with every account and the rates in order; people, series and accounts keep theirs."""
    rates = tuple(sorted(book.exchange_rates, key=lambda rate: rate.key))
    return replace(book, accounts=tuple(in_order(file) for file in book.accounts), exchange_rates=rates)
