"""Agreements: add a retainer, change its plans, pauses and dates. A plan a document used never changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from retainerdesk.domain.charging import issued_lines
from retainerdesk.domain.closing_rules import check_kept_periods
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import ChargeKind
from retainerdesk.domain.retainer import Retainer, check_retainer
from retainerdesk.domain.schedule import billing_periods
from retainerdesk.services.results import Changes, Outcome
from retainerdesk.store.repositories import retainers
from retainerdesk.store.repositories.books import load_account_file
from retainerdesk.store.unit_of_work import UnitOfWork


def list_retainers(uow: UnitOfWork, account_id: str) -> tuple[Retainer, ...]:
    """The retainers of an account, in order of their start."""
    return tuple(retainers.retainers_by_account(uow, [account_id]).get(account_id, ()))


def get_retainer(uow: UnitOfWork, account_id: str, retainer_id: str) -> Retainer:
    """The retainer of that id; RuleViolation if there is none."""
    return retainers.get_retainer(uow, account_id, retainer_id)


def add_retainer(uow: UnitOfWork, retainer: Retainer) -> Outcome[Retainer]:
    """Add a retainer; its id must be free in the account."""
    check_retainer(retainer)
    if any(each.id == retainer.id for each in list_retainers(uow, retainer.account_id)):
        message = f"This account already has a retainer “{retainer.id}”; choose another short name."
        raise RuleViolation("retainer.id", message, "id")
    retainers.save_retainer(uow, retainer)
    return Outcome(retainer, _changes(retainer))


def change_retainer(uow: UnitOfWork, retainer: Retainer) -> Outcome[Retainer]:
    """Change a retainer. A plan that an issued document used stays as it is; a change is a new plan."""
    check_retainer(retainer)
    before = retainers.get_retainer(uow, retainer.account_id, retainer.id)
    # Closing is an act of its own: a change of terms, or its undo, keeps what was closed and decided since.
    retainer = replace(retainer, closes=before.closes, late=before.late)
    check_kept_periods(before, retainer)
    used = used_plans(uow, before)
    for plan in before.plans:
        if plan.from_on in used and plan not in retainer.plans:
            message = (
                f"The plan from {plan.from_on} was used by an issued invoice and cannot change. "
                "Add a new plan from the day the new terms hold."
            )
            raise RuleViolation("plan.used", message, "plans")
    if used and retainer.starts_on != before.starts_on:
        message = "The start cannot move: periods counted from it were invoiced already."
        raise RuleViolation("retainer.start", message, "starts_on")
    retainers.save_retainer(uow, retainer)
    return Outcome(retainer, _changes(retainer))


def remove_retainer(uow: UnitOfWork, retainer: Retainer) -> Outcome[Retainer]:
    """Take out a retainer that nothing refers to yet."""
    retainers.delete_retainer(uow, retainer.account_id, retainer.id)
    return Outcome(retainer, _changes(retainer))


def used_plans(uow: UnitOfWork, retainer: Retainer) -> frozenset[date]:
    """The `from_on` of every plan in force on a day that an issued document of the retainer covers."""
    file = load_account_file(uow, retainer.account_id)
    used: set[date] = set()
    for line in issued_lines(file):
        if line.key.retainer_id == retainer.id and line.key.kind is not ChargeKind.CORRECTION:
            used.add(retainer.plan_on(line.key.service.start).from_on)
    return frozenset(used)


def starts_in_the_past(retainer: Retainer, today: date) -> bool:
    """Whether whole periods lie behind `today`, so that somebody must say if they are settled already."""
    periods = billing_periods(retainer, today)
    return any(each.span.end <= today for each in periods)


def first_open_day(retainer: Retainer, today: date) -> date:
    """The first day of the period that runs on `today`: what to enter where earlier ones are settled."""
    running = [each.span.start for each in billing_periods(retainer, today) if each.span.end > today]
    return running[0] if running else today


def _changes(retainer: Retainer) -> Changes:
    return Changes(agreement=True, money=True, dates=True, account_ids=frozenset({retainer.account_id}))
