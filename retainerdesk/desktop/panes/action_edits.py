"""Next actions changed where they stand: done, put off, added. Each can be undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.problems import show_problem
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.domain.work import Action
from retainerdesk.services.rows import add_row, change_row, get_row, new_row_id, remove_row

if TYPE_CHECKING:
    from collections.abc import Callable

    from retainerdesk.desktop.desk import Desk
    from retainerdesk.services.results import Changes


class ActionEdits:
    """Edits actions through the undo desk; what is refused is told over `parent`. False: nothing changed."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self._desk = desk
        self._parent = parent

    def complete(self, account_id: str, action_id: str) -> bool:
        """Mark an action as done today."""
        return self._change(account_id, action_id, "complete action", done_on=self._desk.today())

    def put_off(self, account_id: str, action_id: str, until: date) -> bool:
        """Hide an action until a day."""
        return self._change(account_id, action_id, "put off action", snoozed_until=until)

    def add(self, account_id: str, text: str) -> bool:
        """Add an action without a date."""
        action = Action(account_id, new_row_id("a"), text.strip())
        return self._do("action", partial(self._add, action), partial(self._remove, action))

    def _change(self, account_id: str, action_id: str, words: str, **fields: date) -> bool:
        try:
            before = self._desk.read(get_row, Action, account_id, action_id)
        except RuleViolation as gone:
            show_problem(self._parent, gone)
            return False
        assert isinstance(before, Action)
        after = replace(before, **fields)  # type: ignore[arg-type]
        return self._do(words, partial(self._put, after), partial(self._put, before))

    def _do(self, words: str, forward: Callable[[], Changes], backward: Callable[[], Changes]) -> bool:
        try:
            self._desk.undo.do(words, forward, backward)
        except (RuleViolation, EnvironmentProblem) as refused:
            show_problem(self._parent, refused)
            return False
        return True

    def _put(self, action: Action) -> Changes:
        return self._desk.write(change_row, action).changes

    def _add(self, action: Action) -> Changes:
        return self._desk.write(add_row, action).changes

    def _remove(self, action: Action) -> Changes:
        return self._desk.write(remove_row, action).changes
