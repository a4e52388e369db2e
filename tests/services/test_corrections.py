"""Corrections on a real book: in whatever order, nothing issued changes and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier, Thread
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retainerdesk.domain.account import Account, Business, PaymentStep, TaxCategory, TaxRule, WithholdingRule
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import Allocation, Invoice, Payment, SettlementKind
from retainerdesk.domain.money import Money
from retainerdesk.domain.settlement import balances_of, credit_of, writable_off
from retainerdesk.domain.work import OneOffCharge
from retainerdesk.exchange.book.reader import read_book
from retainerdesk.exchange.book.writer import write_book
from retainerdesk.services import corrections
from retainerdesk.services.accounts import add_account
from retainerdesk.services.business import save_business
from retainerdesk.services.issue_invoices import IssueCommand, issue_invoices, preview_invoices
from retainerdesk.services.payments import record_payment, remove_payment
from retainerdesk.services.rows import add_row
from retainerdesk.services.upkeep import check_book
from retainerdesk.store.book_store import BookStore, open_book
from retainerdesk.store.repositories.books import load_account_file, load_book
from retainerdesk.store.unit_of_work import UnitOfWork
from retainerdesk.system.clock import FixedClock

START = date(2026, 1, 1)
STANDARD = TaxRule(TaxCategory.STANDARD, Decimal(19))
REDUCED = TaxRule(TaxCategory.REDUCED, Decimal(7), included=True)
INSIDE = TaxRule(TaxCategory.STANDARD, Decimal(19), included=True)
HALVES = (PaymentStep(10, Decimal(50)), PaymentStep(40, Decimal(50)))


def new_book(folder: Path, account: Account) -> BookStore:
    """A book with one account and nothing to invoice yet."""
    book = open_book(folder / "book.retainerdesk", FixedClock(START), create=True)
    with book.writing() as uow:
        save_business(uow, Business("Studio Nord", ("Kai 1",), "DE", time_zone="Europe/Berlin"))
        add_account(uow, account)
        uow.commit()
    return book


def charge(n: int, price: str, rule: TaxRule | None, on: date) -> OneOffCharge:
    return OneOffCharge("acme", f"c{n}", on, f"Work {n}", Decimal(1), Decimal(price), tax=rule)


def bill(book: BookStore, today: date) -> tuple[Invoice, ...]:
    with book.reading() as uow:
        run = preview_invoices(uow, today, today)
    return issue_invoices(book, IssueCommand(run.proposals, today), today).value.issued


def file_of(book: BookStore) -> AccountFile:
    with book.reading() as uow:
        return load_account_file(uow, "acme")


@pytest.fixture
def billed(tmp_path: Path) -> Any:
    """One invoice of 119.00 on 1 January."""
    book = new_book(tmp_path, Account("acme", "ACME", "EUR", tax=STANDARD))
    with book.writing() as uow:
        add_row(uow, charge(1, "100", None, START))
        uow.commit()
    bill(book, START)
    yield book
    book.close()


def at_once(book: BookStore, job: Callable[[UnitOfWork], object]) -> list[str]:
    """Two threads do the same; what each was refused, sorted ("" for done)."""
    barrier, answers = Barrier(2), []

    def run() -> None:
        barrier.wait()
        try:
            with book.writing() as uow:
                job(uow)
                uow.commit()
            answers.append("")
        except RuleViolation as refused:
            answers.append(refused.rule)

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


ONCE: list[tuple[Callable[[UnitOfWork], object], str]] = [
    (lambda uow: corrections.void_document(uow, "2026-0001", "twice", START), "void.twice"),
    (
        lambda uow: corrections.issue_credit_note(
            uow, corrections.CreditCommand("2026-0001", "cancelled"), START
        ),
        "credit.nothing_left",
    ),
    (
        lambda uow: corrections.write_off(uow, "2026-0001", "gone", START, Money(11_900, "EUR")),
        "settlement.over",
    ),
]


@pytest.mark.parametrize(("job", "rule"), ONCE)
def test_what_two_windows_do_at_once_is_done_once(
    billed: BookStore, job: Callable[[UnitOfWork], object], rule: str
) -> None:
    assert at_once(billed, job) == ["", rule]
    assert check_book(billed, START) == ()


def test_credit_is_used_once_by_two_windows(billed: BookStore) -> None:
    """119.00 paid and then credited: 119.00 of credit for a second invoice of 119.00."""
    with billed.writing() as uow:
        whole = Money(11_900, "EUR")
        record_payment(uow, Payment("acme", "p", START, whole, (Allocation("2026-0001", whole),)))
        corrections.issue_credit_note(uow, corrections.CreditCommand("2026-0001", "cancelled"), START)
        add_row(uow, charge(2, "300", None, START))
        uow.commit()
    bill(billed, START)
    assert at_once(billed, lambda uow: corrections.apply_credit(uow, "acme", START)) == ["", "credit.nothing"]
    assert balances_of(file_of(billed))["2026-0002"] == Money(35_700 - 11_900, "EUR")


def test_money_that_was_paid_back_cannot_be_taken_out_or_allocated(billed: BookStore) -> None:
    payment = Payment("acme", "p", START, Money(5_000, "EUR"))
    with billed.writing() as uow:
        record_payment(uow, payment)
        corrections.refund(uow, "acme", "not theirs", START)
        with pytest.raises(RuleViolation, match="paid back already"):
            remove_payment(uow, payment)
        with pytest.raises(RuleViolation, match="no credit to use"):
            corrections.apply_credit(uow, "acme", START)


def test_a_settlement_recorded_by_mistake_is_taken_back(billed: BookStore) -> None:
    with billed.writing() as uow:
        made = corrections.write_off(uow, "2026-0001", "gone", START).value
        assert made.kind is SettlementKind.WRITE_OFF
        corrections.take_back_settlement(uow, made)
        uow.commit()
    assert writable_off(file_of(billed), "2026-0001") == Money(11_900, "EUR")
    assert check_book(billed, START) == ()


class Story:
    """A book in which things happen day by day; refusals are part of it, and must change nothing."""

    def __init__(self, book: BookStore, data: st.DataObject) -> None:
        self.book, self.data, self.today, self.count = book, data, START, 0
        self.issued: dict[str, Invoice] = {}

    def tell(self, steps: int) -> None:
        for _ in range(steps):
            self.today += timedelta(days=self.data.draw(st.integers(0, 20)))
            self.data.draw(st.sampled_from(STEPS))(self)
            self.check()

    def draw(self, strategy: st.SearchStrategy[Any]) -> Any:
        return self.data.draw(strategy)

    def attempt(self, job: Callable[[UnitOfWork], object]) -> None:
        before = write_book(self.whole())
        try:
            with self.book.writing() as uow:
                job(uow)
                uow.commit()
        except RuleViolation:
            assert write_book(self.whole()) == before

    def whole(self) -> Any:
        with self.book.reading() as uow:
            return load_book(uow)

    def number(self) -> str:
        known = sorted(each.number for each in file_of(self.book).invoices)
        return str(self.draw(st.sampled_from([*known, "nothing"])))

    def amount(self) -> Money:
        return Money(self.draw(st.integers(1, 30_000)), "EUR")

    def work(self) -> None:
        price = Decimal(self.draw(st.integers(1, 20_000))).scaleb(-2)
        rule = self.draw(st.sampled_from([None, REDUCED, INSIDE]))
        self.count += 1
        self.attempt(lambda uow: add_row(uow, charge(self.count, str(price), rule, self.today)))

    def bill(self) -> None:
        bill(self.book, self.today)

    def credit(self) -> None:
        how, gross, amounts = self.draw(st.sampled_from(["all", "amount", "line"])), None, None
        if how == "amount":
            gross = self.amount()
        elif how == "line":
            amounts = {self.draw(st.integers(1, 3)): self.amount()}
        command = corrections.CreditCommand(self.number(), "agreed", amounts, gross)
        self.attempt(lambda uow: corrections.issue_credit_note(uow, command, self.today))

    def void(self) -> None:
        number = self.number()
        self.attempt(lambda uow: corrections.void_document(uow, number, "wrong", self.today))

    def write_off(self) -> None:
        number, amount = self.number(), self.draw(st.none() | st.just(self.amount()))
        self.attempt(lambda uow: corrections.write_off(uow, number, "gone", self.today, amount))

    def pay(self) -> None:
        number, amount = self.number(), self.amount()
        part = Money(self.draw(st.integers(0, amount.minor)), "EUR")
        self.count += 1
        parts = (Allocation(number, part),) if part else ()
        payment = Payment("acme", f"p{self.count}", self.today, amount, parts)
        self.attempt(lambda uow: record_payment(uow, payment))

    def refund(self) -> None:
        source, amount = (
            self.draw(st.none() | st.just(self.number())),
            self.draw(st.none() | st.just(self.amount())),
        )
        self.attempt(
            lambda uow: corrections.refund(
                uow, "acme", "asked", self.today, amount=amount, source_number=source
            )
        )

    def apply(self) -> None:
        amount = self.draw(st.none() | st.just(self.amount()))
        self.attempt(lambda uow: corrections.apply_credit(uow, "acme", self.today, amount=amount))

    def check(self) -> None:
        """Nothing issued changed but by a void, and nothing is settled beyond what it gives."""
        file = file_of(self.book)
        for each in file.invoices:
            known = self.issued.setdefault(each.number, each)
            assert replace(each, status=known.status, voided=known.voided) == known
        for number, balance in balances_of(file).items():
            payable = next(each.payable for each in file.invoices if each.number == number)
            assert min(0, payable.minor) <= balance.minor <= max(0, payable.minor)
        assert credit_of(file).minor >= 0

    def end(self) -> None:
        """The book is sound, and its export read again is the same book."""
        assert check_book(self.book, self.today) == ()
        text = write_book(self.whole())
        assert write_book(read_book(text)) == text


STEPS = [
    Story.work, Story.work, Story.bill, Story.bill, Story.credit, Story.credit, Story.void,
    Story.write_off, Story.pay, Story.pay, Story.refund, Story.apply,
]  # fmt: skip

accounts = st.builds(
    Account,
    id=st.just("acme"),
    name=st.just("ACME"),
    currency=st.just("EUR"),
    tax=st.sampled_from([STANDARD, INSIDE]),
    withholding=st.sampled_from([None, WithholdingRule(Decimal(15), "art. 3")]),
    cash_rounding_minor=st.sampled_from([None, 5]),
    document_discount_percent=st.sampled_from([Decimal(0), Decimal(3)]),
    payment_plan=st.sampled_from([(), HALVES]),
)


@settings(max_examples=12, deadline=None)
@given(accounts, st.data())
def test_any_order_of_corrections_keeps_every_promise(account: Account, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        book = new_book(Path(folder), account)
        story = Story(book, data)
        story.work()
        story.bill()
        story.tell(data.draw(st.integers(4, 14)))
        story.end()
        book.close()
