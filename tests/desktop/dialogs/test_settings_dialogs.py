"""Settings, the first start and the import, on real books."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.countries import Suggestion, suggestion_for
from retainerdesk.desktop.dialogs.first_start_dialog import FirstStartDialog
from retainerdesk.desktop.dialogs.import_dialog import ImportDialog
from retainerdesk.desktop.dialogs.opener import DialogOpener
from retainerdesk.desktop.dialogs.settings_dialog import SettingsDialog
from retainerdesk.desktop.preferences import Preferences
from retainerdesk.domain.account import Person
from retainerdesk.services.accounts import list_accounts
from retainerdesk.services.business import get_business, list_people, save_person
from retainerdesk.services.machine import load_settings
from retainerdesk.services.number_series import list_series
from tests.desktop.conftest import TODAY

TOGGL = (
    "User,Email,Client,Project,Description,Billable,Start date,Start time,End date,End time,Duration\n"
    "Ada Nord,,ACME & Söhne <Ltd>,Advisory,prep,Yes,2026-11-20,09:00:00,2026-11-20,10:30:00,01:30:00\n"
    "Ada Nord,,Nobody Ltd,Advisory,prep,Yes,2026-11-20,11:00:00,2026-11-20,11:30:00,00:30:00\n"
)


def test_settings_saved_unchanged_change_nothing(desk: Desk, opener: DialogOpener) -> None:
    before = (desk.read(get_business), desk.read(list_people), desk.read(list_series))
    dialog: Any = opener.settings()
    dialog.accept()
    assert not dialog.isVisible()
    assert (desk.read(get_business), desk.read(list_people), desk.read(list_series)) == before


def test_a_wrong_iban_is_shown_on_its_page_and_nothing_is_kept(desk: Desk, opener: DialogOpener) -> None:
    before = desk.read(get_business)
    dialog: Any = opener.settings()
    dialog.form.name.setText("Other name")
    dialog.form.iban.setText("DE88 3704 0044 0532 0130 00")
    dialog.accept()
    assert dialog.form.tabs.currentWidget() is dialog.form.money_tab
    assert "check digits" in dialog.shown_violation
    assert desk.read(get_business) == before
    dialog.reject()


def test_the_number_of_backups_is_set_for_this_computer_and_said_in_words(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    preferences = Preferences(tmp_path / "config")
    dialog = SettingsDialog(desk, preferences)
    qtbot.addWidget(dialog)
    assert "last 7 days, 5 weeks and 12 months that have one" in dialog.form.backup_hint.text()
    dialog.form.backup_days.setValue(1)
    dialog.form.backup_weeks.setValue(0)
    dialog.form.backup_daily.setChecked(False)
    assert (
        "last day and 12 months that have one, and the newest 5 in any case" in dialog.form.backup_hint.text()
    )
    dialog.accept()
    kept = load_settings(tmp_path / "config")
    assert (kept.backup_days, kept.backup_weeks, kept.backup_months) == (1, 0, 12)
    assert not kept.is_backup_daily


def test_settings_can_be_undone(desk: Desk, opener: DialogOpener) -> None:
    before = (desk.read(get_business), desk.read(list_people), desk.read(list_series))
    dialog: Any = opener.settings()
    dialog.form.name.setText("Another name")
    dialog.accept()
    assert desk.read(get_business).name == "Another name"
    desk.undo.undo()
    assert (desk.read(get_business), desk.read(list_people), desk.read(list_series)) == before


def test_who_never_worked_is_removed_and_who_did_has_left(desk: Desk, opener: DialogOpener) -> None:
    desk.write(save_person, Person("temp", "Temp Orary"))
    dialog: Any = opener.settings()
    rows = [person.id for person in dialog.people.value()]
    dialog.form.people.setCurrentRow(rows.index("temp"))
    dialog.form.remove_person.click()
    dialog.accept()
    assert "temp" not in [person.id for person in desk.read(list_people)]
    desk.undo.undo()
    assert "temp" in [person.id for person in desk.read(list_people)]
    dialog = opener.settings()
    dialog.form.people.setCurrentRow(rows.index("ada"))
    dialog.form.remove_person.click()
    dialog.accept()
    assert "enter the day they left" in dialog.shown_violation
    assert dialog.form.tabs.currentWidget() is dialog.form.people_tab
    dialog.reject()


def test_who_has_left_is_not_offered_for_new_work(desk: Desk, opener: DialogOpener) -> None:
    ada = next(person for person in desk.read(list_people) if person.id == "ada")
    desk.write(save_person, replace(ada, left_on=TODAY))
    dialog: Any = opener.work("acme")
    assert dialog.form.person_id.findData("ada") == -1
    assert dialog.form.person_id.currentData() is not None
    dialog.reject()


def test_a_wrong_vat_id_is_shown_at_its_field_and_an_old_one_stops_nobody(
    desk: Desk, opener: DialogOpener
) -> None:
    dialog: Any = opener.settings()
    dialog.form.tax_id.setText("DE136695977")
    dialog.accept()
    assert "not a VAT id of DE" in dialog.shown_violation
    dialog.form.tax_id.setText("DE 136 695 976")
    dialog.accept()
    assert desk.read(get_business).tax_id == "DE136695976"


def test_a_cost_rate_from_a_day_on_is_kept_with_its_person(desk: Desk, opener: DialogOpener) -> None:
    dialog: Any = opener.settings()
    dialog.form.people.setCurrentRow(0)
    dialog.people.change()
    person: Any = next(each for each in dialog.children() if type(each).__name__ == "PersonDialog")
    person._rates.add_row(("2027-01-01", "70"))
    person.accept()
    dialog.accept()
    ada = desk.read(list_people)[0]
    assert ada.cost_rates[-1].hourly_rate == Decimal(70)


def test_a_logo_is_kept_by_content_and_a_text_file_is_refused(
    desk: Desk, opener: DialogOpener, chooser: Any, tmp_path: Path
) -> None:
    dialog: Any = opener.settings()
    fake = tmp_path / "logo.png"
    fake.write_text("no picture")
    chooser.files = (fake,)
    dialog.documents.choose_logo()
    assert "not a picture" in dialog.shown_violation
    real = tmp_path / "real.png"
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    picture.save(str(real))
    chooser.files = (real,)
    dialog.documents.choose_logo()
    assert not dialog.documents.form.logo.pixmap().isNull()
    dialog.accept()
    sha256 = desk.read(get_business).logo_sha256
    assert sha256 is not None
    assert (desk.context.folder / sha256).read_bytes() == real.read_bytes()


@pytest.mark.parametrize(
    ("country", "currency", "time_zone", "locale"),
    [
        ("DE", "EUR", "Europe/Berlin", "de_DE"),
        ("GB", "GBP", "Europe/London", "en_GB"),
        ("US", "USD", "America/New_York", "en_US"),
        ("CH", "CHF", "Europe/Zurich", "de_CH"),
    ],
)
def test_a_country_suggests_what_goes_with_it(
    country: str, currency: str, time_zone: str, locale: str
) -> None:
    assert suggestion_for(country) == Suggestion(country, currency, time_zone, locale)


def test_the_first_start_needs_a_name_and_nothing_else(qtbot: QtBot, empty_desk: Desk) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    opener = DialogOpener(empty_desk, window)
    dialog: Any = opener.first_start()
    dialog.accept()
    assert dialog.form.name.property("invalid") == "true"
    dialog.form.name.setText("Studio Nord")
    dialog.form.country.setCurrentText("Switzerland")
    dialog.accept()
    business = empty_desk.read(get_business)
    assert (business.name, business.currency, business.time_zone) == ("Studio Nord", "CHF", "Europe/Zurich")
    assert [person.name for person in empty_desk.read(list_people)] == ["Studio Nord"]
    assert opener.first_start() is None


def test_looking_around_fills_the_sample_business(qtbot: QtBot, empty_desk: Desk) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog: Any = DialogOpener(empty_desk, window).first_start()
    assert isinstance(dialog, FirstStartDialog)
    dialog.form.look_around.click()
    assert len(empty_desk.read(list_accounts)) == 6


def test_an_import_says_first_what_it_would_do_and_then_does_it(
    qtbot: QtBot, desk: Desk, opener: DialogOpener, tmp_path: Path
) -> None:
    """One row of two fits; the other has a client nobody knows."""
    export = tmp_path / "toggl.csv"
    export.write_text(TOGGL, encoding="utf-8")
    dialog: Any = opener.import_files([export])
    assert isinstance(dialog, ImportDialog)
    qtbot.waitUntil(lambda: "1 to add" in dialog.form.summary.text())
    assert "1 refused" in dialog.form.summary.text()
    assert any("Nobody Ltd" in row[0] for row in dialog._table.rows)
    assert not any("--create" in row[0] for row in dialog._table.rows)
    with qtbot.waitSignal(dialog.imported) as heard:
        dialog.accept()
        dialog.accept()
    assert heard.args[0].added == 1
    dialog.show_files([export])
    qtbot.waitUntil(lambda: "1 already there" in dialog.form.summary.text())
    dialog.reject()


def test_a_file_nobody_knows_is_said_in_words(qtbot: QtBot, opener: DialogOpener, tmp_path: Path) -> None:
    strange = tmp_path / "strange.bin"
    strange.write_bytes(b"\x00\x01\x02")
    dialog: Any = opener.import_files([strange])
    qtbot.waitUntil(lambda: dialog.form.summary.text() not in ("", "Reading…"))
    assert not dialog._save_button.isEnabled()
    dialog.reject()
