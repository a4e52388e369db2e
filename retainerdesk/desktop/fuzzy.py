"""How well a few typed letters fit a name."""

from __future__ import annotations

import unicodedata


def score(typed: str, name: str) -> int | None:
    """The fit of `typed` in `name`, higher is better; None if its letters are not there in this order.

    Each word typed must fit on its own. Starts of words and unbroken runs count most; case and accents do not
    count.
    """
    parts = [_score_word(word, _folded(name)) for word in _folded(typed).split()]
    if any(part is None for part in parts):
        return None
    return sum(part for part in parts if part is not None)


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()


def _score_word(word: str, name: str) -> int | None:
    at = name.find(word)
    if at >= 0:
        starts_word = at == 0 or not name[at - 1].isalnum()
        return 100 + (50 if starts_word else 0) - min(at, 40)
    return _score_letters(word, name)


def _score_letters(word: str, name: str) -> int | None:
    total, at = 0, -1
    for letter in word:
        found = name.find(letter, at + 1)
        if found < 0:
            return None
        starts_word = found == 0 or not name[found - 1].isalnum()
        total += 5 if starts_word or found == at + 1 else 1
        at = found
    return total
