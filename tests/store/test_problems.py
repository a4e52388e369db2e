"""Which errors of the driver are problems of the machine, and which are slips of our own statements."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from retainerdesk.domain.errors import DamagedBook
from retainerdesk.store.book_store import open_book
from tests.faults.jobs import CLOCK

TORN = {
    "a table of ours": ("ALTER TABLE people RENAME TO pfople", "SELECT pk FROM people"),
    "a column of ours": ("ALTER TABLE people RENAME COLUMN name TO namf", "SELECT people.name FROM people"),
    "a column alone": ("ALTER TABLE people RENAME COLUMN name TO namf", "SELECT name FROM people"),
}


@pytest.mark.parametrize("named", TORN)
def test_a_schema_that_lost_a_name_of_ours_is_a_damaged_book(tmp_path: Path, named: str) -> None:
    tear, statement = TORN[named]
    store = open_book(tmp_path / "my.book", CLOCK, create=True)
    with store.writing() as uow:
        uow.connection.exec_driver_sql(tear)
        with pytest.raises(DamagedBook, match="is damaged"):
            uow.connection.exec_driver_sql(statement)
    store.close()


@pytest.mark.parametrize("statement", ["SELECT * FROM nothing", "SELECT nothing FROM people", "SELEKT 1"])
def test_a_slip_in_a_statement_is_not_blamed_on_the_book(tmp_path: Path, statement: str) -> None:
    store = open_book(tmp_path / "my.book", CLOCK, create=True)
    with pytest.raises(OperationalError), store.reading() as uow:
        uow.connection.exec_driver_sql(statement)
    store.close()
