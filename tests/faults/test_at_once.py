"""Several at once: twenty starts, four threads that write, two that void or credit the same document."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import Payment
from retainerdesk.domain.money import Money
from retainerdesk.domain.work import WorkEntry
from retainerdesk.services.corrections import (
    CreditCommand,
    apply_credit,
    issue_credit_note,
    refund,
    void_document,
    write_off,
)
from retainerdesk.services.payments import record_payment
from retainerdesk.services.rows import add_row
from retainerdesk.store.book_store import BookStore
from retainerdesk.store.unit_of_work import UnitOfWork
from tests.desktop.test_single_instance import end, said, start
from tests.faults import jobs
from tests.faults.figures import ALL, SAMPLE, Figures, depths
from tests.faults.invariants import broken
from tests.faults.jobs import TODAY

RACES = 20


@pytest.mark.faults
@pytest.mark.timeout(900)
def test_of_twenty_starts_one_owns_the_book_in_every_race(tmp_path: Path, figures: Figures) -> None:
    for race in range(RACES):
        processes = [start(tmp_path / str(race)) for _ in range(RACES if race < 2 else 4)]
        answers = [said(process) for process in processes]
        for process in processes:
            end(process)
        assert answers.count("first") == 1
        assert answers.count("handed over") == len(processes) - 1
    figures.add("F11", "20 starts at once, twice; 4 at once, 18 times", races=RACES, owners_each=1)


LOCKS = {
    "left by a kill": None,
    "of another machine": "{pid}\nretainerdesk\nanother-host\n\n\n",
    "of a process that is gone": "999999\nretainerdesk\n{host}\n\n\n",
    "with a time in the future": "999999\nretainerdesk\n{host}\n\n\n",
    "that is empty": "",
    "that is no lock": "\x00\xff nonsense",
}


@pytest.mark.faults
@pytest.mark.timeout(900)
def test_a_lock_that_was_left_stops_nobody(tmp_path: Path, figures: Figures) -> None:
    """After kill -9, from a copied folder, and with a time far ahead: the next start needs no help."""
    restarts = 0
    for name, text in LOCKS.items():
        for number in range(4):
            folder = tmp_path / f"{name} {number}"
            folder.mkdir(mode=0o700)
            if text is None:
                killed = start(folder)
                assert said(killed) == "first"
                killed.send_signal(signal.SIGKILL)
                end(killed)
            else:
                filled = text.format(pid=os.getpid(), host=os.uname().nodename)
                (folder / "key.lock").write_bytes(filled.encode("latin-1"))
            if "future" in name:
                os.utime(folder / "key.lock", (4_000_000_000, 4_000_000_000))
            after = start(folder)
            assert said(after) == "first", name
            end(after)
            restarts += 1
    figures.add("F11", "a lock left by a kill, another machine, the future", restarts=restarts, refused=0)


def at_once(*actions: Callable[[], Any]) -> list[Exception]:
    """Do all of them in threads that begin together; what they raised."""
    begin, raised = Barrier(len(actions)), list[Exception]()

    def run(action: Callable[[], Any]) -> None:
        begin.wait()
        try:
            action()
        except Exception as problem:  # noqa: BLE001 - the test looks at it
            raised.append(problem)

    threads = [Thread(target=run, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@depths
def test_four_threads_that_write_lose_nothing_and_nobody_is_told_busy(
    depth: str, folder: Path, figures: Figures
) -> None:
    """Each adds entries of its own, a transaction each, while the others do; every one is there."""
    writes = 5 if depth == SAMPLE else 100
    jobs.make_owing(folder)
    with jobs.opened(folder) as store:

        def write(thread: int) -> None:
            for number in range(writes):
                with store.writing() as uow:
                    add_row(uow, WorkEntry("alfa", f"t{thread}-{number}", TODAY, 15, "ada"))
                    uow.commit()

        assert at_once(*(partial(write, each) for each in range(4))) == []
    with closing(dbapi2.connect(str(folder / "my.book"))) as connection:
        kept = connection.execute("SELECT count(*) FROM work_entries WHERE id LIKE 't%'").fetchone()[0]
    assert kept == 4 * writes
    assert broken(folder / "my.book", TODAY) == []
    if depth == ALL:
        figures.add("F12", "4 threads of 100 writes each", writes=kept, busy=0, lost=0)


def in_one_unit(store: BookStore, act: Callable[[UnitOfWork], object]) -> Callable[[], None]:
    def run() -> None:
        with store.writing() as uow:
            act(uow)
            uow.commit()

    return run


def credit_all(uow: UnitOfWork) -> None:
    issue_credit_note(uow, CreditCommand("2026-0001", "agreed"), TODAY)


def credit_most(uow: UnitOfWork) -> None:
    """Twice as much as is there."""
    issue_credit_note(uow, CreditCommand("2026-0001", "agreed", gross=Money(100_000, "EUR")), TODAY)


def void(uow: UnitOfWork) -> None:
    void_document(uow, "2026-0001", "a slip", TODAY)


def give_up(uow: UnitOfWork) -> None:
    write_off(uow, "2026-0001", "bankrupt", TODAY)


def use_credit(uow: UnitOfWork) -> None:
    apply_credit(uow, "alfa", TODAY)


def pay_back(uow: UnitOfWork) -> None:
    refund(uow, "alfa", "agreed", TODAY, amount=Money(150_000, "EUR"))


PAIRS = [
    (void, void), (credit_all, credit_all), (credit_most, credit_most), (give_up, give_up),
    (void, credit_all), (void, give_up), (give_up, credit_all), (use_credit, use_credit),
    (pay_back, pay_back),
]  # fmt: skip


@pytest.mark.parametrize("depth", [SAMPLE, pytest.param(ALL, marks=pytest.mark.faults)])
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: " and ".join(each.__name__ for each in pair))
def test_what_is_taken_back_twice_at_once_is_taken_back_once(
    pair: tuple[Callable[[UnitOfWork], None], ...], depth: str, tmp_path: Path, figures: Figures
) -> None:
    """The invoice has 1,190.00, the account 2,000.00 in credit; the second finds too little left."""
    rounds = 1 if depth == SAMPLE else 10
    for number in range(rounds):
        folder = tmp_path / str(number)
        jobs.make_billed(folder)
        with jobs.opened(folder) as store:
            if pair[0] in (use_credit, pay_back):
                prepaid = Payment("alfa", "p", TODAY, Money(200_000, "EUR"))
                in_one_unit(store, partial(record_payment, payment=prepaid))()
            raised = at_once(*(in_one_unit(store, act) for act in pair))
        assert all(isinstance(problem, RuleViolation) for problem in raised), raised
        assert len(raised) == 1
        assert broken(folder / "my.book", TODAY) == []
    if depth == ALL:
        words = " and ".join(each.__name__.replace("_", " ") for each in pair)
        figures.add("F45", f"{words} from two threads", rounds=rounds, over_application=0)
