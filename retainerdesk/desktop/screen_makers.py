"""Makes the screens and joins them to the dialogs: a screen says what it wants by a word, never how."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from retainerdesk.desktop.desk import Desk
    from retainerdesk.desktop.dialogs.opener import DialogOpener
    from retainerdesk.desktop.panes.accounts_screen import AccountsScreen
    from retainerdesk.desktop.panes.today_pane import TodayPane
    from retainerdesk.desktop.screens import MakeScreen
    from retainerdesk.services.account_list import EarlierList
    from retainerdesk.services.search import SearchResult
    from retainerdesk.services.summaries import DueReport

ABOUT_AN_ACCOUNT = frozenset(
    {
        "log_call", "note", "work", "action", "decision", "attach", "charge", "expense", "payment",
        "edit_account", "new_retainer", "assign_work", "sell_block", "deposit", "missing_rate",
    }
)  # fmt: skip
# Open actions are next to the timeline, not in it.
WITHOUT_TIMELINE = frozenset({"action", "deposit", "block"})
ABOUT_THE_BOOK = frozenset({"new_account", "first_start", "settings", "import_files"})
IMPORTED = frozenset({".json", ".zip", ".csv", ".tsv"})


class ScreenMakers(QObject):
    """Knows the screens that were made. With `may_wait` they leave what can wait, until `fill`.

    Signals: `account_changed(str)` when another account came on screen; `action_asked(action id)` when a
    screen wants something done that is an action of the window; `account_asked(id)` to bring an account into
    view, `owed_asked(id)` what it owes, `draft_asked(id)` a draft; `pdf_asked(number)`; `told(text)` when
    something was done.
    """

    account_changed = Signal(str)
    action_asked = Signal(str)
    pdf_asked = Signal(str)
    account_asked = Signal(str)
    owed_asked = Signal(str)
    draft_asked = Signal(str)
    told = Signal(str)

    def __init__(
        self, desk: Desk, dialogs: Callable[[], DialogOpener], window: QWidget, *, may_wait: bool = False
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._dialogs = dialogs
        self._may_wait = may_wait
        self._earlier: EarlierList | None = None
        self._accounts: AccountsScreen | None = None
        self._today: TodayPane | None = None

    def table(self) -> dict[str, MakeScreen]:
        """How each place is made, by its key."""
        return {"today": self._make_today, "accounts": self._make_accounts, "billing": self._make_billing}

    def fill(self) -> None:
        """Load what screens made until now left for after the first paint; later ones leave nothing."""
        self._may_wait = False
        if self._accounts is not None:
            self._accounts.fill()

    def use_earlier(self, earlier: EarlierList) -> None:
        """Let the list of accounts show figures of then, until `show_todays`."""
        self._earlier = earlier

    def show_todays(self) -> None:
        """Let the list of accounts show the figures of today, which are at hand now."""
        self._earlier = None
        if self._accounts is not None:
            self._accounts.show_todays()

    def account_id(self) -> str | None:
        """The account on screen, also while another place is in view."""
        return (self._accounts.account_id or None) if self._accounts is not None else None

    def select_account(self, account_id: str) -> None:
        """Bring an account on screen, if the Accounts place was made."""
        if self._accounts is not None:
            self._accounts.select_account(account_id)

    def show_row(self, found: SearchResult) -> None:
        """Bring an account on screen with one of its rows; what is on no timeline opens its own form."""
        if self._accounts is None:
            return
        self._accounts.select_account(found.account_id)
        if self._accounts.account_id != found.account_id:
            return
        if self._accounts.page.timeline.show_row(found.kind, found.id, found.on):
            return
        if found.kind in WITHOUT_TIMELINE:
            self._dialogs().open_row(found.account_id, found.kind, found.id)

    def take_files(self, paths: tuple[Path, ...]) -> bool:
        """Files dropped on the window: books and time exports are imported, others go to the account.

        False, and nothing done, if there is no account on screen to attach them to.
        """
        imported = tuple(path for path in paths if path.suffix.lower() in IMPORTED)
        if imported:
            self._dialogs().import_files(imported)
            return True
        account_id = self.account_id()
        if account_id is None:
            return not paths
        if paths:
            self._dialogs().attach(account_id, paths[0])
        return True

    def _make_accounts(self) -> QWidget:
        from retainerdesk.desktop.panes.accounts_screen import AccountsScreen

        screen = AccountsScreen(self._desk, may_wait=self._may_wait, earlier=self._earlier)
        screen.account_selected.connect(self.account_changed)
        screen.open_dialog.connect(self.open_dialog)
        screen.open_row.connect(self._open_row)
        screen.remove_row.connect(self._remove_row)
        screen.save_pdf.connect(self.pdf_asked)
        screen.write_down.connect(self._write_down)
        self._accounts = screen
        # It chose its first account before anybody listened.
        self.account_changed.emit(screen.account_id)
        return screen

    def _make_today(self) -> QWidget:
        from retainerdesk.desktop.panes.today_pane import TodayPane

        pane, opener = TodayPane(self._desk), self._dialogs()
        pane.account_wanted.connect(self.account_asked)
        pane.issue_wanted.connect(self._issue)
        pane.payment_wanted.connect(opener.payment)
        pane.call_wanted.connect(opener.log_call)
        pane.overage_wanted.connect(opener.decide_overage)
        pane.owed_wanted.connect(self.owed_asked)
        pane.late_wanted.connect(self._show_late)
        pane.draft_wanted.connect(self.draft_asked)
        pane.snooze_wanted.connect(opener.snooze)
        pane.assign_wanted.connect(opener.assign_work)
        pane.block_wanted.connect(opener.show_block)
        self._today = pane
        return pane

    def _make_billing(self) -> QWidget:
        from retainerdesk.desktop.panes.billing_screen import BillingScreen

        screen = BillingScreen(self._desk, self._dialogs())
        screen.told.connect(self.told)
        return screen

    def show_due(self, report: DueReport) -> None:
        """Give the watcher's report to Today, which then need not read it again."""
        if self._today is not None:
            self._today.show_report(report)

    def _issue(self, _account_id: str) -> None:
        self.action_asked.emit("billing.issue_invoices")

    def _show_late(self, _account_id: str) -> None:
        self.action_asked.emit("billing.close_periods")

    def open_dialog(self, word: str) -> None:
        """Open the dialog a screen asks for, about the account on screen where it is about one."""
        account_id = self.account_id()
        if word in ABOUT_THE_BOOK:
            getattr(self._dialogs(), word)()
        elif word == "issue_invoices":
            self.action_asked.emit("billing.issue_invoices")
        elif account_id is not None and word in ABOUT_AN_ACCOUNT:
            getattr(self._dialogs(), word)(account_id)
        elif account_id is not None and word == "edit_retainer" and self._accounts is not None:
            self._dialogs().edit_retainer(account_id, self._accounts.retainer_id)
        elif account_id is not None and word == "end_early" and self._accounts is not None:
            self._dialogs().end_early(account_id, self._accounts.retainer_id)

    def _open_row(self, kind: str, row_id: str) -> None:
        account_id = self.account_id()
        if account_id is not None:
            self._dialogs().open_row(account_id, kind, row_id)

    def _write_down(self, entry_id: str) -> None:
        account_id = self.account_id()
        if account_id is not None:
            self._dialogs().write_down(account_id, entry_id)

    def _remove_row(self, kind: str, row_id: str) -> None:
        account_id = self.account_id()
        if account_id is None:
            return
        if kind == "payment":
            self._dialogs().remove_payment(account_id, row_id)
        else:
            self._dialogs().remove_row(account_id, kind, row_id)
