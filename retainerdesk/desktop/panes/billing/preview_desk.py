"""Renders pages on the operations thread; only the newest answer is shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.name_words import bearable
from retainerdesk.desktop.problems import show_problem
from retainerdesk.desktop.widgets.page_preview import PagePreview, page_image
from retainerdesk.domain.draft_state import DraftState
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.services.invoices import draft_pdf, preview_pdf, render_invoice_pdf

if TYPE_CHECKING:
    from retainerdesk.desktop.operation_runner import Operation, Progress
    from retainerdesk.domain.invoicing import Proposal

_WAIT_MS = 120

Subject = tuple["Proposal | DraftState | None", str]


class PreviewDesk(QObject):
    """Shows the page of a proposal, or of an issued invoice, a moment after it was asked for."""

    def __init__(self, desk: Desk, preview: PagePreview) -> None:
        super().__init__(preview)
        self._desk = desk
        self._preview = preview
        self._wanted: Subject | None = None
        self._shown: Subject | None = None
        self._running: Operation | None = None
        self._nothing = "Choose a charge to see its invoice"
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._render)

    def say_nothing(self, words: str) -> None:
        """What stands there while there is no page."""
        self._nothing = words
        if not self._preview.has_page:
            self._preview.show_words(words)

    def show_proposal(self, proposal: Proposal | None, number: str) -> None:
        """Show the page a proposal would become, with the number it would take; None shows a sentence."""
        self._want((proposal, number) if proposal is not None else None)

    def show_draft(self, state: DraftState | None) -> None:
        """Show the page of a draft, marked as one."""
        self._want((state, state.draft.id) if state is not None else None)

    def show_invoice(self, number: str) -> None:
        """Show an issued invoice."""
        self._want((None, number) if number else None)

    def rest(self) -> None:
        """Render nothing while nobody looks."""
        self._timer.stop()

    def wake(self) -> None:
        """Go on with what was asked for meanwhile."""
        if self._wanted is not None and self._wanted != self._shown:
            self._timer.start()

    def _want(self, subject: Subject | None) -> None:
        if subject == self._shown and self._preview.has_page:
            return
        self._wanted = subject
        if self._running is not None:
            self._running.drop()
        if subject is None:
            self._timer.stop()
            self._shown = None
            self._preview.show_words(self._nothing)
        elif self._preview.isVisible():
            self._timer.start()

    def _render(self) -> None:
        if self._wanted is None or not self._preview.isVisible():
            return
        work = partial(_page, self._desk, self._wanted)
        self._running = self._desk.runner.run(work, self._show, self._fail, "Preview")

    def _show(self, answer: tuple[Subject, QImage]) -> None:
        subject, image = answer
        if subject == self._wanted:
            self._shown = subject
            what = "Draft" if isinstance(subject[0], DraftState) else "Invoice"
            self._preview.show_page(image, f"{what} {subject[1]}, first page")

    def _fail(self, error: BaseException) -> None:
        # The page is a help to the eye: what is in the way is said in its place, and issuing says it again.
        if isinstance(error, RuleViolation | EnvironmentProblem):
            self._preview.show_words(bearable(error.message))
            return
        self._preview.show_words("This page cannot be shown.")
        show_problem(self._preview.window(), error)


def _page(desk: Desk, subject: Subject, _progress: Progress) -> tuple[Subject, QImage]:
    shown, number = subject
    files = desk.context.files
    with desk.context.store.reading() as uow:
        if shown is None:
            pdf = render_invoice_pdf(uow, number, files)
        elif isinstance(shown, DraftState):
            pdf = draft_pdf(uow, shown, files, desk.today())
        else:
            pdf = preview_pdf(uow, shown, number, files, desk.today())
    return subject, page_image(pdf)
