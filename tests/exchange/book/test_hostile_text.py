"""Text from people comes back unchanged from a book file, or is refused at its path; never altered."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from retainerdesk.exchange.book import BookRefused, read_book, write_book

EXAMPLE = json.loads((Path(__file__).parents[1] / "fixtures/invoiced.json").read_text())
HOSTILE = [
    "ACME & Söhne <Ltd>", "<script>alert(1)</script>", "<img src='file:///etc/passwd'>", "=HYPERLINK(1)",
    "'; DROP TABLE accounts; --", "../../etc/passwd", "CON", "undefined", "null", "true", "1e100", "%s%n{0}",
    "\u202emoc.elpmaxe", "\u200b\ufeff", "é e\u0301", "田中さん", "🏳️‍🌈👩‍👩‍👧",
    "ÅÆØ ß ſ", "\\u0000 \\ \" '", " lead and trail ",
    "two\nlines\r\n\tand a tab", "\u2028\u2029\x85\x0b", "\x01\x1f\x7f", "\U0010ffff", "x" * 10_000,
]  # fmt: skip
# Fields that take any text at all; others (ids, dates, codes) have a form of their own.
FREE = {"name", "text", "title", "reason", "owner", "role", "email", "tax_id", "iban", "chain_head"}


def text_places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    found = []
    for key, value in members:
        in_list = bool(path) and path[-1] in {"address", "details"}
        if isinstance(value, str) and (key in FREE or in_list or (key == "unit" and "lines" in path)):
            found.append((*path, key))
        found += text_places(value, (*path, key))
    return found


def filled(text: str) -> dict[str, Any]:
    book: dict[str, Any] = copy.deepcopy(EXAMPLE)
    for place in text_places(EXAMPLE):
        target: Any = book
        for step in place[:-1]:
            target = target[step]
        target[place[-1]] = text
    return book


def test_there_are_places_to_fill() -> None:
    assert len(text_places(EXAMPLE)) > 30


@pytest.mark.parametrize(
    "text", HOSTILE, ids=[text.encode("unicode_escape")[:20].decode() for text in HOSTILE]
)
def test_every_text_field_keeps_every_text(text: str) -> None:
    again = json.loads(write_book(read_book(json.dumps(filled(text)))))
    for place in text_places(EXAMPLE):
        target: Any = again
        for step in place:
            target = target[step]
        assert target == text, place


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "x\udfff"])
def test_text_that_cannot_be_kept_is_refused_everywhere(text: str) -> None:
    with pytest.raises(BookRefused) as caught:
        read_book(json.dumps(filled(text)))
    assert caught.value.total == len(text_places(EXAMPLE))
