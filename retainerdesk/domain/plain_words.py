"""The rules in force of a retainer as sentences: which are said, and with which values."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from retainerdesk.domain.money import Money, exponent
from retainerdesk.domain.notice import TermFacts, next_dates
from retainerdesk.domain.plain_words_english import ENGLISH
from retainerdesk.domain.plan import OverageDecision, Plan, RolloverPolicy, UsageUnit
from retainerdesk.domain.retainer import Notice, Pause, PauseFee, PauseLots, Renewal, Retainer
from retainerdesk.domain.sentence import Language, Sentence, in_words, said
from retainerdesk.domain.term import fee_on, rise_percent, service_end

# Only minutes are time: value and sessions have sentences of their own.
_OF = {UsageUnit.MINUTES: "", UsageUnit.MONEY: ".money", UsageUnit.SESSIONS: ".sessions"}


def agreement(retainer: Retainer, today: date) -> tuple[Sentence, ...]:
    """What is agreed on `today` (or on the first day, before the start), in the order people ask."""
    day = max(today, retainer.starts_on)
    plan, fee = fee_on(retainer, day)
    facts = next_dates(retainer, day)
    return (
        said(f"fee.{plan.timing.value}", fee=fee, every=plan.cadence, start=retainer.starts_on),
        *_allowance(plan),
        said(f"stub.{plan.proration.value}"),
        *_term(retainer, facts),
        *_escalator(retainer, facts, fee),
        *_notice_given(retainer),
        *(_pause(pause) for pause in retainer.pauses if pause.span.end > day),
        *(
            said("plan.next", day=later.from_on, fee=later.fee, every=later.cadence)
            for later in retainer.plans
            if later.from_on > day
        ),
        *([said("settled", day=retainer.settled_through)] if retainer.settled_through else []),
    )


def _allowance(plan: Plan) -> list[Sentence]:
    if plan.allowance_money is not None:
        rate = _rate(plan.value_rate or Decimal(0), plan.fee.currency)
        value = said("value", amount=plan.allowance_money, every=plan.metered_by, rate=rate)
        return [value, *_rollover(plan), said(f"value.{plan.overage.decision.value}")]
    if plan.allowance_sessions is not None:
        count = f"{plan.allowance_sessions}:session"
        price = plan.session_price or Money(0, plan.fee.currency)
        sessions = said("sessions", count=count, every=plan.metered_by)
        return [sessions, *_rollover(plan), _overage("session", plan.overage.decision, price or None)]
    rate = _rate(plan.overage.hourly_rate, plan.fee.currency)
    if plan.allowance_minutes == 0:
        none = said("hours.none")
        return [none, _overage("hours", plan.overage.decision, rate)] if plan.is_metered else [none]
    hours = said("hours", minutes=plan.allowance_minutes, every=plan.metered_by)
    beyond = _overage("overage", plan.overage.decision, rate if plan.overage.hourly_rate else None)
    return [hours, *_rollover(plan), beyond]


def _overage(what: str, decision: OverageDecision, price: Money | str | None) -> Sentence:
    """What goes beyond; its price where it may be asked for, or that none is agreed (None)."""
    has_price = decision in (OverageDecision.BILL, OverageDecision.ASK)
    if has_price and price is None:
        return said(f"{what}.{decision.value}.free")
    key = f"{what if has_price or what == 'session' else 'overage'}.{decision.value}"
    return said(key, rate=price) if has_price and price is not None else said(key)


def _rollover(plan: Plan) -> list[Sentence]:
    rollover, found, of = plan.rollover, list[Sentence](), _OF[plan.unit]
    if rollover.policy is RolloverPolicy.NONE:
        return [said(f"rollover.none{of}")]
    if rollover.policy.carries_surplus:
        cap = "cap" if rollover.cap_minutes is not None else "percent" if rollover.cap_percent else "all"
        found.append(
            said(
                f"rollover.{cap}{'' if cap == 'cap' else of}",
                minutes=rollover.cap_minutes or 0,
                percent=Fraction(rollover.cap_percent or 0),
            )
        )
        found.append(_expiry(plan))
    if rollover.total_cap_minutes is not None:
        found.append(said("rollover.total", minutes=rollover.total_cap_minutes))
    if rollover.policy.carries_deficit:
        found.append(said(f"rollover.deficit{of}"))
    return found


def _expiry(plan: Plan) -> Sentence:
    rollover, of = plan.rollover, _OF[plan.unit]
    if rollover.periods is not None:
        return said(f"lots.periods{of}", count=f"{rollover.periods}:period")
    if rollover.expires_on is not None:
        return said(f"lots.date{of}", day=rollover.expires_on - timedelta(days=1))
    return said(f"lots.{'term' if rollover.until_term_end else 'never'}{of}")


def _rate(rate: Decimal, currency: str) -> str:
    """An hourly rate with its own digits, but never fewer than the currency has."""
    digits = max(exponent(currency), -int(rate.normalize().as_tuple().exponent))
    return f"{rate:,.{digits}f} {currency}"


def _term(retainer: Retainer, facts: TermFacts | None) -> list[Sentence]:
    rule = retainer.term
    if rule is None:
        return [said("term.open")]
    if facts is None or facts.ends_on is not None:
        return [said("term.ends", day=end - timedelta(days=1)) for end in [service_end(retainer)] if end]
    if rule.renewal is Renewal.AUTOMATIC and facts.end and facts.notice_deadline:
        return [_automatic(facts.end, facts.notice_deadline, f"{rule.months}:month", rule.notice)]
    committed = [said("term.committed", day=facts.end - timedelta(days=1))] if facts.end else []
    rolling = said("term.rolling", notice=rule.notice) if rule.notice else said("term.rolling_free")
    return [*committed, rolling]


def _automatic(end: date, deadline: date, months: str, notice: Notice | None) -> Sentence:
    if notice is None:
        return said("term.renews_free", day=end, months=months)
    return said("term.renews", day=end, months=months, notice=notice, deadline=deadline)


def _escalator(retainer: Retainer, facts: TermFacts | None, fee: Money) -> list[Sentence]:
    if facts is None or facts.price_announcement is None or facts.end is None:
        return []
    rise = rise_percent(retainer, facts.number + 1) or Fraction(0)
    later = fee.times(1 + rise / 100)
    return [said("rise", percent=rise, fee=later, day=facts.end, announced=facts.price_announcement)]


def _notice_given(retainer: Retainer) -> list[Sentence]:
    if retainer.notice_given_on is None:
        return []
    by = retainer.notice_given_by.value if retainer.notice_given_by else "somebody"
    return [said(f"notice.{by}", day=retainer.notice_given_on)]


def _pause(pause: Pause) -> Sentence:
    fee = "free" if pause.fee is PauseFee.NONE else "paid"
    lots = "freeze" if pause.lots is PauseLots.FREEZE else "age"
    return said(f"pause.{fee}.{lots}", start=pause.span.start, last=pause.span.last_day)


def terms_in_words(retainer: Retainer, today: date, language: Language | None = None) -> tuple[str, ...]:
    """The agreement on `today` as text, one sentence each; English by default."""
    return in_words(agreement(retainer, today), language or ENGLISH)
