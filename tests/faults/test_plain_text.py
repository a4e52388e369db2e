"""Markup in every text of a book, and every screen and dialog opened on it: nothing of it is rendered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction, QTextFormat
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QMessageBox,
    QTabWidget,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.opener import DialogOpener
from retainerdesk.desktop.due_words import message_of
from retainerdesk.desktop.main_window import MainWindow
from retainerdesk.desktop.notifier import Notifier
from retainerdesk.desktop.panes.verdict_popover import VerdictPopover
from retainerdesk.desktop.preferences import Preferences
from retainerdesk.desktop.problems import show_problem
from retainerdesk.desktop.tray import Tray
from retainerdesk.desktop.widgets.text import plain_tooltip
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.services.account_view import load_account_view
from retainerdesk.services.accounts import list_accounts
from retainerdesk.services.due import find_due
from tests.desktop.conftest import theme
from tests.faults.figures import Figures
from tests.faults.walk import OPENERS, TODAY, Place, dialog_classes, make_book, opened

__all__ = ["theme"]

MARK = "<b>hostile</b><img src=file:///nowhere/canary.png><a href=file:///etc/passwd>x</a>"
_ROWS = 40


class Checked:
    """What was looked at: how many texts, how many of them hold the mark, and those that are rendered."""

    def __init__(self) -> None:
        self.texts = self.marked = 0
        self.rich: list[str] = []

    def look(self, where: str, text: str, *, is_plain: bool) -> None:
        self.texts += 1
        self.marked += "hostile" in text
        if not is_plain and "<b>hostile" in text:
            self.rich.append(f"{where}: {text[:80]}")

    def walk(self, root: QWidget) -> None:
        """Every label, tool tip, view, text and action below `root`."""
        for widget in (root, *root.findChildren(QWidget)):
            where = f"{type(root).__name__}/{type(widget).__name__} {widget.objectName()}"
            for tip in (widget.toolTip(), widget.whatsThis()):
                self.look(f"{where} tip", tip, is_plain=False)
            if isinstance(widget, QLabel):
                plain = widget.textFormat() is Qt.TextFormat.PlainText
                self.look(where, widget.text(), is_plain=plain)
            if isinstance(widget, QTextEdit):
                self._walk_document(where, widget)
            if isinstance(widget, QAbstractItemView) and widget.model() is not None:
                self._walk_model(where, widget.model(), QModelIndex())
            if isinstance(widget, QMessageBox):
                plain = widget.textFormat() is Qt.TextFormat.PlainText
                self.look(where, widget.text() + widget.informativeText(), is_plain=plain)
        for action in root.findChildren(QAction):
            if action.toolTip() != action.text().replace("&", ""):
                self.look(f"{type(root).__name__} action", action.toolTip(), is_plain=False)

    def _walk_document(self, where: str, widget: QTextEdit) -> None:
        self.look(where, widget.toPlainText(), is_plain=True)
        for form in widget.document().allFormats():
            if form.isImageFormat() or form.property(QTextFormat.Property.IsAnchor):
                self.rich.append(f"{where}: an image or a link")

    def _walk_model(self, where: str, model: QAbstractItemModel, parent: QModelIndex) -> None:
        for row in range(min(model.rowCount(parent), _ROWS)):
            columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
            for column in range(columns):
                index = model.index(row, column, parent)
                for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.WhatsThisRole):
                    self.look(f"{where} tip", str(index.data(role) or ""), is_plain=False)
                # Delegates draw it with QPainter or elided, which knows no markup.
                self.look(where, str(index.data() or ""), is_plain=True)
            if not isinstance(model, QAbstractListModel):
                self._walk_model(where, model, model.index(row, 0, parent))


@pytest.fixture(scope="module")
def hostile_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_book(tmp_path_factory.mktemp("hostile"), lambda _field: MARK)


@pytest.fixture
def desk(hostile_book: Path, qapp: QApplication, theme: object) -> Iterator[Desk]:
    with opened(hostile_book) as context:
        desk = Desk(context)
        yield desk
        desk.close()


def test_every_dialog_of_the_program_is_in_the_walk() -> None:
    assert set(OPENERS) == dialog_classes()


def test_the_walk_sees_a_label_a_tool_tip_and_a_text_that_render_markup(qtbot: QtBot) -> None:
    """The control: each of them is caught, so that finding none means something."""
    widget = QWidget()
    qtbot.addWidget(widget)
    label, tip, rich = QLabel(MARK, widget), QWidget(widget), QTextEdit(widget)
    tip.setToolTip(MARK)
    rich.setHtml(MARK)
    checked = Checked()
    checked.walk(widget)
    assert len(checked.rich) >= 3
    label.setTextFormat(Qt.TextFormat.PlainText)
    tip.setToolTip(plain_tooltip(MARK))
    rich.setPlainText(MARK)
    again = Checked()
    again.walk(widget)
    assert again.rich == []


def test_no_dialog_renders_what_people_typed(
    desk: Desk, qtbot: QtBot, tmp_path: Path, figures: Figures
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    place = Place(desk, window, DialogOpener(desk, window), tmp_path, MARK)
    checked = Checked()
    for name, opener in OPENERS.items():
        dialog = opener(place)
        assert type(dialog).__name__ == name
        dialog.show()
        qtbot.waitUntil(lambda: not desk.runner.is_busy)
        checked.walk(dialog)
        dialog.close()
        dialog.deleteLater()
    assert checked.rich == []
    assert checked.marked > len(OPENERS)
    figures.add(
        "F86", f"markup in every text of a book, in {len(OPENERS)} dialogs",
        texts_looked_at=checked.texts, with_data=checked.marked, rendered=0,
    )  # fmt: skip


@pytest.mark.faults
@pytest.mark.timeout(300)
def test_no_screen_message_or_tray_renders_what_people_typed(
    desk: Desk, qtbot: QtBot, tmp_path: Path, figures: Figures
) -> None:
    window = MainWindow(desk, Preferences(tmp_path / "config"))
    qtbot.addWidget(window)
    window.show()
    checked = Checked()
    for place in ("today", "accounts", "billing"):
        window.show_place(place)
        qtbot.waitUntil(lambda: not desk.runner.is_busy)
        checked.walk(window)
        for tabs in window.findChildren(QTabWidget):
            for page in range(tabs.count() if tabs.isVisible() else 0):
                tabs.setCurrentIndex(page)
                qtbot.waitUntil(lambda: not desk.runner.is_busy)
                checked.walk(window)
    window.show_place("accounts")
    for account in desk.read(list_accounts):
        window.show_account(account.id)
        qtbot.waitUntil(lambda: not desk.runner.is_busy)
        checked.walk(window)
        view = desk.read(load_account_view, account.id, TODAY)
        for verdict in view.verdicts:
            popover = VerdictPopover(verdict, window)
            checked.walk(popover)
            popover.deleteLater()
    window.banners.tell(MARK, "warn")
    window.status.start_work(MARK)
    checked.walk(window)
    window.status.end_work()
    for error in (RuleViolation("x", MARK, "name"), EnvironmentProblem(MARK, MARK), ZeroDivisionError(MARK)):
        show_problem(window, error)
    boxes = window.findChildren(QMessageBox)
    assert len(boxes) == 2
    for box in boxes:
        checked.walk(box)
        box.close()
    assert checked.rich == []
    figures.add(
        "F86", "markup in every text of a book, in every screen, popover, banner and message",
        texts_looked_at=checked.texts, with_data=checked.marked, rendered=0,
    )  # fmt: skip
    window.close()


def test_a_notification_of_a_server_that_reads_markup_is_escaped(desk: Desk, qapp: QApplication) -> None:
    """The body goes to the tray as plain text, or escaped where the server reads markup."""
    items = desk.read(find_due, TODAY).items
    told: list[tuple[str, str]] = []

    class Marking(Tray):
        @property
        def is_available(self) -> bool:
            return True

        @property
        def reads_markup(self) -> bool:
            return True

        def show_message(self, title: str, body: str) -> None:
            told.append((title, body))

    tray = Marking()
    Notifier(tray).tell(items)
    assert "<b>hostile" in message_of(items)[1]
    assert "<" not in told[0][1]
    assert "&lt;b&gt;hostile" in told[0][1]
    tray.stop()
