"""Prices that include tax, and fees that were given up, stay what they are after a round through the book."""

from __future__ import annotations

from pathlib import Path

from tests.cli.books import account, book, plan, retainer
from tests.cli.conftest import Shell

INCLUDED = {"category": "standard", "rate": "19", "included": True, "reason": None}


def test_a_fee_with_tax_inside_is_invoiced_once(shell: Shell, tmp_path: Path) -> None:
    """20.00 with 19 % inside: tax 20 × 19 ÷ 119 = 3.19, net 16.81; the next day nothing is missing."""
    acme = account("acme", retainer("r", "2026-05-01", plan("2026-05-01", "20.00")), tax=INCLUDED)
    shell.ok("import", shell.write("b.json", book(acme)))
    proposed = shell.ok("bill", "--dry-run", "--json", as_of="2026-05-02").json["proposed"]
    assert [(each["net"], each["lines"][0]["net"]) for each in proposed] == [("16.81", "16.81")]
    assert "1 invoice would be issued." in shell.ok("bill", "--dry-run", as_of="2026-05-02").out
    issued = shell.ok("bill", "--json", as_of="2026-05-02").json["issued"]
    assert [(each["net"], each["gross"]) for each in issued] == [("16.81", "20.00")]
    shown = shell.ok("invoice", "2026-0001", as_of="2026-05-02").out
    assert "tax 19 % on 16.81: 3.19" in shown
    assert shell.ok("bill", "--json", as_of="2026-05-03").json["proposed"] == []
    shell.ok("export", str(tmp_path / "one.json"))
    shell.book = tmp_path / "second.retainerdesk"
    shell.ok("import", str(tmp_path / "one.json"))
    assert shell.ok("bill", "--json", as_of="2026-05-03").json["proposed"] == []


def test_a_price_change_with_tax_inside_credits_the_agreed_price(shell: Shell) -> None:
    """20 → 40 on 11 May, tax inside: −13.55 + 27.10 = 13.55 gross, of which tax 13.55 × 19 ÷ 119 = 2.16.

    Without it 13.55 − 2.16 = 11.39; the lines, −11.387 and 22.773, share it as −11.38 + 22.77.
    """
    before = retainer("r", "2026-05-01", plan("2026-05-01", "20.00"))
    after = retainer("r", "2026-05-01", plan("2026-05-01", "20.00"), plan("2026-05-11", "40.00"))
    shell.ok("import", shell.write("a.json", book(account("acme", before, tax=INCLUDED))))
    shell.ok("bill", as_of="2026-05-02")
    shell.ok("import", "--update", shell.write("b.json", book(account("acme", after, tax=INCLUDED))))
    run = shell.ok("bill", "--json", as_of="2026-05-12").json
    assert [line["net"] for line in run["proposed"][0]["lines"]] == ["-11.38", "22.77"]
    assert (run["proposed"][0]["gross"], run["proposed"][0]["tax"][0]["amount"]) == ("13.55", "2.16")
    assert shell.ok("bill", "--json", as_of="2026-05-13").json["proposed"] == []
