"""The account list answers to typing, arrows, Return and the menu key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.panes.account_list_pane import AccountListPane
from retainerdesk.desktop.theme.theme import Theme
from retainerdesk.domain.account import AccountStatus
from tests.desktop.models.test_account_groups import summary

ACCOUNTS = (
    summary("ACME & Söhne <Ltd>", account_id="acme", needs_you=True),
    summary("Borealis Foods", account_id="borealis", contacts=("Jo Reed",)),
    summary("Cobalt", account_id="cobalt"),
    summary("Old Mill", account_id="mill", status=AccountStatus.PAUSED),
)


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme) -> AccountListPane:
    pane = AccountListPane()
    qtbot.addWidget(pane)
    pane.resize(272, 700)
    pane.show_accounts(ACCOUNTS)
    pane.show()
    return pane


def _shown_ids(pane: AccountListPane) -> list[str]:
    found = []
    index = pane.tree.model().index(0, 0)
    while index.isValid():
        found.append(pane.tree.account_at(index))
        index = pane.tree.indexBelow(index)
    return [each for each in found if each]


def test_paused_accounts_are_folded_until_asked_for(pane: AccountListPane) -> None:
    assert _shown_ids(pane) == ["acme", "borealis", "cobalt"]
    pane.tree.set_folded(set())
    assert _shown_ids(pane) == ["acme", "borealis", "cobalt", "mill"]


def test_a_filter_looks_into_folded_groups_too(pane: AccountListPane) -> None:
    QTest.keyClicks(pane.filter, "mill")
    assert _shown_ids(pane) == ["mill"]
    pane.filter.clear()
    assert _shown_ids(pane) == ["acme", "borealis", "cobalt"]


def test_arrows_in_the_filter_walk_over_headings(qtbot: QtBot, pane: AccountListPane) -> None:
    pane.select("acme")
    with qtbot.waitSignal(pane.account_changed, timeout=1000) as told:
        QTest.keyClick(pane.filter, Qt.Key.Key_Down)
    assert told.args == ["borealis"]
    with qtbot.waitSignal(pane.account_changed, timeout=1000) as told:
        QTest.keyClick(pane.filter, Qt.Key.Key_Up)
    assert told.args == ["acme"]


def test_return_opens_the_first_account_found(qtbot: QtBot, pane: AccountListPane) -> None:
    QTest.keyClicks(pane.filter, "reed")
    with qtbot.waitSignal(pane.account_opened, timeout=1000) as told:
        QTest.keyClick(pane.filter, Qt.Key.Key_Return)
    assert told.args == ["borealis"]


def test_typing_in_the_list_goes_to_the_filter(pane: AccountListPane) -> None:
    pane.select("acme")
    QTest.keyClicks(pane.tree, "cob")
    assert pane.filter.text().startswith("c")
    assert "cobalt" in _shown_ids(pane)


def test_the_choice_survives_a_reload_and_a_filter_that_hides_it(pane: AccountListPane) -> None:
    pane.select("cobalt")
    pane.filter.setText("acme")
    assert pane.selected == "cobalt"
    pane.filter.clear()
    pane.show_accounts(ACCOUNTS)
    assert pane.tree.account_at(pane.tree.currentIndex()) == "cobalt"


def test_a_choice_that_is_gone_is_forgotten(pane: AccountListPane) -> None:
    pane.select("cobalt")
    pane.show_accounts(ACCOUNTS[:2])
    assert pane.selected == ""
    assert not pane.select("cobalt")


def test_what_finds_nothing_offers_everything_again(qtbot: QtBot, pane: AccountListPane) -> None:
    pane.filter.setText("zzz")
    assert pane.nothing_found.isVisible()
    pane.nothing_found.pressed.emit()
    assert pane.filter.text() == ""
    assert pane.tree.isVisible()


def test_without_accounts_the_list_offers_a_first_one(qtbot: QtBot, pane: AccountListPane) -> None:
    pane.show_accounts(())
    assert pane.nobody.isVisible()
    with qtbot.waitSignal(pane.new_account, timeout=1000):
        pane.nobody.pressed.emit()


def test_the_menu_names_its_account(qtbot: QtBot, pane: AccountListPane) -> None:
    pane._open_menu("borealis", pane.mapToGlobal(pane.rect().center()))
    menu = pane.findChildren(QMenu)[0]
    call = next(action for action in menu.actions() if "call" in action.text())
    with qtbot.waitSignal(pane.asked, timeout=1000) as told:
        call.trigger()
    assert told.args == ["log_call", "borealis"]
    menu.close()
