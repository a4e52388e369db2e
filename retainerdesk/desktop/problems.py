"""Failures in words: what happened and what to do about it; for a bug, a report to copy."""

from __future__ import annotations

import platform
import sys
import traceback

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from retainerdesk import __version__
from retainerdesk.desktop.name_words import bearable
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation


def show_problem(parent: QWidget | None, error: BaseException) -> None:
    """Tell the user of `error` in a dialog that waits for nobody. All but the two known kinds are bugs."""
    if isinstance(error, RuleViolation):
        _message(parent, QMessageBox.Icon.Information, error.message)
    elif isinstance(error, EnvironmentProblem):
        _message(parent, QMessageBox.Icon.Warning, problem_text(error))
    else:
        show_bug(parent, error)


def problem_text(error: EnvironmentProblem) -> str:
    """What is in the way and the way out, two plain paragraphs."""
    return "\n\n".join(part for part in (error.message, error.way_out) if part)


def show_bug(parent: QWidget | None, error: BaseException) -> None:
    """Log a bug and offer its report to copy."""
    from retainerdesk.desktop.bug_dialog import BugDialog

    BugDialog(bug_report(error), parent).open()


def bug_report(error: BaseException) -> str:
    """Versions and traceback; no values of variables, so no data of clients but what the message says."""
    lines = [
        f"RetainerDesk {__version__}, Python {platform.python_version()}, PySide6 {PySide6.__version__}",
        f"{platform.platform()} ({sys.platform})",
        "",
        *traceback.format_exception(error),
    ]
    return "\n".join(lines)


def _message(parent: QWidget | None, sign: QMessageBox.Icon, text: str) -> None:
    box = QMessageBox(sign, "RetainerDesk", bearable(text), QMessageBox.StandardButton.Ok, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
