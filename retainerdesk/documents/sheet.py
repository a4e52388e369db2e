"""Finished pages onto a canvas: the one place that draws. Same pages, same bytes.

Nothing here reads the clock, the environment's fonts or the network; text goes out as glyphs, so no markup
in it means anything.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from retainerdesk.documents.flow import Cell, Code, Picture, Placed, Rule, Stroke

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.pdfgen.textobject import PDFTextObject

_ACCENT_BAR = 4.5
# Where the baseline lies in a line, as a share of the size, measured up from its lower edge.
_DESCENT = 0.3
_MARK = "#eceff4"
_MARK_ANGLE = 50
_MARK_SHARE = 0.95
_LARGEST_MARK = 150
_PRODUCER = "RetainerDesk"
_DARK = re.compile(b"\1+")


@dataclass(frozen=True, slots=True)
class About:
    """What a PDF says about itself. `day` becomes its date of creation, `language` is a BCP 47 tag.

    `mark` is written across every page, behind its text.
    """

    title: str
    author: str
    subject: str
    language: str
    day: date
    mark: str = ""


def draw(
    pages: Sequence[Sequence[Placed]], size: tuple[float, float], accent: str, font: str, about: About
) -> bytes:
    """The PDF of `pages`; `font` names a registered font, so that none of PDF's own is mentioned."""
    from reportlab.pdfgen.canvas import Canvas

    target = BytesIO()
    canvas = Canvas(
        target, pagesize=size, pageCompression=1, invariant=1, initialFontName=font, lang=about.language
    )
    _describe(canvas, about)
    for page in pages:
        if about.mark:
            _draw_mark(canvas, size, about.mark, font)
        _bar(canvas, size, accent)
        for placed in page:
            _draw_row(canvas, placed, size[1])
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _describe(canvas: Canvas, about: About) -> None:
    canvas.setTitle(_storable(about.title))
    canvas.setAuthor(_storable(about.author))
    canvas.setSubject(_storable(about.subject))
    canvas.setCreator(_PRODUCER)
    canvas.setProducer(_PRODUCER)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    stamp = f"D:{about.day:%Y%m%d}000000Z"
    canvas.setDateFormatter(lambda *_moment: stamp)


def _storable(text: str) -> str:
    """Without controls and lone surrogates, which no encoding of a PDF can hold."""
    return "".join(char for char in text if unicodedata.category(char) not in {"Cc", "Cs"})


def _bar(canvas: Canvas, size: tuple[float, float], accent: str) -> None:
    canvas.setFillColorRGB(*_rgb(accent))
    canvas.rect(0, size[1] - _ACCENT_BAR, size[0], _ACCENT_BAR, stroke=0, fill=1)


def _draw_mark(canvas: Canvas, size: tuple[float, float], mark: str, font: str) -> None:
    """A word across the page, as long as most of its diagonal, too pale to be in the way of reading."""
    width, height = size
    at_one = canvas.stringWidth(mark, font, 1) or 1
    canvas.saveState()
    canvas.setFillColorRGB(*_rgb(_MARK))
    canvas.translate(width / 2, height / 2)
    canvas.rotate(_MARK_ANGLE)
    points = min(_MARK_SHARE * width / at_one, _LARGEST_MARK)
    canvas.setFont(font, points)
    canvas.drawCentredString(0, -points / 3, mark)
    canvas.restoreState()


def _draw_row(canvas: Canvas, placed: Placed, page_height: float) -> None:
    row = placed.row
    top = page_height - placed.top
    if row.rule_above is not None:
        _draw_rule(canvas, row.rule_above, top)
    if row.rule_below is not None:
        _draw_rule(canvas, row.rule_below, top - row.height)
    if row.picture is not None:
        _draw_picture(canvas, row.picture, top - row.before)
    if row.code is not None:
        _draw_code(canvas, row.code, top - row.before)
    for stroke in row.strokes:
        _draw_stroke(canvas, stroke, top)
    if not row.cells:
        return
    text = canvas.beginText()
    for cell in row.cells:
        _set_cell(text, cell, top - row.before)
    canvas.drawText(text)


def _draw_rule(canvas: Canvas, rule: Rule, y: float) -> None:
    canvas.setStrokeColorRGB(*_rgb(rule.colour))
    canvas.setLineWidth(rule.weight)
    canvas.line(rule.x, y, rule.x + rule.width, y)


def _draw_stroke(canvas: Canvas, stroke: Stroke, top: float) -> None:
    canvas.setStrokeColorRGB(*_rgb(stroke.colour))
    canvas.setLineWidth(stroke.weight)
    canvas.line(stroke.x, top - stroke.y, stroke.to_x, top - stroke.to_y)


def _draw_picture(canvas: Canvas, picture: Picture, top: float) -> None:
    from reportlab.lib.utils import ImageReader

    image: Any = ImageReader(BytesIO(picture.image))
    canvas.drawImage(image, picture.x, top - picture.height, picture.width, picture.height, mask="auto")


def _draw_code(canvas: Canvas, code: Code, top: float) -> None:
    """Each row of modules as few rectangles as there are dark runs in it."""
    if code.frame:
        canvas.setStrokeColorRGB(*_rgb(code.frame))
        canvas.setLineWidth(0.5)
        canvas.rect(code.x, top - code.size, code.size, code.size, stroke=1, fill=0)
    module = code.size / (len(code.modules) + 2 * code.quiet)
    path = canvas.beginPath()
    for index, modules in enumerate(code.modules):
        y = top - (code.quiet + index + 1) * module
        for start, length in _dark_runs(modules):
            path.rect(code.x + (code.quiet + start) * module, y, length * module, module)
    canvas.setFillColorRGB(*_rgb(code.colour))
    canvas.drawPath(path, stroke=0, fill=1)
    if code.cross:
        _draw_cross(canvas, code.x + code.size / 2, top - code.size / 2, code.cross)


def _draw_cross(canvas: Canvas, x: float, y: float, size: float) -> None:
    """A white cross on black with a white edge around it, in the proportions of the template of SIX."""
    white, edge, arm, thick = (1.0, 1.0, 1.0), size * 0.86, size * 0.556, size * 0.167
    for width, height, colour in (
        (size, size, white),
        (edge, edge, (0.0, 0.0, 0.0)),
        (arm, thick, white),
        (thick, arm, white),
    ):
        canvas.setFillColorRGB(*colour)
        canvas.rect(x - width / 2, y - height / 2, width, height, stroke=0, fill=1)


def _dark_runs(modules: Sequence[bool]) -> list[tuple[int, int]]:
    """First module and length of every dark run."""
    spans = (each.span() for each in _DARK.finditer(bytes(modules)))
    return [(start, end - start) for start, end in spans]


def _set_cell(text: PDFTextObject, cell: Cell, top: float) -> None:
    y = top
    colour = None
    for line in cell.lines:
        style = line.style
        y -= style.leading
        baseline = y + (style.leading - style.size) / 2 + style.size * _DESCENT
        x = cell.x + cell.width - line.width if cell.right else cell.x
        if style.colour != colour:
            colour = style.colour
            text.setFillColorRGB(*_rgb(colour))
        for face, part, width in line.runs:
            text.setTextOrigin(x, baseline)
            text.setFont(face.name, style.size)
            text.textOut(part)
            x += width


@lru_cache(maxsize=32)
def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue
