"""The register for a table: sorted by what figures mean, states in words and colour, filters that add up."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.models.frozen_rows import ROW_ROLE
from retainerdesk.desktop.models.register_filter import (
    UNSETTLED,
    Issued,
    RegisterFilter,
    issued_within,
)
from retainerdesk.desktop.models.register_model import RegisterColumn, RegisterModel
from retainerdesk.domain.invoice import DocumentKind
from retainerdesk.domain.period import Period
from retainerdesk.services.corrections import CreditCommand, issue_credit_note, void_document
from retainerdesk.services.register import RegisterRow, list_register
from tests.desktop.conftest import TODAY


@pytest.fixture
def rows(desk: Desk) -> tuple[RegisterRow, ...]:
    """The 72 documents of the sample, one of them void, and a credit note."""
    desk.write(void_document, "2026-0072", "wrong account", TODAY)
    desk.write(issue_credit_note, CreditCommand("2026-0071", "price was lower"), TODAY)
    return desk.read(list_register, TODAY)


@pytest.fixture
def model(rows: tuple[RegisterRow, ...]) -> RegisterModel:
    model = RegisterModel()
    model.set_rows(rows)
    return model


def test_the_model_keeps_to_the_rules(model: RegisterModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("column", list(RegisterColumn))
def test_every_column_sorts_both_ways(model: RegisterModel, column: RegisterColumn) -> None:
    model.sort(column, Qt.SortOrder.AscendingOrder)
    rising = [row.number for row in model.rows]
    model.sort(column, Qt.SortOrder.DescendingOrder)
    assert [row.number for row in model.rows] == list(reversed(rising))


def test_amounts_are_sorted_by_value_within_their_currency(model: RegisterModel) -> None:
    model.sort(RegisterColumn.TOTAL)
    amounts = [(row.payable.currency, row.payable.minor) for row in model.rows]
    assert amounts == sorted(amounts)
    assert amounts[0] == ("EUR", -357_000)


def test_a_chosen_row_is_followed_when_the_order_changes(model: RegisterModel) -> None:
    index = QPersistentModelIndex(model.index(5, 0))
    number = index.data(ROW_ROLE).number
    model.sort(RegisterColumn.ACCOUNT)
    assert index.data(ROW_ROLE).number == number


def test_a_void_document_is_struck_through_and_said_so(model: RegisterModel) -> None:
    place = model.place_of("2026-0072")
    assert place is not None
    assert model.index(place, RegisterColumn.TOTAL).data(Qt.ItemDataRole.FontRole).strikeOut()
    assert model.index(place, RegisterColumn.STATE).data() == "Void"
    assert model.index(place, RegisterColumn.OPEN).data() == "–"
    assert model.index(place, RegisterColumn.DUE).data() == "–"
    assert model.index(place, RegisterColumn.STATE).data(Qt.ItemDataRole.DecorationRole) is not None


def test_a_screen_reader_hears_what_a_figure_is(model: RegisterModel) -> None:
    place = model.place_of("CN-2026-0001")
    assert place is not None
    heard = model.index(place, RegisterColumn.TOTAL).data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "Total: −€3,570.00"


@pytest.mark.parametrize(
    ("choice", "today", "days"),
    [
        (Issued.THIS_MONTH, date(2026, 12, 31), Period(date(2026, 12, 1), date(2027, 1, 1))),
        (Issued.LAST_MONTH, date(2026, 1, 1), Period(date(2025, 12, 1), date(2026, 1, 1))),
        (Issued.THIS_QUARTER, date(2026, 11, 22), Period(date(2026, 10, 1), date(2027, 1, 1))),
        (Issued.LAST_QUARTER, date(2026, 2, 28), Period(date(2025, 10, 1), date(2026, 1, 1))),
        (Issued.THIS_YEAR, date(2026, 6, 1), Period(date(2026, 1, 1), date(2027, 1, 1))),
        (Issued.LAST_YEAR, date(2026, 6, 1), Period(date(2025, 1, 1), date(2026, 1, 1))),
        (Issued.EVER, date(2026, 6, 1), None),
    ],
)
def test_months_quarters_and_years_are_those_of_the_calendar(
    choice: Issued, today: date, days: Period | None
) -> None:
    assert issued_within(choice, today) == days


def test_all_conditions_must_hold(rows: tuple[RegisterRow, ...]) -> None:
    """Of Dune's two open invoices one is void now; the one of September is left."""
    dune = RegisterFilter(states=UNSETTLED, account_id="dune")
    assert [row.number for row in dune.shown(rows)] == ["2026-0067"]
    october = Period(date(2026, 10, 1), date(2026, 11, 1))
    assert RegisterFilter(states=UNSETTLED, account_id="dune", issued=october).shown(rows) == ()
    credit = RegisterFilter(kind=DocumentKind.CREDIT_NOTE)
    assert [row.number for row in credit.shown(rows)] == ["CN-2026-0001"]


def test_words_are_found_in_number_account_and_reason_in_any_order(rows: tuple[RegisterRow, ...]) -> None:
    assert [row.number for row in RegisterFilter("LOWER acme").shown(rows)] == ["CN-2026-0001"]
    assert [row.number for row in RegisterFilter("wrong").shown(rows)] == ["2026-0072"]
    assert RegisterFilter("acme dune").shown(rows) == ()
    assert RegisterFilter().shown(rows) == rows
