"""Why a document comes to what it does: each line with its plan, its work, its rounding; each tax group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from retainerdesk.domain.belonging import calls_of, work_of
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.credit import is_credit_key
from retainerdesk.domain.credit_shares import agreed_of, source_of
from retainerdesk.domain.invoice import Charge, ChargeKind, Invoice, InvoiceLine
from retainerdesk.domain.plan import UsageUnit
from retainerdesk.domain.work import Call, Expense, OneOffCharge, WorkEntry
from retainerdesk.services.explain import ChargeExplanation, explain_in
from retainerdesk.services.invoices import get_invoice
from retainerdesk.store.repositories.books import load_account_file
from retainerdesk.store.unit_of_work import UnitOfWork

Entry = WorkEntry | Call | Expense | OneOffCharge


@dataclass(frozen=True, slots=True)
class LineExplanation:
    """What is behind one line, as the book knows it today.

    `entries` are the rows it was made from, in order of date: work or calls of a usage period, the expense or
    the one-off charge. `takes_back` is the line a credit note takes back, with the number of its document.
    """

    line: InvoiceLine
    facts: ChargeExplanation | None
    entries: tuple[Entry, ...] = ()
    takes_back: tuple[str, InvoiceLine] | None = None


@dataclass(frozen=True, slots=True)
class DocumentExplanation:
    """A document and its lines, explained in their order."""

    document: Invoice
    lines: tuple[LineExplanation, ...]


def explain_document(uow: UnitOfWork, number: str, today: date) -> DocumentExplanation:
    """The facts behind every line of a document. Raises RuleViolation if there is none of that number."""
    document = get_invoice(uow, number)
    file = load_account_file(uow, document.account_id)
    corrected = None if document.corrects is None else _find(file, document.corrects)
    lines = tuple(_explained(file, document, corrected, line, today) for line in document.lines)
    return DocumentExplanation(document, lines)


def _find(file: AccountFile, number: str) -> Invoice | None:
    return next((each for each in file.invoices if each.number == number), None)


def _explained(
    file: AccountFile, document: Invoice, corrected: Invoice | None, line: InvoiceLine, today: date
) -> LineExplanation:
    if is_credit_key(line.key):
        return LineExplanation(line, None, takes_back=_taken_back(corrected, line))
    facts = explain_in(file, _charge_of(line, document), today)
    return LineExplanation(line, facts, _entries(file, line, facts))


def _taken_back(corrected: Invoice | None, line: InvoiceLine) -> tuple[str, InvoiceLine] | None:
    if corrected is None:
        return None
    for each in corrected.lines:
        if source_of(corrected.number, each.position) == line.key.source_id:
            return corrected.number, each
    return None


def _charge_of(line: InvoiceLine, document: Invoice) -> Charge:
    """The charge a line was, as far as the line still tells."""
    return Charge(
        line.key, document.issued_on, line.quantity, line.unit_price, agreed_of(line), line.text, line.tax,
        details=line.details, basis=line.basis, minutes=line.minutes, unit=line.unit,
    )  # fmt: skip


def _entries(file: AccountFile, line: InvoiceLine, facts: ChargeExplanation) -> tuple[Entry, ...]:
    source = line.key.source_id
    if line.key.kind is ChargeKind.EXPENSE:
        return tuple(each for each in file.expenses if each.id == source)
    if line.key.kind is ChargeKind.ONE_OFF:
        return tuple(each for each in file.charges if each.id == source)
    if facts.hours is None:
        return ()
    span = facts.hours.usage.span
    if facts.hours.usage.unit is UsageUnit.SESSIONS:
        calls = calls_of(file, facts.retainer)
        return tuple(each for each in calls if each.burns_session and each.at.date() in span)
    work = work_of(file, facts.retainer)
    return tuple(each for each in work if each.kind.is_chargeable and each.on in span)
