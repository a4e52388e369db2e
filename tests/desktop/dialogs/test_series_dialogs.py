"""The number series in the settings, on a real book."""

from __future__ import annotations

from typing import Any

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.opener import DialogOpener
from retainerdesk.domain.account import NumberGap
from retainerdesk.services.number_series import get_series, list_series


def child(dialog: Any, name: str) -> Any:
    """The newest dialog of that class opened from the settings."""
    return [each for each in dialog.children() if type(each).__name__ == name][-1]


def test_the_number_format_shows_the_next_three_numbers_or_what_is_wrong(opener: DialogOpener) -> None:
    settings: Any = opener.settings()
    settings.series.change()
    dialog = child(settings, "SeriesDialog")
    dialog.form.format.setText("R-{yy}-{number:03}")
    assert dialog.form.example.text() == "next R-26-073, R-26-074, R-26-075"
    dialog.form.format.setText("R-{yy}")
    assert "exactly once" in dialog.form.example.text()
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.form.format.property("invalid") == "true"
    dialog.reject()
    settings.reject()


def test_a_raised_number_asks_for_its_reason_and_waits_for_save(desk: Desk, opener: DialogOpener) -> None:
    """73 is next; raised to 80, the numbers 73 to 79 are left out."""
    settings: Any = opener.settings()
    settings.series.change()
    dialog = child(settings, "SeriesDialog")
    assert not dialog.form.reason.isEnabled()
    dialog.form.next.setValue(80)
    dialog.accept()
    assert dialog.isVisible()
    assert "Numbers 73 to 79" in dialog.shown_violation
    dialog.form.reason.setText("used in the old program")
    dialog.accept()
    assert "without numbers 73 to 79: used in the old program" in settings.form.series.item(0).text()
    assert desk.read(get_series, "invoice").gaps == ()
    settings.accept()
    assert desk.read(get_series, "invoice").gaps == (NumberGap(73, 79, "used in the old program"),)


def test_a_series_is_added_for_an_account_to_choose(desk: Desk, opener: DialogOpener) -> None:
    settings: Any = opener.settings()
    settings.series.add()
    dialog = child(settings, "SeriesDialog")
    dialog.form.name.setText("Events")
    assert dialog.form.id.text() == "events"
    dialog.form.format.setText("E-{number}")
    dialog.form.reset.setCurrentIndex(1)
    assert "begins at 1 again every year" in dialog.form.example.text()
    dialog.form.format.setText("E{yy}-{number}")
    dialog.accept()
    settings.accept()
    assert [each.id for each in desk.read(list_series)] == ["events", "invoice"]
    account: Any = opener.edit_account("acme")
    account.form.series.setCurrentIndex(account.form.series.findData("events"))
    assert account.value().series_id == "events"
    account.reject()


def test_numbers_are_left_out_where_none_is_taken(desk: Desk, opener: DialogOpener) -> None:
    settings: Any = opener.settings()
    settings.series.leave_out()
    dialog = child(settings, "NumberGapDialog")
    dialog.form.first.setValue(1)
    dialog.form.last.setValue(90)
    dialog.form.reason.setText("used in the old program")
    dialog.accept()
    assert "is on a document" in dialog.shown_violation
    dialog.form.first.setValue(80)
    dialog.accept()
    settings.accept()
    assert desk.read(get_series, "invoice").gaps == (NumberGap(80, 90, "used in the old program"),)
