"""The icon beside the clock: how much waits, and the few things to do without opening the window."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from retainerdesk.desktop.due_words import line_of
from retainerdesk.desktop.theme.fonts import ui_font
from retainerdesk.desktop.theme.icons import app_icon, icon
from retainerdesk.desktop.theme.theme import current_tokens
from retainerdesk.desktop.widgets.text import button_text

if TYPE_CHECKING:
    from retainerdesk.domain.due_item import DueItem

_LOOK_EVERY_MS = 20_000
_MOST_ITEMS = 8
_SIDES = (16, 22, 24, 32, 48, 64)
SNOOZES = (("Tomorrow", 1), ("In 3 days", 3), ("In a week", 7))


class Tray(QObject):
    """The icon, its badge and its menu. Where there is no tray it waits for one to appear.

    Signals: `opened()` to bring the window; `item_chosen(DueItem)`; `snoozed(key, days)`;
    `action_chosen(action id)`; `availability_changed(bool)`.
    """

    opened = Signal()
    item_chosen = Signal(object)
    snoozed = Signal(str, int)
    action_chosen = Signal(str)
    availability_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[DueItem, ...] = ()
        self._icon: QSystemTrayIcon | None = None
        self._menu = QMenu()
        self._menu.aboutToShow.connect(self._rebuild_menu)
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_EVERY_MS)
        self._look.timeout.connect(self.look)

    def start(self) -> None:
        """Show the icon if there is a tray, and go on looking for one if not."""
        self._rebuild_menu()
        self.look()
        self._look.start()

    def stop(self) -> None:
        """Take the icon away."""
        self._look.stop()
        self._drop_icon()
        self._menu.deleteLater()

    @property
    def is_available(self) -> bool:
        """Whether somebody shows the icon now. Without it the window must never be hidden."""
        # isVisible and supportsMessages say yes where nobody shows anything.
        return self._icon is not None and QSystemTrayIcon.isSystemTrayAvailable()

    @property
    def reads_markup(self) -> bool:
        """Whether messages go to a notification server, which reads the body as markup."""
        return sys.platform == "linux" and bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS"))

    def look(self) -> None:
        """Notice a tray that has appeared or gone."""
        there = QSystemTrayIcon.isSystemTrayAvailable()
        if there == (self._icon is not None):
            return
        if there:
            self._make_icon()
        else:
            self._drop_icon()
        self.availability_changed.emit(there)

    def show_items(self, items: Sequence[DueItem]) -> None:
        """Count these on the icon and list them in the menu."""
        self._items = tuple(items)
        if self._icon is not None:
            self._dress(self._icon)

    def show_message(self, title: str, body: str) -> None:
        """Let the desktop show a message; clicking it opens the window."""
        if self._icon is not None:
            self._icon.showMessage(title, body, app_icon())

    def _make_icon(self) -> None:
        self._icon = QSystemTrayIcon(self)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._activate)
        self._icon.messageClicked.connect(self.opened)
        self._dress(self._icon)
        self._icon.show()

    def _drop_icon(self) -> None:
        if self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
            self._icon = None

    def _dress(self, tray_icon: QSystemTrayIcon) -> None:
        count = len(self._items)
        tray_icon.setIcon(badged_icon(count))
        tray_icon.setToolTip(f"RetainerDesk · {count} due" if count else "RetainerDesk · nothing due")

    def _activate(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.opened.emit()

    def _rebuild_menu(self) -> None:
        self._menu.clear()
        for item in self._items[:_MOST_ITEMS]:
            self._add_item(item)
        if len(self._items) > _MOST_ITEMS:
            self._add("opened", f"{len(self._items) - _MOST_ITEMS} more…", "list-checks")
        if not self._items:
            self._menu.addAction("Nothing is due").setEnabled(False)
        self._menu.addSeparator()
        self._add("billing.issue_invoices", "&Issue invoices…", "receipt-text")
        self._add("account.log_call", "&Log call…", "phone")
        self._menu.addSeparator()
        self._add("opened", "&Show window", "panel-right")
        self._add("file.quit_program", "&Quit", "log-out")

    def _add(self, action_id: str, text: str, icon_name: str) -> None:
        action = self._menu.addAction(icon(icon_name), text)
        action.setData(action_id)
        action.triggered.connect(self._choose_action)

    def _add_item(self, item: DueItem) -> None:
        menu = self._menu.addMenu(icon("bell"), button_text(line_of(item)))
        show = menu.addAction(icon("arrow-right"), "&Show")
        show.setData(item)
        show.triggered.connect(self._choose_item)
        menu.addSeparator()
        for words, days in SNOOZES:
            snooze = menu.addAction(icon("clock"), f"Snooze: {words.lower()}")
            snooze.setData((item.key, days))
            snooze.triggered.connect(self._choose_snooze)

    def _choose_action(self) -> None:
        action_id = self._sender_data()
        if action_id == "opened":
            self.opened.emit()
        else:
            self.action_chosen.emit(action_id)

    def _choose_item(self) -> None:
        self.item_chosen.emit(self._sender_data())

    def _choose_snooze(self) -> None:
        key, days = self._sender_data()
        self.snoozed.emit(key, days)

    def _sender_data(self) -> Any:  # noqa: ANN401 - whatever the entry was given
        action = self.sender()
        assert isinstance(action, QAction)
        return action.data()


def badged_icon(count: int) -> QIcon:
    """The application's mark, with a count in its corner unless that is 0."""
    if not count:
        return app_icon()
    plain, badged = app_icon(), QIcon()
    for side in _SIDES:
        badged.addPixmap(_badged(plain.pixmap(QSize(side, side), 1.0), count))
    return badged


def _badged(pixmap: QPixmap, count: int) -> QPixmap:
    side, tokens = pixmap.width(), current_tokens()
    text = str(count) if count < 10 else "9+"
    box = QRectF(side * 0.38, side * 0.38, side * 0.62, side * 0.62)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.bad))
    painter.drawEllipse(box)
    font = ui_font("group", weight=ui_font().Weight.Bold)
    font.setPixelSize(max(7, int(side * (0.5 if len(text) == 1 else 0.36))))
    painter.setFont(font)
    painter.setPen(QColor(tokens.on_bad))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return pixmap
