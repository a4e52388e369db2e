"""The check says part by part what is wrong; a repair copies first and invents nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.services.integrity import (
    CHAIN,
    FILES,
    PAGES,
    ROWS,
    CheckReport,
    check_pages,
    is_check_due,
    last_sound_on,
    run_check,
)
from retainerdesk.services.repair import DAMAGED_FORMAT, repair_book
from retainerdesk.store.book_store import BookStore, open_book
from tests.faults import jobs

TODAY = jobs.TODAY


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five issued invoices and an attached file, agreement.bin."""
    place = tmp_path / "job"
    jobs.make_billed(place)
    return place


@pytest.fixture
def store(folder: Path) -> Iterator[BookStore]:
    with closing(open_book(folder / "my.book", jobs.CLOCK)) as opened:
        yield opened


def tamper(folder: Path, *statements: str) -> None:
    """Write with another tool, guards out of the way."""
    with closing(dbapi2.connect(str(folder / "my.book"), isolation_level=None)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert connection.execute(statement).rowcount != 0
        for _, sql in triggers:
            connection.execute(sql)


def checked(store: BookStore, folder: Path, step: Callable[[int, int], bool] | None = None) -> CheckReport:
    return run_check(store, jobs.kept_in(folder), TODAY, step)


def findings(report: CheckReport, part: str) -> tuple[str, ...]:
    return next(each.findings for each in report.parts if each.name == part)


def test_a_sound_book_has_every_part_done_and_the_day_is_remembered(store: BookStore, folder: Path) -> None:
    report = checked(store, folder)
    assert report.is_sound
    assert all(part.is_done for part in report.parts)
    with store.reading() as uow:
        assert last_sound_on(uow) == TODAY


def test_progress_grows_step_by_step_to_its_end(store: BookStore, folder: Path) -> None:
    steps: list[tuple[int, int]] = []

    def note(done: int, total: int) -> bool:
        steps.append((done, total))
        return True

    checked(store, folder, note)
    assert [done for done, _ in steps] == list(range(1, len(steps) + 1))
    assert steps[-1][0] == steps[-1][1]


def test_a_check_that_is_stopped_says_so_and_is_no_check(store: BookStore, folder: Path) -> None:
    report = checked(store, folder, lambda done, _total: done < 5)
    assert report.is_cancelled
    assert not report.is_sound
    assert [part.is_done for part in report.parts] == [True, True, True, True, False, False, False]
    with store.reading() as uow:
        assert last_sound_on(uow) is None


@pytest.mark.parametrize(("days", "is_due"), [(0, False), (6, False), (7, True), (400, True), (-1, True)])
def test_a_check_is_due_after_a_week_or_if_a_clock_was_wrong(
    days: int, is_due: bool, store: BookStore, folder: Path
) -> None:
    with store.reading() as uow:
        assert is_check_due(uow, TODAY)
    checked(store, folder)
    with store.reading() as uow:
        assert is_check_due(uow, TODAY + timedelta(days=days)) is is_due


def test_a_changed_line_of_an_invoice_is_the_first_thing_named_and_rules_are_left_out(folder: Path) -> None:
    tamper(folder, "UPDATE invoice_lines SET net_minor = 1 WHERE net_minor = 100000")
    with closing(open_book(folder / "my.book", jobs.CLOCK)) as store:
        report = checked(store, folder)
    assert findings(report, ROWS)[0].startswith("invoice 2026-0001, line 1 (net) was changed")
    assert findings(report, CHAIN) == ()
    assert [part.is_done for part in report.parts] == [True, True, True, True, True, False, False]
    assert len(report.advice) == 1


@pytest.mark.parametrize("harm", ["lost", "changed", "cut"])
def test_an_attached_file_that_is_lost_or_changed_is_named(harm: str, store: BookStore, folder: Path) -> None:
    (kept,) = jobs.files_of(folder).iterdir()
    if harm == "lost":
        kept.unlink()
    else:
        whole = kept.read_bytes()
        kept.write_bytes(whole[:-1] if harm == "cut" else b"x" + whole[1:])
    report = checked(store, folder)
    (sentence,) = findings(report, FILES)
    assert sentence.startswith("“agreement.bin” of alfa " + ("is lost" if harm == "lost" else "was changed"))
    assert report.findings == (sentence,)


def broken_index(folder: Path) -> None:
    """An index that lacks a row of its table, as after a fault of the disk."""
    with closing(dbapi2.connect(str(folder / "my.book"), isolation_level=None)) as connection:
        name, root = connection.execute(
            "SELECT name, rootpage FROM sqlite_master WHERE type = 'index' AND tbl_name = 'audit'"
        ).fetchone()
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    assert name
    with (folder / "my.book").open("r+b") as file:
        start = (root - 1) * size
        file.seek(start)
        page = bytearray(file.read(size))
        cells = int.from_bytes(page[3:5], "big")
        # One cell fewer: the last row is in the table and not in the index.
        page[3:5] = (cells - 1).to_bytes(2, "big")
        file.seek(start)
        file.write(page)


def test_a_broken_index_is_made_anew_after_a_copy_of_the_file_as_it_was(folder: Path) -> None:
    broken_index(folder)
    before = (folder / "my.book").read_bytes()
    with closing(open_book(folder / "my.book", jobs.CLOCK)) as store:
        assert findings(checked(store, folder), PAGES)
        done = repair_book(store, jobs.kept_in(folder), TODAY)
        assert done.after.is_sound, done.after.findings
    assert done.copy == folder / "my.book.before-repair-1"
    assert done.copy.read_bytes()[100:] == before[100:]
    assert done.copy.stat().st_mode & 0o777 == 0o600
    assert done.rescued is None


def test_a_damaged_row_is_written_down_as_last_written_and_not_changed(folder: Path) -> None:
    """A line of 1,000.00 was made 0.01 with another tool: it stays so; the file of rows says 100000."""
    tamper(folder, "UPDATE invoice_lines SET net_minor = 1 WHERE net_minor = 100000")
    with closing(open_book(folder / "my.book", jobs.CLOCK)) as store:
        done = repair_book(store, jobs.kept_in(folder), TODAY)
    assert findings(done.after, ROWS)
    assert done.rescued is not None
    written: Any = json.loads(done.rescued.read_text(encoding="utf-8"))
    assert (written["format"], written["audit_chain_holds"]) == (DAMAGED_FORMAT, True)
    first = written["rows"][0]
    assert (first["table"], first["name"]) == ("invoices", "invoice 2026-0001")
    assert first["last_written"]["lines"][0]["net"]["minor"] == 100_000
    assert done.rescued.stat().st_mode & 0o777 == 0o600


def test_rows_of_a_table_that_cannot_be_read_are_all_written_down(folder: Path) -> None:
    tamper(folder, "UPDATE work_entries SET on_date = 'never'")
    with closing(open_book(folder / "my.book", jobs.CLOCK)) as store:
        done = repair_book(store, jobs.kept_in(folder), TODAY)
    assert done.rescued is not None
    rows = json.loads(done.rescued.read_text(encoding="utf-8"))["rows"]
    assert [row["table"] for row in rows] == ["work_entries"] * 10


def test_a_sound_book_is_not_repaired_and_not_copied(store: BookStore, folder: Path) -> None:
    with pytest.raises(RuleViolation, match="nothing to repair"):
        repair_book(store, jobs.kept_in(folder), TODAY)
    assert not list(folder.glob("my.book.before-repair*"))


def test_a_book_that_another_program_has_open_is_not_repaired(folder: Path) -> None:
    tamper(folder, "UPDATE invoice_lines SET net_minor = 1 WHERE net_minor = 100000")
    with (
        closing(open_book(folder / "my.book", jobs.CLOCK)) as store,
        closing(open_book(folder / "my.book", jobs.CLOCK)) as other,
        other.reading() as uow,
    ):
        last_sound_on(uow)
        with pytest.raises(EnvironmentProblem, match="in use"):
            repair_book(store, jobs.kept_in(folder), TODAY)
    assert not list(folder.glob("my.book.before-repair*"))


def test_the_quick_look_sees_a_page_that_is_overwritten(folder: Path) -> None:
    with closing(open_book(folder / "my.book", jobs.CLOCK)) as store:
        assert check_pages(store) == ()
    with closing(dbapi2.connect(str(folder / "my.book"))) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'invoices'").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    with (folder / "my.book").open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * 64)
    with closing(open_book(folder / "my.book", jobs.CLOCK)) as store:
        assert check_pages(store)


def test_the_day_of_a_check_is_the_business_day_that_was_given(store: BookStore, folder: Path) -> None:
    run_check(store, jobs.kept_in(folder), date(2031, 5, 6))
    with store.reading() as uow:
        assert last_sound_on(uow) == date(2031, 5, 6)
