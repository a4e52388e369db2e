"""The shipped typefaces as reportlab fonts: which characters they draw, how wide, and which font draws what.

The files are handed in by the caller. Nothing is searched for on the machine: reportlab's font finder
unpickles a cache from the temporary folder, which anybody may have put there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from retainerdesk.domain.errors import EnvironmentProblem


@dataclass(frozen=True, slots=True)
class FontSet:
    """TrueType files of one family. `fallbacks` are tried in order for what the family cannot draw."""

    regular: Path
    bold: Path
    fallbacks: tuple[Path, ...] = ()


def noto_sans_in(folder: Path) -> FontSet:
    """The family the program ships, in the folder that holds its files."""
    return FontSet(folder / "NotoSans-Regular.ttf", folder / "NotoSans-Bold.ttf")


@dataclass(frozen=True, slots=True)
class Face:
    """One registered font. `name` is what a canvas knows it by; widths are in thousandths of the size."""

    name: str
    widths: Mapping[str, float]
    characters: frozenset[str]

    def width(self, text: str, size: float) -> float:
        """Points a text takes that this face can draw."""
        return sum(map(self.widths.__getitem__, text)) * size / 1000


@dataclass(frozen=True, slots=True)
class Typeface:
    """A family ready to set: its faces in the order they are tried, for plain and for bold text."""

    plain: tuple[Face, ...]
    bold: tuple[Face, ...]
    drawable: frozenset[str] = field(repr=False)

    def runs(self, text: str, *, bold: bool) -> list[tuple[Face, str]]:
        """`text` in pieces that one face can draw, in order. Every character must be in `drawable`.

        reportlab draws a box for a character its font lacks and looks no further.
        """
        faces = self.bold if bold else self.plain
        if faces[0].characters.issuperset(text):
            return [(faces[0], text)]
        return [
            (face, "".join(piece)) for face, piece in groupby(text, lambda char: _first_with(faces, char))
        ]


def _first_with(faces: tuple[Face, ...], char: str) -> Face:
    return next((face for face in faces if char in face.characters), faces[-1])


@lru_cache(maxsize=8)
def load_typeface(fonts: FontSet) -> Typeface:
    """Read and register a family, once a process. Raises EnvironmentProblem if a file is missing."""
    rest = tuple(_load_face(path) for path in fonts.fallbacks)
    plain = (_load_face(fonts.regular), *rest)
    # Bold text falls back to plain shapes before it loses a character.
    bold = (_load_face(fonts.bold), *plain)
    return Typeface(plain, bold, frozenset[str]().union(*(face.characters for face in plain)))


@lru_cache(maxsize=8)
def with_helvetica(fonts: FontSet) -> Typeface:
    """Helvetica, which every reader of PDF brings along, before the faces of a family."""
    typeface = load_typeface(fonts)
    plain, bold = _standard_face("Helvetica"), _standard_face("Helvetica-Bold")
    return Typeface((plain, *typeface.plain), (bold, *typeface.bold), typeface.drawable)


def _standard_face(name: str) -> Face:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    # What the encoding of PDF's own fonts holds: Western Europe.
    characters = frozenset(bytes(range(32, 256)).decode("cp1252", "ignore")) - {"\x7f", "\xad"}
    return Face(name, {char: stringWidth(char, name, 1000) for char in characters}, characters)


@lru_cache(maxsize=32)
def _load_face(path: Path) -> Face:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    name = str(path)
    try:
        # Without asciiReadable a subset holds the used glyphs only; shaping would depend on the machine.
        font = TTFont(name, name, asciiReadable=0, shapable=False)
    except (TTFError, OSError) as problem:
        message = f"The font file {path.name} is missing or damaged."
        raise EnvironmentProblem(message, "Install RetainerDesk again.") from problem
    pdfmetrics.registerFont(font)
    face = font.face
    widths = {chr(code): face.charWidths.get(code, face.defaultWidth) for code in face.charToGlyph}
    return Face(name, widths, frozenset(widths))
