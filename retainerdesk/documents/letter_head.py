"""The top of every document: letterhead, address window with the facts beside it, title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from retainerdesk.documents.addresses import BETWEEN, buyer_lines, on_one_line, sender_lines
from retainerdesk.documents.flow import Cell, Picture, Row
from retainerdesk.documents.layout import (
    BODY,
    NAME,
    QUIET,
    SENDER,
    STRONG,
    TITLE,
    Desk,
    InvoiceLayout,
)
from retainerdesk.documents.logos import Logo, read_logo
from retainerdesk.documents.tax_wording import is_vat_id
from retainerdesk.documents.typeset import Line, Style
from retainerdesk.domain.account import Account, Business

_LOGO_BOX = (150.0, 42.0)
# A mark about as wide as high stands before the name, as in a letterhead; a wide logo usually is the name.
_WIDEST_MARK = 1.6
_MARK_HEIGHT = 24.0
_GAP = 8.0
_BELOW_TITLE = 18.0
_LEAST_FACTS = 160.0
_LEAST_SENDER = 40.0
_FACTS_LEADING = 21.0


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value beside the address; `strong` for the one or two that matter."""

    label: str
    value: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """What every document has: who writes to whom on which day, about what.

    `title` heads the first page and runs on the next; `below` are lines under it. `witness` stands in the
    middle of the foot; `address_label` over the address where the envelope has its sender printed on it;
    `mark` across every page.
    """

    seller: Business
    buyer: Account
    title: str
    day: date
    facts: tuple[Fact, ...]
    below: tuple[tuple[str, Style], ...] = ()
    witness: str = ""
    address_label: str = ""
    mark: str = ""


def letterhead(letter: Letter, options: InvoiceLayout, desk: Desk) -> Row:
    """Logo or name on the left, address and tax id of the seller on the right."""
    logo = read_logo(options.logo) if options.logo else None
    left = desk.paper.left
    width = desk.paper.content * 0.5
    picture = None
    if isinstance(logo, Logo):
        picture = _logo_picture(logo, left)
        if logo.width > logo.height * _WIDEST_MARK:
            return Row((_seller_facts(letter, desk),), picture=picture)
        left, width = left + picture.width + _GAP, width - picture.width - _GAP
    name = Cell(left, width, desk.type.wrap(letter.seller.name, width, _name_style(picture)))
    return Row((name, _seller_facts(letter, desk)), picture=picture)


def _logo_picture(logo: Logo, x: float) -> Picture:
    mark = logo.width <= logo.height * _WIDEST_MARK
    width, height = logo.fitted(_LOGO_BOX[0], _MARK_HEIGHT if mark else _LOGO_BOX[1])
    return Picture(x, width, height, logo.image)


def _name_style(mark: Picture | None) -> Style:
    """Beside a mark the name stands on its middle."""
    return NAME if mark is None else Style(NAME.size, max(NAME.leading, mark.height), NAME.colour, bold=True)


def _seller_facts(letter: Letter, desk: Desk) -> Cell:
    seller, paper = letter.seller, desk.paper
    width = paper.content * 0.45
    address = desk.type.wrap_parts(sender_lines(seller, letter.buyer, desk.formats), width, QUIET, BETWEEN)
    others = (_labelled_tax_id(seller, desk), seller.email)
    lines = (*address, *(line for part in others for line in desk.type.wrap(part, width, QUIET)))
    return Cell(paper.left + paper.content - width, width, lines, right=True)


def _labelled_tax_id(seller: Business, desk: Desk) -> str:
    if not seller.tax_id:
        return ""
    label = desk.texts.vat_id if is_vat_id(seller.tax_id) else desk.texts.tax_id
    return f"{label} {seller.tax_id}"


def address_and_facts(letter: Letter, desk: Desk) -> Row:
    """The buyer where the window of the envelope is, number and dates beside it."""
    paper = desk.paper
    address = Cell(paper.window_left, paper.window_width, _address_lines(letter, desk))
    return Row((address, *_fact_cells(letter.facts, desk)))


def _address_lines(letter: Letter, desk: Desk) -> tuple[Line, ...]:
    seller, width = letter.seller, desk.paper.window_width
    above = letter.address_label if desk.paper.labelled else _sender(letter, desk)
    lines = [desk.type.elide(above, width, SENDER)] if above else []
    for text in buyer_lines(letter.buyer, seller, desk.formats):
        lines.extend(desk.type.wrap(text, width, BODY))
    return tuple(lines)


def _sender(letter: Letter, desk: Desk) -> str:
    """Where a letter goes back to, on one line: a long name is cut before the address is."""
    name, width = letter.seller.name, desk.paper.window_width
    address = on_one_line(*sender_lines(letter.seller, letter.buyer, desk.formats))
    room = width - desk.type.measure(f"{BETWEEN}{address}", SENDER) - 0.5
    if address and room >= _LEAST_SENDER:
        name = "".join(part for _, part, _ in desk.type.elide(name, room, SENDER).runs)
    return on_one_line(name, address)


def _fact_cells(facts: Sequence[Fact], desk: Desk) -> tuple[Cell, Cell]:
    """Labels and values, on the side of the sheet that the window leaves free."""
    paper = desk.paper
    label_width = max(desk.type.measure(fact.label, _FACT) for fact in facts) + 2 * _GAP
    widest = max(desk.type.measure(fact.value, _value_style(fact)) for fact in facts) + 0.5
    room = paper.content - paper.window_width - _GAP
    before_window = paper.window_left - paper.left
    if before_window:
        room = before_window - _GAP
    if label_width + widest > room:
        label_width -= _GAP
    total = min(max(label_width + widest, min(_LEAST_FACTS, room)), room)
    x = paper.left if before_window else paper.left + paper.content - total
    return _set_facts(facts, x, label_width, total, desk)


def _value_style(fact: Fact) -> Style:
    return _FACT_STRONG if fact.strong else _FACT_VALUE


def _set_facts(
    facts: Sequence[Fact], x: float, label_width: float, total: float, desk: Desk
) -> tuple[Cell, Cell]:
    value_width = total - label_width
    labels: list[Line] = []
    values: list[Line] = []
    for fact in facts:
        labels.append(desk.type.elide(fact.label, label_width, _FACT))
        lines = desk.type.wrap(fact.value, value_width, _value_style(fact))
        # A value on several lines pushes the next label down with it.
        folded = [replace(line, style=replace(line.style, leading=BODY.leading)) for line in lines[1:]]
        values.extend([*lines[:1], *folded])
        labels.extend(replace(line, runs=(), width=0.0) for line in folded)
    right = Cell(x + label_width, value_width, tuple(values), right=True)
    return Cell(x, label_width, tuple(labels)), right


_FACT = Style(QUIET.size, _FACTS_LEADING, QUIET.colour)
_FACT_VALUE = Style(BODY.size, _FACTS_LEADING, BODY.colour)
_FACT_STRONG = Style(STRONG.size, _FACTS_LEADING, STRONG.colour, bold=True)


def title(letter: Letter, desk: Desk) -> list[Row]:
    """What this paper is, and the lines below it."""
    paper = desk.paper
    heading = desk.type.wrap(letter.title, paper.content, TITLE)
    rows = [Row((Cell(paper.left, paper.content, heading),))]
    for text, style in letter.below:
        if lines := desk.type.wrap(text, paper.content, style):
            rows.append(Row((Cell(paper.left, paper.content, lines),), before=4))
    rows.append(Row(before=_BELOW_TITLE))
    return rows
