"""Drafts as they stand in a book file."""

from __future__ import annotations

from retainerdesk.domain.draft import Draft, DraftLine
from retainerdesk.exchange.book.write_parties import tax_node
from retainerdesk.exchange.book.write_values import Node, Unless, amount, day, members, plain, rate


def draft_node(draft: Draft) -> dict[str, Node]:
    """A draft with its charges as they stood and the user's own words; `currency` is that of its amounts."""
    return members(
        {
            "id": draft.id,
            "made_on": day(draft.made_on),
            "currency": draft.currency,
            "discount_percent": Unless("0", plain(draft.discount_percent)),
            "note": Unless("", draft.note),
            "lines": [_line_node(line) for line in draft.lines],
        }
    )


def _line_node(line: DraftLine) -> dict[str, Node]:
    charge = line.charge
    return members(
        {
            "retainer": charge.key.retainer_id or None,
            "charge": charge.key.kind.value,
            "from": day(charge.key.service.start),
            "to": day(charge.key.service.end),
            "sequence": charge.key.sequence,
            "source": charge.key.source_id or None,
            "billable_on": day(charge.billable_on),
            "text": charge.text,
            "own_text": Unless("", line.own_text),
            "quantity": plain(charge.quantity),
            "unit_price": rate(charge.unit_price, charge.net.currency),
            "unit": Unless("", charge.unit),
            "net": str(charge.net),
            "tax": tax_node(charge.tax),
            "why": Unless("", charge.why),
            "details": Unless([], list(charge.details)),
            "basis": Unless(None, amount(charge.basis)),
            "minutes": Unless(None, charge.minutes),
        }
    )
