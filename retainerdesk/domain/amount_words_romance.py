"""Whole numbers in French and Spanish words."""

from __future__ import annotations

_FRENCH = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]
# 70 and 90 count on from 60 and 80.
_DIZAINES = [
    "_",
    "_",
    "vingt",
    "trente",
    "quarante",
    "cinquante",
    "soixante",
    "soixante",
    "quatre-vingt",
    "quatre-vingt",
]
_FRENCH_POWERS = (
    (10**12, "billion", "billions"),
    (10**9, "milliard", "milliards"),
    (10**6, "million", "millions"),
)
_SPANISH = [
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
]
_DECENAS = [
    "_", "_", "_", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa",
]  # fmt: skip
_CENTENAS = [
    "_",
    "ciento",
    "doscientos",
    "trescientos",
    "cuatrocientos",
    "quinientos",
    "seiscientos",
    "setecientos",
    "ochocientos",
    "novecientos",
]
_SPANISH_POWERS = ((10**12, "billón", "billones"), (10**6, "millón", "millones"))


def french(number: int) -> str:
    """A whole number from 0 to 10¹², in the spelling of France: quatre-vingt-onze, deux cents, deux mille."""
    for power, one, many in _FRENCH_POWERS:
        if number >= power:
            count = number // power
            head = f"un {one}" if count == 1 else f"{french(count)} {many}"
            return _with_rest(head, french(number % power) if number % power else "")
    if number >= 1000:
        count = number // 1000
        head = "mille" if count == 1 else f"{_without_plural(french(count))} mille"
        return _with_rest(head, french(number % 1000) if number % 1000 else "")
    return _french_hundreds(number)


def _french_hundreds(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _french_tens(rest)
    head = "cent" if hundreds == 1 else f"{_FRENCH[hundreds]} cent"
    if not rest:
        return head if hundreds == 1 else f"{head}s"
    return f"{head} {_french_tens(rest)}"


def _french_tens(number: int) -> str:
    if number < 20:
        return _FRENCH[number]
    tens, unit = divmod(number, 10)
    if tens in (7, 9):
        unit += 10
    word = _DIZAINES[tens]
    if not unit:
        return f"{word}s" if tens == 8 else word
    joint = " et " if unit in (1, 11) and tens < 8 else "-"
    return f"{word}{joint}{_FRENCH[unit]}"


def _without_plural(words: str) -> str:
    """Before “mille”, cents and quatre-vingts lose their s: deux cent mille."""
    return words.removesuffix("s") if words.endswith(("cents", "vingts")) else words


def spanish(number: int) -> str:
    """A whole number from 0 to 10¹², as Spain counts: mil millones, un billón, treinta y uno."""
    for power, one, many in _SPANISH_POWERS:
        if number >= power:
            count = number // power
            head = f"un {one}" if count == 1 else f"{_before_noun(spanish(count))} {many}"
            return _with_rest(head, spanish(number % power) if number % power else "")
    if number >= 1000:
        count = number // 1000
        head = "mil" if count == 1 else f"{_before_noun(spanish(count))} mil"
        return _with_rest(head, spanish(number % 1000) if number % 1000 else "")
    return _spanish_hundreds(number)


def _spanish_hundreds(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _spanish_tens(rest)
    if number == 100:
        return "cien"
    return _with_rest(_CENTENAS[hundreds], _spanish_tens(rest) if rest else "")


def _spanish_tens(number: int) -> str:
    if number < 30:
        return _SPANISH[number]
    tens, unit = divmod(number, 10)
    return f"{_DECENAS[tens]} y {_SPANISH[unit]}" if unit else _DECENAS[tens]


def _before_noun(words: str) -> str:
    """“Uno” is cut before a noun: veintiún mil, treinta y un millones."""
    if words.endswith("veintiuno"):
        return words.removesuffix("uno") + "ún"
    return words.removesuffix("o") if words.endswith("uno") else words


def _with_rest(head: str, rest: str) -> str:
    return f"{head} {rest}" if rest else head
