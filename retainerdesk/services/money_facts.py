"""What the timeline says about documents and payments beside their amounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from retainerdesk.domain.instalments import next_due
from retainerdesk.domain.invoice import Payment
from retainerdesk.domain.money import Money
from retainerdesk.domain.payments import balances, days_late
from retainerdesk.domain.period import Period
from retainerdesk.services.document_state import InvoiceState, corrected_by, state_of
from retainerdesk.services.timeline import TimelineRow
from retainerdesk.store.repositories import accounts, invoices, payments
from retainerdesk.store.repositories.billables import CHARGES
from retainerdesk.store.repositories.corrections import SETTLEMENTS
from retainerdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class InvoiceFact:
    """When a document is due, what it waits for, and its lines in order: a text and the days it is for.

    `due_on` is that of the earliest open instalment, if it has some.

    `days_late` is None while there is nothing to judge; of a paid one it is how late it was paid.
    """

    number: str
    due_on: date
    state: InvoiceState
    days_late: int | None
    lines: tuple[tuple[str, Period], ...]


@dataclass(frozen=True, slots=True)
class MoneyFacts:
    """Documents by number, and the numbers that each payment settles by the payment's id.

    `received` is what arrived of payments in another currency, `charges` what one-off charges come to, by
    their ids.
    """

    invoices: Mapping[str, InvoiceFact]
    settled_by: Mapping[str, tuple[str, ...]]
    received: Mapping[str, Money] = field(default_factory=dict)
    charges: Mapping[str, Money] = field(default_factory=dict)


def load_money_facts(
    uow: UnitOfWork, account_id: str, today: date, rows: Sequence[TimelineRow]
) -> MoneyFacts:
    """What these rows of an account say, as of `today`: its documents, and those its payments settle."""
    documents, received = _ids(rows, "invoice"), _ids(rows, "payment")
    charges = _charges(uow, account_id, _ids(rows, "charge"))
    if not documents and not received:
        return MoneyFacts({}, {}, charges=charges)
    paid = payments.payments_about(uow, account_id, received, documents)
    settled_by = {each.id: _numbers(each) for each in paid if each.id in received}
    named = documents.union(*settled_by.values())
    issued = invoices.list_invoices(uow, account_ids=[account_id], numbers=named)
    settled = SETTLEMENTS.of_account(uow, account_id)
    open_now, corrected = balances(issued, paid, today, settled), corrected_by(settled)
    facts = {
        each.number: InvoiceFact(
            each.number,
            next_due(each, open_now[each.number]),
            state_of(each, open_now[each.number], today, corrected=each.number in corrected),
            days_late(each, paid, today, settled),
            tuple((line.text, line.key.service) for line in each.lines),
        )
        for each in issued
        if each.issued_on <= today
    }
    foreign = {each.id: each.received for each in paid if each.id in received and each.received}
    return MoneyFacts(facts, settled_by, foreign, charges)


def _charges(uow: UnitOfWork, account_id: str, ids: set[str]) -> dict[str, Money]:
    if not ids:
        return {}
    currency = accounts.get_account(uow, account_id).currency
    # Most pages of a timeline list no charge, and the first window is one of them.
    from retainerdesk.domain.entered_charges import one_off_net

    listed = CHARGES.of_account(uow, account_id)
    return {each.id: one_off_net(each, currency) for each in listed if each.id in ids}


def _ids(rows: Iterable[TimelineRow], kind: str) -> set[str]:
    return {row.id for row in rows if row.kind == kind}


def _numbers(payment: Payment) -> tuple[str, ...]:
    return tuple(allocation.invoice_number for allocation in payment.allocations)
