"""The list view of the timeline: keys, where one stands in it, and when the end comes near."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QListView, QWidget

from retainerdesk.desktop.delegates.timeline_delegate import TimelineDelegate
from retainerdesk.desktop.models.timeline_model import TimelineModel
from retainerdesk.desktop.widgets.views import prepare_view

_NEAR_END_PX = 600


@dataclass(frozen=True, slots=True)
class ListPlace:
    """How far the list is scrolled, in pixels, and the chosen row ("" for none)."""

    scrolled: int
    kind: str
    row_id: str


class TimelineList(QListView):
    """Up and Down walk the lines, Return opens one, Space shows its whole text, Delete asks to remove it.

    Signals: `opened(QModelIndex)`, `remove_pressed(QModelIndex)`, `near_end()` while little is left below.
    """

    opened = Signal(QModelIndex)
    remove_pressed = Signal(QModelIndex)
    near_end = Signal()

    def __init__(self, model: TimelineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setAccessibleName("Timeline")
        prepare_view(self)
        self.setItemDelegate(TimelineDelegate(self))
        self.setModel(model)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(20)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalScrollBar().valueChanged.connect(self._watch_end)
        model.dataChanged.connect(self.doItemsLayout)

    def place(self) -> ListPlace:
        """Where the list stands now."""
        line = self._model.line(self.currentIndex())
        scrolled = self.verticalScrollBar().value()
        return ListPlace(scrolled, line.kind, line.id) if line else ListPlace(scrolled, "", "")

    def go_to(self, place: ListPlace) -> None:
        """Stand where the list stood, as far as its rows are still there."""
        index = self._model.place_of(place.kind, place.row_id)
        if index.isValid():
            self.setCurrentIndex(index)
        self.doItemsLayout()
        self.verticalScrollBar().setValue(place.scrolled)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.opened.emit(index)
        elif event.key() == Qt.Key.Key_Space and index.isValid():
            self._model.toggle_expanded(index)
        elif event.key() == Qt.Key.Key_Delete and index.isValid():
            self.remove_pressed.emit(index)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if self._model.line(index) is not None:
            self.opened.emit(index)

    def _watch_end(self, value: int) -> None:
        if value >= self.verticalScrollBar().maximum() - _NEAR_END_PX:
            self.near_end.emit()
