"""The rules in force of a retainer as sentences anyone can read.

A sentence is data first (a key and its values), then text by a `Language`: a template for every key, and
how amounts, dates and counts are written. Another language is another `Language`, not another rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from retainerdesk.domain.money import Money, exponent
from retainerdesk.domain.notice import TermFacts, next_dates
from retainerdesk.domain.period import Cadence, CadenceUnit
from retainerdesk.domain.plan import OverageDecision, Plan, RolloverPolicy, UsageUnit
from retainerdesk.domain.retainer import Notice, Pause, PauseFee, PauseLots, Renewal, Retainer
from retainerdesk.domain.term import fee_on, rise_percent, service_end

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# Only minutes are time: value and sessions have sentences of their own.
_OF = {UsageUnit.MINUTES: "", UsageUnit.MONEY: ".money", UsageUnit.SESSIONS: ".sessions"}

Value = Money | date | Cadence | Notice | Fraction | Decimal | int | str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A statement named by `key`. Minutes are int, whole counts "count:unit" strings such as "2:period"."""

    key: str
    values: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Language:
    """A template for every key, and how each kind of value is written."""

    templates: Mapping[str, str]
    write: Callable[[Value], str]


def said(key: str, **values: Value) -> Sentence:
    """A sentence with its values, in the order given."""
    return Sentence(key, tuple(values.items()))


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


def in_words(sentences: tuple[Sentence, ...], language: Language | None = None) -> tuple[str, ...]:
    """The text of each sentence; English by default. Values are inserted as they are: escape for markup."""
    chosen = language or ENGLISH
    return tuple(
        chosen.templates[each.key].format(**{name: chosen.write(value) for name, value in each.values})
        for each in sentences
    )


def terms_in_words(retainer: Retainer, today: date, language: Language | None = None) -> tuple[str, ...]:
    """The agreement on `today` as text, one sentence each."""
    return in_words(agreement(retainer, today), language)


# ---------------------------------------------------------------- English


def written(value: Value) -> str:
    """A value in English: 3,000.00 EUR · 2 Dec 2026 · a month · 60 days · 3 % · 20 h · 2 periods."""
    if isinstance(value, Money):
        return f"{value.as_decimal():,f} {value.currency}"
    if isinstance(value, date):
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    if isinstance(value, Cadence):
        return _written_cadence(value)
    if isinstance(value, Notice):
        return _counted(value.count, value.unit.value.removesuffix("s"))
    return _written_number(value)


def _written_number(value: Fraction | Decimal | int | str) -> str:
    if isinstance(value, int):
        return _written_hours(value)
    if isinstance(value, str):
        count, colon, unit = value.partition(":")
        return _counted(int(count), unit) if colon and count.isdigit() else value
    return f"{plain_number(value)} %"


def _written_cadence(cadence: Cadence) -> str:
    quarter = {(CadenceUnit.MONTH, 3): "a quarter", (CadenceUnit.MONTH, 6): "a half-year"}
    if (cadence.unit, cadence.every) in quarter:
        return quarter[cadence.unit, cadence.every]
    unit = cadence.unit.value
    return f"a {unit}" if cadence.every == 1 else f"every {cadence.every} {unit}s"


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _written_hours(minutes: int) -> str:
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else ""
    parts = [f"{hours} h"] if hours or not rest else []
    return sign + " ".join([*parts, *([f"{rest} min"] if rest else [])])


def plain_number(value: Fraction | Decimal | int) -> str:
    """At most two decimals, without trailing zeros; for showing only."""
    exact = Fraction(value)
    text = f"{Decimal(exact.numerator) / Decimal(exact.denominator):.2f}"
    return text.rstrip("0").rstrip(".")


ENGLISH = Language(
    templates={
        "fee.advance": "{fee} {every} since {start}, invoiced in advance.",
        "fee.arrears": "{fee} {every} since {start}, invoiced in arrears.",
        "hours.none": "No hours are agreed.",
        "hours.bill": "Every hour costs {rate}, invoiced with the period after.",
        "hours.ask": "Every hour costs {rate}, if both agree; decided for each period.",
        "value": "Work worth {amount} {every} is included, at {rate} an hour.",
        "value.bill": "Work beyond that is invoiced with the period after.",
        "value.ask": "Work beyond that is invoiced if both agree; decided for each period.",
        "value.absorb": "Work beyond that is not invoiced.",
        "value.carry": "Work beyond that is carried into the next period.",
        "sessions": "{count} {every} are included, one for each call.",
        "session.bill": "Beyond that {rate} a session, invoiced with the period after.",
        "session.ask": "Beyond that {rate} a session, if both agree; decided for each period.",
        "session.bill.free": "Sessions beyond that are not invoiced; no price is agreed for them.",
        "session.ask.free": "No price is agreed for sessions beyond that; they are decided for each period.",
        "session.absorb": "Sessions beyond that are not invoiced.",
        "session.carry": "Sessions beyond that are carried into the next period.",
        "hours": "{minutes} {every} are included.",
        "rollover.none": "Unused time is not carried.",
        "rollover.cap": "At most {minutes} unused are carried from a period, the oldest used first.",
        "rollover.percent": "At most {percent} of a period's time is carried, the oldest used first.",
        "rollover.all": "All unused time is carried, the oldest used first.",
        "rollover.total": "No more than {minutes} are carried at any time.",
        "rollover.deficit": "Time used beyond the allowance is taken from the next period.",
        "lots.periods": "Carried time lives for {count}.",
        "lots.date": "Carried time can be used until {day}.",
        "lots.term": "Carried time can be used until the end of the term.",
        "lots.never": "Carried time does not expire.",
        "rollover.none.money": "Unused value is not carried.",
        "rollover.percent.money": "At most {percent} of a period's value is carried, the oldest used first.",
        "rollover.all.money": "All unused value is carried, the oldest used first.",
        "rollover.deficit.money": "Value used beyond the allowance is taken from the next period.",
        "lots.periods.money": "Carried value lives for {count}.",
        "lots.date.money": "Carried value can be used until {day}.",
        "lots.term.money": "Carried value can be used until the end of the term.",
        "lots.never.money": "Carried value does not expire.",
        "rollover.none.sessions": "Unused sessions are not carried.",
        "rollover.percent.sessions": "At most {percent} of a period's sessions are carried,"
        " the oldest used first.",
        "rollover.all.sessions": "All unused sessions are carried, the oldest used first.",
        "rollover.deficit.sessions": "Sessions beyond the allowance are taken from the next period.",
        "lots.periods.sessions": "Carried sessions live for {count}.",
        "lots.date.sessions": "Carried sessions can be used until {day}.",
        "lots.term.sessions": "Carried sessions can be used until the end of the term.",
        "lots.never.sessions": "Carried sessions do not expire.",
        "overage.bill": "Beyond that {rate} an hour, invoiced with the period after.",
        "overage.ask": "Beyond that {rate} an hour, if both agree; decided for each period.",
        "overage.bill.free": "Work beyond that is not invoiced; no price is agreed for it.",
        "overage.ask.free": "No price is agreed for work beyond that; it is decided for each period.",
        "overage.absorb": "Work beyond that is not invoiced.",
        "overage.carry": "Work beyond that is carried into the next period.",
        "stub.actual_days": "Part periods cost their share of the days.",
        "stub.fixed_30": "Part periods cost their share of a month of 30 days.",
        "stub.full": "Part periods cost the full fee.",
        "stub.skip_stub": "Part periods are free.",
        "stub.merge_stub": "A part period at the start is invoiced with the first full one.",
        "term.open": "No end is agreed.",
        "term.ends": "Ends on {day}.",
        "term.renews": "Renews on {day} for {months} unless either side writes {notice} before,"
        " by {deadline}.",
        "term.renews_free": "Renews on {day} for {months} unless either side writes before.",
        "term.committed": "Agreed until {day}.",
        "term.rolling": "Then it goes on until either side gives {notice} notice.",
        "term.rolling_free": "Then it goes on until either side says so.",
        "rise": "The fee then changes by {percent} to {fee}, announced by {announced}.",
        "notice.us": "We gave notice on {day}.",
        "notice.them": "They gave notice on {day}.",
        "notice.somebody": "Notice was given on {day}.",
        "pause.free.freeze": "Paused from {start} to {last} without a fee; what was carried does not age.",
        "pause.free.age": "Paused from {start} to {last} without a fee; what was carried ages.",
        "pause.paid.freeze": "Paused from {start} to {last} at the full fee; what was carried does not age.",
        "pause.paid.age": "Paused from {start} to {last} at the full fee; what was carried ages.",
        "plan.next": "From {day}: {fee} {every}.",
        "settled": "What lies before {day} was settled elsewhere.",
    },
    write=written,
)
