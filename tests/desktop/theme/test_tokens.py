"""Text can be read on every surface, in both schemes."""

from dataclasses import asdict, fields
from itertools import product

import pytest

from retainerdesk.desktop.theme.tokens import DARK, LIGHT, Tokens

SCHEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])


def _luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2; "#ffffff" is 1, "#000000" is 0."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula_gives_the_known_extremes() -> None:
    """Black on white is 21 : 1 by definition, a colour on itself 1 : 1."""
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#2f5bea", "#2f5bea") == pytest.approx(1)


_GROUNDS = ("background", "panel")
_ALL_SURFACES = (*_GROUNDS, "chip", "hover", "accent_weak", "good_weak", "warn_weak", "bad_weak")
_PAIRS = [
    *product(("text", "muted_on_weak", "accent", "good", "warn", "bad"), _ALL_SURFACES),
    *product(("muted",), _GROUNDS),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_bad", "bad"),
]


@SCHEMES
@pytest.mark.parametrize(("text", "surface"), _PAIRS)
def test_every_text_colour_keeps_four_and_a_half_on_its_surfaces(
    tokens: Tokens, text: str, surface: str
) -> None:
    colours = asdict(tokens)
    assert _contrast(colours[text], colours[surface]) >= 4.5


@SCHEMES
def test_bars_and_ticks_stand_out_from_their_track(tokens: Tokens) -> None:
    """Graphics that carry meaning need 3 : 1 against what they lie on."""
    for colour in (tokens.accent, tokens.good, tokens.warn, tokens.bad, tokens.text):
        assert _contrast(colour, tokens.chip) >= 3


def test_the_design_s_own_colours_are_kept_exactly() -> None:
    """Two rows of design table, one a scheme, read from the hand-drawn page."""
    assert (LIGHT.background, LIGHT.panel, LIGHT.line) == ("#f6f7f9", "#ffffff", "#e3e6eb")
    assert (DARK.warn, DARK.warn_weak) == ("#f0b455", "#3a2c12")


@SCHEMES
def test_every_token_is_a_six_digit_colour(tokens: Tokens) -> None:
    for field in fields(tokens):
        value = getattr(tokens, field.name)
        assert value.startswith("#")
        assert len(value) == 7
        int(value[1:], 16)


def test_a_tone_names_its_colour_and_its_quiet_ground() -> None:
    assert LIGHT.tone("warn") == "#9a5b00"
    assert LIGHT.tone_weak("warn") == "#fdf1dc"
    assert LIGHT.tone("neutral") == LIGHT.text
    assert LIGHT.tone_weak("neutral") == LIGHT.chip
