"""The worked examples of the handbook, reproduced through the command line."""

from __future__ import annotations

from tests.cli.books import account, book, plan, retainer, work
from tests.cli.conftest import Shell


def test_the_allowance_table_comes_out_line_by_line(shell: Shell) -> None:
    """20 h a month, carried for 2 periods, at most 5 h a period; used 14, 18, 25 and 30 h.

    Period 1 leaves 6 h: 5 carried, 1 forfeited. Period 2 burns the carried 5 h first, leaves 7: 5 carried,
    2 forfeited. Period 3 uses all 25. Period 4 has 20 and uses 30: 10 h over, 10 × 150 = 1,500.
    """
    hours = [(1, 14), (2, 18), (3, 25), (4, 15), (4, 15)]
    entries = [work(f"2025-{m:02}-{10 + i}", h * 60) for i, (m, h) in enumerate(hours)]
    terms = plan(
        "2025-01-01", "3000.00", allowance_minutes=1200,
        rollover={"policy": "surplus", "periods": 2, "cap_minutes": 300, "total_cap_minutes": None},
    )  # fmt: skip
    shell.ok(
        "import",
        shell.write("b.json", book(account("acme", retainer("advisory", "2025-01-01", terms), work=entries))),
    )
    periods = shell.ok("account", "acme", "--json", as_of="2025-05-01").json["periods"]
    told = [
        tuple(p[name] // 60 for name in ("opening", "used", "overage", "forfeited", "carried"))
        for p in periods[:4]
    ]
    assert told == [(0, 14, 0, 1, 5), (5, 18, 0, 2, 5), (5, 25, 0, 0, 0), (0, 30, 10, 0, 0)]
    run = shell.ok("bill", "--through", "2025-05-01", "--dry-run", "--json", as_of="2025-05-01").json
    overage = [line for each in run["proposed"] for line in each["lines"] if line["charge"] == "overage"]
    assert [(line["from"], line["quantity"], line["net"]) for line in overage] == [
        ("2025-04-01", "10", "1500.00")
    ]
    with_fee = next(each for each in run["proposed"] if overage[0] in each["lines"])
    assert [(line["charge"], line["from"]) for line in with_fee["lines"]] == [
        ("overage", "2025-04-01"),
        ("fee", "2025-05-01"),
    ]


def test_a_start_on_the_tenth_of_august_costs_its_days(shell: Shell) -> None:
    """50.00 from 10 August: 50 × 22 ÷ 31 = 35.48."""
    shell.ok(
        "import",
        shell.write(
            "b.json", book(account("acme", retainer("r", "2025-08-10", plan("2025-08-10", "50.00"))))
        ),
    )
    run = shell.ok("bill", "--dry-run", "--json", as_of="2025-08-10").json
    assert [(line["from"], line["to"], line["net"]) for line in run["proposed"][0]["lines"]] == [
        ("2025-08-10", "2025-09-01", "35.48")
    ]


def test_a_price_change_known_late_is_a_credit_and_a_new_part(shell: Shell) -> None:
    """20 → 40 on 11 May, after May was invoiced: −20 × 21 ÷ 31 = −13.55 and 40 × 21 ÷ 31 = 27.10."""
    before = account("acme", retainer("r", "2025-05-01", plan("2025-05-01", "20.00")))
    after = account(
        "acme", retainer("r", "2025-05-01", plan("2025-05-01", "20.00"), plan("2025-05-11", "40.00"))
    )
    shell.ok("import", shell.write("a.json", book(before)))
    shell.ok("bill", as_of="2025-05-02")
    shell.ok("import", "--update", shell.write("b.json", book(after)))
    issued = shell.ok("bill", "--json", as_of="2025-05-12").json
    assert [(line["charge"], line["net"]) for line in issued["proposed"][0]["lines"]] == [
        ("correction", "-13.55"),
        ("correction", "27.10"),
    ]
    assert issued["issued"][0]["net"] == "13.55"
    assert shell.ok("bill", "--json", as_of="2025-05-12").json["proposed"] == []


def test_a_price_change_known_before_is_two_parts_of_the_fee(shell: Shell) -> None:
    """20 × 10 ÷ 31 = 6.45 and 40 × 21 ÷ 31 = 27.10: the same 33.55 as 20 − 13.55 + 27.10."""
    plans = (plan("2025-05-01", "20.00"), plan("2025-05-11", "40.00"))
    shell.ok("import", shell.write("b.json", book(account("acme", retainer("r", "2025-05-01", *plans)))))
    run = shell.ok("bill", "--dry-run", "--json", as_of="2025-05-01").json
    assert [(line["charge"], line["net"]) for line in run["proposed"][0]["lines"]] == [
        ("fee", "6.45"),
        ("fee", "27.10"),
    ]


def test_notice_deadlines_in_months_and_in_days(shell: Shell) -> None:
    """E 30 November, 3 months: 31 August. E 31 December, 30 days: 1 December, loosely 2 December."""
    months = {"months": 12, "renewal": "automatic", "notice": {"count": 3, "unit": "months"}}
    days = {"months": 12, "renewal": "automatic", "notice": {"count": 30, "unit": "days"}}
    retainers = (
        retainer("m", "2024-12-01", plan("2024-12-01", "10.00"), term=months),
        retainer("d", "2025-01-01", plan("2025-01-01", "10.00"), term=days),
    )
    shell.ok("import", shell.write("b.json", book(account("acme", *retainers))))
    term = shell.ok("account", "acme", "--json", as_of="2025-05-01").json["term"]
    assert (term["m"]["notice_deadline"], term["m"]["to"]) == ("2025-08-31", "2025-12-01")
    assert (term["d"]["notice_deadline"], term["d"]["notice_latest"]) == ("2025-12-01", "2025-12-02")


def test_the_waterfall_sums_from_agreed_to_net(shell: Shell) -> None:
    """Fee 5,000, 30 h agreed at 60/h: 3,200; − 200 − 120 − 180 − 180 − 120 − 75 = 2,325 − 456 = 1,869."""
    hours = [("delivery", 10)] * 3 + [("call", 3), ("prep", 3), ("out_of_scope", 2)]
    entries = [work(f"2025-03-{3 + i:02}", h * 60, kind) for i, (kind, h) in enumerate(hours)]
    terms = plan("2025-03-01", "5000.00", allowance_minutes=1800, overage={"rate": "0", "decision": "absorb"})
    acme = account(
        "acme", retainer("advisory", "2025-03-01", terms), work=entries,
        charges=[{"on": "2025-03-12", "text": "Discount", "quantity": "1", "unit_price": "-200.00"}],
        expenses=[{"on": "2025-03-12", "amount": "120.00", "text": "Train", "rebill": False}],
        payments=[{"on": "2025-03-20", "amount": "100.00", "invoice": None, "fee": "75.00"}],
    )  # fmt: skip
    shell.ok("import", shell.write("b.json", book(acme)))
    margin = shell.ok(
        "margin", "acme", "--from", "2025-03-01", "--to", "2025-04-01", "--json", as_of="2025-04-02"
    ).json
    assert [(bar["cause"], bar["amount"]) for bar in margin["waterfall"]] == [
        ("agreed", "3200.00"), ("discount", "-200.00"), ("out_of_scope", "-120.00"),
        ("extra_calls", "-180.00"), ("preparation", "-180.00"), ("expenses", "-120.00"),
        ("payment_fees", "-75.00"),
        ("contribution", "2325.00"), ("overhead", "-456.00"), ("net", "1869.00"),
    ]  # fmt: skip
    assert margin["months"][0]["margin_percent"] == "48.4"
    assert margin["months"][0]["effective_rate"] == "126.32"
