"""The QPalette that makes Fusion, and everything it draws itself, follow the token table."""

from PySide6.QtGui import QColor, QPalette

from retainerdesk.desktop.theme.tokens import Tokens

_Role = QPalette.ColorRole
_Group = QPalette.ColorGroup


def build_palette(tokens: Tokens) -> QPalette:
    """A complete palette: every role Fusion reads is set, so nothing of the system shines through."""
    palette = QPalette()
    for role, colour in _active_colours(tokens).items():
        palette.setColor(role, QColor(colour))
    for role, colour in _disabled_colours(tokens).items():
        palette.setColor(_Group.Disabled, role, QColor(colour))
    return palette


def _active_colours(tokens: Tokens) -> dict[QPalette.ColorRole, str]:
    return {
        _Role.Window: tokens.background,
        _Role.WindowText: tokens.text,
        _Role.Base: tokens.panel,
        _Role.AlternateBase: tokens.background,
        _Role.Text: tokens.text,
        _Role.PlaceholderText: tokens.muted,
        _Role.Button: tokens.panel,
        _Role.ButtonText: tokens.text,
        _Role.BrightText: tokens.on_bad,
        _Role.ToolTipBase: tokens.panel,
        _Role.ToolTipText: tokens.text,
        _Role.Highlight: tokens.accent_weak,
        _Role.HighlightedText: tokens.text,
        _Role.Accent: tokens.accent,
        _Role.Link: tokens.accent,
        _Role.LinkVisited: tokens.accent,
        _Role.Light: tokens.panel,
        _Role.Midlight: tokens.hover,
        _Role.Mid: tokens.line,
        _Role.Dark: tokens.control_line,
        _Role.Shadow: tokens.line,
    }


def _disabled_colours(tokens: Tokens) -> dict[QPalette.ColorRole, str]:
    return {
        _Role.WindowText: tokens.disabled,
        _Role.Text: tokens.disabled,
        _Role.ButtonText: tokens.disabled,
        _Role.PlaceholderText: tokens.disabled,
        _Role.HighlightedText: tokens.disabled,
        _Role.Highlight: tokens.chip,
        _Role.Accent: tokens.disabled,
        _Role.Link: tokens.disabled,
        _Role.Base: tokens.background,
    }
