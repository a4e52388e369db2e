"""One recurring agreement with an account: its term, renewal, notice, pauses and plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.period import Period
from retainerdesk.domain.period_close import LateDecision, PeriodClose
from retainerdesk.domain.plan import OverageDecision, Plan, UsageUnit


class Renewal(StrEnum):
    """What follows a term: a new one by itself, nothing, or an open end until somebody gives notice."""

    AUTOMATIC = "automatic"
    FIXED = "fixed"
    ROLLING = "rolling"


class NoticeUnit(StrEnum):
    """What a notice counts in."""

    DAYS = "days"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Notice:
    """How early either side must speak before the end of a term."""

    count: int
    unit: NoticeUnit


@dataclass(frozen=True, slots=True)
class IndexValue:
    """A published index figure (such as consumer prices) that holds from a date on."""

    from_on: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Escalator:
    """The agreed price rise at renewal.

    `percent` is the fixed rise; with `index` values the rise is their change since the term before, kept
    between `floor_percent` and `cap_percent`. It applies to terms starting at or after `first_on` (None: to
    every renewal) and must be announced `announce_days` before the end of the running term.
    """

    percent: Decimal | None = None
    announce_days: int = 0
    floor_percent: Decimal | None = None
    cap_percent: Decimal | None = None
    first_on: date | None = None
    index: tuple[IndexValue, ...] = ()


@dataclass(frozen=True, slots=True)
class TermRule:
    """The committed span in months, what follows it, and how it ends.

    `months` None is an open end from the first day (then `renewal` is rolling).
    """

    months: int | None
    renewal: Renewal
    notice: Notice | None = None
    escalator: Escalator | None = None


class PauseFee(StrEnum):
    """Whether a pause is invoiced."""

    NONE = "none"
    FULL = "full"


class PauseLots(StrEnum):
    """Whether lots grow older during a pause."""

    FREEZE = "freeze"
    AGE = "age"


@dataclass(frozen=True, slots=True)
class Pause:
    """A span without service. `fee` says whether it is still invoiced, `lots` whether they grow older."""

    span: Period
    fee: PauseFee = PauseFee.NONE
    lots: PauseLots = PauseLots.FREEZE


class NoticeBy(StrEnum):
    """Which side gave notice."""

    US = "us"
    THEM = "them"


@dataclass(frozen=True, slots=True)
class UsageDecision:
    """What was decided about the overage of the usage period that starts on `period_on`."""

    period_on: date
    decision: OverageDecision
    reason: str = ""
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class LotAdjustment:
    """Minutes added to (or, negative, taken from) the period that holds `on`, with a reason."""

    on: date
    minutes: int
    reason: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Retainer:
    """An agreement from `starts_on`, the anchor every boundary is computed from.

    `plans` are in order of `from_on`; the first starts on `starts_on` or earlier. `settled_through` is the
    first service day this book has to invoice; what lies before was settled elsewhere. `closes` are the
    closings of usage periods, also those taken back, in order of period and number; `late` what was decided
    about differences in closed periods.
    """

    account_id: str
    id: str
    name: str
    starts_on: date
    plans: tuple[Plan, ...]
    term: TermRule | None = None
    settled_through: date | None = None
    pauses: tuple[Pause, ...] = ()
    notice_given_on: date | None = None
    notice_given_by: NoticeBy | None = None
    ended_on: date | None = None
    usage_decisions: tuple[UsageDecision, ...] = ()
    adjustments: tuple[LotAdjustment, ...] = ()
    closes: tuple[PeriodClose, ...] = ()
    late: tuple[LateDecision, ...] = ()

    def closes_on(self, day: date) -> tuple[PeriodClose, ...]:
        """The closings that hold on `day`, in order of their periods."""
        return tuple(each for each in self.closes if each.holds_on(day))

    def plan_on(self, day: date) -> Plan:
        """The plan in force on `day`; the first plan for days before it."""
        in_force = self.plans[0]
        for plan in self.plans:
            if plan.from_on <= day:
                in_force = plan
        return in_force


def check_retainer(retainer: Retainer) -> None:
    """Raise RuleViolation for plans that overlap or are missing, for pauses that overlap or are empty."""
    if not retainer.plans:
        raise RuleViolation("retainer.plans", f"{retainer.name} has no plan; add one with its fee.", "plans")
    starts = [plan.from_on for plan in retainer.plans]
    if len(set(starts)) != len(starts):
        twice = next(day for day in starts if starts.count(day) > 1)
        raise RuleViolation(
            "plans.overlap", f"two plans of {retainer.name} start on {twice}; change one date.", "plans"
        )
    if starts != sorted(starts):
        raise RuleViolation("plans.order", f"the plans of {retainer.name} are not in order of date.", "plans")
    if starts[0] > retainer.starts_on:
        message = f"{retainer.name} starts on {retainer.starts_on}, but its first plan only on {starts[0]}."
        raise RuleViolation("plans.gap", message, "plans")
    _check_pauses(retainer)
    _check_units(retainer)


def _check_pauses(retainer: Retainer) -> None:
    spans = sorted(pause.span for pause in retainer.pauses)
    for span in spans:
        if span.days == 0:
            message = f"the pause of {retainer.name} on {span.start} has no days; its end must be later."
            raise RuleViolation("pause.empty", message, "pauses")
    for earlier, later in pairwise(spans):
        if later.start < earlier.end:
            message = f"two pauses of {retainer.name} overlap on {later.start}; join them or move one."
            raise RuleViolation("pauses.overlap", message, "pauses")


def _check_units(retainer: Retainer) -> None:
    """A retainer counts in one unit: lots of hours cannot become money, nor money sessions."""
    for plan in retainer.plans:
        check_allowance(plan)
    units = sorted({plan.unit.value for plan in retainer.plans})
    if len(units) > 1:
        message = (
            f"the plans of {retainer.name} count in {' and '.join(units)}; "
            "end this retainer and start another one."
        )
        raise RuleViolation("plans.unit", message, "plans")
    if retainer.adjustments and units != [UsageUnit.MINUTES.value]:
        message = f"{retainer.name} does not count minutes; give a block without a price instead."
        raise RuleViolation("adjustments.unit", message, "adjustments")


def check_allowance(plan: Plan) -> None:
    """Raise RuleViolation for a plan that includes two kinds of things, or lacks what one kind needs."""
    kinds = [
        plan.allowance_minutes > 0,
        plan.allowance_money is not None,
        plan.allowance_sessions is not None,
    ]
    if sum(kinds) > 1:
        message = f"the plan from {plan.from_on} includes two kinds of things; hours, money or sessions."
        raise RuleViolation("plan.allowance", message, "plans")
    if plan.unit is UsageUnit.MONEY and not plan.value_rate:
        message = f"the plan from {plan.from_on} includes money; say what an hour of work takes from it."
        raise RuleViolation("plan.value_rate", message, "plans")
    if plan.overage.decision is OverageDecision.OFFSET:
        message = (
            f"the plan from {plan.from_on}: overage is taken from a block by decision, period by period."
        )
        raise RuleViolation("plan.overage", message, "plans")
    rule = plan.rollover
    has_cap = rule.cap_minutes is not None or rule.total_cap_minutes is not None
    if plan.unit is not UsageUnit.MINUTES and has_cap:
        message = f"the plan from {plan.from_on} does not count minutes; cap what is carried in percent."
        raise RuleViolation("plan.cap", message, "plans")
    amounts = [amount for amount in (plan.allowance_money, plan.session_price) if amount is not None]
    if any(amount.currency != plan.fee.currency for amount in amounts):
        message = f"the plan from {plan.from_on} has two currencies; use that of the account."
        raise RuleViolation("plan.currency", message, "plans")
