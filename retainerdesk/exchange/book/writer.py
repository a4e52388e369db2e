"""A book as one text: format `retainerdesk-book`, version 1."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from retainerdesk.domain.book import AccountFile, Book
from retainerdesk.exchange.book.letters import letter_node, own_rate_node
from retainerdesk.exchange.book.order import in_order
from retainerdesk.exchange.book.read_deposits import deposit_node
from retainerdesk.exchange.book.tax_rates import tax_rate_node
from retainerdesk.exchange.book.write_blocks import block_node
from retainerdesk.exchange.book.write_draft import draft_node
from retainerdesk.exchange.book.write_invoice import invoice_node
from retainerdesk.exchange.book.write_parties import account_node, business_node, person_node, series_node
from retainerdesk.exchange.book.write_rates import exchange_rate_node
from retainerdesk.exchange.book.write_retainer import retainer_node
from retainerdesk.exchange.book.write_rows import (
    action_node,
    call_node,
    charge_node,
    decision_node,
    document_node,
    expense_node,
    note_node,
    payment_node,
    settlement_node,
    skip_node,
    work_node,
)
from retainerdesk.exchange.book.write_values import Node, Unless, members

FORMAT = "retainerdesk-book"
VERSION = 1
# How a book without accounts ends: they are its last member, and go between the brackets.
_END = "]\n}\n"
_ACCOUNT_INDENT = "    "
_ACCOUNT_LINE = "\n" + _ACCOUNT_INDENT


def write_book(book: Book) -> str:
    """The book as JSON: keys in the order of interchange.md, 2 spaces, a newline at the end.

    The same book is always the same text; `read_book` gives it back equal, lists by date, then id.
    """
    return "".join(book_text(book, book.accounts))


def book_text(frame: Book, accounts: Iterable[AccountFile]) -> Iterator[str]:
    """The text of `write_book` in pieces, one account at a time; the accounts of `frame` do not count."""
    whole = _text(frame_node(frame)) + "\n"
    before, after = whole[: -len(_END)], whole[-len(_END) :]
    yield before
    separator = "\n"
    for file in accounts:
        yield separator + _ACCOUNT_INDENT + _text(account_file_node(file)).replace("\n", _ACCOUNT_LINE)
        separator = ",\n"
    yield after if separator == "\n" else f"\n  {after}"


def _text(node: Node) -> str:
    return json.dumps(node, ensure_ascii=False, indent=2)


def frame_node(book: Book) -> dict[str, Node]:
    """The book without its accounts as JSON nodes, before they are put into text."""
    currency = book.business.currency
    rates = [exchange_rate_node(rate) for rate in book.exchange_rates]
    late = [own_rate_node(rate) for rate in book.late_interest_rates]
    return members(
        {
            "format": FORMAT,
            "version": VERSION,
            "business": business_node(book.business),
            "people": [person_node(person, currency) for person in book.people],
            "series": [series_node(series) for series in book.series],
            "tax_rates": Unless([], [tax_rate_node(rate) for rate in book.tax_rates]),
            "late_interest_rates": Unless([], late),
            "exchange_rates": Unless([], rates),
            "accounts": [],
        }
    )


def account_file_node(file: AccountFile) -> dict[str, Node]:
    """One account with all its lists, in their order."""
    ordered, currency = in_order(file), file.account.currency
    node = account_node(file.account) | {
        "retainers": [retainer_node(row) for row in ordered.retainers],
        "work": [work_node(row) for row in ordered.work],
        "calls": [call_node(row) for row in ordered.calls],
        "notes": [note_node(row) for row in ordered.notes],
        "actions": [action_node(row) for row in ordered.actions],
        "decisions": [decision_node(row) for row in ordered.decisions],
        "charges": [charge_node(row, currency) for row in ordered.charges],
        "expenses": [expense_node(row) for row in ordered.expenses],
        "payments": [payment_node(row) for row in ordered.payments],
        "documents": [document_node(row) for row in ordered.documents],
        "invoices": [invoice_node(row) for row in ordered.invoices],
    }
    if ordered.skips:
        node["skips"] = [skip_node(row) for row in ordered.skips]
    if ordered.drafts:
        node["drafts"] = [draft_node(row) for row in ordered.drafts]
    if ordered.blocks:
        node["blocks"] = [block_node(row) for row in ordered.blocks]
    if ordered.deposits:
        node["deposits"] = [deposit_node(row) for row in ordered.deposits]
    if ordered.settlements:
        node["settlements"] = [settlement_node(row) for row in ordered.settlements]
    if ordered.letters:
        node["letters"] = [letter_node(row, currency) for row in ordered.letters]
    return node
