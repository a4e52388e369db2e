"""The one table of colours, sizes and distances, for light and dark.

Everything that has a colour takes it from here: the palette, the style sheet, icons, charts,
delegates. Values are `#rrggbb` strings, so that this module needs no Qt and tests can compute
contrast from it. Every text colour keeps 4.5 : 1 or more on every surface it is meant for.
"""

from dataclasses import dataclass
from typing import Literal

Tone = Literal["neutral", "accent", "good", "warn", "bad"]
"""What a colour says: accent can be done or is selected, warn look, bad late or refused, good settled."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours of one scheme. `x_weak` is the quiet surface behind text of colour `x`."""

    background: str
    panel: str
    line: str
    text: str
    muted: str
    muted_on_weak: str
    accent: str
    accent_weak: str
    accent_hover: str
    on_accent: str
    good: str
    good_weak: str
    warn: str
    warn_weak: str
    bad: str
    bad_weak: str
    on_bad: str
    chart_bar: str
    chip: str
    hover: str
    disabled: str
    control_line: str

    def tone(self, tone: Tone) -> str:
        """The colour of text, icons and bars that say `tone`."""
        return self.text if tone == "neutral" else str(getattr(self, tone))

    def tone_weak(self, tone: Tone) -> str:
        """The surface for text that says `tone`."""
        return self.chip if tone == "neutral" else str(getattr(self, f"{tone}_weak"))


LIGHT = Tokens(
    background="#f6f7f9",
    panel="#ffffff",
    line="#e3e6eb",
    text="#1b2230",
    muted="#667085",
    muted_on_weak="#5d667a",
    accent="#2f5bea",
    accent_weak="#e9effe",
    accent_hover="#264dce",
    on_accent="#ffffff",
    good="#137a4b",
    good_weak="#e4f5ec",
    warn="#9a5b00",
    warn_weak="#fdf1dc",
    bad="#b42318",
    bad_weak="#fdeceb",
    on_bad="#ffffff",
    chart_bar="#c9d3ea",
    chip="#eef0f4",
    hover="#f1f3f7",
    disabled="#a9b1bf",
    control_line="#98a2b3",
)

DARK = Tokens(
    background="#13161c",
    panel="#1a1e26",
    line="#2a303b",
    text="#e8ebf1",
    muted="#98a2b3",
    muted_on_weak="#98a2b3",
    accent="#7b9cff",
    accent_weak="#232d4a",
    accent_hover="#93aeff",
    on_accent="#13161c",
    good="#5fd39a",
    good_weak="#173527",
    warn="#f0b455",
    warn_weak="#3a2c12",
    bad="#ff8f85",
    bad_weak="#3d1f1d",
    on_bad="#13161c",
    chart_bar="#3a4560",
    chip="#262c37",
    hover="#222832",
    disabled="#566071",
    control_line="#6b7587",
)


@dataclass(frozen=True, slots=True)
class Spacing:
    """Distances in logical pixels; nothing on screen uses any other."""

    hair: int = 1
    tight: int = 4
    small: int = 8
    medium: int = 12
    large: int = 16
    section: int = 24


@dataclass(frozen=True, slots=True)
class Metrics:
    """Sizes in logical pixels; `line_height_percent` of the font's own size, not of its leading."""

    radius: int = 6
    chip_radius: int = 14
    icon: int = 16
    control_height: int = 30
    body: int = 13
    small: int = 12
    title: int = 22
    heading: int = 15
    group: int = 11
    line_height_percent: int = 145


SPACING = Spacing()
METRICS = Metrics()
