"""Tax rates from a shell: the table, rows of the book, and the hints of a run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.books import account, book, plan, retainer
from tests.cli.conftest import Shell

REFUSED = 1
LAW = ("--source", "BGBl. 2026 I")


@pytest.fixture
def studio(shell: Shell) -> Shell:
    """A business in Germany; alfa pays 100.00 each quarter in advance from 1 December 2026, with 19 %."""
    quarter = plan("2026-12-01", "100.00", cadence={"unit": "month", "every": 3}, alignment="anniversary")
    shell.ok("import", shell.write("b.json", book(account("alfa", retainer("r", "2026-12-01", quarter)))))
    return shell


def rates(shell: Shell, *more: str) -> list[tuple[str, str]]:
    found = shell.ok("tax-rates", "--json", *more).json["rates"]
    return [(each["name"], each["percent"]) for each in found]


def test_the_rates_of_the_day_are_listed_with_their_source(studio: Shell) -> None:
    assert rates(studio, "--on", "2020-07-01") == [("Standard", "16"), ("Reduced", "5")]
    assert rates(studio, "--country", "at", "--on", "2026-11-22") == [
        ("Standard", "20"), ("Second reduced", "13"), ("Reduced", "10"),
    ]  # fmt: skip
    first: Any = studio.ok("tax-rates", "--json", "--on", "2026-11-22").json["rates"][0]
    assert (first["own"], first["from"], first["until"]) == (False, "2021-01-01", None)
    assert "gesetze-im-internet.de" in first["source"]
    assert len(rates(studio, "--all")) == 6
    assert "No rates of US" in studio.ok("tax-rates", "--country", "US").out


def test_a_rate_is_set_ended_and_removed(studio: Shell) -> None:
    studio.ok("tax-rates", "set", "--percent", "20", "--from", "2027-01-01", *LAW)
    assert rates(studio, "--on", "2026-12-31")[0] == ("Standard", "19")
    assert rates(studio, "--on", "2027-01-01")[0] == ("Standard", "20")
    studio.ok("tax-rates", "end", "--category", "reduced", "--until", "2027-01-01", "--on", "2026-11-22")
    assert rates(studio, "--on", "2027-01-01") == [("Standard", "20")]
    studio.ok("tax-rates", "remove")
    assert rates(studio, "--on", "2027-01-01") == [("Standard", "19")]
    studio.ok("check")


def test_a_run_names_a_change_in_law_and_a_rate_that_is_none(studio: Shell) -> None:
    """In December 19 % is right, but the quarter crosses 1 January 2027; in March it is no rate any more."""
    assert studio.ok("bill", "--dry-run", "--json", as_of="2026-12-01").json["hints"] == []
    studio.ok("tax-rates", "set", "--percent", "20", "--from", "2027-01-01", *LAW)
    answer = studio.ok("bill", "--json", as_of="2026-12-01")
    (hint,) = answer.json["hints"]
    assert hint["account"] == "alfa"
    assert "changes from 19 % to 20 % on 2027-01-01" in hint["text"]
    assert "Alfa: The rate “Standard” of DE changes" in answer.err
    assert len(answer.json["issued"]) == 1
    later = studio.ok("bill", "--dry-run", "--json", as_of="2027-03-01").json["hints"]
    assert [each["text"].split(";")[0] for each in later] == [
        "19 % is not a standard rate of DE on 2027-03-01"
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("set", "--percent", "20", "--from", "2027-01-01"), "Say where the rate is published"),
        (("set", "--percent", "20"), "Say the rate and its first day"),
        (("set", "--percent", "120", "--from", "2027-01-01", *LAW), "at most 100 percent"),
        (("end",), "Say the first day it no longer counts"),
        (("end", "--name", "Gone", "--until", "2027-01-01"), "in force are: standard “Standard”"),
        (("remove",), "begin on: none"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    studio: Shell, arguments: tuple[str, ...], words: str
) -> None:
    answer = studio.run("tax-rates", *arguments)
    assert answer.code == REFUSED
    assert words in answer.err


def test_rows_of_the_book_leave_with_it_and_come_back(studio: Shell, tmp_path: Path) -> None:
    studio.ok("tax-rates", "set", "--percent", "20", "--from", "2027-01-01", *LAW)
    first, second = str(tmp_path / "one.json"), str(tmp_path / "two.json")
    studio.ok("export", first)
    (tmp_path / "other").mkdir()
    other = Shell(tmp_path / "other", studio._capture)
    other.ok("import", first)
    other.ok("export", second)
    assert Path(first).read_text(encoding="utf-8") == Path(second).read_text(encoding="utf-8")
    assert rates(other, "--on", "2027-01-01")[0] == ("Standard", "20")
