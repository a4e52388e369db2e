"""Cells a spreadsheet would calculate, in every column of text of every table that is written."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from retainerdesk.exchange.table_csv import plain_cell
from retainerdesk.services.book_files import ImportOptions, import_files
from retainerdesk.services.register import RegisterRow, list_register, register_csv
from tests.faults import jobs
from tests.faults.figures import Figures
from tests.faults.test_odd_files import HEAD, ROW, TEXT

# Half-width and full-width, after blanks, after quotes, and after what ends a cell where commas do not.
STARTS = (
    "=",
    "+",
    "-",
    "@",
    "＝",
    "＋",
    "－",
    "＠",
    "\t=",
    "\r=",
    "\n=",
    " =",
    '"=',
    "'=",
    "\u00a0=",
    "\ufeff=",
)
INSIDE = ("x;", "x\t", "x\n", "x\r\n", 'x;"', "x; ", "x|")
PAYLOADS = (
    *(f"{start}cmd|'/C calc'!A0" for start in STARTS),
    *(f"{before}{sign}1+1" for before in INSIDE for sign in "=+-@＝＋－＠"),
)
TEXT_FIELDS = ("number", "account_name", "account_id", "corrects", "reason")
CALCULATED = "=+-@＝＋－＠|%\t\r"
NUMBERS = {"net", "tax", "gross", "payable", "open", "overdue"}


def issued(folder: Path) -> RegisterRow:
    jobs.make_billed(folder)
    with jobs.opened(folder) as store, store.reading() as uow:
        return list_register(uow, jobs.TODAY)[0]


def formulas(text: str, delimiter: str) -> list[str]:
    """Cells of text that a spreadsheet which splits at `delimiter` would calculate."""
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    cells = [cell for line in lines[1:] for cell in line]
    begins = [cell.lstrip('" \u00a0\ufeff') for cell in cells]
    found = [cell for cell in begins if cell[:1] and cell[0] in CALCULATED]
    return [cell for cell in found if not is_number(cell.partition(",")[0])]


def is_number(text: str) -> bool:
    try:
        Decimal(text)
    except ArithmeticError:
        return False
    return True


def test_no_cell_of_the_register_is_a_formula_however_it_is_split(folder: Path, figures: Figures) -> None:
    """Split at commas as written; at semicolons and tabs as machines of other countries do."""
    row = issued(folder)
    for payload in PAYLOADS:
        for field in TEXT_FIELDS:
            changed: dict[str, Any] = {field: payload}
            text = register_csv([replace(row, **changed)])
            for delimiter in ",;\t":
                assert formulas(text, delimiter) == [], (field, ascii(payload), delimiter)
            (line,) = list(csv.DictReader(io.StringIO(text, newline="")))
            column = {"account_name": "account"}.get(field, field)
            assert plain_cell(line[column]) == payload
    figures.add(
        "F85", "cells a spreadsheet would calculate in every column of text of the register",
        payloads=len(PAYLOADS), columns=len(TEXT_FIELDS), formulas=0,
    )  # fmt: skip


def test_there_is_one_place_that_writes_tables() -> None:
    """So that what holds for the register holds for every table of the program."""
    package = Path(__file__).parents[2] / "retainerdesk"
    writers = [
        path.name for path in package.rglob("*.py")
        if any(each in path.read_text(encoding="utf-8") for each in ("csv.writer", "DictWriter", "text/csv"))
    ]  # fmt: skip
    assert writers == ["table_csv.py"]


def test_amounts_below_zero_stay_numbers(folder: Path) -> None:
    row = issued(folder)
    back = replace(row, net=-row.net, gross=-row.gross, payable=-row.payable, balance=-row.balance)
    (line,) = csv.DictReader(io.StringIO(register_csv([back]), newline=""))
    assert all(is_number(line[name]) for name in NUMBERS)
    assert line["net"].startswith("-")
    assert date.fromisoformat(line["issued_on"]) == row.issued_on


LATIN = TEXT.replace("Work", "Café").replace("Ada Nord", "Zoë Nord")
MORE_SHAPES: dict[str, tuple[bytes, int]] = {
    "in Windows-1252": (LATIN.encode("cp1252"), 3),
    "in UTF-16 without a mark": (TEXT.encode("utf-16-le"), 3),
    "in big-endian UTF-16": (b"\xfe\xff" + TEXT.encode("utf-16-be"), 3),
    "with lines before the table": (("Report\r\nJanuary 2026\r\n\r\n" + TEXT).encode(), 3),
    "with blank lines between": (TEXT.replace("\r\n", "\r\n\r\n").encode(), 3),
    "with quotes and line breaks in a cell": (
        TEXT.replace("Work", '"He said ""so"",\r\nthen left"').encode(), 3),
    "with one row that is shorter than the header": (
        (TEXT + "Ada Nord,ada@x.example,Alfa\r\n").encode(), 3),
}  # fmt: skip


@pytest.mark.parametrize("shape", MORE_SHAPES)
def test_a_time_export_in_an_odd_shape_gives_its_good_rows_and_names_the_others(
    shape: str, folder: Path, figures: Figures
) -> None:
    content, wanted = MORE_SHAPES[shape]
    jobs.make_owing(folder)
    (folder / "in" / "time.csv").write_bytes(content)
    with jobs.opened(folder) as store:
        options = ImportOptions(create=True)
        report = import_files(store, jobs.kept_in(folder), [folder / "in" / "time.csv"], options).value
    assert report.added == wanted
    assert len(report.refused) == ("shorter" in shape)
    assert all("row 5" in sentence for sentence in report.refused)
    figures.add("F99", f"a time export {shape}", rows=f"{wanted}/{wanted}")


@pytest.mark.parametrize("content", [TEXT.replace("Work", "W\x00rk").encode(), HEAD.encode(), b"\xff" * 5000])
def test_a_time_export_with_nul_or_without_rows_changes_nothing(content: bytes, folder: Path) -> None:
    from retainerdesk.domain.errors import RuleViolation

    jobs.make_owing(folder)
    (folder / "in" / "time.csv").write_bytes(content)
    with jobs.opened(folder) as store:
        try:
            options = ImportOptions(create=True)
            report = import_files(store, jobs.kept_in(folder), [folder / "in" / "time.csv"], options).value
        except RuleViolation:
            return
    assert report.added == 0


@pytest.mark.faults
def test_a_time_export_of_ten_gigabytes_is_refused_without_reading_it(folder: Path, figures: Figures) -> None:
    from retainerdesk.domain.errors import RuleViolation
    from tests.faults.test_odd_files import _peak_mib

    jobs.make_owing(folder)
    giant = folder / "in" / "time.csv"
    with giant.open("wb") as file:
        file.write(f"{HEAD}\r\n{ROW.format(day='2026-01-13')}\r\n".encode())
        file.truncate(10 << 30)
    peak = _peak_mib()
    with jobs.opened(folder) as store, pytest.raises(RuleViolation):
        import_files(store, jobs.kept_in(folder), [giant], ImportOptions(create=True))
    grown = _peak_mib() - peak
    assert grown < 32
    figures.add("F99", "a time export of 10 GiB", refused="1/1", memory_grown=f"{grown} MiB")
