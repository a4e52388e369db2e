"""The look in force: which scheme, its tokens, and how it is put on the application.

Platforms differ in what they do with a colour scheme, some do nothing, so the program always
runs on Fusion with its own palette and style sheet. `system` reads the platform's wish and
follows it when it changes.
"""

from typing import Literal, get_args

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from retainerdesk.desktop.theme.fonts import load_fonts, ui_font
from retainerdesk.desktop.theme.palette import build_palette
from retainerdesk.desktop.theme.stylesheet import build_stylesheet
from retainerdesk.desktop.theme.tokens import DARK, LIGHT, Tokens

Scheme = Literal["light", "dark", "system"]

_OBJECT_NAME = "retainerdesk_theme"


class Theme(QObject):
    """The theme of one application; a child of it, so it lives and dies with it.

    Signals: `changed()` after palette and style sheet are in place. Widgets repaint by
    themselves; only what keeps colours of its own (a rendered document) needs the signal.
    """

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.setObjectName(_OBJECT_NAME)
        self._app = app
        self._scheme: Scheme = "system"
        self._tokens: Tokens | None = None
        app.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def scheme(self) -> Scheme:
        """What the user chose."""
        return self._scheme

    @property
    def tokens(self) -> Tokens:
        """The colours in force."""
        return self._tokens or LIGHT

    def set_scheme(self, scheme: Scheme) -> None:
        """Put `scheme` on the application now. Raises ValueError for any other word."""
        if scheme not in get_args(Scheme):
            raise ValueError(f"no such scheme: {scheme!r}")
        self._scheme = scheme
        self._put_on(_tokens_for(scheme))

    def _follow_system(self, _scheme: Qt.ColorScheme) -> None:
        if self._scheme == "system":
            self._put_on(_tokens_for("system"))

    def _put_on(self, tokens: Tokens) -> None:
        if tokens is self._tokens:
            return
        self._tokens = tokens
        self._app.setPalette(build_palette(tokens))
        self._app.setStyleSheet(build_stylesheet(tokens))
        self.changed.emit()


def _tokens_for(scheme: Scheme) -> Tokens:
    if scheme == "system":
        wants_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if wants_dark else LIGHT
    return DARK if scheme == "dark" else LIGHT


def apply_theme(app: QApplication, scheme: Scheme = "system") -> Theme:
    """Give `app` Fusion, Inter and the colours of `scheme`; again at any time to change it."""
    theme = app.findChild(Theme, _OBJECT_NAME)
    if theme is None:
        load_fonts()
        app.setStyle("Fusion")
        app.setFont(ui_font())
        theme = Theme(app)
    theme.set_scheme(scheme)
    return theme


def current_tokens() -> Tokens:
    """The colours in force; the light ones before any theme was applied."""
    app = QGuiApplication.instance()
    theme = app.findChild(Theme, _OBJECT_NAME) if app is not None else None
    return theme.tokens if theme is not None else LIGHT
