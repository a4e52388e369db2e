"""The search index: what is stored is found, nothing else is, and after any change it equals a new one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlcipher3 import dbapi2

from retainerdesk.domain.account import Account
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.domain.search_words import words_in
from retainerdesk.domain.work import Note
from retainerdesk.store.base import METADATA
from retainerdesk.store.book_store import BookStore, open_book
from retainerdesk.store.check import check_book
from retainerdesk.store.repair import rebuild_indexes
from retainerdesk.store.repositories.books import add_account_file
from retainerdesk.store.repositories.history import NOTES
from retainerdesk.store.search.asking import Hit, find_rows
from retainerdesk.store.search.definition import search_statements
from retainerdesk.store.search.filling import rebuild
from retainerdesk.store.search.sources import SOURCES
from retainerdesk.store.unit_of_work import UnitOfWork
from tests.store.conftest import CLOCK

DAY = date(2026, 5, 4)


def kinds(store: BookStore, typed: str, **asked: Any) -> list[tuple[str, str]]:
    with store.reading() as uow:
        return [(hit.kind, hit.id) for hit in find_rows(uow, typed, **asked).rows]


def hits(store: BookStore, typed: str, **asked: Any) -> tuple[Hit, ...]:
    with store.reading() as uow:
        return find_rows(uow, typed, **asked).rows


def content(uow: UnitOfWork) -> set[tuple[str, int, int]]:
    """Every word of the index with its row and its place in it."""
    uow.connection.exec_driver_sql(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.seen USING fts5vocab(main, search_index, instance)"
    )
    found = uow.connection.exec_driver_sql("SELECT term, doc, offset FROM temp.seen")
    return {(term, doc, offset) for term, doc, offset in found}


def named(uow: UnitOfWork) -> dict[int, tuple[int, str, str]]:
    found = uow.connection.exec_driver_sql("SELECT pk, code, account_id, row_id FROM search_named")
    return {pk: (code, account, row) for pk, code, account, row in found}


def write(store: BookStore, *statements: str) -> None:
    with store.writing() as uow:
        for statement in statements:
            uow.execute(text(statement))
        uow.commit()


def note_of(account_id: str, number: int, words: str, on: date = DAY) -> Note:
    return Note(account_id, f"n-{number:03}", datetime.combine(on, time(9)), words)


def add_notes(store: BookStore, *notes: Note) -> None:
    with store.writing() as uow:
        for note in notes:
            NOTES.add(uow, note)
        uow.commit()


@pytest.fixture
def small(empty: BookStore) -> BookStore:
    """Two accounts without anything else."""
    with empty.writing() as uow:
        add_account_file(uow, AccountFile(Account("acme", "ACME & Söhne <Ltd>", "EUR")))
        add_account_file(uow, AccountFile(Account("nord", "Nordlicht", "EUR")))
        uow.commit()
    return empty


def test_every_row_of_every_kind_is_known_and_found_by_each_of_its_words(full: BookStore) -> None:
    with full.reading() as uow:
        assert list(check_book(uow)) == []
        rows = [row for hit in SOURCES for row in _texts_of(uow, hit.table, hit.title)]
        assert len(rows) > 20
        for title in rows:
            for word in words_in(title):
                found = find_rows(uow, word, limit=200)
                assert any(title in (hit.title, hit.text) for hit in found.rows), (title, word)


def _texts_of(uow: UnitOfWork, table: str, column: str) -> Iterator[str]:
    for (title,) in uow.connection.exec_driver_sql(f"SELECT {column} FROM {table} t"):
        if title:
            yield title


def test_accents_case_and_width_do_not_matter_and_beginnings_are_enough(small: BookStore) -> None:
    for typed in ("sohne", "SÖHNE", "söh", "ＡＣＭＥ", "acm", "ltd"):
        assert kinds(small, typed) == [("account", "acme")], typed
    for typed in ("öhne", "acmes", "söhnee"):
        assert kinds(small, typed) == [], typed


def test_signs_without_spaces_are_found_inside_and_only_in_their_order(small: BookStore) -> None:
    add_notes(small, note_of("acme", 1, "東京支社のWeb担当"), note_of("acme", 2, "🎉 party"))
    assert kinds(small, "支社") == [("note", "n-001")]
    assert kinds(small, "社支") == []
    assert kinds(small, "🎉") == [("note", "n-002")]


def test_names_come_first_then_numbers_then_the_newest(full: BookStore) -> None:
    """“2025” is in the number of invoices and in the names of files; “acme” names account and contacts."""
    found = [hit.kind for hit in hits(full, "acme")]
    assert found[0] == "account"
    days = [hit.on for hit in hits(full, "a", limit=100) if hit.kind not in ("account", "contact", "invoice")]
    dated = [day for day in days if day is not None]
    assert dated == sorted(dated, reverse=True)


def test_a_word_may_be_the_name_of_the_account_as_long_as_another_is_in_the_text(small: BookStore) -> None:
    add_notes(small, note_of("acme", 1, "Workshop held"), note_of("nord", 2, "Workshop moved"))
    assert kinds(small, "acme workshop") == [("note", "n-001")]
    assert kinds(small, "workshop nordl") == [("note", "n-002")]
    assert kinds(small, "acme söhne") == [("account", "acme")]
    assert kinds(small, "acme nothing") == []


def test_account_and_kind_narrow_the_search(small: BookStore) -> None:
    add_notes(small, note_of("acme", 1, "Workshop"), note_of("nord", 2, "Workshop"))
    assert kinds(small, "workshop", account_id="nord") == [("note", "n-002")]
    assert kinds(small, "workshop", account_id="nobody") == []
    assert kinds(small, "acme", kinds=("note",)) == []
    assert kinds(small, "workshop", kinds=("note", "work"), account_id="acme") == [("note", "n-001")]


def test_pages_follow_each_other_without_gap_or_repetition(small: BookStore) -> None:
    add_notes(small, *(note_of("acme", each, f"Plan {each}") for each in range(70)))
    seen: list[str] = []
    place: int | None = None
    while True:
        with small.reading() as uow:
            page = find_rows(uow, "plan", after=place, limit=30)
        seen += [hit.id for hit in page.rows]
        place = page.next_place
        if place is None:
            break
    assert sorted(seen) == [f"n-{each:03}" for each in range(70)]
    assert len(seen) == 70


def test_an_invoice_is_found_once_by_its_number_and_by_its_lines(full: BookStore) -> None:
    assert kinds(full, "2025-0001").count(("invoice", "2025-0001")) == 1
    (line,) = [hit for hit in hits(full, "2025-0001") if hit.kind == "invoice"]
    for word in words_in(line.text)[:3]:
        assert ("invoice", "2025-0001") in kinds(full, f"2025-0001 {word}")


def test_a_change_is_found_and_what_it_replaced_is_not(small: BookStore) -> None:
    add_notes(small, note_of("acme", 1, "Budget agreed"))
    write(small, "UPDATE notes SET text = 'Budget refused', on_date = '2026-06-01'")
    assert kinds(small, "agreed") == []
    assert kinds(small, "refused") == [("note", "n-001")]
    write(small, "DELETE FROM notes")
    assert kinds(small, "budget") == []
    with small.reading() as uow:
        assert next(check_book(uow)).kind == "row"


def test_what_is_rolled_back_was_never_in_the_index(small: BookStore) -> None:
    with small.writing() as uow:
        NOTES.add(uow, note_of("acme", 1, "Secret plan"))
    assert kinds(small, "secret") == []


def test_renaming_an_account_is_found_at_once(small: BookStore) -> None:
    add_notes(small, note_of("acme", 1, "Workshop"))
    write(small, "UPDATE accounts SET name = 'Zenith' WHERE id = 'acme'")
    assert kinds(small, "zenith workshop") == [("note", "n-001")]
    assert kinds(small, "söhne") == []


_WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_NOTES = st.lists(st.tuples(st.sampled_from(["acme", "nord"]), _WORDS, st.dates()), max_size=8)
_CHANGES = st.lists(st.tuples(st.integers(0, 7), _WORDS | st.none(), st.dates()), max_size=6)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(notes=_NOTES, changes=_CHANGES)
def test_after_any_changes_the_index_equals_a_rebuild_and_each_word_is_found(
    small: BookStore, notes: list[tuple[str, str, date]], changes: list[tuple[int, str | None, date]]
) -> None:
    with small.writing() as uow:
        uow.execute(text("DELETE FROM notes"))
        for number, (account, words, on) in enumerate(notes):
            NOTES.add(uow, note_of(account, number, words, on))
        uow.commit()
    with small.writing() as uow:
        for number, changed, on in changes:
            if changed is None:
                uow.execute(text("DELETE FROM notes WHERE id = :id"), {"id": f"n-{number:03}"})
            else:
                values = {"id": f"n-{number:03}", "text": changed, "on": on.isoformat()}
                uow.execute(text("UPDATE notes SET text = :text, on_date = :on WHERE id = :id"), values)
        uow.commit()
    with small.writing() as uow:
        kept, names = content(uow), named(uow)
        stored: list[Any] = list(uow.execute(text("SELECT id, text FROM notes")))
        for note_id, written in stored:
            for word in words_in(written):
                assert note_id in [hit.id for hit in find_rows(uow, word, kinds=("note",)).rows], word
        rebuild(uow.connection)
        assert (content(uow), named(uow)) == (kept, names)


def test_a_whole_book_filled_step_by_step_equals_a_rebuild(full: BookStore) -> None:
    with full.writing() as uow:
        before = _by_row(uow)
        rebuild(uow.connection)
        assert _by_row(uow) == before
        assert len(before) > 30


def _by_row(uow: UnitOfWork) -> set[str]:
    """What is found by each word; numbers among the named may differ."""
    words = [word for (word,) in uow.connection.exec_driver_sql("SELECT word FROM search_words")]
    shown = [word for word in words if word.isalnum()]
    return {
        f"{word} {hit.kind} {hit.account_id} {hit.id}" for word in shown for hit in find_rows(uow, word).rows
    }


def tampered(path: Path, *statements: str) -> None:
    with closing(dbapi2.connect(str(path), isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


HARM = {
    "emptied": ["DELETE FROM search_index_docsize"],
    "a row too few": ["DELETE FROM search_index WHERE rowid = (SELECT max(id) FROM search_index_docsize)"],
    "pages lost": ["DELETE FROM search_index_data WHERE id > 10"],
    "index dropped": ["DROP TABLE search_index"],
    "a table of it dropped": ["DROP TABLE search_index_data"],
    "words dropped": ["DROP TABLE search_words"],
    "a trigger dropped": ["DROP TRIGGER notes_search_insert"],
    "queue left": ["INSERT INTO search_queue VALUES (1, 12, '', 999, '2026-01-01', 0)"],
    "everything dropped": [
        "DROP TABLE search_index",
        "DROP TABLE search_queue",
        "DROP TABLE search_named",
        "DROP TABLE search_words",
    ],
}


@pytest.mark.parametrize("harm", HARM)
def test_a_damaged_index_is_noticed_and_made_anew(harm: str, full_path: Path) -> None:
    tampered(full_path, *HARM[harm])
    with closing(open_book(full_path, CLOCK)) as store:
        with store.reading() as uow:
            assert list(check_book(uow)) != []
        with store.writing() as uow:
            rebuild_indexes(uow)
            uow.commit()
        with store.reading() as uow:
            assert list(check_book(uow)) == []
        assert ("account", "acme") in kinds(store, "acme")


@pytest.mark.parametrize(
    "harm", ["a table of it dropped", "index dropped", "everything dropped", "pages lost"]
)
def test_a_damaged_index_is_not_called_a_damaged_book(harm: str, full_path: Path) -> None:
    """It is made anew from the rows; who restored a backup for it would lose a day."""
    tampered(full_path, *HARM[harm])
    with (
        closing(open_book(full_path, CLOCK)) as store,
        pytest.raises(EnvironmentProblem, match=r"search index .* damaged\. Check the book and repair it"),
    ):
        kinds(store, "acme")


def test_a_change_says_so_where_the_index_is_lost(full_path: Path) -> None:
    tampered(full_path, *HARM["everything dropped"])
    with (
        closing(open_book(full_path, CLOCK)) as store,
        pytest.raises(EnvironmentProblem, match=r"search index .* damaged"),
    ):
        write(store, "UPDATE notes SET text = 'Zeppelin'")


def test_plain_sql_of_another_program_is_indexed_by_the_next_change(full_path: Path) -> None:
    tampered(full_path, "UPDATE notes SET text = 'Zeppelin'")
    with closing(open_book(full_path, CLOCK)) as store:
        assert kinds(store, "zeppelin") == []
        write(store, "UPDATE people SET name = name")
        assert kinds(store, "zeppelin") != []


def test_a_table_with_texts_has_its_triggers_for_every_verb() -> None:
    made = {each.split()[2] for each in search_statements() if each.startswith("CREATE TRIGGER")}
    watched = {source.table for source in SOURCES} | {part[0] for each in SOURCES for part in each.parts}
    assert made == {f"{table}_search_{verb}" for table in watched for verb in ("insert", "update", "delete")}


# Settings, which have a place of their own, and the sentence of the law under a tax.
LEFT_OUT = {"business", "series", "tax_rates", "tax_totals"}
WRITTEN = {"text", "own_text", "title", "name", "note", "reason", "write_down_reason"}


def test_every_column_in_which_people_write_is_searched_or_left_out_by_name() -> None:
    searched = {(each.table, column) for each in SOURCES for column in each.watched}
    searched |= {
        (table, column) for each in SOURCES for table, _, columns in each.parts for column in columns
    }
    written = {
        (table.name, column.name)
        for table in METADATA.sorted_tables
        for column in table.columns
        if column.name in WRITTEN and table.name not in LEFT_OUT
    }
    assert len(written) > 20
    assert written - searched == set()
