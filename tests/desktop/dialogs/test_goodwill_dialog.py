"""The goodwill statement of an account, on the sample business."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.opener import DialogOpener
from retainerdesk.services.accounts import list_accounts
from retainerdesk.services.goodwill import goodwill_reports

TODAY = date(2026, 11, 22)


@pytest.fixture
def giving(desk: Desk) -> str:
    """The first account that was given something in the last year."""
    reports = desk.read(goodwill_reports, None, date(2025, 11, 1), date(2026, 11, 23), TODAY)
    return reports[0].account_id


def test_the_page_and_the_sum_are_shown_and_saved(
    qtbot: QtBot, opener: DialogOpener, chooser: Any, giving: str, tmp_path: Path
) -> None:
    dialog: Any = opener.goodwill(giving)
    qtbot.waitUntil(lambda: dialog.form.preview.has_page, timeout=20_000)
    assert "given without charge, worth" in dialog.form.effect.text()
    chooser.place = tmp_path / "goodwill.pdf"
    dialog.accept()
    assert not dialog.isVisible()
    assert chooser.place.read_bytes().startswith(b"%PDF-")


def test_saving_nowhere_keeps_the_dialog_open(opener: DialogOpener, chooser: Any, giving: str) -> None:
    dialog: Any = opener.goodwill(giving)
    chooser.place = None
    dialog.accept()
    assert dialog.isVisible()
    dialog.reject()


def test_days_the_wrong_way_round_are_refused_at_the_last(opener: DialogOpener, giving: str) -> None:
    dialog: Any = opener.goodwill(giving)
    dialog.form.through.set_day(date(2024, 1, 1))
    dialog.accept()
    assert "before the first" in dialog.shown_violation
    dialog.reject()


def test_a_time_in_which_nothing_was_given_says_so(qtbot: QtBot, desk: Desk, opener: DialogOpener) -> None:
    dialog: Any = opener.goodwill(desk.read(list_accounts)[0].id)
    dialog.form.from_on.set_day(TODAY)
    dialog.form.through.set_day(TODAY)
    qtbot.waitUntil(lambda: "Nothing was given" in dialog.form.effect.text(), timeout=20_000)
    dialog.reject()
