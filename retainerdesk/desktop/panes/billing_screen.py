"""Billing: what is due to be invoiced and why, what was issued, and overage that waits for a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.opener import DialogOpener
from retainerdesk.desktop.fields.inputs import qdate
from retainerdesk.desktop.forms.ui_billing_screen import Ui_BillingScreen
from retainerdesk.desktop.models.overage_model import over_words
from retainerdesk.desktop.panes.billing.closing_pane import ClosingPane
from retainerdesk.desktop.panes.billing.correcting import Correcting
from retainerdesk.desktop.panes.billing.corrections_menu import Correction
from retainerdesk.desktop.panes.billing.document_pane import DocumentPane
from retainerdesk.desktop.panes.billing.drafting import Drafting
from retainerdesk.desktop.panes.billing.explanation_pane import ExplanationPane
from retainerdesk.desktop.panes.billing.notice import Notice, report_words, warning_words
from retainerdesk.desktop.panes.billing.overage_pane import OveragePane
from retainerdesk.desktop.panes.billing.owed_detail import OwedDetailPane
from retainerdesk.desktop.panes.billing.owed_pane import OwedPane
from retainerdesk.desktop.panes.billing.register_pane import RegisterPane
from retainerdesk.desktop.panes.billing.run_pane import RunPane
from retainerdesk.desktop.panes.billing.run_side import RunSide
from retainerdesk.desktop.panes.billing.saving import RegisterFiles
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.desktop.theme.tokens import Tone
from retainerdesk.desktop.widgets.banner import BannerAction
from retainerdesk.desktop.widgets.buttons import put_icon
from retainerdesk.desktop.widgets.surfaces import column
from retainerdesk.services.business import get_business
from retainerdesk.services.issue_invoices import IssueResult
from retainerdesk.services.overage import OverageRow
from retainerdesk.services.register import RegisterRow

if TYPE_CHECKING:
    from retainerdesk.services.results import Changes

_SIDE_WIDTH = 420


class BillingScreen(QWidget):
    """The Billing place of the window. Loads when it is first shown.

    Signals: `told(text)` when files were written; what was issued and corrected is told on the screen itself.
    """

    told = Signal(str)

    def __init__(self, desk: Desk, opener: DialogOpener | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Ui_BillingScreen()
        self.form.setupUi(self)
        self._desk = desk
        self._opener = opener or DialogOpener(desk, self)
        self._is_loaded = False
        self._issued: tuple[str, ...] = ()
        self.run_pane = RunPane(self.form, desk, self._opener, self)
        self.register = RegisterPane(self.form, desk, self)
        self.overage = OveragePane(self.form, desk, self._opener, self)
        self.owed = OwedPane(desk, self._opener)
        self.form.tabs.insertTab(self.form.tabs.indexOf(self.form.overage_tab), self.owed, "Owed")
        self.closing = ClosingPane(desk, self._opener, self)
        self.form.tabs.addTab(self.closing, "Closing")
        self.notice = Notice(self.form.banner_place, self)
        self.files = RegisterFiles(desk, self._opener.chooser, self)
        self.drafting = Drafting(self.form.tabs, desk, self._opener, self.notice, self)
        self.correcting = Correcting(desk, self._opener, self.register, self)
        self._make_sides()
        self._dress()
        self._connect()

    def _make_sides(self) -> None:
        self.run_side = RunSide(self._desk, self.run_pane)
        self.document = DocumentPane(self._desk)
        self.overage_side = ExplanationPane()
        self.owed_side = OwedDetailPane(self._desk, self._opener)
        self.closing_side = ExplanationPane()
        self._sides = QStackedWidget()
        self._side_of: dict[QWidget, QWidget] = {
            self.form.due_tab: self.run_side,
            self.drafting.page: self.drafting.side,
            self.form.issued_tab: self.document,
            self.owed: self.owed_side,
            self.form.overage_tab: _on_top(self.overage_side),
            self.closing: _on_top(self.closing_side),
        }
        for side in self._side_of.values():
            self._sides.addWidget(side)
        self.form.side_column.addWidget(self._sides)

    def _dress(self) -> None:
        form = self.form
        set_style_property(form.left, "surface", "background")
        set_style_property(form.side, "surface", "panel")
        form.halves.setStretchFactor(0, 1)
        form.halves.setStretchFactor(1, 0)
        form.halves.setSizes([980, _SIDE_WIDTH])
        form.side.setMinimumWidth(300)
        # A tab widget gives its pages the plain font again; only the style sheet is stronger.
        for title in (form.title, form.overage_title):
            set_style_property(title, "role", "title")
        for label in (form.subtitle, form.sum, form.through_label, form.register_sum, form.overage_sum):
            set_style_property(label, "tone", "muted")
        put_icon(form.create_all, "check-check")
        put_icon(form.later, "clock")
        put_icon(form.skip, "ban")
        put_icon(form.keep_drafts, "file-pen-line")
        put_icon(form.issue, "receipt-text", "primary")
        lead = self._desk.read(get_business).lead_days
        form.through.setDate(qdate(self._desk.today()).addDays(lead))

    def _connect(self) -> None:
        self.run_pane.charge_changed.connect(self.run_side.show_charge)
        self.run_pane.loaded.connect(self.run_side.show_again)
        self.run_pane.warned.connect(self._warn)
        self.run_pane.issued.connect(self._report)
        self.run_pane.kept.connect(self.drafting.tell_kept)
        self.drafting.issued.connect(self._report)
        self.drafting.page.run_asked.connect(self.review_run)
        self.register.shown.connect(self.document.show_row)
        self.register.save_asked.connect(self.save_pdfs)
        self.register.export_asked.connect(self.files.export_csv)
        self.register.payment_asked.connect(self._record_payment)
        self.register.correction_asked.connect(self.correct)
        self.register.run_asked.connect(self.review_run)
        self.owed.shown.connect(self.owed_side.show_row)
        self._opener.letters_told.connect(self._tell_letters)
        self.overage.shown.connect(self._show_overage)
        self.overage.counted.connect(self._count_overage)
        self.closing.shown.connect(self.closing_side.show_lines)
        self.closing.counted.connect(self._count_late)
        self.closing.told.connect(self.told)
        self.run_side.explanation.decide_pressed.connect(self._decide)
        self.form.tabs.currentChanged.connect(self._show_tab)
        self.files.told.connect(self.told)
        self.correcting.told.connect(self._tell_correction)
        self.correcting.bulk.told.connect(self._tell_credited)
        self.notice.acted.connect(self._act)

    # Coming into view, and staying true

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_loaded:
            self._is_loaded = True
            self.run_pane.load()
            self.drafting.page.load()
            self.overage.load()
            self.closing.load()
        self._show_tab()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.run_side.preview.rest()
        self.drafting.side.preview.rest()
        self.document.preview.rest()

    def refresh(self, changes: Changes) -> None:
        """Read anew what `changes` concern, if it was ever shown."""
        if not self._is_loaded:
            return
        if changes.money or changes.agreement or changes.accounts or changes.business or changes.work:
            self.run_pane.load()
            self.drafting.page.load()
        if changes.money or changes.accounts or changes.dates or changes.business:
            self.register.forget()
            self.owed.forget()
        if changes.agreement or changes.work or changes.dates:
            self.overage.load()
            self.closing.refresh()

    def _show_tab(self) -> None:
        current = self.form.tabs.currentWidget()
        self._sides.setCurrentWidget(self._side_of[current])
        self.drafting.wake()
        if current is self.form.issued_tab:
            self.register.wake()
            self.document.preview.wake()
        elif current is self.form.due_tab:
            self.run_side.preview.wake()

    # What can be asked for from outside

    def review_run(self) -> None:
        """Show what is due, with the keyboard on the first charge."""
        self.form.tabs.setCurrentWidget(self.form.due_tab)
        self.run_pane.table.setFocus()

    def show_drafts(self, draft_id: str = "") -> None:
        """Show the drafts, with the keyboard on one of them, else on the first."""
        self.drafting.show(draft_id)

    def show_register(self) -> None:
        """Show every document, with the keyboard in the search."""
        self.form.tabs.setCurrentWidget(self.form.issued_tab)
        self.register.filters.search.setFocus()

    def show_owed(self, account_id: str = "") -> None:
        """Show what accounts owe, with one of them chosen."""
        self.form.tabs.setCurrentWidget(self.owed)
        self.owed.go_to(account_id)

    def review_overage(self) -> None:
        """Show the overage that waits, with the keyboard on the first."""
        self.form.tabs.setCurrentWidget(self.form.overage_tab)
        self.overage.table.setFocus()

    def review_closing(self) -> None:
        """Show what waits in closed periods and what can be closed, with the keyboard on the first."""
        self.form.tabs.setCurrentWidget(self.closing)
        self.closing.form.table.setFocus()

    def export_register(self) -> None:
        """Write the documents on show as a CSV file; the register is shown with it."""
        self.form.tabs.setCurrentWidget(self.form.issued_tab)
        if self.register.model.rows:
            self.files.export_csv(self.register.model.rows)

    def correct(self, correction: Correction) -> None:
        """Open a correction of the document chosen in the register."""
        self.form.tabs.setCurrentWidget(self.form.issued_tab)
        self.correcting.begin(correction)

    def save_pdfs(self, numbers: tuple[str, ...]) -> None:
        """Ask for a folder and write the PDFs of these documents there."""
        self.files.save_pdfs(numbers)

    # Overage

    def _show_overage(self, row: OverageRow | None) -> None:
        if row is None:
            self.overage_side.show_lines("", ())
        else:
            self.overage_side.show_lines(f"Why {over_words(row)} over?", self.overage.explanation(row))

    def _count_overage(self, waiting: int) -> None:
        text = f"Overage ({waiting})" if waiting else "Overage"
        self.form.tabs.setTabText(self.form.tabs.indexOf(self.form.overage_tab), text)

    def _count_late(self, waiting: int) -> None:
        text = f"Closing ({waiting})" if waiting else "Closing"
        self.form.tabs.setTabText(self.form.tabs.indexOf(self.closing), text)

    def _decide(self) -> None:
        charge = self.run_side.charge
        if charge is not None:
            key = charge.key
            self._opener.decide_overage(key.account_id, key.retainer_id, key.service.start)

    # Results

    def _warn(self, warnings: tuple[str, ...]) -> None:
        self.notice.show(warning_words(warnings), "warn", BannerAction("issue", "Issue all the same"))

    def _report(self, result: IssueResult) -> None:
        self._issued = tuple(invoice.number for invoice in result.issued)
        actions = [BannerAction("save", "Save PDFs to folder…")] if self._issued else []
        tone: Tone = "warn" if result.parked or result.cancelled else "good"
        self.notice.show(report_words(result), tone, *actions)

    def _tell_correction(self, words: str, number: str) -> None:
        actions = [BannerAction("save", "Save PDF to folder…")] if number else []
        self._issued = (number,) if number else ()
        self.notice.show(words, "good", *actions)

    def _tell_credited(self, words: str, numbers: tuple[str, ...], is_clean: bool) -> None:
        actions = [BannerAction("save", "Save PDFs to folder…")] if numbers else []
        self._issued = numbers
        self.notice.show(words, "good" if is_clean else "warn", *actions)

    def _tell_letters(self, words: str, is_clean: bool) -> None:
        self.notice.show(words, "good" if is_clean else "warn")

    def _act(self, key: str) -> None:
        if self.drafting.act(key):
            return
        if key == "issue":
            self.run_pane.issue_all_the_same()
        else:
            self.save_pdfs(self._issued)

    def _record_payment(self, rows: tuple[RegisterRow, ...]) -> None:
        self._opener.payment(rows[0].account_id, numbers=[row.number for row in rows])


def _on_top(widget: QWidget) -> QWidget:
    """A place that keeps a widget at its top."""
    place = QWidget()
    top = column(place, margin=0)
    top.addWidget(widget)
    top.addStretch(1)
    return place
