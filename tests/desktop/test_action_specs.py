"""The table of actions is sound, and the builder makes of it what it says."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence

from retainerdesk.desktop.action_spec import ActionContext, ActionSpec
from retainerdesk.desktop.action_specs import SPECS, spec_of
from retainerdesk.desktop.menus import MENUS
from retainerdesk.services.resources import resource_path

each_spec = pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.id)


@each_spec
def test_an_action_has_an_area_and_a_verb(spec: ActionSpec) -> None:
    area, _, verb_noun = spec.id.partition(".")
    assert area in {"file", "edit", "account", "billing", "view", "help"}
    assert "_" in verb_noun


@each_spec
def test_its_icon_is_shipped(spec: ActionSpec) -> None:
    assert resource_path(f"icons/{spec.icon}.svg").is_file()


@each_spec
def test_its_shortcut_is_one_that_qt_knows(spec: ActionSpec) -> None:
    assert QKeySequence(spec.shortcut).toString() == spec.shortcut


@each_spec
def test_whether_it_can_be_used_is_always_answered(spec: ActionSpec) -> None:
    for context in (ActionContext(), ActionContext("acme", True, True, True, True)):
        assert spec.enabled_when(context) in (True, False)


@each_spec
def test_it_stands_in_exactly_one_menu(spec: ActionSpec) -> None:
    assert sum(menu.entries.count(spec.id) for menu in MENUS) == 1


def test_no_id_and_no_shortcut_is_given_twice() -> None:
    ids = Counter(spec.id for spec in SPECS)
    shortcuts = Counter(spec.shortcut for spec in SPECS if spec.shortcut)
    assert {each for each, count in (ids + shortcuts).items() if count > 1} == set()


@pytest.mark.parametrize("menu", MENUS, ids=lambda menu: menu.title)
def test_no_mnemonic_of_a_menu_is_given_twice(menu: object) -> None:
    entries = [entry for entry in menu.entries if entry]  # type: ignore[attr-defined]
    letters = Counter(mnemonic(spec_of(entry).text) for entry in entries)
    assert {letter for letter, count in letters.items() if count > 1} == set()


def test_the_menu_bar_has_a_mnemonic_of_its_own_for_each_menu() -> None:
    assert len({mnemonic(menu.title) for menu in MENUS}) == len(MENUS)


def test_nothing_that_writes_is_offered_for_a_book_that_is_read_only() -> None:
    context = ActionContext("acme", is_read_only=True)
    writing = {"file.add_account", "account.log_call", "account.add_work", "billing.issue_invoices"}
    assert {spec.id for spec in SPECS if spec.enabled_when(context)} & writing == set()


def mnemonic(text: str) -> str:
    return text[text.index("&") + 1].lower()
