"""What corrections, discounts and markups do to the margin of an account."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from retainerdesk.domain.account import Business, TaxCategory, TaxRule
from retainerdesk.domain.allowance import lot_ledger
from retainerdesk.domain.belonging import work_of
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.charging import missing_charges
from retainerdesk.domain.credit import CreditRequest, draw_up_credit
from retainerdesk.domain.invoice import Settlement, SettlementKind
from retainerdesk.domain.issuing import IssueSlot
from retainerdesk.domain.margin import Margin, margin_months
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period
from retainerdesk.domain.portfolio import mrr
from retainerdesk.domain.work import Expense
from retainerdesk.services.margin_facts import margin_inputs
from tests.domain.builders import account, account_file, day, eur, one_off, plan, retainer, run

JANUARY = Period(date(2026, 1, 1), date(2026, 2, 1))
STANDARD = TaxRule(TaxCategory.STANDARD, Decimal(19))


def january(file: AccountFile) -> Margin:
    """The margin of January 2026."""
    ledgers = [lot_ledger(each, work_of(file, each), JANUARY.end) for each in file.retainers]
    return margin_months(margin_inputs(file, ledgers, Business("Studio"), (), JANUARY), JANUARY)[0]


def bars(margin: Margin) -> dict[str, str]:
    assert margin.waterfall is not None
    return {bar.cause.value: str(bar.amount) for bar in margin.waterfall.bars}


def invoiced() -> AccountFile:
    """A fee of 1,000.00 for January, invoiced with 19 %: 1,190.00."""
    file = account_file(retainer(plan("2026-01-01", 1000)), account=account(tax=STANDARD))
    return run(file, "2026-01-01")


def test_a_credit_note_takes_its_net_from_revenue() -> None:
    """119.00 with tax are 100.00: 1,000.00 − 100.00 = 900.00; the fee a month stays 1,000.00."""
    file = invoiced()
    request = CreditRequest("agreed", gross=eur(119))
    slot = IssueSlot("credit_note", "CN-1", 1, day("2026-01-20"))
    note = draw_up_credit(file.invoices[0], file.invoices, request, Business("Studio"), file.account, slot)
    after = replace(file, invoices=(*file.invoices, note))
    assert (str(january(after).revenue), bars(january(after))) == ("900.00", {"discount": "-100.00"})
    assert mrr(after.retainers, day("2026-01-31")) == {"EUR": eur(1000)}
    assert run(after, "2026-01-25") == after


def test_changed_terms_do_not_give_back_what_was_credited() -> None:
    """January's fee is credited by hand and the price halved from 1 January: only February shows it."""
    file = run(invoiced(), "2026-02-01")
    request = CreditRequest("agreed", amounts={1: eur(500)})
    slot = IssueSlot("credit_note", "CN-1", 1, day("2026-02-02"))
    note = draw_up_credit(file.invoices[0], file.invoices, request, Business("Studio"), file.account, slot)
    halved = retainer(plan("2026-01-01", 500))
    after = replace(file, invoices=(*file.invoices, note), retainers=(halved,))
    charges = missing_charges(after, day("2026-02-02"), day("2026-02-02"))
    assert [(each.key.service.start.month, str(each.net)) for each in charges] == [
        (2, "-1000.00"),
        (2, "500.00"),
    ]


def test_a_write_off_is_a_cause_of_its_own_without_its_tax() -> None:
    """595.00 of 1,190.00 never come: 500.00 net; revenue stays, contribution is 500.00."""
    file = invoiced()
    lost = Settlement(
        "acme", "s", day("2026-01-30"), SettlementKind.WRITE_OFF, eur(595), file.invoices[0].number, None, "x"
    )
    found = january(replace(file, settlements=(lost,)))
    assert (str(found.revenue), str(found.contribution)) == ("1000.00", "500.00")
    assert bars(found) == {"written_off": "-500.00"}


def test_a_discount_on_documents_reduces_every_kind_of_revenue() -> None:
    """10 % of a fee of 1,000.00 and of a workshop of 200.00: 120.00."""
    terms = account(document_discount_percent=Decimal(10))
    file = account_file(
        retainer(plan("2026-01-01", 1000)), account=terms, charges=(one_off("2026-01-10", "200"),)
    )
    found = january(file)
    assert (str(found.revenue), bars(found)) == ("1080.00", {"discount": "-120.00", "one_off": "200.00"})


def test_only_the_markup_of_an_expense_passed_on_is_revenue() -> None:
    """100.00 passed on with 15 %: 115.00 on the invoice, 15.00 revenue, no cost."""
    train = Expense("acme", "e", day("2026-01-10"), eur(100), "Train", True, Decimal(15))
    file = account_file(retainer(plan("2026-01-01", 0)), expenses=(train,))
    assert str(january(file).revenue) == "15.00"
    issued = run(file, "2026-01-15")
    assert issued.invoices[0].totals.net == Money(11_500, "EUR")


def test_a_discount_on_documents_leaves_costs_passed_on_alone() -> None:
    """10 % off the fee of 1,000.00, not off the train: 1,000.00 + 100.00 − 100.00."""
    train = Expense("acme", "e", day("2026-01-01"), eur(100), "Train", True)
    terms = account(document_discount_percent=Decimal(10))
    file = account_file(retainer(plan("2026-01-01", 1000)), account=terms, expenses=(train,))
    (invoice,) = run(file, "2026-01-01").invoices
    assert [str(line.net) for line in invoice.lines] == ["100.00", "1000.00", "-100.00"]
