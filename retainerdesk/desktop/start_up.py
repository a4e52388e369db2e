"""The way to a window: application, log, claim on the book, the book; and the way out when one fails."""

from __future__ import annotations

import logging
import sys
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from retainerdesk import __version__
from retainerdesk.desktop.crash_hooks import CrashHooks
from retainerdesk.desktop.opening import Opening
from retainerdesk.desktop.preferences import Preferences
from retainerdesk.desktop.problems import problem_text
from retainerdesk.desktop.session import Session
from retainerdesk.desktop.single_instance import SingleInstance, instance_key
from retainerdesk.desktop.termination import Termination
from retainerdesk.desktop.theme.icons import app_icon
from retainerdesk.desktop.theme.theme import Scheme, apply_theme
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.services.machine import Paths, StartRecord, SystemClock, set_up_log, user_paths

if TYPE_CHECKING:
    from retainerdesk.services.context import OpenBook

ENVIRONMENT = 3
_WITHOUT_A_PERSON = ("offscreen", "minimal")

_LOG = logging.getLogger(__name__)


def make_app(scheme: Scheme) -> QApplication:
    """The one application object, with its name, icon and look; the one there is, if there is one."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("retainerdesk")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("retainerdesk")
    # A window put into the tray is closed, but the program goes on.
    app.setQuitOnLastWindowClosed(False)
    apply_theme(app, scheme)
    app.setWindowIcon(app_icon())
    return app


def run_session(place: str, as_of: date | None, open_book: OpenBook) -> int:
    """Open the book and run until the user quits; see `application.run`."""
    paths = user_paths()
    preferences = Preferences(paths.config)
    app = make_app(preferences.now.theme)
    hooks = _start_log(paths)
    # From here on: a signal that comes before the window is up ends the program as soon as it is.
    termination = Termination()
    claim: SingleInstance | None = None
    starts = StartRecord(paths.config, instance_key(place), SystemClock())
    try:
        claim = SingleInstance(instance_key(place), paths.runtime)
        if not claim.claim():
            return _hand_over(claim)
        is_safe = starts.begin()
        has_person = QGuiApplication.platformName() not in _WITHOUT_A_PERSON
        opening = Opening(
            place, as_of, open_book, termination.asked, claim.asked, claim.listen_if_possible, has_person
        )
        context = opening.context()
        if context is None:
            starts.good()
            return 0
        session = Session(context, preferences, claim, is_safe=is_safe)
        session.settled.connect(starts.good)
        termination.asked.connect(session.quit)
        session.start()
        code = app.exec()
        # Whoever quits has seen a window.
        starts.good()
        return session.end(code)
    except (EnvironmentProblem, RuleViolation) as problem:
        # Said in words: this is no crash.
        starts.good()
        return _refuse(app, problem)
    finally:
        if claim is not None:
            claim.release()
        termination.stop()
        hooks.remove()


def _start_log(paths: Paths) -> CrashHooks:
    hooks = CrashHooks(paths.logs)
    try:
        set_up_log(paths.logs)
    except (EnvironmentProblem, OSError) as problem:
        _say(f"no log is kept: {problem}")
    hooks.install()
    return hooks


def _hand_over(claim: SingleInstance) -> int:
    if claim.hand_over(sys.argv[1:]):
        return 0
    _say(
        "This book is open in another RetainerDesk that does not answer. Wait a moment, or end that program "
        "and start again."
    )
    return ENVIRONMENT


def _refuse(app: QApplication, problem: EnvironmentProblem | RuleViolation) -> int:
    """Say on stderr, and to a person in a dialog, why there is no window."""
    _LOG.warning("the book cannot be opened")
    _say(str(problem))
    if QGuiApplication.platformName() not in _WITHOUT_A_PERSON:
        text = problem_text(problem) if isinstance(problem, EnvironmentProblem) else problem.message
        box = QMessageBox(QMessageBox.Icon.Critical, "RetainerDesk", text)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.finished.connect(app.quit)
        box.open()
        app.exec()
    return ENVIRONMENT


def _say(text: str) -> None:
    """For whoever started the program from a terminal."""
    print(f"retainerdesk: {text}", file=sys.stderr)  # noqa: T201 - there is no window to say it in
