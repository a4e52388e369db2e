"""The head of an account: name, agreement in a line, verdicts, and what can be added."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from retainerdesk.desktop.forms.ui_account_header import Ui_AccountHeader
from retainerdesk.desktop.models.verdict_looks import explanation_of, look_of, telling
from retainerdesk.desktop.panes.account_facts import fact_runs
from retainerdesk.desktop.panes.composer import Composer
from retainerdesk.desktop.panes.verdict_popover import VerdictPopover
from retainerdesk.desktop.widgets.chip import VerdictChip
from retainerdesk.desktop.widgets.flow_layout import FlowLayout
from retainerdesk.desktop.widgets.runs import RunsLabel
from retainerdesk.desktop.widgets.text import data_label
from retainerdesk.domain.verdict import Verdict
from retainerdesk.services.views import AccountView


class AccountHeader(QFrame):
    """Filled from an AccountView.

    Signals: `asked(str)` with the word of a dialog (see Composer).
    """

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = Ui_AccountHeader()
        self._form.setupUi(self)
        self.name = data_label("", "title", elide=True)
        self.facts = RunsLabel()
        self.chips: list[VerdictChip] = []
        self._verdicts: tuple[Verdict, ...] = ()
        self._chip_row = FlowLayout(self._form.verdicts)
        self.composer = Composer(self)
        self._form.title_row.addWidget(self.name, 1)
        self._form.title_row.addWidget(self.composer.more)
        self._form.facts_row.addWidget(self.facts)
        self._form.composer_row.addWidget(self.composer)
        self.composer.asked.connect(self.asked)

    def show_account(self, view: AccountView) -> None:
        """Show an account."""
        self.name.set_text(view.account.name)
        self.facts.set_runs(fact_runs(view))
        self.composer.set_has_retainer(bool(view.retainers))
        self._show_verdicts(telling(view.verdicts))

    def _show_verdicts(self, verdicts: Sequence[Verdict]) -> None:
        if tuple(verdicts) == self._verdicts:
            return
        self._verdicts = tuple(verdicts)
        self._chip_row.clear()
        self.chips = [self._chip(each) for each in verdicts]
        for chip in self.chips:
            self._chip_row.addWidget(chip)
        self._form.verdicts.setVisible(bool(verdicts))

    def _chip(self, verdict: Verdict) -> VerdictChip:
        look = look_of(verdict)
        chip = VerdictChip(
            look.icon, look.words, look.tone, explanation=explanation_of(verdict), parent=self._form.verdicts
        )
        chip.clicked.connect(self._explain)
        return chip

    def _explain(self) -> None:
        chip = self.sender()
        if isinstance(chip, VerdictChip) and chip in self.chips:
            VerdictPopover(self._verdicts[self.chips.index(chip)], self).show_below(chip)
