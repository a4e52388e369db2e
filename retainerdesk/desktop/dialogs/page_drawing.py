"""The page of a document beside its form, drawn on the operations thread a moment after the last change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.name_words import bearable
from retainerdesk.desktop.problems import show_problem
from retainerdesk.desktop.widgets.page_preview import PagePreview, page_image
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation

if TYPE_CHECKING:
    from retainerdesk.desktop.operation_runner import Operation, Progress

_WAIT_MS = 250


@dataclass(frozen=True, slots=True)
class Drawn:
    """A PDF, and what else the worker found out about it."""

    pdf: bytes
    about: object = None


Render = Callable[[], Drawn]


class PageDrawing(QObject):
    """Shows what `render` makes; it runs on the worker and opens its own unit of work. Newest wins.

    Signals: `drawn(about)` beside a page, `drawn(None)` where words stand in its place.
    """

    drawn = Signal(object)

    def __init__(self, desk: Desk, page: PagePreview, name: str) -> None:
        super().__init__(page)
        self._desk, self._page, self._name = desk, page, name
        self._render: Render | None = None
        self._running: Operation | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._run)
        page.show_words("The page is drawn…")

    def show_page_of(self, render: Render) -> None:
        """Show another page soon."""
        self._render = render
        if self._running is not None:
            self._running.drop()
        self._timer.start()

    def show_words(self, words: str) -> None:
        """Show why there is no page."""
        self._timer.stop()
        if self._running is not None:
            self._running.drop()
        self._say(words)

    def _run(self) -> None:
        if self._render is not None:
            work = partial(_image, self._render)
            self._running = self._desk.runner.run(work, self._show, self._fail, "Preview")

    def _show(self, answer: tuple[QImage, object]) -> None:
        image, about = answer
        self._page.show_page(image, self._name)
        self.drawn.emit(about)

    def _say(self, words: str) -> None:
        self._page.show_words(words)
        self.drawn.emit(None)

    def _fail(self, error: BaseException) -> None:
        # What is in the way is said in place of the page; saving says it again at its field.
        if isinstance(error, RuleViolation | EnvironmentProblem):
            self._say(bearable(error.message))
            return
        self._say("This page cannot be shown.")
        show_problem(self._page.window(), error)


def _image(render: Render, _progress: Progress) -> tuple[QImage, object]:
    drawn = render()
    return page_image(drawn.pdf), drawn.about
