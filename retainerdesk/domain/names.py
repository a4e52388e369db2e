"""Names as a reader sees them: compared, put in order, and told from others that look alike.

Nothing here changes a name. What is kept, shown and exported is what somebody typed.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

# Letters by what they look like, of Cyrillic, Greek, Armenian and Latin itself. Taken from Unicode Technical
# Standard 39, data file "confusables.txt", and kept to what is written in names of organisations.
_CAPITALS = {
    "A": "АΑ", "B": "ВΒ", "C": "СϹ", "E": "ЕΕ", "F": "Ϝ", "H": "НΗ", "I": "ІӀΙ", "J": "ЈͿ", "K": "КΚ",
    "M": "МΜ", "N": "Ν", "O": "ОΟՕ", "P": "РΡ", "S": "ЅՏ", "T": "ТΤ", "U": "Ս", "X": "ХΧ", "Y": "УҮΥ",
    "Z": "Ζ", "3": "З",
}  # fmt: skip
_SMALL = {
    "a": "аα", "b": "ЬвƄ", "c": "сϲ", "d": "ԁ", "e": "еε", "g": "ց", "h": "һհ", "i": "іıι", "j": "јϳ",
    "k": "кκ", "l": "ӏ", "m": "м", "n": "ոη", "o": "оοօσ", "p": "рρ", "q": "ԛզ", "r": "г", "s": "ѕ",
    "t": "тτ", "u": "սυ", "v": "νѵ", "w": "ԝա", "x": "хχ", "y": "уүγ", "6": "б",
}  # fmt: skip
_MARKS = {"-": "‐‑‒–—―−", "'": "‘’ʼ′`´", '"': "“”„″"}
# Nobody sees them, though they are no format characters (category Cf): joiners, fillers, variations.
_UNSEEN = frozenset([0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10)])
_LETTERS = {ord(other): letter for table in (_CAPITALS, _SMALL, _MARKS)
            for letter, others in table.items() for other in others}  # fmt: skip
# I, l, 1 and | are one stroke, O and 0 one ring: before capitals become small, where I would turn into i.
_STROKES = str.maketrans({"I": "l", "1": "l", "|": "l", "0": "o", "O": "o"})


def as_read(text: str) -> str:
    """`text` without case, without marks nobody sees, and with one form of each letter (NFKC).

    Full-width letters and ligatures are found by plain ones. It is for comparing only.
    """
    if text.isascii():
        return text.casefold()
    seen = "".join(filter(_is_seen, unicodedata.normalize("NFKC", text)))
    return unicodedata.normalize("NFKC", seen.casefold())


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter) != "Cf" and ord(letter) not in _UNSEEN


def name_order(name: str, own_id: str) -> tuple[str, str, str]:
    """The key that puts named things in order: as read, then as typed, then by id.

    The same in every list, whatever the language of the machine; no two things are equal in it.
    """
    return as_read(name), name, own_id


def looks(name: str) -> frozenset[str]:
    """What `name` looks like, as it is typed and in small letters; names that share one look alike.

    Letters of other alphabets stand for the Latin ones they look like, I and 1 for l, 0 for o, rn for m;
    marks nobody sees are gone, and several blanks are one.
    """
    seen = "".join(filter(_is_seen, unicodedata.normalize("NFKC", name)))
    return frozenset((_look(seen), _look(seen.casefold())))


def _look(text: str) -> str:
    plain = text.translate(_LETTERS).translate(_STROKES).casefold().translate(_LETTERS)
    return " ".join(plain.replace("rn", "m").replace("vv", "w").split())


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A name that looks like that of an account of the book; `is_same` if it differs in case at most."""

    name: str
    other_id: str
    other: str
    is_same: bool

    @property
    def sentence(self) -> str:
        """What to say of it. Nothing is refused: two clients may have one name."""
        if self.is_same:
            return f"There is an account of that name already: “{self.other}” ({self.other_id})."
        return f"“{self.name}” looks like “{self.other}” ({self.other_id}), but is not spelt the same."


class KnownNames:
    """The names of the accounts of a book, to look a new one up in."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """`names` are pairs of id and name."""
        self._by_look: dict[str, dict[str, str]] = defaultdict(dict)
        self._looks: dict[str, frozenset[str]] = {}
        for own_id, name in names:
            self.add(own_id, name)

    def add(self, own_id: str, name: str) -> None:
        """Know an account by this name, and no longer by one it had before."""
        for look in self._looks.pop(own_id, frozenset()):
            self._by_look[look].pop(own_id, None)
        self._looks[own_id] = looks(name)
        for look in self._looks[own_id]:
            self._by_look[look][own_id] = name

    def look_alike(self, name: str, own_id: str | None = None) -> LookAlike | None:
        """The first account, by `name_order`, that looks like `name`; `own_id` is never meant.

        The very same name goes before one that only looks like it.
        """
        looked = looks(name) if name.strip() else ()
        found = {each: other for look in looked for each, other in self._by_look.get(look, {}).items()}
        others = [(each, other) for each, other in found.items() if each != own_id]
        if not others:
            return None
        own = name.strip().casefold()
        other_id, other = min(
            others, key=lambda each: (each[1].casefold() != own, *name_order(each[1], each[0]))
        )
        return LookAlike(name.strip(), other_id, other, is_same=other.strip().casefold() == own)
