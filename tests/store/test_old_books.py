"""A book of an older schema opens with everything in it, and has what newer ones have."""

import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from retainerdesk.domain.book_key import BookKey
from retainerdesk.store.book_store import open_book
from retainerdesk.store.check import check_book
from retainerdesk.store.engine import book_engine, connect_raw
from retainerdesk.store.migrate import VERSIONS, run_revisions
from retainerdesk.store.probe import look_at, sign_of
from retainerdesk.store.repositories.books import add_book, load_book
from retainerdesk.store.search.asking import find_rows
from retainerdesk.store.search.definition import INDEX, NAMED, QUEUE, WORDS, search_statements
from retainerdesk.store.unit_of_work import writing_unit
from tests.store.conftest import CLOCK
from tests.store.full_book import ACME, FULL_BOOK
from tests.store.test_schema import shape_of

# What the first schema could hold: no rate of late interest was agreed with anybody.
FIRST_BOOK = replace(
    FULL_BOOK,
    accounts=tuple(
        replace(each, account=replace(each.account, late_interest_bps=None)) for each in FULL_BOOK.accounts
    ),
)
NO_INDEX = (
    *(f"DROP TRIGGER {each.split()[2]}" for each in search_statements() if each.startswith("CREATE TRIGGER")),
    *(f"DROP TABLE {name}" for name in (INDEX, QUEUE, NAMED, WORDS)),
)
NO_RATE = ("ALTER TABLE accounts DROP COLUMN late_interest_bps",)
FIRST = ("UPDATE alembic_version SET version_num = '0001'", "PRAGMA user_version = 1")


def changed(path: Path, *statements: str, key: BookKey | None = None) -> Path:
    with closing(connect_raw(path, "rw", key=key)) as connection:
        for statement in statements:
            connection.execute(statement)
    return path


@pytest.fixture
def newest_path(empty_path: Path) -> Path:
    with closing(open_book(empty_path, CLOCK)) as store, store.writing() as uow:
        add_book(uow, FIRST_BOOK)
        uow.commit()
    return empty_path


@pytest.fixture
def first_schema(tmp_path: Path) -> Path:
    """An empty database that the first revision made, and nothing after it."""
    versions = tmp_path / "first"
    versions.mkdir()
    shutil.copy(next(VERSIONS[0].glob("0001_*.py")), versions)
    made = tmp_path / "first.book"
    engine = book_engine(made, "rwc", foreign_keys=False)
    with writing_unit(engine, CLOCK.utc_now()) as uow:
        run_revisions(uow.connection, (versions,))
        uow.connection.commit()
    engine.dispose()
    return made


def test_the_old_books_of_these_tests_have_the_first_schema(newest_path: Path, first_schema: Path) -> None:
    assert shape_of(changed(newest_path, *NO_INDEX, *NO_RATE, *FIRST)) == shape_of(first_schema)


@pytest.mark.parametrize(
    "lacking",
    [(*NO_INDEX, *NO_RATE), NO_INDEX, NO_RATE, ()],
    ids=["no index and no rate", "no index", "no rate", "made in between with both"],
)
def test_a_book_of_the_first_schema_opens_whole_and_can_be_searched(
    newest_path: Path, lacking: tuple[str, ...]
) -> None:
    changed(newest_path, *lacking, *FIRST)
    with closing(open_book(newest_path, CLOCK)) as store:
        with store.reading() as uow:
            assert load_book(uow) == FIRST_BOOK
            assert list(check_book(uow)) == []
            assert [hit.id for hit in find_rows(uow, ACME.name).rows][:1] == [ACME.id]
        with store.writing() as uow:
            uow.commit()
    assert look_at(newest_path).revision == "0002"


def test_a_backup_of_the_first_schema_is_restored_into_the_open_book(
    newest_path: Path, tmp_path: Path
) -> None:
    backup = changed(Path(shutil.copy(newest_path, tmp_path / "old.backup")), *NO_INDEX, *NO_RATE, *FIRST)
    with closing(open_book(newest_path, CLOCK)) as store:
        store.restore_from(backup, lambda _path: None)
        with store.reading() as uow:
            assert load_book(uow) == FIRST_BOOK
            assert find_rows(uow, ACME.name).rows


def test_an_encrypted_book_of_the_first_schema_opens_whole_and_stays_encrypted(newest_path: Path) -> None:
    """The copy made before has the same key: nothing of the book lies in clear beside it."""
    key = BookKey(bytes(range(32)))
    with closing(open_book(newest_path, CLOCK)) as store:
        store.change_key(key)
    changed(newest_path, *NO_INDEX, *NO_RATE, *FIRST, key=key)
    with closing(open_book(newest_path, CLOCK, key=key)) as store, store.reading() as uow:
        assert load_book(uow) == FIRST_BOOK
        assert find_rows(uow, ACME.name).rows
    kept = newest_path.with_name(f"{newest_path.name}.before-0002-1")
    assert [sign_of(each) for each in (newest_path, kept)] == [key.sign, key.sign]
