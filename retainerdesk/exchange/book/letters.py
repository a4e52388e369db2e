"""Letters that were sent and reference rates of late interest, as they stand in a book file."""

from __future__ import annotations

from collections.abc import Iterable

from retainerdesk.domain.late_interest_table import OwnRate
from retainerdesk.domain.sent_letter import LetterKind, LetterLine, SentLetter
from retainerdesk.exchange.book.fields import Fields
from retainerdesk.exchange.book.read_parties import sha256
from retainerdesk.exchange.book.read_span import read_span
from retainerdesk.exchange.book.scope import Scope
from retainerdesk.exchange.book.write_values import Node, Unless, amount, day, members, plain


def read_letter(fields: Fields, scope: Scope) -> SentLetter:
    """A letter; on, kind and total are required, of dunning the step, of a statement its days."""
    kind = fields.choice("kind", LetterKind)
    currency = fields.currency("currency", scope.currency)
    is_statement = kind is LetterKind.STATEMENT
    letter = SentLetter(
        account_id=scope.account_id,
        id=fields.identifier("id", ""),
        on=fields.day("on"),
        kind=kind,
        total=fields.money("total", currency),
        step_id="" if is_statement else fields.identifier("step"),
        lines=() if is_statement else tuple(_read_line(each, currency) for each in _documents(fields)),
        title=fields.text("title", ""),
        text=fields.text("text", ""),
        sha256=sha256(fields, "sha256") if fields.has("sha256") else None,
        span=read_span(fields) if is_statement else None,
    )
    fields.close()
    return letter


def _documents(fields: Fields) -> Iterable[Fields]:
    found = list(fields.children("documents"))
    if not found:
        fields.refuse("documents", "is needed: what the letter asked for.")
    return found


def _read_line(fields: Fields, currency: str) -> LetterLine:
    line = LetterLine(
        number=fields.identifier("invoice"),
        due_on=fields.day("due_on"),
        amount=fields.money("amount", currency),
        interest=fields.maybe_money("interest", currency, least=0),
        fee=fields.maybe_money("fee", currency, least=0),
    )
    fields.close()
    return line


def letter_node(row: SentLetter, currency: str) -> dict[str, Node]:
    """A letter as it was sent; `currency` is that of the account."""
    lines = [_line_node(line) for line in row.lines]
    return members(
        {
            "id": row.id,
            "on": day(row.on),
            "kind": row.kind.value,
            "currency": Unless(currency, row.total.currency),
            "total": str(row.total),
            "step": Unless("", row.step_id),
            "documents": Unless([], lines),
            "from": Unless(None, day(row.span.start if row.span else None)),
            "to": Unless(None, day(row.span.end if row.span else None)),
            "title": row.title,
            "text": row.text,
            "sha256": Unless(None, row.sha256),
        }
    )


def _line_node(line: LetterLine) -> dict[str, Node]:
    return members(
        {
            "invoice": line.number,
            "due_on": day(line.due_on),
            "amount": str(line.amount),
            "interest": Unless(None, amount(line.interest)),
            "fee": Unless(None, amount(line.fee)),
        }
    )


def read_own_rate(fields: Fields) -> OwnRate:
    """The reference rate of a half-year; everything is required."""
    rate = OwnRate(
        reference_id=fields.identifier("reference"),
        from_on=fields.day("from"),
        percent=fields.decimal("percent", least=-5, most=50),
        source=fields.text("source"),
    )
    fields.close()
    return rate


def own_rate_node(rate: OwnRate) -> dict[str, Node]:
    """The reference rate of a half-year."""
    return {
        "reference": rate.reference_id,
        "from": day(rate.from_on),
        "percent": plain(rate.percent),
        "source": rate.source,
    }
