"""Text into lines of a given width. Lengths are points; text is plain, there is no markup.

Words break at spaces; a word wider than the line breaks between characters, so that nothing anybody types
is too long for a page. No-break spaces hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from retainerdesk.documents.characters import printable
from retainerdesk.documents.fonts import Face, Typeface


@dataclass(frozen=True, slots=True)
class Style:
    """How a line looks. `leading` is the distance to the next baseline, `colour` a #rrggbb value of ours."""

    size: float
    leading: float
    colour: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a sentence; `strong` makes it bold."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One set line: runs of (face, text, width) from left to right."""

    runs: tuple[tuple[Face, str, float], ...]
    width: float
    style: Style


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters of one weight with their width."""

    text: str
    strong: bool
    width: float


_Word = list[_Piece]
# Longer text is not measured on the chance that it fits on one line.
_LONGEST_GUESS = 200


class Typesetter:
    """Sets text in one family. Stateless but for the fonts it was given."""

    def __init__(self, typeface: Typeface) -> None:
        self._face = typeface

    def wrap(self, text: str | Sequence[Span], width: float, style: Style) -> tuple[Line, ...]:
        """Lines of at most `width`; empty text gives no line, an empty line inside a text stays one."""
        if isinstance(text, str):
            text = printable(text, self._face.drawable)
            short = self._one_line(text, width, style)
            if short is not None:
                return short
            clean = [Span(text)]
        else:
            clean = [Span(printable(span.text, self._face.drawable), span.strong) for span in text]
        if not any(span.text for span in clean):
            return ()
        return tuple(line for paragraph in _paragraphs(clean) for line in self._fill(paragraph, width, style))

    def _one_line(self, text: str, width: float, style: Style) -> tuple[Line, ...] | None:
        """The text on one line if it fits there as it is, which most of an invoice does; else None."""
        if not text or len(text) > _LONGEST_GUESS or text[-1] == " " or "\n" in text:
            return None
        line = self._line([_Piece(text, style.bold, 0.0)], style)
        return (line,) if line.width <= width else None

    def wrap_parts(self, parts: Sequence[str], width: float, style: Style, mark: str) -> tuple[Line, ...]:
        """Parts with `mark` between those that share a line; a line neither begins nor ends with it."""
        rows: list[str] = []
        for part in filter(None, (each.strip() for each in parts)):
            longer = f"{rows[-1]}{mark}{part}" if rows else part
            if rows and self.measure(longer, style) <= width:
                rows[-1] = longer
            else:
                rows.append(part)
        return tuple(line for row in rows for line in self.wrap(row, width, style))

    def measure(self, text: str, style: Style) -> float:
        """Width of `text` on one line; a line break is as wide as a space."""
        clean = printable(text, self._face.drawable).replace("\n", " ")
        return self._piece(clean, style.bold, style.size).width

    def elide(self, text: str, width: float, style: Style) -> Line:
        """One line of at most `width`, cut with an ellipsis where the text is longer."""
        lines = self.wrap(text, width, style)
        if len(lines) <= 1:
            return lines[0] if lines else Line((), 0.0, style)
        room = width - self.measure("…", style)
        kept = "".join(part for _, part, _ in self.wrap(text, max(room, style.size), style)[0].runs)
        return self._line([self._piece(kept.rstrip() + "…", style.bold, style.size)], style)

    def _piece(self, text: str, strong: bool, size: float) -> _Piece:
        runs = self._face.runs(text, bold=strong)
        return _Piece(text, strong, sum(face.width(part, size) for face, part in runs))

    def _fill(self, paragraph: Sequence[Span], width: float, style: Style) -> Iterable[Line]:
        line: list[_Piece] = []
        used = 0.0
        for word in self._words(paragraph, style):
            length = sum(piece.width for piece in word)
            if used + length > width and not _blank(word):
                yield from self._finished(line, style)
                *full, line = self._hard_broken(word, width, style.size)
                for part in full:
                    yield self._line(part, style)
                used = sum(piece.width for piece in line)
                continue
            line.extend(word)
            used += length
        yield self._line(_without_trailing_blanks(line), style)

    def _finished(self, line: list[_Piece], style: Style) -> Iterable[Line]:
        if kept := _without_trailing_blanks(line):
            yield self._line(kept, style)

    def _words(self, paragraph: Sequence[Span], style: Style) -> Iterable[_Word]:
        """Words and the spaces between them, in turn; a word may change weight inside."""
        word: _Word = []
        for span in paragraph:
            strong = span.strong or style.bold
            for text in re.findall(r" +|[^ ]+", span.text):
                piece = self._piece(text, strong, style.size)
                if word and (text[0] == " ") != _blank(word):
                    yield word
                    word = []
                word.append(piece)
        if word:
            yield word

    def _hard_broken(self, word: _Word, width: float, size: float) -> list[_Word]:
        """`word` as it is if it fits, else cut between characters; at least one on each line."""
        if sum(piece.width for piece in word) <= width:
            return [word]
        parts: list[_Word] = [[]]
        room = width
        for piece in word:
            for text, length in self._cut(piece, room, width, size):
                if length > room and parts[-1]:
                    parts.append([])
                    room = width
                parts[-1].append(_Piece(text, piece.strong, length))
                room -= length
        return parts

    def _cut(self, piece: _Piece, first: float, width: float, size: float) -> Iterable[tuple[str, float]]:
        start, used, room = 0, 0.0, first
        for index, char in enumerate(piece.text):
            advance = self._piece(char, piece.strong, size).width
            if used + advance > room and index > start:
                yield piece.text[start:index], used
                start, used, room = index, 0.0, width
            used += advance
        yield piece.text[start:], used

    def _line(self, pieces: Sequence[_Piece], style: Style) -> Line:
        runs = [
            (face, part, face.width(part, style.size))
            for text, strong in _joined(pieces)
            for face, part in self._face.runs(text, bold=strong)
        ]
        return Line(tuple(runs), sum(run[2] for run in runs), style)


def _paragraphs(spans: Iterable[Span]) -> list[list[Span]]:
    paragraphs: list[list[Span]] = [[]]
    for span in spans:
        first, *others = span.text.split("\n")
        paragraphs[-1].append(Span(first, span.strong))
        paragraphs.extend([Span(text, span.strong)] for text in others)
    return paragraphs


def _blank(word: Sequence[_Piece]) -> bool:
    return word[0].text[0] == " "


def _without_trailing_blanks(line: list[_Piece]) -> list[_Piece]:
    end = len(line)
    while end and line[end - 1].text[0] == " ":
        end -= 1
    return line[:end]


def _joined(pieces: Iterable[_Piece]) -> list[tuple[str, bool]]:
    joined: list[tuple[str, bool]] = []
    for piece in pieces:
        if joined and joined[-1][1] == piece.strong:
            joined[-1] = (joined[-1][0] + piece.text, piece.strong)
        else:
            joined.append((piece.text, piece.strong))
    return joined
