"""Tables written as CSV hold no formulas, and numbers stay numbers."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retainerdesk.domain.money import Money
from retainerdesk.exchange.table_csv import plain_cell, safe_cell, write_table


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        '"=1',
        "';=1",
        "\u00a0=1",
    ],
)
def test_text_a_spreadsheet_would_calculate_is_neutralised(text: str) -> None:
    safe = safe_cell(text)
    assert safe.startswith("'")
    assert plain_cell(safe) == text


@pytest.mark.parametrize("text", ["", "ACME & Söhne", "1-2", "a=b", "me@acme.example", "3000.00"])
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert safe_cell(text) == text


@given(st.text())
def test_every_text_can_be_had_back(text: str) -> None:
    assert plain_cell(safe_cell(text)) == text


def test_numbers_and_dates_are_written_plainly() -> None:
    """-5.00 EUR is -500 cents and stays a number; 1,200 JPY has no decimals; an empty cell is empty."""
    row = ("=x", -3, Decimal("-0.50"), Money(-500, "EUR"), Money(1200, "JPY"), date(2025, 1, 31), None)
    text = write_table(("Name", "n", "d", "m", "y", "on", "none"), [row])
    assert text == "Name,n,d,m,y,on,none\r\n'=x,-3,-0.50,-5.00,1200,2025-01-31,\r\n"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1))
def test_what_is_written_is_read_by_any_csv_reader(cells: list[str]) -> None:
    text = write_table(["c"] * len(cells), [cells])
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert [plain_cell(cell) for cell in read[1]] == cells
