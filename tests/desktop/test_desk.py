"""Reading, writing and telling of changes through the desk."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.desk import Desk
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.services.business import get_business, save_business
from retainerdesk.services.results import Changes
from tests.desktop.conftest import TODAY


def test_today_is_the_day_of_the_book(desk: Desk) -> None:
    assert desk.today() == TODAY


def test_a_write_is_kept_and_told_once(desk: Desk, qtbot: QtBot) -> None:
    renamed = replace(desk.read(get_business), name="Studio Süd")
    told: list[Changes] = []
    desk.bus.changed.connect(told.append)
    desk.write(save_business, renamed)
    assert desk.read(get_business).name == "Studio Süd"
    assert told == [Changes(business=True, money=True, dates=True)]


def test_a_refused_write_keeps_nothing_and_tells_nobody(desk: Desk, qtbot: QtBot) -> None:
    before = desk.read(get_business)
    with qtbot.assertNotEmitted(desk.bus.changed), pytest.raises(RuleViolation):
        desk.write(save_business, replace(before, name=" "))
    assert desk.read(get_business) == before


def test_listeners_hear_of_a_change_when_it_can_be_read(desk: Desk, qtbot: QtBot) -> None:
    seen: list[str] = []
    desk.bus.changed.connect(lambda _changes: seen.append(desk.read(get_business).name))
    desk.write(save_business, replace(desk.read(get_business), name="Studio Ost"))
    assert seen == ["Studio Ost"]
