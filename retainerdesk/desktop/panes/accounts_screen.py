"""The accounts: the list, and the page of the chosen one."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from retainerdesk.desktop.formatting import day
from retainerdesk.desktop.forms.ui_accounts_screen import Ui_AccountsScreen
from retainerdesk.desktop.panes.account_list_pane import AccountListPane
from retainerdesk.desktop.problems import show_problem
from retainerdesk.desktop.widgets.empty_state import EmptyState
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.services.account_list import (
    EarlierList,
    in_list_order,
    load_account_list,
    load_account_row,
    load_earlier_list,
)
from retainerdesk.services.results import Changes

if TYPE_CHECKING:
    from datetime import date

    from retainerdesk.desktop.desk import Desk
    from retainerdesk.desktop.panes.account_page import AccountPage

SELECTION_DELAY_MS = 60
_WIDE = 1300
# Widths of the list and of the figures, where there is room and where there is little.
_ROOMY, _TIGHT = (272, 384), (240, 352)


def earlier_words(earlier: EarlierList, today: date) -> str:
    """Of when the figures in the list are, while those of today are not at hand."""
    if earlier.day == today:
        return "Figures from before the last changes. The new ones are being added up."
    partly = " partly" if earlier.is_mixed else ""
    return f"Figures{partly} of {day(earlier.day, today)}. Those of today are being added up."


class AccountsScreen(QWidget):
    """Loads what it shows through the desk. With `may_wait` the list alone, until `fill`.

    With `earlier` the list shows those figures, and says so, until `show_todays`.

    Signals: `account_selected(str)` when another account is on screen ("" for none); `open_dialog(str)` with
    the word of a dialog about that account (log_call, note, work, action, decision, attach, edit_account,
    edit_retainer, new_retainer, sell_block, end_early, assign_work, payment, issue_invoices,
    settings, new_account, first_start); `open_row(str, str)` and `remove_row(str, str)` with kind and id;
    `save_pdf(str)` with a number; `write_down(str)` with an entry of work.
    """

    account_selected = Signal(str)
    open_dialog = Signal(str)
    open_row = Signal(str, str)
    remove_row = Signal(str, str)
    save_pdf = Signal(str)
    write_down = Signal(str)

    def __init__(
        self,
        desk: Desk,
        parent: QWidget | None = None,
        *,
        may_wait: bool = False,
        earlier: EarlierList | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._waits = may_wait
        self._earlier = earlier
        self._shown = ""
        self._widths_chosen = False
        self._form = Ui_AccountsScreen()
        self._form.setupUi(self)
        self.list = AccountListPane()
        self.welcome = EmptyState(
            "users", "Your first account",
            "An account is a client you work for month by month. Everything else follows from it:"
            " what is agreed, what is done, what is owed.",
            "New account", "Start another way…",
        )  # fmt: skip
        self._timer = QTimer(self, singleShot=True, interval=SELECTION_DELAY_MS)
        self._build()
        self._connect()
        if earlier is None:
            self._reload_list()
        else:
            self._show_earlier(earlier)
        self._load()

    @cached_property
    def page(self) -> AccountPage:
        """The page of the chosen account, made at its first use: a start paints the list before."""
        from retainerdesk.desktop.panes.account_page import AccountPage

        page = AccountPage(self._desk, self._form.story_column, self._form.figures_column, self)
        page.asked.connect(self.open_dialog)
        page.opened.connect(self.open_row)
        page.remove_wanted.connect(self.remove_row)
        page.pdf_wanted.connect(self.save_pdf)
        page.write_down_wanted.connect(self.write_down)
        return page

    def fill(self) -> None:
        """Load the chosen account, if that was left until now."""
        if self._waits:
            self._waits = False
            self._load()

    def show_todays(self) -> None:
        """Show the figures of today in the list, if earlier ones were in it."""
        if self._earlier is not None:
            self._earlier = None
            self.list.say("")
            self._reload_list()
            if not self._shown:
                self._load()

    @property
    def account_id(self) -> str:
        """The account on screen; "" while there is none."""
        return self._shown

    @property
    def retainer_id(self) -> str:
        """The retainer whose figures are on screen; "" while there is none."""
        return self.page.margin.retainer_id if self._shown else ""

    def select_account(self, account_id: str) -> None:
        """Bring an account on screen now. One that is not there changes nothing."""
        if self.list.select(account_id):
            self._load()

    def refresh(self, changes: Changes) -> None:
        """Reload what the changes concern."""
        listed = {each.id for each in self.list.summaries}
        if len(changes.account_ids) == 1 and changes.account_ids <= listed:
            self._reload_row(next(iter(changes.account_ids)))
        else:
            self._reload_list()
        if not self._shown or changes.concerns(self._shown):
            self._load()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._widths_chosen:
            listed, figures = _ROOMY if self.width() >= _WIDE else _TIGHT
            self._form.splitter.setSizes([listed, self.width() - listed])
            self._form.account_splitter.setSizes([self.width() - listed - figures, figures])

    def focus_filter(self) -> None:
        """Go to the filter of the list."""
        self.list.focus_filter()

    def keep_state(self, settings: QSettings) -> None:
        """Remember the account, the folded groups and the widths."""
        settings.setValue("accounts/selected", self.list.selected)
        settings.setValue("accounts/folded", ",".join(sorted(self.list.tree.folded)))
        if self._widths_chosen:
            settings.setValue("accounts/list_width", self._form.splitter.saveState())
            settings.setValue("accounts/figures_width", self._form.account_splitter.saveState())

    def restore_state(self, settings: QSettings) -> None:
        """Stand where `keep_state` was called."""
        folded = settings.value("accounts/folded")
        if isinstance(folded, str):
            self.list.tree.set_folded(set(filter(None, folded.split(","))))
        for key, splitter in (
            ("accounts/list_width", self._form.splitter),
            ("accounts/figures_width", self._form.account_splitter),
        ):
            state = settings.value(key)
            if isinstance(state, QByteArray):
                splitter.restoreState(state)
                self._widths_chosen = True
        self.select_account(str(settings.value("accounts/selected", "")))

    def _build(self) -> None:
        column = QVBoxLayout(self._form.list_side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        self._form.account_side.addWidget(self.welcome)
        for splitter in (self._form.splitter, self._form.account_splitter):
            splitter.setHandleWidth(1)
            splitter.splitterMoved.connect(self._keep_widths)
        self._form.splitter.setStretchFactor(1, 1)
        self._form.account_splitter.setStretchFactor(0, 1)
        QWidget.setTabOrder(self.list.filter, self.list.tree)

    def _connect(self) -> None:
        self._timer.timeout.connect(self._load)
        self.list.account_changed.connect(self._load_soon)
        self.list.account_opened.connect(self._open_account)
        self.list.asked.connect(self._ask_about)
        self.list.new_account.connect(self._ask_new_account)
        self.welcome.primary.connect(self._ask_new_account)
        self.welcome.secondary.connect(self._ask_first_start)

    def _keep_widths(self) -> None:
        self._widths_chosen = True

    def _load_soon(self, _account_id: str) -> None:
        # Arrow keys run over accounts faster than they can be read; only the one they stop at is loaded.
        self._timer.start()

    def _load(self) -> None:
        self._timer.stop()
        account_id = self.list.selected
        if not account_id:
            self._show_nothing()
            return
        if self._waits:
            return
        from retainerdesk.services.account_view import load_account_view

        today = self._desk.today()
        try:
            view = self._desk.read(load_account_view, account_id, today)
        except RuleViolation as gone:
            show_problem(self, gone)
            return
        self.page.show_account(view, today)
        self._form.account_side.setCurrentWidget(self._form.account_page)
        self._tell_shown(account_id)

    def _show_nothing(self) -> None:
        self._form.account_side.setCurrentWidget(self.welcome)
        self._tell_shown("")

    def _tell_shown(self, account_id: str) -> None:
        if account_id != self._shown:
            self._shown = account_id
            self.account_selected.emit(account_id)

    def _reload_list(self) -> None:
        today = self._desk.today()
        if self._earlier is not None:
            # All of them are added up here only where nothing earlier is left: the book was restored.
            earlier = self._desk.read(load_earlier_list, today)
            if earlier is not None:
                self._show_earlier(earlier)
                return
            self._earlier = None
            self.list.say("")
        self.list.show_accounts(self._desk.read(load_account_list, today))
        self._choose_first()

    def _show_earlier(self, earlier: EarlierList) -> None:
        self._earlier = earlier
        self.list.show_accounts(earlier.rows)
        self.list.say(earlier_words(earlier, self._desk.today()))
        self._choose_first()

    def _choose_first(self) -> None:
        if not self.list.selected and self.list.summaries:
            self.list.select(self.list.summaries[0].id)

    def _reload_row(self, account_id: str) -> None:
        try:
            row = self._desk.read(load_account_row, account_id, self._desk.today())
        except RuleViolation:
            self._reload_list()
            return
        others = [each for each in self.list.summaries if each.id != account_id]
        self.list.show_accounts(in_list_order([*others, row]))
        if self._earlier is not None:
            self.list.say(earlier_words(replace(self._earlier, is_mixed=True), self._desk.today()))

    def _open_account(self, account_id: str) -> None:
        self.select_account(account_id)
        self.page.timeline.list.setFocus()

    def _ask_about(self, word: str, account_id: str) -> None:
        self.select_account(account_id)
        self.open_dialog.emit(word)

    def _ask_new_account(self) -> None:
        self.open_dialog.emit("new_account")

    def _ask_first_start(self) -> None:
        self.open_dialog.emit("first_start")
