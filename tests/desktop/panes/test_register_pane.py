"""The register of the billing screen: found, totalled, saved, paid and corrected."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QStyle, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.panes.billing.corrections_menu import Correction
from retainerdesk.desktop.panes.billing_screen import BillingScreen
from tests.desktop.dialogs.conftest import PreparedChooser


@pytest.fixture
def register(qtbot: QtBot, desk: Desk, screen: BillingScreen) -> BillingScreen:
    """The billing screen with the register in view."""
    screen.show_register()
    qtbot.waitUntil(lambda: bool(screen.register.model.rows) and not desk.runner.is_busy, timeout=15_000)
    return screen


def dialog_of(screen: BillingScreen, kind: str) -> Any:
    window = screen._opener.window
    return next(each for each in window.children() if type(each).__name__ == kind)


def choose(screen: BillingScreen, *numbers: str) -> None:
    pane = screen.register
    view = screen.form.register_view
    view.clearSelection()
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for number in numbers:
        place = pane.model.place_of(number)
        assert place is not None
        view.selectionModel().select(pane.model.index(place, 0), flags)


def shown(screen: BillingScreen) -> list[str]:
    return [row.number for row in screen.register.model.rows]


def test_the_foot_adds_up_what_is_shown_per_currency(register: BillingScreen) -> None:
    """Open: 856.80 + 1,428.00 = 2,284.80, all of it late; pounds are a line of their own."""
    assert register.form.register_sum.text() == "72 documents"
    assert register.register.totals.text == (
        "net €147,763.40, open €2,284.80, overdue €2,284.80\nnet £36,238.40, open £0.00, overdue £0.00"
    )


def test_typing_narrows_the_list_and_the_totals_follow(register: BillingScreen) -> None:
    QTest.keyClicks(register.register.filters.search, "0072")
    assert shown(register) == ["2026-0072"]
    assert register.form.register_sum.text() == "1 of 72 documents"
    assert register.register.totals.text == "net €1,200.00, open €1,428.00, overdue €1,428.00"
    QTest.keyClick(register.register.filters.search, Qt.Key.Key_Escape)
    assert len(shown(register)) == 72


def test_account_state_and_time_narrow_it_together(register: BillingScreen) -> None:
    form = register.form
    form.account.setCurrentIndex(form.account.findText("Dune Records"))
    form.state.setCurrentIndex(form.state.findText("Not settled"))
    assert shown(register) == ["2026-0072", "2026-0067"]
    form.issued.setCurrentIndex(form.issued.findText("This quarter"))
    assert shown(register) == ["2026-0072"]
    form.issued.setCurrentIndex(form.issued.findText("This month"))
    assert shown(register) == []
    assert register.register.empty.isVisible()
    register.register.empty.primary.emit()
    assert len(shown(register)) == 72


def test_of_several_chosen_the_foot_shows_their_sum(register: BillingScreen) -> None:
    choose(register, "2026-0072", "2026-0067")
    assert register.form.register_sum.text() == "2 of 72 documents chosen"
    assert register.register.totals.text == "net €2,400.00, open €2,284.80, overdue €2,284.80"


def test_a_header_sorts_and_the_choice_stays(register: BillingScreen) -> None:
    choose(register, "2026-0067")
    register.form.register_view.sortByColumn(6, Qt.SortOrder.DescendingOrder)
    chosen = register.register.chosen
    assert chosen is not None
    assert chosen.number == "2026-0067"


def test_a_payment_is_recorded_of_the_chosen_invoice(
    qtbot: QtBot, desk: Desk, register: BillingScreen
) -> None:
    choose(register, "2026-0072")
    register.form.record_payment.click()
    dialog = dialog_of(register, "PaymentDialog")
    assert dialog.form.amount.text() == "1428.00"
    dialog.accept()
    qtbot.waitUntil(lambda: not desk.runner.is_busy)
    chosen = register.register.chosen
    assert chosen is not None
    assert (chosen.number, chosen.balance.minor) == ("2026-0072", 0)


def test_one_payment_is_recorded_of_several_invoices_of_one_account(register: BillingScreen) -> None:
    choose(register, "2026-0072", "2026-0067")
    register.form.record_payment.click()
    dialog = dialog_of(register, "PaymentDialog")
    assert dialog.form.amount.text() == "2284.80"
    dialog.reject()
    choose(register, "2026-0072", "2026-0071")
    assert not register.form.record_payment.isEnabled()


def test_the_list_on_show_is_exported_as_csv(
    qtbot: QtBot, register: BillingScreen, chooser: PreparedChooser, tmp_path: Path
) -> None:
    register.register.filters.search.setText("dune")
    chooser.place = tmp_path / "list.csv"
    with qtbot.waitSignal(register.told, timeout=15_000) as heard:
        register.form.export_csv.click()
    assert heard.args[0] == f"{len(shown(register))} documents exported to {chooser.place}"
    with chooser.place.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["number"] for row in rows] == shown(register)
    assert rows[0]["open"] == "1428.00"


def test_chosen_documents_are_saved_as_pdf(
    qtbot: QtBot, register: BillingScreen, chooser: PreparedChooser, tmp_path: Path
) -> None:
    choose(register, "2026-0072", "2026-0071")
    chooser.place = tmp_path
    with qtbot.waitSignal(register.told, timeout=20_000):
        register.form.save_pdf.click()
    assert {"2026-0071.pdf", "2026-0072.pdf"} <= {each.name for each in tmp_path.iterdir()}


def test_a_credit_note_is_issued_told_and_found_beside_its_invoice(
    qtbot: QtBot, desk: Desk, register: BillingScreen
) -> None:
    choose(register, "2026-0072")
    register.correct(Correction.CREDIT)
    dialog = dialog_of(register, "CreditDialog")
    dialog.form.reason.setText("never delivered")
    dialog.accept()
    qtbot.waitUntil(lambda: not desk.runner.is_busy)
    assert shown(register)[0] == "CN-2026-0001"
    assert "CN-2026-0001 takes back €1,428.00" in register.document.facts.full_text
    chosen = register.register.chosen
    assert chosen is not None
    assert chosen.balance.minor == 0


def test_the_charges_of_a_void_invoice_are_due_again(
    qtbot: QtBot, desk: Desk, register: BillingScreen
) -> None:
    """5 invoices are due for 11,271.40; the charge of the void one joins them: 12,471.40."""
    choose(register, "2026-0072")
    register.correct(Correction.VOID)
    dialog = dialog_of(register, "VoidDialog")
    dialog.form.reason.setText("wrong account")
    dialog.accept()
    qtbot.waitUntil(lambda: not desk.runner.is_busy)
    assert "€12,471.40 net" in register.form.sum.text()
    assert "void: wrong account" in register.document.facts.full_text


@pytest.mark.parametrize(
    ("number", "possible"),
    [
        ("2026-0072", {Correction.CREDIT, Correction.VOID, Correction.WRITE_OFF}),
        ("2026-0071", {Correction.CREDIT}),
    ],
    ids=["open", "paid"],
)
def test_the_menu_offers_what_is_possible_and_says_why_the_rest_is_not(
    register: BillingScreen, number: str, possible: set[Correction]
) -> None:
    choose(register, number)
    menu = register.register.corrections
    menu.menu.aboutToShow.emit()
    assert {each for each, entry in menu.entries.items() if entry.isEnabled()} == possible
    assert all(entry.isEnabled() or entry.statusTip() for entry in menu.entries.values())


def test_what_is_not_possible_says_why_instead_of_opening(qtbot: QtBot, register: BillingScreen) -> None:
    choose(register, "2026-0071")
    register.correct(Correction.WRITE_OFF)
    box = next(each for each in register.findChildren(QMessageBox) if each.isVisible())
    assert box.text() == "Nothing is open of 2026-0071 that could be written off."
    box.reject()


def test_an_invoice_explains_each_line_and_its_total(
    qtbot: QtBot, desk: Desk, register: BillingScreen
) -> None:
    """2026-0038: 26 h 15 worked, 24 h 30 in lots: 1 h 45 × 140.00 = 245.00, beside the fee."""
    choose(register, "2026-0038")
    register.document.explain()
    qtbot.waitUntil(lambda: len(register.document.lines) == 2, timeout=15_000)
    overage = register.document.lines[0]
    overage.open()
    heard = "\n".join(each.accessibleName() for each in overage.findChildren(type(register.document.title)))
    for words in (
        "14 Mar – 13 Apr",
        "1 of 2, in force since 14 Sep 2025",
        "26 h 15 in 23 entries",
        "1 h 45 × €140.00 an hour = €245.00, rounded once",
        "Pricing study: final version",
    ):
        assert words in heard


def test_the_page_of_the_chosen_document_is_shown(qtbot: QtBot, register: BillingScreen) -> None:
    choose(register, "2026-0067")
    qtbot.waitUntil(lambda: register.document.page.has_page, timeout=15_000)
    qtbot.waitUntil(
        lambda: register.document.page.accessibleName() == "Invoice 2026-0067, first page", timeout=15_000
    )


def test_several_invoices_are_credited_with_one_reason(
    register: BillingScreen, qtbot: QtBot, desk: Desk
) -> None:
    """2026-0067 has 571.20 paid: its note settles the 856.80 that are open, the rest is left as credit."""
    choose(register, "2026-0072", "2026-0067")
    register.register.corrections.menu.aboutToShow.emit()
    entries = register.register.corrections.entries
    assert [each for each, entry in entries.items() if entry.isEnabled()] == [Correction.CREDIT]
    register.correct(Correction.CREDIT)
    dialog = dialog_of(register, "BulkCreditDialog")
    dialog.accept()
    assert dialog.shown_violation.startswith("Say why they are credited")
    dialog.form.reason.setText("Not accepted")
    with qtbot.waitSignal(register.correcting.bulk.told, timeout=15_000) as told:
        dialog.accept()
    assert told.args[0] == "2 credit notes issued."
    qtbot.waitUntil(lambda: not desk.runner.is_busy, timeout=15_000)
    credited = [row.corrects for row in register.register.all_rows if row.number in told.args[1]]
    assert sorted(str(each) for each in credited) == ["2026-0067", "2026-0072"]


def test_only_the_chosen_documents_are_exported_where_several_are(
    register: BillingScreen, qtbot: QtBot, chooser: PreparedChooser, tmp_path: Path
) -> None:
    choose(register, "2026-0072", "2026-0067")
    assert register.form.export_csv.text() == "E&xport 2 as CSV…"
    chooser.place = tmp_path / "chosen.csv"
    with qtbot.waitSignal(register.told, timeout=10_000):
        register.form.export_csv.click()
    rows = list(csv.DictReader(chooser.place.read_text(encoding="utf-8-sig").splitlines()))
    assert sorted(row["number"] for row in rows) == ["2026-0067", "2026-0072"]


def test_in_a_narrow_window_every_filter_says_whole_what_is_chosen(
    qtbot: QtBot, register: BillingScreen
) -> None:
    """1024 pixels, less the document beside the list."""
    register.resize(1024, 560)
    form = register.form
    QApplication.processEvents()
    for combo in (form.account, form.state, form.kind, form.issued):
        option = QStyleOptionComboBox()
        combo.initStyleOption(option)
        room = combo.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, combo
        )
        assert room.width() >= combo.fontMetrics().horizontalAdvance(combo.currentText())
