"""Invoices and payments from anywhere in the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from retainerdesk.desktop.dialogs.opener import DialogOpener
    from retainerdesk.desktop.panes.billing_screen import BillingScreen
    from retainerdesk.desktop.screens import Screens


class BillingActions(QObject):
    """What the Billing menu does. `shown_account` answers with the account on screen, or None."""

    def __init__(
        self,
        screens: Screens,
        dialogs: Callable[[], DialogOpener],
        shown_account: Callable[[], str | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._screens = screens
        self._dialogs = dialogs
        self._shown_account = shown_account

    def issue_invoices(self) -> None:
        """Show the run of everything that can be invoiced today; nothing is issued before it was reviewed."""
        self._screen().review_run()

    def show_drafts(self) -> None:
        """Show what was kept before it is issued."""
        self._screen().show_drafts()

    def show_draft(self, draft_id: str) -> None:
        """Show the drafts with one of them chosen."""
        self._screen().show_drafts(draft_id)

    def show_register(self) -> None:
        """Show every document that was issued."""
        self._screen().show_register()

    def export_register(self) -> None:
        """Write the documents on show as a CSV file."""
        self._screen().export_register()

    def show_owed(self) -> None:
        """Show what accounts owe; the account on screen is chosen if it owes something."""
        self.show_owed_of(self._shown_account() or "")

    def show_owed_of(self, account_id: str) -> None:
        """Show what accounts owe, with one of them chosen."""
        self._screen().show_owed(account_id)

    def write_letter(self) -> None:
        """A letter of dunning to the account on screen."""
        account_id = self._shown_account()
        if account_id is not None:
            self._dialogs().letter(account_id)

    def make_statement(self) -> None:
        """A statement of the account on screen."""
        account_id = self._shown_account()
        if account_id is not None:
            self._dialogs().statement(account_id)

    def run_dunning(self) -> None:
        """Every letter that is due, shown on what is owed."""
        self._screen().show_owed()
        self._dialogs().dunning_run()

    def change_late_rates(self) -> None:
        """The reference rates of late interest."""
        self._dialogs().late_interest_rates()

    def decide_overage(self) -> None:
        """Show the overage that waits for a decision."""
        self._screen().review_overage()

    def close_periods(self) -> None:
        """Show what can be closed, and the differences late work makes in what is."""
        self._screen().review_closing()

    def credit_invoice(self) -> None:
        """A credit note on the invoice chosen in the register."""
        self._correct("billing.credit_invoice")

    def void_document(self) -> None:
        """Cancel the document chosen in the register."""
        self._correct("billing.void_document")

    def write_off_invoice(self) -> None:
        """Give up what is open of the invoice chosen in the register."""
        self._correct("billing.write_off_invoice")

    def apply_credit(self) -> None:
        """Use credit for the document chosen in the register."""
        self._correct("billing.apply_credit")

    def refund_credit(self) -> None:
        """Pay back credit of the document chosen in the register."""
        self._correct("billing.refund_credit")

    def _correct(self, action_id: str) -> None:
        from retainerdesk.desktop.panes.billing.corrections_menu import Correction

        self._screen().correct(Correction(action_id))

    def _screen(self) -> BillingScreen:
        """The Billing place, brought into view."""
        from retainerdesk.desktop.panes.billing_screen import BillingScreen

        self._screens.show("billing")
        screen = self._screens.screen("billing")
        assert isinstance(screen, BillingScreen)
        return screen

    def record_payment(self) -> None:
        """Open the payment dialog for the account on screen."""
        account_id = self._shown_account()
        if account_id is not None:
            self._dialogs().payment(account_id)
