"""The recovery phrase: a book key as 24 words a person can write down and type back (BIP-39, 256 bits).

24 words of 11 bits are 264: the key, and 8 bits of its SHA-256 as a check. The check notices 255 of 256
slips; which word it was can only be told with the book at hand, by its key's sign (`misspelt_word`).
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Sequence

from retainerdesk.domain.book_key import KEY_BYTES, BookKey
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.phrase_words import WORDS

PHRASE_WORDS = 24
_BITS = 11
_CHECK_BITS = 8
# Four letters tell any two words of the list apart; people may write no more.
_ENOUGH_LETTERS = 4
_INDEX = {word: number for number, word in enumerate(WORDS)}
_BY_BEGINNING = {word[:_ENOUGH_LETTERS]: word for word in WORDS}


def phrase_of(key: BookKey) -> tuple[str, ...]:
    """The 24 words of a key."""
    secret = key.reveal()
    number = int.from_bytes(secret + _check_of(secret), "big")
    return tuple(WORDS[number >> _BITS * place & 0x7FF] for place in reversed(range(PHRASE_WORDS)))


def words_in(text: str) -> tuple[str, ...]:
    """The words of what was typed: any case, any spaces, numbers and dots of a list left out."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    parts = "".join(ch if ch.isalpha() else " " for ch in plain).split()
    return tuple(_BY_BEGINNING.get(part, part) if len(part) == _ENOUGH_LETTERS else part for part in parts)


def key_of(text: str) -> BookKey:
    """The key a typed phrase stands for.

    Raises RuleViolation (field "phrase") for a wrong number of words, a word that is not in the list, by its
    place, and words that do not belong together. The message never repeats what was typed.
    """
    words = words_in(text)
    if len(words) != PHRASE_WORDS:
        raise _wrong(f"A recovery phrase has {PHRASE_WORDS} words; these are {len(words)}.")
    for place, word in enumerate(words, start=1):
        if word not in _INDEX:
            raise _wrong(f"Word {place} is not a word of recovery phrases: check its letters.")
    key = _key_if_sound([_INDEX[word] for word in words])
    if key is None:
        raise _wrong("These words do not belong together: one is wrong, or two are in each other's place.")
    return key


def misspelt_word(text: str, sign: bytes) -> int | None:
    """Which word (from 1) keeps a typed phrase from being the one whose key has this sign.

    Looks at every phrase that differs in one word. None if it is not one word, or if nothing is wrong.
    """
    words = words_in(text)
    known = [word for word in words if word in _INDEX]
    if len(words) != PHRASE_WORDS or len(known) < PHRASE_WORDS - 1:
        return None
    for place, numbers in _neighbours(words):
        key = _key_if_sound(numbers)
        if key is not None and key.sign == sign:
            return place
    return None


def wrong_places(asked: Sequence[str], typed: Sequence[str]) -> tuple[int, ...]:
    """Indexes (from 0) at which what was typed is not the word asked for."""
    return tuple(
        place
        for place, (word, answer) in enumerate(zip(asked, typed, strict=True))
        if words_in(answer) != (word,)
    )


def _neighbours(words: Sequence[str]) -> Iterator[tuple[int, list[int]]]:
    """Every phrase that differs in one word, with the place (from 1) where; only there if one is unknown."""
    unknown = [place for place, word in enumerate(words) if word not in _INDEX]
    numbers = [_INDEX.get(word, 0) for word in words]
    for place in unknown or range(PHRASE_WORDS):
        for number in range(len(WORDS)):
            if number != numbers[place] or unknown:
                yield place + 1, [*numbers[:place], number, *numbers[place + 1 :]]


def _key_if_sound(numbers: Sequence[int]) -> BookKey | None:
    whole = 0
    for number in numbers:
        whole = whole << _BITS | number
    secret = (whole >> _CHECK_BITS).to_bytes(KEY_BYTES, "big")
    return BookKey(secret) if _check_of(secret)[0] == whole & 0xFF else None


def _check_of(secret: bytes) -> bytes:
    return hashlib.sha256(secret).digest()[:1]


def _wrong(message: str) -> RuleViolation:
    return RuleViolation("phrase.wrong", message, "phrase")
