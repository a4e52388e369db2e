"""The register: every numbered document with what is open of it, its totals, and the list as a CSV file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from retainerdesk.domain.instalments import next_due, past_due
from retainerdesk.domain.invoice import DocumentKind, Invoice
from retainerdesk.domain.money import Money
from retainerdesk.domain.payments import balances
from retainerdesk.services.document_state import InvoiceState, corrected_by, state_of
from retainerdesk.store.repositories import invoices, payments
from retainerdesk.store.repositories.corrections import SETTLEMENTS
from retainerdesk.store.unit_of_work import UnitOfWork
from retainerdesk.system.private_files import replace_file

# Read by spreadsheets, which take a file without it for the code page of the machine.
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One document of the register.

    `due_on` is when the earliest part that is still open is due. `balance` is what remains open: below zero
    for a credit note that is not used up, zero for a void document; `overdue` is the part of it that was due
    before the day of the list. `reason` is why it corrects `corrects`, or why it is void.
    """

    number: str
    account_id: str
    account_name: str
    kind: DocumentKind
    issued_on: date
    due_on: date
    net: Money
    gross: Money
    payable: Money
    balance: Money
    overdue: Money
    state: InvoiceState
    corrects: str | None = None
    reason: str = ""

    @property
    def is_void(self) -> bool:
        return self.state is InvoiceState.VOID

    @property
    def is_credit_note(self) -> bool:
        return self.kind is DocumentKind.CREDIT_NOTE

    @property
    def is_open(self) -> bool:
        """Whether money is still to come for it."""
        return self.balance.minor > 0


@dataclass(frozen=True, slots=True)
class RegisterTotals:
    """What documents of one currency come to: credit notes count against, void ones not at all.

    `open` is what is still to come, `overdue` the part of it that is late, `credit` what of credit notes is
    not used yet (zero or above).
    """

    net: Money
    open: Money
    overdue: Money
    credit: Money


def list_register(uow: UnitOfWork, today: date, account_id: str | None = None) -> tuple[RegisterRow, ...]:
    """Every document, newest first, of one account or of all. Reads no lines."""
    ids = None if account_id is None else [account_id]
    documents = invoices.documents_of(uow, account_id)
    paid = [each for own in payments.payments_by_account(uow, ids).values() for each in own]
    settled = [each for own in SETTLEMENTS.by_account(uow, ids).values() for each in own]
    open_now, corrected = balances(documents, paid, settlements=settled), corrected_by(settled)
    return tuple(
        _row(each, open_now[each.number], today, corrected=each.number in corrected)
        for each in reversed(documents)
    )


def _row(document: Invoice, balance: Money, today: date, *, corrected: bool) -> RegisterRow:
    reason = document.voided.reason if document.voided else document.reason
    return RegisterRow(
        document.number, document.account_id, document.buyer.name, document.kind, document.issued_on,
        next_due(document, balance), document.totals.net, document.totals.gross, document.payable, balance,
        past_due(document, balance, today), state_of(document, balance, today, corrected=corrected),
        document.corrects, reason,
    )  # fmt: skip


def register_totals(rows: Iterable[RegisterRow]) -> tuple[RegisterTotals, ...]:
    """The totals of these documents, one a currency in the order of its code. Currencies are never added."""
    sums: dict[str, list[int]] = {}
    for row in rows:
        # Plain minor units: a register of ten years is added up while somebody types.
        own = sums.setdefault(row.net.currency, [0, 0, 0, 0])
        if not row.is_void:
            own[0] += row.net.minor
        own[1] += max(row.balance.minor, 0)
        own[2] += row.overdue.minor
        own[3] += max(-row.balance.minor, 0)
    return tuple(
        RegisterTotals(*(Money(minor, currency) for minor in own)) for currency, own in sorted(sums.items())
    )


_HEADER = (
    "number", "kind", "account", "account_id", "issued_on", "due_on", "currency", "net", "tax", "gross",
    "payable", "open", "overdue", "state", "corrects", "reason",
)  # fmt: skip


def register_csv(rows: Iterable[RegisterRow]) -> str:
    """The rows as CSV in their order: days as 2026-11-22, amounts with a point and a minus sign.

    No cell is one that a spreadsheet would calculate. The amounts of a void document are as it was issued.
    """
    from retainerdesk.exchange.table_csv import write_table

    return write_table(_HEADER, (_cells(row) for row in rows))


def _cells(row: RegisterRow) -> tuple[str | Money | date | None, ...]:
    return (
        row.number, row.kind.value, row.account_name, row.account_id, row.issued_on, row.due_on,
        row.net.currency, row.net, row.gross - row.net, row.gross, row.payable, row.balance, row.overdue,
        row.state.value, row.corrects, row.reason,
    )  # fmt: skip


def save_register_csv(rows: Sequence[RegisterRow], target: Path) -> None:
    """Write the rows as a CSV file, whole or not at all. Raises EnvironmentProblem if it cannot be."""
    replace_file(target, _MARK + register_csv(rows).encode("utf-8"))
