"""Today: everything that needs a decision now, in groups, each with what can be done about it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from retainerdesk.desktop.formatting import day_long
from retainerdesk.desktop.forms.ui_today_pane import Ui_TodayPane
from retainerdesk.desktop.models.due_groups import (
    DueLine,
    action_id,
    block_id,
    draft_id,
    due_groups,
    headline,
    overage_place,
)
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.desktop.panes.action_edits import ActionEdits
from retainerdesk.desktop.panes.due_section import DueSection
from retainerdesk.desktop.problems import show_problem
from retainerdesk.desktop.widgets.buttons import primary_button
from retainerdesk.desktop.widgets.empty_state import EmptyState
from retainerdesk.desktop.widgets.surfaces import hairline
from retainerdesk.desktop.widgets.text import data_label
from retainerdesk.domain.due_item import DueKind
from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.services.due import find_due, snooze_item
from retainerdesk.services.results import EVERYTHING, Changes
from retainerdesk.services.summaries import DueReport

if TYPE_CHECKING:
    from retainerdesk.desktop.desk import Desk

_COMFORTABLE = 1040


class TodayPane(QFrame):
    """Loads the due report through the desk, or is given one by whoever has it already.

    Signals: `account_wanted(str)`; `issue_wanted(str)` with an account, "" for all; `payment_wanted(str)` and
    `call_wanted(str)` and `late_wanted(str)` with an account; `overage_wanted(str, str, date)` with account,
    retainer and first day of the period; `assign_wanted(str)` with an account whose work is charged to none;
    `block_wanted(str, str)` with account and block; `owed_wanted(str)` with an account that is late;
    `draft_wanted(str)` with a draft that waits; `snooze_wanted(str, str)` with key and sentence of an item,
    to be asked for a day.
    """

    account_wanted = Signal(str)
    issue_wanted = Signal(str)
    payment_wanted = Signal(str)
    call_wanted = Signal(str)
    overage_wanted = Signal(str, str, object)
    late_wanted = Signal(str)
    assign_wanted = Signal(str)
    block_wanted = Signal(str, str)
    owed_wanted = Signal(str)
    snooze_wanted = Signal(str, str)
    draft_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._edits = ActionEdits(desk, self)
        self._report: DueReport | None = None
        self._unfolded: set[str] = set()
        self._form = Ui_TodayPane()
        self._form.setupUi(self)
        self.title = data_label("Today", "title")
        self.summary = data_label("", "muted", elide=True)
        self.issue_all = primary_button("Issue invoices…", "receipt-text")
        self.nothing = EmptyState(
            "circle-check", "Nothing needs you today",
            "No invoice waits, nobody is late or quiet, and no date to speak before is near.",
        )  # fmt: skip
        self.sections: list[DueSection] = []
        self._build()
        self.refresh(EVERYTHING)

    @property
    def report(self) -> DueReport | None:
        """What is shown."""
        return self._report

    def refresh(self, changes: Changes) -> None:
        """Reload if the changes touch anything that can be due."""
        if changes == Changes():
            return
        self.show_report(self._desk.read(find_due, self._desk.today()))

    def show_report(self, report: DueReport) -> None:
        """Show a report."""
        if (
            self._report is not None
            and report.items == self._report.items
            and report.as_of == self._report.as_of
        ):
            return
        self._report = report
        self._fill(report)

    def _build(self) -> None:
        line = QWidget()
        line.setMaximumWidth(_COMFORTABLE)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.title)
        row.addStretch(1)
        row.addWidget(self.issue_all)
        self._form.head_column.addWidget(line)
        self._form.head_column.addWidget(self.summary)
        self._form.column.insertWidget(1, hairline())
        self._form.pages.addWidget(self.nothing)
        self._form.groups.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.issue_all.clicked.connect(self._issue_all)

    def _fill(self, report: DueReport) -> None:
        for section in self.sections:
            section.hide()
            section.deleteLater()
        self.sections = []
        for group in due_groups(report):
            section = DueSection(group, all_shown=group.key in self._unfolded)
            section.deed_wanted.connect(self._do)
            section.account_wanted.connect(self._go)
            section.snoozed.connect(self._snooze)
            section.all_wanted.connect(self._unfold)
            section.setMaximumWidth(_COMFORTABLE)
            self.sections.append(section)
            self._form.groups.addWidget(section)
        self.summary.set_text(f"{day_long(report.as_of)} · {headline(report)}")
        self.issue_all.setVisible(any(item.kind is DueKind.INVOICE_TO_ISSUE for item in report.items))
        self._form.pages.setCurrentWidget(self._form.scroll if report.items else self.nothing)

    def _do(self, line: DueLine) -> None:
        if line.deed == "complete":
            self._edits.complete(line.account_id, action_id(line))
        elif line.deed == "decide_overage" and (place := overage_place(line)) is not None:
            self.overage_wanted.emit(line.account_id, *place)
        elif line.deed == "show_block":
            self.block_wanted.emit(line.account_id, block_id(line))
        elif line.deed == "show_draft":
            self.draft_wanted.emit(draft_id(line))
        else:
            wanted = {
                "payment": self.payment_wanted,
                "issue_invoices": self.issue_wanted,
                "log_call": self.call_wanted,
                "assign_work": self.assign_wanted,
                "decide_late": self.late_wanted,
            }
            wanted[line.deed].emit(line.account_id)

    def _go(self, line: DueLine) -> None:
        if line.kind is DueKind.INVOICE_OVERDUE:
            self.owed_wanted.emit(line.account_id)
        else:
            self.account_wanted.emit(line.account_id)

    def _issue_all(self) -> None:
        self.issue_wanted.emit("")

    def _snooze(self, line: DueLine, days: int) -> None:
        if not days:
            self.snooze_wanted.emit(line.key, f"{in_sentence(line.account_name)}: {line.text}")
            return
        today = self._desk.today()
        forward = partial(self._rest, line.key, today + timedelta(days=days))
        try:
            # An item that rests until today is awake.
            self._desk.undo.do("snooze", forward, partial(self._rest, line.key, today))
        except EnvironmentProblem as problem:
            show_problem(self, problem)

    def _rest(self, key: str, until: date) -> Changes:
        return self._desk.write(snooze_item, key, until, self._desk.today()).changes

    def _unfold(self, key: str) -> None:
        self._unfolded.add(key)
        if self._report is not None:
            self._fill(self._report)
