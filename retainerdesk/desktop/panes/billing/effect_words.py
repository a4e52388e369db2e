"""What a decision about overage makes of the margin, in words."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from retainerdesk.desktop.formatting import month, number, percent
from retainerdesk.domain.plan import OverageDecision
from retainerdesk.services.overage_effects import DecisionEffect

_INSTEAD = {
    OverageDecision.ABSORB: "absorb it",
    OverageDecision.CARRY: "carry it into the next period",
    OverageDecision.OFFSET: "offset it with a prepaid block",
}


def billed_percent(effects: Sequence[DecisionEffect]) -> Fraction | None:
    """The margin if the overage is billed."""
    return next((each.percent for each in effects if each.decision is OverageDecision.BILL), None)


def margin_words(effect: DecisionEffect, billed: Fraction | None) -> str:
    """Margin of October: 48 → 41 %, from what it is if the overage is billed to what it is so."""
    if effect.percent is None:
        return ""
    of = f"margin of {month(effect.month)}"
    if billed is None or effect.decision is OverageDecision.BILL or billed == effect.percent:
        return f"{of} {percent(effect.percent, 1)}"
    return f"{of} {number(billed, 1)} → {percent(effect.percent, 1)}"


def instead_words(effects: Sequence[DecisionEffect]) -> str:
    """What could be done instead of billing, a line each, with what it makes of the margin."""
    billed = billed_percent(effects)
    lines = []
    for each in effects:
        if each.decision in _INSTEAD and each.is_possible:
            effect = margin_words(each, billed)
            lines.append(f"{_INSTEAD[each.decision]}: {effect}" if effect else _INSTEAD[each.decision])
    return "\n".join(lines)
