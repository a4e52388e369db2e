"""The words of invoice lines."""

from __future__ import annotations

from string import Formatter

import pytest

from retainerdesk.domain import line_words as words
from retainerdesk.domain.line_words import duration_words, line_words


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "0 min"), (45, "45 min"), (60, "1 h"), (65, "1 h 05"), (1110, "18 h 30"), (-90, "−1 h 30")],
)
def test_minutes_are_written_as_people_write_them(minutes: int, text: str) -> None:
    assert duration_words(minutes) == text


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en_GB", "Advisory, fee"),
        ("de_DE", "Advisory, Pauschale"),
        ("de-CH", "Advisory, Pauschale"),
        ("fr_BE", "Advisory, forfait"),
        ("es", "Advisory, cuota"),
        ("pt", "Advisory, fee"),
    ],
)
def test_a_line_is_in_the_language_of_the_locale_or_english(locale: str, text: str) -> None:
    assert line_words("fee", locale, name="Advisory") == text


def test_braces_in_a_name_are_only_text() -> None:
    assert line_words("fee", "en", name="{0} {name.__class__}") == "{0} {name.__class__}, fee"


def test_every_language_has_every_line_with_the_same_fields() -> None:
    english = words._WORDS["en"]
    for table in words._WORDS.values():
        assert table.keys() == english.keys()
        for key, text in table.items():
            assert _fields(text) == _fields(english[key])


def _fields(text: str) -> set[str | None]:
    return {field for _, field, _, _ in Formatter().parse(text) if field is not None}
