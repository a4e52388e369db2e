"""What happened with an account, row by row, as it stands in a book file."""

from __future__ import annotations

from retainerdesk.domain.invoice import Allocation, Payment, Settlement, Skip
from retainerdesk.domain.work import (
    Action,
    Call,
    Decision,
    DocumentFile,
    Expense,
    Note,
    OneOffCharge,
    WorkEntry,
)
from retainerdesk.exchange.book.write_parties import tax_node
from retainerdesk.exchange.book.write_rates import received_members
from retainerdesk.exchange.book.write_values import Node, Unless, amount, day, members, moment, plain, rate


def work_node(row: WorkEntry) -> dict[str, Node]:
    """Minutes of one person on one day."""
    return {
        "id": row.id,
        "on": day(row.on),
        "minutes": row.minutes,
        "person": row.person_id,
        "kind": row.kind.value,
        "retainer": row.retainer_id,
        "text": row.text,
    } | members(
        {
            "written_down_minutes": Unless(0, row.written_down_minutes),
            "write_down_reason": Unless("", row.write_down_reason),
        }
    )


def call_node(row: Call) -> dict[str, Node]:
    """A meeting, to the minute."""
    return members(
        {
            "id": row.id,
            "at": moment(row.at),
            "minutes": row.minutes,
            "title": row.title,
            "text": row.text,
            "contacts": list(row.contact_ids),
            "retainer": Unless(None, row.retainer_id),
            "burns_session": Unless(True, row.burns_session),
        }
    )


def note_node(row: Note) -> dict[str, Node]:
    """A text, to the minute."""
    return {"id": row.id, "at": moment(row.at), "text": row.text, "touch": row.touch}


def action_node(row: Action) -> dict[str, Node]:
    """A next step."""
    return members(
        {
            "id": row.id,
            "text": row.text,
            "owner": row.owner,
            "due_on": day(row.due_on),
            "done_on": day(row.done_on),
            "snoozed_until": Unless(None, day(row.snoozed_until)),
        }
    )


def decision_node(row: Decision) -> dict[str, Node]:
    """A commercial decision."""
    return {"id": row.id, "on": day(row.on), "text": row.text, "reason": row.reason}


def charge_node(row: OneOffCharge, currency: str) -> dict[str, Node]:
    """A one-off line; `currency` is that of the account."""
    return {
        "id": row.id,
        "on": day(row.on),
        "text": row.text,
        "quantity": plain(row.quantity),
        "unit_price": rate(row.unit_price, currency),
        "discount_percent": plain(row.discount_percent),
        "tax": None if row.tax is None else tax_node(row.tax),
    }


def expense_node(row: Expense) -> dict[str, Node]:
    """Money spent, in the currency of the account."""
    return {
        "id": row.id,
        "on": day(row.on),
        "amount": str(row.amount),
        "text": row.text,
        "rebill": row.rebill,
    } | members({"markup_percent": Unless("0", plain(row.markup_percent))})


def payment_node(row: Payment) -> dict[str, Node]:
    """A payment that settles one invoice with all of it names that `invoice`; others list `allocations`."""
    whole = row.allocations[0].invoice_number if _is_whole(row) else None
    listed = [] if whole is not None else [_allocation_node(part) for part in row.allocations]
    return members(
        {
            "id": row.id,
            "on": day(row.on),
            "amount": str(row.paid),
            **received_members(row),
            "invoice": whole,
            "allocations": Unless([], listed),
            "fee": amount(row.fee),
            "text": Unless("", row.text),
        }
    )


def _is_whole(row: Payment) -> bool:
    return len(row.allocations) == 1 and row.allocations[0].amount == row.amount


def _allocation_node(part: Allocation) -> dict[str, Node]:
    return {"invoice": part.invoice_number, "amount": str(part.amount)}


def document_node(row: DocumentFile) -> dict[str, Node]:
    """A kept file, named by its content."""
    return members(
        {
            "id": row.id,
            "on": day(row.on),
            "name": row.name,
            "sha256": row.sha256,
            "retainer": row.retainer_id,
            "size_bytes": Unless(None, row.size_bytes),
        }
    )


def settlement_node(row: Settlement) -> dict[str, Node]:
    """Money moved without being received; documents by their numbers."""
    return {
        "id": row.id,
        "on": day(row.on),
        "kind": row.kind.value,
        "amount": str(row.amount),
        "invoice": row.invoice_number,
        "source": row.source_number,
        "reason": row.reason,
    }


def skip_node(row: Skip) -> dict[str, Node]:
    """The key of the charge that is not to be invoiced, with the reason."""
    return {
        "retainer": row.key.retainer_id or None,
        "charge": row.key.kind.value,
        "from": day(row.key.service.start),
        "to": day(row.key.service.end),
        "sequence": row.key.sequence,
        "source": row.key.source_id or None,
        "reason": row.reason,
        "decided_on": day(row.decided_on),
        "net": amount(row.net),
    }
