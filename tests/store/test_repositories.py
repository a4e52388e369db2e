"""Changing rows: what is there is replaced, what is not is named, and everything leaves a link."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retainerdesk.domain.account import AccountStatus, CostRate, Person
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import Allocation, Payment
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period
from retainerdesk.domain.work import Call, Expense, Note, OneOffCharge, WorkEntry, WorkKind
from retainerdesk.store.book_store import BookStore, open_book
from retainerdesk.store.check import check_book
from retainerdesk.store.repositories import (
    accounts,
    book_state,
    invoices,
    parties,
    payments,
    retainers,
    skips,
)
from retainerdesk.store.repositories.account_list import AccountList
from retainerdesk.store.repositories.books import LISTS, add_account_file, load_account_file
from retainerdesk.store.repositories.history import NOTES, WORK
from retainerdesk.store.search.filling import keep_in_step
from retainerdesk.store.unit_of_work import UnitOfWork
from tests.store.conftest import CLOCK
from tests.store.full_book import ACME, ACME_FILE, ADVISORY, BUSINESS, FULL_BOOK, MARCH, invoice

DAY = date(2025, 4, 30)

Change = Callable[[UnitOfWork], object]
JO = Person("bo", "Bo Berg", (CostRate(date(2026, 2, 1), Decimal(40)),), "bo@x.example")
PAYMENT = replace(ACME_FILE.payments[0], allocations=(Allocation("2025-0001", Money(1, "EUR")),), fee=None)


CHANGED = {"blocks": "name", "documents": "name", "work": "minutes", "settlements": "reason"}


@pytest.mark.parametrize("field", LISTS)
def test_a_row_of_any_list_is_replaced_and_deleted_by_its_id(full: BookStore, field: str) -> None:
    rows: AccountList[Any] = LISTS[field]
    first = getattr(ACME_FILE, field)[0]
    other = replace(first, **{CHANGED.get(field, "text"): 7 if field == "work" else "other"})
    with full.writing() as uow:
        rows.update(uow, other)
        assert rows.get(uow, "acme", first.id) == other
        rows.delete(uow, "acme", first.id)
        assert rows.find(uow, "acme", first.id) is None
        uow.commit()
    with full.reading() as uow:
        assert rows.of_account(uow, "acme") == getattr(ACME_FILE, field)[1:]
        assert list(check_book(uow)) == []


UNKNOWN: list[Change] = [
    lambda uow: WORK.get(uow, "acme", "nothing"),
    lambda uow: WORK.delete(uow, "zero", "w-1"),
    lambda uow: WORK.update(uow, replace(ACME_FILE.work[0], id="nothing")),
    lambda uow: accounts.get_account(uow, "nothing"),
    lambda uow: accounts.update_account(uow, replace(ACME, id="nothing")),
    lambda uow: accounts.delete_account(uow, "nothing"),
    lambda uow: retainers.get_retainer(uow, "acme", "nothing"),
    lambda uow: retainers.delete_retainer(uow, "acme", "nothing"),
    lambda uow: payments.get_payment(uow, "acme", "nothing"),
    lambda uow: payments.update_payment(uow, replace(PAYMENT, id="nothing")),
    lambda uow: payments.delete_payment(uow, "acme", "nothing"),
    lambda uow: parties.delete_person(uow, "nothing"),
    lambda uow: skips.remove_skip(uow, MARCH),
]


@pytest.mark.parametrize("change", UNKNOWN)
def test_what_is_not_there_is_a_rule_violation(full: BookStore, change: Change) -> None:
    with full.writing() as uow, pytest.raises(RuleViolation) as refused:
        change(uow)
    assert refused.value.rule.endswith(".unknown")


CHANGES: list[tuple[Change, Callable[[UnitOfWork], object], object]] = [
    (
        lambda u: parties.save_business(u, replace(BUSINESS, name="N")),
        lambda u: parties.get_business(u).name,
        "N",
    ),
    (lambda u: parties.save_person(u, JO), lambda u: parties.list_people(u)[1], JO),
    (lambda u: parties.delete_person(u, "bo"), parties.list_people, FULL_BOOK.people[:1]),
    (
        lambda u: accounts.update_account(
            u, replace(ACME, status=AccountStatus.ENDED, contacts=ACME.contacts[::-1])
        ),
        lambda u: accounts.get_account(u, "acme"),
        replace(ACME, status=AccountStatus.ENDED, contacts=ACME.contacts[::-1]),
    ),
    (lambda u: accounts.delete_account(u, "zero"), lambda u: accounts.find_account(u, "zero"), None),
    (
        lambda u: retainers.save_retainer(
            u, replace(ADVISORY, plans=ADVISORY.plans[:1], term=None, pauses=())
        ),
        lambda u: retainers.get_retainer(u, "acme", "advisory"),
        replace(ADVISORY, plans=ADVISORY.plans[:1], term=None, pauses=()),
    ),
    (
        lambda u: payments.update_payment(u, PAYMENT),
        lambda u: payments.get_payment(u, "acme", "p-1"),
        PAYMENT,
    ),
    (
        lambda u: payments.delete_payment(u, "acme", "p-1"),
        lambda u: payments.payments_by_account(u)["acme"],
        list(ACME_FILE.payments[1:]),
    ),
    (
        lambda u: skips.remove_skip(u, ACME_FILE.skips[0].key),
        lambda u: skips.skips_by_account(u).get("acme"),
        None,
    ),
]


@pytest.mark.parametrize(("change", "read", "expected"), CHANGES)
def test_a_change_is_read_back_and_chained(
    full: BookStore, change: Change, read: Callable[[UnitOfWork], object], expected: object
) -> None:
    with full.writing() as uow:
        change(uow)
        uow.commit()
    with full.reading() as uow:
        assert read(uow) == expected
        assert list(check_book(uow)) == []


def test_issuing_prints_the_head_of_the_chain_and_keeps_both_parties_as_they_were(full: BookStore) -> None:
    key = replace(MARCH, sequence=2)
    with full.writing() as uow:
        number = parties.take_number(uow, "invoice", DAY).sequence
        issued = invoices.issue(uow, invoice(number, key, chain_head=""))
        parties.save_business(uow, replace(BUSINESS, name="Renamed"))
        accounts.update_account(uow, replace(ACME, name="Renamed"))
        uow.commit()
    assert len(issued.chain_head) == 8
    with full.reading() as uow:
        assert invoices.by_number(uow, "2025-0002") == issued
        assert invoices.by_number(uow, "2025-9999") is None
        assert issued.seller == BUSINESS
        assert list(check_book(uow)) == []


def test_invoices_are_listed_by_half_open_span_and_account(full: BookStore) -> None:
    """The one document is issued on 31 March 2025."""
    with full.reading() as uow:
        day, next_day = date(2025, 3, 31), date(2025, 4, 1)
        assert len(invoices.list_invoices(uow, issued_from=day, issued_before=next_day)) == 1
        assert invoices.list_invoices(uow, issued_before=day) == ()
        assert invoices.list_invoices(uow, issued_from=next_day) == ()
        assert invoices.list_invoices(uow, account_ids=["zero"]) == ()


def test_amounts_of_another_currency_than_their_row_are_a_bug_and_refused(full: BookStore) -> None:
    with full.writing() as uow, pytest.raises(ValueError, match="USD"):
        payments.add_payments(uow, replace(PAYMENT, id="p-9", fee=Money(1, "USD")))


def test_what_the_program_remembers_about_a_book_is_kept_by_key(empty: BookStore) -> None:
    with empty.writing() as uow:
        assert book_state.get_state(uow, "last_check") is None
        book_state.set_state(uow, "last_check", {"on": "2026-01-01"})
        book_state.set_state(uow, "last_check", {"on": "2026-01-02"})
        book_state.mark_notified(uow, ["a", "b"], date(2026, 1, 1))
        book_state.mark_notified(uow, ["b", "c"], date(2026, 1, 2))
        book_state.snooze(uow, "a", date(2026, 1, 9), date(2026, 1, 2))
        book_state.forget_notified(uow, "c")
        uow.commit()
    with empty.reading() as uow:
        assert book_state.get_state(uow, "last_check") == {"on": "2026-01-02"}
        told = book_state.list_notified(uow)
        assert {key: (item.first_notified_on.day, item.snoozed_until) for key, item in told.items()} == {
            "a": (1, date(2026, 1, 9)),
            "b": (1, None),
        }


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
days = st.dates()
amounts = st.integers(-(10**15), 10**15)


@given(
    texts, days, amounts, st.decimals(-(10**9), 10**9, places=4), st.datetimes(), st.sampled_from(WorkKind)
)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_date_amount_and_number_comes_back_as_it_was(
    full_path: Path, words: str, on: date, minor: int, number: Decimal, at: datetime, kind: WorkKind
) -> None:
    file = AccountFile(
        replace(ACME, id="any", name=words, address=(words,), tags=(words,)),
        work=(WorkEntry("any", words, on, 5, "ada", kind, text=words),),
        calls=(Call("any", words, at, 1, words),),
        notes=(Note("any", words, at, words),),
        charges=(OneOffCharge("any", words, on, words, number, number),),
        expenses=(Expense("any", words, on, Money(minor, "JPY"), words),),
        payments=(Payment("any", words, on, Money(minor, "BHD"), (Allocation(words, Money(minor, "BHD")),)),),
    )
    store = open_book(full_path, CLOCK)
    with store.writing() as uow:
        add_account_file(uow, file)
        assert load_account_file(uow, "any") == file
        # As a commit does; not committed, so that the next example meets the same book.
        uow.audit.flush()
        keep_in_step(uow.connection)
        assert list(check_book(uow)) == []
    store.close()


def test_a_list_is_in_order_of_date_then_id_whatever_came_first(empty: BookStore) -> None:
    order = [(2, "b"), (1, "z"), (2, "a")]
    notes = [Note("acme", name, datetime(2026, 1, day), "") for day, name in order]  # noqa: DTZ001
    with empty.writing() as uow:
        accounts.add_account(uow, ACME)
        NOTES.add(uow, *notes)
        assert [note.id for note in NOTES.of_account(uow, "acme")] == ["z", "a", "b"]
        assert [note.id for note in NOTES.of_account(uow, "acme", date(2026, 1, 2))] == ["a", "b"]


@pytest.mark.parametrize("field", ["pauses", "usage_decisions", "adjustments"])
def test_lists_of_a_retainer_given_in_any_order_are_chained_as_they_are_read(
    full: BookStore, field: str
) -> None:
    """Else a sound book is called damaged: the chain would say another order than the tables."""
    rows = getattr(ADVISORY, field)
    on, day = "period_on" if field == "usage_decisions" else "on", date(2025, 2, 1)
    dated: Any = {"span": Period(day, date(2025, 2, 2))} if field == "pauses" else {on: day}
    earlier = replace(rows[0], **dated)
    given_last: Any = {field: (*rows, earlier)}
    with full.writing() as uow:
        retainers.save_retainer(uow, replace(ADVISORY, **given_last))
        uow.commit()
    with full.reading() as uow:
        assert list(check_book(uow)) == []
        assert getattr(retainers.get_retainer(uow, "acme", "advisory"), field) == (earlier, *rows)
