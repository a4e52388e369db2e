"""24 words carry a key there and back; a slip is noticed, and named where it can be."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retainerdesk.domain.book_key import BookKey
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.phrase_words import WORDS
from retainerdesk.domain.recovery_phrase import key_of, misspelt_word, phrase_of, words_in, wrong_places

keys = st.binary(min_size=32, max_size=32).map(BookKey)


def test_the_words_are_those_that_were_published() -> None:
    text = "\n".join(WORDS) + "\n"
    assert (
        hashlib.sha256(text.encode()).hexdigest()
        == "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda"
    )


@pytest.mark.parametrize(
    ("secret", "phrase"),
    [
        ("00" * 32, "abandon " * 23 + "art"),
        ("7f" * 32, "legal winner thank year wave sausage worth useful " * 2
         + "legal winner thank year wave sausage worth title"),
        ("ff" * 32, "zoo " * 23 + "vote"),
    ],
)  # fmt: skip
def test_the_published_examples_of_bip_39_hold(secret: str, phrase: str) -> None:
    assert " ".join(phrase_of(BookKey(bytes.fromhex(secret)))) == phrase
    assert key_of(phrase).reveal().hex() == secret


@given(keys)
def test_a_phrase_gives_its_key_back_however_it_is_typed(key: BookKey) -> None:
    words = phrase_of(key)
    numbered = "\n".join(f"{place}. {word.upper()}" for place, word in enumerate(words, start=1))
    for typed in (" ".join(words), numbered, "  ".join(word[:4] for word in words)):
        assert key_of(typed) == key


@pytest.mark.parametrize(
    ("phrase", "says"),
    [
        ("", "these are 0"),
        ("abandon " * 23, "these are 23"),
        ("abandon " * 25, "these are 25"),
        ("abandon " * 6 + "abandom " + "abandon " * 16 + "art", "Word 7 is not a word"),
        ("abandon " * 24, "do not belong together"),
    ],
)
def test_a_slip_is_said_without_repeating_what_was_typed(phrase: str, says: str) -> None:
    with pytest.raises(RuleViolation, match=says) as told:
        key_of(phrase)
    assert told.value.field == "phrase"
    assert "abando" not in told.value.message


@pytest.mark.parametrize("wrong", ["zebra", "zebrra"])
@pytest.mark.parametrize("place", [1, 13, 24])
def test_with_the_sign_of_the_book_the_wrong_word_is_named(place: int, wrong: str) -> None:
    key = BookKey(hashlib.sha256(b"x").digest())
    words = list(phrase_of(key))
    words[place - 1] = wrong
    assert misspelt_word(" ".join(words), key.sign) == place
    assert misspelt_word(" ".join(words), BookKey(bytes(32)).sign) is None


def test_two_wrong_words_cannot_be_named() -> None:
    key = BookKey(bytes(32))
    assert misspelt_word("zebra zebra " + "abandon " * 21 + "art", key.sign) is None


def test_words_typed_back_are_compared_one_by_one() -> None:
    assert wrong_places(("able", "zoo", "acid"), (" Able", "zo", "acid")) == (1,)
    assert words_in("1) abso 2) zoo") == ("absorb", "zoo")


@given(keys, keys)
def test_a_sign_tells_keys_apart_and_is_no_part_of_them(one: BookKey, other: BookKey) -> None:
    assert (one.sign == other.sign) == (one == other)
    assert one.sign not in one.reveal()
