"""The foot of every page and the head of those after the first."""

from __future__ import annotations

from retainerdesk.documents.addresses import on_one_line
from retainerdesk.documents.flow import Cell, Placed, Row, Rule
from retainerdesk.documents.layout import FOOT, LINE, Desk
from retainerdesk.documents.letter_head import Letter

_FOOT_RULE = 46.0
_FOOT_SIDE = 0.38


def foot_height(desk: Desk) -> float:
    """What the business's own footer takes of the page, beside what every page has."""
    return sum(line.style.leading for line in desk.foot)


def foot(letter: Letter, page: int, pages: int, desk: Desk, lift: float = 0.0) -> list[Placed]:
    """Who writes or the business's own footer, the witness of the audit chain, and the number of the page.

    It stands `lift` points higher where something else has the edge of the page.
    """
    paper = desk.paper
    top = paper.height - lift - _FOOT_RULE - foot_height(desk)
    rule = Rule(paper.left, paper.content, LINE)
    own = Row(
        (Cell(paper.left, paper.content, desk.foot),), before=8.0 if desk.foot else 0.0, rule_above=rule
    )
    below = Row(_foot_cells(letter, page, pages, desk), before=2.0 if desk.foot else 8.0)
    return [Placed(own, top), Placed(below, top + own.height)]


def _foot_cells(letter: Letter, page: int, pages: int, desk: Desk) -> tuple[Cell, Cell, Cell]:
    paper, texts = desk.paper, desk.texts
    side = paper.content * _FOOT_SIDE
    middle = paper.content - 2 * side
    who = on_one_line(letter.seller.name, letter.seller.email)
    witness = desk.type.elide(letter.witness, middle, FOOT)
    count = desk.type.elide(texts.page.format(page=page, pages=pages), side, FOOT)
    return (
        Cell(paper.left, side, (desk.type.elide(who, side, FOOT),)),
        Cell(paper.left + side + (middle - witness.width) / 2, middle, (witness,)),
        Cell(paper.left + paper.content - side, side, (count,), right=True),
    )


def running_head(letter: Letter, desk: Desk) -> Placed:
    """What the pages after the first say at the top."""
    paper = desk.paper
    half = paper.content / 2
    title = desk.type.elide(letter.title, half, FOOT)
    name = desk.type.elide(letter.seller.name, half, FOOT)
    cells = (Cell(paper.left, half, (title,)), Cell(paper.left + half, half, (name,), right=True))
    return Placed(Row(cells), paper.top - 30)
