"""The words of invoice lines in the language of the account's documents.

English and German; another language is added by adding its row. Numbers stay plain here (minutes as
`3 h 30`); amounts and dates are formatted where the document is laid out.
"""

from __future__ import annotations

_WORDS = {
    "en": {
        "fee": "{name}, fee",
        "overage": "{name}, additional hours",
        "overage_detail": "{used} worked, {covered} included",
        "credit": "{name}, credit for the former terms",
        "renewed": "{name}, fee under the new terms",
        "overage_correction": "{name}, correction of additional hours",
        "discount": "Discount {percent} %",
        "included": "{granted} included",
        "included_carried": "{granted} included, {carried} carried over",
    },
    "de": {
        "fee": "{name}, Pauschale",
        "overage": "{name}, zusätzliche Stunden",
        "overage_detail": "{used} geleistet, {covered} enthalten",
        "credit": "{name}, Gutschrift der bisherigen Konditionen",
        "renewed": "{name}, Pauschale nach neuen Konditionen",
        "overage_correction": "{name}, Korrektur zusätzlicher Stunden",
        "discount": "Rabatt {percent} %",
        "included": "{granted} enthalten",
        "included_carried": "{granted} enthalten, {carried} übertragen",
    },
}


def line_words(key: str, locale: str, **values: str) -> str:
    """The line text `key` in the language of `locale` (English where there is none)."""
    table = _WORDS.get(locale.replace("-", "_").split("_")[0], _WORDS["en"])
    return table[key].format_map(values)


def duration_words(minutes: int) -> str:
    """Minutes as people write them: 1110 is "18 h 30", 45 is "45 min", 120 is "2 h"."""
    sign = "\u2212" if minutes < 0 else ""
    hours, rest = divmod(abs(minutes), 60)
    if not hours:
        return f"{sign}{rest} min"
    return f"{sign}{hours} h {rest:02}" if rest else f"{sign}{hours} h"
