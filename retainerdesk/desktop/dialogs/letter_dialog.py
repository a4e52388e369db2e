"""A letter of dunning: its step, whether it adds interest, its text, and the page as it will be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QWidget

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.file_choice import FileChooser
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.dialogs.page_drawing import Drawn, PageDrawing
from retainerdesk.desktop.formatting import day_long, exact_percent, money
from retainerdesk.desktop.forms.ui_letter_dialog import Ui_LetterDialog
from retainerdesk.desktop.name_words import bearable, in_sentence
from retainerdesk.desktop.problems import show_problem
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.desktop.widgets.buttons import put_icon
from retainerdesk.desktop.widgets.page_preview import PagePreview
from retainerdesk.domain.dunning import PLACEHOLDERS
from retainerdesk.domain.dunning_words import LetterWords
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.domain.late_interest import AgreedRate, InterestBasis
from retainerdesk.domain.money import Money
from retainerdesk.domain.sent_letter import step_words
from retainerdesk.services.letter_draft import LetterDraft, StepChoice
from retainerdesk.services.letters import (
    DueLetter,
    LetterChoice,
    letter_for,
    render_letter_pdf,
    save_letter_pdf,
)

_HINT = "Filled in by itself: " + ", ".join(f"{{{name}}}" for name in sorted(PLACEHOLDERS)) + "."


class LetterDialog(FormDialog):
    """Collects the LetterChoice that is marked as sent; the PDF can be saved as often as wanted."""

    def __init__(
        self, desk: Desk, draft: LetterDraft, chooser: FileChooser, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.form = Ui_LetterDialog()
        self.form.setupUi(self)
        self._desk, self._draft, self._chooser = desk, draft, chooser
        self._today = desk.today()
        self.setWindowTitle(f"Dunning letter to {in_sentence(draft.account.name)}")
        self.page = PagePreview()
        self.page.setMinimumSize(340, 480)
        self.form.page_place.addWidget(self.page)
        self.preview = PageDrawing(
            desk, self.page, f"Letter to {in_sentence(draft.account.name)}, first page"
        )
        self._shown: LetterWords | None = None
        self._fill()
        self._connect()
        self._show_step()

    def _fill(self) -> None:
        form = self.form
        for choice in self._draft.choices:
            form.step.addItem(step_title(choice))
        form.step.setCurrentIndex(self._draft.choices.index(self._draft.proposed))
        form.hint.setText(_HINT)
        for label in (form.hint, form.effect):
            set_style_property(label, "tone", "muted")
        self.save_pdf = QPushButton("Save P&DF…")
        put_icon(self.save_pdf, "file-text")
        form.buttons.addButton(self.save_pdf, QDialogButtonBox.ButtonRole.ActionRole)
        self.prepare(
            form.buttons, "&Mark as sent", form.step,
            step=form.step, words=form.body, title=form.title, as_of=form.with_interest,
        )  # fmt: skip

    def _connect(self) -> None:
        form = self.form
        form.step.currentIndexChanged.connect(self._show_step)
        form.with_interest.toggled.connect(self._show_letter)
        form.title.textChanged.connect(self._show_page)
        form.body.textChanged.connect(self._show_page)
        self.save_pdf.clicked.connect(self._save)

    @property
    def chosen(self) -> StepChoice:
        """The step that is chosen."""
        return self._draft.choices[self.form.step.currentIndex()]

    def _show_step(self) -> None:
        """The text of another step, unless it was changed by hand; interest as the step says."""
        step, form = self.chosen.step, self.form
        if self._shown is None or self._words() == self._shown:
            self._shown = self.chosen.words
            form.title.setText(self._shown.title)
            form.body.setPlainText(self._shown.body)
        form.with_interest.setChecked(step.interest or step.fee)
        self._show_letter()

    def _show_letter(self) -> None:
        try:
            letter = self._letter()
        except RuleViolation as violation:
            self.form.effect.setText(bearable(violation.message))
        else:
            self.form.effect.setText(effect_words(letter, self._today))
            is_bare = letter is not None and bool(letter.refusal)
            set_style_property(self.form.effect, "tone", "warn" if is_bare else "muted")
        self._show_page()

    def _show_page(self) -> None:
        render = partial(_render, self._desk, self._draft.account.id, self._today, self.value())
        self.preview.show_page_of(render)

    def _letter(self) -> DueLetter | None:
        return self._desk.read(letter_for, self._draft.account.id, self._today, self.value())

    def _words(self) -> LetterWords:
        return LetterWords(self.form.title.text().strip(), self.form.body.toPlainText().strip())

    def value(self) -> LetterChoice:
        chosen, with_interest = self.chosen, self.form.with_interest.isChecked()
        as_the_step_says = with_interest == (chosen.step.interest or chosen.step.fee)
        return LetterChoice(
            None if chosen.is_next else chosen.step.id,
            None if as_the_step_says else with_interest,
            None if self._words() == chosen.words else self._words(),
            self._draft.currency,
        )

    def _save(self) -> None:
        try:
            letter = self._letter()
        except RuleViolation as violation:
            self.show_violation(violation)
            return
        if letter is None:
            return
        name = f"{self._draft.account.id}-{letter.step.id}-{self._today}.pdf"
        write = partial(_save_pdf, self._desk, letter, self._today)
        save_asked(self, self._chooser, name, write)


def save_asked(dialog: QWidget, chooser: FileChooser, suggestion: str, write: Callable[[Path], None]) -> None:
    """Ask where a PDF goes and write it there; what is in the way is told."""
    place = chooser.save_file(dialog, "Save PDF", suggestion, "PDF (*.pdf)")
    if place is None:
        return
    try:
        write(place)
    except EnvironmentProblem as problem:
        show_problem(dialog, problem)


def _save_pdf(desk: Desk, letter: DueLetter, today: date, place: Path) -> None:
    desk.read(save_letter_pdf, letter, desk.context.files, place, today)


def _render(desk: Desk, account_id: str, today: date, choice: LetterChoice) -> Drawn:
    with desk.context.store.reading() as uow:
        letter = letter_for(uow, account_id, today, choice)
        if letter is None:
            raise RuleViolation("letter.nothing", "Nothing is past due any more.")
        return Drawn(render_letter_pdf(uow, letter, desk.context.files, today))


def step_title(choice: StepChoice) -> str:
    """Such as "First notice, due since 4 Nov 2026"."""
    title = step_words(choice.step.id).capitalize()
    if choice.due_on is None:
        return title
    return f"{title}, {'due since' if choice.is_next else 'due on'} {day_long(choice.due_on)}"


def basis_words(basis: InterestBasis, *, with_fee: bool) -> str:
    """By what a letter asks for more than what is open: "by § 288 BGB", or "at the agreed 12 % a year"."""
    if not isinstance(basis, AgreedRate):
        return f"by {basis.name}"
    words = f"at the agreed {exact_percent(basis.percent)} a year"
    return f"{words}, the fixed sum by {basis.law.name}" if with_fee and basis.law else words


def effect_words(letter: DueLetter | None, today: date) -> str:
    """What a letter asks for and by what rule; and why interest is missing."""
    if letter is None:
        return "Nothing is past due."
    numbers = ", ".join(line.number for line in letter.lines)
    zero = Money(0, letter.currency)
    parts = [f"{money(sum((line.amount for line in letter.lines), start=zero))} of {numbers}"]
    interest = sum((line.interest for line in letter.lines if line.interest), start=zero)
    fee = sum((line.fee for line in letter.lines if line.fee), start=zero)
    if interest:
        parts.append(f"{money(interest)} interest")
    if fee:
        parts.append(f"{money(fee)} fixed sum")
    words = f"Asks for {' + '.join(parts)}"
    if len(parts) > 1:
        words += f" = {money(letter.total)}, {basis_words(letter.interest[0].basis, with_fee=bool(fee))}"
    words += f", as of {day_long(today)}."
    # As it was written: it holds a command and the number of a law, which are no amounts.
    return f"{words}\nWithout interest: {letter.refusal}" if letter.refusal else words
