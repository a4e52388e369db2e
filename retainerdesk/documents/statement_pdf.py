"""A statement of account as a PDF: every move with the balance after it, and what is open by age."""

from __future__ import annotations

from datetime import date

from retainerdesk.documents.flow import Pages, Row
from retainerdesk.documents.layout import BODY, QUIET, STRONG, Desk, InvoiceLayout, desk_for
from retainerdesk.documents.letter import render_letter
from retainerdesk.documents.letter_head import Fact, Letter
from retainerdesk.documents.paragraphs import magnitude, paragraph
from retainerdesk.documents.table import Column, Table, TableRow
from retainerdesk.domain.account import Account, Business
from retainerdesk.domain.payments import BUCKETS
from retainerdesk.domain.statement import Statement, StatementEntry


def render_statement(
    statement: Statement, seller: Business, buyer: Account, on: date, options: InvoiceLayout
) -> bytes:
    """The statement as PDF, dated `on`; the same values give the same bytes.

    Raises EnvironmentProblem if the fonts are missing.
    """
    desk = desk_for(seller, buyer, options)
    letter = Letter(seller, buyer, desk.texts.statement, on, _facts(statement, on, desk))

    def pour(pages: Pages) -> None:
        _moves(statement, desk).pour(pages)
        pages.add(Row(before=22.0), paragraph(desk.texts.open_by_age, STRONG, desk), Row(before=6.0))
        _ageing(statement, desk).pour(pages)
        if statement.unapplied:
            amount = desk.formats.amount(statement.unapplied)
            text = desk.texts.labelled.format(label=desk.texts.unapplied, value=amount)
            pages.add(paragraph(text, QUIET, desk, before=12.0))

    return render_letter(letter, options, desk, pour)


def _facts(statement: Statement, on: date, desk: Desk) -> tuple[Fact, ...]:
    texts, formats = desk.texts, desk.formats
    return (
        Fact(texts.date, formats.day(on)),
        Fact(texts.period, formats.period(statement.span)),
        Fact(texts.balance, formats.amount(statement.closing), strong=True),
    )


def _moves(statement: Statement, desk: Desk) -> Table:
    texts, formats = desk.texts, desk.formats
    columns = (
        Column(texts.entry_date),
        Column(texts.entry_text, wide=True),
        Column(texts.due),
        Column(texts.amount, right=True),
        Column(texts.balance, right=True),
    )
    opening = texts.opening.format(day=formats.day(statement.span.start))
    in_favour = statement.closing.minor < 0
    last = formats.day(statement.span.last_day)
    closing = (texts.closing_favour if in_favour else texts.closing).format(day=last)
    owed = formats.amount(magnitude(statement.closing))
    rows = [
        TableRow(("", opening, "", "", formats.amount(statement.opening)), QUIET),
        *(_row(entry, desk) for entry in statement.entries),
        TableRow(("", closing, "", "", owed), STRONG),
    ]
    return Table(columns, rows, desk)


def _row(entry: StatementEntry, desk: Desk) -> TableRow:
    formats = desk.formats
    return TableRow(
        (
            formats.short_day(entry.on),
            desk.texts.entry_kinds[entry.kind].format(reference=entry.reference),
            formats.short_day(entry.due_on) if entry.due_on else "",
            formats.amount(entry.amount),
            formats.amount(entry.balance),
        ),
        BODY,
    )


def _ageing(statement: Statement, desk: Desk) -> Table:
    """The five buckets and their sum, side by side."""
    texts, formats = desk.texts, desk.formats
    columns = [Column(texts.buckets[bucket], right=True) for bucket in BUCKETS]
    columns = [*columns, Column(texts.total, right=True)]
    amounts = [formats.amount(amount) for amount in (*statement.ageing.amounts, statement.ageing.total)]
    return Table(columns, [TableRow(tuple(amounts))], desk, even=True)
