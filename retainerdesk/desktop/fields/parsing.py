"""What people type, strictly read: durations in several spellings, numbers in the form of the locale.

A text that could mean two things is refused with a sentence, never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.money import Money, exponent, parse_decimal, parse_money

MINUS = "\u2212"
_SPACES = str.maketrans({" ": " ", "\u00a0": " ", "\u202f": " ", "\u2009": " "})
_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)", re.ASCII)
_HOURS_AND_MINUTES = re.compile(r"(\d{1,4}) ?(?:h|hrs?|hours?|std\.?) ?(?:([0-5]?\d) ?(?:m|min|minutes?)?)?")
_MINUTES = re.compile(r"(\d{1,5}) ?(?:m|min|minutes?)?")
_DECIMAL_HOURS = re.compile(r"(\d{0,4})[.,](\d{1,4}) ?(?:h|hrs?|hours?|std\.?)")


@dataclass(frozen=True, slots=True)
class NumberForm:
    """How a locale writes numbers: the mark before decimals and the mark between groups of three digits."""

    decimal_mark: str = "."
    group_mark: str = ","


def parse_duration(text: str, field: str | None = None) -> int:
    """Minutes of "1:30", "90", "1.5h", "1 h 30", "45 min" or "2 h".

    A bare number is minutes. Decimal hours need their "h", and must come to whole minutes. Raises
    RuleViolation for anything else.
    """
    plain = text.translate(_SPACES).strip().casefold()
    if found := _CLOCK.fullmatch(plain):
        return int(found[1]) * 60 + int(found[2])
    if found := _MINUTES.fullmatch(plain):
        return int(found[1])
    if found := _HOURS_AND_MINUTES.fullmatch(plain):
        return int(found[1]) * 60 + int(found[2] or 0)
    if found := _DECIMAL_HOURS.fullmatch(plain):
        minutes = Decimal(f"{found[1] or 0}.{found[2]}") * 60
        if minutes == minutes.to_integral_value():
            return int(minutes)
        raise RuleViolation("duration.part", f"“{text}” is not a whole number of minutes.", field)
    raise RuleViolation("duration.form", f"“{text}” is no duration; write 1:30, 90, 1.5h or 1 h 30.", field)


def parse_number(text: str, form: NumberForm, field: str | None = None) -> Decimal:
    """The number of "1,250.00" (or "1.250,00" by another form); groups, if used, have three digits each."""
    plain = text.translate(_SPACES).strip().replace(MINUS, "-")
    whole, mark, part = plain.partition(form.decimal_mark)
    sign = whole[:1] if whole[:1] in ("-", "+") else ""
    # "−€ 12.50" without its currency keeps the blank.
    digits = _ungrouped(whole[len(sign) :].lstrip(), form)
    if digits is None or (mark and not part) or not part.isascii():
        example = f"1250{form.decimal_mark}00"
        raise RuleViolation("number.form", f"“{text}” is not a number like {example}.", field)
    return parse_decimal(f"{sign}{digits or '0'}{'.' if mark else ''}{part}", field)


def _ungrouped(whole: str, form: NumberForm) -> str | None:
    """The digits before the decimal mark; None where groups are not of three, or nothing stands there."""
    marks = {form.group_mark.translate(_SPACES), " ", "'", "’"} - {form.decimal_mark}
    used = sorted(mark for mark in marks if mark in whole)
    if not used:
        return whole if whole.isdigit() and whole.isascii() else None
    groups = whole.split(used[0])
    is_grouped = len(groups[0]) in (1, 2, 3) and all(len(group) == 3 for group in groups[1:])
    digits = "".join(groups)
    return digits if is_grouped and digits.isdigit() and digits.isascii() else None


def parse_amount(text: str, currency: str, form: NumberForm, field: str | None = None) -> Money:
    """An amount of `currency` in the form of the locale; RuleViolation for more digits than it has."""
    return parse_money(f"{parse_number(text, form, field):f}", currency, field)


def number_text(value: Decimal, form: NumberForm, least_digits: int = 0) -> str:
    """`value` as it is typed: no groups, no needless zeros beyond `least_digits` decimals."""
    digits = max(least_digits, -int(value.normalize().as_tuple().exponent), 0)
    return f"{value:.{digits}f}".replace(".", form.decimal_mark)


def amount_text(amount: Money, form: NumberForm) -> str:
    """An amount as it is typed, with all the digits of its currency."""
    return number_text(amount.as_decimal(), form, exponent(amount.currency))


def duration_text(minutes: int) -> str:
    """Minutes as they are typed: 90 is "1:30"."""
    return f"{minutes // 60}:{minutes % 60:02}"
