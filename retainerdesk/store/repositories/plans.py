"""Plans, pauses, usage decisions and lot adjustments: the parts of a retainer."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Alignment, Cadence, CadenceUnit, Period
from retainerdesk.domain.plan import Overage, OverageDecision, Plan, Proration, Rollover, Timing
from retainerdesk.domain.retainer import LotAdjustment, Pause, PauseFee, PauseLots, UsageDecision
from retainerdesk.store.repositories.writing import minor_in, money_or_none
from retainerdesk.store.values_json import decode, whole


def to_plan(row: Row[Any]) -> Plan:
    """The plan of a row."""
    return Plan(
        from_on=row.from_on,
        fee=Money(row.fee_minor, row.currency),
        cadence=Cadence(CadenceUnit(row.cadence_unit), row.cadence_every),
        alignment=Alignment(row.alignment),
        billing_day=row.billing_day,
        timing=Timing(row.timing),
        proration=Proration(row.proration),
        allowance_minutes=row.allowance_minutes,
        rollover=decode(Rollover, row.rollover),
        overage=Overage(row.overage_rate, OverageDecision(row.overage_decision)),
        usage_cadence=_cadence(row.usage_cadence_unit, row.usage_cadence_every),
        text=row.text,
        allowance_money=money_or_none(row.allowance_money_minor, row.currency),
        value_rate=row.value_rate,
        allowance_sessions=row.allowance_sessions,
        session_price=money_or_none(row.session_price_minor, row.currency),
    )


def from_plan(plan: Plan) -> dict[str, Any]:
    """The columns of one plan."""
    usage = plan.usage_cadence
    return {
        "from_on": plan.from_on,
        "fee_minor": plan.fee.minor,
        "currency": plan.fee.currency,
        "cadence_unit": plan.cadence.unit.value,
        "cadence_every": plan.cadence.every,
        "alignment": plan.alignment.value,
        "billing_day": plan.billing_day,
        "timing": plan.timing.value,
        "proration": plan.proration.value,
        "allowance_minutes": plan.allowance_minutes,
        "rollover": whole(plan.rollover),
        "overage_rate": plan.overage.hourly_rate,
        "overage_decision": plan.overage.decision.value,
        "usage_cadence_unit": usage.unit.value if usage else None,
        "usage_cadence_every": usage.every if usage else None,
        "text": plan.text,
        "allowance_money_minor": minor_in(plan.fee.currency, plan.allowance_money),
        "value_rate": plan.value_rate,
        "allowance_sessions": plan.allowance_sessions,
        "session_price_minor": minor_in(plan.fee.currency, plan.session_price),
    }


def to_pause(row: Row[Any]) -> Pause:
    """The pause of a row."""
    return Pause(Period(row.starts_on, row.ends_on), PauseFee(row.fee), PauseLots(row.lots))


def from_pause(pause: Pause) -> dict[str, Any]:
    """The columns of one pause."""
    return {
        "starts_on": pause.span.start,
        "ends_on": pause.span.end,
        "fee": pause.fee.value,
        "lots": pause.lots.value,
    }


def to_usage_decision(row: Row[Any]) -> UsageDecision:
    """The usage decision of a row."""
    return UsageDecision(row.period_on, OverageDecision(row.decision), row.reason, row.decided_on)


def from_usage_decision(decision: UsageDecision) -> dict[str, Any]:
    """The columns of one usage decision."""
    return {
        "period_on": decision.period_on,
        "decision": decision.decision.value,
        "reason": decision.reason,
        "decided_on": decision.decided_on,
    }


def to_adjustment(row: Row[Any]) -> LotAdjustment:
    """The lot adjustment of a row."""
    return LotAdjustment(row.on_date, row.minutes, row.reason, row.id)


def from_adjustment(adjustment: LotAdjustment) -> dict[str, Any]:
    """The columns of one lot adjustment."""
    return {
        "id": adjustment.id,
        "on_date": adjustment.on,
        "minutes": adjustment.minutes,
        "reason": adjustment.reason,
    }


def _cadence(unit: str | None, every: int | None) -> Cadence | None:
    return None if unit is None or every is None else Cadence(CadenceUnit(unit), every)
