"""Overage, one-off charges and expenses: what is owed, once. Amounts worked by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from retainerdesk.domain.account import AccountStatus, TaxCategory, TaxRule
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.charging import missing_charges
from retainerdesk.domain.entered_charges import one_off_net
from retainerdesk.domain.invoice import Charge, ChargeKind
from retainerdesk.domain.period import MONTHLY, Cadence, CadenceUnit
from retainerdesk.domain.plan import Overage, OverageDecision, Timing
from retainerdesk.domain.retainer import UsageDecision
from tests.domain.builders import (
    BILL_150,
    account,
    account_file,
    day,
    days,
    expense,
    hours,
    lines_of,
    nets,
    one_off,
    plan,
    retainer,
    run,
    skip,
    work,
)

ASK = Overage(Decimal(150), OverageDecision.ASK)
# 10 h a month from January 2026 for nothing but its overage.
HOURS = plan("2026-01-01", 0, allowance_minutes=600, overage=BILL_150)


def due(file: AccountFile, on: str) -> list[Charge]:
    return missing_charges(file, day(on), day(on))


def worked(*entries: Any, **changes: Any) -> AccountFile:
    return account_file(retainer(replace(HOURS, **changes)), work=tuple(entries))


class TestOverage:
    FILE = worked(work("2026-01-10", hours(12), "w1"))

    def test_is_invoiced_when_its_period_is_over(self) -> None:
        """2 h × 150."""
        assert due(self.FILE, "2026-01-31") == []
        (charge,) = due(self.FILE, "2026-02-01")
        assert (charge.key.kind, charge.key.service) == (ChargeKind.OVERAGE, days("2026-01-01", "2026-02-01"))
        assert (charge.billable_on, charge.quantity, str(charge.net)) == (
            day("2026-02-01"),
            Decimal(2),
            "300.00",
        )
        assert charge.details == ("12 h worked, 10 h included",)

    def test_of_a_period_that_is_not_over_is_not_owed_however_far_a_run_reaches(self) -> None:
        assert missing_charges(self.FILE, day("2026-03-01"), day("2026-01-31")) == []

    def test_hours_show_four_decimals_and_the_amount_comes_from_minutes(self) -> None:
        """100 min = 1.6667 h, 250.00 and not 250.005."""
        (charge,) = due(worked(work("2026-01-10", 700)), "2026-02-01")
        assert (str(charge.quantity), str(charge.net)) == ("1.6667", "250.00")

    def test_waits_for_a_decision_where_the_plan_asks(self) -> None:
        file = worked(work("2026-01-10", hours(12)), overage=ASK)
        assert due(file, "2026-03-01") == []
        made = UsageDecision(day("2026-01-01"), OverageDecision.BILL)
        decided = replace(file, retainers=(replace(file.retainers[0], usage_decisions=(made,)),))
        assert nets(due(decided, "2026-03-01")) == ["300.00"]

    @pytest.mark.parametrize(
        ("minutes", "difference"), [(hours(13), "150.00"), (hours(11), "-150.00"), (60, "-300.00")]
    )
    def test_work_changed_in_an_invoiced_period_is_a_correction_of_the_difference(
        self, minutes: int, difference: str
    ) -> None:
        """300.00 was invoiced for 12 h."""
        file = run(self.FILE, "2026-02-01")
        file = replace(file, work=(work("2026-01-10", minutes, "w1"),))
        (charge,) = due(file, "2026-02-10")
        assert (charge.key.kind, str(charge.net)) == (ChargeKind.CORRECTION, difference)
        assert charge.why == "work changed in an invoiced period"

    def test_late_work_twice_is_two_corrections_and_then_nothing(self) -> None:
        file = run(self.FILE, "2026-02-01")
        for number, on in ((1, "2026-02-05"), (2, "2026-02-06")):
            file = replace(file, work=(*file.work, work("2026-01-20", 60, f"late{number}")))
            file = run(file, on)
        assert nets(lines_of(file)) == ["300.00", "150.00", "150.00"]
        assert [line.key.sequence for line in lines_of(file, ChargeKind.CORRECTION)] == [1, 2]
        assert due(file, "2026-02-28") == []

    def test_late_work_in_a_period_that_had_no_overage_is_overage(self) -> None:
        file = run(worked(work("2026-01-10", hours(10), "w1")), "2026-02-01")
        file = replace(file, work=(*file.work, work("2026-01-20", 60, "late")))
        (charge,) = due(file, "2026-02-10")
        assert (charge.key.kind, str(charge.net)) == (ChargeKind.OVERAGE, "150.00")

    def test_a_decision_changed_after_invoicing_takes_the_amount_back(self) -> None:
        file = run(self.FILE, "2026-02-01")
        made = UsageDecision(day("2026-01-01"), OverageDecision.ABSORB, "goodwill")
        file = replace(file, retainers=(replace(file.retainers[0], usage_decisions=(made,)),))
        assert nets(due(file, "2026-02-10")) == ["-300.00"]

    @pytest.mark.parametrize("with_amount", [True, False])
    def test_skipped_is_never_proposed_again(self, with_amount: bool) -> None:
        (charge,) = due(self.FILE, "2026-02-01")
        file = replace(self.FILE, skips=(skip(charge, "2026-02-01", with_amount=with_amount),))
        assert due(file, "2026-03-01") == []

    def test_more_work_after_a_skip_with_its_amount_is_the_difference(self) -> None:
        (charge,) = due(self.FILE, "2026-02-01")
        file = replace(self.FILE, skips=(skip(charge, "2026-02-01"),))
        file = replace(file, work=(*file.work, work("2026-01-20", 60, "late")))
        assert nets(due(file, "2026-02-10")) == ["150.00"]

    def test_a_skipped_correction_is_never_proposed_again(self) -> None:
        file = run(self.FILE, "2026-02-01")
        file = replace(file, work=(work("2026-01-10", hours(13), "w1"),))
        (charge,) = due(file, "2026-02-10")
        file = replace(file, skips=(skip(charge, "2026-02-10"),))
        assert due(file, "2026-02-20") == []

    def test_a_period_that_ends_earlier_in_hindsight_is_not_invoiced_again(self) -> None:
        """300.00 for all of January; the service ends on the 16th, where 10 h × 15/31 = 290 minutes were
        included: 430 minutes over are 1,075.00, of which 775.00 are not invoiced yet."""
        file = run(self.FILE, "2026-02-01")
        file = replace(file, retainers=(replace(file.retainers[0], ended_on=day("2026-01-16")),))
        assert nets(due(file, "2026-02-10")) == ["775.00"]

    def test_before_the_day_this_book_invoices_from_it_was_settled(self) -> None:
        settled = replace(self.FILE.retainers[0], settled_through=day("2026-02-01"))
        assert due(replace(self.FILE, retainers=(settled,)), "2026-03-01") == []

    def test_follows_the_usage_cadence_and_the_fee_its_own(self) -> None:
        """Fee by the month; 10 h by the quarter, 12 used: one overage on 1 April."""
        quarter = Cadence(CadenceUnit.MONTH, 3)
        file = worked(
            work("2026-01-10", hours(12)), fee=HOURS.fee + plan("2026-01-01", 100).fee, usage_cadence=quarter
        )
        file = run(file, "2026-04-01")
        assert nets(lines_of(file, ChargeKind.FEE)) == ["100.00"] * 4
        assert [line.key.service for line in lines_of(file, ChargeKind.OVERAGE)] == [
            days("2026-01-01", "2026-04-01")
        ]


class TestChargesOfTheAccount:
    @pytest.mark.parametrize(
        ("quantity", "price", "discount", "net"),
        [
            ("1", "800.00", "0", "800.00"),
            ("2.5", "99.9999", "0", "250.00"),  # 249.99975
            ("3", "33.335", "0", "100.01"),  # 100.005, half up
            ("1", "800", "12.5", "700.00"),
            ("1", "0.01", "50", "0.01"),  # 0.005, half up
            ("1", "800", "100", "0.00"),
            ("-1", "33.335", "0", "-33.34"),
        ],
    )
    def test_quantity_times_price_less_discount_is_rounded_once(
        self, quantity: str, price: str, discount: str, net: str
    ) -> None:
        charge = one_off("2026-01-10", price, quantity, discount_percent=Decimal(discount))
        assert str(one_off_net(charge, "EUR")) == net

    def test_a_discount_is_written_below_the_line(self) -> None:
        file = account_file(charges=(one_off("2026-01-10", "800", discount_percent=Decimal("12.50")),))
        assert due(file, "2026-01-10")[0].details == ("−12.5 %",)

    def test_is_owed_from_its_day_on_and_once(self) -> None:
        file = account_file(charges=(one_off("2026-01-10", "800"),), expenses=(expense("2026-01-11", "120"),))
        assert due(file, "2026-01-09") == []
        assert nets(due(file, "2026-01-11")) == ["800.00", "120.00"]
        assert due(run(file, "2026-01-11"), "2026-06-01") == []

    def test_moved_to_another_day_after_invoicing_it_is_not_owed_again(self) -> None:
        file = run(account_file(charges=(one_off("2026-01-10", "800"),)), "2026-01-11")
        moved = replace(file.charges[0], on=day("2026-01-12"))
        assert due(replace(file, charges=(moved,)), "2026-02-01") == []

    def test_skipped_it_is_not_owed_again(self) -> None:
        file = account_file(charges=(one_off("2026-01-10", "800"),))
        (charge,) = due(file, "2026-01-10")
        assert due(replace(file, skips=(skip(charge, "2026-01-10"),)), "2026-02-01") == []

    def test_expenses_that_are_ours_are_not_passed_on(self) -> None:
        assert due(account_file(expenses=(expense("2026-01-11", "120", rebill=False),)), "2026-02-01") == []

    def test_a_line_may_be_taxed_differently_from_the_account(self) -> None:
        exempt = TaxRule(TaxCategory.EXEMPT, reason="§ 4 UStG")
        file = account_file(charges=(one_off("2026-01-10", "800", tax=exempt),))
        assert due(file, "2026-01-10")[0].tax == exempt


class TestRetainersOfOneAccount:
    def test_work_without_a_retainer_belongs_to_the_only_one(self) -> None:
        entry = work("2026-01-10", hours(12), retainer_id=None)
        assert nets(due(worked(entry), "2026-02-01")) == ["300.00"]

    def test_with_two_retainers_it_belongs_to_none(self) -> None:
        two = (retainer(HOURS), replace(retainer(HOURS), id="support", name="Support"))
        file = account_file(*two, work=(work("2026-01-10", hours(12)),))
        assert due(file, "2026-02-01") == []

    def test_each_has_its_own_hours_and_corrections(self) -> None:
        two = (retainer(HOURS), replace(retainer(HOURS), id="support", name="Support"))
        entries = (
            work("2026-01-10", hours(12), "a", retainer_id="advisory"),
            work("2026-01-10", hours(11), "s", retainer_id="support"),
        )
        file = run(account_file(*two, work=entries), "2026-02-01")
        assert [(line.key.retainer_id, str(line.net)) for line in lines_of(file)] == [
            ("advisory", "300.00"),
            ("support", "150.00"),
        ]
        file = replace(file, work=(*entries, work("2026-01-11", 60, "late", retainer_id="support")))
        assert [(c.key.retainer_id, str(c.net)) for c in due(file, "2026-02-10")] == [("support", "150.00")]

    def test_an_account_without_retainers_owes_nothing(self) -> None:
        assert due(account_file(), "2026-02-01") == []


class TestFees:
    def test_a_fee_of_zero_is_no_charge(self) -> None:
        assert due(account_file(retainer(plan("2026-01-01", 0))), "2026-06-01") == []

    def test_a_retainer_in_the_future_owes_nothing_yet(self) -> None:
        assert due(account_file(retainer(plan("2026-06-01"))), "2026-05-31") == []

    def test_in_arrears_is_owed_the_day_after_the_period(self) -> None:
        file = account_file(retainer(plan("2026-01-01", 100, timing=Timing.ARREARS)))
        assert due(file, "2026-01-31") == []
        (charge,) = due(file, "2026-02-01")
        assert (charge.why, charge.key.service) == ("in arrears", days("2026-01-01", "2026-02-01"))

    def test_more_than_a_week_late_it_says_so(self) -> None:
        file = account_file(retainer(plan("2026-01-01", 100)))
        assert due(file, "2026-01-08")[0].why == "in advance"
        assert due(file, "2026-01-09")[0].why == "missed until now"

    @pytest.mark.parametrize(
        ("cadence", "words"),
        [(None, ("20 h included",)), (MONTHLY, ("20 h included",)), (Cadence(CadenceUnit.WEEK, 1), ())],
    )
    def test_the_allowance_is_named_where_it_is_that_of_the_period(self, cadence: Any, words: Any) -> None:
        file = account_file(retainer(plan("2026-01-01", 100, allowance_minutes=1200, usage_cadence=cadence)))
        assert due(file, "2026-01-01")[0].details == words

    def test_prices_with_tax_inside_are_corrected_by_what_was_agreed(self) -> None:
        """119.00 a month with 19 % inside, invoiced as 100.00; no correction, and half of it after a change:
        from 16 April (15 of 30 days) 238.00: −59.50 and +119.00 with tax."""
        included = TaxRule(TaxCategory.STANDARD, Decimal(19), included=True)
        old = plan("2026-04-01", 119)
        file = run(replace(account_file(retainer(old)), account=account(tax=included)), "2026-04-01")
        assert nets(lines_of(file)) == ["100.00"]
        assert due(file, "2026-04-20") == []
        file = replace(file, retainers=(retainer(old, plan("2026-04-16", 238)),))
        assert nets(due(file, "2026-04-20")) == ["-59.50", "119.00"]
        assert due(run(file, "2026-04-20"), "2026-04-30") == []

    def test_lines_are_in_the_language_of_the_account(self) -> None:
        file = replace(account_file(retainer(plan("2026-01-01", 100))), account=account(locale="de_AT"))
        assert due(file, "2026-01-01")[0].text == "Advisory, Pauschale"


def test_an_account_that_is_still_a_proposal_owes_nothing() -> None:
    """What is offered is not agreed yet; the same terms of an active account owe their fee."""
    offered = account_file(retainer(plan("2026-01-01")))
    today = day("2026-01-01")
    assert len(missing_charges(offered, today, today)) == 1
    proposal = replace(offered, account=replace(offered.account, status=AccountStatus.PROPOSAL))
    assert missing_charges(proposal, today, today) == []
