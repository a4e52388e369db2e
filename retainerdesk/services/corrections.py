"""Correct what was issued without changing it: credit notes, voids, write-offs, refunds, credit applied.

Every command is one unit of work whose caller commits, so that running it without the commit is the dry run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from retainerdesk.domain import deposit_rules
from retainerdesk.domain.account import Series, SeriesPurpose
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.credit import CreditRequest, draw_up_credit
from retainerdesk.domain.credit_use import propose_credit_use
from retainerdesk.domain.deposit_rules import check_credit
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import Invoice, Payment, Settlement, SettlementKind, Voided
from retainerdesk.domain.money import Money
from retainerdesk.domain.settlement import (
    check_credit_note,
    check_settlement,
    check_void,
    refundable,
    writable_off,
)
from retainerdesk.domain.work import WorkEntry
from retainerdesk.services.business import get_business
from retainerdesk.services.invoices import get_invoice
from retainerdesk.services.number_series import default_series, take_slot
from retainerdesk.services.results import Changes, Outcome
from retainerdesk.store.queries.issue_dates import last_issue_dates
from retainerdesk.store.repositories import corrections, invoices, payments
from retainerdesk.store.repositories.books import load_account_file
from retainerdesk.store.repositories.corrections import SETTLEMENTS
from retainerdesk.store.repositories.history import WORK
from retainerdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class CreditCommand:
    """What to take back of an invoice: `amounts` by line as agreed, or a `gross` amount with tax, or all."""

    number: str
    reason: str
    amounts: Mapping[int, Money] | None = None
    gross: Money | None = None


@dataclass(frozen=True, slots=True)
class CreditResult:
    """The credit note, and what of it was used at once for the invoice it corrects (None: nothing open)."""

    note: Invoice
    applied: Settlement | None

    @property
    def left(self) -> Money:
        """What the account has in credit from it: to be applied elsewhere or paid back."""
        used = self.applied.amount if self.applied else Money(0, self.note.currency)
        return -self.note.payable - used


def issue_credit_note(uow: UnitOfWork, command: CreditCommand, today: date) -> Outcome[CreditResult]:
    """Take back an invoice or a part of it; what is still open of the invoice is settled with it at once.

    The credit note takes a number of its own series, which is made with the first one.
    """
    invoice, file = _with_file(uow, command.number)
    series = default_series(uow, SeriesPurpose.CREDIT_NOTE)
    _check_clock(uow, series, today)
    request = CreditRequest(command.reason, command.amounts, command.gross)
    slot = take_slot(uow, series, today)
    note = draw_up_credit(invoice, file.invoices, request, get_business(uow), file.account, slot)
    check_credit(file, note)
    check_credit_note(file, note)
    issued = invoices.issue(uow, note)
    applied = _apply(uow, file.account.id, issued, invoice.number, today)
    return Outcome(CreditResult(issued, applied), _money(file))


def _check_clock(uow: UnitOfWork, series: Series, today: date) -> None:
    last = last_issue_dates(uow).get(series.id)
    if last is not None and today < last:
        message = (
            f"Today is {today}, but a credit note was already issued on {last}: check the clock of this"
            " computer; documents are numbered in order of date."
        )
        raise RuleViolation("credit.clock", message)


def _apply(uow: UnitOfWork, account_id: str, note: Invoice, number: str, today: date) -> Settlement | None:
    file = load_account_file(uow, account_id)
    use = propose_credit_use(file, source_number=note.number, invoice_number=number)
    made = [_applied(file, each, today) for each in use.applied]
    SETTLEMENTS.add(uow, *made)
    return made[0] if made else None


def _applied(file: AccountFile, used: tuple[str, str, Money], today: date) -> Settlement:
    source, number, amount = used
    return _settlement(file, SettlementKind.CREDIT, amount, today, invoice=number, source=source)


def _settlement(
    file: AccountFile,
    kind: SettlementKind,
    amount: Money,
    today: date,
    *,
    invoice: str | None = None,
    source: str | None = None,
    reason: str = "",
) -> Settlement:
    """A settlement with the first free id of its kind and day, checked against the file."""
    taken = {each.id for each in file.settlements}
    stem = f"{kind.value.replace('_', '-')}-{today}"
    number = 1
    while (name := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    made = Settlement(file.account.id, name, today, kind, amount, invoice, source, reason.strip())
    check_settlement(file, made)
    return made


def void_document(uow: UnitOfWork, number: str, reason: str, today: date) -> Outcome[Invoice]:
    """Cancel a document nothing stands on: its number stays, its charges are due to be invoiced again.

    The next run proposes them, and the document it issues names the void one.
    """
    _, file = _with_file(uow, number)
    document = check_void(file, number, reason, today)
    deposit_rules.check_void(file, number)
    void = corrections.void(uow, document, Voided(today, reason.strip()))
    return Outcome(void, _money(file))


def write_off(
    uow: UnitOfWork, number: str, reason: str, today: date, amount: Money | None = None
) -> Outcome[Settlement]:
    """Give up what is open of an invoice, or a part of it, as uncollectable."""
    _, file = _with_file(uow, number)
    wanted = amount or writable_off(file, number)
    made = _settlement(file, SettlementKind.WRITE_OFF, wanted, today, invoice=number, reason=reason)
    SETTLEMENTS.add(uow, made)
    return Outcome(made, _money(file))


def refund(
    uow: UnitOfWork,
    account_id: str,
    reason: str,
    today: date,
    *,
    amount: Money | None = None,
    source_number: str | None = None,
) -> Outcome[Settlement]:
    """Pay back what is left of a credit note, or (without one) of what the account paid and nothing took."""
    file = load_account_file(uow, account_id)
    wanted = amount or refundable(file, source_number)
    made = _settlement(file, SettlementKind.REFUND, wanted, today, source=source_number, reason=reason)
    SETTLEMENTS.add(uow, made)
    return Outcome(made, _money(file))


@dataclass(frozen=True, slots=True)
class CreditUsed:
    """What was settled with credit: credit notes applied, and payments as they are allocated now."""

    settlements: tuple[Settlement, ...]
    payments: tuple[Payment, ...]


def apply_credit(
    uow: UnitOfWork,
    account_id: str,
    today: date,
    *,
    source_number: str | None = None,
    invoice_number: str | None = None,
    amount: Money | None = None,
) -> Outcome[CreditUsed]:
    """Use the credit of an account for what it owes, oldest due first: credit notes, then unused money.

    Raises RuleViolation if nothing could be used, so that nobody believes it was.
    """
    file = load_account_file(uow, account_id)
    use = propose_credit_use(file, source_number=source_number, invoice_number=invoice_number, limit=amount)
    if not use.applied and not use.payments:
        message = f"{file.account.name} has no credit to use, or nothing open to use it for."
        raise RuleViolation("credit.nothing", message, "amount")
    made = tuple(_applied(file, each, today) for each in use.applied)
    SETTLEMENTS.add(uow, *made)
    for payment in use.payments:
        payments.update_payment(uow, payment)
    return Outcome(CreditUsed(made, use.payments), _money(file))


def write_down(
    uow: UnitOfWork, account_id: str, entry_id: str, minutes: int, reason: str
) -> Outcome[WorkEntry]:
    """Give up minutes of a work entry (0: none any more); they cost, but are neither used nor overage.

    In a period that is invoiced already the difference is proposed as a correction by the next run.
    """
    entry = WORK.get(uow, account_id, entry_id)
    if not 0 <= minutes <= entry.minutes:
        message = f"The entry has {entry.minutes} minutes; write down between 0 and all of them."
        raise RuleViolation("write_down.minutes", message, "minutes")
    if minutes and not reason.strip():
        message = "Say why the time is given up; the reason is kept."
        raise RuleViolation("write_down.reason", message, "reason")
    said = reason.strip() if minutes else ""
    changed = replace(entry, written_down_minutes=minutes, write_down_reason=said)
    WORK.update(uow, changed)
    changes = Changes(work=True, money=True, dates=True, account_ids=frozenset({account_id}))
    return Outcome(changed, changes)


def take_back_settlement(uow: UnitOfWork, settlement: Settlement) -> Outcome[Settlement]:
    """Take out a write-off, a refund or applied credit that was recorded by mistake."""
    SETTLEMENTS.delete(uow, settlement.account_id, settlement.id)
    ids = frozenset({settlement.account_id})
    return Outcome(settlement, Changes(money=True, dates=True, account_ids=ids))


def list_settlements(uow: UnitOfWork, account_id: str) -> tuple[Settlement, ...]:
    """The settlements of an account, in order of date."""
    return SETTLEMENTS.of_account(uow, account_id)


def _with_file(uow: UnitOfWork, number: str) -> tuple[Invoice, AccountFile]:
    invoice = get_invoice(uow, number)
    return invoice, load_account_file(uow, invoice.account_id)


def _money(file: AccountFile) -> Changes:
    return Changes(money=True, dates=True, account_ids=frozenset({file.account.id}))
