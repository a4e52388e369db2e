"""Inter, loaded from the shipped files, and the fonts for each role of text."""

from typing import Literal

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from retainerdesk.desktop.theme.tokens import METRICS
from retainerdesk.services.resources import resource_path

FAMILY = "Inter"
_FILES = ("Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf", "Inter-Bold.ttf")

TextSize = Literal["body", "small", "title", "heading", "group"]


def load_fonts() -> None:
    """Register the shipped Inter with Qt, once per process. Raises RuntimeError for a broken file."""
    # The platform "minimal" draws nothing and has no fonts at all.
    if FAMILY in QFontDatabase.families() or QGuiApplication.platformName() == "minimal":
        return
    for name in _FILES:
        if QFontDatabase.addApplicationFont(str(resource_path(f"fonts/{name}"))) < 0:
            raise RuntimeError(f"the font {name} of this installation cannot be read")


def ui_font(
    size: TextSize = "body",
    weight: QFont.Weight = QFont.Weight.Normal,
    *,
    tabular: bool = False,
) -> QFont:
    """Inter in one of the five sizes of the design, in logical pixels."""
    font = QFont(FAMILY)
    font.setPixelSize(int(getattr(METRICS, size)))
    font.setWeight(weight)
    if size == "title":
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 98.5)
    return tabular_figures(font) if tabular else font


def tabular_figures(font: QFont) -> QFont:
    """A copy of `font` whose figures are all equally wide, so that columns of money line up."""
    copy = QFont(font)
    copy.setFeature(QFont.Tag("tnum"), 1)
    return copy
