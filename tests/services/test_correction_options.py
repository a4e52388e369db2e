"""What a document allows, what a correction would come to, and why its lines are what they are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import Allocation, ChargeKind, Payment
from retainerdesk.domain.money import Money
from retainerdesk.domain.work import Expense
from retainerdesk.services.correction_options import correction_options, credit_draft, credit_use_draft
from retainerdesk.services.corrections import CreditCommand, apply_credit, issue_credit_note
from retainerdesk.services.explain_document import explain_document
from retainerdesk.services.issue_invoices import IssueCommand, issue_invoices, preview_invoices
from retainerdesk.services.payments import record_payment
from retainerdesk.services.rows import add_row
from retainerdesk.store.book_store import BookStore

DAY = date(2026, 1, 1)
NUMBER = "2026-0001"


def euro(minor: int) -> Money:
    return Money(minor, "EUR")


@pytest.fixture
def issued(store: BookStore) -> BookStore:
    """One invoice of ACME: fee 1,000.00, a train of 50.00 passed on; 1,050.00 + 199.50 = 1,249.50."""
    with store.writing() as uow:
        add_row(uow, Expense("acme", "train", DAY, euro(5_000), "Train", rebill=True))
        uow.commit()
    with store.reading() as uow:
        view = preview_invoices(uow, DAY, DAY)
    issue_invoices(store, IssueCommand(view.proposals, DAY), DAY, lambda _done, _total: True)
    return store


def pay(store: BookStore, minor: int, *parts: Allocation) -> None:
    with store.writing() as uow:
        record_payment(uow, Payment("acme", f"pay-{minor}", DAY, euro(minor), parts))
        uow.commit()


def test_a_fresh_invoice_may_be_credited_voided_and_written_off_but_not_refunded(issued: BookStore) -> None:
    with issued.reading() as uow:
        options = correction_options(uow, NUMBER, DAY)
    assert str(options.creditable) == "1249.50"
    assert options.no_void == ""
    assert options.offered_again == 2
    assert str(options.writable_off) == "1249.50"
    assert (options.refundable.minor, options.applicable.minor) == (0, 0)


def test_a_payment_forbids_the_void_and_says_so(issued: BookStore) -> None:
    pay(issued, 10_000, Allocation(NUMBER, euro(10_000)))
    with issued.reading() as uow:
        options = correction_options(uow, NUMBER, DAY)
    assert options.no_void == f"{NUMBER} has a payment: issue a credit note instead."
    assert str(options.writable_off) == "1149.50"


def test_money_paid_too_much_may_be_used_or_paid_back(issued: BookStore) -> None:
    """300.00 without an allocation is credit; all of it could settle the 1,249.50 that are open."""
    pay(issued, 30_000)
    with issued.reading() as uow:
        options = correction_options(uow, NUMBER, DAY)
        draft = credit_use_draft(uow, "acme")
    assert (str(options.refundable), str(options.applicable)) == ("300.00", "300.00")
    assert [(each.number, str(each.left)) for each in draft.sources] == [(None, "300.00")]
    assert [(part.source, part.number, str(part.amount)) for part in draft.preview(None, None, None)] == [
        (None, NUMBER, "300.00")
    ]
    assert [str(part.amount) for part in draft.preview(None, NUMBER, euro(12_000))] == ["120.00"]


def test_the_preview_of_used_credit_is_what_using_it_does(issued: BookStore) -> None:
    pay(issued, 30_000)
    with issued.writing() as uow:
        parts = credit_use_draft(uow, "acme").preview(None, None, euro(12_000))
        used = apply_credit(uow, "acme", DAY, amount=euro(12_000)).value
    assert [(part.number, part.amount) for part in parts] == [
        (each.invoice_number, each.amount) for payment in used.payments for each in payment.allocations
    ]


@pytest.mark.parametrize(
    ("command", "figures"),
    [
        (CreditCommand(NUMBER, ""), ("1050.00", "199.50", "1249.50")),
        (CreditCommand(NUMBER, "", gross=euro(11_900)), ("100.00", "19.00", "119.00")),
        (CreditCommand(NUMBER, "", amounts={1: euro(2_500)}), ("25.00", "4.75", "29.75")),
    ],
    ids=["all", "an amount", "half a line"],
)
def test_the_preview_of_a_credit_note_is_what_issuing_it_gives(
    issued: BookStore, command: CreditCommand, figures: tuple[str, str, str]
) -> None:
    """1,050.00 + 19 % = 1,249.50; 119.00 holds 19.00 tax; 25.00 + 4.75 = 29.75."""
    with issued.writing() as uow:
        preview = credit_draft(uow, NUMBER, DAY).preview(command)
        said = CreditCommand(NUMBER, "late", command.amounts, command.gross)
        result = issue_credit_note(uow, said, DAY).value
    assert (str(preview.net), str(preview.tax), str(preview.gross)) == figures
    assert result.note.totals.gross == -preview.gross
    assert result.applied is not None
    assert (result.applied.amount, result.left) == (preview.settles, preview.left)


def test_more_than_is_left_is_refused_in_the_preview_too(issued: BookStore) -> None:
    with issued.reading() as uow:
        draft = credit_draft(uow, NUMBER, DAY)
    with pytest.raises(RuleViolation, match="can still be credited"):
        draft.preview(CreditCommand(NUMBER, "", gross=euro(124_951)))


def test_each_line_knows_what_it_was_made_from(issued: BookStore) -> None:
    with issued.reading() as uow:
        explained = explain_document(uow, NUMBER, DAY)
    by_kind = {each.line.key.kind: each for each in explained.lines}
    train, fee = by_kind[ChargeKind.EXPENSE], by_kind[ChargeKind.FEE]
    assert [getattr(each, "id", "") for each in train.entries] == ["train"]
    assert fee.facts is not None
    assert fee.facts.plan is not None
    assert (fee.facts.plan.number, fee.facts.plan.count) == (1, 1)
    assert fee.line.quantity == Decimal(1)


def test_the_lines_of_a_credit_note_name_the_lines_they_take_back(issued: BookStore) -> None:
    with issued.writing() as uow:
        note = issue_credit_note(uow, CreditCommand(NUMBER, "late"), DAY).value.note
        uow.commit()
    with issued.reading() as uow:
        explained = explain_document(uow, note.number, DAY)
    taken = [each.takes_back for each in explained.lines]
    assert [(each[0], each[1].position) for each in taken if each] == [(NUMBER, 1), (NUMBER, 2)]
    assert all(each.facts is None for each in explained.lines)
