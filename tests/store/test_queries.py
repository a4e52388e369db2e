"""Timeline, months, balances and the account list, answered by SQL."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event

from retainerdesk.domain.invoice import InvoiceStatus
from retainerdesk.domain.money import Money
from retainerdesk.domain.work import WorkEntry
from retainerdesk.store.book_store import BookStore
from retainerdesk.store.queries.accounts import account_summaries, has_accounts
from retainerdesk.store.queries.months import MonthFigures, months_of_account
from retainerdesk.store.queries.timeline import Place, TimelineRow, timeline_page
from retainerdesk.store.queries.timeline_arms import KINDS
from retainerdesk.store.repositories.accounts import add_account
from retainerdesk.store.repositories.history import WORK
from retainerdesk.store.repositories.invoices import issue
from retainerdesk.store.unit_of_work import UnitOfWork
from tests.store.full_book import ACME, invoice

NEWEST_FIRST = [
    ("2026-04-30", "ended", "advisory"),
    ("2026-02-01", "notice", "advisory"),
    ("2026-01-31", "plan", "advisory/2026-01-31"),
    ("2025-04-22", "payment", "p-3"),
    ("2025-04-21", "payment", "p-2"),
    ("2025-04-20", "payment", "p-1"),
    ("2025-04-11", "letter", "l-2"),
    ("2025-04-10", "letter", "l-1"),
    ("2025-03-31", "invoice", "2025-0001"),
    ("2025-02-13", "charge", "x-2"),
    ("2025-02-12", "expense", "e-1"),
    ("2025-02-12", "charge", "x-1"),
    ("2025-02-11", "decision", "d-1"),
    ("2025-02-11", "action", "a-1"),
    ("2025-02-05", "note", "n-1"),
    ("2025-02-04", "work", "w-0"),
    ("2025-02-04", "call", "c-1"),
    ("2025-02-03", "work", "w-1"),
    ("2025-01-31", "retainer", "advisory"),
    ("2025-01-31", "plan", "advisory/2025-01-31"),
    ("2025-01-21", "document", "f-2"),
    ("2025-01-20", "document", "f-1"),
]


def places(rows: tuple[TimelineRow, ...]) -> list[tuple[str, str, str]]:
    return [(row.on.isoformat(), row.kind, row.id) for row in rows]


def test_the_timeline_is_newest_first_and_leaves_open_actions_out(full: BookStore) -> None:
    with full.reading() as uow:
        assert places(timeline_page(uow, "acme")) == NEWEST_FIRST
        assert timeline_page(uow, "zero") == ()


def test_the_full_account_shows_every_kind() -> None:
    assert {kind for _, kind, _ in NEWEST_FIRST} == set(KINDS)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 21, 22, 23])
def test_pages_of_any_size_join_without_gap_or_double(full: BookStore, size: int) -> None:
    joined: list[tuple[str, str, str]] = []
    after: Place | None = None
    with full.reading() as uow:
        while page := timeline_page(uow, "acme", after=after, limit=size):
            joined += places(page)
            after = (page[-1].on, page[-1].kind, page[-1].id)
    assert joined == NEWEST_FIRST


def test_kinds_filter_and_until_leaves_out_later_days(full: BookStore) -> None:
    with full.reading() as uow:
        kinds = ("work", "call")
        assert [row.id for row in timeline_page(uow, "acme", kinds=kinds)] == ["w-0", "c-1", "w-1"]
        assert timeline_page(uow, "acme", kinds=()) == ()
        assert [row.id for row in timeline_page(uow, "acme", until=date(2025, 1, 20))] == ["f-1"]


def test_a_line_carries_what_its_kind_has(full: BookStore) -> None:
    with full.reading() as uow:
        rows = {(row.kind, row.id): row for row in timeline_page(uow, "acme")}
    day = date(2025, 2, 4)
    assert rows["call", "c-1"] == TimelineRow(day, "call", "c-1", "Weekly", "…", time="10:30", minutes=30)
    assert rows["work", "w-0"] == TimelineRow(day, "work", "w-0", "delivery", "", person="ada", minutes=15)
    assert rows["invoice", "2025-0001"] == TimelineRow(
        date(2025, 3, 31), "invoice", "2025-0001", "2025-0001", "issued", amount_minor=357000, currency="EUR"
    )
    assert rows["notice", "advisory"].detail == "them"


@pytest.mark.parametrize("kind", ["work", "call", "note", "invoice", "payment", "decision", "expense"])
def test_a_page_walks_the_index_of_every_kind_that_grows(full: BookStore, kind: str) -> None:
    """Rows of these kinds grow without end; sorting them for one page would not stay fast.

    Sorting "the last terms" (kind and id) is only ever done within one day.
    """
    with full.reading() as uow:
        statement, parameters = page_statement(uow, kind)
        rows = uow.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        plan = [row[3] for row in rows]
    assert any("USING INDEX" in line for line in plan), plan
    assert not any("TEMP B-TREE FOR ORDER BY" in line for line in plan), plan


def page_statement(uow: UnitOfWork, kind: str) -> tuple[str, tuple[object, ...]]:
    """The SQL and the parameters that a page of one kind and of done actions sends."""
    seen: list[tuple[str, tuple[object, ...]]] = []

    def remember(_: object, cursor: object, sql: str, parameters: tuple[object, ...], *rest: object) -> None:
        seen.append((sql, parameters))

    event.listen(uow.connection, "before_cursor_execute", remember)
    timeline_page(uow, "acme", kinds=[kind, "action"], limit=5)
    event.remove(uow.connection, "before_cursor_execute", remember)
    return seen[0]


def test_months_add_up_calls_minutes_and_what_was_invoiced(full: BookStore) -> None:
    """February: one call, 90 + 15 minutes; March: 3,570.00 invoiced. A void counts nothing."""
    with full.writing() as uow:
        issue(uow, invoice(2, status=InvoiceStatus.VOID))
        assert months_of_account(uow, "acme") == (
            MonthFigures(date(2025, 3, 1), invoiced=(Money(357000, "EUR"),)),
            MonthFigures(date(2025, 2, 1), calls=1, minutes=105),
        )
        assert months_of_account(uow, "acme", date(2025, 2, 4), date(2025, 3, 1)) == (
            MonthFigures(date(2025, 2, 1), calls=1, minutes=15),
        )


def test_the_account_list_is_by_name_without_regard_to_case(full: BookStore) -> None:
    with full.writing() as uow:
        add_account(uow, replace(ACME, id="b", name="acme & Aunts"))
        assert [item.id for item in account_summaries(uow)] == ["b", "acme", "zero"]


def test_an_empty_book_has_no_accounts(empty: BookStore) -> None:
    with empty.reading() as uow:
        assert not has_accounts(uow)


def test_equal_days_are_ordered_by_id_within_a_kind(full: BookStore) -> None:
    with full.writing() as uow:
        WORK.add(uow, *(WorkEntry("zero", f"w{n}", date(2025, 1, 1), 1, "ada") for n in (2, 1, 3)))
        assert [row.id for row in timeline_page(uow, "zero")] == ["w3", "w2", "w1"]
