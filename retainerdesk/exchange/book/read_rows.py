"""What happened with an account, row by row, read from a book file."""

from __future__ import annotations

from decimal import Decimal

from retainerdesk.domain.invoice import (
    Allocation,
    ChargeKey,
    ChargeKind,
    Payment,
    Settlement,
    SettlementKind,
    Skip,
)
from retainerdesk.domain.money import Money
from retainerdesk.domain.work import (
    Action,
    Call,
    Decision,
    DocumentFile,
    Expense,
    Note,
    OneOffCharge,
    WorkEntry,
    WorkKind,
)
from retainerdesk.exchange.book.fields import Fields
from retainerdesk.exchange.book.read_parties import read_maybe_tax, sha256
from retainerdesk.exchange.book.read_rates import read_received
from retainerdesk.exchange.book.read_span import read_span
from retainerdesk.exchange.book.scope import Scope


def read_work(fields: Fields, scope: Scope) -> WorkEntry:
    """Minutes of one person on one day; on, minutes and person are required."""
    entry = WorkEntry(
        account_id=scope.account_id,
        id=fields.identifier("id", ""),
        on=fields.day("on"),
        minutes=fields.integer("minutes"),
        person_id=fields.identifier("person"),
        kind=fields.choice("kind", WorkKind, WorkKind.DELIVERY),
        retainer_id=scope.retainer(fields, "retainer"),
        text=fields.text("text", ""),
        written_down_minutes=fields.integer("written_down_minutes", 0),
        write_down_reason=fields.text("write_down_reason", ""),
    )
    fields.close()
    if entry.written_down_minutes > entry.minutes:
        fields.refuse("written_down_minutes", f"is more than the {entry.minutes} minutes worked.")
    scope.check_person(fields, "person", entry.person_id)
    return entry


def read_call(fields: Fields, scope: Scope) -> Call:
    """A meeting; at, minutes and title are required."""
    call = Call(
        account_id=scope.account_id,
        id=fields.identifier("id", ""),
        at=fields.moment("at"),
        minutes=fields.integer("minutes"),
        title=fields.text("title"),
        text=fields.text("text", ""),
        contact_ids=fields.identifiers("contacts"),
        retainer_id=scope.retainer(fields, "retainer"),
        burns_session=fields.flag("burns_session", default=True),
    )
    fields.close()
    scope.check_contacts(fields, "contacts", call.contact_ids)
    return call


def read_note(fields: Fields, scope: Scope) -> Note:
    """A text at a time; at and text are required."""
    note = Note(
        account_id=scope.account_id,
        id=fields.identifier("id", ""),
        at=fields.moment("at"),
        text=fields.text("text"),
        touch=fields.flag("touch"),
    )
    fields.close()
    return note


def read_action(fields: Fields, scope: Scope) -> Action:
    """A next step; only its text is required."""
    action = Action(
        account_id=scope.account_id,
        id=fields.identifier("id", ""),
        text=fields.text("text"),
        owner=fields.text("owner", ""),
        due_on=fields.maybe_day("due_on"),
        done_on=fields.maybe_day("done_on"),
        snoozed_until=fields.maybe_day("snoozed_until"),
    )
    fields.close()
    return action


def read_decision(fields: Fields, scope: Scope) -> Decision:
    """A commercial decision; on and text are required."""
    decision = Decision(
        account_id=scope.account_id,
        id=fields.identifier("id", ""),
        on=fields.day("on"),
        text=fields.text("text"),
        reason=fields.text("reason", ""),
    )
    fields.close()
    return decision


def read_charge(fields: Fields, scope: Scope) -> OneOffCharge:
    """A one-off line; on, text and unit price are required, the quantity is 1 unless told."""
    charge = OneOffCharge(
        account_id=scope.account_id,
        id=fields.identifier("id", ""),
        on=fields.day("on"),
        text=fields.text("text"),
        quantity=fields.decimal("quantity", "1", digits=10, least=None),
        unit_price=fields.decimal("unit_price", least=None),
        discount_percent=fields.decimal("discount_percent", "0", most=100),
        tax=read_maybe_tax(fields, "tax"),
    )
    fields.close()
    return charge


def read_expense(fields: Fields, scope: Scope) -> Expense:
    """Money spent, in the currency of the account; on and amount are required."""
    expense = Expense(
        account_id=scope.account_id,
        id=fields.identifier("id", ""),
        on=fields.day("on"),
        amount=fields.money("amount", scope.currency),
        text=fields.text("text", ""),
        rebill=fields.flag("rebill"),
        markup_percent=fields.decimal("markup_percent", "0"),
    )
    fields.close()
    return expense


def read_payment(fields: Fields, scope: Scope) -> Payment:
    """Money received. `invoice` settles one invoice with all of it; `allocations` say how it is split.

    With another `currency` than the account's, amount and fee are in that one: `settles` says what they are
    in the account's, or follows from `rate`.
    """
    received = read_received(fields, scope.currency)
    payment = Payment(
        account_id=scope.account_id,
        id=fields.identifier("id", ""),
        on=fields.day("on"),
        amount=received.settles,
        allocations=_read_allocations(fields, received.settles),
        fee=fields.maybe_money("fee", received.paid.currency, least=0),
        text=fields.text("text", ""),
        received=received.foreign,
        rate=received.rate,
    )
    fields.close()
    return payment


def _read_allocations(fields: Fields, whole: Money) -> tuple[Allocation, ...]:
    single = fields.maybe_identifier("invoice")
    listed = tuple(_read_allocation(part, whole.currency) for part in fields.children("allocations"))
    if single is not None and listed:
        fields.refuse("allocations", "stands beside invoice; give one of the two.")
    allocated = sum((part.amount.as_decimal() for part in listed), Decimal(0))
    if listed and allocated > max(whole.as_decimal(), Decimal(0)):
        fields.refuse("allocations", f"add up to {allocated}, more than the payment of {whole}.")
    numbers = [part.invoice_number for part in listed]
    for number in sorted({number for number in numbers if numbers.count(number) > 1}):
        fields.refuse("allocations", f"name invoice {number} twice; join them.")
    return (Allocation(single, whole),) if single is not None else listed


def _read_allocation(fields: Fields, currency: str) -> Allocation:
    part = Allocation(
        invoice_number=fields.identifier("invoice"), amount=fields.money("amount", currency, least=0)
    )
    fields.close()
    return part


def read_document(fields: Fields, scope: Scope) -> DocumentFile:
    """A kept file; on, name and its SHA-256 are required."""
    document = DocumentFile(
        account_id=scope.account_id,
        id=fields.identifier("id", ""),
        on=fields.day("on"),
        name=fields.text("name"),
        sha256=sha256(fields, "sha256"),
        retainer_id=scope.retainer(fields, "retainer"),
        size_bytes=fields.maybe_integer("size_bytes", most=2**53),
    )
    fields.close()
    return document


def read_settlement(fields: Fields, scope: Scope) -> Settlement:
    """Money moved without being received; on, kind and an amount above zero are required."""
    settlement = Settlement(
        account_id=scope.account_id,
        id=fields.identifier("id", ""),
        on=fields.day("on"),
        kind=fields.choice("kind", SettlementKind),
        amount=fields.money("amount", scope.currency, least=0),
        invoice_number=fields.maybe_identifier("invoice"),
        source_number=fields.maybe_identifier("source"),
        reason=fields.text("reason", ""),
    )
    fields.close()
    needs_invoice = settlement.kind is not SettlementKind.REFUND
    if needs_invoice != (settlement.invoice_number is not None):
        fields.refuse("invoice", f"{'is needed' if needs_invoice else 'has no place'} in this kind.")
    if (settlement.kind is SettlementKind.CREDIT) and settlement.source_number is None:
        fields.refuse("source", "is needed: the credit note that is used.")
    if settlement.kind is SettlementKind.WRITE_OFF and settlement.source_number is not None:
        fields.refuse("source", "has no place in a write-off.")
    if not settlement.amount:
        fields.refuse("amount", "must be above zero.")
    return settlement


def read_skip(fields: Fields, scope: Scope) -> Skip:
    """A charge decided not to be invoiced; everything but retainer, sequence and source is required."""
    retainer_id = scope.retainer(fields, "retainer")
    skip = Skip(
        key=read_key(fields, scope.account_id, retainer_id),
        reason=fields.text("reason"),
        decided_on=fields.day("decided_on"),
        net=fields.maybe_money("net", scope.currency),
    )
    fields.close()
    return skip


def read_key(fields: Fields, account_id: str, retainer_id: str | None) -> ChargeKey:
    """What makes a charge one thing: kind, service span, sequence and source, beside its retainer."""
    return ChargeKey(
        account_id=account_id,
        retainer_id=retainer_id or "",
        kind=fields.choice("charge", ChargeKind),
        service=read_span(fields),
        sequence=fields.integer("sequence", 1, least=1),
        source_id=fields.maybe_identifier("source") or "",
    )
