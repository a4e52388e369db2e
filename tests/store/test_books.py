"""What goes into a book comes out of it."""

import gc
from dataclasses import fields, replace
from datetime import date

import pytest
from sqlalchemy import event

from retainerdesk.domain.book import AccountFile, Book
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.store.book_store import BookStore
from retainerdesk.store.repositories.books import each_account_file, load_account_file, load_book, load_frame
from tests.store.full_book import ACME_FILE, EMPTY_FILE, FULL_BOOK


def test_a_book_with_every_field_used_comes_back_identical(full: BookStore) -> None:
    with full.reading() as uow:
        assert load_book(uow) == FULL_BOOK


def test_the_frame_and_each_account_are_the_whole_book(full: BookStore) -> None:
    with full.reading() as uow:
        assert replace(load_frame(uow), accounts=tuple(each_account_file(uow))) == FULL_BOOK


def test_one_account_is_held_at_a_time(full: BookStore) -> None:
    """What was handed on and let go is gone when the next one comes; the whole book holds all of them."""

    def held() -> int:
        gc.collect()
        return sum(isinstance(each, AccountFile) for each in gc.get_objects())

    before = held()
    with full.reading() as uow:
        assert [held() - before for file in each_account_file(uow) if file.account.id] == [1, 1]
        book = load_book(uow)
    assert held() - before == len(book.accounts) == 2


def test_the_full_book_really_uses_every_list() -> None:
    assert [field.name for field in fields(AccountFile) if not getattr(ACME_FILE, field.name)] == []


def test_an_empty_book_has_a_business_of_defaults(empty: BookStore) -> None:
    with empty.reading() as uow:
        assert load_book(uow) == Book(business=load_book(uow).business)


def test_one_account_is_loaded_alone(full: BookStore) -> None:
    with full.reading() as uow:
        assert load_account_file(uow, "acme") == ACME_FILE
        assert load_account_file(uow, "zero") == EMPTY_FILE


def test_an_unknown_account_is_a_rule_violation_naming_it(full: BookStore) -> None:
    with full.reading() as uow, pytest.raises(RuleViolation, match="“nobody”"):
        load_account_file(uow, "nobody")


def test_since_leaves_out_old_history_but_nothing_that_money_depends_on(full: BookStore) -> None:
    with full.reading() as uow:
        recent = load_account_file(uow, "acme", since=date(2025, 2, 4))
    assert [entry.id for entry in recent.work] == ["w-0"]
    assert [call.id for call in recent.calls] == ["c-1"]
    whole = ("retainers", "actions", "charges", "expenses", "payments", "invoices", "skips", "documents")
    assert all(getattr(recent, name) == getattr(ACME_FILE, name) for name in whole)


def test_a_book_of_two_accounts_takes_as_many_queries_as_one_account(full: BookStore) -> None:
    def queries_of(load: object) -> int:
        seen: list[str] = []
        with full.reading() as uow:
            listener = lambda conn, cursor, statement, *rest: seen.append(statement)  # noqa: E731
            event.listen(uow.connection, "before_cursor_execute", listener)
            load(uow)  # type: ignore[operator]
        return len(seen)

    of_business = 7
    assert queries_of(load_book) == queries_of(lambda uow: load_account_file(uow, "acme")) + of_business
