"""An icon that stands by itself beside words, and follows the theme."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from retainerdesk.desktop.theme.icons import IconRole, icon
from retainerdesk.desktop.theme.tokens import METRICS


class IconLabel(QWidget):
    """Paints one icon, centred. Words beside it say what it means, so it needs no name itself."""

    def __init__(
        self,
        icon_name: str,
        role: IconRole = "text",
        size: int = METRICS.icon,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._size = size
        self._icon = icon(icon_name, role)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        left = (self.width() - self._size) // 2
        top = (self.height() - self._size) // 2
        mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
        self._icon.paint(painter, QRect(left, top, self._size, self._size), mode=mode)
        painter.end()
