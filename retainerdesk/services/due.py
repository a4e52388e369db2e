"""What needs attention in the whole book, what was announced already, and what rests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from retainerdesk.domain.due_item import in_order
from retainerdesk.services.kept_facts import load_digests
from retainerdesk.services.results import Changes, Outcome
from retainerdesk.services.summaries import DueReport
from retainerdesk.store.repositories import book_state
from retainerdesk.store.unit_of_work import UnitOfWork


def find_due(uow: UnitOfWork, today: date) -> DueReport:
    """Everything due as of `today` that does not rest, and which of it was never announced."""
    told = book_state.list_notified(uow)
    items = in_order(item for account in load_digests(uow, today) for item in account.due)
    awake = [item for item in items if not _rests(told.get(item.key), today)]
    fresh = tuple(item for item in awake if item.key not in told)
    return DueReport(today, tuple(awake), fresh)


def _rests(told: book_state.Notified | None, today: date) -> bool:
    return told is not None and told.snoozed_until is not None and told.snoozed_until > today


def mark_notified(uow: UnitOfWork, keys: Iterable[str], today: date) -> Outcome[None]:
    """Remember that these items were announced; they are not announced again, also after a restart."""
    book_state.mark_notified(uow, keys, today)
    return Outcome(None, Changes())


def snooze_item(uow: UnitOfWork, key: str, until: date, today: date) -> Outcome[None]:
    """Let an item rest until a day, on which it shows again."""
    book_state.snooze(uow, key, until, today)
    return Outcome(None, Changes(dates=True))
