"""Which characters a page can carry as they were typed, and what stands in for the others.

reportlab sets glyph after glyph from left to right: it neither joins nor reorders nor stacks. Scripts that
need it would come out wrong while looking like text, so they are refused even where the font has the glyphs.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache


class Obstacle(StrEnum):
    """Why a character cannot be printed as it was typed."""

    NO_GLYPH = "no_glyph"
    SHAPING = "shaping"
    DIRECTION = "direction"
    INVISIBLE = "invisible"


LINE_BREAKS = frozenset("\n\x0b\x0c\x85\u2028\u2029")
_SPACES = frozenset("\t\r")
# Devanagari to Khmer and Mongolian, Tai, Balinese and their kin, Hangul jamo, and the same beyond the BMP.
_SHAPED = re.compile(
    "[\u0900-\u109f\u1100-\u11ff\u1700-\u1cff\ua800-\ua82f\ua840-\uaaff\uabc0-\uabff\U00011000-\U00011fff]"
)
_REPLACEMENT = "\ufffd"


def obstacle(char: str, drawable: frozenset[str]) -> Obstacle | None:
    """What keeps `char` from being printed verbatim, or None. `drawable` is what the fonts have."""
    if char in LINE_BREAKS or char in _SPACES:
        return None
    category = unicodedata.category(char)
    if category in {"Cc", "Cf", "Cs"}:
        return Obstacle.DIRECTION if _turns_text(char) else Obstacle.INVISIBLE
    if (
        category in {"Mn", "Me"}
        or _SHAPED.match(char)
        or unicodedata.bidirectional(char) in {"R", "AL", "AN"}
    ):
        return Obstacle.SHAPING
    return None if char in drawable else Obstacle.NO_GLYPH


def _turns_text(char: str) -> bool:
    return "\u200e" <= char <= "\u200f" or "\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069"


def character_name(char: str) -> str:
    """The Unicode name with its number, "U+05D0 HEBREW LETTER ALEF"; controls have a number only."""
    return f"U+{ord(char):04X} {unicodedata.name(char, '')}".rstrip()


def obstacles(text: str, drawable: frozenset[str]) -> dict[str, Obstacle]:
    """The characters of `text` that cannot be printed, each once, in order of appearance."""
    found: dict[str, Obstacle] = {}
    for char in unicodedata.normalize("NFC", text):
        reason = obstacle(char, drawable)
        if reason is not None:
            found[char] = reason
    return found


def printable(text: str, drawable: frozenset[str]) -> str:
    """`text` as the fonts can set it: composed, with plain line breaks, unprintable characters replaced.

    What has no right shape becomes a visible mark, so that a loss is seen; what is invisible is left out.
    There is no markup to escape: text goes to the page as glyphs and no parser ever reads it.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_printable(char, drawable) for char in unicodedata.normalize("NFC", text))


@lru_cache(maxsize=4096)
def _printable(char: str, drawable: frozenset[str]) -> str:
    if char in LINE_BREAKS:
        return "\n"
    if char in _SPACES:
        return " "
    reason = obstacle(char, drawable)
    if reason is None:
        return char
    if reason in (Obstacle.INVISIBLE, Obstacle.DIRECTION):
        return ""
    return _REPLACEMENT if _REPLACEMENT in drawable else "?"
