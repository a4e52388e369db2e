"""The business itself: who issues the invoices, and who works."""

from __future__ import annotations

from retainerdesk.domain.account import Business, Person
from retainerdesk.domain.document_look import check_look
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.services.results import Changes, Outcome
from retainerdesk.store.repositories import accounts, parties
from retainerdesk.store.unit_of_work import UnitOfWork
from retainerdesk.system.clock import zone


def get_business(uow: UnitOfWork) -> Business:
    """The business of the book; a nameless one in UTC while nothing was entered."""
    return parties.find_business(uow) or Business()


def is_empty(uow: UnitOfWork) -> bool:
    """Whether nothing was entered yet: no business and no account."""
    return parties.find_business(uow) is None and not accounts.list_accounts(uow)


def save_business(uow: UnitOfWork, business: Business) -> Outcome[Business]:
    """Set who issues the invoices. Refuses one without a name, an unknown time zone, a look no page has."""
    if not business.name.strip():
        raise RuleViolation("business.name", "Enter the name that stands on your invoices.", "name")
    zone(business.time_zone)
    check_look(business.look)
    parties.save_business(uow, business)
    if not parties.list_series(uow):
        from retainerdesk.services.number_series import INVOICE_SERIES

        parties.save_series(uow, INVOICE_SERIES)
    return Outcome(business, Changes(business=True, money=True, dates=True))


def list_people(uow: UnitOfWork) -> tuple[Person, ...]:
    """Everybody whose minutes are recorded, by name."""
    return parties.list_people(uow)


def save_person(uow: UnitOfWork, person: Person) -> Outcome[Person]:
    """Add a person or change one; cost rates are dated and two cannot start on one day."""
    if not person.name.strip():
        raise RuleViolation("person.name", "Enter the person's name.", "name")
    starts = [rate.from_on for rate in person.cost_rates]
    twice = next((day for day in starts if starts.count(day) > 1), None)
    if twice is not None:
        message = f"Two cost rates of {person.name} start on {twice}; change one date."
        raise RuleViolation("person.cost_rates", message, "cost_rates")
    parties.save_person(uow, person)
    return Outcome(person, Changes(business=True, money=True))


def remove_person(uow: UnitOfWork, person: Person) -> Outcome[Person]:
    """Take out somebody who recorded no work; who did is kept, with the day they left."""
    from retainerdesk.store.queries.people import has_work

    if has_work(uow, person.id):
        message = f"{person.name} has recorded work and stays in the book; enter the day they left instead."
        raise RuleViolation("person.used", message, "people")
    parties.delete_person(uow, person.id)
    return Outcome(person, Changes(business=True))
