"""Closing periods and deciding about late work from a shell. Hours and amounts worked by hand."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.books import account, book, plan, retainer, work
from tests.cli.conftest import Shell

REFUSED = 1
LATE_ID = "acme/advisory/2026-01-01"
LATE = {**work("2026-01-20", 90), "id": "late"}


@pytest.fixture
def closed(shell: Shell) -> Shell:
    """10 h a month at 1,000.00, 150 an hour beyond; 12 h in January: 300.00 invoiced, then closed."""
    terms = plan("2026-01-01", "1000.00", allowance_minutes=600)
    document = book(
        account("acme", retainer("advisory", "2026-01-01", terms), work=[work("2026-01-10", 720)])
    )
    shell.ok("import", shell.write("b.json", document))
    shell.ok("bill", as_of="2026-02-01")
    shell.ok("close", "--through", "2026-01-31", as_of="2026-02-02")
    return shell


def add(shell: Shell, *rows: Any) -> str:
    document = json.loads(exported(shell))
    document["accounts"][0]["work"] += rows
    return shell.ok("import", shell.write("late.json", document), as_of="2026-02-10").out


def exported(shell: Shell) -> str:
    path = shell.folder / "out.json"
    shell.ok("export", str(path))
    return path.read_text("utf-8")


def late(shell: Shell, *args: str) -> Any:
    return shell.ok("late", *args, "--json", as_of="2026-02-10").json


def test_closing_says_what_was_closed_and_closes_once(closed: Shell) -> None:
    again = closed.ok("close", "--through", "2026-01-31", "--json", as_of="2026-02-03").json
    assert again["closed"] == []
    ahead = closed.ok("close", "--through", "2026-02-28", "--dry-run", "--json", as_of="2026-03-01").json
    assert [(each["from"], each["used"]) for each in ahead["closed"]] == [("2026-02-01", 0)]
    assert closed.ok("close", "--through", "2026-02-28", as_of="2026-03-01").out.count("2026-02-01") == 1


def test_a_period_that_runs_is_not_closed(closed: Shell) -> None:
    told = closed.run("close", "--through", "2026-02-28", as_of="2026-02-10")
    assert told.code == REFUSED
    assert "is not over yet" in told.err


def test_an_import_into_a_closed_period_says_so_at_once(closed: Shell) -> None:
    """90 minutes at 150.00 an hour are 225.00."""
    assert "2026-01-01 – 2026-01-31 is closed: 1 h 30 more, 225.00 EUR of overage more" in add(closed, LATE)
    items = closed.ok("due", "--json", as_of="2026-02-10").json["items"]
    assert [each["kind"] for each in items if each["account"] == "acme"] == ["late_work"]


def test_late_work_is_listed_decided_and_taken_back(closed: Shell) -> None:
    add(closed, LATE)
    (waiting,) = late(closed)["late"]
    assert (waiting["id"], waiting["used"], waiting["price"]) == (LATE_ID, 90, "225.00")
    assert [each["choice"] for each in waiting["choices"]] == ["correct", "carry", "absorb"]
    assert waiting["entries"] == [{"id": "late", "on": "2026-01-20", "before": 0, "after": 90}]
    done = late(closed, LATE_ID, "--correct", "by phone", "--all")
    assert done["late"] == []
    (decided,) = done["decided"]
    assert (decided["choice"], decided["price"], decided["reason"]) == (
        "correct",
        "225.00",
        "by phone",
    )
    bill = closed.ok("bill", "--dry-run", "--json", as_of="2026-02-10").json
    assert [line["net"] for each in bill["proposed"] for line in each["lines"]] == ["225.00"]
    assert len(late(closed, "--undo", decided["id"])["late"]) == 1


def test_deleted_work_is_credited_on_its_invoice(closed: Shell) -> None:
    """An hour written down of 12: 150.00 less, credited with 19 % at once."""
    (entry,) = json.loads(exported(closed))["accounts"][0]["work"]
    closed.ok("write-down", "acme", entry["id"], "--minutes", "60", "--reason", "logged twice")
    done = late(closed, LATE_ID, "--credit", "logged twice", "--all")
    note = done["decided"][0]["invoice"]
    shown = closed.ok("invoice", note, "--json").json
    assert (shown["kind"], shown["net"]) == ("credit_note", "-150.00")
    told = closed.run("late", "--undo", done["decided"][0]["id"], as_of="2026-02-10")
    assert (told.code, "was issued for it" in told.err) == (REFUSED, True)


def test_a_period_is_reopened_until_something_was_invoiced_from_it(closed: Shell) -> None:
    add(closed, {**work("2026-02-10", 660), "id": "february"})
    closed.ok("close", "--through", "2026-02-28", as_of="2026-03-01")
    closed.ok("reopen", "acme/advisory", "2026-02-01", "--reason", "slip", as_of="2026-03-02")
    again = closed.ok("close", "--through", "2026-02-28", "--json", as_of="2026-03-03").json
    assert [(each["from"], each["overage"]) for each in again["closed"]] == [("2026-02-01", 60)]
    closed.ok("bill", as_of="2026-03-04")
    told = closed.run("reopen", "acme/advisory", "2026-02-01", "--reason", "slip", as_of="2026-03-05")
    assert (told.code, "stays closed" in told.err) == (REFUSED, True)


def test_a_closed_book_is_exported_and_imported_the_same(closed: Shell) -> None:
    add(closed, LATE)
    late(closed, LATE_ID, "--carry", "next month")
    text = exported(closed)
    closed.book = closed.folder / "copy.retainerdesk"
    closed.ok("import", closed.write("copy.json", json.loads(text)))
    assert exported(closed) == text


def test_wrong_ids_and_missing_choices_are_told(closed: Shell) -> None:
    for arguments in (("late", "acme/advisory/2026-02-01", "--absorb", "x"), ("late", LATE_ID)):
        assert closed.run(*arguments, as_of="2026-02-10").code == REFUSED
    assert closed.run("close", "--through", "2026-01-31", "--retainer", "acme", as_of="2026-02-10").code == 1
