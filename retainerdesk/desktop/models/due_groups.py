"""What needs attention, in groups, with words for its date and the one thing to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from retainerdesk.desktop.formatting import day, due_day, house_style, near_day
from retainerdesk.desktop.widgets.text import TextTone
from retainerdesk.domain.due_item import DueItem, DueKind
from retainerdesk.services.summaries import DueReport

_SOON_DAYS = 14
_DEADLINES = (DueKind.NOTICE_DEADLINE, DueKind.PRICE_ANNOUNCEMENT, DueKind.RENEWAL)
_GROUPS: tuple[tuple[str, str, tuple[DueKind, ...]], ...] = (
    ("money", "Money", (DueKind.INVOICE_OVERDUE, DueKind.INVOICE_TO_ISSUE)),
    ("dates", "Dates to speak before", _DEADLINES),
    (
        "decisions",
        "Decisions",
        (DueKind.OVERAGE_TO_DECIDE, DueKind.LATE_WORK, DueKind.LOW_BALANCE, DueKind.WORK_TO_ASSIGN),
    ),
    ("people", "People", (DueKind.QUIET,)),
    ("actions", "Actions", (DueKind.ACTION_DUE,)),
)  # fmt: skip
_ICONS = {
    DueKind.INVOICE_OVERDUE: "clock-alert",
    DueKind.INVOICE_TO_ISSUE: "receipt-text",
    DueKind.NOTICE_DEADLINE: "calendar-clock",
    DueKind.PRICE_ANNOUNCEMENT: "trending-up",
    DueKind.RENEWAL: "refresh-cw",
    DueKind.OVERAGE_TO_DECIDE: "scale",
    DueKind.LATE_WORK: "clock-alert",
    DueKind.LOW_BALANCE: "hourglass",
    DueKind.WORK_TO_ASSIGN: "unlink",
    DueKind.QUIET: "circle-dashed",
    DueKind.ACTION_DUE: "square-check",
}
# What to do: the word of the deed and its text. Kinds without one only lead to their account.
_DEEDS = {
    DueKind.INVOICE_OVERDUE: ("payment", "Record payment…"),
    DueKind.INVOICE_TO_ISSUE: ("issue_invoices", "Issue…"),
    DueKind.OVERAGE_TO_DECIDE: ("decide_overage", "Decide…"),
    DueKind.LOW_BALANCE: ("show_block", "Open block…"),
    DueKind.WORK_TO_ASSIGN: ("assign_work", "Assign…"),
    DueKind.LATE_WORK: ("decide_late", "Decide…"),
    DueKind.QUIET: ("log_call", "Log call…"),
    DueKind.ACTION_DUE: ("complete", "Done"),
}


@dataclass(frozen=True, slots=True)
class DueLine:
    """One item ready to be shown. `deed` is empty where going to the account is all there is to do."""

    key: str
    kind: DueKind
    account_id: str
    account_name: str
    icon: str
    text: str
    when: str
    when_tone: TextTone
    deed: str
    deed_text: str


@dataclass(frozen=True, slots=True)
class DueGroup:
    """Lines under one heading in order of date; of money, what is overdue comes first."""

    key: str
    title: str
    remark: str
    lines: tuple[DueLine, ...]


def due_groups(report: DueReport) -> tuple[DueGroup, ...]:
    """The groups that are not empty."""
    groups = []
    for key, title, kinds in _GROUPS:
        items = [item for item in report.items if item.kind in kinds]
        if key == "money":
            items.sort(key=_is_not_overdue)
        if items:
            lines = tuple(due_line(item, report.as_of) for item in items)
            groups.append(DueGroup(key, title, _remark(key, items), lines))
    return tuple(groups)


def due_line(item: DueItem, today: date) -> DueLine:
    """One item in words. What people typed is left as they typed it."""
    text = item.text if item.kind is DueKind.ACTION_DUE else _sentence(item.text)
    when, tone = _when(item, today)
    deed, deed_text = ("show_draft", "Open draft…") if _draft_of(item) else _DEEDS.get(item.kind, ("", ""))
    return DueLine(
        item.key, item.kind, item.account_id, item.account_name, _ICONS[item.kind], text, when, tone, deed,
        deed_text,
    )  # fmt: skip


def overage_place(line: DueLine) -> tuple[str, date] | None:
    """Retainer and first day of the period an overage belongs to; None for any other line."""
    if line.kind is not DueKind.OVERAGE_TO_DECIDE:
        return None
    rest = line.key.removeprefix(f"{line.kind.value}/{line.account_id}/")
    retainer_id, _, on = rest.rpartition("/")
    return retainer_id, date.fromisoformat(on)


def block_id(line: DueLine) -> str:
    """The id of the block a line is about; "" for any other line."""
    prefix = f"{DueKind.LOW_BALANCE.value}/{line.account_id}/"
    return line.key.removeprefix(prefix).rpartition("/")[0] if line.kind is DueKind.LOW_BALANCE else ""


def draft_id(line: DueLine) -> str:
    """The id of the draft a line is about; "" for any other line."""
    return _draft_of(line)


def action_id(line: DueLine) -> str:
    """The id of the action a line is about; "" for any other line."""
    prefix = f"{DueKind.ACTION_DUE.value}/{line.account_id}/"
    return line.key.removeprefix(prefix) if line.kind is DueKind.ACTION_DUE else ""


def headline(report: DueReport) -> str:
    """5 things need you: 3 about money, 2 actions."""
    groups = due_groups(report)
    total = len(report.items)
    words = {
        "money": "about money",
        "dates": "to speak about",
        "decisions": "to decide",
        "people": "gone quiet",
    }
    parts = []
    for group in groups:
        count = len(group.lines)
        plural = "action" if count == 1 else "actions"
        parts.append(f"{count} {words.get(group.key, plural)}")
    start = "1 thing needs you" if total == 1 else f"{total} things need you"
    return f"{start}: {', '.join(parts)}" if parts else "Nothing needs you today"


def _draft_of(item: DueItem | DueLine) -> str:
    prefix = f"{DueKind.INVOICE_TO_ISSUE.value}/{item.account_id}/draft/"
    return item.key.removeprefix(prefix) if item.key.startswith(prefix) else ""


def _is_not_overdue(item: DueItem) -> bool:
    return item.kind is not DueKind.INVOICE_OVERDUE


def _sentence(text: str) -> str:
    styled = house_style(text)
    return styled[:1].upper() + styled[1:]


def _when(item: DueItem, today: date) -> tuple[str, TextTone]:
    is_past = item.on < today
    if item.kind is DueKind.INVOICE_OVERDUE:
        return f"due {day(item.on, today)}", "bad"
    if item.kind in (DueKind.INVOICE_TO_ISSUE, DueKind.QUIET):
        return (f"since {near_day(item.on, today)}" if is_past else near_day(item.on, today)), "muted"
    if item.kind in (DueKind.OVERAGE_TO_DECIDE, DueKind.LATE_WORK):
        return f"period from {day(item.on, today)}", "muted"
    if is_past:
        return near_day(item.on, today), "bad"
    soon = item.kind in _DEADLINES and item.on <= today + timedelta(days=_SOON_DAYS)
    return due_day(item.on, today), "warn" if soon else "muted"


def _remark(key: str, items: Iterable[DueItem]) -> str:
    if key != "money":
        return ""
    kinds = [item.kind for item in items]
    late, ready = kinds.count(DueKind.INVOICE_OVERDUE), kinds.count(DueKind.INVOICE_TO_ISSUE)
    return " · ".join([*([f"{late} overdue"] if late else []), *([f"{ready} to issue"] if ready else [])])
