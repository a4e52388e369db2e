"""Keep the index in step: what was queued is put into it just before a transaction is committed.

Everything here runs in the transaction of the change. A damaged index raises EnvironmentProblem like any
other damage of the book, and `rebuild` mends it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection

from retainerdesk.domain.search_words import words_in
from retainerdesk.store.direct import run, run_many
from retainerdesk.store.search.definition import INDEX, NAMED, QUEUE, WORDS, enqueue_all
from retainerdesk.store.search.places import Place, account_sign, day_of, kind_sign
from retainerdesk.store.search.sources import BY_CODE, SOURCES, Source

_PORTION = 4000
_KEYS_AT_ONCE = 400
_ACCOUNT = 1
_COLUMNS = "code, account_id, row_id, on_date"

# All names below are our own, and every value is a parameter.
_OLDEST = f"SELECT * FROM {QUEUE} ORDER BY seq LIMIT {_PORTION}"  # noqa: S608  # nosec B608
_NEXT = f"SELECT {_COLUMNS}, min(is_new), max(seq), count(*) FROM ({_OLDEST}) GROUP BY {_COLUMNS}"  # noqa: S608  # nosec B608
_DONE = f"DELETE FROM {QUEUE} WHERE seq <= ?"  # noqa: S608  # nosec B608
_TAKE_OUT = f"DELETE FROM {INDEX} WHERE rowid = ?"  # noqa: S608  # nosec B608
_PUT_IN = f"INSERT INTO {INDEX} (rowid, words) VALUES (?, ?)"  # noqa: S608  # nosec B608
_KNOW = f"INSERT OR IGNORE INTO {WORDS} SELECT value FROM json_each(?)"  # noqa: S608  # nosec B608
_NAME = f"SELECT pk FROM {NAMED} WHERE code = ? AND account_id = ? AND row_id = ?"  # noqa: S608  # nosec B608
_NEW_NAME = f"INSERT INTO {NAMED} (code, account_id, row_id) VALUES (?, ?, ?)"  # noqa: S608  # nosec B608

Key = tuple[str, Any]
"""An account and a row id, or "" and a number."""


def keep_in_step(connection: Connection) -> None:
    """Index what the transaction changed; afterwards the queue is empty."""
    filling = _Filling(connection)
    while portion := run(connection, _NEXT):
        filling.index(portion)
        run(connection, _DONE, (max(row[5] for row in portion),))
        if sum(row[6] for row in portion) < _PORTION:
            # Every statement counts where an invoice is a transaction.
            return


def rebuild(connection: Connection) -> None:
    """Make the content of the index anew from the rows of the book."""
    connection.exec_driver_sql(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('delete-all')")  # noqa: S608  # nosec B608
    for table in (QUEUE, WORDS, NAMED):
        connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608  # nosec B608
    for source in SOURCES:
        connection.exec_driver_sql(enqueue_all(source))
        keep_in_step(connection)


class _Filling:
    """Puts rows into the index; remembers the numbers of accounts while it lives."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._signs: dict[str, str] = {}

    def index(self, portion: Iterable[Sequence[Any]]) -> None:
        """Take the queued rows out as they were, and put them in as they are now."""
        stale: set[int] = set()
        wanted: list[tuple[int, Key]] = []
        for code, account_id, row_id, on_date, is_new, *_ in portion:
            wanted.append((code, (account_id, row_id)))
            if not is_new:
                pk = self._pk(code, (account_id, row_id))
                stale.add(Place(code, pk, day_of(on_date)).number)
        texts = self._texts(wanted)
        run_many(self._connection, _TAKE_OUT, [(number,) for number in sorted(stale)])
        run_many(self._connection, _PUT_IN, sorted(texts.items()))
        words = sorted(_words_of(texts.values()))
        run(self._connection, _KNOW, (json.dumps(words, ensure_ascii=False),))

    def _texts(self, wanted: list[tuple[int, Key]]) -> dict[int, str]:
        """The words of every wanted row that is there, by its number in the index."""
        found: dict[int, str] = {}
        for code, group in groupby(sorted(set(wanted), key=itemgetter(0)), key=itemgetter(0)):
            source = BY_CODE[code]
            for account_id, key, on, title, text, more, _ in rows_of(
                self._connection, source, [each[1] for each in group]
            ):
                pk = self._pk(code, (account_id, key)) if source.is_named else key
                place = Place(code, pk, day_of(on))
                shown = title if source.is_by_title else f"{title} {text}"
                words = words_in(f"{shown} {more}")
                found[place.number] = " ".join((self._sign(account_id), kind_sign(code), *words))
        return found

    def _pk(self, code: int, key: Key) -> int:
        """The number of a row: its own, or the one it has among the named."""
        if not BY_CODE[code].is_named:
            return int(key[1])
        found = run(self._connection, _NAME, (code, *key))
        if not found:
            run(self._connection, _NEW_NAME, (code, *key))
            found = run(self._connection, _NAME, (code, *key))
        return int(found[0][0])

    def _sign(self, account_id: str) -> str:
        if account_id not in self._signs:
            known = self._pk(_ACCOUNT, (account_id, "")) if account_id else 0
            self._signs[account_id] = account_sign(known)
        return self._signs[account_id]


def rows_of(connection: Connection, source: Source, keys: Sequence[Key]) -> Iterable[tuple[Any, ...]]:
    """Of the rows with those keys that are there: account, key, date, title, text and what is only found."""
    account = source.account.format(row="t")
    row_id = source.row_id.format(row="t") if source.is_named else "t.pk"
    chosen = _chosen(source, account, row_id)
    for start in range(0, len(keys), _KEYS_AT_ONCE):
        some = keys[start : start + _KEYS_AT_ONCE]
        if source.is_named:
            # The accounts alone find the rows by an index, the pairs then choose among them.
            accounts = tuple(dict.fromkeys(key[0] for key in some))
            where = f"{account} IN ({_marks('?', accounts)}) AND ({account}, {row_id}) IN"
            query, values = f"{where} (VALUES {_marks('(?, ?)', some)})", (*accounts, *chain(*some))
        else:
            query, values = f"t.pk IN ({_marks('?', some)})", tuple(key[1] for key in some)
        yield from run(connection, f"{chosen} WHERE {query}", values)


def _marks(mark: str, values: Sequence[object]) -> str:
    return ", ".join([mark] * len(values))


@cache
def _chosen(source: Source, account: str, key: str) -> str:
    on = source.on.format(row="t")
    texts = ", ".join(f"coalesce({text}, '')" for text in (on, source.title, source.text, source.more))
    return f"SELECT {account}, {key}, {texts}, {source.shown_id} FROM {source.table} t"  # noqa: S608  # nosec B608 - our own names


def _words_of(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in text.split()}
