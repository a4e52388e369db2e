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


def test_the_first_letter_is_the_reminder_however_old_the_debt(owing: Shell, tmp_path: Path) -> None:
    """February's invoice was due on 15 February: 3 days later a reminder, and nothing else before it. On 17
    March March's, due on the 15th, waits for its own third day."""
    assert owing.ok("dunning", "acme", "--json", as_of="2026-02-16").json["letter"] is None
    first = owing.ok("dunning", "acme", "--json", as_of="2026-02-18").json["letter"]
    assert (first["step"], [debt["past_due"] for debt in first["debts"]]) == ("reminder", ["1190.00"])
    later = owing.ok("dunning", "acme", "--json", as_of="2026-03-17").json["letter"]
    assert (later["step"], [debt["number"] for debt in later["debts"]]) == ("reminder", ["2026-0002"])


def test_a_named_step_covers_everything_past_due(owing: Shell, tmp_path: Path) -> None:
    """Both are past due on 17 March; the second notice adds 40.00 for each, and interest."""
    target = tmp_path / "letter.pdf"
    told = owing.ok(
        "dunning", "acme", "--step", "second_notice", "--pdf", str(target), "--json", as_of="2026-03-17"
    ).json["letter"]
    assert (len(told["debts"]), told["interest"][0]["fee"]) == (2, "40.00")
    assert target.read_bytes().startswith(b"%PDF-")
    bare = owing.ok(
        "dunning", "acme", "--step", "second_notice", "--no-interest", "--json", as_of="2026-03-17"
    )
    assert (bare.json["letter"]["interest"], bare.json["letter"]["total"]) == ([], "2380.00")


def test_what_was_sent_decides_what_comes_next(owing: Shell) -> None:
    """The reminder of 18 February: the first notice comes 14 − 3 = 11 days after it, on 1 March."""
    owing.ok("dunning", "acme", "--sent", as_of="2026-02-18")
    kept = owing.ok("letters", "acme", "--json", as_of="2026-02-18").json["letters"]
    assert [(each["step"], each["total"], len(each["sha256"])) for each in kept] == [
        ("reminder", "1190.00", 64)
    ]
    assert owing.ok("dunning", "acme", "--json", as_of="2026-02-28").json["letter"] is None
    assert owing.ok("dunning", "acme", "--json", as_of="2026-03-01").json["letter"]["step"] == "first_notice"
    again = owing.run("dunning", "acme", "--step", "reminder", as_of="2026-03-01")
    assert (again.code, "already" in again.err) == (1, True)
    owing.ok("letters", "acme", "--take-back", kept[0]["id"], as_of="2026-03-01")
    assert owing.ok("dunning", "acme", "--json", as_of="2026-03-01").json["letter"]["step"] == "reminder"


def test_all_letters_due_are_written_into_a_folder_once(owing: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    told = owing.ok("dunning", "--folder", str(folder), "--json", as_of="2026-02-18").json
    assert (told["sent"], told["parked"]) == (1, [])
    assert [each.name for each in folder.iterdir()] == ["acme-reminder-2026-02-18-EUR.pdf"]
    assert owing.ok("dunning", "--json", as_of="2026-02-18").json["letters"] == []


def test_a_statement_can_be_kept_as_sent(owing: Shell) -> None:
    assert owing.ok("statement", "acme", "--sent", "--json", as_of="2026-03-05").json["sent"] is True
    kept = owing.ok("letters", "--json", as_of="2026-03-05").json["letters"]
    assert [(each["kind"], each["total"]) for each in kept] == [("statement", "2380.00")]


def test_what_is_owed_is_listed_by_age(owing: Shell) -> None:
    """5 March: February's 1,190.00 is 18 days past due, March's not due. January was paid 5 days late (due
    the 15th, paid the 20th), February is 18 late so far: 23 ÷ 2 = 11.5. Of 2,380.00, March takes 1,190.00 in
    5 days, February the same in 28: DSO 33."""
    told = owing.ok("owed", "--json", as_of="2026-03-05").json
    row = told["accounts"][0]
    assert (told["basis"], row["open"], row["ageing"]["not_due"], row["ageing"]["1_30"]) == (
        "due_date", "2380.00", "1190.00", "1190.00",
    )  # fmt: skip
    assert (row["average_days_late"], row["dso"], row["next_step"]) == ("11.5", "33.0", "reminder")
    assert told["totals"][0]["dso"] == "33.0"
    account = owing.ok("account", "acme", "--json", as_of="2026-03-05").json
    listed = owing.ok("accounts", "--json", as_of="2026-03-05").json["accounts"][0]
    assert [(each["average_days_late"], each["dso"]) for each in (account, listed)] == [("11.5", "33.0")] * 2


def test_a_half_year_that_is_missing_is_named_and_can_be_added(owing: Shell) -> None:
    """Past June 2026 the table ends; added, it goes on. Half-years are added in order."""
    refused = owing.ok("dunning", "acme", "--step", "second_notice", as_of="2026-08-01")
    assert "late-interest --add bundesbank --from 2026-07-01" in refused.err
    add = ("late-interest", "--add", "bundesbank", "--percent", "1.27", "--source", "Bundesbank, June 2026")
    assert owing.run(*add, "--from", "2027-01-01", as_of="2026-08-01").code == 1
    owing.ok(*add, "--from", "2026-07-01", as_of="2026-08-01")
    letter = owing.ok("dunning", "acme", "--step", "second_notice", "--json", as_of="2026-08-01").json[
        "letter"
    ]
    assert letter["without_interest"] is None
    listed = owing.ok("late-interest", "--json", as_of="2026-08-01").json["references"]
    rates = {each["reference"]: each for each in listed}
    assert rates["bundesbank"]["known_until"] == "2027-01-01"
    owing.ok("late-interest", "--remove", "bundesbank", "--from", "2026-07-01", as_of="2026-08-01")
    assert "late-interest" in owing.ok("dunning", "acme", "--step", "second_notice", as_of="2026-08-01").err


def test_an_unknown_step_names_the_steps_there_are(owing: Shell) -> None:
    answer = owing.run("dunning", "acme", "--step", "shout", as_of="2026-03-17")
    assert answer.code == 1
    assert "reminder" in answer.err


def test_an_american_seller_asks_for_the_interest_that_was_agreed(shell: Shell) -> None:
    """1,190.00 due 15 February, on 17 March: 30 days × 12 % = 11.7369…; 1,190.00 due 15 March: 2 days =
    0.7824…. 2,380.00 + 11.74 + 0.78 = 2,392.52, and no fixed sum."""
    acme = account("acme", retainer("r", "2026-02-01", plan("2026-02-01", "1000.00")))
    seller = book()["business"] | {"country": "US"}
    shell.ok("import", shell.write("us.json", book(acme, business=seller)))
    for day in ("2026-02-01", "2026-03-01"):
        shell.ok("bill", as_of=day)
    ask = ("dunning", "acme", "--step", "second_notice", "--json")
    bare = shell.ok(*ask, as_of="2026-03-17").json["letter"]
    assert bare["total"] == "2380.00"
    assert "late-interest --agreed ID --percent RATE" in bare["without_interest"]
    listed = shell.ok(
        "late-interest", "--agreed", "acme", "--percent", "12", "--json", as_of="2026-03-17"
    ).json
    assert listed["agreed"] == [{"account": "acme", "percent": "12"}]
    letter = shell.ok(*ask, as_of="2026-03-17").json["letter"]
    assert (letter["total"], letter["without_interest"]) == ("2392.52", None)
    assert [
        (each["law"], each["agreed_percent"], each["interest"], each["fee"]) for each in letter["interest"]
    ] == [
        (None, "12", "11.74", None),
        (None, "12", "0.78", None),
    ]
    shell.ok("late-interest", "--by-law", "acme", as_of="2026-03-17")
    assert shell.ok(*ask, as_of="2026-03-17").json["letter"]["total"] == "2380.00"


def test_an_agreed_rate_needs_its_percent_and_an_account_there_is(owing: Shell) -> None:
    assert "--percent 12" in owing.run("late-interest", "--agreed", "acme", as_of="2026-03-17").err
    unknown = owing.run("late-interest", "--agreed", "nobody", "--percent", "12", as_of="2026-03-17")
    assert (unknown.code, "nobody" in unknown.err) == (1, True)
    too_much = owing.run("late-interest", "--agreed", "acme", "--percent", "101", as_of="2026-03-17")
    assert "at most 100 percent" in too_much.err
