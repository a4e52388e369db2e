"""Amounts, dates and numbers as the reader of a document writes them. Exact: no float, no rounding.

Amounts carry exactly the digits of their currency (JPY 0, EUR 2, BHD 3), whatever the locale data says.
Minus is U+2212. Periods are half-open and are shown with their last day.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from retainerdesk.domain.money import exponent

if TYPE_CHECKING:
    from datetime import date

    from babel import Locale
    from babel.numbers import NumberPattern

    from retainerdesk.domain.money import Money
    from retainerdesk.domain.period import Period

MINUS = "\u2212"
NO_BREAK = "\u00a0"
_DEFAULT_LOCALE = "en_GB"
_UNIT_PRICE_DECIMALS = 4
_COUNTRY_LANGUAGES = ("en", "de", "fr", "es")


@lru_cache(maxsize=32)
def locale_for(name: str, languages: tuple[str, ...]) -> Locale:
    """The locale of that name if a document can be written in its language, else British English.

    Figures follow the words: "1.234" in an English sentence would be read as little more than one.
    """
    from babel import Locale, UnknownLocaleError

    for candidate in (name, name.replace("-", "_").split("_")[0]):
        try:
            locale = Locale.parse(candidate, sep="-" if "-" in candidate else "_")
        except (ValueError, UnknownLocaleError):
            continue
        if locale.language in languages:
            return locale
    return Locale.parse(_DEFAULT_LOCALE)


class Formats:
    """Ways to write values in one locale."""

    def __init__(self, locale: Locale) -> None:
        self._locale = locale

    @property
    def language_tag(self) -> str:
        """The BCP 47 tag, such as de-AT."""
        return str(self._locale).replace("_", "-")

    @property
    def language(self) -> str:
        """The language of the words, such as de."""
        return str(self._locale.language)

    def amount(self, money: Money) -> str:
        """An amount with the currency where the locale puts it: €3,450.00 or 3.450,00 €."""
        digits = exponent(money.currency)
        return self._currency(money.as_decimal(), money.currency, digits, digits)

    def unit_price(self, price: Decimal, currency: str) -> str:
        """A price in major units: the currency's digits at least, up to four where it has more."""
        digits = exponent(currency)
        return self._currency(price, currency, digits, max(digits, _UNIT_PRICE_DECIMALS))

    def number(self, value: Decimal) -> str:
        """A plain figure with as many decimals as it needs: 1, 2.5, −0.25."""
        pattern = _with_digits(self._locale.decimal_formats[None].pattern, 0, 10)
        return _signed(value, pattern.apply(abs(value), self._locale))

    def percent(self, value: Decimal) -> str:
        """A rate in percent: Decimal("19") is 19%."""
        pattern = _with_digits(self._locale.percent_formats[None].pattern, 0, 6)
        return _signed(value, pattern.apply(abs(value) / 100, self._locale))

    def day(self, day: date) -> str:
        """22 November 2026, which stays on one line."""
        from babel.dates import format_date

        return format_date(day, "long", locale=self._locale).replace(" ", NO_BREAK)

    def short_day(self, day: date) -> str:
        """22 Nov 2026, for columns."""
        from babel.dates import format_date

        return format_date(day, "medium", locale=self._locale)

    def period(self, period: Period) -> str:
        """15 Nov – 14 Dec 2026: first and last day; what the two share is said once."""
        from babel.dates import format_interval

        last = max(period.start, period.last_day)
        text = format_interval(period.start, last, "yMMMd", locale=self._locale)
        return text.replace("\u2009", " ")

    def country(self, code: str) -> str:
        """The country's name; the code itself if it is not known."""
        return str(self._locale.territories.get(code.upper(), code))

    def is_country(self, text: str, code: str) -> bool:
        """Whether somebody typed the country of that code, in any language documents are written in."""
        from babel import Locale

        written = text.strip().casefold()
        names = (str(Locale(each).territories.get(code.upper(), code)) for each in _COUNTRY_LANGUAGES)
        return written in {code.casefold(), self.country(code).casefold(), *map(str.casefold, names)}

    def _currency(self, value: Decimal, currency: str, least: int, most: int) -> str:
        from babel.numbers import get_currency_symbol

        pattern = _with_digits(_plain_pattern(self._locale), least, most)
        figure = pattern.apply(abs(value), self._locale)
        symbol = get_currency_symbol(currency, locale=self._locale)
        sign = self._locale.currency_formats["standard"].pattern.split(";")[0]
        before, after = sign.startswith("¤"), sign.endswith("¤")
        gap = NO_BREAK if any(char.isspace() for char in sign) or symbol[-1:].isalpha() else ""
        text = f"{figure}{gap}{symbol}" if after and not before else f"{symbol}{gap}{figure}"
        return _signed(value, text)


def iban_groups(iban: str) -> str:
    """An IBAN in groups of four, as people read it aloud."""
    compact = "".join(iban.split()).upper()
    return NO_BREAK.join(compact[i : i + 4] for i in range(0, len(compact), 4))


def _signed(value: Decimal, magnitude: str) -> str:
    return MINUS + magnitude if value < 0 else magnitude


def _plain_pattern(locale: Locale) -> str:
    """The grouping of the currency pattern without its currency sign."""
    positive = locale.currency_formats["standard"].pattern.split(";")[0]
    return "".join(char for char in positive if char in "#,0.")


@lru_cache(maxsize=64)
def _with_digits(pattern: str, least: int, most: int) -> NumberPattern:
    from babel.numbers import parse_pattern

    parsed = parse_pattern(pattern)
    parsed.frac_prec = (least, most)
    return parsed
