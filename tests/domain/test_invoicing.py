"""What one run proposes and parks, and the documents it becomes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from retainerdesk.domain.account import TaxCategory, TaxRule
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.invoice import ChargeKind
from retainerdesk.domain.invoicing import Bounds, RunPreview, propose, without
from retainerdesk.domain.issuing import IssueSlot, draw_up
from retainerdesk.domain.open_overage import undecided_overage
from retainerdesk.domain.period import Cadence, CadenceUnit
from retainerdesk.domain.plan import Overage, OverageDecision, Timing
from tests.domain.builders import (
    BILL_150,
    BUSINESS,
    account,
    account_file,
    day,
    expense,
    hours,
    issue,
    lines_of,
    one_off,
    pause,
    plan,
    retainer,
    run,
    work,
)

MONTHLY_100 = account_file(retainer(plan("2026-01-01", 100)))


def preview(file: AccountFile, on: str) -> RunPreview:
    return propose(file, day(on), day(on))


def shape(found: RunPreview) -> list[tuple[str, list[str]]]:
    """(billable day, amounts) of each proposal."""
    return [(str(p.billable_on), [str(c.net) for c in p.charges]) for p in found.proposals]


class TestGrouping:
    def test_overage_of_a_period_is_on_the_invoice_of_the_next_fee(self) -> None:
        """Fee in advance, 12 of 10 h used in January: 1 February brings 300.00 and 100.00."""
        terms = plan("2026-01-01", 100, allowance_minutes=600, overage=BILL_150)
        file = run(account_file(retainer(terms), work=(work("2026-01-10", hours(12)),)), "2026-01-01")
        (proposal,) = preview(file, "2026-02-01").proposals
        kinds = {charge.key.kind: str(charge.net) for charge in proposal.charges}
        assert kinds == {ChargeKind.FEE: "100.00", ChargeKind.OVERAGE: "300.00"}

    def test_in_arrears_fee_and_overage_of_one_period_share_an_invoice(self) -> None:
        terms = plan("2026-01-01", 100, allowance_minutes=600, overage=BILL_150, timing=Timing.ARREARS)
        file = account_file(retainer(terms), work=(work("2026-01-10", hours(12)),))
        assert len(preview(file, "2026-02-01").proposals) == 1

    def test_after_a_long_sleep_each_period_has_its_own_invoice(self) -> None:
        assert shape(preview(MONTHLY_100, "2026-03-10")) == [
            ("2026-01-01", ["100.00"]),
            ("2026-02-01", ["100.00"]),
            ("2026-03-01", ["100.00"]),
        ]

    def test_two_retainers_with_one_service_start_share_an_invoice(self) -> None:
        second = replace(retainer(plan("2026-01-01", 50)), id="support", name="Support")
        file = replace(MONTHLY_100, retainers=(*MONTHLY_100.retainers, second))
        assert shape(preview(file, "2026-01-01")) == [("2026-01-01", ["100.00", "50.00"])]

    def test_charges_for_the_next_invoice_join_it(self) -> None:
        file = replace(
            MONTHLY_100,
            charges=(one_off("2026-01-12", "800"), one_off("2026-02-20", "7")),
            expenses=(expense("2026-01-20", "30"),),
        )
        assert shape(preview(file, "2026-02-25")) == [
            ("2026-01-01", ["100.00"]),
            ("2026-02-01", ["800.00", "30.00", "100.00", "7.00"]),
        ]

    def test_several_of_them_alone_are_one_invoice(self) -> None:
        file = account_file(
            charges=(one_off("2026-01-12", "800"), one_off("2026-02-02", "10")),
            expenses=(expense("2026-01-20", "30"),),
        )
        assert shape(preview(file, "2026-02-25")) == [("2026-02-02", ["800.00", "30.00", "10.00"])]

    def test_an_account_without_retainers_and_charges_has_nothing(self) -> None:
        assert preview(account_file(), "2026-02-25") == RunPreview((), ())


class TestCredits:
    def test_below_zero_it_waits(self) -> None:
        file = account_file(charges=(one_off("2026-01-12", "-80"),))
        found = preview(file, "2026-01-12")
        assert found.proposals == ()
        assert "a credit of 80.00 EUR waits" in found.parked[0].reason

    def test_larger_than_one_fee_it_uses_up_several(self) -> None:
        """−150 with February's 100 is still below zero: January, February and the credit make 50."""
        file = replace(MONTHLY_100, charges=(one_off("2026-02-10", "-150"),))
        found = preview(file, "2026-02-15")
        assert shape(found) == [("2026-02-01", ["100.00", "100.00", "-150.00"])]
        assert str(found.proposals[0].totals.gross) == "50.00"

    def test_larger_than_every_fee_it_keeps_them_waiting_until_they_cover_it(self) -> None:
        file = replace(MONTHLY_100, charges=(one_off("2026-01-10", "-250"),))
        for on in ("2026-01-15", "2026-02-15"):
            assert preview(file, on).proposals == ()
        (proposal,) = preview(file, "2026-03-01").proposals
        assert str(proposal.totals.gross) == "50.00"

    def test_of_the_middle_it_waits_for_the_next_invoice_of_the_run(self) -> None:
        """−150 joins February (−50), and March makes it 50; January stays as it is."""
        file = replace(MONTHLY_100, charges=(one_off("2026-01-20", "-150"),))
        assert [str(p.totals.gross) for p in preview(file, "2026-03-10").proposals] == ["100.00", "50.00"]

    def test_an_invoice_of_exactly_zero_is_an_invoice(self) -> None:
        file = replace(MONTHLY_100, charges=(one_off("2026-01-01", "-100"),))
        assert [str(p.totals.gross) for p in preview(file, "2026-01-01").proposals] == ["0.00"]


class TestBounds:
    def test_fifteen_charges_of_one_retainer_are_proposed_and_sixteen_are_not(self) -> None:
        """Weekly from 1 January: the 15th week starts on 9 April, the 16th on 16 April."""
        file = account_file(retainer(plan("2026-01-01", 10, cadence=Cadence(CadenceUnit.WEEK, 1))))
        assert len(preview(file, "2026-04-15").proposals) == 15
        found = preview(file, "2026-04-16")
        assert found.proposals == ()
        assert found.parked[0].reason.startswith("16 charges at once are more than 15")
        assert found.parked[0].can_confirm

    def test_400_days_are_proposed_and_401_are_not(self) -> None:
        """1 January 2026 + 400 days is 5 February 2027."""
        file = account_file(retainer(plan("2026-01-01", 10, cadence=Cadence(CadenceUnit.YEAR, 1))))
        assert len(preview(file, "2027-02-05").proposals) == 2
        found = preview(file, "2027-02-06")
        assert found.proposals == ()
        assert "2026-01-01" in found.parked[0].reason

    def test_a_yes_releases_what_the_bounds_park(self) -> None:
        found = propose(MONTHLY_100, day("2028-01-01"), day("2028-01-01"), confirmed=True)
        assert (len(found.proposals), found.parked) == (25, ())

    def test_bounds_are_settings(self) -> None:
        found = propose(MONTHLY_100, day("2026-03-01"), day("2026-03-01"), bounds=Bounds(2))
        assert found.parked[0].charges == 3

    def test_a_clock_that_went_backwards_parks_and_no_yes_helps(self) -> None:
        for confirmed in (False, True):
            found = propose(
                MONTHLY_100,
                day("2026-01-10"),
                day("2026-01-10"),
                last_issued_on=day("2026-01-11"),
                confirmed=confirmed,
            )
            assert found.proposals == ()
            assert "check the clock" in found.parked[0].reason
            assert not found.parked[0].can_confirm

    def test_the_day_of_the_last_invoice_is_late_enough(self) -> None:
        same = day("2026-01-10")
        assert propose(MONTHLY_100, same, same, last_issued_on=same).parked == ()

    def test_with_nothing_due_a_wrong_clock_parks_nothing(self) -> None:
        file = run(MONTHLY_100, "2026-01-10")
        assert (
            propose(file, day("2026-01-05"), day("2026-01-05"), last_issued_on=day("2026-01-10")).parked == ()
        )


class TestDocuments:
    TAX = TaxRule(TaxCategory.STANDARD, Decimal(19))
    SLOT = IssueSlot("invoice", "2026-0001", 1, day("2026-01-03"), "abc")

    def test_an_invoice_carries_both_parties_lines_tax_and_its_due_day(self) -> None:
        buyer = account(tax=self.TAX, payment_terms_days=30)
        file = replace(MONTHLY_100, account=buyer)
        invoice = draw_up(preview(file, "2026-01-03").proposals[0], BUSINESS, buyer, self.SLOT)
        assert (invoice.due_on, invoice.seller, invoice.buyer) == (date(2026, 2, 2), BUSINESS, buyer)
        assert (str(invoice.totals.net), str(invoice.totals.gross)) == ("100.00", "119.00")
        assert (invoice.number, invoice.chain_head, invoice.lines[0].position) == ("2026-0001", "abc", 1)
        assert invoice.lines[0].basis == invoice.lines[0].net

    def test_prices_with_tax_inside_keep_the_gross(self) -> None:
        """100.00 with 19 % inside: 84.03 + 15.97; the line remembers 100.00."""
        buyer = account(tax=replace(self.TAX, included=True))
        file = replace(MONTHLY_100, account=buyer)
        invoice = draw_up(preview(file, "2026-01-03").proposals[0], BUSINESS, buyer, self.SLOT)
        assert (str(invoice.totals.net), str(invoice.totals.gross)) == ("84.03", "100.00")
        assert str(invoice.lines[0].agreed) == "100.00"

    def test_a_charge_left_out_changes_the_totals_and_stays_due(self) -> None:
        file = replace(MONTHLY_100, charges=(one_off("2026-01-01", "800"),))
        (proposal,) = preview(file, "2026-01-01").proposals
        fee_only = without(proposal, [c.key for c in proposal.charges if c.key.kind is ChargeKind.ONE_OFF])
        assert fee_only is not None
        assert str(fee_only.totals.gross) == "100.00"
        file = issue(file, fee_only, "2026-01-01")
        assert shape(preview(file, "2026-01-01")) == [("2026-01-01", ["800.00"])]
        assert without(proposal, proposal.keys) is None

    def test_invoices_of_one_run_are_the_same_issued_one_at_a_time(self) -> None:
        file = replace(
            MONTHLY_100,
            charges=(one_off("2026-01-12", "800"),),
            retainers=(replace(MONTHLY_100.retainers[0], pauses=(pause("2026-02-05", "2026-02-10"),)),),
        )
        all_at_once = run(file, "2026-03-10")
        one_by_one = file
        while found := preview(one_by_one, "2026-03-10").proposals:
            one_by_one = issue(one_by_one, found[0], "2026-03-10")
        assert one_by_one == all_at_once
        assert len(lines_of(all_at_once)) == 5


def test_overage_to_decide_is_that_of_closed_periods_that_ask() -> None:
    ask = Overage(Decimal(150), OverageDecision.ASK)
    terms = plan("2026-01-01", 100, allowance_minutes=600, overage=ask)
    entries = (work("2026-01-10", hours(12)), work("2026-02-10", hours(13)))
    file = account_file(retainer(terms), work=entries)
    found = undecided_overage(file, day("2026-02-20"))
    assert [(each.retainer_id, each.period_on, each.minutes) for each in found] == [
        ("advisory", day("2026-01-01"), 120)
    ]
