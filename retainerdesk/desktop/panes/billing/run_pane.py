"""The first page of the billing screen: what is due, what to do with each charge, and issuing it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.dialogs.opener import DialogOpener
from retainerdesk.desktop.forms.ui_billing_screen import Ui_BillingScreen
from retainerdesk.desktop.models.run_model import RunModel
from retainerdesk.desktop.models.run_rows import (
    AccountRow,
    Choice,
    RunChoices,
    Skipped,
    chosen_proposals,
    due_after,
    run_rows,
)
from retainerdesk.desktop.name_words import bearable, in_sentence
from retainerdesk.desktop.panes.billing.issuer import Issuer
from retainerdesk.desktop.panes.billing.issuing import IssueAnswer, check_and_issue
from retainerdesk.desktop.panes.billing.run_table import RunTable, charges_of
from retainerdesk.desktop.panes.billing.run_words import due_words, sum_words
from retainerdesk.desktop.problems import show_problem
from retainerdesk.desktop.widgets.empty_state import EmptyState
from retainerdesk.domain.invoice import Charge
from retainerdesk.domain.invoicing import Proposal
from retainerdesk.services.drafts import DraftRunResult, create_drafts
from retainerdesk.services.issue_invoices import IssueCommand, RunView, number_range, preview_invoices
from retainerdesk.services.results import Outcome
from retainerdesk.services.tax_rates import TaxHint
from retainerdesk.services.views import ParkedRow

if TYPE_CHECKING:
    from datetime import date

    from retainerdesk.desktop.operation_runner import Progress


class RunPane(QObject):
    """Loads the run on the operations thread, keeps the choices, and issues.

    Signals: `loaded()`; `charge_changed(Charge | None)`; `warned(tuple of sentences)` when something cannot
    be printed and nothing was issued yet; `issued(IssueResult)`; `kept(DraftRunResult)`.
    """

    loaded = Signal()
    charge_changed = Signal(object)
    warned = Signal(object)
    issued = Signal(object)
    kept = Signal(object)

    def __init__(self, form: Ui_BillingScreen, desk: Desk, opener: DialogOpener, parent: QObject) -> None:
        super().__init__(parent)
        self._form = form
        self._desk = desk
        self._opener = opener
        self.view = RunView((), (), {})
        self.choices = RunChoices()
        self.confirmed: frozenset[str] = frozenset()
        self._issuer = Issuer(desk, form.tabs, self)
        self._seen: frozenset[object] = frozenset()
        self._round = 0
        self._skipping: tuple[Charge, ...] = ()
        self._asking: FormDialog | None = None
        self._resolving: ParkedRow | None = None
        self.model = RunModel(desk.today(), self)
        self.table = RunTable(self.model)
        form.run_place.addWidget(self.table)
        self.empty = EmptyState(
            "circle-check",
            "Nothing to invoice",
            "Every charge up to this day is issued, kept as a draft or skipped.",
        )
        self.empty.setVisible(False)
        form.run_place.addWidget(self.empty, 1)
        self._connect()

    def _connect(self) -> None:
        form = self._form
        form.create_all.clicked.connect(self.create_all)
        form.later.clicked.connect(self._leave_selected)
        form.skip.clicked.connect(self._skip_selected)
        form.cancel.clicked.connect(self.start_over)
        self._issuer.turned.connect(self._apply)
        self._issuer.warned.connect(self.warned)
        self._issuer.issued.connect(self.issued)
        self._issuer.kept.connect(self.kept)
        self._issuer.done.connect(self.load)
        form.issue.clicked.connect(self.issue)
        form.keep_drafts.clicked.connect(self.keep_as_drafts)
        form.through.dateChanged.connect(self.load)
        self.table.choice_asked.connect(self.choose)
        self.table.resolve_asked.connect(self.resolve)
        self.table.charge_changed.connect(self.charge_changed)
        self.table.selectionModel().selectionChanged.connect(self._apply)

    # Loading

    def load(self) -> None:
        """Read the run anew, through the day on show. Only the newest answer counts."""
        if self._issuer.is_busy:
            return
        self._round += 1
        work = partial(_preview, self._desk, self._form.through.day, self.confirmed, self._round)
        self._desk.runner.run(work, self._take, self._fail, "Looking for what is due")

    def _take(self, answer: tuple[int, RunView]) -> None:
        asked, view = answer
        if asked != self._round or self._issuer.is_busy:
            return
        self.view = view
        not_due = due_after(view, self._desk.today())
        fresh = not_due - self._seen
        self._seen |= fresh
        self.choices = self.choices.still_valid(view).with_choice(fresh, Choice.LATER)
        self._show()
        self.loaded.emit()

    def _fail(self, error: BaseException) -> None:
        self._apply()
        show_problem(self._form.tabs.window(), error)

    def _show(self) -> None:
        rows = run_rows(self.view, self.choices)
        are_new = self.model.set_rows(rows, self._desk.today())
        self.table.show_rows(are_new=are_new)
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self._apply()

    # Choices

    def choose(self, charges: tuple[Charge, ...], choice: Choice) -> None:
        """Create, leave for later, or ask why to skip. A skip is taken back by choosing anything else."""
        if self._issuer.is_busy:
            return
        if choice is Choice.SKIP:
            self._ask_to_skip(charges)
            return
        keys = [charge.key for charge in charges]
        self.choices = self.choices.with_choice(keys, choice)
        taken_back = [each for each in self.choices.skipped if each.charge.key in keys]
        for each in taken_back:
            if self._opener.unskip(each.charge, each.reason):
                self.choices = self.choices.without_skipped([each.charge.key])
        self._seen |= frozenset(keys)
        self._show()

    def create_all(self) -> None:
        """Create everything that is not skipped, also what is not due yet."""
        self.choose(charges_of(self.model.rows), Choice.CREATE)

    def start_over(self) -> None:
        """Forget what was left for later and confirmed, and look again. Skips stay: they are decided."""
        self.choices = RunChoices(skipped=self.choices.skipped)
        self.confirmed, self._seen = frozenset(), frozenset()
        self.load()

    def _leave_selected(self) -> None:
        self.choose(self.table.selected_charges(), Choice.LATER)

    def _skip_selected(self) -> None:
        self.choose(self.table.selected_charges(), Choice.SKIP)

    def _ask_to_skip(self, charges: tuple[Charge, ...]) -> None:
        known = {each.charge.key for each in self.choices.skipped}
        self._skipping = tuple(charge for charge in charges if charge.key not in known)
        if self._skipping:
            self._asking = self._opener.skip(self._skipping)
            self._asking.accepted_value.connect(self._remember_skipped)

    def _remember_skipped(self, reason: str) -> None:
        """Go on showing what was skipped, with the reason. Heard after it was kept, or refused."""
        if self._asking is not None and not self._asking.is_refused:
            skipped = [Skipped(charge, reason) for charge in self._skipping]
            self.choices = self.choices.with_skipped(skipped)
            self._show()

    def resolve(self, parked: ParkedRow | TaxHint) -> None:
        """Ask for a yes where that releases the account; otherwise open what has to be mended."""
        if isinstance(parked, TaxHint):
            self._opener.edit_account_tax(parked.account_id)
            return
        if not parked.can_confirm:
            if parked.retainer_id:
                self._opener.edit_retainer(parked.account_id, parked.retainer_id)
            else:
                self._opener.edit_account(parked.account_id)
            return
        self._resolving = parked
        _ask_confirmation(parked, self._form).finished.connect(self._confirmed)

    def _confirmed(self, answer: int) -> None:
        parked = self._resolving
        if parked is None:
            return
        if answer == QMessageBox.StandardButton.Yes:
            self.confirmed |= {parked.account_id}
            self.load()
        elif answer == QMessageBox.StandardButton.No:
            self._opener.edit_retainer(parked.account_id, parked.retainer_id)

    # Issuing

    def proposals(self) -> tuple[Proposal, ...]:
        """The invoices that would be issued now."""
        return chosen_proposals(self.view, self.choices)

    def issue(self) -> None:
        """Issue what is chosen. While that is under way a second press does nothing."""
        self._issue(is_warned=False)

    def issue_all_the_same(self) -> None:
        """Issue although some characters cannot be printed."""
        self._issue(is_warned=True)

    def _issue(self, *, is_warned: bool) -> None:
        command = self._command()
        if command is not None:
            self._issuer.issue(partial(_issue, self._desk, command, is_warned), "Issuing invoices")

    def keep_as_drafts(self) -> None:
        """Set aside what is chosen instead of issuing it."""
        command = self._command()
        if command is not None:
            self._issuer.keep(partial(_keep, self._desk, command), "Keeping drafts")

    def _command(self) -> IssueCommand | None:
        proposals, through = self.proposals(), self._form.through.day
        return IssueCommand(proposals, through, self.confirmed, self.view.basis) if proposals else None

    # Words

    def _apply(self) -> None:
        form = self._form
        proposals = self.proposals()
        chosen = bool(self.table.selected_charges())
        form.create_all.setEnabled(not self._issuer.is_busy and bool(charges_of(self.model.rows)))
        form.later.setEnabled(not self._issuer.is_busy and chosen)
        form.skip.setEnabled(not self._issuer.is_busy and chosen)
        form.cancel.setEnabled(not self._issuer.is_busy)
        for button in (form.issue, form.keep_drafts):
            button.setEnabled(not self._issuer.is_busy and bool(proposals))
        count = "1 invoice" if len(proposals) == 1 else f"{len(proposals)} invoices"
        form.issue.setText(f"&Issue {count}" if proposals else "&Issue invoices")
        form.sum.setText(self._sum(count, proposals))
        form.subtitle.setText(self._subtitle())

    def _sum(self, count: str, proposals: tuple[Proposal, ...]) -> str:
        if not proposals:
            return "nothing is chosen"
        accounts = [row for row in self.model.rows if isinstance(row, AccountRow)]
        numbers = self._desk.read(number_range, proposals, self._desk.today())
        return sum_words(count, accounts, numbers)

    def _subtitle(self) -> str:
        charges = [charge for each in self.view.proposals for charge in each.charges]
        return due_words(charges, self.view.last_issued_on, self._desk.today())


def _ask_confirmation(parked: ParkedRow, form: Ui_BillingScreen) -> QMessageBox:
    """Yes offers the charges, No opens the retainer, Cancel leaves the account parked."""
    buttons = QMessageBox.StandardButton
    box = QMessageBox(form.tabs.window())
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle("Parked")
    box.setText(f"{in_sentence(parked.account_name)}: {bearable(parked.reason)}.")
    box.setStandardButtons(buttons.Yes | buttons.No | buttons.Cancel)
    box.button(buttons.Yes).setText(f"&Offer {parked.charges} charges")
    box.button(buttons.No).setText("&Edit retainer…")
    box.setDefaultButton(buttons.Cancel)
    box.open()
    return box


def _preview(
    desk: Desk, through: date, confirmed: frozenset[str], asked: int, _progress: Progress
) -> tuple[int, RunView]:
    with desk.context.store.reading() as uow:
        return asked, preview_invoices(uow, through, desk.today(), confirmed=confirmed)


def _issue(desk: Desk, command: IssueCommand, is_warned: bool, progress: Progress) -> IssueAnswer:
    return check_and_issue(desk, command, progress, is_warned=is_warned)


def _keep(desk: Desk, command: IssueCommand, progress: Progress) -> Outcome[DraftRunResult]:
    return create_drafts(desk.context.store, command, desk.today(), progress.step)
