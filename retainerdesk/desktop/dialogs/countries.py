"""Countries, currencies, time zones and languages by name, and what the settings of the system suggest.

Everything is loaded when a dialog needs it: Babel costs more than the first window may.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

from PySide6.QtCore import QLocale, QTimeZone

# Languages the documents are written in; the region decides how dates and amounts look.
DOCUMENT_LOCALES = (
    ("en_GB", "English (United Kingdom)"),
    ("en_US", "English (United States)"),
    ("en_IE", "English (Ireland)"),
    ("de_DE", "Deutsch (Deutschland)"),
    ("de_AT", "Deutsch (Österreich)"),
    ("de_CH", "Deutsch (Schweiz)"),
)
# Countries of several time zones: the one most people live in.
_MAIN_ZONES = {
    "US": "America/New_York", "CA": "America/Toronto", "AU": "Australia/Sydney", "BR": "America/Sao_Paulo",
    "MX": "America/Mexico_City", "RU": "Europe/Moscow", "ES": "Europe/Madrid", "PT": "Europe/Lisbon",
    "NZ": "Pacific/Auckland", "CL": "America/Santiago", "ID": "Asia/Jakarta", "CN": "Asia/Shanghai",
}  # fmt: skip
COMMON_CURRENCIES = ("EUR", "GBP", "USD", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "CAD", "AUD", "JPY")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a new business probably uses."""

    country: str
    currency: str
    time_zone: str
    locale: str


@cache
def countries(language: str = "en") -> tuple[tuple[str, str], ...]:
    """(code, name) of every country in `language`, by name."""
    from babel import Locale

    named = [
        (code, name)
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha()
    ]
    real = [each for each in named if each[0] not in ("EU", "EZ", "UN", "XA", "XB", "XK", "ZZ", "QO")]
    return tuple(sorted(real, key=lambda each: each[1].casefold()))


def with_empty(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The choices after an empty one."""
    return [("", ""), *choices]


@cache
def currencies() -> tuple[tuple[str, str], ...]:
    """(code, code and name) of the currencies: the common ones first."""
    from babel import Locale

    names = Locale("en").currencies
    return tuple((code, f"{code}  {names.get(code, '')}".strip()) for code in COMMON_CURRENCIES)


@cache
def time_zones() -> tuple[tuple[str, str], ...]:
    """(name, name) of every time zone that is a place."""
    places = [name for name in available_timezones() if "/" in name and not name.startswith("Etc/")]
    return tuple((name, name.replace("_", " ")) for name in ["UTC", *sorted(places)])


def currency_of(country: str) -> str:
    """The currency people pay with in a country; EUR where nothing is known."""
    from babel.core import get_global

    known = get_global("territory_currencies").get(country, ())
    # (code, from, until, is tender): the last one that is tender and has no end.
    now = [entry[0] for entry in known if entry[2] is None and entry[3]]
    return str(now[-1]) if now else "EUR"


def locale_of(country: str) -> str:
    """The document language that suits a country best."""
    german = {"DE": "de_DE", "AT": "de_AT", "CH": "de_CH", "LI": "de_CH"}
    english = {"US": "en_US", "IE": "en_IE"}
    return german.get(country) or english.get(country, "en_GB")


def time_zone_of(country: str) -> str:
    """A time zone of the country: the system's own if it lies there, else the country's first."""
    own = bytes(QTimeZone.systemTimeZoneId().data()).decode()
    territory = QLocale.codeToTerritory(country)
    there = [bytes(each.data()).decode() for each in QTimeZone.availableTimeZoneIds(territory)]
    known = [name for name in there if "/" in name]
    if own in known or not known:
        return own if "/" in own and not own.startswith("Etc/") else "UTC"
    return _MAIN_ZONES.get(country, known[0])


def system_suggestion() -> Suggestion:
    """What the settings of this computer say about where the business is."""
    country = QLocale.territoryToCode(QLocale.system().territory())
    return suggestion_for(country if len(country) == 2 else "")


def suggestion_for(country: str) -> Suggestion:
    """Currency, time zone and language that go with a country."""
    return Suggestion(country, currency_of(country), time_zone_of(country), locale_of(country))
