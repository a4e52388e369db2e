"""What the dialogs of one account choose from: its retainers and contacts, the people, the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from retainerdesk.domain.account import Account, Person
from retainerdesk.domain.retainer import Retainer
from retainerdesk.domain.tax_rates import TaxRate
from retainerdesk.services.accounts import get_account
from retainerdesk.services.business import get_business, list_people
from retainerdesk.services.retainers import list_retainers
from retainerdesk.services.tax_rates import rates_of_business

if TYPE_CHECKING:
    from retainerdesk.desktop.desk import Desk
    from retainerdesk.services.units import UnitOfWork


@dataclass(frozen=True, slots=True)
class EntryContext:
    """An account with what its rows refer to; `now` is the local wall clock, its day is today.

    `rates` are the tax rates in force then where the business is.
    """

    account: Account
    retainers: tuple[Retainer, ...]
    people: tuple[Person, ...]
    now: datetime
    rates: tuple[TaxRate, ...] = ()

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def only_retainer_id(self) -> str | None:
        """The retainer that is meant while there is just one."""
        return self.retainers[0].id if len(self.retainers) == 1 else None

    @property
    def first_person_id(self) -> str | None:
        return next((each.id for each in self.people if each.works_on(self.today)), None)


def local_now(desk: Desk) -> datetime:
    """Today at the wall clock of the business, to the minute, without a zone: as calls are recorded."""
    time_zone = ZoneInfo(desk.read(get_business).time_zone)
    local = desk.context.clock.utc_now().astimezone(time_zone)
    return datetime.combine(desk.today(), local.time().replace(second=0, microsecond=0))


def load_entry_context(uow: UnitOfWork, account_id: str, now: datetime) -> EntryContext:
    """The context of an account; RuleViolation if there is none of that id."""
    account = get_account(uow, account_id)
    rates = rates_of_business(uow, now.date())
    return EntryContext(account, list_retainers(uow, account_id), list_people(uow), now, rates)
