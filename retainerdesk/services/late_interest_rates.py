"""The reference rates of late interest: what the program brings, and the half-years users add."""

from __future__ import annotations

from retainerdesk.domain.late_interest import LateInterestTable
from retainerdesk.domain.late_interest_table import (
    OwnRate,
    check_own_rate,
    read_late_interest_table,
    with_own_rates,
)
from retainerdesk.services.results import Changes, Outcome
from retainerdesk.store.repositories import letters
from retainerdesk.store.unit_of_work import UnitOfWork
from retainerdesk.system.resources import resource_path

_CHANGES = Changes(business=True, money=True)


def late_interest_table(uow: UnitOfWork) -> LateInterestTable:
    """The laws with every half-year that is known: those of the program, then those of the book."""
    text = resource_path("rates/late_interest.json").read_text(encoding="utf-8")
    return with_own_rates(read_late_interest_table(text), letters.list_own_rates(uow))


def list_own_rates(uow: UnitOfWork) -> tuple[OwnRate, ...]:
    """The half-years that were added, by reference, then by day."""
    return letters.list_own_rates(uow)


def add_own_rate(uow: UnitOfWork, rate: OwnRate) -> Outcome[OwnRate]:
    """Add the next half-year of a reference. Refuses a gap, an unknown reference, a rate without a source."""
    check_own_rate(late_interest_table(uow), rate)
    letters.save_own_rate(uow, rate)
    return Outcome(rate, _CHANGES)


def remove_own_rate(uow: UnitOfWork, rate: OwnRate) -> Outcome[OwnRate]:
    """Take a half-year out that was added by mistake; later ones of the reference wait until it is back."""
    letters.delete_own_rate(uow, rate)
    return Outcome(rate, _CHANGES)
