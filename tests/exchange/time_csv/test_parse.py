"""Exports of three programs become rows of time; what is wrong is named by row and column."""

from datetime import date
from pathlib import Path

import pytest

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.exchange.time_csv import DateOrder, DateOrderNeeded, TimeSource, parse_time

FIXTURES = Path(__file__).parents[1] / "fixtures"
TOGGL = (FIXTURES / "toggl.csv").read_bytes()
CLOCKIFY = (FIXTURES / "clockify.csv").read_bytes()
HARVEST = (FIXTURES / "harvest.csv").read_bytes()


def test_toggl_entries_are_read_with_minutes_rounded_half_up() -> None:
    """1:30:00 is 90; 20 s are at least 1; 10:30 is 10.5, so 11; 10:29 is 10; midnight is no obstacle."""
    imported = parse_time(TOGGL)
    assert imported.source is TimeSource.TOGGL
    assert [(entry.row, entry.minutes) for entry in imported.entries] == [
        (2, 90), (3, 1), (4, 1), (5, 11), (6, 10), (11, 60), (14, 60),
    ]  # fmt: skip
    first, last = imported.entries[0], imported.entries[-1]
    assert (first.on, first.start, first.person, first.email) == (
        date(2025, 2, 3), "09:00:00", "Ada Nord", "ada@studio.example",
    )  # fmt: skip
    assert (first.client, first.project, first.text) == (
        "ACME & Söhne",
        "Advisory",
        'Roadmap, first "draft"',
    )
    assert last.text == "Two\nlines"
    assert imported.clients == ("ACME & Söhne",)
    assert imported.people == (("Ada Nord", "ada@studio.example"),)


def test_wrong_rows_of_toggl_are_refused_by_row_and_column() -> None:
    refused = {row.row: (row.column, row.sentence) for row in parse_time(TOGGL).refused}
    assert {row: column for row, (column, _) in refused.items()} == {
        7: "Client", 8: "Duration", 9: "Start date", 10: "End time", 12: "User", 15: "Start time", 16: "all",
    }  # fmt: skip
    assert "which account" in refused[7][1]
    assert "is zero" in refused[8][1]
    assert "“2025-02-30” cannot be read as a date" in refused[9][1]
    assert "before the start" in refused[10][1]
    assert "15 cells under 14 columns" in refused[16][1]


def test_equal_entries_keep_apart_and_their_names_stay_the_same() -> None:
    first, second = (parse_time(TOGGL).entries for _ in range(2))
    assert [entry.id for entry in first] == [entry.id for entry in second]
    assert first[2].id == f"{first[1].id}-2"
    assert len({entry.id for entry in first}) == len(first)


def test_clockify_dates_are_month_first_because_one_of_them_must_be() -> None:
    """02/14/2025 has no fourteenth month, so 02/03/2025 is 3 February. An empty h:mm:ss falls to decimals."""
    imported = parse_time(CLOCKIFY)
    assert [(entry.on, entry.start, entry.minutes) for entry in imported.entries] == [
        (date(2025, 2, 3), "10:23:52", 60),
        (date(2025, 2, 3), "12:00:00", 45),
        (date(2025, 2, 14), "00:00:00", 30),
    ]
    assert [(row.row, row.column) for row in imported.refused] == [(5, "Start Time"), (6, "Duration (h)")]


def test_dates_that_may_be_either_need_a_choice() -> None:
    ambiguous = CLOCKIFY.replace(b"02/14/2025", b"02/04/2025")
    with pytest.raises(DateOrderNeeded) as caught:
        parse_time(ambiguous)
    assert caught.value.example == "02/03/2025"
    assert caught.value.field == "date_order"
    assert parse_time(ambiguous, DateOrder.DAY_FIRST).entries[0].on == date(2025, 3, 2)
    assert parse_time(ambiguous, DateOrder.MONTH_FIRST).entries[0].on == date(2025, 2, 3)


def test_dates_in_two_orders_are_refused_until_one_is_chosen() -> None:
    mixed = CLOCKIFY.replace(b'"02/03/2025","12:00 PM","02/03/2025"', b'"25/03/2025","12:00 PM","25/03/2025"')
    with pytest.raises(RuleViolation, match="two orders"):
        parse_time(mixed)
    imported = parse_time(mixed, DateOrder.MONTH_FIRST)
    assert (3, "Start Date") in [(row.row, row.column) for row in imported.refused]


def test_harvest_hours_with_decimal_commas_are_read() -> None:
    """1,5 h is 90 minutes; 0,01 h is 36 s, so 1; 20,0 h is 1200; 1:15 is 75."""
    imported = parse_time(HARVEST)
    assert imported.source is TimeSource.HARVEST
    assert [(entry.row, entry.minutes, entry.text) for entry in imported.entries] == [
        (2, 90, "Roadmap"), (3, 1, ""), (4, 1200, "Long haul"), (6, 75, "Clock"),
    ]  # fmt: skip
    assert imported.people == (("Ada Nord", ""),)
    assert [(row.row, row.column) for row in imported.refused] == [(5, "Client"), (7, "Hours")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_encoding_gives_the_same_entries(encoding: str) -> None:
    text = TOGGL.decode("utf-8-sig")
    assert parse_time(text.encode(encoding)) == parse_time(TOGGL)


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_every_delimiter_gives_the_same_entries(delimiter: str) -> None:
    header, row = CLOCKIFY.decode().splitlines()[:2]
    comma = f"{header}\n{row.replace('02/03', '02/13')}\n"
    assert parse_time(comma.replace('","', f'"{delimiter}"').encode()) == parse_time(comma.encode())


def test_lines_above_the_header_are_skipped_and_still_counted() -> None:
    preamble = b"Detailed report\r\n\r\n"
    imported = parse_time(preamble + HARVEST)
    assert imported.entries[0].row == 4
    assert [entry.id for entry in imported.entries] == [entry.id for entry in parse_time(HARVEST).entries]


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"\x00\x01\x02" * 50, b"%PDF-1.7 \x81\x8d"])
def test_a_file_that_is_no_export_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(RuleViolation, match=r"Toggl Track|not a text file"):
        parse_time(data)


def test_a_missing_quote_is_told_with_its_row() -> None:
    broken = HARVEST.decode() + '2025-02-05,ACME,"' + "x" * 200_000
    with pytest.raises(RuleViolation, match=r"Row 8 .* quote"):
        parse_time(broken.encode())
