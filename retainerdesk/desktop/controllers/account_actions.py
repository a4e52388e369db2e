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
        self, opener: DialogOpener, shown_account: Callable[[], str | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._opener = opener
        self._shown_account = shown_account

    def new_account(self) -> None:
        self._opener.new_account()

    def edit_account(self) -> None:
        self._with_account(self._opener.edit_account)

    def new_retainer(self) -> None:
        self._with_account(self._opener.new_retainer)

    def log_call(self) -> None:
        self._with_account(self._opener.log_call)

    def note(self) -> None:
        self._with_account(self._opener.note)

    def work(self) -> None:
        self._with_account(self._opener.work)

    def action(self) -> None:
        self._with_account(self._opener.action)

    def decision(self) -> None:
        self._with_account(self._opener.decision)

    def charge(self) -> None:
        self._with_account(self._opener.charge)

    def expense(self) -> None:
        self._with_account(self._opener.expense)

    def sell_block(self) -> None:
        self._with_account(self._opener.sell_block)

    def deposit(self) -> None:
        self._with_account(self._opener.deposit)

    def end_retainer(self) -> None:
        self._with_account(self._opener.end_early)

    def goodwill(self) -> None:
        self._with_account(self._opener.goodwill)

    def attach(self) -> None:
        self._with_account(self._opener.attach)

    def _with_account(self, open_dialog: Callable[[str], object]) -> None:
        account_id = self._shown_account()
        if account_id is not None:
            open_dialog(account_id)
