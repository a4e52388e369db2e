"""Each kind of stored row in words: icon, bold title, muted rest, and what stands at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from retainerdesk.desktop.formatting import day, days, duration, money, span
from retainerdesk.desktop.theme.tokens import Tone
from retainerdesk.domain.money import Money
from retainerdesk.domain.sent_letter import step_words
from retainerdesk.services.document_state import InvoiceState
from retainerdesk.services.money_facts import InvoiceFact
from retainerdesk.services.timeline import TimelineRow

WORK_KINDS = {
    "delivery": "delivery",
    "call": "call",
    "prep": "preparation",
    "account_management": "account management",
    "out_of_scope": "out of scope",
}
_SIDES = {"us": "by us", "them": "by them"}


@dataclass(frozen=True, slots=True)
class TimelineNames:
    """What stored ids stand for, and what is known of documents and payments, as of `today`.

    `unassigned` are the ids of work that is charged to no retainer though it could be.
    """

    today: date
    people: Mapping[str, str] = field(default_factory=dict)
    retainers: Mapping[str, str] = field(default_factory=dict)
    invoices: Mapping[str, InvoiceFact] = field(default_factory=dict)
    settled_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    received: Mapping[str, Money] = field(default_factory=dict)
    charges: Mapping[str, Money] = field(default_factory=dict)
    unassigned: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Words:
    """What a line says, not yet placed. `extra` goes on behind the title: "· delivery", "for 2026-0041".

    `struck` stands crossed out before the amount: what it was before some of it was given up.
    """

    icon: str
    title: str
    extra: str = ""
    detail: str = ""
    amount: str = ""
    sub: str = ""
    amount_tone: Tone = "neutral"
    sub_tone: Tone = "neutral"
    struck: str = ""


def words_of(row: TimelineRow, names: TimelineNames) -> Words:
    """The words of a row; a kind nobody has described yet still shows its own text."""
    return _WORDS.get(row.kind, _other)(row, names)


def _other(row: TimelineRow, _names: TimelineNames) -> Words:
    return Words("circle-dashed", row.title, detail=row.detail)


def _work(row: TimelineRow, names: TimelineNames) -> Words:
    kind = WORK_KINDS.get(row.title, row.title)
    tone: Tone = "warn" if row.title == "out_of_scope" else "neutral"
    is_loose = row.id in names.unassigned
    minutes, given_up = row.minutes or 0, row.given_up or 0
    return Words(
        "timer",
        "Work",
        f"· {kind}",
        row.detail,
        duration(minutes - given_up),
        "charged to no retainer" if is_loose else _person(row, names),
        amount_tone=tone,
        sub_tone="warn" if is_loose else "neutral",
        struck=duration(minutes) if given_up else "",
    )


def _call(row: TimelineRow, _names: TimelineNames) -> Words:
    return Words("phone", row.title, "", row.detail, duration(row.minutes or 0), row.time or "")


def _note(row: TimelineRow, _names: TimelineNames) -> Words:
    title, _, rest = row.title.strip().partition("\n")
    return Words("sticky-note", title, detail=" ".join(rest.split()), sub=row.time or "")


def _action(row: TimelineRow, names: TimelineNames) -> Words:
    return Words("square-check-big", row.title, "· done", sub=_person(row, names))


def _decision(row: TimelineRow, _names: TimelineNames) -> Words:
    return Words("gavel", row.title, detail=row.detail, sub="decision")


def _document(row: TimelineRow, names: TimelineNames) -> Words:
    return Words("file-text", row.title, detail=names.retainers.get(row.detail, row.detail), sub="document")


def _expense(row: TimelineRow, _names: TimelineNames) -> Words:
    return Words("receipt", "Expense", "", row.title, _amount(row))


def _charge(row: TimelineRow, names: TimelineNames) -> Words:
    amount = names.charges.get(row.id)
    return Words("tag", "One-off charge", "", row.title, money(amount) if amount is not None else "")


def _invoice(row: TimelineRow, names: TimelineNames) -> Words:
    title = "Credit note" if (row.amount_minor or 0) < 0 else "Invoice"
    words = Words("receipt-text", f"{title} {row.id}", amount=_amount(row))
    fact = names.invoices.get(row.id)
    if fact is None:
        return words
    sub, tone = _standing(fact, names)
    return replace(words, detail=_lines(fact, names), sub=sub, sub_tone=tone)


def _lines(fact: InvoiceFact, names: TimelineNames) -> str:
    """Each line with the days it is for, where they are more than one."""
    parts = [
        f"{text}, {span(service, names.today)}" if service.days > 1 else text for text, service in fact.lines
    ]
    return "; ".join(parts)


def _standing(fact: InvoiceFact, names: TimelineNames) -> tuple[str, Tone]:
    late = fact.days_late or 0
    if fact.state is InvoiceState.OVERDUE:
        return f"{days((names.today - fact.due_on).days)} late", "bad"
    if fact.state is InvoiceState.PAID:
        return (f"paid {days(late)} late", "warn") if late else ("paid", "good")
    if fact.state is InvoiceState.VOID:
        return "void", "neutral"
    if fact.state is InvoiceState.CREDIT:
        return "in credit", "good"
    if fact.state is InvoiceState.SETTLED:
        return "settled", "neutral"
    part = "part paid, " if fact.state is InvoiceState.PART_PAID else ""
    return f"{part}due {day(fact.due_on, names.today)}", "neutral"


def _payment(row: TimelineRow, names: TimelineNames) -> Words:
    numbers = names.settled_by.get(row.id, ())
    extra = f"for {', '.join(numbers)}" if numbers else "· not allocated yet"
    timing = [_timing(names.invoices[each], row) for each in numbers if each in names.invoices]
    detail = ", ".join(part for part in (row.title, *(timing if len(timing) == 1 else [])) if part)
    received = names.received.get(row.id)
    came = f"{money(received)} received" if received is not None else ""
    return Words("banknote", "Payment", extra, detail, _amount(row), came, amount_tone="good")


def _timing(fact: InvoiceFact, row: TimelineRow) -> str:
    ahead = (fact.due_on - row.on).days
    if ahead == 0:
        return "on the day it was due"
    return f"{days(ahead)} before due" if ahead > 0 else f"{days(-ahead)} late"


def _letter(row: TimelineRow, _names: TimelineNames) -> Words:
    what = "Statement of account" if row.detail == "statement" else row.title or step_words(row.detail)
    return Words("mail", what, "· sent", "", _amount(row), "letter")


def _retainer(row: TimelineRow, _names: TimelineNames) -> Words:
    return Words("handshake", "Retainer begins", f"· {row.title}")


def _notice(row: TimelineRow, _names: TimelineNames) -> Words:
    return Words("flag", "Notice given", f"{_SIDES.get(row.detail, '')} · {row.title}".strip())


def _ended(row: TimelineRow, _names: TimelineNames) -> Words:
    return Words("calendar-x", "Retainer ended", f"· {row.title}")


def _plan(row: TimelineRow, names: TimelineNames) -> Words:
    name = names.retainers.get(row.title, row.title)
    return Words("file-pen-line", "New terms", f"· {name}", row.detail, _amount(row), "fee")


def _person(row: TimelineRow, names: TimelineNames) -> str:
    return names.people.get(row.person or "", row.person or "")


def _amount(row: TimelineRow) -> str:
    if row.amount_minor is None or row.currency is None:
        return ""
    return money(Money(row.amount_minor, row.currency))


_WORDS: dict[str, Callable[[TimelineRow, TimelineNames], Words]] = {
    "work": _work,
    "call": _call,
    "note": _note,
    "action": _action,
    "decision": _decision,
    "document": _document,
    "charge": _charge,
    "expense": _expense,
    "invoice": _invoice,
    "payment": _payment,
    "letter": _letter,
    "retainer": _retainer,
    "notice": _notice,
    "ended": _ended,
    "plan": _plan,
}
