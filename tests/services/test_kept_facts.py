"""Kept and summed facts are those that the whole file gives, after any change and on any day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from retainerdesk.domain.charging import issued_lines
from retainerdesk.domain.money import Money
from retainerdesk.domain.sample.studio import sample_book
from retainerdesk.domain.work import Action, Call, Note, OneOffCharge, WorkEntry, WorkKind
from retainerdesk.services.account_digest import digest_of
from retainerdesk.services.account_list import load_account_list
from retainerdesk.services.account_view import explain_usage, load_account_view
from retainerdesk.services.business import get_business, save_business
from retainerdesk.services.compute_facts import working_days
from retainerdesk.services.facts import account_facts, load_issuer
from retainerdesk.services.issue_invoices import IssueCommand, issue_invoices, preview_invoices
from retainerdesk.services.kept_facts import load_digests, load_kept_view, refresh_facts
from retainerdesk.services.known_account import known_from
from retainerdesk.services.retainers import change_retainer
from retainerdesk.services.rows import add_row, remove_row
from retainerdesk.services.summaries import AccountDigest
from retainerdesk.services.view_of import view_of
from retainerdesk.services.views import AccountView
from retainerdesk.store.book_store import BookStore, open_book
from retainerdesk.store.repositories.books import add_book, load_account_file, load_account_files
from retainerdesk.store.repositories.history import WORK
from retainerdesk.store.repositories.kept import keep, read_kept
from retainerdesk.store.unit_of_work import UnitOfWork
from retainerdesk.system.clock import FixedClock

TODAY = date(2026, 7, 15)
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[BookStore]:
    """The sample business as of 15 July 2026."""
    book = open_book(tmp_path / "studio.retainerdesk", FixedClock(TODAY), create=True)
    with book.writing() as uow:
        add_book(uow, sample_book(TODAY))
        uow.commit()
    yield book
    book.close()


def from_whole_files(uow: UnitOfWork, today: date) -> list[tuple[AccountDigest, AccountView]]:
    """Every account computed entry by entry, with nothing kept and nothing summed by the database."""
    issuer = load_issuer(uow)
    days = working_days(issuer.business.country)
    found = []
    for file in load_account_files(uow):
        facts = account_facts(known_from(file, today), issuer, days)
        found.append((digest_of(facts, issued_lines(file), issuer), view_of(facts, issuer)))
    return found


def without_burns(view: AccountView) -> AccountView:
    """Summed work names no entries; everything else of a ledger must be the same."""
    return replace(
        view,
        retainers=tuple(
            replace(each, usage=tuple(replace(usage, burns=()) for usage in each.usage))
            for each in view.retainers
        ),
    )


def assert_true(store: BookStore, today: date) -> None:
    with store.reading() as uow:
        expected = from_whole_files(uow, today)
        assert list(load_digests(uow, today)) == [digest for digest, _ in expected]
        for _, view in expected:
            shown = load_account_view(uow, view.account.id, today)
            assert without_burns(shown) == without_burns(view)


@pytest.mark.parametrize("days", [-400, -200, -31, -1, 0, 1, 20, 45])
def test_summed_work_gives_what_every_entry_gives_on_any_day(studio: BookStore, days: int) -> None:
    assert_true(studio, TODAY + timedelta(days=days))


def test_kept_facts_are_the_computed_ones(studio: BookStore) -> None:
    assert refresh_facts(studio, TODAY) == 6
    with studio.reading() as uow:
        assert load_kept_view(uow, "acme", TODAY) is not None
    assert_true(studio, TODAY)
    assert refresh_facts(studio, TODAY) == 0


def test_every_burned_minute_is_the_same_with_and_without_entries(studio: BookStore) -> None:
    with studio.reading() as uow:
        for each in load_account_view(uow, "acme", TODAY).retainers:
            whole = explain_usage(uow, "acme", each.retainer.id, TODAY)
            by_lot = [_by_lot(usage) for usage in whole]
            assert [_by_lot(usage) for usage in each.usage] == by_lot
            assert any(by_lot)


def _by_lot(usage: object) -> dict[object, int]:
    sums: dict[object, int] = {}
    for burn in usage.burns:  # type: ignore[attr-defined]
        sums[burn.lot_on, burn.source] = sums.get((burn.lot_on, burn.source), 0) + burn.minutes
    return sums


def _add_work(uow: UnitOfWork, account_id: str, dice: Random) -> None:
    retainers = load_account_file(uow, account_id).retainers
    on, minutes = TODAY - timedelta(days=dice.randrange(-5, 400)), dice.randint(5, 600)
    entry = WorkEntry(account_id, f"x-{dice.random()}", on, minutes, "ada", retainer_id=retainers[0].id)
    kind, given_up = dice.choice(list(WorkKind)), dice.choice([0, 0, 5])
    add_row(
        uow, replace(entry, kind=kind, written_down_minutes=given_up, write_down_reason="ours" * given_up)
    )


def _remove_work(uow: UnitOfWork, account_id: str, dice: Random) -> None:
    entries = WORK.of_account(uow, account_id)
    if entries:
        remove_row(uow, dice.choice(entries))


def _touch(uow: UnitOfWork, account_id: str, dice: Random) -> None:
    at = datetime.combine(date(2026, 7, dice.randint(1, 14)), time(9))
    add_row(uow, Call(account_id, f"x-{dice.random()}", at, 30, "Call"))
    add_row(uow, Note(account_id, f"x-{dice.random()}", at, "Note", touch=dice.random() < 0.5))


def _plan_more(uow: UnitOfWork, account_id: str, dice: Random) -> None:
    add_row(uow, Action(account_id, f"x-{dice.random()}", "Send", "ada", TODAY - timedelta(days=1)))
    add_row(uow, OneOffCharge(account_id, f"x-{dice.random()}", TODAY, "Extra", Decimal(1), Decimal(90)))


def _raise_price(uow: UnitOfWork, account_id: str, dice: Random) -> None:
    retainer = load_account_file(uow, account_id).retainers[0]
    last = retainer.plans[-1]
    from_on = max(last.from_on, TODAY) + timedelta(days=dice.randint(1, 60))
    fee = Money(last.fee.minor + 1000, last.fee.currency)
    change_retainer(uow, replace(retainer, plans=(*retainer.plans, replace(last, from_on=from_on, fee=fee))))


def _change_business(uow: UnitOfWork, account_id: str, dice: Random) -> None:
    business = get_business(uow)
    save_business(
        uow, replace(business, overhead_rate=Decimal(dice.randint(1, 30)), lead_days=dice.randint(0, 9))
    )


CHANGES: list[Callable[[UnitOfWork, str, Random], None]] = [
    _add_work, _add_work, _remove_work, _touch, _plan_more, _raise_price, _change_business,
]  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_nothing_kept_is_stale_after_any_change(studio: BookStore, seed: int) -> None:
    """Twelve random changes, issued invoices among them; now and then kept facts are filled up again."""
    dice = Random(seed)
    names = [file.account.id for file in sample_book(TODAY).accounts]
    for step in range(12):
        if dice.random() < 0.4:
            refresh_facts(studio, TODAY)
        if step == 6:
            _issue_some(studio)
        else:
            with studio.writing() as uow:
                dice.choice(CHANGES)(uow, dice.choice(names), dice)
                uow.commit()
        if dice.random() < 0.5:
            assert_true(studio, TODAY)
    assert_true(studio, TODAY)


def _issue_some(store: BookStore) -> None:
    with store.reading() as uow:
        run = preview_invoices(uow, TODAY, TODAY)
    assert issue_invoices(store, IssueCommand(run.proposals[:2], TODAY), TODAY).value.issued


def test_a_change_in_one_account_leaves_the_others_kept(studio: BookStore) -> None:
    refresh_facts(studio, TODAY)
    with studio.writing() as uow:
        add_row(uow, WorkEntry("acme", "x-1", TODAY, 60, "ada"))
        uow.commit()
    with studio.reading() as uow:
        assert load_kept_view(uow, "acme", TODAY) is None
        assert load_kept_view(uow, "borealis", TODAY) is not None
    assert refresh_facts(studio, TODAY) == 1


def test_adding_up_says_how_far_it_is_and_stops_when_told(studio: BookStore) -> None:
    """Six accounts at the most; one change leaves one to do. Told to stop, it has done none of it."""
    told: list[tuple[int, int]] = []

    def listen(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    assert refresh_facts(studio, TODAY, lambda _done, _total: False) == 0
    refresh_facts(studio, TODAY, listen)
    assert (told[0], told[-1]) == ((0, 6), (6, 6))
    told.clear()
    with studio.writing() as uow:
        add_row(uow, WorkEntry("acme", "x-1", TODAY, 60, "ada"))
        uow.commit()
    refresh_facts(studio, TODAY, listen)
    assert (told[0], told[-1]) == ((0, 1), (1, 1))


def test_a_writing_unit_sees_its_own_changes(studio: BookStore) -> None:
    refresh_facts(studio, TODAY)
    with studio.writing() as uow:
        add_row(uow, WorkEntry("acme", "x-1", TODAY, 60, "ada"))
        assert load_kept_view(uow, "acme", TODAY) is None


def test_facts_of_another_day_do_not_hold(studio: BookStore) -> None:
    refresh_facts(studio, TODAY)
    with studio.reading() as uow:
        known = load_account_list(uow, TODAY)
        assert known
        assert load_kept_view(uow, "acme", TOMORROW) is None
    assert_true(studio, TOMORROW)
    assert refresh_facts(studio, TOMORROW) == 6


def test_facts_of_another_history_or_version_do_not_count(studio: BookStore) -> None:
    """A stamp whose link is not in the chain belongs to another history of the file."""
    refresh_facts(studio, TODAY)
    with studio.reading() as uow:
        stamp = read_kept(uow, "facts", "facts")
    other_history = {**stamp, "place": {**stamp["place"], "hash": "00" * 32}}
    for forged in (other_history, {**stamp, "version": "0.0.1/1"}):
        with studio.writing() as uow:
            keep(uow, "facts", {"facts": forged})
            uow.commit()
        with studio.reading() as uow:
            assert load_kept_view(uow, "acme", TODAY) is None
