"""Issuing twice, failing in the middle, editing what is issued: one invoice, no gap, nothing changed."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from threading import Thread
from types import FrameType
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from retainerdesk.domain.account import TaxCategory, TaxRule
from retainerdesk.services.issue_invoices import IssueCommand, issue_invoices, preview_invoices
from retainerdesk.store.book_store import BookStore, open_book
from retainerdesk.store.repositories import accounts, parties, retainers
from tests.cli.books import account, plan, retainer
from tests.faults import jobs
from tests.faults.figures import ALL, SAMPLE, Figures, depths
from tests.faults.invariants import broken, of_numbers, pdf_hashes
from tests.faults.jobs import TODAY
from tests.faults.test_clock import make

ISSUED = ("invoices", "invoice_lines", "tax_totals", "audit")


@pytest.fixture
def owing(folder: Path) -> Iterator[BookStore]:
    jobs.make_owing(folder)
    with jobs.opened(folder) as store:
        yield store


def command(store: BookStore, through: date = TODAY) -> IssueCommand:
    with store.reading() as uow:
        run = preview_invoices(uow, through, through)
    return IssueCommand(run.proposals, through, basis=run.basis)


def numbers(path: Path) -> list[str]:
    with closing(dbapi2.connect(str(path))) as connection:
        assert list(of_numbers(connection)) == []
        return [number for (number,) in connection.execute("SELECT number FROM invoices ORDER BY sequence")]


@depths
def test_a_button_pressed_again_and_again_issues_once(depth: str, owing: BookStore, figures: Figures) -> None:
    """Each proposal in turn, as it was shown, handed in again and again."""
    shown = command(owing)
    presses = 5 if depth == SAMPLE else 1000
    for press in range(presses):
        one = dataclasses.replace(shown, proposals=(shown.proposals[press % 5],))
        issue_invoices(owing, one, TODAY)
    assert len(numbers(owing.path)) == 5
    assert broken(owing.path, TODAY) == []
    if depth == ALL:
        figures.add("F41", "the same invoices issued again and again", presses=presses, doubled=0)


@pytest.mark.faults
@pytest.mark.timeout(900)
def test_two_windows_that_issue_at_once_issue_once(tmp_path: Path, figures: Figures) -> None:
    rounds = 40
    for number in range(rounds):
        folder = tmp_path / str(number)
        jobs.make_owing(folder)
        with jobs.opened(folder) as one, jobs.opened(folder) as two:
            shown = command(one)
            windows = [Thread(target=issue_invoices, args=(each, shown, TODAY)) for each in (one, two)]
            for window in windows:
                window.start()
            for window in windows:
                window.join()
        assert len(numbers(folder / "my.book")) == 5
        assert broken(folder / "my.book", TODAY) == []
    figures.add("F41", "two windows issuing at the same moment", rounds=rounds, doubled=0)


class Struck(BaseException):
    """Raised in the middle of a line, as a bug would; no library takes it for one of its own."""


Place = tuple[str, int]


@contextmanager
def watching_lines(strike: Place | None) -> Iterator[dict[Place, None]]:
    """Note our lines that run after a number was taken, in order; raise at the one called `strike`."""
    ran: dict[Place, None] = {}
    is_taken = [False]

    def look(frame: FrameType, event: str, _argument: object) -> Any:
        code = frame.f_code
        if "/retainerdesk/" not in code.co_filename:
            return None
        if event == "return" and code.co_name == "take_number":
            is_taken[0] = True
        if event == "line" and is_taken[0]:
            ran[code.co_filename, frame.f_lineno] = None
            if (code.co_filename, frame.f_lineno) == strike:
                raise Struck
        return look

    sys.settrace(look)
    try:
        yield ran
    finally:
        sys.settrace(None)


@depths
def test_a_failure_at_any_line_after_a_number_was_taken_leaves_no_gap(
    depth: str, owing: BookStore, tmp_path: Path, figures: Figures
) -> None:
    """Each line that issuing runs raises once; the number goes to the next invoice that succeeds.

    Lines after the commit leave an invoice that is there; the run goes on behind it.
    """
    shown = command(owing)
    first = dataclasses.replace(shown, proposals=shown.proposals[:1])
    jobs.make_owing(tmp_path / "other")
    with jobs.opened(tmp_path / "other") as other, watching_lines(None) as places:
        issue_invoices(other, first, TODAY)
    struck = list(places)[:: 60 if depth == SAMPLE else 1]
    failed = 0
    for place in struck:
        with watching_lines(place):
            try:
                issue_invoices(owing, first, TODAY)
            except Struck:
                failed += 1
        if numbers(owing.path):
            break
    assert failed >= min(len(struck), 4)
    issue_invoices(owing, shown, TODAY)
    assert len(numbers(owing.path)) == 5
    assert broken(owing.path, TODAY) == []
    if depth == ALL:
        figures.add("F43", "a failure at each line after the number was taken", lines=failed, gaps=0)


def test_no_column_of_an_issued_document_or_of_the_chain_can_be_changed(
    folder: Path, figures: Figures
) -> None:
    jobs.make_billed(folder)
    tried = 0
    with closing(dbapi2.connect(str(folder / "my.book"), isolation_level=None)) as connection:
        for table in ISSUED:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            statements = [f"UPDATE {table} SET {column} = {column}" for column in columns]
            statements += [f"DELETE FROM {table}", f"REPLACE INTO {table} SELECT * FROM {table}"]
            for statement in statements:
                tried += 1
                connection.execute("PRAGMA recursive_triggers = ON")
                with pytest.raises(dbapi2.IntegrityError, match="never change"):
                    connection.execute(statement)
    assert broken(folder / "my.book", TODAY) == []
    figures.add("F44", "UPDATE, DELETE and REPLACE on every column by SQL", statements=tried, refused=tried)


def test_an_issued_invoice_prints_what_held_when_it_was_issued(folder: Path, figures: Figures) -> None:
    """Business, people, account, tax and terms change afterwards; the PDFs stay the same to the byte."""
    jobs.make_billed(folder)
    with jobs.opened(folder) as store:
        before = pdf_hashes(store)
        with store.writing() as uow:
            business = parties.get_business(uow)
            parties.save_business(uow, dataclasses.replace(business, name="Other", address=("Elsewhere",)))
            for known in accounts.list_accounts(uow):
                tax = TaxRule(
                    TaxCategory.EXEMPT, TaxRule(TaxCategory.STANDARD).rate_percent * 0, reason="§ 4"
                )
                accounts.update_account(
                    uow, dataclasses.replace(known, name="Gone", address=(), locale="de_DE", tax=tax)
                )
                for agreed in retainers.retainers_by_account(uow, [known.id])[known.id]:
                    retainers.save_retainer(uow, dataclasses.replace(agreed, name="Renamed"))
            uow.commit()
        after = pdf_hashes(store)
    assert len(before) == 5
    assert after == before
    figures.add("F46", "everything changed after issue", documents=len(before), changed=0)


def test_a_run_beyond_the_bounds_stops_and_asks(folder: Path, figures: Figures) -> None:
    """Sixteen monthly fees are one more than fifteen: parked, and released by a yes."""
    terms = plan("2025-01-01", "100.00")
    path = make(folder, account("late", retainer("r", "2025-01-01", terms)), account("fine"))
    day = date(2026, 4, 1)
    with closing(open_book(path, jobs.CLOCK)) as store, store.reading() as uow:
        run = preview_invoices(uow, day, day)
        assert run.proposals == ()
        assert [each.can_confirm for each in run.parked] == [True]
        asked = preview_invoices(uow, day, day, confirmed=frozenset({"late"}))
        assert len(asked.proposals) == 16
    figures.add("F53", "16 charges of one retainer at once", issued_without_asking=0)


def test_one_account_that_breaks_a_rule_does_not_stop_the_other_nine(folder: Path, figures: Figures) -> None:
    """The broken one is exempt from tax without a reason; nine are issued, it is parked and says why."""
    terms = plan("2026-01-01", "100.00")
    path = make(folder, *(account(f"a{n}", retainer("r", "2026-01-01", terms)) for n in range(10)))
    with closing(dbapi2.connect(str(path))) as connection:
        exempt = """json_set(tax, '$.category', 'exempt', '$.rate_percent', '0')"""
        connection.execute(f"UPDATE accounts SET tax = {exempt} WHERE id = 'a4'")
        connection.commit()
    with closing(open_book(path, jobs.CLOCK)) as store:
        day = date(2026, 1, 1)
        with store.reading() as uow:
            run = preview_invoices(uow, day, day)
        result = issue_invoices(store, IssueCommand(run.proposals, day), day).value
    assert [each.account_id for each in run.parked] == ["a4"]
    assert len(result.issued) == 9
    figures.add("F54", "one of ten accounts raises", issued=9, parked=1)
