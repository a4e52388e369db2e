"""The drafts as a place of the billing screen: their page between the run and the register, and its side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QTabWidget

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.opener import DialogOpener
from retainerdesk.desktop.panes.billing.draft_side import DraftSide
from retainerdesk.desktop.panes.billing.drafts_page import DraftsPage
from retainerdesk.desktop.panes.billing.notice import Notice, kept_words, warning_words
from retainerdesk.desktop.theme.tokens import Tone
from retainerdesk.desktop.widgets.banner import BannerAction

if TYPE_CHECKING:
    from retainerdesk.services.drafts import DraftRunResult

UNDO, SHOW, ISSUE = "undo_drafts", "show_drafts", "issue_drafts"
PLACE = 1


class Drafting(QObject):
    """Makes the page of drafts, and tells of runs that were kept as drafts.

    Signals: `issued(IssueResult)`.
    """

    issued = Signal(object)

    def __init__(
        self, tabs: QTabWidget, desk: Desk, opener: DialogOpener, notice: Notice, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._tabs = tabs
        self._desk = desk
        self._opener = opener
        self._notice = notice
        self._offers_undo = False
        self.page = DraftsPage(desk, opener)
        self.side = DraftSide(desk)
        tabs.insertTab(PLACE, self.page, "Drafts")
        self.page.shown.connect(self.side.show_draft)
        self.page.counted.connect(self._count)
        self.page.warned.connect(self._warn)
        self.page.issued.connect(self.issued)
        desk.undo.state_changed.connect(self._withdraw)

    def show(self, draft_id: str = "") -> None:
        """Show the drafts, with the keyboard on one of them, else where it was."""
        self._tabs.setCurrentWidget(self.page)
        self.page.go_to(draft_id)
        self.page.table.setFocus()

    def wake(self) -> None:
        """Go on rendering the page of the chosen draft, if the drafts are in view."""
        if self._tabs.currentWidget() is self.page:
            self.side.preview.wake()

    def tell_kept(self, result: DraftRunResult) -> None:
        """Say what a run kept as drafts; nothing of it is final, so it can be undone."""
        if result.drafts:
            self._opener.remember_drafts(result.change)
        actions = [BannerAction(SHOW, "Show drafts"), BannerAction(UNDO, "Undo")] if result.drafts else []
        tone: Tone = "warn" if result.parked or result.cancelled else "good"
        self._notice.show(kept_words(result), tone, *actions)
        self._offers_undo = bool(result.drafts)

    def act(self, key: str) -> bool:
        """Do what a button of the notice asks for; False if it is not about drafts."""
        acts = {UNDO: self._desk.undo.undo, SHOW: self.show, ISSUE: self.page.issue_all_the_same}
        if key not in acts:
            return False
        acts[key]()
        return True

    def _withdraw(self) -> None:
        """Another edit came on top: the button would take that one back, and not the drafts."""
        if self._offers_undo:
            self._offers_undo = False
            self._notice.clear()

    def _count(self, waiting: int) -> None:
        text = f"Drafts ({waiting})" if waiting else "Drafts"
        self._tabs.setTabText(self._tabs.indexOf(self.page), text)

    def _warn(self, warnings: tuple[str, ...]) -> None:
        self._notice.show(warning_words(warnings), "warn", BannerAction(ISSUE, "Issue all the same"))
