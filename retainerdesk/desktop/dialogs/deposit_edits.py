"""Deposits: their dialog, and what it keeps, with undo."""

from __future__ import annotations

from functools import partial

from retainerdesk.desktop.dialogs.edits import Keeper
from retainerdesk.desktop.dialogs.entry_context import load_entry_context, local_now
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.domain.deposit import Deposit
from retainerdesk.services.deposits import add_deposit, change_deposit, list_deposits, remove_deposit
from retainerdesk.services.results import Changes


class DepositEdits(Keeper):
    """Agreeing deposits, and saying when they are used."""

    def deposit(self, account_id: str, deposit_id: str = "") -> FormDialog:
        """Agree a deposit, or change the one of `deposit_id`; once billed only when it is used may change."""
        from retainerdesk.desktop.dialogs.deposit_dialog import DepositDialog

        context = self.desk.read(load_entry_context, account_id, local_now(self.desk))
        known = self.desk.read(list_deposits, account_id) if deposit_id else ()
        ledger = next((each.ledger for each in known if each.deposit.id == deposit_id), None)
        dialog = DepositDialog(context, ledger, self.window)
        before = None if ledger is None else ledger.deposit
        if before is not None:
            dialog.remove_wanted.connect(partial(self._remove_asked, before))
        return self.show(dialog, partial(self._keep_deposit, dialog, before))

    def _remove_asked(self, deposit: Deposit) -> None:
        self.edit(
            None, "remove deposit", partial(self._remove_deposit, deposit), partial(self._agree, deposit)
        )

    def _keep_deposit(self, dialog: FormDialog, before: Deposit | None, deposit: Deposit) -> None:
        if before is None:
            self.edit(
                dialog, "deposit", partial(self._agree, deposit), partial(self._remove_deposit, deposit)
            )
        elif before != deposit:
            forward, backward = partial(self._change_deposit, deposit), partial(self._change_deposit, before)
            self.edit(dialog, "change deposit", forward, backward)

    def _agree(self, deposit: Deposit) -> Changes:
        return self.desk.write(add_deposit, deposit).changes

    def _change_deposit(self, deposit: Deposit) -> Changes:
        return self.desk.write(change_deposit, deposit).changes

    def _remove_deposit(self, deposit: Deposit) -> Changes:
        return self.desk.write(remove_deposit, deposit).changes
