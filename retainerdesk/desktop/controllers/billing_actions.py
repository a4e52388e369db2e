"""Invoices and payments from anywhere in the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from retainerdesk.desktop.dialogs.opener import DialogOpener
    from retainerdesk.desktop.screens import Screens


class BillingActions(QObject):
    """What the Billing menu does. `shown_account` answers with the account on screen, or None."""

    def __init__(
        self,
        screens: Screens,
        opener: DialogOpener,
        shown_account: Callable[[], str | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._screens = screens
        self._opener = opener
        self._shown_account = shown_account

    def issue_invoices(self) -> None:
        """Show the run of everything that can be invoiced today; nothing is issued before it was reviewed."""
        from retainerdesk.desktop.panes.billing_screen import BillingScreen

        self._screens.show("billing")
        screen = self._screens.screen("billing")
        assert isinstance(screen, BillingScreen)
        screen.review_run()

    def record_payment(self) -> None:
        """Open the payment dialog for the account on screen."""
        account_id = self._shown_account()
        if account_id is not None:
            self._opener.payment(account_id)
