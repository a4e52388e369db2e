"""Statements given to the driver directly: same transaction, same words for errors, same values kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from retainerdesk.domain.errors import DamagedBook, EnvironmentProblem, RuleViolation
from retainerdesk.store.book_store import BookStore
from retainerdesk.store.direct import insert_into, run, run_many
from retainerdesk.store.engine import book_engine
from retainerdesk.store.schema import stamped_number
from retainerdesk.store.tables.billing import INVOICE_LINE_ROWS, INVOICE_ROWS

_ADD_PERSON = "INSERT INTO people (id, name, email) VALUES (?, ?, '')"


def test_what_was_not_committed_is_rolled_back_with_the_rest(empty: BookStore) -> None:
    with empty.writing() as uow:
        run_many(uow.connection, _ADD_PERSON, [("ada", "Ada"), ("bo", "Bo")])
    with empty.reading() as uow:
        assert run(uow.connection, "SELECT count(*) FROM people") == [(0,)]


def test_without_a_transaction_nothing_is_run(empty: BookStore) -> None:
    with empty._engine.connect() as connection:
        with pytest.raises(AssertionError):
            run(connection, _ADD_PERSON, ("ada", "Ada"))
        assert connection.exec_driver_sql("SELECT count(*) FROM people").scalar_one() == 0


def test_a_constraint_is_a_rule_in_words(empty: BookStore) -> None:
    with empty.writing() as uow, pytest.raises(RuleViolation, match="already a row with this id"):
        run_many(uow.connection, _ADD_PERSON, [("ada", "Ada"), ("ada", "Ada again")])


def test_a_lost_table_of_ours_is_a_damaged_book(empty: BookStore) -> None:
    with empty.writing() as uow:
        run(uow.connection, "ALTER TABLE people RENAME TO pfople")
        with pytest.raises(DamagedBook, match="is damaged"):
            run(uow.connection, "SELECT name FROM people")


def test_the_schema_number_of_a_book_that_is_none_any_more_is_said_in_words(empty_path: Path) -> None:
    """It is asked before anything else is read: the file became something else while it was open."""
    engine = book_engine(empty_path)
    with engine.connect() as connection:
        connection.begin()
        empty_path.write_bytes(b"no book " * 4096)
        with pytest.raises(EnvironmentProblem):
            stamped_number(connection)
    engine.dispose()


def test_values_are_made_ready_in_the_order_of_the_statement(empty: BookStore) -> None:
    """A decimal is its shortest text, a date ISO, a truth a number, a list JSON, as the table has them."""
    values = {
        "invoice_pk": 7,
        "position": 1,
        "details": ["é"],
        "quantity": Decimal("1.50"),
        "live": True,
        "service_start": date(2026, 2, 1),
    }
    made = insert_into(INVOICE_LINE_ROWS, tuple(values), empty._engine.dialect)
    assert made.statement == (
        "INSERT INTO invoice_lines (invoice_pk, position, live, service_start, quantity, details)"
        " VALUES (?, ?, ?, ?, ?, ?)"
    )
    assert made.row(values) == [7, 1, 1, "2026-02-01", "1.5", '["é"]']


def test_nothing_is_null_where_json_may_be_missing(full: BookStore) -> None:
    made = insert_into(INVOICE_ROWS, ("book_tax", "instalments"), full._engine.dialect)
    assert made.row({"book_tax": None, "instalments": []}) == ["[]", None]
