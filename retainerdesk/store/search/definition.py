"""The DDL of the index: the FTS5 table, what stands beside it, and the triggers that keep it in step.

Triggers write down which row changed, in plain SQL that every SQLite knows; the texts are put into the index
when the transaction is committed (`filling.py`). So no repository can forget it, an import writes the index
in order, and a document is indexed once with all its lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from retainerdesk.store.search.sources import SOURCES, Source

INDEX, QUEUE, NAMED, WORDS = "search_index", "search_queue", "search_named", "search_words"

# Contentless: the texts stay in their rows alone. Words arrive cut and folded already, so the plainest
# tokenizer does. With the prefixes of one to four letters, the first letters typed are found as fast.
_TABLES = (
    (
        f"CREATE VIRTUAL TABLE {INDEX} USING fts5(words, content='', contentless_delete=1,"
        " tokenize='ascii', prefix='1 2 3 4')"
    ),
    # Rows to be put into the index, or taken out, before the transaction ends; otherwise empty.
    (
        f"CREATE TABLE {QUEUE} (seq INTEGER PRIMARY KEY, code INTEGER NOT NULL, account_id TEXT NOT NULL,"
        " row_id NOT NULL, on_date TEXT NOT NULL, is_new INTEGER NOT NULL)"
    ),
    # A number for each row that has none of its own; never given to another.
    (
        f"CREATE TABLE {NAMED} (pk INTEGER PRIMARY KEY, code INTEGER NOT NULL, account_id TEXT NOT NULL,"
        " row_id TEXT NOT NULL, UNIQUE (code, account_id, row_id))"
    ),
    # Every word that is or was in the index, to complete what is typed.
    f"CREATE TABLE {WORDS} (word TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID",
)


def search_statements() -> list[str]:
    """Every table and trigger of the index."""
    return [*_TABLES, *trigger_statements()]


def trigger_statements() -> list[str]:
    """One trigger for each table and verb."""
    deeds: dict[tuple[str, str], list[str]] = {}
    for source in SOURCES:
        own = (*_key_columns(source), *source.watched)
        _watch(deeds, source.table, own, *_rows_of(source))
        for table, column, watched in source.parts:
            _watch(deeds, table, watched, *_rows_of_part(source, column))
    return [
        f"CREATE TRIGGER {table}_search_{verb.split()[0].lower()} AFTER {verb} ON {table}"
        f" BEGIN {' '.join(dict.fromkeys(each))} END"
        for (table, verb), each in _one_update(deeds)
    ]


def enqueue_all(source: Source) -> str:
    """The statement that puts every row of a source into the queue, in the order of their dates."""
    account, row_id, on = _identity(source, "t")
    chosen = f"{source.code}, {account}, {row_id}, coalesce({on}, ''), 1"
    return (
        f"INSERT INTO {QUEUE} (code, account_id, row_id, on_date, is_new)"  # noqa: S608  # nosec B608 - our own names
        f" SELECT {chosen} FROM {source.table} t ORDER BY 4, 3"
    )


def _identity(source: Source, row: str) -> tuple[str, str, str]:
    """How the queue names a row: account, key, date."""
    on = source.on.format(row=row)
    if source.is_named:
        return source.account.format(row=row), source.row_id.format(row=row), on
    return "''", f"{row}.pk", on


def _key_columns(source: Source) -> tuple[str, ...]:
    """The columns of a row whose change moves it in the index."""
    parts = f"{source.on} {source.account} {source.row_id}".replace("(", " ").replace(",", " ").split()
    return tuple(dict.fromkeys(part.removeprefix("{row}.").strip(")") for part in parts if "{row}" in part))


def _rows_of(source: Source) -> tuple[str, str]:
    """The statements that queue a row as it was and as it is now."""
    return _queue(source, "OLD", is_new=False), _queue(source, "NEW", is_new=True)


def _queue(source: Source, row: str, *, is_new: bool) -> str:
    account, row_id, on = _identity(source, row)
    values = f"{source.code}, {account}, {row_id}, coalesce({on}, ''), {int(is_new)}"
    return f"INSERT INTO {QUEUE} (code, account_id, row_id, on_date, is_new) VALUES ({values});"  # noqa: S608  # nosec B608 - our own names


def _rows_of_part(source: Source, column: str) -> tuple[str, str]:
    """The same for the row that a part belongs to, which is never new."""
    was, now = (
        f"INSERT INTO {QUEUE} (code, account_id, row_id, on_date, is_new)"  # noqa: S608  # nosec B608 - our own names
        f" SELECT {source.code}, '', t.pk, {source.on.format(row='t')}, 0"
        f" FROM {source.table} t WHERE t.pk = {row}.{column};"
        for row in ("OLD", "NEW")
    )
    return was, now


Deeds = dict[tuple[str, str], list[str]]


def _watch(deeds: Deeds, table: str, columns: tuple[str, ...], was: str, now: str) -> None:
    deeds.setdefault((table, "INSERT"), []).append(now)
    deeds.setdefault((table, "DELETE"), []).append(was)
    # A row that changed is not new: its place in the index may be taken.
    changed = [was, now.replace(", 1);", ", 0);")]
    deeds.setdefault((table, f"UPDATE OF {', '.join(columns)}"), []).extend(changed)


def _one_update(deeds: Deeds) -> Iterator[tuple[tuple[str, str], list[str]]]:
    """The updates of a table that two sources watch as one trigger over the columns of both."""
    columns: dict[str, list[str]] = {}
    updates: dict[str, list[str]] = {}
    for (table, verb), statements in deeds.items():
        if not verb.startswith("UPDATE"):
            yield (table, verb), statements
            continue
        columns.setdefault(table, []).extend(verb.removeprefix("UPDATE OF ").split(", "))
        updates.setdefault(table, []).extend(statements)
    for table, statements in updates.items():
        yield (table, f"UPDATE OF {', '.join(dict.fromkeys(columns[table]))}"), statements
