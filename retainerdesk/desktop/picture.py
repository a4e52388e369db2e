"""A picture of the window, for machines without a display and for the handbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.main_window import MainWindow
from retainerdesk.desktop.preferences import Preferences
from retainerdesk.desktop.start_up import make_app
from retainerdesk.domain.errors import EnvironmentProblem

if TYPE_CHECKING:
    from retainerdesk.services.context import BookContext

WIDTH, HEIGHT = 1440, 900


def paint_main_window(book: BookContext, path: Path) -> None:
    """Write the window at 1440 by 900 as PNG to `path`, showing the first account that needs attention.

    Needs the platform "offscreen" or a display. Raises EnvironmentProblem if the file cannot be written. The
    book stays open.
    """
    app = make_app("light")
    # A folder that holds no settings: the picture is the same on every machine.
    window = MainWindow(Desk(book), Preferences(path.parent / "no settings"))
    try:
        _show_what_matters(window, app)
        if not window.grab().save(str(path), "PNG"):
            raise EnvironmentProblem(f"{path} cannot be written.", "Choose a folder you may write to.")
    finally:
        window.desk.runner.stop()
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _show_what_matters(window: MainWindow, app: QApplication) -> None:
    from retainerdesk.services.account_list import load_account_list
    from retainerdesk.services.due import find_due

    desk = window.desk
    window.resize(WIDTH, HEIGHT)
    # The list begins with the accounts that need attention.
    rows = desk.read(load_account_list, desk.today())
    window.show_place("accounts")
    if rows:
        window.show_account(rows[0].id)
    window.show_due(desk.read(find_due, desk.today()))
    window.show()
    # Layouts settle in the events that follow showing: sizes first, then what depends on them.
    for _ in range(3):
        app.processEvents()
