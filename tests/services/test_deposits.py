"""Deposits through the use-cases of the window: the run, skipping, leaving out, changing, explaining."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from retainerdesk.domain.deposit import Deposit, DepositState, is_deduction_key
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import Allocation, Payment
from retainerdesk.domain.invoicing import Proposal, without
from retainerdesk.domain.money import Money
from retainerdesk.services.account_view import load_account_view
from retainerdesk.services.corrections import CreditCommand, issue_credit_note, void_document
from retainerdesk.services.deposits import add_deposit, change_deposit, list_deposits, remove_deposit
from retainerdesk.services.explain_document import explain_document
from retainerdesk.services.issue_invoices import (
    IssueCommand,
    issue_invoices,
    preview_invoices,
    skip_charges,
)
from retainerdesk.services.payments import record_payment, remove_payment
from retainerdesk.store.book_store import BookStore

TODAY = date(2026, 1, 1)
DEPOSIT = Deposit("acme", "d", TODAY, "Deposit", Money(150_000, "EUR"), deduct_from=TODAY)


def write(store: BookStore, use_case: Callable[..., Any], *arguments: Any) -> Any:
    with store.writing() as uow:
        value = use_case(uow, *arguments).value
        uow.commit()
        return value


def proposals(store: BookStore, today: date = TODAY) -> tuple[Proposal, ...]:
    with store.reading() as uow:
        return preview_invoices(uow, today, today).proposals


def issue(store: BookStore, shown: tuple[Proposal, ...], today: date = TODAY) -> Any:
    return issue_invoices(store, IssueCommand(shown, today), today).value


@pytest.fixture
def paid(store: BookStore) -> Payment:
    """The deposit of 1,500.00 billed as 2026-0001, and 1,785.00 paid for it; no fee is invoiced yet."""
    write(store, add_deposit, DEPOSIT)
    issue(store, tuple(each for each in proposals(store) if each.charges[0].text == "Deposit"))
    whole = Money(178_500, "EUR")
    payment = Payment("acme", "p", TODAY, whole, (Allocation("2026-0001", whole),))
    write(store, record_payment, payment)
    return payment


def state(store: BookStore) -> tuple[DepositState, int]:
    with store.reading() as uow:
        (line,) = list_deposits(uow, "acme")
    return line.ledger.state, line.ledger.left.minor


def test_two_fees_of_one_run_share_what_is_there(store: BookStore, paid: Payment) -> None:
    """January takes 1,000.00 and February the other 500.00, in one run."""
    shown = proposals(store, date(2026, 2, 1))
    assert [each.totals.gross.minor for each in shown] == [0, 59_500]
    issued = issue(store, shown, date(2026, 2, 1))
    assert (len(issued.issued), issued.parked, state(store)) == (2, (), (DepositState.USED, 0))


def test_what_is_left_out_of_the_run_is_kept_for_later(store: BookStore, paid: Payment) -> None:
    (shown,) = proposals(store)
    fee = without(shown, [each.key for each in shown.charges if is_deduction_key(each.key)])
    assert fee is not None
    assert len(issue(store, (fee,)).issued) == 1
    assert state(store) == (DepositState.READY, 150_000)
    (february,) = proposals(store, date(2026, 2, 1))
    assert february.totals.gross.minor == 0


def test_a_payment_taken_back_meanwhile_parks_what_was_shown(store: BookStore, paid: Payment) -> None:
    shown = proposals(store)
    write(store, remove_payment, paid)
    result = issue(store, shown)
    assert (result.issued, len(result.parked)) == ((), 1)
    assert state(store) == (DepositState.BILLED, 150_000)


def test_a_deduction_is_not_skipped_but_held(store: BookStore, paid: Payment) -> None:
    (shown,) = proposals(store)
    with store.writing() as uow, pytest.raises(RuleViolation, match="hold the deposit"):
        skip_charges(uow, shown.charges, "later", TODAY)
    write(store, change_deposit, replace(DEPOSIT, deduct_from=None))
    (held,) = proposals(store)
    assert held.totals.gross.minor == 119_000


def test_once_billed_only_its_use_may_change(store: BookStore, paid: Payment) -> None:
    for changed in (replace(DEPOSIT, amount=Money(1, "EUR")), replace(DEPOSIT, text="Other")):
        with store.writing() as uow, pytest.raises(RuleViolation, match="asked for it already"):
            change_deposit(uow, changed)
    with store.writing() as uow, pytest.raises(RuleViolation, match="credit that invoice"):
        remove_deposit(uow, DEPOSIT)
    write(store, change_deposit, replace(DEPOSIT, retainer_id="care"))


def test_its_lines_are_explained_and_the_account_shows_it(store: BookStore, paid: Payment) -> None:
    issue(store, proposals(store))
    with store.reading() as uow:
        for number in ("2026-0001", "2026-0002"):
            line = explain_document(uow, number, TODAY).lines[-1]
            assert (line.entries, line.takes_back) == ((), None)
            assert line.facts is not None
            assert line.facts.hours is None
        (shown,) = load_account_view(uow, "acme", TODAY).deposits
    assert (shown.left, shown.invoice_number) == (Money(50_000, "EUR"), "2026-0001")


def test_what_a_credit_note_gave_back_is_not_taken_again_once_it_was_used_elsewhere(
    store: BookStore, paid: Payment
) -> None:
    """1,000.00 of 1,500.00 are set against January, given back by G, and the whole deposit is then credited.

    With G void, January would have 1,000.00 of a deposit of which nothing is left. As long as nothing else
    has used it, G may be void.
    """
    issue(store, proposals(store))
    assert state(store) == (DepositState.READY, 50_000)
    back = write(store, issue_credit_note, CreditCommand("2026-0002", "not done"), TODAY).note
    assert state(store) == (DepositState.READY, 150_000)
    write(store, void_document, back.number, "was done", TODAY)
    assert state(store) == (DepositState.READY, 50_000)
    again = write(store, issue_credit_note, CreditCommand("2026-0002", "not done"), TODAY).note
    write(store, issue_credit_note, CreditCommand("2026-0001", "ended"), TODAY)
    assert state(store) == (DepositState.USED, 0)
    with store.writing() as uow, pytest.raises(RuleViolation, match=r"gave back 1000\.00 EUR of a deposit"):
        void_document(uow, again.number, "was done", TODAY)
