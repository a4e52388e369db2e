"""Amounts in words, as some countries want them on invoices and cheques: English, German, French, Spanish.

Whole units in words, the smaller ones as a fraction, the currency by its code: "one hundred twenty and 05/100
EUR". So no noun has to agree with a number, and no currency needs a name. Up to 10¹², both ends included.
"""

from __future__ import annotations

from collections.abc import Callable

from retainerdesk.domain.amount_words_romance import french, spanish
from retainerdesk.domain.money import Money, exponent

MOST = 10**12

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_EINS = [
    "null",
    "eins",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
    "fünfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
]
_ZEHNER = [
    "_", "_", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig",
]  # fmt: skip
_ENGLISH_POWERS = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"))
_GERMAN_POWERS = (
    (10**12, "Billion", "Billionen"),
    (10**9, "Milliarde", "Milliarden"),
    (10**6, "Million", "Millionen"),
)

_AND = {"en": "and", "de": "und", "fr": "et", "es": "con"}
_MINUS = {"en": "minus", "de": "minus", "fr": "moins", "es": "menos"}


def amount_words(amount: Money, language: str) -> str | None:
    """The amount in words, "two hundred and 00/100 EUR"; None in other languages and beyond 10¹² units.

    A currency without smaller units has no fraction; one with three decimals has thousandths.
    """
    write = _writers().get(language)
    digits = exponent(amount.currency)
    whole, rest = divmod(abs(amount.minor), 10**digits)
    if write is None or whole > MOST:
        return None
    words = [_MINUS[language]] if amount.minor < 0 else []
    words.append(write(whole))
    if digits:
        words.append(f"{_AND[language]} {rest:0{digits}}/{10**digits}")
    return " ".join([*words, amount.currency])


def _writers() -> dict[str, Callable[[int], str]]:
    return {"en": english, "de": german, "fr": french, "es": spanish}


def english(number: int) -> str:
    """A whole number from 0 to 10¹², American style: three thousand four hundred fifty."""
    for power, name in _ENGLISH_POWERS:
        if number >= power:
            return _joined(f"{english(number // power)} {name}", number % power, english)
    if number >= 100:
        return _joined(f"{_UNITS[number // 100]} hundred", number % 100, english)
    if number < 20:
        return _UNITS[number]
    tens, unit = divmod(number, 10)
    return f"{_TENS[tens]}-{_UNITS[unit]}" if unit else _TENS[tens]


def german(number: int) -> str:
    """A whole number from 0 to 10¹² as Germans count: dreitausendvierhundertfünfzig."""
    for power, one, many in _GERMAN_POWERS:
        if number >= power:
            count = number // power
            head = f"eine {one}" if count == 1 else f"{german(count)} {many}"
            return _joined(head, number % power, german)
    return _german_word(number)


def _german_word(number: int) -> str:
    """Below a million all of it is one word, and only its end is “eins”."""
    for power, name in ((1000, "tausend"), (100, "hundert")):
        if number >= power:
            count = number // power
            head = ("ein" if count == 1 else _before_noun(_german_word(count))) + name
            return head + (_german_word(number % power) if number % power else "")
    if number < 20:
        return _EINS[number]
    tens, unit = divmod(number, 10)
    return f"{_before_noun(_EINS[unit])}und{_ZEHNER[tens]}" if unit else _ZEHNER[tens]


def _before_noun(word: str) -> str:
    return word.removesuffix("s") if word.endswith("eins") else word


def _joined(head: str, rest: int, write: Callable[[int], str]) -> str:
    return f"{head} {write(rest)}" if rest else head
