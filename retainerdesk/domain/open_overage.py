"""Overage of closed periods about which nobody has decided yet what becomes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.plan import OverageDecision, UsageUnit
from retainerdesk.domain.usage import usage_of
from retainerdesk.domain.usage_period import UsagePeriod


@dataclass(frozen=True, slots=True)
class OpenOverage:
    """Overage of a closed period about which nothing is decided yet, in the unit of its plan."""

    account_id: str
    retainer_id: str
    period_on: date
    minutes: int
    unit: UsageUnit = UsageUnit.MINUTES


def undecided_overage(file: AccountFile, today: date) -> list[OpenOverage]:
    """The closed periods of an account whose overage waits for a decision, in order."""
    found: list[OpenOverage] = []
    for retainer in file.retainers:
        ledger = usage_of(file, retainer, today)
        found += undecided_in(file.account.id, retainer.id, ledger)
    return found


def undecided_in(account_id: str, retainer_id: str, ledger: Iterable[UsagePeriod]) -> list[OpenOverage]:
    """The closed periods of a lot ledger whose overage waits for a decision, in order."""
    return [
        OpenOverage(account_id, retainer_id, usage.span.start, usage.overage, usage.unit)
        for usage in ledger
        if usage.closed and usage.decision is OverageDecision.ASK
    ]
