"""What the timeline says about documents and payments, on the sample business."""

from datetime import date, timedelta
from pathlib import Path

from retainerdesk.services.document_state import InvoiceState
from retainerdesk.services.invoices import list_invoices
from retainerdesk.services.money_facts import load_money_facts
from retainerdesk.services.timeline import timeline_page
from retainerdesk.services.upkeep import fill_sample
from retainerdesk.store.book_store import open_book
from retainerdesk.system.clock import FixedClock

TODAY = date(2026, 11, 22)


def test_documents_say_what_they_wait_for_and_payments_what_they_settle(tmp_path: Path) -> None:
    store = open_book(tmp_path / "sample.book", FixedClock(TODAY), create=True)
    fill_sample(store, TODAY)
    with store.reading() as uow:
        rows = timeline_page(uow, "dune", until=TODAY, kinds=["invoice", "payment"]).rows
        facts = load_money_facts(uow, "dune", TODAY, rows)
        register = {row.number: row for row in list_invoices(uow, TODAY, "dune")}
        first_on = min(row.issued_on for row in register.values())
        before = load_money_facts(uow, "dune", first_on - timedelta(1), rows)
        paid = next(row for row in rows if row.kind == "payment")
        of_a_payment = load_money_facts(uow, "dune", TODAY, [paid])
        of_none = load_money_facts(uow, "dune", TODAY, [row for row in rows if row.kind == "call"])
    store.close()
    assert facts.invoices.keys() == register.keys()
    assert {number: fact.state for number, fact in facts.invoices.items()} == {
        number: row.state for number, row in register.items()
    }
    late = [fact for fact in facts.invoices.values() if fact.state is InvoiceState.OVERDUE]
    assert late
    assert all(fact.days_late == (TODAY - fact.due_on).days for fact in late)
    settled = {number for numbers in facts.settled_by.values() for number in numbers}
    assert settled == {number for number, row in register.items() if row.balance < row.gross}
    assert before.invoices == {}
    assert of_a_payment.invoices.keys() == set(facts.settled_by[paid.id])
    assert of_none.invoices == {}
