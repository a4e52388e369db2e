"""Which charges are on a draft, also where the charge changed underneath since the draft was made.

A plan that changes inside a drafted period cuts the fee in two; both parts belong to the drafted line. So a
line claims what it is about, and not only what has its very key: otherwise the rest would be proposed beside
the draft, and a day be invoiced twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from retainerdesk.domain.draft import Draft, DraftLine, in_order_of_making
from retainerdesk.domain.invoice import Charge, ChargeKey, ChargeKind

_BY_SERVICE = (ChargeKind.FEE, ChargeKind.OVERAGE, ChargeKind.CORRECTION)
_NUMBERED = (ChargeKind.CORRECTION, ChargeKind.BLOCK)


def undrafted(charges: Sequence[Charge], drafts: Sequence[Draft]) -> list[Charge]:
    """The charges that no draft claims, in their order."""
    if not drafts:
        return list(charges)
    taken = {charge.key for found in claimed(charges, drafts).values() for charge in found}
    return [charge for charge in charges if charge.key not in taken]


def claimed(charges: Iterable[Charge], drafts: Iterable[Draft]) -> Mapping[ChargeKey, tuple[Charge, ...]]:
    """What each drafted line is about now, by the line's key; a charge belongs to one line at most.

    The line with the charge's own key comes first, then the oldest draft's first line that claims it.
    """
    lines = {line.key: line for draft in in_order_of_making(drafts) for line in draft.lines}
    found: dict[ChargeKey, list[Charge]] = {key: [] for key in lines}
    for charge in charges:
        owner = charge.key if charge.key in lines else _first_claim(lines.values(), charge.key)
        if owner is not None:
            found[owner].append(charge)
    return {key: tuple(items) for key, items in found.items()}


def _first_claim(lines: Iterable[DraftLine], key: ChargeKey) -> ChargeKey | None:
    return next((line.key for line in lines if _claims(line.key, key)), None)


def _claims(line: ChargeKey, charge: ChargeKey) -> bool:
    """Whether a line is about a charge: fees and overage by their days, one-off charges by their source."""
    if (line.account_id, line.retainer_id, line.kind) != (charge.account_id, charge.retainer_id, charge.kind):
        return False
    if line.source_id != charge.source_id:
        return False
    if line.kind in _NUMBERED and line.sequence != charge.sequence:
        return False
    return line.kind not in _BY_SERVICE or line.service.overlap(charge.service) is not None
