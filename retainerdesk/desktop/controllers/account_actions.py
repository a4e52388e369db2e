"""Everything that is recorded about the account on screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from retainerdesk.desktop.dialogs.opener import DialogOpener


class AccountActions(QObject):
    """What the Account menu does. `shown_account` answers with the account on screen, or None."""

    def __init__(
        self, dialogs: Callable[[], DialogOpener], shown_account: Callable[[], str | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._dialogs = dialogs
        self._shown_account = shown_account

    def new_account(self) -> None:
        self._dialogs().new_account()

    def edit_account(self) -> None:
        self._with_account(self._dialogs().edit_account)

    def new_retainer(self) -> None:
        self._with_account(self._dialogs().new_retainer)

    def log_call(self) -> None:
        self._with_account(self._dialogs().log_call)

    def note(self) -> None:
        self._with_account(self._dialogs().note)

    def work(self) -> None:
        self._with_account(self._dialogs().work)

    def action(self) -> None:
        self._with_account(self._dialogs().action)

    def decision(self) -> None:
        self._with_account(self._dialogs().decision)

    def charge(self) -> None:
        self._with_account(self._dialogs().charge)

    def expense(self) -> None:
        self._with_account(self._dialogs().expense)

    def sell_block(self) -> None:
        self._with_account(self._dialogs().sell_block)

    def deposit(self) -> None:
        self._with_account(self._dialogs().deposit)

    def end_retainer(self) -> None:
        self._with_account(self._dialogs().end_early)

    def goodwill(self) -> None:
        self._with_account(self._dialogs().goodwill)

    def attach(self) -> None:
        self._with_account(self._dialogs().attach)

    def _with_account(self, open_dialog: Callable[[str], object]) -> None:
        account_id = self._shown_account()
        if account_id is not None:
            open_dialog(account_id)
