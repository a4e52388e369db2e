"""Credit notes, voids, write-offs, refunds and credit applied, as a shell asks for them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.books import account, book, plan, retainer
from tests.cli.conftest import Answer, Shell

DAY = "2026-01-10"


def charge(text: str, price: str, rate: str | None = None) -> dict[str, Any]:
    tax = None if rate is None else {"category": "reduced", "rate": rate}
    return {"id": text.lower(), "on": "2026-01-05", "text": text, "unit_price": price, "tax": tax}


@pytest.fixture
def billed(shell: Shell) -> Shell:
    """2026-0001 of 10 January: design 100.00 at 19 %, handbook 50.00 at 7 %, together 172.50."""
    file = account("acme", charges=[charge("Design", "100.00"), charge("Handbook", "50.00", "7")])
    shell.ok("import", shell.write("b.json", book(file)))
    shell.ok("bill", as_of=DAY)
    return shell


def open_of(shell: Shell, as_of: str = "2026-03-01") -> dict[str, tuple[str, str]]:
    rows = shell.ok("invoices", "--json", as_of=as_of).json["invoices"]
    return {row["number"]: (row["balance"], row["state"]) for row in rows}


def pay(shell: Shell, amount: str, *parts: tuple[str, str]) -> None:
    """Bring a payment in with a book file, as a bank statement would."""
    allocations = [{"invoice": number, "amount": part} for number, part in parts]
    payment = {"id": f"p{amount}", "on": "2026-01-20", "amount": amount, "allocations": allocations}
    shell.ok("import", shell.write("p.json", book(account("acme", payments=[payment]))))


def refused(answer: Answer) -> str:
    assert answer.code == 1, answer.out
    return answer.err


def sound(shell: Shell, as_of: str = "2026-03-01") -> None:
    """The book keeps every rule, and comes back from its own export identical."""
    assert shell.run("check", as_of=as_of).code == 0
    first = shell.folder / "one.json"
    shell.ok("export", str(first))
    copy = Shell(shell.folder / "copy", shell._capture)
    copy.folder.mkdir(exist_ok=True)
    copy.book.unlink(missing_ok=True)
    copy.ok("import", str(first))
    copy.ok("export", str(copy.folder / "two.json"))
    assert json.loads(first.read_text()) == json.loads((copy.folder / "two.json").read_text())
    assert copy.run("check", as_of=as_of).code == 0


def test_a_whole_credit_note_settles_its_invoice(billed: Shell) -> None:
    told = billed.ok("credit", "2026-0001", "--reason", "wrong client", "--json", as_of="2026-01-12").json
    note = told["credit_note"]
    assert (note["number"], note["kind"], note["corrects"]) == ("CN-2026-0001", "credit_note", "2026-0001")
    assert (note["net"], note["gross"], note["reason"]) == ("-150.00", "-172.50", "wrong client")
    assert [(each["rate"], each["base"], each["amount"]) for each in note["tax"]] == [
        ("19", "-100.00", "-19.00"),
        ("7", "-50.00", "-3.50"),
    ]
    assert (told["applied"]["amount"], told["left"]) == ("172.50", "0.00")
    assert open_of(billed) == {"CN-2026-0001": ("0.00", "settled"), "2026-0001": ("0.00", "settled")}
    assert "0 invoices" in billed.ok("bill", "--dry-run", as_of="2026-01-12").out
    sound(billed)


def test_a_dry_run_tells_everything_and_changes_nothing(billed: Shell) -> None:
    before = open_of(billed)
    told = billed.ok(
        "credit", "2026-0001", "--amount", "50", "--reason", "r", "--dry-run", "--json", as_of=DAY
    )
    assert (told.json["dry_run"], told.json["credit_note"]["gross"]) == (True, "-50.00")
    billed.ok("void", "2026-0001", "--reason", "r", "--dry-run", as_of=DAY)
    billed.ok("write-off", "2026-0001", "--reason", "r", "--dry-run", as_of=DAY)
    assert open_of(billed) == before
    first = billed.ok("credit", "2026-0001", "--amount", "50", "--reason", "r", "--json", as_of=DAY).json
    assert first["credit_note"]["number"] == "CN-2026-0001"


def test_parts_are_credited_until_nothing_is_left(billed: Shell) -> None:
    """Line 1: 60.00 + 11.40 tax = 71.40. Then 50.00 with tax; then the rest, 172.50 − 121.40 = 51.10."""
    grosses = []
    for how in (["--line", "1=60.00"], ["--amount", "50"], []):
        told = billed.ok("credit", "2026-0001", *how, "--reason", "agreed", "--json", as_of=DAY).json
        grosses.append(told["credit_note"]["gross"])
    assert grosses == ["-71.40", "-50.00", "-51.10"]
    answer = billed.run("credit", "2026-0001", "--reason", "again", as_of=DAY)
    assert "credited already (CN-2026-0001, CN-2026-0002, CN-2026-0003)" in refused(answer)
    sound(billed)


def test_a_credit_note_on_a_paid_invoice_is_used_elsewhere_or_paid_back(billed: Shell) -> None:
    """172.50 paid, 119.00 credited: nothing open, so 119.00 is left; 100.00 is paid back, 19.00 remains."""
    pay(billed, "172.50", ("2026-0001", "172.50"))
    credit = ["credit", "2026-0001", "--line", "1=100", "--reason", "cancelled", "--json"]
    told = billed.ok(*credit, as_of="2026-01-25").json
    assert (told["applied"], told["left"]) == (None, "119.00")
    back = ["refund", "acme", "--credit-note", "CN-2026-0001", "--reason", "as asked"]
    billed.ok(*back, "--amount", "100", as_of="2026-01-26")
    assert open_of(billed)["CN-2026-0001"] == ("-19.00", "credit")
    assert "19.00 EUR is left" in refused(billed.run(*back, "--amount", "20", as_of="2026-01-26"))
    extra = account("acme", charges=[{**charge("Call", "10.00"), "on": "2026-02-01"}])
    billed.ok("import", billed.write("more.json", book(extra)))
    billed.ok("bill", as_of="2026-02-01")
    used = billed.ok("apply-credit", "acme", "--json", as_of="2026-02-02").json
    assert [(each["invoice"], each["amount"]) for each in used["applied"]] == [("2026-0002", "11.90")]
    assert "no credit to use" in refused(billed.run("apply-credit", "acme", as_of="2026-02-02"))
    sound(billed)


def test_a_void_keeps_its_number_and_the_next_invoice_replaces_it(billed: Shell) -> None:
    billed.ok("void", "2026-0001", "--reason", "wrong address", as_of="2026-01-11")
    told = billed.ok("bill", "--json", as_of="2026-01-12").json
    assert [each["number"] for each in told["issued"]] == ["2026-0002"]
    exported = billed.folder / "b2.json"
    billed.ok("export", str(exported))
    old, new = json.loads(exported.read_text())["accounts"][0]["invoices"]
    assert (old["status"], old["voided"]) == ("void", {"on": "2026-01-11", "reason": "wrong address"})
    assert (new["corrects"], new["reason"]) == ("2026-0001", "wrong address")
    again = billed.run("void", "2026-0001", "--reason", "again", as_of="2026-01-12")
    assert "2026-0001 is void already since 2026-01-11; nothing was changed." in refused(again)
    sound(billed)


def test_what_money_stands_on_is_not_voided(billed: Shell) -> None:
    pay(billed, "10.00", ("2026-0001", "10.00"))
    answer = billed.run("void", "2026-0001", "--reason", "r", as_of="2026-02-01")
    assert "has a payment: issue a credit note instead" in refused(answer)


def test_a_credited_invoice_and_a_used_credit_note_are_not_voided(billed: Shell) -> None:
    billed.ok("credit", "2026-0001", "--amount", "1", "--reason", "r", as_of=DAY)
    for number, why in (("2026-0001", "credit note CN-2026-0001"), ("CN-2026-0001", "credit applied")):
        assert f"has {why}" in refused(billed.run("void", number, "--reason", "r", as_of=DAY))


def test_a_write_off_takes_what_is_open_and_no_more(billed: Shell) -> None:
    """172.50, of which 100.00 paid: 72.50 can be written off, in two parts, and nothing after."""
    pay(billed, "100.00", ("2026-0001", "100.00"))
    write = ["write-off", "2026-0001", "--reason", "insolvent"]
    too_much = billed.run(*write, "--amount", "72.51", as_of="2026-02-01")
    assert "72.50 EUR can be written off" in refused(too_much)
    billed.ok(*write, "--amount", "2.50", as_of="2026-02-01")
    told = billed.ok(*write, "--json", as_of="2026-02-01").json["settlement"]
    assert (told["kind"], told["amount"]) == ("write_off", "70.00")
    assert open_of(billed)["2026-0001"] == ("0.00", "settled")
    assert "0.00 EUR can be written off" in refused(billed.run(*write, "--amount", "1", as_of="2026-02-01"))
    told = billed.ok("margin", "acme", "--from", "2026-01-01", "--to", "2026-03-01", "--json").json
    bars = {each["cause"]: each["amount"] for each in told["waterfall"]}
    # 2.50 × 150 ÷ 172.50 = 2.17 and 70.00 × 150 ÷ 172.50 = 60.87 without their tax.
    assert bars["written_off"] == "-63.04"
    sound(billed)


def test_what_was_written_off_is_not_credited_too(billed: Shell) -> None:
    """172.50, of which 70.00 is written off: 102.50 can be credited, and nothing after."""
    billed.ok("write-off", "2026-0001", "--amount", "70", "--reason", "insolvent", as_of="2026-02-01")
    credit = ["credit", "2026-0001", "--reason", "settled"]
    assert "at most 102.50 can be credited" in refused(billed.run(*credit, as_of="2026-02-01"))
    billed.ok(*credit, "--amount", "102.50", as_of="2026-02-01")
    assert open_of(billed)["2026-0001"] == ("0.00", "settled")
    again = billed.run(*credit, "--amount", "0.01", as_of="2026-02-01")
    assert "at most 0.00 can be credited" in refused(again)
    sound(billed)


def test_an_overpayment_is_paid_back_once(billed: Shell) -> None:
    pay(billed, "200.00", ("2026-0001", "172.50"))
    told = billed.ok("refund", "acme", "--reason", "paid too much", "--json", as_of="2026-02-01").json
    assert told["settlement"]["amount"] == "27.50"
    again = billed.run("refund", "acme", "--reason", "again", "--amount", "1", as_of="2026-02-01")
    assert "0.00 EUR is left to pay back" in refused(again)
    sound(billed)


def test_money_not_allocated_is_used_for_what_is_open(billed: Shell) -> None:
    pay(billed, "50.00")
    used = billed.ok("apply-credit", "acme", "--amount", "20", "--json", as_of="2026-02-01").json
    assert used["payments"][0]["allocations"] == [{"invoice": "2026-0001", "amount": "20.00"}]
    assert open_of(billed)["2026-0001"] == ("152.50", "overdue")
    billed.ok("apply-credit", "acme", as_of="2026-02-01")
    assert open_of(billed)["2026-0001"] == ("122.50", "overdue")


def test_lines_and_amounts_that_are_none_are_refused(billed: Shell) -> None:
    for how in (
        ["--line", "one=2"],
        ["--line", "1=x"],
        ["--line", "9=1"],
        ["--line", "1=1", "--line", "1=1"],
    ):
        refused(billed.run("credit", "2026-0001", *how, "--reason", "r", as_of=DAY))
    refused(billed.run("credit", "2026-0001", "--line", "1=1", "--amount", "1", "--reason", "r", as_of=DAY))
    refused(billed.run("credit", "2026-0001", "--reason", "  ", as_of=DAY))
    refused(billed.run("write-off", "2026-0001", "--amount", "-5", "--reason", "r", as_of=DAY))
    refused(billed.run("credit", "nothing", "--reason", "r", as_of=DAY))
    assert billed.run("credit", "2026-0001", as_of=DAY).code == 2


def test_a_clock_that_went_back_issues_no_credit_note(billed: Shell) -> None:
    """The document it takes back is of a later day."""
    assert "choose that day or a later one" in refused(
        billed.run("credit", "2026-0001", "--reason", "r", as_of="2026-01-01")
    )


def test_a_void_travels_to_a_copy_that_still_has_it_issued(billed: Shell) -> None:
    """With --update a copy learns of the void; without, the document differs and nothing is changed."""
    old = billed.folder / "old.json"
    billed.ok("export", str(old))
    billed.ok("void", "2026-0001", "--reason", "twice", as_of="2026-01-11")
    new = billed.folder / "new.json"
    billed.ok("export", str(new))
    copy = Shell(billed.folder / "c", billed._capture)
    copy.folder.mkdir()
    copy.ok("import", str(old))
    assert "never changes" in refused(copy.run("import", str(new)))
    copy.ok("import", str(new), "--update")
    assert open_of(copy)["2026-0001"] == ("0.00", "void")
    assert copy.run("check").code == 0


def test_written_down_minutes_are_neither_used_nor_overage_but_cost(shell: Shell) -> None:
    """2 h allowed, 3 h worked, 1 h written down: no overage; cost of all 3 h at 60 is 180."""
    terms = plan("2026-01-01", "1000.00", allowance_minutes=120)
    entry = {"id": "w1", "on": "2026-01-05", "minutes": 180, "person": "ada", "retainer": "care"}
    file = account("acme", retainer("care", "2026-01-01", terms), work=[entry])
    shell.ok("import", shell.write("b.json", book(file)))
    down = ["write-down", "acme", "w1", "--minutes", "60", "--reason", "we were slow"]
    told = shell.ok(*down, "--json", as_of="2026-02-01").json
    assert told["written_down_minutes"] == 60
    whole = shell.ok("account", "acme", "--json", as_of="2026-02-01").json
    january = whole["periods"][0]
    assert (january["used"], january["overage"]) == (120, 0)
    assert next(m for m in whole["margin"]["months"] if m["month"].startswith("2026-01"))["cost"] == "180.00"
    refused(shell.run("write-down", "acme", "w1", "--minutes", "181", "--reason", "r"))
    sound(shell, "2026-02-01")
