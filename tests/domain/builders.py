"""Short builders of domain values for tests: everything has a default that plays no part in the case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from retainerdesk.domain.account import Account, Business
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.invoice import Charge, ChargeKind, Invoice, InvoiceLine, Skip
from retainerdesk.domain.invoicing import Proposal, propose
from retainerdesk.domain.issuing import IssueSlot, draw_up
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import MONTHLY, Period
from retainerdesk.domain.plan import Overage, OverageDecision, Plan
from retainerdesk.domain.retainer import Pause, PauseFee, PauseLots, Retainer
from retainerdesk.domain.work import Expense, OneOffCharge, WorkEntry, WorkKind

BUSINESS = Business(name="Studio Nord")
BILL_150 = Overage(Decimal(150), OverageDecision.BILL)


def eur(amount: str | int) -> Money:
    """Euros written as people write them: eur("35.48")."""
    return Money(int(Decimal(amount) * 100), "EUR")


def day(text: str) -> date:
    return date.fromisoformat(text)


def days(start: str, end: str) -> Period:
    """The half-open period between two ISO dates."""
    return Period(day(start), day(end))


def hours(number: float) -> int:
    return int(number * 60)


def account(**changes: Any) -> Account:
    return replace(Account("acme", "ACME", "EUR"), **changes)


def plan(from_on: str | date, fee: str | int = 3000, **changes: Any) -> Plan:
    start = day(from_on) if isinstance(from_on, str) else from_on
    return replace(Plan(start, eur(fee), MONTHLY), **changes)


def retainer(*plans: Plan, **changes: Any) -> Retainer:
    """A retainer that starts with its first plan unless `starts_on` says otherwise."""
    return replace(Retainer("acme", "advisory", "Advisory", plans[0].from_on, plans), **changes)


def pause(start: str, end: str, *, paid: bool = False, freeze: bool = True) -> Pause:
    fee = PauseFee.FULL if paid else PauseFee.NONE
    return Pause(days(start, end), fee, PauseLots.FREEZE if freeze else PauseLots.AGE)


def work(on: str | date, minutes: int, entry_id: str = "", **changes: Any) -> WorkEntry:
    when = day(on) if isinstance(on, str) else on
    entry = WorkEntry("acme", entry_id or f"{when}-{minutes}", when, minutes, "ada", WorkKind.DELIVERY)
    return replace(entry, **changes)


def one_off(on: str, price: str, quantity: str = "1", **changes: Any) -> OneOffCharge:
    row = OneOffCharge("acme", f"charge-{on}", day(on), "Workshop", Decimal(quantity), Decimal(price))
    return replace(row, **changes)


def expense(on: str, amount: str, *, rebill: bool = True) -> Expense:
    return Expense("acme", f"expense-{on}", day(on), eur(amount), "Train", rebill)


def account_file(*retainers: Retainer, **changes: Any) -> AccountFile:
    return replace(AccountFile(account(), retainers), **changes)


def issue(file: AccountFile, proposal: Proposal, on: str | date) -> AccountFile:
    """The file with one more invoice, drawn up from a proposal."""
    when = day(on) if isinstance(on, str) else on
    number = len(file.invoices) + 1
    slot = IssueSlot("invoice", f"{number:04}", number, when)
    invoice: Invoice = draw_up(proposal, BUSINESS, file.account, slot)
    return replace(file, invoices=(*file.invoices, invoice))


def run(file: AccountFile, today: str | date, through: str | date | None = None) -> AccountFile:
    """The file after a confirmed run that issues everything it proposes."""
    when = day(today) if isinstance(today, str) else today
    until = through or when
    until = day(until) if isinstance(until, str) else until
    for proposal in propose(file, until, when, confirmed=True).proposals:
        file = issue(file, proposal, when)
    return file


def skip(charge: Charge, on: str, *, with_amount: bool = True) -> Skip:
    return Skip(charge.key, "as agreed", day(on), charge.net if with_amount else None)


def lines_of(file: AccountFile, *kinds: ChargeKind) -> list[InvoiceLine]:
    found = [line for invoice in file.invoices for line in invoice.lines]
    return [line for line in found if not kinds or line.key.kind in kinds]


def nets(rows: Iterable[InvoiceLine | Charge]) -> list[str]:
    """The amounts of lines or charges as text, in order."""
    return [str(row.net) for row in rows]


def each_day(span: Period) -> list[date]:
    return [span.start + timedelta(days=n) for n in range(span.days)]
