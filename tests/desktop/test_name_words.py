"""Names in sentences cannot turn them around, and take one line."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retainerdesk.desktop.name_words import (
    FIRST_STRONG_ISOLATE,
    POP_ISOLATE,
    in_sentence,
    isolated,
)


@pytest.mark.parametrize("name", ["Acme", "ACME & Söhne <Ltd>", "Łódź 3", "北京", "", "👩‍👧"])
def test_a_name_read_from_left_to_right_stays_as_it_is(name: str) -> None:
    assert isolated(name) == name


@pytest.mark.parametrize("name", ["שלום", "شركة", "\u202eAcme", "Acme\u2069", "\u2067x", "א 12 ב"])
def test_a_name_that_could_turn_a_sentence_stands_apart(name: str) -> None:
    assert isolated(name).startswith(FIRST_STRONG_ISOLATE)
    assert isolated(name).endswith(POP_ISOLATE)


@given(st.text(alphabet="aא\u202e\u202c\u2066\u2067\u2068\u2069 1", max_size=12))
def test_what_follows_a_name_is_never_inside_its_isolate(name: str) -> None:
    """Every isolate that is begun is ended, none is ended before it is begun, and the last is ours."""
    shown = isolated(name)
    depth = 0
    for place, letter in enumerate(shown):
        kind = unicodedata.bidirectional(letter)
        depth += (kind in {"LRI", "RLI", "FSI"}) - (kind == "PDI")
        assert depth >= (1 if shown != name and place < len(shown) - 1 else 0)
    assert depth == 0


def test_a_name_in_a_sentence_is_on_one_line_and_at_most_eighty_characters_long() -> None:
    assert in_sentence("two\nlines\tand  blanks") == "two lines and blanks"
    assert len(in_sentence("x" * 10_000)) == 80
    assert in_sentence("x" * 10_000).endswith("…")
