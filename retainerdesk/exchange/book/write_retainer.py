"""A retainer with its term, plans and pauses, as it stands in a book file."""

from __future__ import annotations

from retainerdesk.domain.period import Cadence
from retainerdesk.domain.plan import Plan, Rollover
from retainerdesk.domain.retainer import (
    Escalator,
    LotAdjustment,
    Notice,
    Pause,
    Retainer,
    TermRule,
    UsageDecision,
)
from retainerdesk.exchange.book.write_closing import close_node, late_node
from retainerdesk.exchange.book.write_values import Node, Unless, amount, day, members, plain, rate


def retainer_node(retainer: Retainer) -> dict[str, Node]:
    """Every field of interchange.md, then what else differs from its default."""
    return members(
        {
            "id": retainer.id,
            "name": retainer.name,
            "starts_on": day(retainer.starts_on),
            "settled_through": day(retainer.settled_through),
            "term": None if retainer.term is None else _term_node(retainer.term),
            "plans": [plan_node(plan) for plan in retainer.plans],
            "pauses": [_pause_node(pause) for pause in retainer.pauses],
            "notice_given_on": day(retainer.notice_given_on),
            "notice_given_by": retainer.notice_given_by and retainer.notice_given_by.value,
            "ended_on": Unless(None, day(retainer.ended_on)),
            "usage_decisions": Unless([], [usage_decision_node(item) for item in retainer.usage_decisions]),
            "adjustments": Unless([], [adjustment_node(item) for item in retainer.adjustments]),
            "closes": Unless([], [close_node(item) for item in retainer.closes]),
            "late": Unless([], [late_node(item) for item in retainer.late]),
        }
    )


def _term_node(term: TermRule) -> dict[str, Node]:
    return {
        "months": term.months,
        "renewal": term.renewal.value,
        "notice": None if term.notice is None else _notice_node(term.notice),
        "escalator": None if term.escalator is None else _escalator_node(term.escalator),
    }


def _notice_node(notice: Notice) -> dict[str, Node]:
    return {"count": notice.count, "unit": notice.unit.value}


def _escalator_node(escalator: Escalator) -> dict[str, Node]:
    index = [{"from": day(item.from_on), "value": plain(item.value)} for item in escalator.index]
    return members(
        {
            "percent": None if escalator.percent is None else plain(escalator.percent),
            "announce_days": escalator.announce_days,
            "floor_percent": Unless(
                None, None if escalator.floor_percent is None else plain(escalator.floor_percent)
            ),
            "cap_percent": Unless(
                None, None if escalator.cap_percent is None else plain(escalator.cap_percent)
            ),
            "first_on": Unless(None, day(escalator.first_on)),
            "index": Unless([], index),
        }
    )


def plan_node(plan: Plan) -> dict[str, Node]:
    """One plan; its fee and rates are in the account's currency."""
    overage_rate = rate(plan.overage.hourly_rate, plan.fee.currency)
    value_rate = None if plan.value_rate is None else rate(plan.value_rate, plan.fee.currency)
    return members(
        {
            "from": day(plan.from_on),
            "fee": str(plan.fee),
            "cadence": _cadence_node(plan.cadence),
            "alignment": plan.alignment.value,
            "billing_day": plan.billing_day,
            "timing": plan.timing.value,
            "proration": plan.proration.value,
            "allowance_minutes": plan.allowance_minutes,
            "allowance_money": Unless(None, amount(plan.allowance_money)),
            "value_rate": Unless(None, value_rate),
            "allowance_sessions": Unless(None, plan.allowance_sessions),
            "session_price": Unless(None, amount(plan.session_price)),
            "usage_cadence": Unless(None, plan.usage_cadence and _cadence_node(plan.usage_cadence)),
            "rollover": _rollover_node(plan.rollover),
            "overage": {"rate": overage_rate, "decision": plan.overage.decision.value},
            "text": Unless("", plan.text),
        }
    )


def _cadence_node(cadence: Cadence) -> dict[str, Node]:
    return {"unit": cadence.unit.value, "every": cadence.every}


def _rollover_node(rollover: Rollover) -> dict[str, Node]:
    return members(
        {
            "policy": rollover.policy.value,
            "periods": rollover.periods,
            "cap_minutes": rollover.cap_minutes,
            "total_cap_minutes": rollover.total_cap_minutes,
            "cap_percent": Unless(None, rollover.cap_percent),
            "expires_on": Unless(None, day(rollover.expires_on)),
            "until_term_end": Unless(False, rollover.until_term_end),
            "exclude_partial_first": Unless(False, rollover.exclude_partial_first),
        }
    )


def _pause_node(pause: Pause) -> dict[str, Node]:
    return {
        "from": day(pause.span.start),
        "to": day(pause.span.end),
        "fee": pause.fee.value,
        "lots": pause.lots.value,
    }


def usage_decision_node(decision: UsageDecision) -> dict[str, Node]:
    """What was decided about the overage of a usage period."""
    return {
        "period_on": day(decision.period_on),
        "decision": decision.decision.value,
        "reason": decision.reason,
        "decided_on": day(decision.decided_on),
    }


def adjustment_node(adjustment: LotAdjustment) -> dict[str, Node]:
    """Minutes added to or taken from a period, with their reason."""
    return {
        "id": adjustment.id,
        "on": day(adjustment.on),
        "minutes": adjustment.minutes,
        "reason": adjustment.reason,
    }
