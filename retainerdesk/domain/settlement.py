"""What may be settled without money coming in: credit applied, write-offs, refunds, and voids.

Nothing is ever settled beyond what is open, and nothing is paid back twice. Source: handbook, "Billing" 7.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.credit import creditable_lines, credits_of
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import Invoice, Settlement, SettlementKind
from retainerdesk.domain.money import Money
from retainerdesk.domain.payments import balances, unapplied_credit


def balances_of(file: AccountFile, as_of: date | None = None) -> dict[str, Money]:
    """What remains open of every document of an account, payments and settlements counted."""
    return balances(file.invoices, file.payments, as_of, file.settlements)


def credit_of(file: AccountFile, as_of: date | None = None) -> Money:
    """What the account paid and no invoice took, in its currency, less what was paid back."""
    none = Money(0, file.account.currency)
    return unapplied_credit(file.invoices, file.payments, as_of, file.settlements).get(none.currency, none)


def refundable(file: AccountFile, source_number: str | None = None) -> Money:
    """What can be paid back: what is left of a credit note, or (None) of what the account paid."""
    if source_number is None:
        found = credit_of(file)
    else:
        found = -balances_of(file)[credit_note_of(file, source_number).number]
    return Money(max(0, found.minor), found.currency)


def writable_off(file: AccountFile, number: str) -> Money:
    """What can be written off an invoice: what is open, and neither credited nor written off."""
    invoice = invoice_of(file, number)
    credited = sum(-note.payable.minor for note in credits_of(number, file.invoices))
    left = invoice.payable.minor - credited - written_off(file, number).minor
    return Money(max(0, min(left, balances_of(file)[number].minor)), invoice.currency)


def written_off(file: AccountFile, number: str) -> Money:
    """What of an invoice was given up as uncollectable."""
    own = [each for each in file.settlements if each.invoice_number == number]
    minor = sum(each.amount.minor for each in own if each.kind is SettlementKind.WRITE_OFF)
    return Money(minor, file.account.currency)


def check_credit_note(file: AccountFile, note: Invoice) -> None:
    """Raise RuleViolation for a credit note that, with what was written off, exceeds its invoice.

    What was given up has left the books already; taking it back once more would be a second loss.
    """
    invoice = invoice_of(file, note.corrects or "")
    off = written_off(file, invoice.number)
    credited = sum(-each.payable.minor for each in credits_of(invoice.number, file.invoices))
    left = Money(max(0, invoice.payable.minor - off.minor - credited), invoice.currency)
    if off and left < -note.payable:
        message = (
            f"{off} {off.currency} of {invoice.number} is written off, so at most {left} can be credited:"
            " credit less, or take the write-off back first."
        )
        raise RuleViolation("credit.written_off", message, "amount")


def check_settlement(file: AccountFile, settlement: Settlement) -> None:
    """Raise RuleViolation for a settlement that does not fit what the account's file already has."""
    if settlement.amount.minor <= 0:
        raise RuleViolation("settlement.amount", "The amount must be above zero.", "amount")
    if settlement.kind is SettlementKind.CREDIT:
        _check_applied(file, settlement)
    elif settlement.kind is SettlementKind.WRITE_OFF:
        _check_write_off(file, settlement)
    else:
        _check_refund(file, settlement)


def _check_applied(file: AccountFile, settlement: Settlement) -> None:
    note = credit_note_of(file, settlement.source_number or "")
    invoice = invoice_of(file, settlement.invoice_number or "")
    left = refundable(file, note.number)
    _check_within(settlement.amount, left, f"Of credit note {note.number} {left} {left.currency} is left")
    owed = balances_of(file)[invoice.number]
    _check_within(settlement.amount, owed, f"Of {invoice.number} {owed} {owed.currency} is open")
    _check_day(settlement, note, invoice)


def _check_write_off(file: AccountFile, settlement: Settlement) -> None:
    invoice = invoice_of(file, settlement.invoice_number or "")
    if settlement.source_number is not None:
        raise RuleViolation("settlement.source", "A write-off has no credit note behind it.", "source")
    _check_reason(settlement, "Say why it will not come; the reason is kept.")
    left = writable_off(file, invoice.number)
    said = f"Of {invoice.number} {left} {left.currency} can be written off"
    _check_within(settlement.amount, left, said)
    _check_day(settlement, invoice)


def _check_refund(file: AccountFile, settlement: Settlement) -> None:
    if settlement.invoice_number is not None:
        message = "A refund is of a credit note or of unused money, not of an invoice; credit that first."
        raise RuleViolation("settlement.invoice", message, "invoice")
    _check_reason(settlement, "Say why it is paid back; the reason is kept.")
    left = refundable(file, settlement.source_number)
    what = f"credit note {settlement.source_number}" if settlement.source_number else "what was paid"
    _check_within(settlement.amount, left, f"Of {what} {left} {left.currency} is left to pay back")
    if settlement.source_number is not None:
        _check_day(settlement, credit_note_of(file, settlement.source_number))


def _check_reason(settlement: Settlement, message: str) -> None:
    if not settlement.reason.strip():
        raise RuleViolation("settlement.reason", message, "reason")


def _check_within(amount: Money, left: Money, said: str) -> None:
    if amount.currency != left.currency or amount.minor > max(0, left.minor):
        message = f"{said}, not {amount} {amount.currency}."
        raise RuleViolation("settlement.over", message, "amount")


def _check_day(settlement: Settlement, *documents: Invoice) -> None:
    for each in documents:
        if settlement.on < each.issued_on:
            message = f"{each.number} was issued on {each.issued_on}; choose that day or a later one."
            raise RuleViolation("settlement.date", message, "on")


def document_of(file: AccountFile, number: str) -> Invoice:
    """The document of that number; RuleViolation for one that is void or not there."""
    for invoice in file.invoices:
        if invoice.number == number:
            if invoice.is_void():
                raise RuleViolation("settlement.void", f"{number} is void; nothing is open on it.", "number")
            return invoice
    raise RuleViolation("settlement.unknown", f"{file.account.name} has no document {number}.", "number")


def invoice_of(file: AccountFile, number: str) -> Invoice:
    """The invoice of that number; RuleViolation for a credit note, or what `document_of` refuses."""
    found = document_of(file, number)
    if found.is_credit_note:
        message = f"{number} is a credit note; name the invoice it is for."
        raise RuleViolation("settlement.kind", message, "number")
    return found


def credit_note_of(file: AccountFile, number: str) -> Invoice:
    """The credit note of that number; RuleViolation for anything else."""
    found = document_of(file, number)
    if not found.is_credit_note:
        raise RuleViolation("settlement.kind", f"{number} is not a credit note.", "source")
    return found


def check_void(file: AccountFile, number: str, reason: str, on: date) -> Invoice:
    """The document that may be voided; RuleViolation for one that money or another document stands on."""
    found = next((each for each in file.invoices if each.number == number), None)
    if found is None:
        raise RuleViolation("void.unknown", f"{file.account.name} has no document {number}.", "number")
    if found.is_void():
        since = f" since {found.voided.on}" if found.voided else ""
        raise RuleViolation("void.twice", f"{number} is void already{since}; nothing was changed.", "number")
    if not reason.strip():
        raise RuleViolation("void.reason", "Say why it is void; the reason is kept.", "reason")
    if on < found.issued_on:
        message = f"{number} was issued on {found.issued_on}; it cannot be void before."
        raise RuleViolation("void.date", message, "on")
    held = _held_by(file, found)
    if held:
        message = f"{number} has {held}: issue a credit note instead."
        raise RuleViolation("void.in_use", message, "number")
    return found


def _held_by(file: AccountFile, document: Invoice) -> str:
    """What stands on a document, in words; empty if nothing does."""
    number = document.number
    if any(part.invoice_number == number for each in file.payments for part in each.allocations):
        return "a payment"
    if notes := credits_of(number, file.invoices):
        return f"credit note {notes[0].number}"
    own = [each for each in file.settlements if number in (each.invoice_number, each.source_number)]
    words = {
        SettlementKind.CREDIT: "credit applied",
        SettlementKind.WRITE_OFF: "a write-off",
        SettlementKind.REFUND: "a refund",
    }
    return words[own[0].kind] if own else ""


def settlement_findings(file: AccountFile) -> Iterable[str]:
    """What is wrong with the settlements and credit notes of an account, a sentence each."""
    documents = {each.number: each for each in file.invoices}
    for each in file.settlements:
        for number in (each.invoice_number, each.source_number):
            if number is not None and (number not in documents or documents[number].is_void()):
                yield f"settlement {each.id} names {number}, which is void or not there"
    for number, balance in balances_of(file).items():
        document = documents[number]
        if not _between(Money(0, balance.currency), balance, document.payable):
            yield f"{number}: more is settled than the document gives"
        if document.is_credit_note and document.corrects not in documents:
            yield f"{number}: corrects {document.corrects}, which is not there"
        yield from _over_credited(document, file.invoices)
    if credit_of(file).minor < 0:
        yield "more was paid back than the account had paid"


def _over_credited(document: Invoice, documents: Sequence[Invoice]) -> Iterable[str]:
    none = Money(0, document.currency)
    for line in creditable_lines(document, documents):
        if not _between(none, line.left, line.agreed):
            yield f"{document.number}: more of line {line.position} is credited than it came to"


def _between(one: Money, value: Money, other: Money) -> bool:
    return min(one, other) <= value <= max(one, other)
