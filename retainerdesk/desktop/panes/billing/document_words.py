"""An issued document in words: what it is, how each line and its total came about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from retainerdesk.desktop.formatting import day, duration, exact_percent, money, number, span
from retainerdesk.desktop.panes.billing.explanation_words import Line, explanation_lines
from retainerdesk.desktop.rate_words import stated_rate
from retainerdesk.domain.credit_shares import agreed_of
from retainerdesk.domain.invoice import Invoice, InvoiceLine, TaxTotal, Withholding
from retainerdesk.domain.work import Call, Expense, OneOffCharge, WorkEntry
from retainerdesk.services.explain_document import Entry, LineExplanation
from retainerdesk.services.register import RegisterRow

_MOST_ENTRIES = 12


def document_title(row: RegisterRow) -> str:
    """Such as "Invoice 2026-0041"."""
    return f"{'Credit note' if row.is_credit_note else 'Invoice'} {row.number}"


def document_facts(row: RegisterRow, today: date, related: Iterable[RegisterRow] = ()) -> str:
    """The lines under the title; `related` are the documents that correct or replace this one."""
    parts = [row.account_name]
    issued = f"issued {day(row.issued_on, today)}"
    parts.append(issued if row.is_credit_note or row.is_void else f"{issued}, due {day(row.due_on, today)}")
    lines = [" · ".join(parts)]
    if row.overdue:
        late = (today - row.due_on).days
        lines.append(f"{money(row.overdue)} is {late} day{'s' * (late != 1)} late")
    elif row.is_open and row.balance != row.payable:
        lines.append(f"{money(row.balance)} of {money(row.payable)} is open")
    elif row.balance.minor < 0:
        lines.append(f"{money(-row.balance)} of it is not used yet")
    if row.corrects is not None:
        verb = "corrects" if row.is_credit_note else "replaces"
        lines.append(f"{verb} {row.corrects}")
    lines += [_related(each) for each in related]
    if row.reason:
        lines.append(f"{'void' if row.is_void else 'reason'}: {row.reason}")
    return "\n".join(lines)


def _related(other: RegisterRow) -> str:
    if other.is_credit_note:
        return f"{other.number} takes back {money(-other.payable)}"
    return f"replaced by {other.number}"


def line_words(explained: LineExplanation, today: date) -> tuple[Line, ...]:
    """(label, text) behind one line: period, rule, plan, work, rounding, tax, entries."""
    line = explained.line
    lines: list[Line] = [("Period", span(line.key.service, today))]
    if explained.facts is None:
        return (*lines, *_credit_words(explained))
    own = [each for each in explanation_lines(explained.facts, today) if each[0] != "Instead"]
    lines += [each for each in own if each[0] != "Tax"]
    if line.details and explained.facts.hours is None:
        lines.append(("Printed", "\n".join(line.details)))
    if explained.entries:
        lines.append(("Entries", entry_words(explained.entries, today)))
    lines += [each for each in own if each[0] == "Tax"]
    lines.append(("Net", _net_words(line)))
    return tuple(dict.fromkeys(lines))


def _credit_words(explained: LineExplanation) -> Iterable[Line]:
    yield "Rule", "What was issued is never changed; a credit note takes it back"
    if explained.takes_back is not None:
        source, taken = explained.takes_back
        yield "Takes back", f"line {taken.position} of {source}: {money(agreed_of(taken))}"
    yield "Net", _net_words(explained.line)


def _net_words(line: InvoiceLine) -> str:
    if line.agreed is None:
        return f"{money(line.net)}, rounded once, half up"
    return f"{money(line.net)} of {money(line.agreed)} with the tax inside, rounded once, half up"


def entry_words(entries: tuple[Entry, ...], today: date) -> str:
    """The rows behind a line, one a text line; of very many the newest."""
    shown = entries[-_MOST_ENTRIES:]
    lines = [_entry(each, today) for each in shown]
    if len(shown) < len(entries):
        lines.insert(0, f"{len(entries) - len(shown)} earlier ones, and")
    return "\n".join(lines)


def _entry(entry: Entry, today: date) -> str:
    if isinstance(entry, WorkEntry):
        words = f"{day(entry.on, today)}  {duration(entry.minutes)}  {entry.text or entry.kind.value}"
        down = entry.written_down_minutes
        return f"{words} ({duration(down)} written down)" if down else words
    if isinstance(entry, Call):
        return f"{day(_local_day(entry.at), today)}  {entry.title}"
    if isinstance(entry, Expense):
        markup = f" + {number(entry.markup_percent)} %" if entry.markup_percent else ""
        return f"{day(entry.on, today)}  {money(entry.amount)}{markup}  {entry.text}"
    assert isinstance(entry, OneOffCharge)
    return f"{day(entry.on, today)}  {entry.text}"


def _local_day(at: datetime) -> date:
    return at.date()


def total_words(document: Invoice) -> tuple[Line, ...]:
    """How the total is made: sums of rounded parts."""
    lines: list[Line] = [("Net", f"{money(document.totals.net)}, the sum of the lines")]
    lines += [("Tax", _tax_words(each)) for each in document.totals.tax]
    lines.append(("Gross", money(document.totals.gross)))
    if document.withholding is not None:
        held = document.withholding
        lines.append(("Withheld", f"{money(held.amount)}, {_percent(held)} of the net, kept by the account"))
    if document.rounding:
        lines.append(("Rounding", f"{money(document.rounding)} to the coin, without tax"))
    if document.payable != document.totals.gross:
        lines.append(("To pay", money(document.payable)))
    if document.book_tax is not None:
        tax = document.book_tax
        lines.append((f"Tax in {tax.amount.currency}", f"{money(tax.amount)}, {stated_rate(tax.rate)}"))
    return tuple(lines)


def _percent(held: Withholding) -> str:
    return exact_percent(held.percent)


def _tax_words(total: TaxTotal) -> str:
    if not total.category.is_taxed:
        return f"none: {total.reason or total.category.value.replace('_', ' ')}"
    rate = exact_percent(total.rate_percent)
    return f"{rate} of {money(total.base)} = {money(total.amount)}, rounded once for the rate"
