"""Accounts and retainers: their dialogs, and what they keep, with undo."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from retainerdesk.desktop.dialogs.edits import Keeper
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.desktop.problems import show_problem
from retainerdesk.domain.account import Account
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.plan import OverageDecision
from retainerdesk.domain.retainer import Pause, Retainer, UsageDecision
from retainerdesk.domain.tax_rates import TaxRate
from retainerdesk.services.accounts import (
    add_account,
    change_account,
    get_account,
    list_accounts,
    remove_account,
)
from retainerdesk.services.business import get_business
from retainerdesk.services.explain import usage_of
from retainerdesk.services.number_series import list_series
from retainerdesk.services.overage import decide_overage
from retainerdesk.services.pause_effects import PauseEffects, pause_effects
from retainerdesk.services.results import Changes
from retainerdesk.services.retainers import (
    add_retainer,
    change_retainer,
    get_retainer,
    list_retainers,
    remove_retainer,
    starts_in_the_past,
    used_plans,
)
from retainerdesk.services.tax_rates import rates_of_business


class AgreementEdits(Keeper):
    """Who the account is and what was agreed."""

    def new_account(self) -> FormDialog:
        """A new account, with the business's own currency and country to begin with."""
        from retainerdesk.desktop.dialogs.account_dialog import AccountDialog

        dialog = AccountDialog(
            self.desk.read(get_business),
            self._names(),
            None,
            self.window,
            self.desk.read(list_series),
            self._rates(),
        )
        return self.show(dialog, partial(self._keep_account, dialog, None))

    def _names(self) -> list[tuple[str, str]]:
        return [(each.id, each.name) for each in self.desk.read(list_accounts)]

    def _rates(self) -> tuple[TaxRate, ...]:
        return self.desk.read(rates_of_business, self.desk.today())

    def edit_account(self, account_id: str) -> FormDialog:
        """An account as it is."""
        from retainerdesk.desktop.dialogs.account_dialog import AccountDialog

        existing = self.desk.read(get_account, account_id)
        dialog = AccountDialog(
            self.desk.read(get_business),
            self._names(),
            existing,
            self.window,
            self.desk.read(list_series),
            self._rates(),
        )
        return self.show(dialog, partial(self._keep_account, dialog, existing))

    def edit_account_tax(self, account_id: str) -> FormDialog:
        """An account as it is, at its tax."""
        from retainerdesk.desktop.dialogs.account_dialog import AccountDialog

        dialog = self.edit_account(account_id)
        assert isinstance(dialog, AccountDialog)
        dialog.show_tax()
        return dialog

    def new_retainer(self, account_id: str) -> FormDialog:
        """A new retainer; one that began earlier asks what was invoiced already."""
        return self._show_retainer(account_id, None)

    def edit_retainer(self, account_id: str, retainer_id: str = "") -> FormDialog | None:
        """A retainer as it is; without an id the account's newest, or a new one where there is none."""
        known = self.desk.read(list_retainers, account_id)
        if not retainer_id:
            return self._show_retainer(account_id, known[-1] if known else None)
        return self._show_retainer(account_id, self.desk.read(get_retainer, account_id, retainer_id))

    def decide_overage(
        self,
        account_id: str,
        retainer_id: str,
        period_on: date,
        *,
        suggested: OverageDecision | None = None,
    ) -> FormDialog | None:
        """Bill, absorb or carry the overage of the closed usage period that starts on `period_on`."""
        from retainerdesk.desktop.dialogs.decision_points import OverageDialog

        retainer = self.desk.read(get_retainer, account_id, retainer_id)
        usage = self.desk.read(usage_of, account_id, retainer_id, period_on, self.desk.today())
        if usage is None or not (usage.overage or usage.offset):
            whose = f"{in_sentence(retainer.name)} from {period_on}"
            message = f"Nothing is over in the period of {whose}; it may have changed."
            show_problem(self.window, RuleViolation("overage.none", message))
            return None
        dialog = OverageDialog(usage, retainer.name, self.desk.today(), self.window, suggested=suggested)
        return self.show(dialog, partial(self._keep_decision, dialog, retainer))

    def decide_at_once(
        self, account_id: str, retainer_id: str, period_on: date, decision: OverageDecision
    ) -> bool:
        """Bill or carry overage without a question, with undo. False if it was refused."""
        retainer = self.desk.read(get_retainer, account_id, retainer_id)
        decided = UsageDecision(period_on, decision, "", self.desk.today())
        forward = partial(self._decide, retainer, decided)
        return self.edit(None, "overage decision", forward, partial(self._change_retainer, retainer))

    def pause_retainer(self, account_id: str, retainer_id: str) -> FormDialog:
        """Pause a retainer, with the consequences shown first."""
        from retainerdesk.desktop.dialogs.pause_dialog import PauseDialog

        retainer = self.desk.read(get_retainer, account_id, retainer_id)
        dialog = PauseDialog(partial(self._effects, retainer), self.desk.today(), None, self.window)
        return self.show(dialog, partial(self._keep_pause, dialog, retainer))

    # Keeping

    def _keep_account(self, dialog: FormDialog, existing: Account | None, account: Account) -> None:
        if existing is None:
            self.edit(
                dialog, "account", partial(self._add_account, account), partial(self._remove_account, account)
            )
        elif account != existing:
            forward = partial(self._change_account, account)
            self.edit(dialog, "change account", forward, partial(self._change_account, existing))

    def _add_account(self, account: Account) -> Changes:
        return self.desk.write(add_account, account).changes

    def _remove_account(self, account: Account) -> Changes:
        return self.desk.write(remove_account, account).changes

    def _change_account(self, account: Account) -> Changes:
        return self.desk.write(change_account, account).changes

    def _show_retainer(self, account_id: str, existing: Retainer | None) -> FormDialog:
        from retainerdesk.desktop.dialogs.retainer_dialog import RetainerContext, RetainerDialog

        taken = tuple(each.id for each in self.desk.read(list_retainers, account_id))
        used = self.desk.read(used_plans, existing) if existing else frozenset()
        context = RetainerContext(
            self.desk.read(get_account, account_id), taken, used, self.desk.today(), self._effects
        )
        dialog = RetainerDialog(context, existing, self.window)
        return self.show(dialog, partial(self._keep_retainer, dialog, existing))

    def _effects(self, retainer: Retainer, pause: Pause) -> PauseEffects:
        return self.desk.read(pause_effects, retainer, pause, self.desk.today())

    def _keep_retainer(self, dialog: FormDialog, existing: Retainer | None, retainer: Retainer) -> None:
        if existing is not None:
            if retainer != existing:
                self._change_kept(dialog, existing, retainer, "change retainer")
            return
        is_kept = self.edit(
            dialog,
            "retainer",
            partial(self._add_retainer, retainer),
            partial(self._remove_retainer, retainer),
        )
        if is_kept and retainer.settled_through is None and starts_in_the_past(retainer, self.desk.today()):
            self._ask_settled(retainer)

    def _ask_settled(self, retainer: Retainer) -> None:
        from retainerdesk.desktop.dialogs.settled_dialog import SettledDialog

        dialog = SettledDialog(retainer, self.desk.today(), self.window)
        self.show(dialog, partial(self._keep_settled, dialog, retainer))

    def _keep_settled(self, dialog: FormDialog, retainer: Retainer, settlement: object) -> None:
        settled = replace(retainer, settled_through=getattr(settlement, "settled_through", None))
        if settled != retainer:
            self._change_kept(dialog, retainer, settled, "earlier periods")

    def _keep_pause(self, dialog: FormDialog, retainer: Retainer, pause: Pause) -> None:
        from retainerdesk.services.pause_effects import with_pause

        self._change_kept(dialog, retainer, with_pause(retainer, pause), "pause")

    def _keep_decision(self, dialog: FormDialog, retainer: Retainer, decision: UsageDecision) -> None:
        forward = partial(self._decide, retainer, decision)
        self.edit(dialog, "overage decision", forward, partial(self._change_retainer, retainer))

    def _change_kept(self, dialog: FormDialog, before: Retainer, after: Retainer, text: str) -> None:
        self.edit(dialog, text, partial(self._change_retainer, after), partial(self._change_retainer, before))

    def _decide(self, retainer: Retainer, decision: UsageDecision) -> Changes:
        outcome = self.desk.write(
            decide_overage, retainer.account_id, retainer.id, decision, self.desk.today()
        )
        return outcome.changes

    def _add_retainer(self, retainer: Retainer) -> Changes:
        return self.desk.write(add_retainer, retainer).changes

    def _remove_retainer(self, retainer: Retainer) -> Changes:
        return self.desk.write(remove_retainer, retainer).changes

    def _change_retainer(self, retainer: Retainer) -> Changes:
        return self.desk.write(change_retainer, retainer).changes
