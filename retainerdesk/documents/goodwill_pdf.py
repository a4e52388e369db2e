"""A goodwill statement as a PDF: what an account was given without charge, and what it is worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from retainerdesk.documents.flow import Pages, Row
from retainerdesk.documents.layout import BODY, QUIET, STRONG, Desk, InvoiceLayout, desk_for
from retainerdesk.documents.letter import render_letter
from retainerdesk.documents.letter_head import Fact, Letter
from retainerdesk.documents.paragraphs import paragraph
from retainerdesk.documents.table import Column, Table, TableRow
from retainerdesk.domain.account import Account, Business
from retainerdesk.domain.goodwill import Goodwill
from retainerdesk.domain.line_words import duration_words
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period


@dataclass(frozen=True, slots=True)
class GoodwillStatement:
    """What one account was given in `span` (half-open), in one currency, in order."""

    span: Period
    currency: str
    items: tuple[Goodwill, ...]

    @property
    def minutes(self) -> int:
        return sum(item.minutes for item in self.items)

    @property
    def value(self) -> Money | None:
        """The sum of what has a value; None if nothing has one."""
        found = [item.value for item in self.items if item.value is not None]
        return sum(found[1:], start=found[0]) if found else None


def render_goodwill(
    statement: GoodwillStatement, seller: Business, buyer: Account, on: date, options: InvoiceLayout
) -> bytes:
    """The statement as PDF, dated `on`; where no value is known it shows the time alone.

    Raises EnvironmentProblem if the fonts are missing.
    """
    desk = desk_for(seller, buyer, options)
    below = ((desk.texts.goodwill_intro, QUIET),)
    letter = Letter(seller, buyer, desk.texts.goodwill, on, _facts(statement, on, desk), below)

    def pour(pages: Pages) -> None:
        if statement.items:
            _table(statement, desk).pour(pages)
            pages.add(*_below(statement, desk))
        else:
            pages.add(paragraph(desk.texts.goodwill_none, BODY, desk))

    return render_letter(letter, options, desk, pour)


def _facts(statement: GoodwillStatement, on: date, desk: Desk) -> tuple[Fact, ...]:
    texts, formats = desk.texts, desk.formats
    facts = [
        Fact(texts.date, formats.day(on)),
        Fact(texts.period, formats.period(statement.span)),
        Fact(texts.time, duration_words(statement.minutes), strong=True),
    ]
    if statement.value is not None:
        facts.append(Fact(texts.worth, formats.amount(statement.value), strong=True))
    return tuple(facts)


def _table(statement: GoodwillStatement, desk: Desk) -> Table:
    texts = desk.texts
    columns = (
        Column(texts.period),
        Column(texts.service, wide=True),
        Column(texts.time, right=True),
        Column(texts.worth, right=True),
    )
    rows = [
        TableRow(
            (desk.formats.period(item.span), _what(item, desk), *_figures(item.minutes, item.value, desk))
        )
        for item in statement.items
    ]
    total = ("", texts.goodwill_total, *_figures(statement.minutes, statement.value, desk))
    return Table(columns, [*rows, TableRow(total, STRONG)], desk)


def _what(item: Goodwill, desk: Desk) -> str:
    """The kind, and below it what was done and why it was given."""
    parts = (desk.texts.goodwill_kinds[item.kind], item.text.strip(), item.reason.strip())
    return "\n".join(part for part in parts if part)


def _figures(minutes: int, value: Money | None, desk: Desk) -> tuple[str, str]:
    """Sessions have no minutes, and some items no value: their place stays empty."""
    return duration_words(minutes) if minutes else "", "" if value is None else desk.formats.amount(value)


def _below(statement: GoodwillStatement, desk: Desk) -> list[Row]:
    texts = desk.texts
    sentences = [texts.goodwill_nothing_due] if statement.value is None else [
        texts.goodwill_rate, texts.goodwill_nothing_due
    ]  # fmt: skip
    return [Row(before=12.0), *(paragraph(text, QUIET, desk, before=2.0) for text in sentences)]
