"""Work charged to no retainer of an account that has several: find it, and charge it to one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.portfolio import is_in_service
from retainerdesk.domain.unassigned import needs_retainer, unassigned_work
from retainerdesk.domain.work import WorkEntry
from retainerdesk.services.results import Changes, Outcome
from retainerdesk.services.retainers import list_retainers
from retainerdesk.store.queries.unassigned import work_without_retainer
from retainerdesk.store.repositories import accounts, retainers
from retainerdesk.store.repositories.blocks import BLOCKS
from retainerdesk.store.repositories.history import WORK
from retainerdesk.store.unit_of_work import UnitOfWork


def list_unassigned(uow: UnitOfWork, account_id: str, today: date) -> tuple[WorkEntry, ...]:
    """The work up to `today` that no retainer is charged with, in order of date, then id."""
    file = _agreement(uow, account_id)
    if not needs_retainer(file):
        return ()
    return unassigned_work(replace(file, work=work_without_retainer(uow, account_id, today)), today)


def assign_work(
    uow: UnitOfWork, account_id: str, entry_ids: Iterable[str], retainer_id: str
) -> Outcome[tuple[WorkEntry, ...]]:
    """Charge entries to a retainer of the account, all of them or none.

    Refuses a day on which that retainer is not served: work of it would still be charged to nothing. In a
    period that is invoiced already the difference is proposed as a correction by the next run.
    """
    retainer = retainers.get_retainer(uow, account_id, retainer_id)
    assigned = []
    for entry_id in entry_ids:
        entry = WORK.get(uow, account_id, entry_id)
        if not is_in_service(retainer, entry.on):
            message = f"{retainer.name} is not served on {entry.on}; choose another retainer for that day."
            raise RuleViolation("work.retainer", message, "retainer")
        assigned.append(replace(entry, retainer_id=retainer_id))
    if not assigned:
        raise RuleViolation("work.nothing", "Choose at least one entry.", "entries")
    for entry in assigned:
        WORK.update(uow, entry)
    changes = Changes(work=True, money=True, dates=True, account_ids=frozenset({account_id}))
    return Outcome(tuple(assigned), changes)


def _agreement(uow: UnitOfWork, account_id: str) -> AccountFile:
    return AccountFile(
        accounts.get_account(uow, account_id),
        list_retainers(uow, account_id),
        blocks=BLOCKS.of_account(uow, account_id),
    )
