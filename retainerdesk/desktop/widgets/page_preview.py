"""A page of a PDF as a picture, as wide as there is room."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from retainerdesk.desktop.theme.theme import current_tokens
from retainerdesk.desktop.theme.tokens import METRICS
from retainerdesk.desktop.widgets.text import role_font

# 144 dots an inch: sharp enough for twice the size it is mostly shown at.
_SCALE = 2


def page_image(pdf: bytes) -> QImage:
    """The first page of a PDF as a picture of its own. For the operations thread."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        bitmap = document[0].render(scale=_SCALE, rev_byteorder=True)
        # A copy: the buffer belongs to the bitmap, which dies with this function.
        return QImage(
            bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB888
        ).copy()
    finally:
        document.close()


class PagePreview(QWidget):
    """Shows one page, or a sentence while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(240)
        self.show_words("Choose a charge to see its invoice")

    @property
    def has_page(self) -> bool:
        """Whether a page is on show."""
        return not self._image.isNull()

    def show_page(self, image: QImage, name: str) -> None:
        """Show a page; `name` says to a screen reader what it is."""
        self._image, self._words = image, ""
        self.setAccessibleName(name)
        self.update()

    def show_words(self, words: str) -> None:
        """Show a sentence instead of a page."""
        self._image, self._words = QImage(), words
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(380, 540)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = current_tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._image.isNull():
            painter.setPen(QColor(tokens.line))
            painter.setBrush(QColor(tokens.background))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), METRICS.radius, METRICS.radius)
            painter.setPen(QColor(tokens.muted))
            painter.setFont(role_font("body"))
            painter.drawText(
                self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words
            )
        else:
            box = self._page_box()
            painter.drawImage(box, self._scaled(box))
            painter.setPen(QColor(tokens.line))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.end()

    def _page_box(self) -> QRect:
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRect((self.width() - size.width()) // 2, 0, size.width(), size.height())

    def _scaled(self, box: QRect) -> QImage:
        """The page in the pixels of the screen, averaged, because a plain shrink loses thin lines."""
        pixels = box.size() * self.devicePixelRatio()
        return self._image.scaled(
            pixels, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
