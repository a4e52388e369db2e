"""Sentences on a page, and sentences of ours with values in bold."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

from retainerdesk.documents.flow import Cell, Row
from retainerdesk.documents.layout import Desk
from retainerdesk.documents.typeset import Span, Style
from retainerdesk.domain.money import Money


def paragraph(text: str | list[Span], style: Style, desk: Desk, before: float = 0.0) -> Row:
    """Text over the whole width, `before` points below what stands above."""
    paper = desk.paper
    lines = desk.type.wrap(text, paper.content, style)
    return Row((Cell(paper.left, paper.content, lines),), before=before)


def filled(template: str, values: Mapping[str, str]) -> list[Span]:
    """A template with its values in bold. Values are put in as they are, never parsed."""
    spans: list[Span] = []
    for text, name, _, _ in Formatter().parse(template):
        spans.append(Span(text))
        if name:
            spans.append(Span(values[name], strong=True))
    return [span for span in spans if span.text]


def own_sentence(template: str, values: Mapping[str, str]) -> str:
    """A sentence of the business with its placeholders filled in; values are never parsed."""
    return "".join(span.text for span in filled(template, values))


def magnitude(amount: Money) -> Money:
    """The amount without its sign."""
    return amount if amount.minor >= 0 else -amount
