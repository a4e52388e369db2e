"""A verdict on an account, as it is shown and kept; `health` judges.

Source: handbook, "Relationship".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class VerdictKind(StrEnum):
    """In the order they are shown."""

    LATE = "late"
    OVER_SERVICED = "over_serviced"
    UNDER_USED = "under_used"
    QUIET = "quiet"
    READY_TO_EXPAND = "ready_to_expand"
    HEALTHY = "healthy"


class Severity(StrEnum):
    """How a verdict is to be taken."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One judgement: `words` say it, `evidence` proves it, `since` is the first day it held (if known).

    `changed` says what is different from a month ago, empty if nobody compared.
    """

    kind: VerdictKind
    severity: Severity
    words: str
    since: date | None
    evidence: tuple[str, ...]
    changed: str = ""
