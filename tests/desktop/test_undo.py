"""Edits can be taken back and done again; one that is refused is forgotten."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.desk import Desk
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.services.business import get_business, save_business
from retainerdesk.services.results import Changes


def rename(desk: Desk, name: str) -> Changes:
    return desk.write(save_business, replace(desk.read(get_business), name=name)).changes


def do_rename(desk: Desk, name: str) -> None:
    before = desk.read(get_business).name
    desk.undo.do("name", lambda: rename(desk, name), lambda: rename(desk, before))


def name_of(desk: Desk) -> str:
    return desk.read(get_business).name


def test_an_edit_is_done_once_taken_back_and_done_again(desk: Desk) -> None:
    first = name_of(desk)
    told: list[Changes] = []
    desk.bus.changed.connect(told.append)
    do_rename(desk, "B")
    assert (name_of(desk), len(told)) == ("B", 1)
    desk.undo.undo()
    assert (name_of(desk), len(told)) == (first, 2)
    desk.undo.redo()
    assert (name_of(desk), len(told)) == ("B", 3)


def test_the_menu_can_say_what_would_be_undone(desk: Desk) -> None:
    assert (desk.undo.undo_text, desk.undo.can_undo, desk.undo.can_redo) == ("", False, False)
    do_rename(desk, "B")
    assert (desk.undo.undo_text, desk.undo.can_undo) == ("name", True)
    desk.undo.undo()
    assert (desk.undo.redo_text, desk.undo.can_undo, desk.undo.can_redo) == ("name", False, True)


def test_an_edit_that_is_refused_is_not_remembered(desk: Desk) -> None:
    with pytest.raises(RuleViolation):
        do_rename(desk, "")
    assert not desk.undo.can_undo


def test_an_undo_that_is_refused_is_told_and_forgotten(desk: Desk, qtbot: QtBot) -> None:
    desk.undo.do("name", lambda: rename(desk, "B"), lambda: rename(desk, ""))
    with qtbot.waitSignal(desk.undo.failed) as told:
        desk.undo.undo()
    assert isinstance(told.args[0], RuleViolation)
    assert name_of(desk) == "B"
    assert (desk.undo.can_undo, desk.undo.can_redo) == (False, False)


def test_a_redo_that_is_refused_is_told_and_forgotten(desk: Desk, qtbot: QtBot) -> None:
    names = iter(["B", ""])
    desk.undo.do("name", lambda: rename(desk, next(names)), lambda: rename(desk, "A"))
    desk.undo.undo()
    with qtbot.waitSignal(desk.undo.failed):
        desk.undo.redo()
    assert name_of(desk) == "A"
    assert not desk.undo.can_redo


def test_a_new_edit_after_an_undo_forgets_what_was_undone(desk: Desk) -> None:
    do_rename(desk, "B")
    desk.undo.undo()
    do_rename(desk, "C")
    assert not desk.undo.can_redo


def test_more_than_a_hundred_edits_forget_the_oldest(desk: Desk) -> None:
    for number in range(101):
        desk.undo.do(f"edit {number}", Changes, Changes)
    for _ in range(100):
        desk.undo.undo()
    assert not desk.undo.can_undo
