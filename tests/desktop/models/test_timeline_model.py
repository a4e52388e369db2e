"""Stored rows become lines under their months; pages join without a second heading."""

from datetime import date

import pytest
from pytestqt.modeltest import ModelTester

from retainerdesk.desktop.models.timeline_entries import (
    MonthHead,
    TimelineLine,
    entries_of,
    line_of,
    month_sums,
)
from retainerdesk.desktop.models.timeline_model import EXPANDED_ROLE, LAST_IN_MONTH_ROLE, TimelineModel
from retainerdesk.desktop.models.timeline_words import TimelineNames
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period
from retainerdesk.services.document_state import InvoiceState
from retainerdesk.services.money_facts import InvoiceFact
from retainerdesk.services.timeline import MonthFigures, TimelineRow

TODAY = date(2026, 11, 22)
DUE = date(2026, 11, 29)
NAMES = TimelineNames(TODAY, people={"ada": "Ada Nord"}, retainers={"adv": "Advisory"})

LINES = (
    ("Fee", Period(date(2026, 11, 15), date(2026, 12, 15))),
    ("Workshop", Period(date(2026, 11, 3), date(2026, 11, 4))),
)


def row(kind: str, on: date = TODAY, title: str = "", detail: str = "", **more: object) -> TimelineRow:
    return TimelineRow(on, kind, f"{kind}-{on}", title, detail, **more)  # type: ignore[arg-type]


def fact(state: InvoiceState, days_late: int | None = None, due_on: date = DUE) -> TimelineNames:
    return TimelineNames(
        TODAY,
        invoices={"2026-0041": InvoiceFact("2026-0041", due_on, state, days_late, LINES)},
        settled_by={"p1": ("2026-0041",)},
    )


def invoice_line(names: TimelineNames, gross: int = 357000) -> TimelineLine:
    stored = TimelineRow(
        TODAY, "invoice", "2026-0041", "2026-0041", "issued", amount_minor=gross, currency="EUR"
    )
    return line_of(stored, names)


def test_work_names_its_kind_person_and_time() -> None:
    line = line_of(row("work", title="prep", detail="Agenda", minutes=210, person="ada"), NAMES)
    assert (line.title, line.extra, line.detail) == ("Work", "· preparation", "Agenda")
    assert (line.amount, line.sub) == ("3 h 30", "Ada Nord")


def test_a_note_of_several_lines_shows_its_first_as_title() -> None:
    line = line_of(row("note", title="<b>Review</b>\nGoals\nfor Q4", time="16:30"), NAMES)
    assert (line.title, line.detail, line.sub) == ("<b>Review</b>", "Goals for Q4", "16:30")


@pytest.mark.parametrize(
    ("state", "days_late", "due_on", "sub", "tone"),
    [
        (InvoiceState.OPEN, None, DUE, "due 29 Nov", "neutral"),
        (InvoiceState.PART_PAID, None, DUE, "part paid, due 29 Nov", "neutral"),
        (InvoiceState.OVERDUE, 20, date(2026, 11, 2), "20 days late", "bad"),
        (InvoiceState.PAID, 0, DUE, "paid", "good"),
        (InvoiceState.PAID, 3, DUE, "paid 3 days late", "warn"),
        (InvoiceState.VOID, None, DUE, "void", "neutral"),
    ],
)
def test_an_invoice_says_what_it_waits_for(
    state: InvoiceState, days_late: int | None, due_on: date, sub: str, tone: str
) -> None:
    line = invoice_line(fact(state, days_late, due_on))
    assert (line.title, line.detail, line.amount) == (
        "Invoice 2026-0041",
        "Fee, 15 Nov – 14 Dec; Workshop",
        "€3,570.00",
    )
    assert (line.sub, line.sub_tone) == (sub, tone)


def test_a_negative_document_is_a_credit_note() -> None:
    line = invoice_line(TimelineNames(TODAY), gross=-357000)
    assert (line.title, line.amount) == ("Credit note 2026-0041", "−€3,570.00")


def test_a_payment_says_which_invoice_it_settled_and_how_early() -> None:
    """Due 29 Nov, paid 27 Nov: two days before."""
    stored = TimelineRow(
        date(2026, 11, 27), "payment", "p1", "Bank transfer", "", amount_minor=357000, currency="EUR"
    )
    line = line_of(stored, fact(InvoiceState.PAID, 0))
    assert (line.extra, line.detail) == ("for 2026-0041", "Bank transfer, 2 days before due")
    assert line_of(stored, NAMES).extra == "· not allocated yet"


def test_a_payment_in_another_currency_says_what_arrived() -> None:
    """4,000 USD arrived and settle 3,570.00 EUR."""
    stored = TimelineRow(TODAY, "payment", "p1", "", "", amount_minor=357000, currency="EUR")
    names = TimelineNames(TODAY, received={"p1": Money(400000, "USD")})
    line = line_of(stored, names)
    assert (line.amount, line.sub) == ("€3,570.00", "$4,000.00 received")


def test_a_one_off_charge_says_what_it_comes_to() -> None:
    stored = TimelineRow(TODAY, "charge", "x1", "Workshop", "")
    line = line_of(stored, TimelineNames(TODAY, charges={"x1": Money(80000, "EUR")}))
    assert (line.title, line.detail, line.amount) == ("One-off charge", "Workshop", "€800.00")


def test_a_kind_nobody_described_still_shows_its_text() -> None:
    assert line_of(row("comet", title="Seen"), NAMES).title == "Seen"


def test_months_are_headed_once_also_across_pages() -> None:
    rows = [row("call", date(2026, 11, 3)), row("call", date(2026, 10, 30))]
    first = entries_of(rows, {}, NAMES)
    assert [type(entry) for entry in first] == [MonthHead, TimelineLine, MonthHead, TimelineLine]
    second = entries_of([row("call", date(2026, 10, 2))], {}, NAMES, last_month=date(2026, 10, 1))
    assert [type(entry) for entry in second] == [TimelineLine]


def test_a_month_sums_calls_hours_and_money() -> None:
    full = MonthFigures(date(2026, 11, 1), 5, 1380, (Money(357000, "EUR"), Money(0, "GBP")))
    assert month_sums(full) == "5 calls · 23 h · €3,570 invoiced"
    assert month_sums(MonthFigures(date(2026, 11, 1), 0, 0)) == "no calls"
    assert month_sums(None) == ""


def test_the_model_keeps_every_rule_of_qt_models(qtmodeltester: ModelTester) -> None:
    model = TimelineModel()
    entries = entries_of([row("call", date(2026, 11, 3)), row("note", date(2026, 10, 30))], {}, NAMES)
    model.show_entries(entries[:2])
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.append(entries[2:])
    assert model.rowCount() == 4
    assert [bool(model.index(at).data(LAST_IN_MONTH_ROLE)) for at in range(4)] == [False, True, False, True]


def test_a_line_is_expanded_and_short_again() -> None:
    model = TimelineModel()
    model.show_entries(entries_of([row("call")], {}, NAMES))
    place = model.place_of("call", f"call-{TODAY}")
    model.toggle_expanded(place)
    assert place.data(EXPANDED_ROLE)
    model.toggle_expanded(place)
    assert not place.data(EXPANDED_ROLE)
    model.toggle_expanded(model.index(0))
    assert not model.index(0).data(EXPANDED_ROLE)
