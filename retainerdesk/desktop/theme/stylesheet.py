"""The style sheet, filled from the token table.

Variants are dynamic properties (`variant="primary"`, `tone="muted"`), never object names, so one
rule serves every pane. The few pictures a style sheet needs (ticks, arrows) are SVG files drawn
in the colours of each scheme; a test holds them to the table.
"""

from dataclasses import asdict
from string import Template

from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.theme import sheet_inputs, sheet_views
from retainerdesk.desktop.theme.tokens import DARK, Tokens
from retainerdesk.services.resources import resource_path

_SECTIONS = (
    sheet_views.SURFACES,
    sheet_views.LABELS,
    sheet_views.MENUS,
    sheet_views.VIEWS,
    sheet_views.SCROLLBARS,
    sheet_inputs.BUTTONS,
    sheet_inputs.CHIPS,
    sheet_inputs.SEGMENTS,
    sheet_inputs.FIELDS,
    sheet_inputs.SLIDERS,
    sheet_inputs.TICKS,
    sheet_views.BANNERS,
)


def build_stylesheet(tokens: Tokens) -> str:
    """The whole application's style sheet in the colours of `tokens`."""
    scheme = "dark" if tokens is DARK else "light"
    images = resource_path(f"icons/controls/{scheme}").as_posix()
    return Template("".join(_SECTIONS)).substitute(asdict(tokens), images=images)


def set_style_property(widget: QWidget, name: str, value: str) -> None:
    """Set the dynamic property `name` and let the style sheet look at the widget again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
