"""What could be corrected about a document, and what a correction would come to. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from retainerdesk.domain.account import Business
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.credit import (
    CreditableLine,
    CreditRequest,
    creditable_gross,
    creditable_lines,
    draw_up_credit,
    is_credit_key,
)
from retainerdesk.domain.credit_use import propose_credit_use
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.instalments import next_due
from retainerdesk.domain.invoice import Invoice, Payment
from retainerdesk.domain.issuing import IssueSlot
from retainerdesk.domain.money import Money
from retainerdesk.domain.settlement import (
    balances_of,
    check_void,
    credit_of,
    refundable,
    writable_off,
)
from retainerdesk.services.business import get_business
from retainerdesk.services.corrections import CreditCommand
from retainerdesk.services.invoices import get_invoice
from retainerdesk.store.repositories.books import load_account_file
from retainerdesk.store.unit_of_work import UnitOfWork

_NOT_NEEDED = frozenset({"work", "calls", "notes", "actions", "decisions", "documents"})


@dataclass(frozen=True, slots=True)
class CorrectionOptions:
    """What a document allows now. An amount of zero means that there is nothing to do it with.

    `creditable` is with tax; `no_void` says in a sentence why it cannot be void, empty if it can;
    `offered_again` counts the charges that the next run would propose after that. `refundable` is of a credit
    note what is left of it, of an invoice what its account paid and nothing took. `account_credit` is all
    credit of the account, `account_open` all it owes.
    """

    document: Invoice
    creditable: Money
    no_void: str
    offered_again: int
    writable_off: Money
    refundable: Money
    account_credit: Money
    account_open: Money

    @property
    def applicable(self) -> Money:
        """What credit could settle: of a credit note its own, else all the account has."""
        credit = self.refundable if self.document.is_credit_note else self.account_credit
        return min(credit, self.account_open)


def correction_options(uow: UnitOfWork, number: str, today: date) -> CorrectionOptions:
    """What the document `number` allows on `today`. Raises RuleViolation if there is none."""
    document = get_invoice(uow, number)
    file = _money_file(uow, document.account_id)
    none = Money(0, document.currency)
    is_live_invoice = not (document.is_void() or document.is_credit_note)
    credit = _account_credit(file)
    if document.is_credit_note:
        left = none if document.is_void() else refundable(file, number)
    else:
        left = refundable(file)
    return CorrectionOptions(
        document,
        max(none, creditable_gross(document, file.invoices)),
        _no_void(file, number, today),
        sum(not is_credit_key(line.key) for line in document.lines),
        writable_off(file, number) if is_live_invoice else none,
        left,
        credit,
        _open_of(file),
    )


def _money_file(uow: UnitOfWork, account_id: str) -> AccountFile:
    return load_account_file(uow, account_id, without=_NOT_NEEDED)


def _no_void(file: AccountFile, number: str, today: date) -> str:
    try:
        check_void(file, number, "asked", today)
    except RuleViolation as refused:
        return refused.message
    return ""


def _account_credit(file: AccountFile) -> Money:
    minor = sum(-each.minor for each in balances_of(file).values() if each.minor < 0)
    return Money(minor, file.account.currency) + max(credit_of(file), Money(0, file.account.currency))


def _open_of(file: AccountFile) -> Money:
    return Money(sum(max(0, each.minor) for each in balances_of(file).values()), file.account.currency)


@dataclass(frozen=True, slots=True)
class CreditPreview:
    """What a credit note would come to, as amounts above zero.

    `payable` is what the customer gets: gross less the tax withheld and the rounding that go with it.
    `settles` of it would pay what is open of the invoice at once, the rest stays as credit.
    """

    net: Money
    tax: Money
    gross: Money
    payable: Money
    settles: Money

    @property
    def left(self) -> Money:
        return self.payable - self.settles


@dataclass(frozen=True, slots=True)
class CreditDraft:
    """Everything needed to see what credit notes of one invoice would come to, read once.

    `lines` are those of the invoice with what is left of each.
    """

    invoice: Invoice
    lines: tuple[CreditableLine, ...]
    creditable: Money
    balance: Money
    file: AccountFile
    seller: Business
    today: date

    def preview(self, command: CreditCommand) -> CreditPreview:
        """What `command` would come to, with a reason. Raises RuleViolation where it would be refused."""
        request = CreditRequest(command.reason.strip() or "asked", command.amounts, command.gross)
        slot = IssueSlot("", "", 0, self.today)
        note = draw_up_credit(self.invoice, self.file.invoices, request, self.seller, self.file.account, slot)
        totals, payable = note.totals, -note.payable
        settles = max(Money(0, note.currency), min(payable, self.balance))
        return CreditPreview(-totals.net, totals.net - totals.gross, -totals.gross, payable, settles)


def credit_draft(uow: UnitOfWork, number: str, today: date) -> CreditDraft:
    """What credit notes on the invoice `number` start from. Raises RuleViolation if there is none."""
    invoice = get_invoice(uow, number)
    file = _money_file(uow, invoice.account_id)
    lines = creditable_lines(invoice, file.invoices)
    left = creditable_gross(invoice, file.invoices)
    business = get_business(uow)
    return CreditDraft(invoice, lines, left, balances_of(file)[number], file, business, today)


@dataclass(frozen=True, slots=True)
class CreditSource:
    """Credit of an account: what is left of the credit note `number`, or (None) of the money it paid."""

    number: str | None
    left: Money


@dataclass(frozen=True, slots=True)
class CreditPart:
    """So much of the credit note `source` (None: of money paid) would be used for the invoice `number`."""

    source: str | None
    number: str
    amount: Money


@dataclass(frozen=True, slots=True)
class CreditUseDraft:
    """Everything needed to see how the credit of one account could be used, read once.

    `open_now` are the invoices that wait for money, the earliest due first, with what is open of them.
    """

    file: AccountFile
    sources: tuple[CreditSource, ...]
    open_now: tuple[tuple[str, Money], ...]

    def preview(
        self, source_number: str | None, invoice_number: str | None, amount: Money | None
    ) -> tuple[CreditPart, ...]:
        """What would be used for what, in order; nothing if there is nothing to use, or nothing open.

        Raises RuleViolation for a document that is not there or void.
        """
        use = propose_credit_use(
            self.file, source_number=source_number, invoice_number=invoice_number, limit=amount
        )
        applied = [CreditPart(*each) for each in use.applied]
        return (*applied, *(part for payment in use.payments for part in self._newly_allocated(payment)))

    def _newly_allocated(self, payment: Payment) -> Iterable[CreditPart]:
        known = next(each for each in self.file.payments if each.id == payment.id)
        before = {part.invoice_number: part.amount for part in known.allocations}
        for part in payment.allocations:
            more = part.amount - before.get(part.invoice_number, Money(0, part.amount.currency))
            if more:
                yield CreditPart(None, part.invoice_number, more)


def credit_use_draft(uow: UnitOfWork, account_id: str) -> CreditUseDraft:
    """The credit of an account and what it could be used for."""
    file = _money_file(uow, account_id)
    open_now = balances_of(file)
    sources = [CreditSource(number, -each) for number, each in open_now.items() if each.minor < 0]
    if (paid := refundable(file)).minor > 0:
        sources.append(CreditSource(None, paid))
    waiting = sorted(
        (next_due(each, open_now[each.number]), each.number)
        for each in file.invoices
        if open_now[each.number].minor > 0
    )
    return CreditUseDraft(file, tuple(sources), tuple((number, open_now[number]) for _, number in waiting))
