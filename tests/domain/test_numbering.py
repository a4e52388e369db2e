"""Formats of invoice numbers, good and hostile."""

from __future__ import annotations

from datetime import date
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retainerdesk.domain.account import Series
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.numbering import LONGEST_NUMBER, check_format, next_numbers, render

DAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("text", "sequence", "number"),
    [
        ("{year}-{number:04}", 41, "2026-0041"),
        ("{year}-{number:04}", 12345, "2026-12345"),
        ("R{yy}{month}-{number}", 7, "R2603-7"),
        ("INV {number:02}", 3, "INV 03"),
        ("{number}", 1, "1"),
    ],
)
def test_placeholders_are_filled(text: str, sequence: int, number: str) -> None:
    assert render(Series("invoice", text), sequence, DAY) == number


@pytest.mark.parametrize(
    "text",
    [
        "{year}",
        "",
        "{number}{number}",
        "{year}/{number}",
        "..\\{number}",
        "{number:x}",
        "{number:4}",
        "{number:00}",
        "{number:013}",
        "{number!r}",
        "{number.__class__}",
        "{0}{number}",
        "{}{number}",
        "{number",
        "number}",
        "{{number}}",
        " {number}",
        "a\n{number}",
        "A" * 40 + "{number}",
    ],
)
def test_a_format_outside_the_allow_list_is_refused(text: str) -> None:
    with pytest.raises(RuleViolation) as caught:
        check_format(Series("invoice", text))
    assert (caught.value.rule, caught.value.field) == ("series.format", "format")


def test_a_number_that_grew_too_long_is_refused_rather_than_cut() -> None:
    series = Series("invoice", "A" * 38 + "{number}")
    assert len(render(series, 99, DAY)) == LONGEST_NUMBER
    with pytest.raises(RuleViolation):
        render(series, 100, DAY)


def test_documents_are_numbered_from_one() -> None:
    with pytest.raises(ValueError, match="from 1"):
        render(Series("invoice", "{number}"), 0, DAY)


def test_the_next_numbers_follow_without_gap() -> None:
    numbers = islice(next_numbers(Series("invoice", "{year}-{number:04}", 41), DAY), 3)
    assert list(numbers) == [(41, "2026-0041"), (42, "2026-0042"), (43, "2026-0043")]


@given(st.text(max_size=50), st.integers(1, 10**9))
def test_any_accepted_format_tells_two_documents_apart(text: str, sequence: int) -> None:
    series = Series("invoice", text + "{number:03}")
    try:
        first, second = (render(series, each, DAY) for each in (sequence, sequence + 1))
    except RuleViolation:
        return
    assert first != second
    assert "/" not in first
