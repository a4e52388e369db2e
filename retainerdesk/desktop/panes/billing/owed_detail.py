"""The right side of what is owed: one account's open documents, its next letter, and those that were sent."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.letter_dialog import effect_words
from retainerdesk.desktop.dialogs.opener import DialogOpener
from retainerdesk.desktop.formatting import day, days, money, number
from retainerdesk.desktop.models.owed_model import next_words
from retainerdesk.desktop.name_words import bearable
from retainerdesk.desktop.panes.billing.explanation_pane import lines_grid
from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.desktop.widgets.buttons import icon_button, link_button
from retainerdesk.desktop.widgets.surfaces import SectionHeader, hairline, surface
from retainerdesk.desktop.widgets.text import TextTone, data_label
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.sent_letter import LetterKind, SentLetter, step_words
from retainerdesk.services.letter_draft import letter_draft
from retainerdesk.services.letters import LetterChoice, letter_for
from retainerdesk.services.receivables import OpenDocument, OwedDetail, OwedRow, load_owed_detail

_SHOWN = 12
_RIGHT = Qt.AlignmentFlag.AlignRight


class OwedDetailPane(QWidget):
    """Shows one row of the list, or a sentence while there is none."""

    def __init__(self, desk: Desk, opener: DialogOpener, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("The chosen account")
        self._desk, self._opener = desk, opener
        self._row: OwedRow | None = None
        self.title = data_label("", "heading", elide=True)
        self.facts = data_label("", "muted", wrap=True)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING.small)
        column.addWidget(self.title)
        column.addWidget(self.facts)
        column.addWidget(self.area, 1)
        self.show_row(None)

    def show_row(self, row: OwedRow | None) -> None:
        """Show another account; None for none, or for several."""
        self._row = row
        if row is None:
            self.title.set_text("")
            self.facts.set_text("Choose one account to see what is open of it")
            self.area.setWidget(surface("panel"))
            return
        today = self._desk.today()
        try:
            detail = self._desk.read(load_owed_detail, row.account_id, row.currency, today)
        except RuleViolation as gone:
            self.facts.set_text(bearable(gone.message))
            return
        self.title.set_text(row.account_name)
        self.facts.set_text(facts_words(row))
        self.area.setWidget(self._content(detail, row))

    def _content(self, detail: OwedDetail, row: OwedRow) -> QWidget:
        content = surface("panel")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, SPACING.small, SPACING.medium, 0)
        column.setSpacing(SPACING.small)
        column.addWidget(SectionHeader("OPEN DOCUMENTS"))
        column.addWidget(self._documents(detail.documents))
        column.addSpacing(SPACING.small)
        column.addWidget(self._next_letter(row))
        column.addSpacing(SPACING.small)
        column.addWidget(SectionHeader("LETTERS SENT"))
        column.addWidget(self._letters(detail.letters))
        column.addStretch(1)
        return content

    def _documents(self, documents: tuple[OpenDocument, ...]) -> QWidget:
        today, widget = self._desk.today(), QWidget()
        grid = QGridLayout(widget)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACING.medium)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for place, each in enumerate(documents[:_SHOWN]):
            tone: TextTone = "bad" if each.past_due.minor > 0 else "muted"
            grid.addWidget(data_label(each.number, "body"), 2 * place, 0)
            grid.addWidget(data_label(late_words(each), "body", tone=tone, wrap=True), 2 * place, 1)
            grid.addWidget(data_label(money(each.open), "number", align=_RIGHT), 2 * place, 2)
            if each.last_step is not None:
                step, on = each.last_step
                words = f"{step_words(step)} sent {day(on, today)}"
                grid.addWidget(data_label(words, "small", tone="muted", elide=True), 2 * place + 1, 1, 1, 2)
        if len(documents) > _SHOWN:
            more = f"and {len(documents) - _SHOWN} more in the register"
            grid.addWidget(data_label(more, "muted"), 2 * _SHOWN, 0, 1, 3)
        return widget

    def _next_letter(self, row: OwedRow) -> QWidget:
        header = SectionHeader("NEXT LETTER", link="Write…" if row.ageing.past_due.minor > 0 else "")
        header.opened.connect(self._write)
        widget = QWidget()
        column = QVBoxLayout(widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING.small)
        column.addWidget(header)
        column.addWidget(lines_grid(self._letter_lines(row)))
        return widget

    def _letter_lines(self, row: OwedRow) -> tuple[tuple[str, str], ...]:
        today = self._desk.today()
        if row.ageing.past_due.minor <= 0:
            return (("Step", "Nothing is past due"),)
        if row.next_letter is None:
            return (("Step", "Every letter was sent; what follows is no letter"),)
        draft = self._desk.read(letter_draft, row.account_id, row.currency, today)
        step_id = None if draft.proposed.is_next else draft.proposed.step.id
        choice = LetterChoice(step_id, currency=row.currency)
        letter = self._desk.read(letter_for, row.account_id, today, choice)
        return (
            ("Step", next_words(row, today)),
            ("Title", draft.proposed.words.title),
            ("Asks for", effect_words(letter, today).removeprefix("Asks for ")),
        )

    def _letters(self, letters: tuple[SentLetter, ...]) -> QWidget:
        today, widget = self._desk.today(), QWidget()
        column = QVBoxLayout(widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING.tight)
        if not letters:
            column.addWidget(data_label("None was marked as sent yet", "muted"))
        for place, each in enumerate(letters[:_SHOWN]):
            if place:
                column.addWidget(hairline())
            line = QHBoxLayout()
            words = f"{letter_title(each)}, {day(each.on, today)}"
            line.addWidget(data_label(words, "body", elide=True), 1)
            line.addWidget(data_label(money(each.total), "number", align=_RIGHT))
            save = icon_button("file-text", f"Save PDF: {words}")
            save.clicked.connect(partial(self._opener.save_sent, each))
            save.setEnabled(each.sha256 is not None)
            back = link_button("Not sent")
            back.setAccessibleName(f"Take back: {words}")
            back.setToolTip("Forget that it was sent; its step is proposed again")
            back.clicked.connect(partial(self._opener.take_back, each))
            line.addWidget(save)
            line.addWidget(back)
            column.addLayout(line)
        return widget

    def _write(self) -> None:
        if self._row is not None:
            self._opener.letter(self._row.account_id, self._row.currency)


def facts_words(row: OwedRow) -> str:
    """The figures of a row in one line, those the table may leave out among them."""
    parts = [f"{money(row.open)} open"]
    if row.ageing.past_due.minor > 0:
        parts.append(f"{money(row.ageing.past_due)} past due")
    if row.credit:
        parts.append(f"{money(row.credit)} credit unused")
    if row.average_days_late is not None:
        parts.append(f"{number(row.average_days_late, 1)} days late on average")
    if row.dso is not None:
        parts.append(f"DSO {number(row.dso)} days")
    return " · ".join(parts)


def late_words(document: OpenDocument) -> str:
    """Such as "32 days past due"."""
    if document.open.minor < 0:
        return "credit note, not used"
    if document.past_due.minor > 0:
        return f"{days(document.days_past_due)} past due"
    return "due today" if not document.days_past_due else f"due in {days(-document.days_past_due)}"


def letter_title(letter: SentLetter) -> str:
    """Its step, or that it is a statement."""
    return "Statement" if letter.kind is LetterKind.STATEMENT else step_words(letter.step_id).capitalize()
