"""The words for what a plan can say."""

from __future__ import annotations

from retainerdesk.domain.period import Alignment, Cadence, CadenceUnit
from retainerdesk.domain.plan import OverageDecision, Proration, RolloverPolicy, Timing, UsageUnit
from retainerdesk.domain.retainer import PauseFee, PauseLots

CADENCES = (
    (Cadence(CadenceUnit.MONTH, 1), "Month"),
    (Cadence(CadenceUnit.MONTH, 3), "Quarter"),
    (Cadence(CadenceUnit.MONTH, 6), "Half-year"),
    (Cadence(CadenceUnit.YEAR, 1), "Year"),
    (Cadence(CadenceUnit.MONTH, 2), "2 months"),
    (Cadence(CadenceUnit.WEEK, 1), "Week"),
    (Cadence(CadenceUnit.WEEK, 2), "2 weeks"),
    (Cadence(CadenceUnit.WEEK, 4), "4 weeks"),
)
ALIGNMENTS = (
    (Alignment.ANNIVERSARY, "from the day it began"),
    (Alignment.CALENDAR, "on the calendar"),
    (Alignment.DAY, "on day of the month"),
)
TIMINGS = ((Timing.ADVANCE, "In advance"), (Timing.ARREARS, "In arrears"))
PRORATIONS = (
    (Proration.ACTUAL_DAYS, "By calendar days"),
    (Proration.FIXED_30, "By months of 30 days"),
    (Proration.FULL, "At the full fee"),
    (Proration.SKIP_STUB, "Free"),
    (Proration.MERGE_STUB, "Invoiced with the next period"),
)
POLICIES = (
    (RolloverPolicy.NONE, "End with the period"),
    (RolloverPolicy.SURPLUS, "Carry over"),
    (RolloverPolicy.SURPLUS_AND_DEFICIT, "Carry over, as do overdrawn ones"),
    (RolloverPolicy.DEFICIT, "End; overdrawn ones carry over"),
)
DECISIONS = (
    (OverageDecision.ASK, "is decided each time"),
    (OverageDecision.BILL, "is billed"),
    (OverageDecision.ABSORB, "is absorbed"),
    (OverageDecision.CARRY, "moves to the next period"),
)
UNITS = (
    (UsageUnit.MINUTES, "hours"),
    (UsageUnit.MONEY, "money"),
    (UsageUnit.SESSIONS, "sessions"),
)
PAUSE_FEES = ((PauseFee.NONE, "No fee while paused"), (PauseFee.FULL, "The fee goes on"))
PAUSE_LOTS = ((PauseLots.FREEZE, "Lots are frozen"), (PauseLots.AGE, "Lots grow older as usual"))


def cadence_words(cadence: Cadence) -> str:
    """Such as "Quarter", or "5 months" for a length that has no name here."""
    known = dict(CADENCES)
    plural = "s" if cadence.every > 1 else ""
    return known.get(cadence, f"{cadence.every} {cadence.unit.value}{plural}")
