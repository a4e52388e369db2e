"""What a person waits for while looking: accounts, timelines, lists, totals, what is due."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter, process_time

from retainerdesk.services.account_list import business_totals, load_account_list
from retainerdesk.services.account_view import load_account_view
from retainerdesk.services.business import list_people
from retainerdesk.services.due import find_due
from retainerdesk.services.kept_facts import refresh_facts
from retainerdesk.services.money_facts import load_money_facts
from retainerdesk.services.search import search_book
from retainerdesk.services.timeline import TimelinePage, month_figures, timeline_page
from retainerdesk.services.units import UnitOfWork
from retainerdesk.store.book_store import BookStore
from tests.bench.book import TODAY
from tests.bench.timing import Figure, milliseconds, percentile, seconds

_FRAME_MS = 16.0
_SEARCH_MS = 10.0
# Rare, common and absent words, those of a name, a number, and what has been typed of a word so far.
_SEARCHES = (
    "landing", "report board", "open points steps", "note 799", "account 007", "2025-00042", "zeppelin",
    "report zeppelin", "account 011 figures", "sohne", "l", "la", "lan", "land", "landi", "w", "we", "wee",
    "n", "no", "not", "note", "a", "ac", "acc", "acco", "2", "20", "2025", "s r", "a b c", "köln team round",
)  # fmt: skip
# The sums a portfolio is made of, as plain as they can be asked for.
_BARE_SUMS = (
    "SELECT account_id, currency, SUM(gross_minor) FROM invoices WHERE status <> 'void' GROUP BY 1, 2",
    (
        "SELECT account_id, a.currency, SUM(a.amount_minor) FROM payments"
        " JOIN allocations a ON payment_pk = pk GROUP BY 1, 2"
    ),
    "SELECT account_id, currency, SUM(gross_minor) FROM invoices WHERE due_on < '2026-07-15' GROUP BY 1, 2",
    "SELECT account_id, SUM(fee_minor) FROM plans GROUP BY 1",
)


def reading_figures(store: BookStore) -> Iterator[Figure]:
    """Fills the kept facts first, as the running program has done by the time somebody clicks."""
    cold = seconds(lambda: refresh_facts(store, TODAY))
    with store.reading() as uow:
        ids = [row.id for row in load_account_list(uow, TODAY)]
    yield Figure(
        "compute an account from nothing", 1000 * cold / len(ids), "ms", _FRAME_MS, 10, "in background"
    )
    with _as_the_window_collects():
        selecting = [_select(store, account_id) for account_id in ids for _ in range(2)]
    yield Figure("select an account, median", percentile(selecting, 50), "ms", _FRAME_MS, 1)
    yield Figure("select an account, 95th percentile", percentile(selecting, 95), "ms", _FRAME_MS, 1)
    page = milliseconds(lambda: _read(store, _page, ids[0]), 9)
    yield Figure("first page of a timeline", page, "ms", _FRAME_MS, 1)
    listing = milliseconds(lambda: _read(store, load_account_list, TODAY), 9)
    yield Figure("account list", listing, "ms", _FRAME_MS, 2)
    bare = milliseconds(lambda: _read(store, _bare_sums), 9)
    totals = milliseconds(lambda: _read(store, business_totals, TODAY), 9)
    yield Figure("portfolio", totals, "ms", bare, 1.2, "bare SQL sums")
    searching = [_search(store, typed) for typed in _SEARCHES for _ in range(3)]
    yield Figure("search, first results, median", percentile(searching, 50), "ms", _SEARCH_MS, 1)
    yield Figure("search, first results, 95th percentile", percentile(searching, 95), "ms", _SEARCH_MS, 1)
    due = milliseconds(lambda: _read(store, find_due, TODAY), 9)
    yield Figure("due check", due, "ms", _FRAME_MS, 2)


@contextmanager
def _as_the_window_collects() -> Iterator[None]:
    """Garbage is looked for by a timer and never in the middle of a deed (`desktop/garbage.py`)."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def _read(store: BookStore, function: Callable[..., object], *arguments: object) -> object:
    with store.reading() as uow:
        return function(uow, *arguments)


def _select(store: BookStore, account_id: str) -> float:
    """Milliseconds for everything the screen of one account reads."""
    start = perf_counter()
    with store.reading() as uow:
        load_account_view(uow, account_id, TODAY)
        list_people(uow)
        rows = _page(uow, account_id).rows
        month_figures(uow, account_id, rows[-1].on.replace(day=1))
        load_money_facts(uow, account_id, TODAY, rows)
    return 1000 * (perf_counter() - start)


def _search(store: BookStore, typed: str) -> float:
    """Milliseconds of the processor: the machine may be busy with others meanwhile."""
    start = process_time()
    _read(store, search_book, typed)
    return 1000 * (process_time() - start)


def _page(uow: UnitOfWork, account_id: str) -> TimelinePage:
    return timeline_page(uow, account_id, until=TODAY, limit=80)


def _bare_sums(uow: UnitOfWork) -> None:
    for statement in _BARE_SUMS:
        uow.connection.exec_driver_sql(statement).fetchall()
