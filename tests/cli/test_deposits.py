"""Deposits, as a shell asks for them: billed, paid, set against invoices, and given back. Worked by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.books import account, book, plan, retainer
from tests.cli.conftest import Shell
from tests.cli.test_corrections import refused, sound


def client(fee: str, **more: Any) -> dict[str, Any]:
    """`fee` a month in advance from February 2026, 19 % tax."""
    return account("acme", retainer("r", "2026-02-01", plan("2026-02-01", fee)), **more)


def agree(shell: Shell, amount: str, *more: str, on: str = "2026-01-10") -> None:
    shell.ok("deposit", "add", "acme", "--id", "d", "--amount", amount, "--text", "Deposit", *more, as_of=on)
    shell.ok("bill", as_of=on)


def lines_of(shell: Shell, number: str) -> list[tuple[str, str, str]]:
    told = shell.ok("invoice", number, "--json", as_of="2026-12-31").json
    return [(line["charge"], line["text"], line["net"]) for line in told["lines"]]


def totals(shell: Shell, number: str) -> tuple[str, str, str]:
    told = shell.ok("invoice", number, "--json", as_of="2026-12-31").json
    return told["net"], told["tax"][0]["amount"], told["gross"]


def deposit(shell: Shell) -> dict[str, Any]:
    (found,) = shell.ok("deposits", "--account", "acme", "--json", as_of="2026-12-31").json["deposits"]
    return dict(found)


@pytest.fixture
def thousand(shell: Shell) -> Shell:
    """A deposit of 1,000.00 billed on 10 January with 190.00 of tax; the fee is 400.00 a month."""
    shell.ok("import", shell.write("b.json", book(client("400.00"))))
    agree(shell, "1000.00")
    return shell


def pay(shell: Shell, amount: str = "1190.00", number: str = "2026-0001") -> None:
    shell.ok("pay", "acme", amount, "--invoice", number, as_of="2026-01-20")


def test_a_deposit_is_billed_alone_and_waits_for_its_money(thousand: Shell) -> None:
    assert lines_of(thousand, "2026-0001") == [("one_off", "Deposit", "1000.00")]
    assert totals(thousand, "2026-0001") == ("1000.00", "190.00", "1190.00")
    assert deposit(thousand)["state"] == "billed"
    thousand.ok("bill", as_of="2026-02-01")
    assert totals(thousand, "2026-0002") == ("400.00", "76.00", "476.00")
    sound(thousand)


def test_what_was_paid_is_set_against_invoices_with_its_tax_until_it_is_used_up(thousand: Shell) -> None:
    """400, 400 and 200 of 1,000.00: the third invoice asks for 200.00 and 38.00 of tax.

    Together the four invoices come to 1,200.00 and 228.00 of tax, the three fees.
    """
    pay(thousand)
    for day in ("2026-02-01", "2026-03-01", "2026-04-01"):
        thousand.ok("bill", as_of=day)
    assert lines_of(thousand, "2026-0002") == [
        ("fee", "R, fee", "400.00"),
        ("correction", "Set off: deposit of invoice 2026-0001", "-400.00"),
    ]
    assert totals(thousand, "2026-0002")[2] == "0.00"
    assert totals(thousand, "2026-0004") == ("200.00", "38.00", "238.00")
    told = deposit(thousand)
    assert [(use["invoice"], use["amount"]) for use in told["uses"]] == [
        ("2026-0002", "400.00"),
        ("2026-0003", "400.00"),
        ("2026-0004", "200.00"),
    ]
    assert (told["state"], told["left"], told["available"]) == ("used", "0.00", "0.00")
    sound(thousand)


def test_of_a_part_payment_the_paid_share_is_used(thousand: Shell) -> None:
    """297.50 of 1,190.00 are a quarter: 250.00 of the 400.00, rounded down to the cent."""
    pay(thousand, "297.50")
    thousand.ok("bill", as_of="2026-02-01")
    assert totals(thousand, "2026-0002") == ("150.00", "28.50", "178.50")
    assert (deposit(thousand)["paid"], deposit(thousand)["state"]) == ("250.00", "billed")
    sound(thousand)


def test_what_is_left_is_credited_and_paid_back_but_no_more(thousand: Shell) -> None:
    """400.00 are set against February: 600.00 are left, with tax 714.00."""
    pay(thousand)
    thousand.ok("bill", as_of="2026-02-01")
    answer = thousand.run("credit", "2026-0001", "--reason", "ended", as_of="2026-02-02")
    assert "400.00 EUR of this deposit are set against 2026-0002: credit 600.00" in refused(answer)
    thousand.ok("credit", "2026-0001", "--line", "1=600.00", "--reason", "ended", as_of="2026-02-02")
    back = thousand.ok("refund", "acme", "--credit-note", "CN-2026-0001", "--reason", "ended", "--json",
                       as_of="2026-02-03").json  # fmt: skip
    assert back["settlement"]["amount"] == "714.00"
    told = deposit(thousand)
    assert (told["credited"], told["left"], told["state"]) == ("600.00", "0.00", "used")
    thousand.ok("bill", as_of="2026-03-01")
    assert totals(thousand, "2026-0003")[2] == "476.00"
    sound(thousand)


def test_a_void_or_a_credit_note_of_the_final_invoice_gives_the_deposit_back(thousand: Shell) -> None:
    pay(thousand)
    thousand.ok("bill", as_of="2026-02-01")
    thousand.ok("void", "2026-0002", "--reason", "wrong", as_of="2026-02-01")
    assert deposit(thousand)["left"] == "1000.00"
    thousand.ok("bill", as_of="2026-02-01")
    assert deposit(thousand)["left"] == "600.00"
    thousand.ok("credit", "2026-0003", "--reason", "wrong", as_of="2026-02-02")
    assert deposit(thousand)["left"] == "1000.00"
    sound(thousand)


def test_a_held_deposit_waits_until_it_is_said_to_be_used(shell: Shell) -> None:
    shell.ok("import", shell.write("b.json", book(client("400.00"))))
    agree(shell, "400.00", "--hold")
    pay(shell, "476.00")
    shell.ok("bill", as_of="2026-02-01")
    assert totals(shell, "2026-0002")[2] == "476.00"
    assert deposit(shell)["state"] == "held"
    shell.ok("deposit", "use", "acme", "--id", "d", "--from", "2026-03-01", as_of="2026-02-15")
    shell.ok("bill", as_of="2026-03-01")
    assert totals(shell, "2026-0003")[2] == "0.00"
    sound(shell)


def test_it_is_set_against_charges_of_its_own_tax_and_retainer_only(shell: Shell) -> None:
    """The fee of r is 400.00 at 19 %, a handbook 50.00 at 7 %, the fee of s 300.00: of 1,000.00 400.00 go."""
    file = client("400.00", charges=[
        {"id": "h", "on": "2026-02-01", "text": "Handbook", "unit_price": "50.00",
         "tax": {"category": "reduced", "rate": "7"}},
    ])  # fmt: skip
    file["retainers"].append(retainer("s", "2026-02-01", plan("2026-02-01", "300.00")))
    shell.ok("import", shell.write("b.json", book(file)))
    agree(shell, "1000.00", "--retainer", "r")
    pay(shell)
    shell.ok("bill", as_of="2026-02-01")
    told = shell.ok("invoice", "2026-0002", "--json", as_of="2026-02-01").json
    assert [(each["rate"], each["base"]) for each in told["tax"]] == [("19", "300.00"), ("7", "50.00")]
    sound(shell)


def test_a_document_discount_leaves_deposits_alone(shell: Shell) -> None:
    """10 % off 400.00 leave 360.00, of which a deposit of 500.00 takes all."""
    shell.ok("import", shell.write("b.json", book(client("400.00", document_discount_percent="10"))))
    agree(shell, "500.00")
    assert totals(shell, "2026-0001")[0] == "500.00"
    pay(shell, "595.00")
    shell.ok("bill", as_of="2026-02-01")
    assert (totals(shell, "2026-0002")[2], deposit(shell)["left"]) == ("0.00", "140.00")
    sound(shell)


def test_prices_with_the_tax_inside_are_deducted_with_it(shell: Shell) -> None:
    """A deposit of 119.00 with 19.00 inside, set against 238.00: 100.00 and 19.00 are left to pay."""
    tax = {"category": "standard", "rate": "19", "included": True}
    shell.ok("import", shell.write("b.json", book(client("238.00", tax=tax))))
    agree(shell, "119.00")
    assert totals(shell, "2026-0001") == ("100.00", "19.00", "119.00")
    pay(shell, "119.00")
    shell.ok("bill", as_of="2026-02-01")
    assert totals(shell, "2026-0002") == ("100.00", "19.00", "119.00")
    sound(shell)


def test_a_deposit_is_no_revenue(thousand: Shell) -> None:
    """February earns its fee of 400.00, January nothing, whatever was billed, used or credited."""
    pay(thousand)
    thousand.ok("bill", as_of="2026-02-01")
    thousand.ok("credit", "2026-0001", "--line", "1=600.00", "--reason", "ended", as_of="2026-02-02")
    asked = ("margin", "acme", "--from", "2026-01-01", "--to", "2026-03-01", "--json")
    months = thousand.ok(*asked, as_of="2026-03-01").json["months"]
    assert [each["revenue"] for each in months] == ["0.00", "400.00"]


def test_what_cannot_be_is_refused_in_words(thousand: Shell) -> None:
    def says(*asked: str) -> str:
        return refused(thousand.run("deposit", *asked, as_of="2026-01-11"))

    assert "above zero" in says("add", "acme", "--amount", "0.00", "--text", "x")
    assert "no retainer" in says("add", "acme", "--amount", "5", "--text", "x", "--retainer", "zz")
    assert "asked for it already" in says("remove", "acme", "--id", "d")
    assert "--id" in says("use", "acme")


def test_an_agreed_deposit_can_be_taken_out_before_it_is_billed(shell: Shell) -> None:
    shell.ok("import", shell.write("b.json", book(client("400.00"))))
    shell.ok("deposit", "add", "acme", "--id", "d", "--amount", "5", "--text", "x", "--on", "2026-06-01")
    assert deposit(shell)["state"] == "agreed"
    shell.ok("deposit", "remove", "acme", "--id", "d")
    assert shell.ok("deposits", "--json").json["deposits"] == []
