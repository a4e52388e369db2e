"""A run computes an account once, and again as soon as anybody else wrote to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from retainerdesk.domain.account import Account, Business, Series, SeriesReset
from retainerdesk.domain.retainer import Retainer
from retainerdesk.domain.work import OneOffCharge
from retainerdesk.services.accounts import add_account, change_account, get_account, remove_account
from retainerdesk.services.business import get_business, save_business
from retainerdesk.services.issue_invoices import (
    IssueCommand,
    issue_invoices,
    preview_invoices,
    skip_charges,
)
from retainerdesk.services.retainers import add_retainer, change_retainer, list_retainers, remove_retainer
from retainerdesk.services.rows import add_row
from retainerdesk.store.book_store import BookStore, open_book
from retainerdesk.store.repositories import parties
from retainerdesk.system.clock import FixedClock
from tests.services.conftest import monthly

TODAY = date(2026, 4, 10)


@pytest.fixture(params=[True, False], ids=["from the preview", "from the book"])
def command(request: pytest.FixtureRequest, store: BookStore) -> IssueCommand:
    """1,000.00 a month in advance from January: four invoices up to April."""
    with store.reading() as uow:
        run = preview_invoices(uow, TODAY, TODAY, confirmed=frozenset({"acme"}))
    assert len(run.proposals) == 4
    return IssueCommand(run.proposals, TODAY, frozenset({"acme"}), run.basis if request.param else None)


class WritesBefore:
    """Does something to the book just before the invoice of that position is issued."""

    def __init__(self, position: int, write: object) -> None:
        self.position, self.write = position, write

    def __call__(self, done: int, total: int) -> bool:
        if done == self.position:
            self.write()  # type: ignore[operator]
        return True


def test_the_invoices_of_one_account_are_issued_one_after_the_other(
    store: BookStore, command: IssueCommand
) -> None:
    result = issue_invoices(store, command, TODAY).value
    assert [each.number for each in result.issued] == ["2026-0001", "2026-0002", "2026-0003", "2026-0004"]
    with store.reading() as uow:
        assert preview_invoices(uow, TODAY, TODAY).proposals == ()


def test_a_skip_in_the_middle_of_a_run_is_respected(store: BookStore, command: IssueCommand) -> None:
    def skip() -> None:
        with store.writing() as uow:
            skip_charges(uow, command.proposals[2].charges, "goodwill", TODAY)
            uow.commit()

    result = issue_invoices(store, command, TODAY, WritesBefore(2, skip)).value
    assert len(result.issued) == 3
    assert [each.account_id for each in result.parked] == ["acme"]


def test_a_new_price_in_the_middle_of_a_run_parks_what_it_concerns(
    store: BookStore, command: IssueCommand
) -> None:
    """From 1 March 1,200.00: January and February are out, March and April cost something else now."""

    def raise_price() -> None:
        with store.writing() as uow:
            (retainer,) = list_retainers(uow, "acme")
            plan = replace(
                retainer.plans[0], from_on=date(2026, 3, 1), fee=replace(retainer.plans[0].fee, minor=120_000)
            )
            change_retainer(uow, replace(retainer, plans=(*retainer.plans, plan)))
            uow.commit()

    result = issue_invoices(store, command, TODAY, WritesBefore(2, raise_price)).value
    assert len(result.issued) == 2
    assert len(result.parked) == 2


@pytest.mark.parametrize("what", ["account", "business"])
def test_a_new_address_in_the_middle_of_a_run_stands_on_the_next_invoice(
    store: BookStore, command: IssueCommand, what: str
) -> None:
    def move() -> None:
        with store.writing() as uow:
            if what == "account":
                change_account(uow, replace(get_account(uow, "acme"), address=("Neu 1",)))
            else:
                save_business(uow, replace(get_business(uow), address=("Neu 1",)))
            uow.commit()

    issued = issue_invoices(store, command, TODAY, WritesBefore(2, move)).value.issued
    party = "buyer" if what == "account" else "seller"
    assert [getattr(each, party).address == ("Neu 1",) for each in issued] == [False, False, True, True]


def test_a_charge_added_to_an_invoice_in_the_middle_of_a_run_waits_for_the_next_one(
    store: BookStore, command: IssueCommand
) -> None:
    def add() -> None:
        with store.writing() as uow:
            add_row(uow, OneOffCharge("acme", "c-1", date(2026, 4, 1), "Extra", Decimal(1), Decimal(50)))
            uow.commit()

    assert len(issue_invoices(store, command, TODAY, WritesBefore(1, add)).value.issued) == 4
    with store.reading() as uow:
        (left,) = preview_invoices(uow, TODAY, TODAY).proposals
    assert [charge.text for charge in left.charges] == ["Extra"]


def test_what_was_written_between_the_preview_and_the_run_counts(
    store: BookStore, command: IssueCommand
) -> None:
    """The charge of March was skipped meanwhile: three invoices, and March is parked with the reason."""
    with store.writing() as uow:
        skip_charges(uow, command.proposals[2].charges, "goodwill", TODAY)
        uow.commit()
    result = issue_invoices(store, command, TODAY).value
    assert [each.lines[0].key.service.start.month for each in result.issued] == [1, 2, 4]
    assert [each.reason for each in result.parked] == ["it changed since it was shown; look again"]


def test_a_preview_issued_twice_issues_nothing_twice(store: BookStore, command: IssueCommand) -> None:
    assert len(issue_invoices(store, command, TODAY).value.issued) == 4
    again = issue_invoices(store, command, TODAY).value
    assert (again.issued, len(again.parked)) == ((), 4)


def test_a_preview_of_another_book_is_of_no_use(
    store: BookStore, tmp_path: Path, command: IssueCommand
) -> None:
    """Its place in the chain is none in this one, so all is computed from this book, which owes nothing."""
    other = open_book(tmp_path / "other.retainerdesk", FixedClock(TODAY), create=True)
    with store.reading() as uow, other.writing() as into:
        save_business(into, get_business(uow))
        add_account(into, get_account(uow, "acme"))
        into.commit()
    result = issue_invoices(other, command, TODAY).value
    assert (result.issued, len(result.parked)) == ((), 4)
    other.close()


def test_a_preview_of_another_day_is_computed_again(store: BookStore, command: IssueCommand) -> None:
    """On 5 March the charges of March (1st) are owed and April's not yet; the preview of April said both."""
    earlier = replace(command, through=date(2026, 3, 5))
    result = issue_invoices(store, earlier, date(2026, 3, 5)).value
    assert len(result.issued) == 3
    assert len(result.parked) == 1


def test_a_book_without_a_series_gets_one_with_its_first_document_only(tmp_path: Path) -> None:
    """A book file need not bring a series. Made anew for each document it would begin with 1 each time."""
    start = date(2026, 1, 1)
    store = open_book(tmp_path / "bare.retainerdesk", FixedClock(TODAY), create=True)
    with store.writing() as uow:
        parties.save_business(uow, Business("Studio Nord", country="DE"))
        add_account(uow, Account("acme", "ACME", "EUR"))
        add_retainer(uow, Retainer("acme", "care", "Care", start, (monthly(start, 100_000),)))
        uow.commit()
    with store.reading() as uow:
        run = preview_invoices(uow, TODAY, TODAY)
    result = issue_invoices(store, IssueCommand(run.proposals, TODAY, basis=run.basis), TODAY).value
    assert [each.number for each in result.issued] == ["2026-0001", "2026-0002", "2026-0003", "2026-0004"]
    store.close()


@pytest.mark.parametrize("with_basis", [True, False], ids=["from the preview", "from the book"])
def test_an_account_that_cannot_be_numbered_does_not_stop_the_others(
    store: BookStore, with_basis: bool
) -> None:
    """Once the run is shown, the numbers of 2027 begin in Alfa's series: Alfa is parked, ACME is issued."""
    start = date(2026, 4, 1)
    yearly = Series("alfa", "A-{year}-{number}", 3, "Alfa", reset=SeriesReset.YEARLY, year=2026)
    with store.writing() as uow:
        parties.save_series(uow, yearly)
        add_account(uow, Account("alfa", "Alfa", "EUR", series_id="alfa"))
        add_retainer(uow, Retainer("alfa", "care", "Care", start, (monthly(start, 100_000),)))
        uow.commit()
    with store.reading() as uow:
        run = preview_invoices(uow, TODAY, TODAY)

    def begin_year() -> None:
        with store.writing() as uow:
            parties.save_series(uow, replace(yearly, year=2027))
            uow.commit()

    command = IssueCommand(run.proposals, TODAY, basis=run.basis if with_basis else None)
    result = issue_invoices(store, command, TODAY, WritesBefore(0, begin_year)).value
    assert [each.account_id for each in result.issued] == ["acme"] * 4
    assert [(each.account_id, each.account_name) for each in result.parked] == [("alfa", "Alfa")]
    assert "2027" in result.parked[0].reason


def test_an_account_removed_in_the_middle_of_a_run_is_parked(store: BookStore) -> None:
    start = date(2026, 4, 1)
    retainer = Retainer("alfa", "care", "Care", start, (monthly(start, 100_000),))
    with store.writing() as uow:
        add_account(uow, Account("alfa", "Alfa", "EUR"))
        add_retainer(uow, retainer)
        uow.commit()
    with store.reading() as uow:
        run = preview_invoices(uow, TODAY, TODAY)
    position = next(n for n, each in enumerate(run.proposals) if each.account_id == "alfa")

    def remove() -> None:
        with store.writing() as uow:
            remove_retainer(uow, retainer)
            remove_account(uow, get_account(uow, "alfa"))
            uow.commit()

    command = IssueCommand(run.proposals, TODAY, basis=run.basis)
    result = issue_invoices(store, command, TODAY, WritesBefore(position, remove)).value
    assert [each.account_id for each in result.issued] == ["acme"] * 4
    assert [each.account_name for each in result.parked] == ["alfa"]
