"""Keeping the settings: business, people and number series in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from retainerdesk.desktop.dialogs.edits import Keeper
from retainerdesk.desktop.problems import show_problem
from retainerdesk.domain.account import Business, Person
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.domain.tax_rates import TaxRate
from retainerdesk.services.accounts import free_id
from retainerdesk.services.business import list_people, remove_person, save_business, save_person
from retainerdesk.services.number_series import SeriesEdit, save_series_edits
from retainerdesk.services.results import Changes, Outcome
from retainerdesk.services.tax_rates import keep_own_rates

if TYPE_CHECKING:
    from retainerdesk.desktop.desk import Desk
    from retainerdesk.services.units import UnitOfWork


@dataclass(frozen=True, slots=True)
class BookSettings:
    """What is set for the book: the business, people, tax rates, and what is to be done with the series."""

    business: Business
    people: tuple[Person, ...]
    series: tuple[SeriesEdit, ...]
    today: date
    tax_rates: tuple[TaxRate, ...]


@dataclass(frozen=True, slots=True)
class ChosenSettings:
    """What the settings dialog collects; `machine` has the fields of this machine's settings by name."""

    book: BookSettings
    machine: dict[str, object]


def save_settings(uow: UnitOfWork, settings: BookSettings) -> Outcome[BookSettings]:
    """Keep business, people and series together, or none of them."""
    changes = save_business(uow, settings.business).changes
    changes |= _save_people(uow, settings.people)
    changes |= keep_own_rates(uow, settings.tax_rates).changes
    changes |= save_series_edits(uow, settings.series, settings.today).changes
    return Outcome(settings, changes)


def _save_people(uow: UnitOfWork, people: Sequence[Person]) -> Changes:
    before = {person.id: person for person in list_people(uow)}
    changes = Changes(business=True)
    for person in people:
        if before.get(person.id) != person:
            changes |= save_person(uow, person).changes
    kept = {person.id for person in people}
    for person in before.values():
        if person.id not in kept:
            changes |= remove_person(uow, person).changes
    return changes


def keep_settings(desk: Desk, before: BookSettings, after: BookSettings) -> None:
    """Keep settings so that they can be undone; what refuses them goes to the caller.

    What was done to number series is done once and stays: numbers never go back.
    """
    first = [after]
    forward = partial(_keep_once, desk, first, replace(after, series=()))
    desk.undo.do("settings", forward, partial(_keep_once, desk, [], replace(before, series=())))


def _keep_once(desk: Desk, first: list[BookSettings], again: BookSettings) -> Changes:
    settings = first.pop() if first else again
    return desk.write(save_settings, settings).changes


def begin_business(keeper: Keeper, business: Business) -> None:
    """Keep what the first start collected; the owner becomes the first person."""
    try:
        keeper.desk.write(_begin, business)
    except (RuleViolation, EnvironmentProblem) as refused:
        show_problem(keeper.window, refused)
        return
    keeper.kept.emit("business")


def _begin(uow: UnitOfWork, business: Business) -> Outcome[Business]:
    outcome = save_business(uow, business)
    owner = Person(free_id(business.name, ()), business.name)
    people = save_person(uow, owner)
    return replace(outcome, changes=outcome.changes | people.changes)
