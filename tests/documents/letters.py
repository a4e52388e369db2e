"""Statements, letters of dunning and goodwill statements to print."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from retainerdesk.documents.dunning_pdf import DunningLetter
from retainerdesk.documents.goodwill_pdf import GoodwillStatement
from retainerdesk.domain.dunning import DEFAULT_STEPS, Debt
from retainerdesk.domain.goodwill import Goodwill, GoodwillKind
from retainerdesk.domain.invoice import Allocation, Invoice, Payment, Settlement, SettlementKind
from retainerdesk.domain.late_interest import late_interest
from retainerdesk.domain.late_interest_table import read_late_interest_table
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period
from retainerdesk.domain.statement import Statement, statement_of
from tests.documents.samples import invoice, line

TABLE = read_late_interest_table(
    (Path(__file__).resolve().parents[2] / "resources" / "rates" / "late_interest.json").read_text("utf-8")
)
QUARTER = Period(date(2025, 7, 1), date(2025, 10, 1))


def issued(number: str, net: int, on: date) -> Invoice:
    """An invoice under reverse charge, due 14 days after its issue."""
    due_on = on + timedelta(days=14)
    return replace(invoice(line(net=net)), number=number, issued_on=on, due_on=due_on)


def paid(minor: int, on: date, *parts: tuple[str, int]) -> Payment:
    allocations = tuple(Allocation(number, Money(part, "EUR")) for number, part in parts)
    return Payment("acme", "p", on, Money(minor, "EUR"), allocations, text="SEPA & <b>transfer</b>")


def statement(rows: int = 0) -> Statement:
    """June: 1,190.00. July: 3,450.00, 1,190.00 paid. August: 900.00, of which 100.00 written off.
    September: 50.00 too much paid. 1190 + 3450 − 1190 + 900 − 100 − 50 = 4,200.00; `rows` further 1.00 "
    "each."""
    documents = [
        issued("2025-0030", 119_000, date(2025, 6, 10)),
        issued("2025-0031", 345_000, date(2025, 7, 10)),
        issued("2025-0032", 90_000, date(2025, 8, 10)),
        *(issued(f"2025-1{number:03}", 100, date(2025, 8, 11)) for number in range(rows)),
    ]
    payments = [paid(119_000, date(2025, 7, 12), ("2025-0030", 119_000)), paid(5_000, date(2025, 9, 30))]
    lost = Settlement(
        "acme", "w", date(2025, 9, 1), SettlementKind.WRITE_OFF, Money(10_000, "EUR"), "2025-0032"
    )
    return statement_of(QUARTER, "EUR", documents, payments, [lost])


def dunning(step: int = 2, agreed_bps: int | None = None) -> DunningLetter:
    """3,450.00 due 24 July 2025, 1,000.00 of it paid on 25 August, as of 30 September, by German law.

    1.27 + 9 = 10.27 %: 32 days on 3,450.00 are 31.0632…, 36 days on 2,450.00 are 24.8168…: 55.88 together.
    `agreed_bps` is a rate to ask for instead.
    """
    bill = issued("2025-0031", 345_000, date(2025, 7, 10))
    payment = paid(100_000, date(2025, 8, 25), ("2025-0031", 100_000))
    owed = late_interest(bill, [payment], [], TABLE.basis_of("DE", agreed_bps), date(2025, 9, 30))
    debts = (
        Debt("2025-0031", bill.due_on, Money(245_000, "EUR")),
        Debt("2025-0032", date(2025, 8, 24), Money(80_000, "EUR")),
    )
    return DunningLetter(DEFAULT_STEPS[step], debts, (owed,))


def goodwill(*, valued: bool = True) -> GoodwillStatement:
    """3 h absorbed, 20 min written down, 50 min out of scope: 4 h 10; 450.00 + 50.00 + 125.00 = 625.00."""
    july = Period(date(2025, 7, 1), date(2025, 8, 1))
    items = (
        _given(GoodwillKind.ABSORBED, july, 180, 45_000),
        _given(GoodwillKind.WRITTEN_DOWN, _day(date(2025, 8, 4)), 20, 5_000, reason="A slow <b>start</b>"),
        _given(GoodwillKind.OUT_OF_SCOPE, _day(date(2025, 9, 9)), 50, 12_500, "Slides for the board"),
    )
    shown = items if valued else tuple(replace(item, value=None) for item in items)
    return GoodwillStatement(QUARTER, "EUR", shown)


def _given(
    kind: GoodwillKind, span: Period, minutes: int, minor: int, text: str = "", reason: str = ""
) -> Goodwill:
    return Goodwill("acme", "advisory", kind, span, minutes, Money(minor, "EUR"), text, reason)


def _day(on: date) -> Period:
    return Period(on, on + timedelta(days=1))
