"""Lucide icons in the colours of the theme in force.

An icon is drawn from its SVG when it is painted, in the size and at the pixel ratio asked for,
so it is sharp on every screen and follows a change of theme with the next paint. Rendered
pixmaps are kept in QPixmapCache, keyed by name, colour and size.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from retainerdesk.desktop.theme.theme import current_tokens
from retainerdesk.desktop.theme.tokens import METRICS, SPACING, Tokens
from retainerdesk.services.resources import resource_path

IconRole = Literal["text", "muted", "accent", "good", "warn", "bad", "on_accent", "on_bad"]

_STROKE = "currentColor"


def button_icon_size() -> QSize:
    """Icon size for buttons with words: Qt leaves 4 pixels between the two, the design wants 8."""
    return QSize(METRICS.icon + SPACING.tight, METRICS.icon)


@dataclass(frozen=True, slots=True)
class _Ink:
    """Which token colours the icon when off, and when its action or button is on."""

    off: IconRole
    on: IconRole

    def colour(self, tokens: Tokens, mode: QIcon.Mode, state: QIcon.State) -> str:
        if mode == QIcon.Mode.Disabled:
            return tokens.disabled
        return str(getattr(tokens, self.on if state == QIcon.State.On else self.off))


@lru_cache(maxsize=256)
def _must_be_shipped(name: str) -> None:
    """An icon is read when it is first drawn; most of a start are in menus that nobody has opened."""
    resource_path(f"icons/{name}.svg")


@lru_cache(maxsize=256)
def _svg_text(name: str) -> str:
    return resource_path(f"icons/{name}.svg").read_text(encoding="utf-8")


def _render(name: str, colour: str, size: QSize) -> QPixmap:
    image = QPixmap(size)
    image.fill(Qt.GlobalColor.transparent)
    svg = _svg_text(name).replace(_STROKE, colour)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, _square(size))
    painter.end()
    return image


def _square(size: QSize) -> QRectF:
    """The square an icon fills: at the left of a wide size, so that width can serve as a gap."""
    side = min(size.width(), size.height())
    return QRectF(0, (size.height() - side) / 2, side, side)


def _cached(name: str, colour: str, size: QSize) -> QPixmap:
    key = f"retainerdesk/{name}/{colour}/{size.width()}x{size.height()}"
    pixmap = QPixmap()
    if QPixmapCache.find(key, pixmap):
        return pixmap
    pixmap = _render(name, colour, size)
    QPixmapCache.insert(key, pixmap)
    return pixmap


class _LucideEngine(QIconEngine):
    """Draws one icon in the colour its ink takes from the theme at that moment."""

    def __init__(self, name: str, ink: _Ink) -> None:
        super().__init__()
        self._name = name
        self._ink = ink

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The icon at `size` device pixels."""
        return _cached(self._name, self._ink.colour(current_tokens(), mode, state), size)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the icon into `rect`, logical pixels, at the painter's own pixel ratio."""
        ratio = painter.device().devicePixelRatioF()
        pixmap = QPixmap(self.pixmap(rect.size() * ratio, mode, state))
        pixmap.setDevicePixelRatio(ratio)
        painter.drawPixmap(QPoint(rect.x(), rect.y()), pixmap)

    def clone(self) -> QIconEngine:
        """Another engine for the same icon; Qt asks for it when it copies on write."""
        return _LucideEngine(self._name, self._ink)

    def key(self) -> str:
        """The name Qt shows for this kind of engine."""
        return "RetainerDeskLucide"


def icon(name: str, role: IconRole = "text", *, on_role: IconRole | None = None) -> QIcon:
    """The Lucide icon `name` ("calendar-clock") in the colour of `role`.

    With `on_role` it takes that colour while its button or action is checked.
    Raises FileNotFoundError if no such icon is shipped.
    """
    _must_be_shipped(name)
    return QIcon(_LucideEngine(name, _Ink(role, on_role or role)))


def icon_pixmap(name: str, role: IconRole, size: int, ratio: float = 1.0) -> QPixmap:
    """The icon as a pixmap of `size` logical pixels, for labels and delegates."""
    return icon(name, role).pixmap(QSize(size, size), ratio)


def app_icon() -> QIcon:
    """The application's own mark, for windows and the tray, sharp from 16 to 512 pixels."""
    mark = QIcon()
    renderer = QSvgRenderer(str(resource_path("icons/app.svg")))
    for side in (16, 22, 24, 32, 48, 64, 128, 256, 512):
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter)
        painter.end()
        mark.addPixmap(pixmap)
    return mark
