"""A retainer with its term, plans and pauses, read from a book file."""

from __future__ import annotations

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.period import Alignment, Cadence, CadenceUnit
from retainerdesk.domain.plan import (
    Overage,
    OverageDecision,
    Plan,
    Proration,
    Rollover,
    RolloverPolicy,
    Timing,
)
from retainerdesk.domain.retainer import (
    Escalator,
    IndexValue,
    LotAdjustment,
    Notice,
    NoticeBy,
    NoticeUnit,
    Pause,
    PauseFee,
    PauseLots,
    Renewal,
    Retainer,
    TermRule,
    UsageDecision,
    check_retainer,
)
from retainerdesk.exchange.book.fields import NO_DAY, Fields
from retainerdesk.exchange.book.read_closing import read_closes, read_late
from retainerdesk.exchange.book.read_lists import named
from retainerdesk.exchange.book.read_span import read_span
from retainerdesk.exchange.book.write_retainer import adjustment_node


def read_retainer(fields: Fields, account_id: str, currency: str) -> Retainer:
    """A retainer; id, name, starts_on and at least one plan are required. Checked by `check_retainer`."""
    before = fields.refusals.total
    closes = read_closes(fields)
    retainer = Retainer(
        account_id=account_id,
        id=fields.identifier("id"),
        name=fields.text("name"),
        starts_on=fields.day("starts_on"),
        settled_through=fields.maybe_day("settled_through"),
        term=_read_term(fields.maybe_child("term")),
        plans=tuple(_read_plan(plan, currency) for plan in fields.children("plans")),
        pauses=tuple(_read_pause(pause) for pause in fields.children("pauses")),
        notice_given_on=fields.maybe_day("notice_given_on"),
        notice_given_by=fields.maybe_choice("notice_given_by", NoticeBy),
        ended_on=fields.maybe_day("ended_on"),
        usage_decisions=tuple(_read_decision(item) for item in fields.children("usage_decisions")),
        adjustments=named(fields, "adjustments", "a", _read_adjustment, adjustment_node),
        closes=closes,
        late=read_late(fields, currency, closes),
    )
    fields.close()
    if fields.refusals.total == before or not _has_stand_ins(retainer):
        _check(fields, retainer)
    return retainer


def _has_stand_ins(retainer: Retainer) -> bool:
    """Whether a date could not be read: then comparing dates would only find faults that are none."""
    plans = [plan.from_on for plan in retainer.plans]
    pauses = [pause.span.start for pause in retainer.pauses]
    return NO_DAY in [retainer.starts_on, *plans, *pauses]


def _check(fields: Fields, retainer: Retainer) -> None:
    try:
        check_retainer(retainer)
    except RuleViolation as refused:
        fields.refuse(refused.field or "plans", refused.message)
    periods = [decision.period_on for decision in retainer.usage_decisions]
    for index, day in enumerate(periods):
        if day in periods[:index]:
            fields.refuse("usage_decisions", f"the period of {day} is decided twice; keep one decision.")


def _read_term(fields: Fields | None) -> TermRule | None:
    if fields is None:
        return None
    term = TermRule(
        months=fields.maybe_integer("months", least=1, most=1200),
        renewal=fields.choice("renewal", Renewal),
        notice=_read_notice(fields.maybe_child("notice")),
        escalator=_read_escalator(fields.maybe_child("escalator")),
    )
    fields.close()
    if term.months is None and term.renewal is not Renewal.ROLLING:
        fields.refuse("months", f"is missing: a term with {term.renewal.value} renewal needs its months.")
    return term


def _read_notice(fields: Fields | None) -> Notice | None:
    if fields is None:
        return None
    notice = Notice(count=fields.integer("count"), unit=fields.choice("unit", NoticeUnit))
    fields.close()
    return notice


def _read_escalator(fields: Fields | None) -> Escalator | None:
    if fields is None:
        return None
    escalator = Escalator(
        percent=fields.maybe_decimal("percent", least=None),
        announce_days=fields.integer("announce_days", 0),
        floor_percent=fields.maybe_decimal("floor_percent", least=None),
        cap_percent=fields.maybe_decimal("cap_percent", least=None),
        first_on=fields.maybe_day("first_on"),
        index=tuple(_read_index(item) for item in fields.children("index")),
    )
    fields.close()
    return escalator


def _read_index(fields: Fields) -> IndexValue:
    value = IndexValue(from_on=fields.day("from"), value=fields.decimal("value"))
    fields.close()
    return value


def _read_plan(fields: Fields, currency: str) -> Plan:
    usage = fields.maybe_child("usage_cadence")
    plan = Plan(
        from_on=fields.day("from"),
        fee=fields.money("fee", currency, least=0),
        cadence=_read_cadence(fields.child("cadence")),
        alignment=fields.choice("alignment", Alignment, Alignment.ANNIVERSARY),
        billing_day=fields.maybe_integer("billing_day", least=1, most=31),
        timing=fields.choice("timing", Timing, Timing.ADVANCE),
        proration=fields.choice("proration", Proration, Proration.ACTUAL_DAYS),
        allowance_minutes=fields.integer("allowance_minutes", 0),
        rollover=_read_rollover(fields.maybe_child("rollover")),
        overage=_read_overage(fields.maybe_child("overage")),
        usage_cadence=None if usage is None else _read_cadence(usage),
        text=fields.text("text", ""),
        allowance_money=fields.maybe_money("allowance_money", currency, least=0),
        value_rate=fields.maybe_decimal("value_rate"),
        allowance_sessions=fields.maybe_integer("allowance_sessions"),
        session_price=fields.maybe_money("session_price", currency, least=0),
    )
    fields.close()
    if plan.alignment is Alignment.DAY:
        _check_billing_day(fields, plan)
    return plan


def _check_billing_day(fields: Fields, plan: Plan) -> None:
    if not fields.has("billing_day"):
        fields.refuse("billing_day", "is missing: alignment to a day needs the day of the month, 1 to 31.")
    if plan.cadence.unit in (CadenceUnit.DAY, CadenceUnit.WEEK):
        fields.refuse("alignment", "to a day of the month needs a cadence of months or years.")


def _read_cadence(fields: Fields) -> Cadence:
    unit = fields.choice("unit", CadenceUnit)
    every = fields.maybe_integer("every", least=1, most=1200)
    fields.close()
    return Cadence(unit, every or 1)


def _read_rollover(fields: Fields | None) -> Rollover:
    if fields is None:
        return Rollover()
    rollover = Rollover(
        policy=fields.choice("policy", RolloverPolicy),
        periods=fields.maybe_integer("periods"),
        cap_minutes=fields.maybe_integer("cap_minutes"),
        total_cap_minutes=fields.maybe_integer("total_cap_minutes"),
        cap_percent=fields.maybe_integer("cap_percent"),
        expires_on=fields.maybe_day("expires_on"),
        until_term_end=fields.flag("until_term_end"),
        exclude_partial_first=fields.flag("exclude_partial_first"),
    )
    fields.close()
    return rollover


def _read_overage(fields: Fields | None) -> Overage:
    if fields is None:
        return Overage()
    overage = Overage(
        hourly_rate=fields.decimal("rate", "0"),
        decision=fields.choice("decision", OverageDecision, OverageDecision.ASK),
    )
    fields.close()
    return overage


def _read_pause(fields: Fields) -> Pause:
    pause = Pause(
        span=read_span(fields),
        fee=fields.choice("fee", PauseFee, PauseFee.NONE),
        lots=fields.choice("lots", PauseLots, PauseLots.FREEZE),
    )
    fields.close()
    return pause


def _read_decision(fields: Fields) -> UsageDecision:
    decision = UsageDecision(
        period_on=fields.day("period_on"),
        decision=fields.choice("decision", OverageDecision),
        reason=fields.text("reason", ""),
        decided_on=fields.maybe_day("decided_on"),
    )
    fields.close()
    return decision


def _read_adjustment(fields: Fields) -> LotAdjustment:
    adjustment = LotAdjustment(
        on=fields.day("on"),
        minutes=fields.integer("minutes", least=-(2**31)),
        reason=fields.text("reason"),
        id=fields.identifier("id", ""),
    )
    fields.close()
    return adjustment
