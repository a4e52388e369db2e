"""Ground, hairlines and the heading line of a section: what divides without boxes."""

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.desktop.widgets.buttons import link_button
from retainerdesk.desktop.widgets.text import DataLabel, TextTone, data_label

SurfaceKind = Literal["panel", "background", "card"]


def surface(kind: SurfaceKind = "panel", *, parent: QWidget | None = None) -> QFrame:
    """A frame in the ground colour of `kind`; only a card has a border, and cards never nest."""
    frame = QFrame(parent)
    frame.setProperty("surface", kind)
    return frame


def hairline(orientation: Qt.Orientation = Qt.Orientation.Horizontal) -> QFrame:
    """A line one pixel thin."""
    line = QFrame()
    line.setProperty("hairline", "true")
    if orientation == Qt.Orientation.Horizontal:
        line.setFixedHeight(1)
        line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    else:
        line.setFixedWidth(1)
        line.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
    return line


class SectionHeader(QWidget):
    """A group label at the left and a muted remark, or a link, at the right.

    Signals: `opened()` when the link is pressed.
    """

    opened = Signal()

    def __init__(
        self, title: str, remark: str = "", *, link: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING.small)
        self._title = data_label(title, "group")
        row.addWidget(self._title)
        self._remark = data_label(remark, "detail", elide=True, align=Qt.AlignmentFlag.AlignRight)
        row.addWidget(self._remark, 1)
        if link:
            button = link_button(link)
            button.setAccessibleDescription(title)
            button.clicked.connect(self.opened)
            row.addWidget(button)

    @property
    def remark(self) -> DataLabel:
        """The label at the right."""
        return self._remark

    def set_title(self, title: str) -> None:
        """Show another group label."""
        self._title.set_text(title)

    def set_remark(self, remark: str, tone: TextTone = "muted") -> None:
        """Show another remark."""
        self._remark.set_text(remark)
        self._remark.set_tone(tone)


def column(widget: QWidget, *, margin: int = SPACING.large, spacing: int = SPACING.small) -> QVBoxLayout:
    """A vertical layout on `widget` with the design's distances."""
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(spacing)
    return layout
