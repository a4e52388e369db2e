"""Names as a reader sees them: one order everywhere, and look-alikes told from others."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retainerdesk.domain.names import _CAPITALS, _SMALL, KnownNames, as_read, name_order

ALIKE = {
    "a Cyrillic a": "\u0410cme",
    "a small Cyrillic a in capitals": "\u0430CME",
    "all of it Cyrillic that can be": "\u0410\u0441m\u0435",
    "a Greek capital": "\u0391cme",
    "a zero-width space inside": "Ac\u200bme",
    "a zero-width joiner and a variation": "Ac\u200dme\ufe0f",
    "two blanks": "  Acme ",
    "a no-break space at its end": "Acme\u00a0",
    "full-width letters": "\uff21cme",
    "mathematical letters": "\U0001d400cme",
    "a soft hyphen": "Ac\u00adme",
    "an override of direction": "\u202dAcme\u202c",
    "other capitals": "aCME",
}


@pytest.mark.parametrize("way", ALIKE)
def test_a_name_that_looks_like_acme_is_told_from_it(way: str) -> None:
    found = KnownNames([("zebra", "Zebra"), ("acme", "Acme")]).look_alike(ALIKE[way])
    assert found is not None
    assert (found.other_id, found.other) == ("acme", "Acme")
    same = way in ("other capitals", "two blanks", "a no-break space at its end")
    assert found.is_same is same


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("O2 Consulting", "02 Consulting"), ("Illume", "lllume"), ("Modern", "Modem"), ("IRIS", "iris"),
        ("\u041d\u041e\u0422\u0410", "HOTA"), ("\u041d\u043e\u0442\u0430", "\u043d\u043e\u0442\u0430"),
        ("\u0396\u0397\u039d", "ZHN"), ("Studio 1", "Studio I"), ("A\u2013B", "A-B"),
        ("O\u2019Neil", "O'Neil"),
        ("Acme  Studio", "Acme Studio"), ("\u1160Acme", "Acme"), ("\u0406BM", "lBM"),
    ],
)  # fmt: skip
def test_two_names_that_look_alike_are_found_from_either_side(name: str, other: str) -> None:
    assert KnownNames([("one", other)]).look_alike(name)
    assert KnownNames([("one", name)]).look_alike(other)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Acme", "Acne"), ("Müller", "Muller"), ("Studio 1", "Studio 2"), ("北京", "东京"), ("שלום", "שלומי"),
        ("Straße", "Strase"), ("🦊", "🐻"), ("A", "B"),
    ],
)  # fmt: skip
def test_names_that_differ_to_the_eye_are_left_alone(name: str, other: str) -> None:
    assert KnownNames([("one", other)]).look_alike(name) is None


def test_an_account_never_looks_like_itself_and_a_blank_name_like_nothing() -> None:
    known = KnownNames([("acme", "Acme"), ("blank", " ")])
    assert known.look_alike("Acme", "acme") is None
    assert known.look_alike("  ") is None


def test_the_very_same_name_is_said_before_one_that_only_looks_like_it() -> None:
    known = KnownNames([("a", "\u0410cme"), ("b", "Acme")])
    found = known.look_alike("ACME")
    assert found is not None
    assert (found.other_id, found.is_same) == ("b", True)
    assert found.sentence == "There is an account of that name already: “Acme” (b)."
    other = KnownNames([("acme", "Acme")]).look_alike("\u0410cme")
    assert other is not None
    assert other.sentence == "“\u0410cme” looks like “Acme” (acme), but is not spelt the same."


def test_the_table_holds_letters_of_other_alphabets_and_none_twice() -> None:
    for table in (_CAPITALS, _SMALL):
        listed = "".join(table.values())
        assert len(set(listed)) == len(listed)
        assert not [letter for letter in listed if letter.isascii()]
        for letter in listed:
            assert unicodedata.name(letter).split()[0] in {"CYRILLIC", "GREEK", "ARMENIAN", "LATIN"}
    assert set(_CAPITALS) | set(_SMALL) <= {*"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"}


@given(st.lists(st.tuples(st.text(max_size=8), st.uuids().map(str)), max_size=12))
def test_the_order_of_names_is_the_same_however_they_come(named: list[tuple[str, str]]) -> None:
    shuffled = list(named)
    random.Random(1).shuffle(shuffled)
    in_order = sorted(named, key=lambda each: name_order(*each))
    assert sorted(shuffled, key=lambda each: name_order(*each)) == in_order


def test_names_stand_in_order_as_they_are_read() -> None:
    """Full-width stands where plain letters stand; what is read alike is ordered as typed, then by id."""
    named = [("b", "Ｂeta"), ("a", "alpha"), ("c", "Gamma"), ("e", "ALPHA"), ("d", "alpha")]
    in_order = sorted(named, key=lambda each: name_order(each[1], each[0]))
    assert [own_id for own_id, _ in in_order] == ["e", "a", "d", "b", "c"]


@given(st.text(max_size=30))
def test_reading_a_name_twice_changes_nothing_more(name: str) -> None:
    assert as_read(as_read(name)) == as_read(name)


def test_a_renamed_account_is_no_longer_known_by_its_old_name() -> None:
    """An import that renames ACME and brings a new ACME says nothing of the old one."""
    names = KnownNames([("a", "ACME")])
    names.add("a", "Borealis")
    assert names.look_alike("ACME", "b") is None
    found = names.look_alike("Bοrealis", "b")
    assert found is not None
    assert found.other_id == "a"
