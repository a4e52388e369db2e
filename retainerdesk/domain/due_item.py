"""One thing that needs attention; the rules that find such things stand apart, in `due`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from retainerdesk.domain.names import name_order


class DueKind(StrEnum):
    """What asks for attention, in the order of urgency that lists use within a day."""

    INVOICE_OVERDUE = "invoice_overdue"
    NOTICE_DEADLINE = "notice_deadline"
    PRICE_ANNOUNCEMENT = "price_announcement"
    RENEWAL = "renewal"
    INVOICE_TO_ISSUE = "invoice_to_issue"
    OVERAGE_TO_DECIDE = "overage_to_decide"
    LATE_WORK = "late_work"
    LOW_BALANCE = "low_balance"
    WORK_TO_ASSIGN = "work_to_assign"
    ACTION_DUE = "action_due"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class DueItem:
    """One thing that needs attention; `on` is the date that matters."""

    key: str
    kind: DueKind
    account_id: str
    account_name: str
    on: date
    text: str


def in_order(items: Iterable[DueItem]) -> list[DueItem]:
    """By date, then urgency, then account by `name_order`."""
    urgency = {kind: place for place, kind in enumerate(DueKind)}
    return sorted(items, key=lambda item: (item.on, urgency[item.kind], _by_account(item), item.key))


def _by_account(item: DueItem) -> tuple[str, str, str]:
    return name_order(item.account_name, item.account_id)
