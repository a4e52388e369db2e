"""What an action is: one thing the window can do, and what decides whether it can be done now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ActionContext:
    """What decides whether an action can be used now. `account_id` is the account on screen, if any."""

    account_id: str | None = None
    can_undo: bool = False
    can_redo: bool = False
    is_read_only: bool = False
    is_busy: bool = False


EnabledWhen = Callable[[ActionContext], bool]


def always(_context: ActionContext) -> bool:
    """Usable at any time."""
    return True


def writable(context: ActionContext) -> bool:
    """Usable while the book may be changed."""
    return not context.is_read_only


def with_account(context: ActionContext) -> bool:
    """Usable while an account is on screen and the book may be changed."""
    return context.account_id is not None and not context.is_read_only


def showing_account(context: ActionContext) -> bool:
    """Usable while an account is on screen."""
    return context.account_id is not None


def idle(context: ActionContext) -> bool:
    """Usable while the book may be changed and no operation is under way."""
    return not context.is_read_only and not context.is_busy


def undoable(context: ActionContext) -> bool:
    """Usable while there is an edit to take back."""
    return context.can_undo


def redoable(context: ActionContext) -> bool:
    """Usable while there is an edit to do again."""
    return context.can_redo


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing the window can do.

    `id` is "area.verb_noun". `text` carries its mnemonic (&) and is never data. `slot` is
    "controller.method". `shortcut` is portable ("Ctrl+K"), empty for none. `choice` makes it one of a group
    of which one is on.
    """

    id: str
    text: str
    icon: str
    slot: str
    shortcut: str = ""
    enabled_when: EnabledWhen = always
    choice: str = ""
    words: str = ""

    @property
    def plain_text(self) -> str:
        """The text without its mnemonic."""
        return self.text.replace("&", "")
