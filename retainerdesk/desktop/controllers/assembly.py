"""All controllers of one window, by the names that action specs use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.controllers.account_actions import AccountActions
from retainerdesk.desktop.controllers.backup_actions import BackupActions
from retainerdesk.desktop.controllers.billing_actions import BillingActions
from retainerdesk.desktop.controllers.edit_actions import EditActions
from retainerdesk.desktop.controllers.file_actions import FileActions
from retainerdesk.desktop.controllers.help_actions import HelpActions
from retainerdesk.desktop.controllers.integrity_actions import IntegrityActions
from retainerdesk.desktop.controllers.protection_actions import ProtectionActions
from retainerdesk.desktop.controllers.view_actions import ViewActions

if TYPE_CHECKING:
    from retainerdesk.desktop.desk import Desk
    from retainerdesk.desktop.dialogs.opener import DialogOpener
    from retainerdesk.desktop.preferences import Preferences
    from retainerdesk.desktop.screens import Screens


@dataclass(frozen=True, slots=True)
class WindowParts:
    """What controllers act on.

    `dialogs` gives the opener, made at its first use; `shown_account` the account on screen, or None.
    """

    desk: Desk
    dialogs: Callable[[], DialogOpener]
    screens: Screens
    preferences: Preferences
    shown_account: Callable[[], str | None]


@dataclass(frozen=True, slots=True)
class Controllers:
    """The controllers; `by_name` is what the builder of actions looks slots up in."""

    files: FileActions
    view: ViewActions
    billing: BillingActions
    protection: ProtectionActions
    backups: BackupActions
    by_name: Mapping[str, QObject]


def make_controllers(parts: WindowParts, window: QWidget) -> Controllers:
    """One controller an area, each a child of the window."""
    files = FileActions(parts.desk, parts.dialogs, window)
    view = ViewActions(parts.screens, parts.preferences, window)
    billing = BillingActions(parts.screens, parts.dialogs, parts.shown_account, window)
    protection = ProtectionActions(parts.desk, window)
    integrity = IntegrityActions(parts.desk, window)
    integrity.restore_asked.connect(files.restore)
    backups = BackupActions(parts.desk, parts.preferences, window)
    backups.copy_asked.connect(files.restore_as_copy)
    others = {
        "accounts": AccountActions(parts.dialogs, parts.shown_account, window),
        "billing": billing,
        "edit": EditActions(parts.desk.undo, window),
        "help": HelpActions(window),
        "integrity": integrity,
    }
    by_name = {**others, "files": files, "view": view, "protection": protection, "backups": backups}
    return Controllers(files, view, billing, protection, backups, by_name)
