"""The key of a charge as columns, shared by invoice lines, drafts and skips."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from retainerdesk.domain.invoice import ChargeKey, ChargeKind
from retainerdesk.domain.period import Period


def to_charge_key(row: Row[Any]) -> ChargeKey:
    """The charge key of a row."""
    return ChargeKey(
        account_id=row.account_id,
        retainer_id=row.retainer_id,
        kind=ChargeKind(row.kind),
        service=Period(row.service_start, row.service_end),
        sequence=row.sequence,
        source_id=row.source_id,
    )


def from_charge_key(key: ChargeKey) -> dict[str, Any]:
    """The columns of one charge key."""
    return {
        "charge_key": str(key),
        "account_id": key.account_id,
        "retainer_id": key.retainer_id,
        "kind": key.kind.value,
        "service_start": key.service.start,
        "service_end": key.service.end,
        "sequence": key.sequence,
        "source_id": key.source_id,
    }
