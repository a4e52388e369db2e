"""A unit of work is kept whole or not at all, and one writes at a time."""

import os
import signal
import threading
from datetime import date
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from retainerdesk.domain.account import Series
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.store.book_store import BookStore, open_book
from retainerdesk.store.chain import verify_chain
from retainerdesk.store.check import check_book
from retainerdesk.store.repositories.books import load_book
from retainerdesk.store.repositories.history import WORK
from retainerdesk.store.repositories.parties import list_series, save_series, take_number
from tests.store.conftest import CLOCK, processes
from tests.store.full_book import ACME_FILE, FULL_BOOK

DAY = date(2025, 4, 30)


def test_a_unit_that_is_not_committed_leaves_nothing(full: BookStore) -> None:
    with full.writing() as uow:
        WORK.delete(uow, "acme", "w-1")
        save_series(uow, Series("new", "{number}"))
    with full.reading() as uow:
        assert load_book(uow) == FULL_BOOK
        assert list(check_book(uow)) == []


def test_an_exception_rolls_back_and_is_not_hidden(full: BookStore) -> None:
    def fail() -> None:
        with full.writing() as uow:
            take_number(uow, "invoice", DAY)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with full.reading() as uow:
        assert list_series(uow) == FULL_BOOK.series


def test_a_reading_unit_refuses_to_write(full: BookStore) -> None:
    with full.reading() as uow, pytest.raises(RuntimeError, match="reading unit"):
        WORK.delete(uow, "acme", "w-1")
    with full.reading() as uow:
        assert load_book(uow) == FULL_BOOK


def test_a_reading_unit_sees_one_moment(full: BookStore) -> None:
    with full.reading() as before:
        assert len(WORK.of_account(before, "acme")) == 2
        with full.writing() as uow:
            WORK.delete(uow, "acme", "w-1")
            uow.commit()
        assert len(WORK.of_account(before, "acme")) == 2
    with full.reading() as after:
        assert len(WORK.of_account(after, "acme")) == 1


def test_a_number_taken_and_not_kept_is_given_again(empty: BookStore) -> None:
    with empty.writing() as uow:
        save_series(uow, Series("invoice", "{number}"))
        uow.commit()
    with empty.writing() as uow:
        assert [take_number(uow, "invoice", DAY).sequence for _ in range(3)] == [1, 2, 3]
    with empty.writing() as uow:
        assert take_number(uow, "invoice", DAY).sequence == 1


def test_a_series_nobody_made_is_named(empty: BookStore) -> None:
    with empty.writing() as uow, pytest.raises(RuleViolation, match="no series “tax”"):
        take_number(uow, "tax", DAY)


def test_a_book_locked_by_another_program_is_said_in_plain_words(full_path: Path) -> None:
    other = dbapi2.connect(str(full_path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store = open_book(full_path, CLOCK, busy_seconds=0.05)
    with pytest.raises(EnvironmentProblem, match="in use by another program") as problem, store.writing():
        pass
    assert problem.value.way_out
    other.execute("ROLLBACK")
    other.close()
    with store.writing() as uow:
        assert take_number(uow, "invoice", DAY).sequence == 2
    store.close()


def test_a_writer_waits_for_the_one_before(full: BookStore) -> None:
    """Two threads take a number each; the second begins while the first holds the book."""
    begun, taken = threading.Event(), []

    def second() -> None:
        begun.wait()
        with full.writing() as uow:
            taken.append(take_number(uow, "invoice", DAY).sequence)
            uow.commit()

    thread = threading.Thread(target=second)
    thread.start()
    with full.writing() as uow:
        taken.append(take_number(uow, "invoice", DAY).sequence)
        begun.set()
        uow.commit()
    thread.join()
    assert taken == [2, 3]


def test_a_full_disk_is_one_plain_problem_and_the_book_stays_usable(full: BookStore) -> None:
    """SQLite rolls back by itself when the disk is full; the rollback after it must not raise again."""

    def fill() -> None:
        with full.writing() as uow:
            pages = uow.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            uow.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
            for number in range(100):
                save_series(uow, Series(f"s{number}", "x" * 5000))
            uow.commit()

    with pytest.raises(EnvironmentProblem, match="is full") as problem:
        fill()
    assert str(full.path.parent) in problem.value.message
    with full.reading() as uow:
        uow.connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        assert load_book(uow) == FULL_BOOK


def _take_numbers(path: Path, count: int, ready: threading.Barrier, out: Path) -> None:
    store = open_book(path, CLOCK)
    ready.wait()
    taken = []
    for _ in range(count):
        with store.writing() as uow:
            taken.append(take_number(uow, "invoice", DAY).sequence)
            uow.commit()
    store.close()
    out.write_text(" ".join(map(str, taken)))


def test_four_processes_taking_a_hundred_numbers_leave_no_gap_and_no_double(empty_path: Path) -> None:
    store = open_book(empty_path, CLOCK)
    with store.writing() as uow:
        save_series(uow, Series("invoice", "{number}"))
        uow.commit()
    context = processes()
    ready = context.Barrier(4)
    outs = [empty_path.with_name(f"out{n}") for n in range(4)]
    workers = [context.Process(target=_take_numbers, args=(empty_path, 25, ready, out)) for out in outs]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    taken = sorted(int(word) for out in outs for word in out.read_text().split())
    assert taken == list(range(1, 101))
    with store.reading() as uow:
        assert verify_chain(uow) is None
        assert list_series(uow) == (Series("invoice", "{number}", 101),)
    store.close()


def _die_while_writing(path: Path, commit: bool) -> None:
    store = open_book(path, CLOCK)
    with store.writing() as uow:
        WORK.delete(uow, "acme", "w-1")
        uow.audit.flush()
        if commit:
            uow.commit()
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
@pytest.mark.parametrize("commit", [False, True])
def test_a_kill_leaves_the_old_state_before_the_commit_and_the_new_one_after(
    full_path: Path, commit: bool
) -> None:
    worker = processes().Process(target=_die_while_writing, args=(full_path, commit))
    worker.start()
    worker.join()
    assert worker.exitcode == -signal.SIGKILL
    store = open_book(full_path, CLOCK)
    with store.reading() as uow:
        expected = [entry.id for entry in ACME_FILE.work if not commit or entry.id != "w-1"]
        assert [entry.id for entry in WORK.of_account(uow, "acme")] == expected
        assert list(check_book(uow)) == []
    store.close()
