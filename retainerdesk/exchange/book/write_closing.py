"""Closed usage periods and decisions about late work, as they stand in a book file.

Figures are whole numbers in the unit of the plan: minutes, minor units or sessions.
"""

from __future__ import annotations

from datetime import date

from retainerdesk.domain.block import BlockBurn
from retainerdesk.domain.lots import Lot
from retainerdesk.domain.period_close import LateDecision, LateEntry, PeriodClose, Reopened
from retainerdesk.exchange.book.write_values import Node, Unless, amount, day, members

FIGURES = (
    "opening", "granted", "adjusted", "used", "carried_in", "burned", "overage", "expired", "forfeited",
    "carried", "from_blocks", "unmetered",
)  # fmt: skip


def close_node(close: PeriodClose) -> dict[str, Node]:
    """One closing with the row of the lot ledger as it stood."""
    figures: dict[str, Node] = {name: getattr(close, name) for name in FIGURES}
    return members(
        {
            "from": day(close.span.start),
            "to": day(close.span.end),
            "closed_on": day(close.closed_on),
            "plan_from": day(close.plan_on),
            **figures,
            "number": Unless(1, close.number),
            "uses": Unless([], [_use_node(use) for use in close.uses]),
            "lots": Unless([], [_lot_node(lot) for lot in close.lots]),
            "block_burns": Unless([], [_burn_node(burn) for burn in close.block_burns]),
            "reopened": Unless(None, close.reopened and _reopened_node(close.reopened)),
        }
    )


def _use_node(use: tuple[date, str, int]) -> dict[str, Node]:
    on, name, used = use
    return {"on": day(on), "id": name, "amount": used}


def _lot_node(lot: Lot) -> dict[str, Node]:
    return members(
        {
            "origin_on": day(lot.origin_on),
            "source": lot.source.value,
            "remaining": lot.remaining,
            "last_index": lot.last_index,
            "expires_on": Unless(None, day(lot.expires_on)),
            "until_term_end": Unless(False, lot.until_term_end),
        }
    )


def _burn_node(burn: BlockBurn) -> dict[str, Node]:
    return {
        "block": burn.block_id,
        "source": burn.source_id or None,
        "on": day(burn.on),
        "amount": burn.amount,
        "covered": burn.covered,
    }


def _reopened_node(reopened: Reopened) -> dict[str, Node]:
    return {"on": day(reopened.on), "reason": reopened.reason}


def late_node(decided: LateDecision) -> dict[str, Node]:
    """What was decided about a difference in a closed period; the price is in the account's currency."""
    found = decided.difference
    return members(
        {
            "id": decided.id,
            "period_on": day(decided.period_on),
            "on": day(decided.on),
            "choice": decided.choice.value,
            "used": found.used,
            "overage": found.overage,
            "from_blocks": Unless(0, found.from_blocks),
            "carried": found.carried,
            "price": amount(found.price),
            "reason": decided.reason,
            "entries": Unless([], [_entry_node(each) for each in decided.entries]),
            "to_on": Unless(None, day(decided.to_on)),
            "invoice": Unless(None, decided.invoice_number),
        }
    )


def _entry_node(entry: LateEntry) -> dict[str, Node]:
    return {"id": entry.entry_id, "on": day(entry.on), "before": entry.before, "after": entry.after}
