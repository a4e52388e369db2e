"""Number series: which one numbers a document, what it gives out next, and how people change it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter

from retainerdesk.domain.account import Account, NumberGap, Series, SeriesPurpose
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.issuing import IssueSlot
from retainerdesk.domain.numbering import (
    NumberRange,
    next_numbers,
    number_ranges,
    render,
    series_for,
    year_of,
)
from retainerdesk.domain.series_changes import begun, changed, check_series, with_gap
from retainerdesk.services.results import Changes, Outcome
from retainerdesk.store.chain import chain_head
from retainerdesk.store.queries.issue_dates import sequences_of
from retainerdesk.store.repositories import parties
from retainerdesk.store.unit_of_work import UnitOfWork

INVOICE_SERIES = Series("invoice", "{year}-{number:04}")
CREDIT_SERIES = Series("credit_note", "CN-{year}-{number:04}", purpose=SeriesPurpose.CREDIT_NOTE)
_USUAL = {each.purpose: each for each in (INVOICE_SERIES, CREDIT_SERIES)}


@dataclass(frozen=True, slots=True)
class SeriesCommand:
    """A series as it should be; its `next` is the next number today. `reason` explains numbers left out."""

    series: Series
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SeriesEdit:
    """One thing to do with the series: add or change one (`asked` says how), or leave numbers of one out.

    `series_id` is the series concerned; None adds one.
    """

    asked: SeriesCommand | NumberGap
    series_id: str | None = None


def list_series(uow: UnitOfWork) -> tuple[Series, ...]:
    """The number series of the book, by id."""
    return parties.list_series(uow)


def get_series(uow: UnitOfWork, series_id: str) -> Series:
    """The series of that id. Raises RuleViolation if there is none."""
    return _named(list_series(uow), series_id)


def _named(known: tuple[Series, ...], series_id: str) -> Series:
    found = next((each for each in known if each.id == series_id), None)
    if found is None:
        ids = ", ".join(each.id for each in known) or "none yet"
        message = f"There is no series “{series_id}”; the book has: {ids}."
        raise RuleViolation("series.unknown", message, "id")
    return found


def is_in_use(uow: UnitOfWork, series_id: str) -> bool:
    """Whether the series has documents."""
    return bool(sequences_of(uow, series_id))


def next_three(series: Series, today: date) -> tuple[str, ...]:
    """The next three numbers of a series on a day. Raises RuleViolation for a format that is refused."""
    numbers = next_numbers(series, today)
    return tuple(next(numbers)[1] for _ in range(3))


def default_series(uow: UnitOfWork, purpose: SeriesPurpose, chosen: str | None = None) -> Series:
    """The series that numbers a document: what an account chose, or the default; a usual one if none is."""
    return default_of(list_series(uow), purpose, chosen)


def default_of(known: tuple[Series, ...], purpose: SeriesPurpose, chosen: str | None = None) -> Series:
    """The same of series that were read before."""
    found = series_for(known, purpose, chosen)
    if found is None and any(each.id == purpose.value for each in known):
        what = purpose.value.replace("_", " ")
        message = f"No series numbers a {what}: add one under Settings, Number series, or with “series add”."
        raise RuleViolation("series.none", message)
    return found or _USUAL[purpose]


def series_of_account(uow: UnitOfWork, account: Account) -> Series:
    """The series that numbers the invoices of an account."""
    return default_series(uow, SeriesPurpose.INVOICE, account.series_id)


def take_slot(
    uow: UnitOfWork, series: Series, today: date, known: tuple[Series, ...] | None = None
) -> IssueSlot:
    """The next place of a series, taken in this transaction; a usual series is made with its first number.

    `known` are the series of the book, if they were read before; another document may have made one since.
    """
    is_known = known is not None and any(each.id == series.id for each in known)
    if series in _USUAL.values() and not is_known and all(each.id != series.id for each in list_series(uow)):
        parties.save_series(uow, series)
    place = parties.take_number(uow, series.id, today)
    number = render(series, place.sequence, today)
    return IssueSlot(series.id, number, place.sequence, today, chain_head(uow), place.year)


def numbers_for(uow: UnitOfWork, accounts: Iterable[Account], today: date) -> tuple[NumberRange, ...]:
    """The numbers that one invoice for each of `accounts`, in this order, would take today, by series.

    An account stands there once for each of its invoices.
    """
    known = list_series(uow)
    counts: dict[Series, int] = {}
    for account in accounts:
        chosen = series_for(known, SeriesPurpose.INVOICE, account.series_id) or INVOICE_SERIES
        counts[chosen] = counts.get(chosen, 0) + 1
    return tuple(each for series, count in counts.items() for each in number_ranges(series, count, today))


def add_series(uow: UnitOfWork, command: SeriesCommand, today: date) -> Outcome[Series]:
    """Add a series. Refuses a taken id, another's format, and a first number above 1 without a reason."""
    return _kept(uow, SeriesEdit(command), today)


def change_series(uow: UnitOfWork, command: SeriesCommand, today: date) -> Outcome[Series]:
    """Change a series. Its numbers never go down, and go up only with a reason, kept as a gap."""
    return _kept(uow, SeriesEdit(command, command.series.id), today)


def add_gap(uow: UnitOfWork, series_id: str, gap: NumberGap, today: date) -> Outcome[Series]:
    """Record numbers an old program used, with the reason; the series passes over those still to come."""
    return _kept(uow, SeriesEdit(gap, series_id), today)


def save_series_edits(
    uow: UnitOfWork, edits: Iterable[SeriesEdit], today: date
) -> Outcome[tuple[Series, ...]]:
    """Do several things with the series, in order, all or none."""
    changes = Changes()
    for edit in edits:
        changes |= _kept(uow, edit, today).changes
    return Outcome(list_series(uow), changes)


def series_after(uow: UnitOfWork, edits: Iterable[SeriesEdit], today: date) -> tuple[Series, ...]:
    """The series as they would be after these edits. Writes nothing; refuses what saving would refuse."""
    known = list_series(uow)
    for edit in edits:
        known = _with(known, _edited(uow, known, edit, today))
    return known


def _edited(uow: UnitOfWork, known: tuple[Series, ...], edit: SeriesEdit, today: date) -> Series:
    if edit.series_id is None:
        assert isinstance(edit.asked, SeriesCommand)
        return _begun(known, edit.asked, today)
    before = _named(known, edit.series_id)
    if isinstance(edit.asked, NumberGap):
        taken = sequences_of(uow, before.id, edit.asked.year or year_of(before, today))
        return with_gap(before, edit.asked, today, taken)
    check_series(replace(edit.asked.series, gaps=()), known)
    in_use = is_in_use(uow, before.id)
    return changed(before, edit.asked.series, today, edit.asked.reason, in_use=in_use)


def _begun(known: tuple[Series, ...], command: SeriesCommand, today: date) -> Series:
    if any(each.id == command.series.id for each in known):
        message = f"There is a series “{command.series.id}” already; choose another short name."
        raise RuleViolation("series.id", message, "id")
    check_series(command.series, known)
    return begun(command.series, today, command.reason)


def _kept(uow: UnitOfWork, edit: SeriesEdit, today: date) -> Outcome[Series]:
    """Do one thing with the series and write what differs."""
    known = list_series(uow)
    series = _edited(uow, known, edit, today)
    after = _with(known, series)
    for each in after:
        if each not in known:
            parties.save_series(uow, each)
    changes = Changes(business=True, money=True) if after != known else Changes()
    return Outcome(series, changes)


def _with(known: tuple[Series, ...], series: Series) -> tuple[Series, ...]:
    """The series with one added or replaced, by id; there is one default for a purpose."""
    others = [each for each in known if each.id != series.id]
    if series.is_default:
        others = [
            replace(each, is_default=False) if each.purpose is series.purpose else each for each in others
        ]
    return tuple(sorted((*others, series), key=attrgetter("id")))
