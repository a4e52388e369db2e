"""Blocks, value allowances, session packs and early exits from a shell."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from tests.cli.books import Json, account, book, plan, retainer, work
from tests.cli.conftest import Shell

REFUSED = 1
FIRST = ("2026-01-01", "1000.00")


def call(at: str, **more: Any) -> Json:
    return {"at": f"{at}T10:00", "minutes": 60, "title": "Coaching", **more}


def opened(shell: Shell, *retainers: Json, **more: Any) -> None:
    shell.ok("import", shell.write("b.json", book(account("acme", *retainers, **more))))


def block(shell: Shell, day: str) -> Any:
    found = shell.ok("blocks", "--json", as_of=day).json["blocks"]
    assert len(found) == 1
    return found[0]


def low(shell: Shell, day: str) -> list[tuple[str, str]]:
    items = shell.ok("due", "--json", as_of=day).json["items"]
    return [(item["on"], item["text"]) for item in items if item["kind"] == "low_balance"]


@pytest.fixture
def sold(shell: Shell) -> Shell:
    """10 h a month; a block of 10 h for 1,400.00 sold in January, invoiced and paid with 19 % on 1 February.

    February has 14 h of work: 10 from the allowance, 4 from the block.
    """
    terms = plan(*FIRST, allowance_minutes=600)
    entries = [work("2026-02-10", 480), work("2026-02-20", 360)]
    opened(shell, retainer("advisory", "2026-01-01", terms), work=entries)
    sale = ("--id", "ten", "--name", "Ten hours", "--minutes", "600", "--price", "1400.00")
    shell.ok(
        "block", "add", "acme", *sale, "--retainer", "advisory", "--expires", "2026-07-01", as_of="2026-01-15"
    )
    shell.ok("bill", as_of="2026-01-15")
    return shell


def pay(shell: Shell, amount: str, on: str) -> None:
    document = json.loads(exported(shell))
    document["accounts"][0]["payments"] = [{"on": on, "amount": amount, "invoice": "2026-0001"}]
    shell.ok("import", shell.write("paid.json", document))


def exported(shell: Shell) -> str:
    shell.ok("export", str(shell.folder / "out.json"))
    return (shell.folder / "out.json").read_text(encoding="utf-8")


def test_a_sold_block_is_a_charge_of_the_next_invoice_and_waits_for_its_payment(sold: Shell) -> None:
    """1,000.00 fee + 1,400.00 block + 19 % = 2,856.00."""
    register = sold.ok("invoices", "--json", as_of="2026-01-15").json["invoices"]
    assert [row["gross"] for row in register] == ["2856.00"]
    lines = sold.ok("invoice", "2026-0001", "--json", as_of="2026-01-15").json["lines"]
    assert [(line["charge"], line["net"]) for line in lines] == [("fee", "1000.00"), ("block", "1400.00")]
    waiting = block(sold, "2026-02-28")
    assert (waiting["state"], waiting["remaining"], waiting["invoice"]) == ("waiting", 0, "2026-0001")
    assert sold.ok("bill", "--dry-run", "--json", as_of="2026-01-15").json["proposed"] == []


def test_a_paid_block_covers_what_the_allowance_does_not(sold: Shell) -> None:
    """14 h worked, 10 granted: 4 h from the block, 6 h left, no overage; unpaid they are 4 h of overage."""
    before = sold.ok("account", "acme", "--json", as_of="2026-03-01").json["periods"][1]
    assert (before["overage"], before["from_blocks"]) == (240, 0)
    pay(sold, "2856.00", "2026-02-01")
    after = sold.ok("account", "acme", "--json", as_of="2026-03-01").json["periods"][1]
    assert (after["unit"], after["burned"], after["from_blocks"], after["overage"]) == (
        "minutes",
        600,
        240,
        0,
    )
    now = block(sold, "2026-03-01")
    assert (now["state"], now["granted"], now["burned"], now["remaining"]) == ("open", 600, 240, 360)
    assert [burn["amount"] for burn in now["burns"]] == [240]
    sold.ok("check", as_of="2026-03-01")


def test_the_end_and_the_rest_of_a_block_are_due(sold: Shell) -> None:
    """6 of 10 h left: not low; 30 days before 30 June it is said, from 1 July it is asked about."""
    pay(sold, "2856.00", "2026-02-01")
    assert low(sold, "2026-03-01") == []
    assert low(sold, "2026-05-31") == [("2026-06-30", "Ten hours ends on 2026-06-30 with 6 h left")]
    asked = "Ten hours ended with 6 h left: let it expire, refund or carry it?"
    assert low(sold, "2026-07-02") == [("2026-07-01", asked)]


def test_a_refunded_rest_is_proposed_once_and_skipping_it_ends_it(sold: Shell) -> None:
    """6 of 10 h for 1,400.00: 1,400.00 − 560.00 = 840.00 come back."""
    pay(sold, "2856.00", "2026-02-01")
    decide = ("--id", "ten", "--leftover", "refund", "--reason", "as agreed")
    sold.ok("block", "decide", "acme", *decide, as_of="2026-07-05")
    back = block(sold, "2026-07-05")
    assert (back["state"], back["refunded"], back["remaining"]) == ("refunded", 360, 0)
    run = sold.ok("bill", "--dry-run", "--json", as_of="2026-07-05").json
    lines = [line for each in run["proposed"] for line in each["lines"] if line["charge"] == "correction"]
    assert [(line["net"], line["details"]) for line in lines] == [("-840.00", ["6 h of 10 h left"])]
    sold.ok("bill", "--confirm", "acme", as_of="2026-07-05")
    assert sold.ok("bill", "--dry-run", "--json", as_of="2026-07-05").json["proposed"] == []


def test_letting_paid_time_expire_needs_a_reason(sold: Shell) -> None:
    pay(sold, "2856.00", "2026-02-01")
    answer = sold.run("block", "decide", "acme", "--id", "ten", "--leftover", "expire", as_of="2026-07-05")
    assert (answer.code, "Say why" in answer.err) == (REFUSED, True)


def test_export_and_import_keep_blocks_to_the_letter(sold: Shell) -> None:
    text = exported(sold)
    again = Shell(sold.folder / "again", sold._capture)
    again.folder.mkdir()
    again.ok("import", again.write("copy.json", text))
    assert exported(again) == text


def test_the_margin_earns_a_block_as_it_burns(sold: Shell) -> None:
    """February: fee 1,000.00 and 4 of 10 h of the block, 560.00."""
    pay(sold, "2856.00", "2026-02-01")
    span = ("--from", "2026-01-01", "--to", "2026-03-01")
    months = sold.ok("margin", "acme", *span, "--json", as_of="2026-03-01").json["months"]
    assert [month["revenue"] for month in months] == ["1000.00", "1560.00"]
    assert sold.ok("account", "acme", "--json", as_of="2026-03-01").json["mrr"] == "1000.00"


def test_a_pack_of_sessions_is_burned_by_calls_and_says_when_the_last_one_comes(shell: Shell) -> None:
    """A given pack of 3 calls: after two, one is left; a call marked free burns none."""
    terms = plan(*FIRST, overage={"rate": "0", "decision": "absorb"})
    calls = [call("2026-01-10"), call("2026-01-12", burns_session=False), call("2026-01-20")]
    opened(shell, retainer("coaching", "2026-01-01", terms), calls=calls)
    pack = ("--id", "pack", "--name", "Three calls", "--sessions", "3", "--price", "0")
    shell.ok("block", "add", "acme", *pack, as_of="2026-01-01")
    assert low(shell, "2026-01-15") == []
    said = "Three calls: 1 session left, the next call is the last"
    assert low(shell, "2026-01-20") == [("2026-01-20", said)]
    assert block(shell, "2026-01-20")["remaining"] == 1


def test_sessions_beyond_the_included_ones_cost_their_price(shell: Shell) -> None:
    """2 calls a month included, 3 held: one more at 180.00."""
    terms = plan(*FIRST, allowance_sessions=2, session_price="180.00", overage={"decision": "bill"})
    calls = [call("2026-01-05"), call("2026-01-15"), call("2026-01-25")]
    opened(shell, retainer("coaching", "2026-01-01", terms), calls=calls)
    period = shell.ok("account", "acme", "--json", as_of="2026-02-01").json["periods"][0]
    assert (period["unit"], period["granted"], period["used"], period["overage"]) == ("sessions", 2, 3, 1)
    run = shell.ok("bill", "--dry-run", "--json", as_of="2026-02-01").json
    lines = [line for each in run["proposed"] for line in each["lines"] if line["charge"] == "overage"]
    assert [(line["quantity"], line["unit_price"], line["net"]) for line in lines] == [
        ("1", "180.00", "180.00")
    ]


def test_a_value_allowance_is_drawn_down_by_work_at_its_rate(shell: Shell) -> None:
    """1,500.00 included, work at 120.00: 14 h are 1,680.00, so 180.00 beyond."""
    terms = plan(*FIRST, allowance_money="1500.00", value_rate="120.00", overage={"decision": "bill"})
    opened(shell, retainer("advisory", "2026-01-01", terms), work=[work("2026-01-10", 840)])
    period = shell.ok("account", "acme", "--json", as_of="2026-02-01").json["periods"][0]
    assert (period["unit"], period["granted"], period["used"], period["overage"]) == (
        "money", "1500.00", "1680.00", "180.00",
    )  # fmt: skip
    run = shell.ok("bill", "--dry-run", "--json", as_of="2026-02-01").json
    assert ("overage", "180.00") in [
        (line["charge"], line["net"]) for each in run["proposed"] for line in each["lines"]
    ]


def test_an_early_exit_is_a_proposal_until_it_is_applied(shell: Shell) -> None:
    """Fee 1,000.00 in advance for March, end on 11 March: 21 of 31 days come back, 677.42."""
    opened(shell, retainer("advisory", "2026-01-01", plan(*FIRST, allowance_minutes=600)))
    shell.ok("bill", as_of="2026-03-01")
    leave = ("exit", "acme", "advisory", "--on", "2026-03-11", "--json")
    shown = shell.ok(*leave, as_of="2026-03-11").json
    assert (shown["applied"], shown["total"]) == (False, "-677.42")
    assert sum(Decimal(line["net"]) for line in shown["lines"]) == Decimal("-677.42")
    assert shell.ok("bill", "--dry-run", "--json", as_of="2026-03-11").json["parked"] == []
    assert shell.ok(*leave, "--apply", as_of="2026-03-11").json["total"] == "-677.42"
    parked = shell.ok("bill", "--dry-run", "--json", as_of="2026-03-11").json["parked"]
    assert "credit of 806.13 EUR waits" in parked[0]["reason"]


def test_what_was_given_away_is_listed(shell: Shell) -> None:
    """2 h over, absorbed, at 150.00; 1 h out of scope at 150.00: 3 h, 450.00."""
    terms = plan(*FIRST, allowance_minutes=600, overage={"rate": "150.00", "decision": "absorb"})
    entries = [work("2026-01-10", 720), work("2026-01-11", 60, "out_of_scope")]
    opened(shell, retainer("advisory", "2026-01-01", terms), work=entries)
    span = ("--from", "2026-01-01", "--to", "2026-02-01")
    found = shell.ok("goodwill", *span, "--json", as_of="2026-02-01").json["accounts"]
    assert [(each["minutes"], each["value"]) for each in found] == [(180, "450.00")]
    assert {each["kind"] for each in found[0]["given"]} == {"absorbed", "out_of_scope"}


def test_a_fee_alone_meters_nothing(shell: Shell) -> None:
    """Neither hours nor a rate are agreed: 20 h of work are covered by the fee, and nothing is asked."""
    terms = plan(*FIRST, overage={"rate": "0", "decision": "ask"})
    opened(shell, retainer("advisory", "2026-01-01", terms), work=[work("2026-01-10", 1200)])
    period = shell.ok("account", "acme", "--json", as_of="2026-02-01").json["periods"][0]
    assert (period["unmetered"], period["overage"]) == (1200, 0)
    assert shell.ok("overage", "--json", as_of="2026-02-01").json["overage"] == []
