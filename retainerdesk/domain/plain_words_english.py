"""The agreement in English: the templates and the way values are written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Cadence, CadenceUnit
from retainerdesk.domain.retainer import Notice
from retainerdesk.domain.sentence import Language, Value, plain_number

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


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
