"""The first start of a new day: the list of the day before at once, and that of today when it is added up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.panes.accounts_screen import AccountsScreen
from retainerdesk.desktop.preferences import Preferences
from retainerdesk.desktop.session import Session
from retainerdesk.desktop.single_instance import SingleInstance
from retainerdesk.desktop.theme.theme import Theme
from retainerdesk.domain.account import Account
from retainerdesk.domain.work import WorkEntry
from retainerdesk.services.account_list import load_account_list, load_account_row, load_earlier_list
from retainerdesk.services.accounts import add_account
from retainerdesk.services.context import BookContext
from retainerdesk.services.kept_facts import drop_facts, refresh_facts
from retainerdesk.services.results import EVERYTHING
from retainerdesk.services.rows import add_row
from tests.desktop.conftest import TODAY, open_context

SAID = "Figures of 21 Nov. Those of today are being added up."


@pytest.fixture
def session(context: BookContext, tmp_path: Path, theme: Theme, qtbot: QtBot) -> Iterator[Session]:
    """A session on the sample business, added up the day before, that was started and not yet painted."""
    refresh_facts(context.store, TODAY - timedelta(days=1))
    claim = SingleInstance("key", tmp_path / "run")
    assert claim.claim()
    session = Session(context, Preferences(tmp_path / "config"), claim)
    yield session
    session.end(0)
    claim.release()
    # A session that quits marks the thread as leaving; only a loop of the application clears the mark.
    QTimer.singleShot(0, QApplication.exit)
    QApplication.exec()


def accounts_of(session: Session) -> AccountsScreen:
    screen = session.window.screens.screen("accounts")
    assert isinstance(screen, AccountsScreen)
    return screen


def in_view(session: Session) -> QWidget:
    """The widget where places are shown."""
    widget = session.window.screens._stack.currentWidget()
    assert widget is not None
    return widget


def wait_for_today(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not session.window.waiting.is_under_way)


def test_the_list_of_yesterday_is_there_at_once_and_says_so(session: Session, qtbot: QtBot) -> None:
    yesterday = session.desk.read(load_account_list, TODAY - timedelta(days=1))
    session.start()
    listed = accounts_of(session).list
    assert session.window.screens.current == session.window.navigation.current == "accounts"
    assert listed.summaries == yesterday
    assert (listed.remark.full_text, listed.remark.isVisible()) == (SAID, True)
    wait_for_today(session, qtbot)
    assert listed.summaries == session.desk.read(load_account_list, TODAY) != yesterday
    assert not listed.remark.isVisible()


def test_no_sum_is_made_of_earlier_figures(session: Session, qtbot: QtBot) -> None:
    session.start()
    session.window.fill()
    session.window.refresh(EVERYTHING)
    status = session.window.status
    assert status.business.full_text
    assert (status.recurring.full_text, status.open_money.full_text) == ("", "")
    wait_for_today(session, qtbot)
    assert status.recurring.full_text.startswith("MRR ")


def test_today_waits_and_the_palette_names_every_account(session: Session, qtbot: QtBot) -> None:
    session.start()
    session.window.show_place("today")
    assert in_view(session).accessibleName() == "Adding up the accounts…"
    assert len(session.window.palette_guide.account_entries()) == 6
    wait_for_today(session, qtbot)
    assert session.window.screens.current == "today"
    assert in_view(session) is session.window.screens.screen("today")


def test_the_account_chosen_meanwhile_is_shown_as_of_today(session: Session) -> None:
    session.start()
    session.window.fill()
    session.window.show_account("dune")
    assert session.window.account_id() == "dune"
    assert accounts_of(session).list.remark.full_text == SAID


def test_what_is_entered_meanwhile_is_in_the_list_and_the_rest_stays_of_then(
    session: Session, qtbot: QtBot
) -> None:
    session.start()
    listed = accounts_of(session).list
    others = {row for row in listed.summaries if row.id != "acme"}
    session.desk.write(add_row, WorkEntry("acme", "x-1", TODAY, 600, "ada"))
    assert session.desk.read(load_account_row, "acme", TODAY) in listed.summaries
    assert listed.remark.full_text == "Figures partly of 21 Nov. Those of today are being added up."
    session.desk.write(add_account, Account("zen", "Zen", "EUR"))
    assert {row.id for row in listed.summaries} - {row.id for row in others} == {"acme", "zen"}
    assert others < set(listed.summaries)
    wait_for_today(session, qtbot)
    assert listed.summaries == session.desk.read(load_account_list, TODAY)


def test_adding_up_that_is_cancelled_leaves_the_earlier_figures_until_it_was_done(
    session: Session, qtbot: QtBot
) -> None:
    """Cancelled at once; the keeper of figures does it later, without being asked."""
    session.start()
    session._start_rest()
    session.desk.runner.cancel()
    qtbot.waitUntil(lambda: not session.desk.runner.is_busy)
    assert session.window.waiting.is_under_way
    assert accounts_of(session).list.remark.full_text.startswith("Figures ")
    wait_for_today(session, qtbot)
    assert accounts_of(session).list.summaries == session.desk.read(load_account_list, TODAY)


def test_who_stood_at_today_sees_the_list_first(session: Session) -> None:
    session.state.save(session.window, "today", ())
    session.start()
    assert session.window.screens.current == "accounts"


def test_quitting_meanwhile_is_clean_and_the_list_is_there_again(
    session: Session, context: BookContext, qtbot: QtBot
) -> None:
    session.start()
    session._start_rest()
    assert session.end(0) == 0
    with qtbot.assertNotEmitted(session.watcher.checked, wait=200):
        pass
    again = open_context(context.path)
    with again.store.reading() as uow:
        found = load_earlier_list(uow, TODAY)
    again.store.close()
    assert found is not None
    assert len(found.rows) == 6


def test_where_nothing_earlier_is_left_the_list_is_that_of_today(session: Session) -> None:
    """As after a restore over the open book: figures of another history are not shown for another second."""
    session.start()
    drop_facts(session.desk.context.store)
    session.window.refresh(EVERYTHING)
    listed = accounts_of(session).list
    assert listed.summaries == session.desk.read(load_account_list, TODAY)
    assert not listed.remark.isVisible()
