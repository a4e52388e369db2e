"""Exchange rates and payments in another currency, as a shell asks for them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.books import account, book, plan, retainer
from tests.cli.conftest import Shell
from tests.cli.test_corrections import refused, sound

DAY = "2026-01-31"


def pounds(**more: Any) -> dict[str, Any]:
    """£2,000.00 a month in advance from January, 19 % tax: invoices of £2,380.00."""
    terms = plan("2026-01-01", "2000.00")
    return account("brit", retainer("r", "2026-01-01", terms), **{"currency": "GBP", **more})


@pytest.fixture
def british(shell: Shell) -> Shell:
    shell.ok("import", shell.write("b.json", book(pounds())))
    return shell


def add(shell: Shell, value: str, on: str, pair: tuple[str, str] = ("GBP", "EUR")) -> None:
    shell.ok("rates", "add", "--from", pair[0], "--to", pair[1], "--rate", value, "--on", on)


def test_rates_are_added_listed_imported_and_removed(british: Shell) -> None:
    add(british, "1.17", "2026-01-31")
    answer = british.run("rates", "add", "--from", "GBP", "--to", "EUR", "--rate", "1.2", "--on", DAY)
    assert "already: 1.17" in refused(answer)
    table = british.folder / "rates.csv"
    table.write_text("date;from;to;rate;source\n2026-01-31;GBP;EUR;1.18;ECB\n2026-02-28;jpy;EUR;0.0061\n")
    told = british.ok("rates", "import", str(table), "--json").json
    assert told == {"added": 1, "changed": 1, "left": 0}
    assert british.ok("rates", "import", str(table), "--json").json["left"] == 2
    known = british.ok("rates", "--json").json["rates"]
    assert [(each["from"], each["on"], each["rate"], each["source"]) for each in known] == [
        ("GBP", "2026-01-31", "1.18", "ECB"),
        ("JPY", "2026-02-28", "0.0061", ""),
    ]
    british.ok("rates", "remove", "--from", "JPY", "--to", "EUR", "--on", "2026-02-28")
    assert "There is no rate" in refused(
        british.run("rates", "remove", "--from", "JPY", "--to", "EUR", "--on", "2026-02-28")
    )
    sound(british)


def test_a_bad_row_of_a_table_is_named_and_nothing_of_it_stored(british: Shell) -> None:
    table = british.folder / "rates.csv"
    table.write_text(
        "2026-01-31,GBP,EUR,1.18\n31.01.2026,GBP,EUR,1\n2026-02-01,XXL,EUR,1\n2026-02-02,GBP,EUR\n"
    )
    answer = british.run("rates", "import", str(table))
    assert answer.code == 1
    for part in ("row 2, date", "row 3, from", "row 4, cells"):
        assert part in answer.err
    assert british.ok("rates", "--json").json["rates"] == []


def test_the_margin_of_a_foreign_account_takes_the_rate_of_each_periods_end(british: Shell) -> None:
    """January at 1.17 is 2,340.00; February has 1.20 of the 15th: 2,400.00. December 2025 had no fee."""
    asked = ("margin", "brit", "--from", "2026-01-01", "--to", "2026-03-01", "--json")
    before = british.ok(*asked, as_of="2026-03-01").json
    assert [(each["complete"], each["currency"], each["revenue"]) for each in before["months"]] == [
        (False, "GBP", "2000.00"),
        (False, "GBP", "2000.00"),
    ]
    assert before["months"][0]["missing"] == ["no exchange rate from GBP to EUR before 2026-02-01"]
    add(british, "1.17", DAY)
    add(british, "1.20", "2026-02-15")
    after = british.ok(*asked, as_of="2026-03-01").json
    assert [(each["complete"], each["currency"], each["revenue"]) for each in after["months"]] == [
        (True, "EUR", "2340.00"),
        (True, "EUR", "2400.00"),
    ]
    assert after["months"][1]["rates"] == [
        {"from": "GBP", "to": "EUR", "on": "2026-02-15", "rate": "1.2", "source": ""}
    ]
    assert after["waterfall"][-1] == {"cause": "net", "amount": "4740.00"}


def test_recurring_money_is_added_by_named_rates_only(british: Shell) -> None:
    """£2,000.00 at 1.17 are 2,340.00 EUR; ¥300,000 have no rate."""
    yen = account("jpn", retainer("r", "2026-01-01", plan("2026-01-01", "300000")), currency="JPY")
    british.ok("import", british.write("y.json", book(pounds(), yen)))
    add(british, "1.17", DAY)
    told = british.ok("accounts", "--json", as_of="2026-02-01").json["mrr"]
    assert (told["total"], told["currency"]) == ("2340.00", "EUR")
    assert told["rates"][0]["rate"] == "1.17"
    assert told["unknown"] == [{"amount": "300000", "currency": "JPY"}]


def test_an_invoice_states_its_tax_in_the_currency_of_the_books(british: Shell) -> None:
    """£380.00 of tax at 1.17 are 444.60 EUR; a credit note of half takes back 222.30 of them."""
    add(british, "1.17", "2025-12-31")
    british.ok("bill", "--through", "2026-01-01", as_of="2026-01-01")
    stated = british.ok("invoice", "2026-0001", "--json", as_of=DAY).json["book_tax"]
    assert (stated["amount"], stated["currency"], stated["rate"]["on"]) == ("444.60", "EUR", "2025-12-31")
    british.ok("credit", "2026-0001", "--amount", "1190", "--reason", "half", as_of=DAY)
    note = british.ok("invoice", "CN-2026-0001", "--json", as_of=DAY).json["book_tax"]
    assert note["amount"] == "-222.30"
    british.ok("rates", "remove", "--from", "GBP", "--to", "EUR", "--on", "2025-12-31")
    assert british.ok("invoice", "2026-0001", "--json", as_of=DAY).json["book_tax"] == stated
    sound(british)


def test_without_a_rate_an_invoice_states_no_tax_but_its_own(british: Shell) -> None:
    british.ok("bill", "--through", "2026-01-01", as_of="2026-01-01")
    assert british.ok("invoice", "2026-0001", "--json", as_of=DAY).json["book_tax"] is None


@pytest.fixture
def billed(british: Shell) -> Shell:
    """2026-0001 and 2026-0002 of £2,380.00 each; the book knows 1 EUR = 0.85 GBP."""
    british.ok("bill", "--through", "2026-02-01", as_of="2026-02-01")
    add(british, "0.85", "2026-01-01", ("EUR", "GBP"))
    return british


def balances(shell: Shell) -> dict[str, str]:
    rows = shell.ok("invoices", "--json", as_of="2026-03-01").json["invoices"]
    return {row["number"]: row["balance"] for row in rows}


def test_euros_settle_several_pound_invoices_at_the_stated_rate(billed: Shell) -> None:
    """5,000.00 EUR at 0.86 are £4,300.00: 2,380.00 and 1,920.00; by the book they are 4,250.00."""
    told = billed.ok(
        "pay", "brit", "5000", "--currency", "EUR", "--rate", "0.86", "--fee", "12.50", "--json",
        as_of="2026-02-10",
    ).json  # fmt: skip
    assert (told["payment"]["settles"], told["payment"]["fee"], told["credit"]) == (
        "4300.00",
        "12.50",
        "0.00",
    )
    assert [each["amount"] for each in told["payment"]["allocations"]] == ["2380.00", "1920.00"]
    assert (told["book_rate"]["settles"], told["book_rate"]["difference"]) == ("4250.00", "50.00")
    assert balances(billed) == {"2026-0001": "0.00", "2026-0002": "460.00"}
    sound(billed)


def test_what_it_settles_may_be_stated_instead_and_the_rest_is_credit(billed: Shell) -> None:
    """3,000.00 EUR are to settle £2,500.00, of which 2026-0001 takes 2,380.00 and 120.00 stay."""
    told = billed.ok(
        "pay", "brit", "3000", "--currency", "eur", "--settles", "2500", "--invoice", "2026-0001", "--json",
        as_of="2026-02-10",
    ).json  # fmt: skip
    assert (told["payment"]["rate"], told["credit"]) == (None, "120.00")
    assert billed.ok("account", "brit", "--json", as_of="2026-02-10").json["credit"] == "120.00"
    sound(billed)


def test_a_part_is_settled_and_a_dry_run_keeps_nothing(billed: Shell) -> None:
    asked = ("pay", "brit", "1000", "--invoice", "2026-0001=600", "--invoice", "2026-0002=400")
    assert "Dry run" in billed.ok(*asked, "--dry-run", as_of="2026-02-10").out
    assert balances(billed)["2026-0001"] == "2380.00"
    billed.ok(*asked, as_of="2026-02-10")
    assert balances(billed) == {"2026-0001": "1780.00", "2026-0002": "1980.00"}


def test_what_cannot_be_is_refused_in_words(billed: Shell) -> None:
    def says(*asked: str) -> str:
        return refused(billed.run("pay", "brit", *asked, as_of="2026-02-10"))

    assert "at which rate" in says("100", "--currency", "EUR")
    assert "needs no rate" in says("100", "--rate", "1.1")
    assert "not a currency" in says("100", "--currency", "XXL", "--rate", "1")
    assert "still open" in says("9000", "--invoice", "2026-0001=9000")
    assert "fee lies between" in says("100", "--currency", "EUR", "--rate", "1", "--fee", "101")


def test_a_book_file_names_currency_and_rate(billed: Shell) -> None:
    """¥1,000,000 at 0.0052 are £5,200.00; what is stated beside the rate must agree with it."""
    paid = {"id": "y", "on": "2026-02-10", "amount": "1000000", "currency": "JPY", "rate": "0.0052"}
    billed.ok("import", billed.write("p.json", book(pounds(payments=[paid]))))
    assert billed.ok("account", "brit", "--json", as_of="2026-02-10").json["credit"] == "5200.00"
    wrong = {**paid, "id": "z", "settles": "5199.00"}
    answer = billed.run("import", billed.write("q.json", book(pounds(payments=[wrong]))))
    assert "accounts[0].payments[0].settles" in refused(answer)
    bare = {"id": "w", "on": "2026-02-10", "amount": "5", "currency": "EUR"}
    assert "settles" in refused(billed.run("import", billed.write("w.json", book(pounds(payments=[bare])))))
    sound(billed)


def test_a_fee_in_the_currency_of_the_books_is_a_cost_without_a_rate(billed: Shell) -> None:
    """2,800.00 EUR came less 30.00: January at 1 ÷ 0.85 earns 2,352.94, less 30.00 of February."""
    billed.ok(
        "pay", "brit", "2800", "--currency", "EUR", "--settles", "2380", "--fee", "30", as_of="2026-02-10"
    )
    months = billed.ok(
        "margin", "brit", "--from", "2026-01-01", "--to", "2026-03-01", "--json", as_of="2026-03-01"
    ).json["months"]
    assert [each["contribution"] for each in months] == ["2352.94", "2322.94"]
