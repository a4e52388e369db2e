"""Turns action specs into QActions: one each, shared by menus, buttons and the command palette."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.action_spec import ActionContext, ActionSpec
from retainerdesk.desktop.theme.icons import icon


class Actions(QObject):
    """The actions of one window, made from specs.

    `controllers` are QObjects by name: the slot "files.export_book" is `controllers["files"].export_book`.
    Raises KeyError or AttributeError for a slot that does not exist.
    """

    def __init__(
        self, window: QWidget, specs: Sequence[ActionSpec], controllers: Mapping[str, QObject]
    ) -> None:
        super().__init__(window)
        self.specs = tuple(specs)
        self._groups: dict[str, QActionGroup] = {}
        self._actions = {spec.id: self._build(window, spec, controllers) for spec in specs}
        self.refresh(ActionContext())

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def refresh(self, context: ActionContext) -> None:
        """Enable what can be used now."""
        for spec in self.specs:
            self._actions[spec.id].setEnabled(spec.enabled_when(context))

    def check(self, action_id: str) -> None:
        """Mark one of a group of choices as the one in force, without running it."""
        self._actions[action_id].setChecked(True)

    def usable(self) -> tuple[ActionSpec, ...]:
        """The specs of what can be used now, in their order."""
        return tuple(spec for spec in self.specs if self._actions[spec.id].isEnabled())

    def _build(self, window: QWidget, spec: ActionSpec, controllers: Mapping[str, QObject]) -> QAction:
        action = QAction(icon(spec.icon, "muted"), spec.text, window)
        action.setObjectName(spec.id)
        action.setShortcut(QKeySequence(spec.shortcut))
        # A menu merged by the platform must not be reordered by the words of its entries.
        action.setMenuRole(QAction.MenuRole.NoRole)
        if spec.choice:
            action.setCheckable(True)
            group = self._groups.setdefault(spec.choice, QActionGroup(window))
            group.addAction(action)
        controller, method = spec.slot.split(".")
        action.triggered.connect(getattr(controllers[controller], method))
        # The window owns it, so that its shortcut works while no menu shows it.
        window.addAction(action)
        return action
