"""Overage that waits for a decision is listed, decided with a reason, and billed or not accordingly."""

from __future__ import annotations

import pytest

from tests.cli.books import account, book, plan, retainer, work
from tests.cli.conftest import Shell

REFUSED = 1


@pytest.fixture
def asked(shell: Shell) -> Shell:
    """10 h a month, 12 h worked in January, the decision left open: 2 h over, 2 × 150 = 300.00."""
    terms = plan(
        "2026-01-01", "1000.00", allowance_minutes=600, overage={"rate": "150.00", "decision": "ask"}
    )
    entries = [work("2026-01-10", 480), work("2026-01-11", 240)]
    acme = account("acme", retainer("advisory", "2026-01-01", terms), work=entries)
    shell.ok("import", shell.write("b.json", book(acme)))
    return shell


def decide(shell: Shell, decision: str, *more: str, code: int = 0) -> str:
    chosen = ("--account", "acme", "--retainer", "advisory", "--period", "2026-01-01", "--decide", decision)
    answer = shell.run("overage", *chosen, *more, as_of="2026-02-01")
    assert answer.code == code, answer.err
    return answer.err


def billed(shell: Shell) -> list[tuple[str, str]]:
    run = shell.ok("bill", "--dry-run", "--json", as_of="2026-02-01").json
    return [(line["charge"], line["net"]) for each in run["proposed"] for line in each["lines"]]


def test_open_overage_is_listed_due_and_not_billed(asked: Shell) -> None:
    rows = asked.ok("overage", "--json", as_of="2026-02-01").json["overage"]
    assert [(row["minutes"], row["price"], row["decision"]) for row in rows] == [(120, "300.00", "ask")]
    due = asked.ok("due", "--json", as_of="2026-02-01").json["items"]
    assert [item["on"] for item in due if item["kind"] == "overage_to_decide"] == ["2026-01-01"]
    assert billed(asked) == [("fee", "1000.00"), ("fee", "1000.00")]


def test_deciding_to_bill_puts_it_on_the_next_invoice(asked: Shell) -> None:
    decide(asked, "bill")
    assert ("overage", "300.00") in billed(asked)
    assert asked.ok("overage", "--json", as_of="2026-02-01").json["overage"] == []


def test_absorbing_needs_a_reason_and_bills_nothing(asked: Shell) -> None:
    assert "reason" in decide(asked, "absorb", code=REFUSED)
    decide(asked, "absorb", "--reason", "our own mistake")
    assert billed(asked) == [("fee", "1000.00"), ("fee", "1000.00")]


def test_carried_overage_burns_the_next_month(asked: Shell) -> None:
    """February opens with 2 h of its 10 gone: 8 h are left, which would be forfeited without rollover."""
    decide(asked, "carry")
    periods = asked.ok("account", "acme", "--json", as_of="2026-02-02").json["periods"]
    assert (periods[1]["granted"], periods[1]["burned"], periods[1]["remaining"]) == (600, 120, 480)
    assert (periods[1]["forfeited"], periods[1]["carried"]) == (480, 0)


def test_a_decision_that_changes_after_the_invoice_comes_as_a_correction(asked: Shell) -> None:
    decide(asked, "bill")
    asked.ok("bill", as_of="2026-02-01")
    decide(asked, "absorb", "--reason", "agreed on the phone")
    run = asked.ok("bill", "--dry-run", "--json", as_of="2026-03-01").json
    lines = [(line["charge"], line["net"]) for each in run["proposed"] for line in each["lines"]]
    assert sorted(lines) == [("correction", "-300.00"), ("fee", "1000.00")]


def test_a_period_without_overage_cannot_be_decided(asked: Shell) -> None:
    chosen = ("--account", "acme", "--retainer", "advisory", "--period", "2026-02-01", "--decide", "bill")
    assert asked.run("overage", *chosen, as_of="2026-02-01").code == REFUSED


def test_overage_is_offset_with_a_block_that_holds_it_and_only_then(asked: Shell) -> None:
    """2 h are over; a block of 1 h does not hold them, one of 3 h more does, and 2 h of the 4 h are left."""
    assert "No prepaid block holds any of the 2 h over" in decide(asked, "offset", code=REFUSED)
    gift = ("--price", "0", "--name", "Gift", "--retainer", "advisory")
    asked.ok("block", "add", "acme", "--id", "one", "--minutes", "60", *gift, as_of="2026-02-01")
    assert "hold 1 h of the 2 h over" in decide(asked, "offset", code=REFUSED)
    asked.ok("block", "add", "acme", "--id", "two", "--minutes", "180", *gift, as_of="2026-02-01")
    decide(asked, "offset")
    assert billed(asked) == [("fee", "1000.00"), ("fee", "1000.00")]
    rows = asked.ok("overage", "--all", "--json", as_of="2026-02-01").json["overage"]
    assert [(row["minutes"], row["price"], row["decision"]) for row in rows] == [(120, "300.00", "offset")]
    blocks = asked.ok("blocks", "--json", as_of="2026-02-01").json["blocks"]
    assert sum(each["remaining"] for each in blocks) == 120
    decide(asked, "bill")
    blocks = asked.ok("blocks", "--json", as_of="2026-02-01").json["blocks"]
    assert sum(each["remaining"] for each in blocks) == 240
    assert ("overage", "300.00") in billed(asked)
