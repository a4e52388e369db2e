"""Names in sentences cannot turn them around, and take one line."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retainerdesk import desktop
from retainerdesk.desktop.name_words import (
    FIRST_STRONG_ISOLATE,
    POP_ISOLATE,
    bearable,
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


def shown(text: str) -> str:
    """The marks as brackets, to be read here."""
    return text.replace(FIRST_STRONG_ISOLATE, "[").replace(POP_ISOLATE, "]")


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Acme has no document 7.", "Acme has no document 7."),
        ("Łódź: “7” is not a number of days.", "Łódź: “7” is not a number of days."),
        ("שלום 12 has no plan", "[שלום] 12 has no plan"),
        ("two pauses of שלום עולם overlap on 2026-01-02", "two pauses of [שלום עולם] overlap on 2026-01-02"),
        ("“א 12” is taken", "“[א 12]” is taken"),
        ("\u202eAcme has ended", "[\u202e]Acme has ended"),
    ],
)
def test_names_inside_a_refusal_are_kept_apart(message: str, expected: str) -> None:
    """“א 12”, quoted, is one name; elsewhere a figure after a name may belong to the sentence."""
    assert shown(bearable(message)) == expected


def test_what_is_kept_apart_already_is_not_marked_again() -> None:
    once = f"{in_sentence('שלום')}: no plan"
    assert bearable(once) == once
    assert bearable(bearable("שלום 12 has no plan")) == bearable("שלום 12 has no plan")


@pytest.mark.parametrize(
    "name",
    [
        "\u2067x\u2069", "\u2068x\u2069", "א\u2066b\u2069ג", "\u2067a\u2068b\u2069c\u2069",
        "\u2068\u2068", "\u2069\u2069",
        "\u2067“א” b\u2069", "א" * 80, "\u2067" * 40 + "a" * 41, "א" * 200,
    ],
)  # fmt: skip
def test_a_name_with_marks_of_its_own_is_kept_apart_once(name: str) -> None:
    once = in_sentence(name)
    assert bearable(once) == once
    sentence = f"{once} has no plan, and {once} has none"
    assert bearable(sentence) == sentence


@given(st.text(alphabet="aא“”\u202e\u202c\u2066\u2067\u2068\u2069 1", max_size=100))
def test_what_stands_in_a_sentence_is_never_marked_again(name: str) -> None:
    once = in_sentence(name)
    assert bearable(once) == once


@given(st.text(alphabet="aא“”\u202e\u202c\u2066\u2067\u2068\u2069 1", max_size=300))
def test_whatever_a_message_holds_each_isolate_in_it_is_ended(message: str) -> None:
    depth = 0
    for letter in bearable(message):
        kind = unicodedata.bidirectional(letter)
        depth += (kind in {"LRI", "RLI", "FSI"}) - (kind == "PDI")
        assert depth >= 0
    assert depth == 0


def test_every_refusal_that_is_shown_goes_through_it() -> None:
    """Whoever puts the message of an error into a widget takes `bearable`; `show_problem` and banners do."""
    put = re.compile(r"(?:set_?[tT]ext|show_words|show_lines|_hint|_say|append)\((?!bearable).*\.message")
    folder = Path(desktop.__path__[0])
    bare = {
        f"{path.name}: {line.strip()}"
        for path in folder.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if put.search(line)
    }
    assert bare == set()
