"""Close usage periods and open them again; `late_work` is about what comes later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.closing_rules import (
    check_reopen,
    check_through,
    closable,
    closes_of,
    open_points,
    worth_closing,
)
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.late import LateEffect, late_effects
from retainerdesk.domain.period_close import LateDecision, PeriodClose, Reopened
from retainerdesk.domain.plan import UsageUnit
from retainerdesk.domain.retainer import Retainer
from retainerdesk.domain.usage import account_usage
from retainerdesk.domain.usage_period import UsagePeriod
from retainerdesk.services.business import list_people
from retainerdesk.services.results import Changes, Outcome
from retainerdesk.store.repositories import retainers
from retainerdesk.store.repositories.books import load_account_file, load_account_files
from retainerdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One usage period that is over: `usage.closed_on` None says that it can still be closed.

    `open_points` are sentences about what is not settled yet; they forbid nothing. `can_reopen` holds for
    the last closed period of a retainer. `is_empty`: it had nothing to close and closed with a later one.
    """

    account_id: str
    account_name: str
    retainer_id: str
    retainer_name: str
    currency: str
    usage: UsagePeriod
    open_points: tuple[str, ...] = ()
    can_reopen: bool = False
    is_empty: bool = False


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """A decision about late work, with the closed period it is about."""

    account_id: str
    account_name: str
    retainer_id: str
    retainer_name: str
    close: PeriodClose
    decided: LateDecision
    unit: UsageUnit


@dataclass(frozen=True, slots=True)
class ClosingBoard:
    """What can be closed, what is closed, the differences that wait and those decided; oldest first."""

    waiting: tuple[LateEffect, ...]
    closable: tuple[PeriodRow, ...]
    closed: tuple[PeriodRow, ...]
    decided: tuple[DecidedRow, ...]


@dataclass(frozen=True, slots=True)
class CloseCommand:
    """Close what ended by `through` (included): of every account, of one, or of one retainer."""

    through: date
    account_id: str | None = None
    retainer_id: str | None = None


def closing_board(uow: UnitOfWork, today: date, account_id: str | None = None) -> ClosingBoard:
    """Everything about closing, of one account or of all."""
    waiting: list[LateEffect] = []
    rows: list[PeriodRow] = []
    decided: list[DecidedRow] = []
    people = list_people(uow)
    for file in load_files(uow, account_id):
        ledgers = account_usage(file, today).ledgers
        waiting += late_effects(file, today, ledgers)
        for retainer in file.retainers:
            over = [each for each in ledgers[retainer.id] if each.closed and _is_listed(retainer, each)]
            rows += [_row(file, retainer, each, open_points(file, retainer, each, people)) for each in over]
            decided += _decided(file, retainer)
    rows.sort(key=lambda row: (row.usage.span, row.account_id, row.retainer_id))
    return ClosingBoard(
        tuple(waiting),
        tuple(row for row in rows if row.usage.closed_on is None),
        tuple(row for row in rows if row.usage.closed_on is not None),
        tuple(decided),
    )


def load_files(uow: UnitOfWork, account_id: str | None) -> Iterable[AccountFile]:
    """The whole file of one account, or of each."""
    return load_account_files(uow) if account_id is None else (load_account_file(uow, account_id),)


def _is_listed(retainer: Retainer, usage: UsagePeriod) -> bool:
    """One with something to close, and the one to open again, whatever it has."""
    return worth_closing(retainer, usage) or (usage.closed_on is not None and _is_last(retainer, usage))


def _is_last(retainer: Retainer, usage: UsagePeriod) -> bool:
    held = [each for each in retainer.closes if each.reopened is None]
    return bool(held) and held[-1].span == usage.span


def _row(
    file: AccountFile, retainer: Retainer, usage: UsagePeriod, points: tuple[str, ...] = ()
) -> PeriodRow:
    return PeriodRow(
        file.account.id, file.account.name, retainer.id, retainer.name, file.account.currency, usage, points,
        usage.closed_on is not None and _is_last(retainer, usage), not worth_closing(retainer, usage),
    )  # fmt: skip


def _decided(file: AccountFile, retainer: Retainer) -> Iterable[DecidedRow]:
    held = {each.span.start: each for each in retainer.closes if each.reopened is None}
    for each in retainer.late:
        if each.period_on in held:
            yield DecidedRow(
                file.account.id, file.account.name, retainer.id, retainer.name, held[each.period_on], each,
                retainer.plans[0].unit,
            )  # fmt: skip


def close_periods(uow: UnitOfWork, command: CloseCommand, today: date) -> Outcome[tuple[PeriodRow, ...]]:
    """Close every usage period that ended by `through`, earlier ones first; answers those it closed.

    Periods with nothing to close are closed only where a later one needs it, or their retainer is named.
    What is still open about one is said with it and does not hinder. Raises RuleViolation for a day that is
    not over, and for an unknown account or retainer.
    """
    check_through(command.through, today)
    people, done = list_people(uow), list[PeriodRow]()
    for file in load_files(uow, command.account_id):
        ledgers = account_usage(file, today).ledgers
        for retainer in chosen_retainers(file, command.retainer_id):
            over = closable(
                retainer, ledgers[retainer.id], command.through, is_named=command.retainer_id is not None
            )
            if over:
                made = closes_of(file, retainer, over, today)
                retainers.save_retainer(uow, _with_closes(retainer, *made))
                done += [
                    _row(file, retainer, each, open_points(file, retainer, each, people)) for each in over
                ]
    return Outcome(tuple(done), closing_changes(*{row.account_id for row in done}))


def chosen_retainers(file: AccountFile, retainer_id: str | None) -> Iterable[Retainer]:
    """One retainer of an account, or all. Raises RuleViolation if there is none of that id."""
    if retainer_id is None:
        return file.retainers
    if all(each.id != retainer_id for each in file.retainers):
        message = f"{file.account.name} has no retainer “{retainer_id}”."
        raise RuleViolation("retainer.unknown", message, "retainer")
    return (file.retainer(retainer_id),)


def _with_closes(retainer: Retainer, *made: PeriodClose) -> Retainer:
    others = [each for each in retainer.closes if all(_key(each) != _key(mine) for mine in made)]
    return replace(retainer, closes=tuple(sorted((*others, *made), key=_key)))


def _key(close: PeriodClose) -> tuple[date, int]:
    return close.span.start, close.number


def reopen_period(
    uow: UnitOfWork, account_id: str, retainer_id: str, period_on: date, reason: str, today: date
) -> Outcome[PeriodClose]:
    """Open the last closed period of a retainer again; the closing and the reason are kept.

    Raises RuleViolation if overage was invoiced from it since, or late work decided about.
    """
    file = load_account_file(uow, account_id)
    (retainer,) = chosen_retainers(file, retainer_id)
    close = check_reopen(file, retainer, period_on, reason)
    opened = replace(close, reopened=Reopened(today, reason.strip()))
    retainers.save_retainer(uow, _with_closes(retainer, opened))
    return Outcome(opened, closing_changes(account_id))


def closing_changes(*account_ids: str) -> Changes:
    """What is to be read anew after closings or late work of these accounts changed."""
    if not account_ids:
        return Changes()
    return Changes(agreement=True, work=True, money=True, dates=True, account_ids=frozenset(account_ids))
