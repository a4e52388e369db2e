"""Is the index whole, and does it know every row? And how it is made anew; nothing of the book is touched.

SQLite's own check reads the index through; here its rows are compared with those of the book. A text changed
by a program that leaves out the triggers is not noticed here, but then the row differs from the audit chain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from retainerdesk.store.search.connected import Connected
from retainerdesk.store.search.definition import INDEX, NAMED, QUEUE, WORDS, search_statements
from retainerdesk.store.search.filling import rebuild
from retainerdesk.store.search.places import Place, day_of, place_of
from retainerdesk.store.search.sources import BY_CODE, SOURCES, Source

_SHADOWS = tuple(f"{INDEX}_{part}" for part in ("config", "content", "data", "docsize", "idx"))
_OURS = "SELECT type, name, sql FROM sqlite_master WHERE name GLOB 'search_*' OR name GLOB '*_search_*'"
# What SQLite keeps for a table made by hand in the place of a lost one.
_STAND_IN = "CREATE TABLE IF NOT EXISTS"
_SHADOW_COLUMNS = {
    f"{INDEX}_config": "(k PRIMARY KEY, v) WITHOUT ROWID",
    f"{INDEX}_data": "(id INTEGER PRIMARY KEY, block BLOB)",
    f"{INDEX}_docsize": "(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER)",
    f"{INDEX}_idx": "(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID",
}


def search_findings(uow: Connected) -> Iterator[str]:
    """What is wrong with the index, a sentence each; nothing if it is in step with the book."""
    lost = sorted(_names_wanted() - {name for _, name, _ in uow.connection.exec_driver_sql(_OURS)})
    if lost:
        yield f"the search index is incomplete: {', '.join(lost[:3])} is missing"
        return
    # All names are our own.
    if uow.connection.exec_driver_sql(f"SELECT 1 FROM {QUEUE} LIMIT 1").first() is not None:  # noqa: S608  # nosec B608
        yield "the search index is behind: rows wait to be put into it"
    known, there = _known(uow), _there(uow)
    for source in SOURCES:
        if known[source.code] != there[source.code]:
            yield f"the search index does not know the rows of {source.table} as they are"


def make_anew(uow: Connected) -> None:
    """Drop what is left of the index and make it anew. Raises EnvironmentProblem if a row cannot be read."""
    _drop(uow)
    for statement in search_statements():
        uow.connection.exec_driver_sql(statement)
    rebuild(uow.connection)


def _drop(uow: Connected) -> None:
    connection = uow.connection
    there = {name: kind for kind, name, _ in connection.exec_driver_sql(_OURS)}
    for name in [name for name, kind in there.items() if kind == "trigger"]:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    if INDEX in there:
        # Without its own tables FTS5 cannot even be dropped.
        for shadow, columns in _SHADOW_COLUMNS.items():
            connection.exec_driver_sql(f"{_STAND_IN} {shadow} {columns}")
        connection.exec_driver_sql(f"DROP TABLE {INDEX}")
    for table in (QUEUE, NAMED, WORDS, *_SHADOWS):
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}")


def _names_wanted() -> set[str]:
    tables = {INDEX, QUEUE, NAMED, WORDS, *_SHADOW_COLUMNS}
    return tables | {each.split()[2] for each in search_statements() if each.startswith("CREATE TRIGGER")}


Sums = Counter[int]


def _known(uow: Connected) -> dict[int, tuple[int, int]]:
    """By kind of row, how many the index knows and the sum of their numbers."""
    numbers = uow.connection.exec_driver_sql(f"SELECT id FROM {INDEX}_docsize")  # noqa: S608  # nosec B608
    return _summed((place_of(number).code, number) for (number,) in numbers)


def _there(uow: Connected) -> dict[int, tuple[int, int]]:
    """The same of the rows of the book, with the numbers they ought to have."""
    return _summed((source.code, number) for source in SOURCES for number in _numbers_of(uow, source))


def _numbers_of(uow: Connected, source: Source) -> Iterator[int]:
    on = source.on.format(row="t")
    key = "t.pk"
    if source.is_named:
        account, row_id = source.account.format(row="t"), source.row_id.format(row="t")
        named = f"SELECT pk FROM {NAMED} WHERE code = {source.code} AND account_id = {account}"  # noqa: S608  # nosec B608
        key = f"coalesce(({named} AND row_id = {row_id}), 0)"
    rows = uow.connection.exec_driver_sql(f"SELECT {key}, coalesce({on}, '') FROM {source.table} t")  # noqa: S608  # nosec B608
    return (Place(source.code, pk, day_of(on_date)).number for pk, on_date in rows)


def _summed(numbers: Iterable[tuple[int, int]]) -> dict[int, tuple[int, int]]:
    counts, sums = Sums(), Sums()
    for code, number in numbers:
        counts[code] += 1
        sums[code] += number
    return {code: (counts[code], sums[code]) for code in {*counts, *BY_CODE}}
