"""Billing: what is due to be invoiced, why, how it will look, and what was issued."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.opener import DialogOpener
from retainerdesk.desktop.fields.inputs import qdate
from retainerdesk.desktop.formatting import money
from retainerdesk.desktop.forms.ui_billing_screen import Ui_BillingScreen
from retainerdesk.desktop.panes.billing.explanation_pane import ExplanationPane
from retainerdesk.desktop.panes.billing.explanation_words import can_decide, explanation_lines
from retainerdesk.desktop.panes.billing.issuing import result_words, save_pdfs
from retainerdesk.desktop.panes.billing.page_preview import PagePreview
from retainerdesk.desktop.panes.billing.preview_desk import PreviewDesk
from retainerdesk.desktop.panes.billing.register_pane import RegisterPane
from retainerdesk.desktop.panes.billing.run_pane import RunPane
from retainerdesk.desktop.problems import show_problem
from retainerdesk.desktop.theme.icons import icon
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.desktop.widgets.banner import Banner, BannerAction
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import Charge
from retainerdesk.domain.invoicing import Proposal
from retainerdesk.services.business import get_business
from retainerdesk.services.explain import explain_charge
from retainerdesk.services.invoices import InvoiceRow
from retainerdesk.services.issue_invoices import IssueResult, number_range

if TYPE_CHECKING:
    from retainerdesk.services.results import Changes

_SIDE_WIDTH = 420


class BillingScreen(QWidget):
    """The Billing place of the window. Loads when it is first shown.

    Signals: `told(text)` when something was done, for the status line.
    """

    told = Signal(str)

    def __init__(self, desk: Desk, opener: DialogOpener | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Ui_BillingScreen()
        self.form.setupUi(self)
        self._desk = desk
        self._opener = opener or DialogOpener(desk, self)
        self._is_loaded = False
        self._charge: Charge | None = None
        self._issued: tuple[str, ...] = ()
        self._banner: Banner | None = None
        self.run_pane = RunPane(self.form, desk, self._opener, self)
        self.register = RegisterPane(self.form, desk, self)
        self.explanation = ExplanationPane()
        self.page = PagePreview()
        self.preview = PreviewDesk(desk, self.page)
        self._dress()
        self._connect()

    def _dress(self) -> None:
        form = self.form
        set_style_property(form.left, "surface", "background")
        set_style_property(form.side, "surface", "panel")
        form.side_column.addWidget(self.explanation)
        form.side_column.addWidget(self.page, 1)
        form.halves.setStretchFactor(0, 1)
        form.halves.setStretchFactor(1, 0)
        form.halves.setSizes([980, _SIDE_WIDTH])
        form.side.setMinimumWidth(300)
        # A tab widget gives its pages the plain font again; only the style sheet is stronger.
        set_style_property(form.title, "role", "title")
        for label in (form.subtitle, form.sum, form.through_label, form.register_sum):
            set_style_property(label, "tone", "muted")
        form.create_all.setIcon(icon("check-check"))
        form.later.setIcon(icon("clock"))
        form.skip.setIcon(icon("ban"))
        form.issue.setIcon(icon("receipt-text", "on_accent"))
        set_style_property(form.issue, "variant", "primary")
        through = self._desk.today()
        lead = self._desk.read(get_business).lead_days
        form.through.setDate(qdate(through).addDays(lead))

    def _connect(self) -> None:
        self.run_pane.charge_changed.connect(self._show_charge)
        self.run_pane.loaded.connect(self._after_load)
        self.run_pane.warned.connect(self._warn)
        self.run_pane.issued.connect(self._report)
        self.register.shown.connect(self._show_invoice)
        self.register.save_asked.connect(self.save_pdfs)
        self.register.payment_asked.connect(self._record_payment)
        self.explanation.decide_pressed.connect(self._decide)
        self.form.tabs.currentChanged.connect(self._show_tab)

    # Coming into view, and staying true

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_loaded:
            self._is_loaded = True
            self.run_pane.load()
            self.register.load()
        self.preview.wake()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.preview.rest()

    def refresh(self, changes: Changes) -> None:
        """Read anew what `changes` concern, if it was ever shown."""
        if not self._is_loaded:
            return
        if changes.money or changes.agreement or changes.accounts or changes.business or changes.work:
            self.run_pane.load()
        if changes.money or changes.accounts or changes.dates:
            self.register.load()

    def review_run(self) -> None:
        """Show what is due, with the keyboard on the first charge."""
        self.form.tabs.setCurrentWidget(self.form.due_tab)
        self.run_pane.table.setFocus()

    # Explanation and page

    def _show_charge(self, charge: Charge | None) -> None:
        self._charge = charge
        if self.form.tabs.currentWidget() is not self.form.due_tab:
            return
        if charge is None:
            self.explanation.show_lines("", ())
            self.preview.show_proposal(None, "")
            return
        try:
            explained = self._desk.read(explain_charge, charge, self._desk.today())
        except RuleViolation as gone:
            self.explanation.show_lines(gone.message, ())
            return
        self.explanation.show_lines(
            f"Why {money(charge.net)}?",
            explanation_lines(explained, self._desk.today()),
            can_decide=can_decide(explained),
        )
        self._show_page(charge)

    def _show_page(self, charge: Charge) -> None:
        """The invoice the charge would be on, by the choices made; the whole one if it is left for later."""
        chosen = self.run_pane.proposals()
        place = _place_of(chosen, charge)
        if place is not None:
            _first, number = self._desk.read(number_range, place + 1, self._desk.today())
            self.preview.show_proposal(chosen[place], number)
            return
        whole = next((each for each in self.run_pane.view.proposals if charge.key in each.keys), None)
        # Left for later it takes no number yet.
        self.preview.show_proposal(whole, "–")

    def _after_load(self) -> None:
        self._show_charge(self._charge)

    def _show_invoice(self, number: str) -> None:
        if self.form.tabs.currentWidget() is self.form.issued_tab:
            self.explanation.show_lines(f"Invoice {number}" if number else "", ())
            self.preview.show_invoice(number)

    def _show_tab(self) -> None:
        if self.form.tabs.currentWidget() is self.form.issued_tab:
            self.register.choose_first()
            rows = self.register.selected()
            self._show_invoice(rows[0].number if len(rows) == 1 else "")
        else:
            self._show_charge(self._charge)

    def _decide(self) -> None:
        if self._charge is not None:
            key = self._charge.key
            self._opener.decide_overage(key.account_id, key.retainer_id, key.service.start)

    # Results

    def _warn(self, warnings: tuple[str, ...]) -> None:
        shown = "\n".join(warnings[:4])
        more = f"\nand {len(warnings) - 4} more" if len(warnings) > 4 else ""
        self._show_banner(
            f"Nothing was issued yet. {shown}{more}", "warn", [BannerAction("issue", "Issue all the same")]
        )

    def _report(self, result: IssueResult) -> None:
        self._issued = tuple(invoice.number for invoice in result.issued)
        words = result_words(result)
        reasons = "\n".join(f"{each.account_name}: {each.reason}" for each in result.parked[:4])
        actions = [BannerAction("save", "Save PDFs to folder…")] if self._issued else []
        tone = "warn" if result.parked or result.cancelled else "good"
        self._show_banner("\n".join(part for part in (words, reasons) if part), tone, actions)
        self.told.emit(words)

    def _show_banner(self, text: str, tone: str, actions: list[BannerAction]) -> None:
        if self._banner is not None:
            self._banner.deleteLater()
        self._banner = Banner(text, tone, actions, parent=self)  # type: ignore[arg-type]
        self._banner.acted.connect(self._act)
        self._banner.closed.connect(self._forget_banner)
        self.form.banner_place.addWidget(self._banner)

    def _forget_banner(self) -> None:
        self._banner = None

    def _act(self, key: str) -> None:
        if key == "issue":
            self.run_pane.issue_all_the_same()
        else:
            self.save_pdfs(self._issued)
        if self._banner is not None:
            self._banner.deleteLater()
            self._banner = None

    def save_pdfs(self, numbers: tuple[str, ...]) -> None:
        """Ask for a folder and write the PDFs of these invoices there."""
        if not numbers:
            return
        folder = self._opener.chooser.folder(self, "Save PDFs to folder")
        if folder is not None:
            work = partial(_save, self._desk, numbers, folder)
            self._desk.runner.run(work, self._saved, self._fail, "Saving PDFs")

    def _saved(self, answer: tuple[int, Path]) -> None:
        count, folder = answer
        self.told.emit(f"{count} PDF{'s' * (count != 1)} saved in {folder}")

    def _fail(self, error: BaseException) -> None:
        show_problem(self.window(), error)

    def _record_payment(self, row: InvoiceRow) -> None:
        self._opener.payment(row.account_id, number=row.number)


def _place_of(proposals: tuple[Proposal, ...], charge: Charge) -> int | None:
    return next((place for place, each in enumerate(proposals) if charge.key in each.keys), None)


def _save(desk: Desk, numbers: tuple[str, ...], folder: Path, progress: object) -> tuple[int, Path]:
    return save_pdfs(desk, numbers, folder, progress), folder  # type: ignore[arg-type]
