"""Figures are kept after the start and after every change, without anybody asking."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.facts_keeper import FactsKeeper
from retainerdesk.domain.work import WorkEntry
from retainerdesk.services.account_view import load_account_view
from retainerdesk.services.kept_facts import load_kept_view
from retainerdesk.services.rows import add_row
from tests.desktop.conftest import TODAY


@pytest.fixture
def keeper(desk: Desk) -> Iterator[FactsKeeper]:
    made = FactsKeeper(desk)
    yield made
    made.stop()


def test_the_figures_of_every_account_are_kept_after_the_start(
    desk: Desk, keeper: FactsKeeper, qtbot: QtBot
) -> None:
    assert desk.read(load_kept_view, "acme", TODAY) is None
    with qtbot.waitSignal(keeper.settled, timeout=60_000):
        keeper.start()
    assert desk.read(load_kept_view, "acme", TODAY) is not None


def test_a_change_is_kept_too(desk: Desk, keeper: FactsKeeper, qtbot: QtBot) -> None:
    with qtbot.waitSignal(keeper.settled, timeout=60_000):
        keeper.start()
    with qtbot.waitSignal(keeper.settled, timeout=60_000):
        desk.write(add_row, WorkEntry("acme", "x-1", TODAY, 60, "ada"))
        assert desk.read(load_kept_view, "acme", TODAY) is None
    assert desk.read(load_kept_view, "acme", TODAY) == desk.read(load_account_view, "acme", TODAY)
