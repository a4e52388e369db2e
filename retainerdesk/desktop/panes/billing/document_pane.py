"""The right side of the register: the chosen document, its page, and why it comes to what it does."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.formatting import money
from retainerdesk.desktop.models.register_model import STATE_LOOKS, STATE_WORDS
from retainerdesk.desktop.name_words import bearable
from retainerdesk.desktop.panes.billing.disclosure import Disclosure
from retainerdesk.desktop.panes.billing.document_words import (
    document_facts,
    document_title,
    line_words,
    total_words,
)
from retainerdesk.desktop.panes.billing.explanation_pane import lines_grid
from retainerdesk.desktop.panes.billing.preview_desk import PreviewDesk
from retainerdesk.desktop.problems import show_problem
from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.desktop.widgets.chip import VerdictChip
from retainerdesk.desktop.widgets.page_preview import PagePreview
from retainerdesk.desktop.widgets.segmented import Segment, SegmentedControl
from retainerdesk.desktop.widgets.surfaces import SectionHeader, surface
from retainerdesk.desktop.widgets.text import data_label
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.services.explain_document import DocumentExplanation, explain_document
from retainerdesk.services.register import RegisterRow

if TYPE_CHECKING:
    from retainerdesk.desktop.operation_runner import Progress

_NOTHING = "Choose one document to see its page"


class DocumentPane(QWidget):
    """Shows one document of the register, or a sentence while there is none."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("The chosen document")
        self._desk = desk
        self._row: RegisterRow | None = None
        self._explained = ""
        self.lines: list[Disclosure] = []
        self.title = data_label("", "heading", elide=True)
        self.state = VerdictChip("clock", "")
        self.state.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.facts = data_label("", "muted", wrap=True)
        self.views = SegmentedControl(
            (Segment("page", "Page"), Segment("why", "Explain this invoice")), "What is shown"
        )
        self.page = PagePreview()
        self.preview = PreviewDesk(desk, self.page)
        self.preview.say_nothing(_NOTHING)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.page)
        self.stack.addWidget(self._scroll())
        self._arrange()
        self.views.changed.connect(self._show_view)
        self.show_row(None)

    def _scroll(self) -> QScrollArea:
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(surface("panel"))
        return self._area

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING.small)
        head = QHBoxLayout()
        head.setSpacing(SPACING.small)
        head.addWidget(self.title, 1)
        head.addWidget(self.state)
        column.addLayout(head)
        column.addWidget(self.facts)
        column.addWidget(self.views, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.stack, 1)

    def show_row(self, row: RegisterRow | None, related: tuple[RegisterRow, ...] = ()) -> None:
        """Show another document with those that correct or replace it; None for none, or for several."""
        self.facts.set_text(document_facts(row, self._desk.today(), related) if row else "")
        if row == self._row and row is not None:
            return
        self._row = row
        self.title.set_text(document_title(row) if row else "")
        for widget in (self.title, self.state, self.facts, self.views):
            widget.setVisible(row is not None)
        if row is not None:
            name, tone = STATE_LOOKS[row.state]
            self.state.set_verdict(name, STATE_WORDS[row.state], tone)
        self.preview.show_invoice(row.number if row else "")
        self._explained = ""
        self._show_view(self.views.selected)

    def explain(self) -> None:
        """Show why the document comes to what it does."""
        self.views.select("why")
        self._show_view("why")

    def _show_view(self, key: str) -> None:
        wants_why = key == "why" and self._row is not None
        self.stack.setCurrentIndex(1 if wants_why else 0)
        if wants_why and self._row is not None and self._explained != self._row.number:
            self._explained = self._row.number
            work = partial(_explain, self._desk, self._row.number)
            self._desk.runner.run(work, self._show_why, self._fail, "Explaining")

    def _show_why(self, explained: DocumentExplanation) -> None:
        if self._row is None or explained.document.number != self._row.number:
            return
        today = self._desk.today()
        content = surface("panel")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, SPACING.small, SPACING.medium, 0)
        column.setSpacing(SPACING.small)
        self.lines = [
            Disclosure(each.line.text, money(each.line.net), line_words(each, today))
            for each in explained.lines
        ]
        for line in self.lines:
            column.addWidget(line)
        column.addSpacing(SPACING.small)
        column.addWidget(SectionHeader("TOTAL"))
        column.addWidget(lines_grid(total_words(explained.document)))
        column.addStretch(1)
        self._area.setWidget(content)
        if len(self.lines) == 1:
            self.lines[0].open()

    def _fail(self, error: BaseException) -> None:
        self._explained = ""
        if isinstance(error, RuleViolation):
            self.facts.set_text(bearable(error.message))
            return
        show_problem(self.window(), error)


def _explain(desk: Desk, number: str, _progress: Progress) -> DocumentExplanation:
    with desk.context.store.reading() as uow:
        return explain_document(uow, number, desk.today())
