"""Number series from a shell: several, by year, with gaps, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.books import account, book, plan, retainer
from tests.cli.conftest import Shell

REFUSED = 1
WHY = ("--reason", "used in the old program")


def monthly(name: str) -> Any:
    return account(name, retainer("r", "2026-11-01", plan("2026-11-01", "100.00")))


@pytest.fixture
def two(shell: Shell) -> Shell:
    """Two accounts at 100.00 a month since November; a yearly series of events beside the usual one."""
    shell.ok("import", shell.write("b.json", book(monthly("alfa"), monthly("beta"))))
    events = ("series", "add", "events", "--format", "E{yy}-{number:02}", "--reset", "yearly")
    shell.ok(*events, "--name", "Events", as_of="2026-11-22")
    shell.ok("series", "use", "events", "--account", "beta")
    return shell


def numbers(shell: Shell, day: str) -> list[str]:
    return [each["number"] for each in shell.ok("bill", "--json", as_of=day).json["issued"]]


def shown(shell: Shell, name: str, day: str) -> Any:
    return next(each for each in shell.ok("series", "--json", as_of=day).json["series"] if each["id"] == name)


def test_accounts_are_numbered_by_their_series_and_years_begin_at_one(two: Shell) -> None:
    """November and December in 2026, January in 2027: E26-01, E26-02, then E27-01; the other one goes on."""
    assert numbers(two, "2026-11-22") == ["2026-0001", "E26-01"]
    assert numbers(two, "2026-12-31") == ["2026-0002", "E26-02"]
    assert numbers(two, "2027-01-01") == ["2027-0003", "E27-01"]
    assert shown(two, "events", "2027-01-01")["next_numbers"] == ["E27-02", "E27-03", "E27-04"]
    assert two.ok("check", as_of="2027-01-02").err == ""


def test_one_series_may_be_ahead_of_the_clock_and_the_other_goes_on(two: Shell) -> None:
    """beta was invoiced on 31 December; a clock of 22 November parks it and nobody else."""
    two.ok("bill", "--account", "beta", as_of="2026-12-31")
    two.ok("import", two.write("more.json", book(monthly("cora"))), "--update")
    two.ok("series", "use", "events", "--account", "cora")
    answer = two.ok("bill", "--json", as_of="2026-11-22").json
    assert [each["number"] for each in answer["issued"]] == ["2026-0001"]
    assert [each["account"] for each in answer["parked"]] == ["cora"]


def test_accounts_that_one_reason_parks_are_told_in_one_sentence(two: Shell) -> None:
    """The clock went back behind the invoice of n0; of the four others three are named. JSON keeps each."""
    two.ok("import", two.write("more.json", book(*(monthly(f"n{n}") for n in range(4)))), "--update")
    two.ok("bill", "--account", "n0", as_of="2026-12-31")
    told = two.run("bill", "--account", "n1", as_of="2026-11-22")
    assert told.err.startswith("N1 is parked: today is 2026-11-22")
    told = two.run("bill", "--json", as_of="2026-11-22")
    parked = [each["account"] for each in told.json["parked"]]
    assert len(parked) == len(set(parked)) == 4
    assert [line for line in told.err.splitlines() if "parked" in line] == [
        "4 accounts (Alfa, N1, N2 and 1 more) are parked: " + told.json["parked"][0]["reason"] + "."
    ]


def test_numbers_of_an_old_program_are_left_out_with_their_reason(two: Shell) -> None:
    answer = two.run("series", "gap", "invoice", "--from", "1", "--to", "40")
    assert answer.code == REFUSED
    assert "Say why numbers 1 to 40 are left out" in answer.err
    two.ok("series", "gap", "invoice", "--from", "1", "--to", "40", *WHY)
    assert numbers(two, "2026-11-22") == ["2026-0041", "E26-01"]
    assert shown(two, "invoice", "2026-11-22")["gaps"] == [
        {"year": None, "from": 1, "to": 40, "reason": "used in the old program"}
    ]
    two.ok("check", as_of="2026-11-22")


def test_the_next_number_goes_up_with_a_reason_and_never_down(two: Shell) -> None:
    answer = two.run("series", "change", "invoice", "--next", "42")
    assert answer.code == REFUSED
    assert "Numbers 1 to 41 of “invoice” would be left out: say why" in answer.err
    two.ok("series", "change", "invoice", "--next", "42", *WHY, "--dry-run")
    assert shown(two, "invoice", "2026-11-22")["next"] == 1
    two.ok("series", "change", "invoice", "--next", "42", *WHY)
    assert shown(two, "invoice", "2026-11-22")["next"] == 42
    answer = two.run("series", "change", "invoice", "--next", "7", *WHY)
    assert answer.code == REFUSED
    assert "cannot go down to 7" in answer.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("add", "b", "--format", "B-{number}", "--reset", "yearly"), "needs {year} or {yy}"),
        (("add", "b", "--format", "{year}-{number:04}"), "two documents would share one"),
        (("add", "b"), "Say how its numbers look"),
        (("add", "events", "--format", "B-{number}"), "a series “events” already"),
        (("change", "gone", "--name", "x"), "There is no series “gone”; the book has: events, invoice"),
        (("add", "b", "--format", "B{number}", "--year-starts-in", "13"), "from 1 to 12, not 13"),
        (("change",), "Name the series"),
        (("use", "events"), "Name the account"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    two: Shell, arguments: tuple[str, ...], words: str
) -> None:
    answer = two.run("series", *arguments)
    assert answer.code == REFUSED
    assert words in answer.err


def test_a_default_takes_the_place_of_the_one_before(two: Shell) -> None:
    two.ok("series", "change", "events", "--default")
    assert shown(two, "events", "2026-11-22")["default"] is True
    assert shown(two, "invoice", "2026-11-22")["default"] is False
    assert numbers(two, "2026-11-22") == ["E26-01", "E26-02"]


def test_series_gaps_and_choices_leave_with_the_book_and_come_back(two: Shell, tmp_path: Path) -> None:
    two.ok("series", "gap", "events", "--from", "3", "--to", "5", *WHY, as_of="2026-11-22")
    two.ok("bill", as_of="2026-12-31")
    first, second = str(tmp_path / "one.json"), str(tmp_path / "two.json")
    two.ok("export", first)
    other = Shell(tmp_path / "other", two._capture)
    (tmp_path / "other").mkdir()
    other.ok("import", first)
    other.ok("export", second)
    assert Path(first).read_text(encoding="utf-8") == Path(second).read_text(encoding="utf-8")
    assert numbers(other, "2027-01-01") == ["2027-0003", "E27-01"]
    other.ok("check", as_of="2027-01-01")
