"""Closing on a real book: what is kept never changes, and what came late is told, decided and counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from retainerdesk.domain.account import Person
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.period_close import LateChoice
from retainerdesk.domain.plan import Overage
from retainerdesk.domain.retainer import Retainer
from retainerdesk.domain.work import WorkEntry, WorkKind
from retainerdesk.services.business import save_person
from retainerdesk.services.closing import CloseCommand, close_periods, closing_board
from retainerdesk.services.goodwill import goodwill_reports
from retainerdesk.services.late_work import decide_late, late_notice, list_late
from retainerdesk.services.results import Changes
from retainerdesk.services.retainers import change_retainer, get_retainer
from retainerdesk.services.rows import add_row
from retainerdesk.services.upkeep import check_book
from retainerdesk.store.book_store import BookStore
from tests.services.conftest import monthly

TODAY = date(2026, 2, 10)
LATE_ID = "acme/care/2026-01-01"


def hours(entry_id: str, minutes: int) -> WorkEntry:
    return WorkEntry("acme", entry_id, date(2026, 1, 20), minutes, "ada", WorkKind.DELIVERY, "care")


@pytest.fixture
def closed(store: BookStore) -> BookStore:
    """10 h a month, 12 h in January, closed on 10 February; then 1 h 30 more of 20 January."""
    with store.writing() as uow:
        before = get_retainer(uow, "acme", "care")
        change_retainer(uow, replace(before, plans=(monthly(date(2026, 1, 1), 100_000, 600),)))
        save_person(uow, Person("ada", "Ada"))
        add_row(uow, hours("w1", 720))
        close_periods(uow, CloseCommand(date(2026, 1, 31)), TODAY)
        add_row(uow, hours("late", 90))
        uow.commit()
    return store


def kept(store: BookStore) -> Retainer:
    with store.reading() as uow:
        return get_retainer(uow, "acme", "care")


def test_late_work_is_told_at_once(closed: BookStore) -> None:
    """1 h 30 at 150.00 are 225.00; a day of an open period says nothing."""
    with closed.reading() as uow:
        told = late_notice(uow, "acme", [date(2026, 1, 20)], TODAY)
        assert told.startswith("2026-01-01 – 2026-01-31 is closed: 1 h 30 more, 225.00 EUR of overage more.")
        assert late_notice(uow, "acme", [date(2026, 2, 3)], TODAY) == ""


def test_the_book_refuses_to_change_or_delete_a_closing(closed: BookStore) -> None:
    for statement in ("UPDATE period_closes SET used = 0", "DELETE FROM period_closes"):
        with closed.writing() as uow, pytest.raises(RuleViolation, match="never change"):
            uow.connection.exec_driver_sql(statement)


def test_undo_of_an_older_edit_keeps_closings_and_decisions(closed: BookStore) -> None:
    with closed.writing() as uow:
        decide_late(uow, LATE_ID, LateChoice.CARRY, "next month", TODAY)
        older = replace(get_retainer(uow, "acme", "care"), name="Old name", closes=(), late=())
        change_retainer(uow, older)
        uow.commit()
    now = kept(closed)
    assert (now.name, len(now.closes), len(now.late)) == ("Old name", 1, 1)
    assert check_book(closed, TODAY) == ()


def test_absorbed_late_work_is_goodwill_with_its_worth(closed: BookStore) -> None:
    with closed.writing() as uow:
        done = decide_late(uow, LATE_ID, LateChoice.ABSORB, "our slip", TODAY)
        assert isinstance(done.changes, Changes)
        uow.commit()
    with closed.reading() as uow:
        (report,) = goodwill_reports(uow, "acme", date(2026, 1, 1), date(2026, 2, 1), TODAY)
        assert list_late(uow, TODAY) == ()
    assert [(each.minutes, str(each.value), each.reason) for each in report.given] == [
        (90, "225.00", "our slip")
    ]


def test_a_decision_without_a_reason_or_that_does_not_fit_is_refused(closed: BookStore) -> None:
    with closed.writing() as uow:
        with pytest.raises(RuleViolation, match="Say why"):
            decide_late(uow, LATE_ID, LateChoice.ABSORB, " ", TODAY)
        with pytest.raises(RuleViolation, match="does not fit"):
            decide_late(uow, LATE_ID, LateChoice.CREDIT, "x", TODAY)


def offered(store: BookStore, today: date) -> list[tuple[str, date]]:
    with store.reading() as uow:
        rows = closing_board(uow, today).closable
    return [(row.retainer_id, row.usage.span.start) for row in rows]


def test_a_fee_without_hours_offers_only_periods_that_were_worked_in(store: BookStore) -> None:
    """Fee only from January; 2 h in February. January closes with it unnamed, March stays open."""
    with store.writing() as uow:
        before = get_retainer(uow, "acme", "care")
        free = replace(before.plans[0], overage=Overage(Decimal(0)))
        change_retainer(uow, replace(before, plans=(free,)))
        save_person(uow, Person("ada", "Ada"))
        uow.commit()
    assert offered(store, date(2026, 4, 10)) == []
    with store.writing() as uow:
        add_row(uow, replace(hours("w1", 120), on=date(2026, 2, 3)))
        uow.commit()
    assert offered(store, date(2026, 4, 10)) == [("care", date(2026, 2, 1))]
    with store.writing() as uow:
        done = close_periods(uow, CloseCommand(date(2026, 3, 31)), date(2026, 4, 10)).value
        uow.commit()
    assert [row.usage.span.start for row in done if not row.is_empty] == [date(2026, 2, 1)]
    assert [each.span.start for each in kept(store).closes] == [date(2026, 1, 1), date(2026, 2, 1)]
    assert check_book(store, date(2026, 4, 10)) == ()


def test_what_was_settled_elsewhere_is_not_offered(store: BookStore) -> None:
    """10 h a month from January, invoiced by this book from March: March and April can be closed."""
    with store.writing() as uow:
        before = get_retainer(uow, "acme", "care")
        plans = (monthly(date(2026, 1, 1), 100_000, 600),)
        change_retainer(uow, replace(before, plans=plans, settled_through=date(2026, 3, 1)))
        uow.commit()
    waiting = [("care", date(2026, 3, 1)), ("care", date(2026, 4, 1))]
    assert offered(store, date(2026, 5, 10)) == waiting
    with store.writing() as uow:
        settled = close_periods(uow, CloseCommand(date(2026, 2, 28)), date(2026, 5, 10)).value
        done = close_periods(uow, CloseCommand(date(2026, 4, 30)), date(2026, 5, 10)).value
        uow.commit()
    assert settled == ()
    assert [(row.retainer_id, row.usage.span.start) for row in done if not row.is_empty] == waiting
    assert offered(store, date(2026, 5, 10)) == []
