"""Drafts, read from a book file."""

from __future__ import annotations

from retainerdesk.domain.account import TaxRule
from retainerdesk.domain.draft import LONGEST_NOTE, LONGEST_TEXT, Draft, DraftLine
from retainerdesk.domain.invoice import Charge
from retainerdesk.exchange.book.fields import Fields
from retainerdesk.exchange.book.read_parties import read_maybe_tax
from retainerdesk.exchange.book.read_rows import read_key
from retainerdesk.exchange.book.scope import Scope

_DIGITS = 10


def read_draft(fields: Fields, scope: Scope) -> Draft:
    """A draft; made_on and at least one line are required. Amounts are in its own currency."""
    currency = fields.currency("currency", scope.currency)
    draft = Draft(
        account_id=scope.account_id,
        id=fields.identifier("id", ""),
        made_on=fields.day("made_on"),
        lines=tuple(_read_line(line, scope, currency) for line in fields.children("lines")),
        note=_bounded(fields, "note", LONGEST_NOTE),
        discount_percent=fields.decimal("discount_percent", "0", most=100),
    )
    if not draft.lines:
        fields.refuse("lines", "is empty, but a draft holds at least one charge.")
    fields.close()
    return draft


def _bounded(fields: Fields, name: str, longest: int) -> str:
    text = fields.text(name, "")
    if len(text) > longest:
        fields.refuse(name, f"has {len(text)} characters; at most {longest} are printed.")
    return text


def _read_line(fields: Fields, scope: Scope, currency: str) -> DraftLine:
    if not fields.has("tax"):
        fields.refuse("tax", "is missing.")
    charge = Charge(
        key=read_key(fields, scope.account_id, scope.retainer(fields, "retainer")),
        billable_on=fields.day("billable_on"),
        quantity=fields.decimal("quantity", digits=_DIGITS, least=None),
        unit_price=fields.decimal("unit_price", digits=_DIGITS, least=None),
        net=fields.money("net", currency),
        text=fields.text("text"),
        tax=read_maybe_tax(fields, "tax") or TaxRule(),
        why=fields.text("why", ""),
        details=fields.texts("details"),
        basis=fields.maybe_money("basis", currency),
        minutes=fields.maybe_integer("minutes", least=-(2**31)),
        unit=fields.text("unit", ""),
    )
    line = DraftLine(charge, _bounded(fields, "own_text", LONGEST_TEXT))
    fields.close()
    return line
