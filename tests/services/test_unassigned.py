"""Charging loose work to a retainer, on a real book."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from retainerdesk.domain.account import Person
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.work import WorkEntry
from retainerdesk.services.business import save_person
from retainerdesk.services.due import find_due
from retainerdesk.services.retainers import add_retainer, list_retainers
from retainerdesk.services.rows import add_row
from retainerdesk.services.unassigned import assign_work, list_unassigned
from retainerdesk.store.book_store import BookStore

TODAY = date(2026, 3, 31)


@pytest.fixture
def loose(store: BookStore) -> BookStore:
    """The account of the fixture has two retainers, and 90 minutes that name neither."""
    with store.writing() as uow:
        save_person(uow, Person("ada", "Ada Nord"))
        first = list_retainers(uow, "acme")[0]
        add_retainer(uow, replace(first, id="second", name="Second", starts_on=date(2026, 3, 1)))
        add_row(uow, WorkEntry("acme", "w1", date(2026, 2, 10), 90, "ada"))
        uow.commit()
    return store


def test_loose_work_is_due_until_it_is_charged(loose: BookStore) -> None:
    with loose.writing() as uow:
        found = [item.text for item in find_due(uow, TODAY).items if item.kind == "work_to_assign"]
        assert found == ["1 h 30 of work is charged to no retainer"]
        first = list_retainers(uow, "acme")[0]
        assign_work(uow, "acme", ["w1"], first.id)
        assert list_unassigned(uow, "acme", TODAY) == ()
        assert not [item for item in find_due(uow, TODAY).items if item.kind == "work_to_assign"]


def test_a_retainer_that_was_not_served_that_day_is_refused(loose: BookStore) -> None:
    with loose.writing() as uow, pytest.raises(RuleViolation, match="not served on 2026-02-10"):
        assign_work(uow, "acme", ["w1"], "second")


def test_nothing_chosen_is_refused(loose: BookStore) -> None:
    with loose.writing() as uow, pytest.raises(RuleViolation, match="at least one"):
        assign_work(uow, "acme", [], "second")
