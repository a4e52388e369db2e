"""Words to look for: how a text is cut into them, for the index, for what is typed, for showing what fits.

One way of cutting serves all three, so whatever is kept is found by each of its words. A word is a run of
letters and digits without case and accents, in one form of each letter (NFKC). Where a script puts no spaces
between words (Chinese, Japanese, Thai), and of emoji, every sign is a word of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST_LETTERS = 48
"""A longer run of letters is known by its beginning."""
MOST_WORDS = 12
"""What is typed beyond so many words is not looked for."""
_MOST_TYPED = 2000
_MOST_SHOWN = 20_000
_MOST_PARTS = 16

_ALONE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2600-\u27bf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U0001f000-\U0001faff\U00020000-\U0003ffff"
)
_TOKEN = re.compile(f"[{_ALONE}]|[^\\W_{_ALONE}]+")
_SIGN = re.compile(f"[{_ALONE}]")
_ACCENTS = re.compile("[\u0300-\u036f]")

Span = tuple[int, int]
"""A place in a text, `[start, end)`, in characters."""


@dataclass(frozen=True, slots=True)
class SoughtWord:
    """One word as it was typed: parts in their order ("2026-0041" has two); the last begins a word."""

    parts: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether the last part can be nothing but itself: a sign that is a word of its own."""
        return _SIGN.fullmatch(self.parts[-1]) is not None


def folded(text: str) -> str:
    """`text` without case, accents and marks nobody sees; for comparing only."""
    if text.isascii():
        return text.lower()
    loose = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(letter for letter in _ACCENTS.sub("", loose) if unicodedata.category(letter) != "Cf")
    return unicodedata.normalize("NFC", bare)


def words_in(text: str) -> list[str]:
    """The words of a text in their order."""
    return [word[:MOST_LETTERS] for word in _TOKEN.findall(folded(text))]


def sought(typed: str) -> tuple[SoughtWord, ...]:
    """What somebody looks for, word by word; empty if nothing that was typed is a word."""
    found = (words_in(part)[:_MOST_PARTS] for part in typed[:_MOST_TYPED].split())
    words = dict.fromkeys(SoughtWord(tuple(parts)) for parts in found if parts)
    return tuple(words)[:MOST_WORDS]


def fitting_spans(text: str, wanted: Sequence[SoughtWord]) -> tuple[Span, ...]:
    """Where the words are in `text`, in order and apart from each other; of a long text its beginning."""
    plain, places = _with_places(text[:_MOST_SHOWN])
    tokens = [(each.group()[:MOST_LETTERS], each.span()) for each in _TOKEN.finditer(plain)]
    found = (span for word in wanted for span in _spans_of(word, tokens))
    return _apart(sorted((places[start], places[end - 1] + 1) for start, end in found))


def _spans_of(word: SoughtWord, tokens: Sequence[tuple[str, Span]]) -> Iterator[Span]:
    parts = word.parts
    for first in range(len(tokens) - len(parts) + 1):
        here = tokens[first : first + len(parts)]
        if not here[-1][0].startswith(parts[-1]):
            continue
        if all(token == part for (token, _), part in zip(here, parts[:-1], strict=False)):
            start, end = here[0][1][0], here[-1][1]
            yield start, min(end[1], end[0] + len(parts[-1]))


def _with_places(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its letters where it comes from."""
    if text.isascii():
        return text.lower(), range(len(text))
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        plain = folded(letter)
        letters.append(plain)
        places.extend([place] * len(plain))
    return "".join(letters), places


def _apart(spans: Sequence[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
