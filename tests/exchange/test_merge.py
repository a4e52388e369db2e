"""Importing a book into a book: new is added, equal is left, different is refused by its path."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from retainerdesk.domain.account import Business, Contact, Series
from retainerdesk.domain.book import AccountFile, Book
from retainerdesk.domain.invoice import ChargeKind, InvoiceStatus
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period
from retainerdesk.domain.plan import OverageDecision
from retainerdesk.domain.retainer import LotAdjustment, UsageDecision
from retainerdesk.exchange.book import read_book
from retainerdesk.exchange.merge import MergePlan, merge_books, used_plans
from tests.strategies import books

FIXTURES = Path(__file__).parent / "fixtures"
INVOICED = read_book((FIXTURES / "invoiced.json").read_bytes())
EXAMPLE = read_book((FIXTURES / "acme.json").read_bytes())
EMPTY = Book(Business())


def with_file(book: Book, **changes: object) -> Book:
    """The book with lists of its first account exchanged."""
    return replace(book, accounts=(replace(book.accounts[0], **changes), *book.accounts[1:]))  # type: ignore[arg-type]


def with_plan(book: Book, **changes: object) -> Book:
    retainer = book.accounts[0].retainers[0]
    plan = replace(retainer.plans[0], **changes)  # type: ignore[arg-type]
    return with_file(book, retainers=(replace(retainer, plans=(plan, *retainer.plans[1:])),))


def paths(plan: MergePlan) -> list[str]:
    return [refusal.path for refusal in plan.refused]


def test_everything_of_a_file_is_new_to_an_empty_book() -> None:
    plan = merge_books(EMPTY, INVOICED)
    assert plan.refused == ()
    assert plan.added == {
        "business": 1, "people": 1, "series": 1, "accounts": 1, "retainers": 1, "work": 1, "calls": 1,
        "notes": 1, "actions": 1, "decisions": 1, "charges": 1, "expenses": 1, "payments": 1,
        "documents": 1, "invoices": 1, "skips": 1,
    }  # fmt: skip
    assert plan.changed == plan.left == {}


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(books())
def test_importing_the_same_book_again_changes_nothing(book: Book) -> None:
    book = replace(book, business=replace(book.business, name="Studio"))
    for update in (False, True):
        plan = merge_books(book, book, update=update)
        assert plan.changes_nothing
        assert plan.refused == ()


def test_a_difference_is_refused_where_it_is_and_taken_with_update() -> None:
    work = INVOICED.accounts[0].work[0]
    file = with_file(INVOICED, work=(replace(work, minutes=60, text="Plan"),))
    refused = merge_books(INVOICED, file)
    assert paths(refused) == ["accounts[0].work[0].minutes", "accounts[0].work[0].text"]
    assert "is 60 in the file but 90 in the book" in refused.refused[0].sentence
    assert refused.accounts[0].work.changed == ()
    taken = merge_books(INVOICED, file, update=True)
    assert taken.refused == ()
    assert [row.minutes for row in taken.accounts[0].work.changed] == [60]
    assert taken.changed == {"work": 1}


def test_what_the_file_lacks_stays() -> None:
    account = INVOICED.accounts[0].account
    bare = replace(INVOICED, accounts=(AccountFile(replace(account, contacts=())),), people=(), series=())
    plan = merge_books(INVOICED, bare, update=True)
    assert plan.changes_nothing
    assert plan.refused == ()


def test_a_new_contact_joins_those_of_the_book() -> None:
    account = INVOICED.accounts[0].account
    file = with_file(INVOICED, account=replace(account, contacts=(Contact("li", "Li Wu"),)))
    plan = merge_books(INVOICED, file)
    assert plan.refused == ()
    assert plan.accounts[0].contacts_added == 1
    assert [contact.id for contact in plan.accounts[0].account.changed[0].contacts] == ["jo", "li"]


def test_a_changed_contact_is_refused_by_its_path() -> None:
    account = INVOICED.accounts[0].account
    file = with_file(INVOICED, account=replace(account, contacts=(replace(account.contacts[0], name="J"),)))
    assert paths(merge_books(INVOICED, file)) == ["accounts[0].contacts[0].name"]
    plan = merge_books(INVOICED, file, update=True)
    assert plan.accounts[0].account.changed[0].contacts[0].name == "J"


def test_an_issued_invoice_never_changes_even_with_update() -> None:
    invoice = INVOICED.accounts[0].invoices[0]
    for other, path in (
        (replace(invoice, due_on=date(2025, 3, 1)), "due_on"),
        (replace(invoice, status=InvoiceStatus.VOID), "status"),
        (replace(invoice, lines=(replace(invoice.lines[0], text="Other"),)), "lines[0].text"),
    ):
        plan = merge_books(INVOICED, with_file(INVOICED, invoices=(other,)), update=True)
        assert paths(plan) == [f"accounts[0].invoices[0].{path}"]
        assert "never changes" in plan.refused[0].sentence


def test_another_invoice_at_a_place_that_is_taken_is_refused() -> None:
    invoice = replace(INVOICED.accounts[0].invoices[0], number="2025-0001b")
    plan = merge_books(INVOICED, with_file(INVOICED, invoices=(invoice,)), update=True)
    assert paths(plan) == ["accounts[0].invoices[0].sequence"]


def test_an_invoice_of_another_account_is_refused() -> None:
    other = replace(INVOICED.accounts[0], account=replace(INVOICED.accounts[0].account, id="other"))
    moved = replace(other, invoices=(replace(other.invoices[0], account_id="other"),))
    plan = merge_books(INVOICED, replace(INVOICED, accounts=(moved,)), update=True)
    assert paths(plan) == ["accounts[0].invoices[0].number"]


def test_a_plan_that_was_invoiced_may_not_change_even_with_update() -> None:
    """January to February was invoiced with the plan of 31 January: a new fee is a new plan."""
    dearer = with_plan(INVOICED, fee=Money(330_000, "EUR"))
    for update in (False, True):
        assert paths(merge_books(INVOICED, dearer, update=update)) == [
            "accounts[0].retainers[0].plans[0].fee"
        ]
    sentence = merge_books(INVOICED, dearer, update=True).refused[0].sentence
    assert "the plan from 2025-01-31 has been invoiced" in sentence


def test_a_plan_that_nothing_was_invoiced_with_may_change_with_update() -> None:
    plan = merge_books(EXAMPLE, with_plan(EXAMPLE, fee=Money(330_000, "EUR")), update=True)
    assert plan.refused == ()
    assert plan.changed == {"retainers": 1}


def test_a_new_plan_after_an_invoiced_one_is_taken_with_update() -> None:
    retainer = INVOICED.accounts[0].retainers[0]
    later = replace(retainer.plans[0], from_on=date(2026, 1, 31), fee=Money(309_000, "EUR"))
    file = with_file(INVOICED, retainers=(replace(retainer, plans=(*retainer.plans, later)),))
    assert paths(merge_books(INVOICED, file)) == ["accounts[0].retainers[0].plans[1]"]
    assert merge_books(INVOICED, file, update=True).refused == ()


def test_the_anchor_of_invoiced_periods_may_not_move() -> None:
    retainer = replace(INVOICED.accounts[0].retainers[0], starts_on=date(2025, 2, 1))
    plan = merge_books(INVOICED, with_file(INVOICED, retainers=(retainer,)), update=True)
    assert paths(plan) == ["accounts[0].retainers[0].starts_on"]


def test_used_plans_are_those_in_force_on_a_day_of_a_span() -> None:
    """Plans from 31 January and 1 May. April alone uses the first, April and May both, May the second."""
    retainer = INVOICED.accounts[0].retainers[0]
    first = retainer.plans[0]
    second = replace(first, from_on=date(2025, 5, 1))
    two = replace(retainer, plans=(first, second))
    april, may = Period(date(2025, 4, 1), date(2025, 5, 1)), Period(date(2025, 5, 1), date(2025, 6, 1))
    assert used_plans(two, (april,)) == (first,)
    assert used_plans(two, (may,)) == (second,)
    assert used_plans(two, (Period(april.start, may.end),)) == (first, second)
    assert used_plans(two, ()) == ()


def test_decisions_and_adjustments_made_since_are_no_difference_to_the_first_file() -> None:
    retainer = INVOICED.accounts[0].retainers[0]
    grown = replace(
        retainer,
        adjustments=(*retainer.adjustments, LotAdjustment(date(2025, 4, 1), 30, "Gift", "gift")),
        usage_decisions=(
            *retainer.usage_decisions,
            UsageDecision(date(2025, 3, 31), OverageDecision.BILL),
        ),
    )
    book = with_file(INVOICED, retainers=(grown,))
    assert merge_books(book, INVOICED).changes_nothing
    forward = merge_books(INVOICED, book)
    assert forward.refused == ()
    assert forward.accounts[0].retainers.changed == (grown,)


def test_the_next_number_goes_up_and_never_down() -> None:
    """The book is at 15, the file at 1: nothing happens. The other way round the book moves to 15."""
    behind = replace(INVOICED, series=(Series("invoice", "{year}-{number:04}", 1),))
    ahead = replace(INVOICED, series=(Series("invoice", "{year}-{number:04}", 15),))
    assert merge_books(ahead, behind).changes_nothing
    assert merge_books(behind, ahead).series.changed[0].next == 15


def test_added_invoices_move_the_next_number_beyond_them() -> None:
    """Invoice 1 comes in while the file still says next 1: the next number is 2."""
    stale = replace(INVOICED, series=(replace(INVOICED.series[0], next=1),))
    assert merge_books(EMPTY, stale).series.added[0].next == 2


def test_another_format_of_a_series_is_a_difference() -> None:
    other = replace(INVOICED, series=(Series("invoice", "R{number}", 1),))
    assert paths(merge_books(INVOICED, other)) == ["series[0].format"]
    assert merge_books(INVOICED, other, update=True).series.changed == (Series("invoice", "R{number}", 2),)


def test_the_business_and_the_status_of_an_account_are_differences() -> None:
    file = replace(INVOICED, business=replace(INVOICED.business, lead_days=5))
    file = with_file(file, account=replace(file.accounts[0].account, grace_days=3))
    assert paths(merge_books(INVOICED, file)) == ["accounts[0].grace_days", "business.lead_days"]


def test_the_currency_of_an_account_with_amounts_never_changes() -> None:
    file = with_file(INVOICED, account=replace(INVOICED.accounts[0].account, currency="USD"))
    assert "accounts[0].currency" in paths(merge_books(INVOICED, file, update=True))


def test_a_payment_of_an_invoice_still_to_be_issued_is_noted_not_refused() -> None:
    plan = merge_books(EMPTY, EXAMPLE)
    assert plan.refused == ()
    assert [note.path for note in plan.notes] == ["accounts[0].payments[0].invoice"]
    assert merge_books(EMPTY, INVOICED).notes == ()


def test_a_charge_on_an_issued_invoice_never_changes_even_with_update() -> None:
    """The invoice of the book charges the workshop; its words may differ, its price may not."""
    file = INVOICED.accounts[0]
    workshop = replace(file.charges[0], account_id=file.account.id)
    invoice = file.invoices[0]
    key = replace(invoice.lines[0].key, retainer_id="", kind=ChargeKind.ONE_OFF, source_id=workshop.id)
    charged = replace(invoice, lines=(replace(invoice.lines[0], key=key), *invoice.lines[1:]))
    book = with_file(INVOICED, invoices=(charged,))
    dearer = with_file(book, charges=(replace(workshop, unit_price=Decimal(900)), *file.charges[1:]))
    plan = merge_books(book, dearer, update=True)
    assert paths(plan) == ["accounts[0].charges[0].unit_price"]
    assert f"credit note on {invoice.number}" in plan.refused[0].sentence
    renamed = with_file(book, charges=(replace(workshop, text="Other"), *file.charges[1:]))
    assert merge_books(book, renamed, update=True).refused == ()
