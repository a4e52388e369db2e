"""Statements and letters about what is past due, from the shell."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.books import account, book, plan, retainer
from tests.cli.conftest import Shell


@pytest.fixture
def owing(shell: Shell) -> Shell:
    """January to March 2026: 1,190.00 each on the 1st, due after 14 days; January is paid."""
    acme = account("acme", retainer("r", "2026-01-01", plan("2026-01-01", "1000.00")))
    shell.ok("import", shell.write("b.json", book(acme)))
    for day in ("2026-01-01", "2026-02-01", "2026-03-01"):
        shell.ok("bill", as_of=day)
    paid = [{"on": "2026-01-20", "amount": "1190.00", "invoice": "2026-0001"}]
    acme["payments"] = paid
    shell.ok("import", shell.write("c.json", book(acme)))
    return shell


def test_a_statement_opens_moves_and_closes(owing: Shell) -> None:
    """February: opens at 0 (1,190 issued and paid in January), + 1,190.00, closes at 1,190.00."""
    span = ("--from", "2026-02-01", "--to", "2026-03-01")
    told = owing.ok("statement", "acme", *span, "--json", as_of="2026-03-05").json
    assert (told["opening"], told["closing"]) == ("0.00", "1190.00")
    assert [(each["on"], each["amount"]) for each in told["entries"]] == [("2026-02-01", "1190.00")]
    assert told["ageing"]["1_30"] == "1190.00"


def test_a_statement_is_written_as_a_pdf(owing: Shell, tmp_path: Path) -> None:
    target = tmp_path / "statement.pdf"
    owing.ok("statement", "acme", "--pdf", str(target), as_of="2026-03-05")
    assert target.read_bytes().startswith(b"%PDF-")


def test_the_letter_follows_the_oldest_debt(owing: Shell, tmp_path: Path) -> None:
    """February's invoice was due on 15 February: 3 days later a reminder, 30 days later the second notice."""
    assert owing.ok("dunning", "acme", "--json", as_of="2026-02-16").json["letter"] is None
    first = owing.ok("dunning", "acme", "--json", as_of="2026-02-18").json["letter"]
    assert (first["step"], [debt["past_due"] for debt in first["debts"]]) == ("reminder", ["1190.00"])
    later = owing.ok("dunning", "acme", "--json", as_of="2026-03-17").json["letter"]
    assert (later["step"], len(later["debts"])) == ("second_notice", 2)
    assert later["interest"][0]["fee"] == "40.00"
    target = tmp_path / "letter.pdf"
    owing.ok("dunning", "acme", "--step", "final_notice", "--pdf", str(target), as_of="2026-03-17")
    assert target.read_bytes().startswith(b"%PDF-")


def test_an_unknown_step_names_the_steps_there_are(owing: Shell) -> None:
    answer = owing.run("dunning", "acme", "--step", "shout", as_of="2026-03-17")
    assert answer.code == 1
    assert "reminder" in answer.err
