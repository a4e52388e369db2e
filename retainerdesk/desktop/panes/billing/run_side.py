"""The right side of the run and of the overage inbox: why this amount, and the page it would be on."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.formatting import money
from retainerdesk.desktop.name_words import bearable
from retainerdesk.desktop.panes.billing.effect_words import instead_words
from retainerdesk.desktop.panes.billing.explanation_pane import ExplanationPane
from retainerdesk.desktop.panes.billing.explanation_words import can_decide, explanation_lines
from retainerdesk.desktop.panes.billing.preview_desk import PreviewDesk
from retainerdesk.desktop.panes.billing.run_pane import RunPane
from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.desktop.widgets.page_preview import PagePreview
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import Charge
from retainerdesk.domain.invoicing import Proposal
from retainerdesk.services.explain import explain_charge
from retainerdesk.services.issue_invoices import number_in_run
from retainerdesk.services.overage_effects import overage_effects


class RunSide(QWidget):
    """Explains the charge the keyboard is on."""

    def __init__(self, desk: Desk, run: RunPane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._run = run
        self.charge: Charge | None = None
        self.explanation = ExplanationPane()
        self.page = PagePreview()
        self.preview = PreviewDesk(desk, self.page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING.medium)
        column.addWidget(self.explanation)
        column.addWidget(self.page, 1)

    def show_charge(self, charge: Charge | None) -> None:
        """Show why a charge is what it is."""
        self.charge = charge
        if charge is None:
            self.explanation.show_lines("", ())
            self.preview.show_proposal(None, "")
            return
        try:
            explained = self._desk.read(explain_charge, charge, self._desk.today())
        except RuleViolation as gone:
            self.explanation.show_lines(bearable(gone.message), ())
            return
        lines = explanation_lines(explained, self._desk.today())
        if can_decide(explained):
            lines = (*(each for each in lines if each[0] != "Instead"), ("Instead", self._instead(charge)))
        self.explanation.show_lines(f"Why {money(charge.net)}?", lines, can_decide=can_decide(explained))
        self._show_page(charge)

    def _instead(self, charge: Charge) -> str:
        key = charge.key
        effects = self._desk.read(
            overage_effects, key.account_id, key.retainer_id, key.service, self._desk.today()
        )
        return instead_words(effects)

    def show_again(self) -> None:
        """The run was read anew: so are the explanation and the page."""
        self.show_charge(self.charge)

    def _show_page(self, charge: Charge) -> None:
        """The invoice the charge would be on, by the choices made; the whole one if it is left for later."""
        chosen = self._run.proposals()
        place = _place_of(chosen, charge)
        if place is not None:
            shown = chosen[place]
            number = self._desk.read(number_in_run, chosen[: place + 1], self._desk.today())
            self.preview.show_proposal(shown, number)
            return
        whole = next((each for each in self._run.view.proposals if charge.key in each.keys), None)
        # Left for later it takes no number yet.
        self.preview.show_proposal(whole, "–")


def _place_of(proposals: tuple[Proposal, ...], charge: Charge) -> int | None:
    return next((place for place, each in enumerate(proposals) if charge.key in each.keys), None)
