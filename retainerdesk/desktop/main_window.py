"""The one window: navigation, screens, banners and foot, put together; every deed is somebody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow

from retainerdesk.desktop.action_builder import Actions
from retainerdesk.desktop.action_spec import ActionContext
from retainerdesk.desktop.action_specs import SPECS
from retainerdesk.desktop.banner_area import BannerArea
from retainerdesk.desktop.controllers.assembly import WindowParts, make_controllers
from retainerdesk.desktop.dialogs.file_choice import dropped_files
from retainerdesk.desktop.finder_guide import FinderGuide
from retainerdesk.desktop.forms.ui_main_window import Ui_MainWindow
from retainerdesk.desktop.menus import build_menus
from retainerdesk.desktop.palette_guide import PaletteGuide
from retainerdesk.desktop.problems import show_problem
from retainerdesk.desktop.screen_makers import ScreenMakers
from retainerdesk.desktop.screens import PLACES, Screens
from retainerdesk.desktop.status_line import StatusLine
from retainerdesk.desktop.waiting_figures import WaitingFigures
from retainerdesk.desktop.widgets.buttons import secondary_button
from retainerdesk.desktop.widgets.nav_bar import NavBar
from retainerdesk.desktop.widgets.surfaces import hairline
from retainerdesk.services.results import EVERYTHING, Changes

if TYPE_CHECKING:
    from retainerdesk.desktop.desk import Desk
    from retainerdesk.desktop.dialogs.opener import DialogOpener
    from retainerdesk.desktop.preferences import Preferences
    from retainerdesk.services.search import SearchResult
    from retainerdesk.services.summaries import DueReport

NO_ACCOUNT_FOR_FILE = (
    "The file was not attached: no account is on screen. Choose one under Accounts and drop the file again."
)


class MainWindow(QMainWindow):
    """Shows one book.

    `may_close` False turns closing into `close_asked()`, for whoever decides what closing means. With
    `may_wait` it is painted with what every start has at hand, and `fill` brings the rest. While it is
    `waiting` it shows no figure that all accounts would have to be added up for; `show_figures` ends that.
    Other signals: `quit_asked()`, and `painted()` once, when all of it is on screen for the first time.
    """

    close_asked = Signal()
    quit_asked = Signal()
    painted = Signal()

    def __init__(self, desk: Desk, preferences: Preferences, *, may_wait: bool = False) -> None:
        super().__init__()
        self.desk = desk
        self.may_close = True
        self._is_painted = False
        self._form = Ui_MainWindow()
        self._form.setupUi(self)
        self.setWindowTitle(f"RetainerDesk · {desk.context.path.name}")
        self._preferences = preferences
        self._opener: DialogOpener | None = None
        self.banners = BannerArea(self._form.banners, self)
        self.status = StatusLine(self._form.status_bar)
        self.makers = ScreenMakers(desk, self.dialogs, self, may_wait=may_wait)
        self.screens = Screens(self._form.screens, self.makers.table())
        parts = WindowParts(desk, self.dialogs, self.screens, preferences, self.account_id)
        self.controllers = make_controllers(parts, self)
        self.actions_by_id = Actions(self, SPECS, self.controllers.by_name)
        self.palette_guide = PaletteGuide(desk, self.actions_by_id, self)
        self.waiting = WaitingFigures(desk, self.screens, self.makers, self.palette_guide)
        self.finder_guide = FinderGuide(desk, self)
        build_menus(self._form.menu_bar, self.actions_by_id)
        self._build_navigation()
        self._connect()
        self.actions_by_id.check(f"view.use_{preferences.now.theme}")
        if may_wait:
            self.refresh_actions()
        else:
            self.refresh(EVERYTHING)

    def fill(self) -> None:
        """Show what the first paint did not wait for."""
        self.makers.fill()
        self._show_totals()

    def show_place(self, key: str) -> None:
        """Bring a place into view."""
        self.screens.show(key)

    def show_account(self, account_id: str) -> None:
        """Bring an account into view."""
        self.screens.show("accounts")
        self.makers.select_account(account_id)

    def show_row(self, found: SearchResult) -> None:
        """Bring a row of an account into view."""
        self.screens.show("accounts")
        self.makers.show_row(found)

    def act(self, action_id: str) -> None:
        """Do what an action does, if it can be done now; those about an account show it first."""
        if action_id.startswith("account."):
            self.screens.show("accounts")
        self.actions_by_id[action_id].trigger()

    def greet(self) -> None:
        """Ask the question of the first start, if nothing was entered yet."""
        from retainerdesk.services.business import is_empty

        if not self.desk.context.store.read_only and self.desk.read(is_empty):
            self.opener.first_start()

    @property
    def opener(self) -> DialogOpener:
        """Opens every dialog."""
        return self.dialogs()

    def dialogs(self) -> DialogOpener:
        """The opener of dialogs, imported and made at its first use: the first paint needs none of them."""
        if self._opener is None:
            from retainerdesk.desktop.dialogs.opener import DialogOpener

            self._opener = DialogOpener(self.desk, self)
            self._opener.use_preferences(self._preferences)
            self._opener.kept.connect(self._note_kept)
            self._opener.noticed.connect(self._tell)
        return self._opener

    def show_due(self, report: DueReport) -> None:
        """Count what is due beside Today."""
        count = len(report.items)
        meaning = "1 thing needs you" if count == 1 else f"{count} things need you"
        self.navigation.set_badge("today", count, meaning)
        self.makers.show_due(report)

    def refresh(self, changes: Changes) -> None:
        """Show what has changed in the book."""
        self.screens.refresh(changes)
        if changes.money or changes.agreement or changes.business or changes.accounts:
            self._show_totals()
        self.refresh_actions()

    def say_waiting(self) -> None:
        """Say that the figures of the accounts are being added up, until `show_figures`."""
        self.navigation.select_none()
        self.waiting.show_none()

    def show_figures(self) -> None:
        """Show what was waited for: the figures of today."""
        self.waiting.end()
        self.fill()

    def _show_totals(self) -> None:
        from retainerdesk.services.account_list import business_totals
        from retainerdesk.services.business import get_business

        name = self.desk.read(get_business).name
        if self.waiting.is_under_way:
            self.status.show_name(name)
            return
        self.status.show_book(name, self.desk.read(business_totals, self.desk.today()))

    def refresh_actions(self) -> None:
        """Enable what can be done now."""
        undo = self.desk.undo
        context = ActionContext(
            account_id=self.account_id(),
            can_undo=undo.can_undo,
            can_redo=undo.can_redo,
            is_read_only=self.desk.context.store.read_only,
            is_busy=self.desk.runner.is_busy,
        )
        self.actions_by_id.refresh(context)
        self.actions_by_id["edit.undo_edit"].setText(f"&Undo {undo.undo_text}".strip())
        self.actions_by_id["edit.redo_edit"].setText(f"&Redo {undo.redo_text}".strip())

    def account_id(self) -> str | None:
        """The account on screen, also while another place is in view; None before the first."""
        return self.makers.account_id()

    def bring_up(self) -> None:
        """Show the window above all others, wherever it was."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            # The parts of the window are painted before the loop turns again.
            QTimer.singleShot(0, self, self._tell_painted)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.may_close:
            event.accept()
            return
        event.ignore()
        self.close_asked.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        if not self.makers.take_files(dropped_files(event.mimeData())):
            self.banners.tell(NO_ACCOUNT_FOR_FILE, "warn")

    def _tell_painted(self) -> None:
        self.painted.emit()

    def _build_navigation(self) -> None:
        self.navigation = NavBar(PLACES, "Places")
        self._form.navigation_row.addWidget(self.navigation, 1)
        search = secondary_button("Search or do anything", "search", hint="Ctrl+K")
        search.setMinimumWidth(300)
        search.clicked.connect(self.palette_guide.open)
        self._form.navigation_row.addWidget(search)
        self._form.column.insertWidget(1, hairline())

    def _connect(self) -> None:
        desk = self.desk
        desk.bus.changed.connect(self.refresh)
        desk.undo.failed.connect(self._show_problem)
        desk.undo.state_changed.connect(self.refresh_actions)
        desk.runner.started.connect(self.refresh_actions)
        desk.runner.finished.connect(self.refresh_actions)
        self.status.follow(desk.runner)
        self.status.show_protection(is_encrypted=desk.context.store.is_encrypted)
        self.status.show_saved("Read only" if desk.context.store.read_only else "Saved")
        self.navigation.selected.connect(self.show_place)
        self.screens.shown.connect(self.navigation.select)
        self.makers.account_changed.connect(self.refresh_actions)
        self.makers.action_asked.connect(self.act)
        self.makers.account_asked.connect(self.show_account)
        self.makers.owed_asked.connect(self.controllers.billing.show_owed_of)
        self.makers.draft_asked.connect(self.controllers.billing.show_draft)
        files, view = self.controllers.files, self.controllers.view
        files.told.connect(self._tell)
        self.controllers.backups.told.connect(self._tell_restored)
        self.controllers.protection.told.connect(self._tell)
        self.controllers.protection.changed.connect(self._show_protection)
        self.makers.told.connect(self._tell)
        view.palette_asked.connect(self.palette_guide.open)
        view.quit_asked.connect(self.quit_asked)
        self.makers.pdf_asked.connect(files.save_invoice)
        self.banners.acted.connect(self.act)
        self.palette_guide.account_chosen.connect(self.show_account)
        self.palette_guide.find_asked.connect(self.finder_guide.open)
        view.finder_asked.connect(self.finder_guide.open_empty)
        self.finder_guide.row_chosen.connect(self.show_row)
        self.finder_guide.draft_chosen.connect(self.controllers.billing.show_draft)
        self.finder_guide.settings_asked.connect(self.controllers.files.settings)

    def _note_kept(self, what: str) -> None:
        self.status.show_saved(f"Saved: {what}")

    def _show_protection(self, is_encrypted: bool) -> None:
        self.status.show_protection(is_encrypted=is_encrypted)

    def _tell(self, text: str) -> None:
        self.banners.tell(text, "good")

    def _tell_restored(self, text: str) -> None:
        self._show_protection(self.desk.context.store.is_encrypted)
        self._tell(text)

    def _show_problem(self, error: BaseException) -> None:
        show_problem(self, error)
