"""What a killed process leaves beside the book: recovered by opening, and no way to undo a restore."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from tests.faults import jobs
from tests.faults.figures import Figures
from tests.faults.invariants import broken
from tests.faults.loops import content
from tests.faults.nursery import Nursery


def test_what_was_committed_before_a_kill_is_there_when_the_book_is_opened(
    folder: Path, nursery: Nursery, figures: Figures
) -> None:
    jobs.make_owing(folder)
    assert nursery.run("bill_and_die", folder).signal == signal.SIGKILL
    assert (folder / "my.book-wal").stat().st_size > 0
    assert broken(folder / "my.book", jobs.TODAY) == []
    with closing(dbapi2.connect(str(folder / "my.book"))) as connection:
        assert connection.execute("SELECT count(*) FROM invoices").fetchone() == (5,)
    figures.add("F19", "a -wal file left by kill -9", invoices_kept="5/5")


def same_book(folder: Path) -> None:
    """An older backup of the very book."""


def another_book(folder: Path) -> None:
    """A backup of another business."""
    other = folder / "other"
    jobs.make_billed(other)
    (other / "out" / "backup.book").unlink(missing_ok=True)
    jobs.back_up(other)
    shutil.copy(other / "out" / "backup.book", folder / "in" / "backup.book")


def damaged_book(folder: Path) -> None:
    """The book is cut off, its -wal file is not."""
    with (folder / "my.book").open("r+b") as file:
        file.truncate(20_000)


@pytest.mark.parametrize("case", [same_book, another_book, damaged_book], ids=lambda each: each.__name__)
def test_a_restore_over_a_left_over_wal_file_wins(
    case: Callable[[Path], None], folder: Path, nursery: Nursery, figures: Figures
) -> None:
    jobs.make_owing(folder)
    jobs.back_up(folder)
    shutil.copy(folder / "out" / "backup.book", folder / "in" / "backup.book")
    assert nursery.run("bill_and_die", folder).signal == signal.SIGKILL
    case(folder)
    wanted = content(folder / "in" / "backup.book")
    jobs.restore(folder)
    assert not (folder / "my.book-wal").exists()
    assert content(folder / "my.book") == wanted
    assert broken(folder / "my.book", jobs.TODAY) == []
    figures.add(
        "F20", f"a restore over a left-over -wal file, {case.__name__.replace('_', ' ')}", equal="1/1"
    )
