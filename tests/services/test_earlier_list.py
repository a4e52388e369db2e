"""The list that is shown while the one of today is added up: figures of then, accounts of now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest

from retainerdesk.domain.account import Account
from retainerdesk.domain.sample.studio import sample_book
from retainerdesk.domain.work import WorkEntry
from retainerdesk.services.account_list import (
    EarlierList,
    account_names,
    load_account_list,
    load_account_row,
    load_earlier_list,
)
from retainerdesk.services.accounts import add_account, change_account, get_account, remove_account
from retainerdesk.services.business import get_business, save_business
from retainerdesk.services.kept_facts import are_kept, drop_facts, refresh_facts, refresh_portion
from retainerdesk.services.rows import add_row
from retainerdesk.services.summaries import AccountSummary
from retainerdesk.store.book_store import BookStore, open_book
from retainerdesk.store.repositories.books import add_book
from retainerdesk.store.repositories.kept import keep, kept_names, read_kept
from retainerdesk.system.clock import FixedClock

YESTERDAY = date(2026, 7, 31)
TODAY = YESTERDAY + timedelta(days=1)
SIX = ["acme", "borealis", "cobalt", "dune", "elm", "fjord"]


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[BookStore]:
    """The sample business as of 31 July 2026, added up that day; six accounts."""
    book = open_book(tmp_path / "studio.retainerdesk", FixedClock(YESTERDAY), create=True)
    with book.writing() as uow:
        add_book(uow, sample_book(YESTERDAY))
        uow.commit()
    refresh_facts(book, YESTERDAY)
    yield book
    book.close()


def earlier(store: BookStore) -> EarlierList | None:
    with store.reading() as uow:
        return load_earlier_list(uow, TODAY)


def rows_of(store: BookStore, on: date) -> tuple[AccountSummary, ...]:
    with store.reading() as uow:
        return load_account_list(uow, on)


def add_up_two(store: BookStore) -> None:
    """Adding up is cut off after two accounts, in order of id: acme and borealis."""
    asked = count()
    assert refresh_portion(store, TODAY, lambda: next(asked) < 2) == 2


def test_on_a_new_day_there_are_the_rows_of_the_last_one(studio: BookStore) -> None:
    known = rows_of(studio, YESTERDAY)
    assert earlier(studio) == EarlierList(known, YESTERDAY, is_mixed=False)
    assert known != rows_of(studio, TODAY)


def test_after_adding_up_was_cut_off_each_row_is_the_newest_there_is(studio: BookStore) -> None:
    """Two are of today, four of yesterday; the day said is the older one."""
    then = {row.id: row for row in rows_of(studio, YESTERDAY)}
    now = {row.id: row for row in rows_of(studio, TODAY)}
    add_up_two(studio)
    found = earlier(studio)
    assert found is not None
    assert (found.day, found.is_mixed) == (YESTERDAY, True)
    assert {row.id: row for row in found.rows} == then | {name: now[name] for name in ("acme", "borealis")}
    assert refresh_facts(studio, TODAY) == 4
    assert earlier(studio) == EarlierList(rows_of(studio, TODAY), TODAY, is_mixed=False)


def test_what_is_kept_of_earlier_is_never_the_list_of_today(studio: BookStore) -> None:
    fresh = rows_of(studio, TODAY)
    add_up_two(studio)
    with studio.reading() as uow:
        assert not are_kept(uow, TODAY)
        assert load_account_list(uow, TODAY) == fresh
        assert load_account_row(uow, "dune", TODAY) in fresh


def test_a_change_of_everything_leaves_the_rows_of_before(studio: BookStore) -> None:
    """As a run of invoices does that was killed: on the same day nothing holds, all is there to look at."""
    refresh_facts(studio, TODAY)
    before = rows_of(studio, TODAY)
    with studio.writing() as uow:
        save_business(uow, replace(get_business(uow), overhead_rate=Decimal(17)))
        add_row(uow, WorkEntry("acme", "x-1", TODAY, 600, "ada"))
        uow.commit()
    assert earlier(studio) == EarlierList(before, TODAY, is_mixed=False)
    add_up_two(studio)
    found = earlier(studio)
    assert found is not None
    assert (found.day, found.is_mixed) == (TODAY, True)


def test_a_removed_account_is_not_there_and_a_renamed_one_has_its_name_of_now(studio: BookStore) -> None:
    with studio.writing() as uow:
        add_account(uow, Account("zen", "Zen", "EUR"))
        uow.commit()
    refresh_facts(studio, YESTERDAY)
    with studio.writing() as uow:
        remove_account(uow, get_account(uow, "zen"))
        change_account(uow, replace(get_account(uow, "dune"), name="Arrakis"))
        uow.commit()
    for _ in range(2):
        found = earlier(studio)
        assert found is not None
        assert sorted(row.id for row in found.rows) == SIX
        assert [row.name for row in found.rows if row.id == "dune"] == ["Arrakis"]
        add_up_two(studio)
    with studio.reading() as uow:
        assert "zen" not in kept_names(uow, "digest")


def test_a_few_new_accounts_are_computed_and_more_are_waited_for(studio: BookStore) -> None:
    for number in range(4):
        with studio.writing() as uow:
            add_account(uow, Account(f"new-{number}", f"New {number}", "EUR"))
            uow.commit()
        found = earlier(studio)
        if number < 3:
            assert found is not None
            assert len(found.rows) == 7 + number
            assert found.is_mixed
        else:
            assert found is None


def test_nothing_of_another_version_or_history_is_shown_nor_stays(studio: BookStore) -> None:
    """What another program kept may mean something else, and what another history kept never was."""
    with studio.reading() as uow:
        stamp = read_kept(uow, "facts", "facts")
    for forged in (
        {**stamp, "version": "0.0.1/1"},
        {**stamp, "place": {**stamp["place"], "hash": "00" * 32}},
    ):
        with studio.writing() as uow:
            keep(uow, "facts", {"facts": forged})
            uow.commit()
        assert earlier(studio) is None
        add_up_two(studio)
        with studio.reading() as uow:
            assert kept_names(uow, "digest") == {"acme", "borealis"}
        assert earlier(studio) is None
        refresh_facts(studio, YESTERDAY)


def test_a_book_with_nothing_kept_has_no_earlier_list(studio: BookStore) -> None:
    drop_facts(studio)
    assert earlier(studio) is None
    with studio.reading() as uow:
        assert [key for key, _name in account_names(uow)][:2] == ["acme", "borealis"]
