"""How amounts, dates, spans and times are written on screen, in the language of the application.

Minus is U+2212. Spans show the last day included, as people say them. Nothing here is read back, and nothing
needs babel, which costs more than the first window may.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from retainerdesk.domain.money import Money, exponent, round_half_up

if TYPE_CHECKING:
    from retainerdesk.domain.period import Period

MINUS = "−"
_SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩"}


@dataclass(frozen=True, slots=True)
class Speech:
    """How one language writes. `symbol_first` also holds for codes: "CHF 5.00", else "5,00 CHF".

    `symbol_gap` stands between a symbol that comes first and the digits; a code always has a blank there.
    """

    months: tuple[str, ...]
    short_months: tuple[str, ...]
    group: str
    point: str
    symbol_first: bool
    day: str
    day_long: str
    near_days: tuple[str, str, str]
    by: str
    symbol_gap: str = ""


ENGLISH = Speech(
    ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
     "November", "December"),
    ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    ",", ".", True, "{day} {month}", "{day} {month} {year}", ("yesterday", "today", "tomorrow"), "by {day}",
)  # fmt: skip
GERMAN = Speech(
    ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
     "November", "Dezember"),
    ("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."),
    ".", ",", False, "{day}. {month}", "{day}. {month} {year}", ("gestern", "heute", "morgen"), "bis {day}",
)  # fmt: skip


# German of Switzerland and Liechtenstein has figures of its own: CHF 1’250.00.
SWISS = replace(GERMAN, group="’", point=".", symbol_first=True, symbol_gap=" ")
_SWISS_PLACES = (QLocale.Country.Switzerland, QLocale.Country.Liechtenstein)


def speech() -> Speech:
    """The language of the application: German where it is set, as its country writes; English otherwise."""
    locale = QLocale()
    if locale.language() != QLocale.Language.German:
        return ENGLISH
    return SWISS if locale.territory() in _SWISS_PLACES else GERMAN


# ---------------------------------------------------------------- amounts


def money(amount: Money) -> str:
    """All digits of the currency: €3,570.00 · ¥5,000 · BHD 1.250 · −€12.50."""
    return _with_symbol(amount, _digits(abs(amount.minor), exponent(amount.currency)))


def short_money(amount: Money) -> str:
    """Whole units, rounded half up, where a glance is enough: €3,570."""
    whole = round_half_up(Fraction(abs(amount.minor), 10 ** exponent(amount.currency)))
    return _with_symbol(amount, _digits(whole, 0))


def plain_money(amount: Money) -> str:
    """Without digits that are all zero: €3,000 but €3,570.50; for prices in sentences."""
    scale = 10 ** exponent(amount.currency)
    return money(amount) if amount.minor % scale else short_money(amount)


def signed_money(amount: Money) -> str:
    """A change: +€20.00 or −€20.00; nothing is put before zero."""
    return f"+{money(amount)}" if amount.minor > 0 else money(amount)


def _digits(units: int, places: int) -> str:
    words = speech()
    whole, part = divmod(units, 10**places)
    text = f"{whole:,}".replace(",", words.group)
    return f"{text}{words.point}{part:0{places}}" if places else text


def _with_symbol(amount: Money, digits: str) -> str:
    symbol = _SYMBOLS.get(amount.currency)
    words = speech()
    if not words.symbol_first:
        text = f"{digits} {symbol or amount.currency}"
    else:
        text = f"{symbol}{words.symbol_gap}{digits}" if symbol else f"{amount.currency} {digits}"
    return f"{MINUS}{text}" if amount.minor < 0 else text


def percent(value: Fraction | Decimal | int, places: int = 0) -> str:
    """A number of percent, rounded half up: 48 % · 48.4 % · −3 %."""
    return f"{number(value, places)} %"


def exact_percent(value: Decimal) -> str:
    """A rate as it was entered, without needless zeros: 12.5 % · 20 %."""
    return percent(value, max(0, -int(value.normalize().as_tuple().exponent)))


def number(value: Fraction | Decimal | int, places: int = 0) -> str:
    """A number with this many decimals, rounded half up; a rounded zero has no sign."""
    scaled = round_half_up(Fraction(value) * 10**places)
    text = _digits(abs(scaled), places)
    return f"{MINUS}{text}" if scaled < 0 else text


# ---------------------------------------------------------------- days


def day(on: date, today: date | None = None) -> str:
    """15 Nov, with the year if it is another one than that of `today`."""
    if today is not None and on.year != today.year:
        return day_long(on)
    words = speech()
    return words.day.format(day=on.day, month=words.short_months[on.month - 1])


def day_long(on: date) -> str:
    """22 Nov 2026."""
    words = speech()
    return words.day_long.format(day=on.day, month=words.short_months[on.month - 1], year=on.year)


def month(on: date) -> str:
    """November 2026."""
    return f"{speech().months[on.month - 1]} {on.year}"


def short_month(on: date) -> str:
    """Nov 2026."""
    return f"{speech().short_months[on.month - 1]} {on.year}"


def span(period: Period, today: date | None = None) -> str:
    """First and last day, both included: 15 Nov – 14 Dec; with years where they differ."""
    first, last = period.start, period.last_day if period.days else period.start
    if first == last:
        return day(first, today)
    if first.year != last.year:
        return f"{day_long(first)} – {day_long(last)}"
    return f"{day(first)} – {day(last, today)}"


def near_day(on: date, today: date) -> str:
    """A day beside today by its name (yesterday, today, tomorrow), any other as `day`."""
    near = {
        today + timedelta(days=step): word for step, word in zip((-1, 0, 1), speech().near_days, strict=True)
    }
    return near.get(on) or day(on, today)


def due_day(on: date, today: date) -> str:
    """When something is to be done: yesterday · today · tomorrow · by 2 Dec; what is late has no "by"."""
    text = near_day(on, today)
    return speech().by.format(day=text) if (on - today).days > 1 else text


def days(count: int) -> str:
    """1 day · 14 days."""
    if speech() is GERMAN:
        return "1 Tag" if count == 1 else f"{count} Tage"
    return "1 day" if count == 1 else f"{count} days"


# ---------------------------------------------------------------- times


def duration(minutes: int) -> str:
    """18 h 30 · 20 h · 45 min · −2 h · 0 h."""
    hours, rest = divmod(abs(minutes), 60)
    text = f"{hours} h {rest:02}" if hours and rest else f"{rest} min" if rest else f"{hours} h"
    return f"{MINUS}{text}" if minutes < 0 else text


# ---------------------------------------------------------------- sentences of the rules

_AMOUNT = re.compile(r"(?<![\w.,-])(-?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d{1,4})? ([A-Z]{3})\b")
_ISO_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b(?!-)")
_MINUTES = re.compile(r"\b(\d+) h (\d{1,2})(?: min)?\b")


def house_style(sentence: str) -> str:
    """A sentence of the rules ("856.80 EUR was due on 2026-10-02") with amounts, days and times as here.

    Only for text the program wrote: what people typed is shown as they typed it.
    """
    patterns: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
        (_AMOUNT, _styled_amount), (_ISO_DAY, _styled_day), (_MINUTES, _styled_minutes),
    )  # fmt: skip
    for pattern, write in patterns:
        sentence = pattern.sub(write, sentence)
    return sentence


def _styled_amount(found: re.Match[str]) -> str:
    sign, whole, part, currency = found.groups()
    value = Decimal(f"{sign}{whole.replace(',', '')}{part or ''}").scaleb(exponent(currency))
    if value != value.to_integral_value():
        return found[0]
    return plain_money(Money(int(value), currency))


def _styled_day(found: re.Match[str]) -> str:
    try:
        return day_long(date(int(found[1]), int(found[2]), int(found[3])))
    except ValueError:
        return found[0]


def _styled_minutes(found: re.Match[str]) -> str:
    return duration(int(found[1]) * 60 + int(found[2]))
