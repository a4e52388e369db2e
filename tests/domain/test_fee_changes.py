"""Fees nobody invoiced yet, and corrections of days invoiced at another price. Amounts worked by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.charging import missing_charges
from retainerdesk.domain.invoice import ChargeKind, InvoiceStatus
from retainerdesk.domain.invoicing import propose
from retainerdesk.domain.period import Cadence, CadenceUnit
from retainerdesk.domain.plan import Plan, Proration
from retainerdesk.domain.retainer import Pause
from tests.domain.builders import (
    account_file,
    day,
    days,
    eur,
    issue,
    lines_of,
    nets,
    pause,
    plan,
    retainer,
    run,
    skip,
)

QUARTERLY = Cadence(CadenceUnit.MONTH, 3)


def with_plans(file: AccountFile, *plans: Plan) -> AccountFile:
    return replace(file, retainers=(replace(file.retainers[0], plans=plans),))


def with_pauses(file: AccountFile, *pauses: Pause) -> AccountFile:
    return replace(file, retainers=(replace(file.retainers[0], pauses=pauses),))


def billed_total(file: Any) -> str:
    return str(sum((line.net for line in lines_of(file)), eur(0)))


class TestAChangeInMidPeriod:
    """20.00 a month until 11 May 2026, 40.00 from then on."""

    OLD = plan("2026-05-01", 20)
    NEW = plan("2026-05-11", 40)

    def test_known_before_it_is_two_fee_lines(self) -> None:
        """20 × 10/31 = 6.45 and 40 × 21/31 = 27.10."""
        file = run(account_file(retainer(self.OLD, self.NEW)), "2026-05-01")
        assert [(line.key.service, str(line.net)) for line in lines_of(file, ChargeKind.FEE)] == [
            (days("2026-05-01", "2026-05-11"), "6.45"),
            (days("2026-05-11", "2026-06-01"), "27.10"),
        ]
        assert len(file.invoices) == 1

    def test_known_afterwards_it_is_a_credit_of_the_old_part_and_the_new_part_and_then_nothing(self) -> None:
        """May was invoiced with 20.00; the unused old part is 20 × 21/31 = 13.55, the new one 27.10."""
        file = run(account_file(retainer(self.OLD)), "2026-05-01")
        assert nets(lines_of(file)) == ["20.00"]
        file = with_plans(file, self.OLD, self.NEW)
        preview = propose(file, day("2026-05-12"), day("2026-05-12"))
        (proposal,) = preview.proposals
        assert [(c.key.kind, c.key.service, str(c.net)) for c in proposal.charges] == [
            (ChargeKind.CORRECTION, days("2026-05-11", "2026-06-01"), "-13.55"),
            (ChargeKind.CORRECTION, days("2026-05-11", "2026-06-01"), "27.10"),
        ]
        file = issue(file, proposal, "2026-05-12")
        again = propose(file, day("2026-05-12"), day("2026-05-12"))
        assert (again.proposals, again.parked) == ((), ())
        assert nets(missing_charges(file, day("2026-06-01"), day("2026-06-01"))) == ["40.00"]

    def test_a_second_change_later_in_the_period_corrects_what_the_first_one_left(self) -> None:
        """60.00 from 21 May: of the 27.10 stay 40 × 10/31 = 12.90, so 14.20 come back; new 60 × 11/31 =
        21.29; all of May 6.45 + 12.90 + 21.29 = 40.64, as if known before."""
        file = run(account_file(retainer(self.OLD)), "2026-05-01")
        file = run(with_plans(file, self.OLD, self.NEW), "2026-05-12")
        file = run(with_plans(file, self.OLD, self.NEW, plan("2026-05-21", 60)), "2026-05-22")
        assert nets(file.invoices[-1].lines) == ["-14.20", "21.29"]
        assert billed_total(file) == "40.64"
        assert missing_charges(file, day("2026-05-31"), day("2026-05-31")) == []

    @pytest.mark.parametrize("first", [0, 1])
    def test_either_half_issued_alone_leaves_the_other_half_due(self, first: Any) -> None:
        """33.55 in the end, whichever of −13.55 and +27.10 is issued on its own first."""
        file = run(account_file(retainer(self.OLD)), "2026-05-01")
        file = with_plans(file, self.OLD, self.NEW)
        (proposal,) = propose(file, day("2026-05-12"), day("2026-05-12")).proposals
        half = replace(proposal, charges=(proposal.charges[first],))
        file = issue(file, half, "2026-05-12")
        rest = missing_charges(file, day("2026-05-12"), day("2026-05-12"))
        assert sum((charge.net for charge in rest), eur(0)) == proposal.charges[1 - first].net
        for each in rest:
            file = issue(file, replace(proposal, charges=(each,)), "2026-05-12")
        assert missing_charges(file, day("2026-05-12"), day("2026-05-12")) == []
        assert billed_total(file) == "33.55"

    def test_skipped_corrections_are_never_proposed_again(self) -> None:
        file = run(account_file(retainer(self.OLD)), "2026-05-01")
        file = with_plans(file, self.OLD, self.NEW)
        both = missing_charges(file, day("2026-05-12"), day("2026-05-12"))
        file = replace(file, skips=tuple(skip(each, "2026-05-12") for each in both))
        assert missing_charges(file, day("2026-05-31"), day("2026-05-31")) == []
        assert nets(missing_charges(file, day("2026-06-01"), day("2026-06-01"))) == ["40.00"]

    def test_the_void_of_the_first_invoice_leaves_the_corrections_counted(self) -> None:
        """+13.55 stays invoiced; due is 6.45 for the first ten days and the rest of 27.10 for the others."""
        file = run(account_file(retainer(self.OLD)), "2026-05-01")
        file = run(with_plans(file, self.OLD, self.NEW), "2026-05-12")
        voided = replace(file.invoices[0], status=InvoiceStatus.VOID)
        file = replace(file, invoices=(voided, *file.invoices[1:]))
        due = missing_charges(file, day("2026-05-12"), day("2026-05-12"))
        assert str(sum((each.net for each in due), eur("13.55"))) == "33.55"
        file = run(file, "2026-05-12")
        assert missing_charges(file, day("2026-05-31"), day("2026-05-31")) == []

    def test_a_void_after_a_skipped_correction_makes_the_fee_due_again(self) -> None:
        file = run(account_file(retainer(self.OLD)), "2026-05-01")
        file = with_plans(file, self.OLD, self.NEW)
        both = missing_charges(file, day("2026-05-12"), day("2026-05-12"))
        voided = replace(file.invoices[0], status=InvoiceStatus.VOID)
        skips = tuple(skip(each, "2026-05-12") for each in both)
        file = replace(file, skips=skips, invoices=(voided,))
        assert nets(missing_charges(file, day("2026-05-12"), day("2026-05-12"))) == ["6.45", "27.10"]

    def test_of_30_days_the_credit_is_what_the_method_leaves(self) -> None:
        """20 × 20/30 = 13.33 back, 40 × 20/30 = 26.67 new: 33.34 as if known before (6.67 + 26.67)."""
        old, new = (replace(each, proration=Proration.FIXED_30) for each in (self.OLD, self.NEW))
        file = run(account_file(retainer(old)), "2026-05-01")
        file = run(with_plans(file, old, new), "2026-05-12")
        assert nets(file.invoices[-1].lines) == ["-13.33", "26.67"]
        assert missing_charges(file, day("2026-05-31"), day("2026-05-31")) == []
        before = run(account_file(retainer(old, new)), "2026-05-01")
        assert billed_total(before) == billed_total(file) == "33.34"

    def test_a_line_whose_basis_is_not_known_is_never_corrected(self) -> None:
        file = run(account_file(retainer(self.OLD)), "2026-05-01")
        line = replace(file.invoices[0].lines[0], basis=None)
        file = replace(file, invoices=(replace(file.invoices[0], lines=(line,)),))
        file = with_plans(file, self.OLD, self.NEW)
        assert missing_charges(file, day("2026-05-12"), day("2026-05-12")) == []

    def test_a_change_of_cadence_at_the_same_fee_is_corrected_too(self) -> None:
        """20.00 a month becomes 20.00 a quarter on 15 May: credit 20 × 17/31 = 10.97, new part of the quarter
        to 15 August 20 × 17/92 = 3.70, and 16.30 for the days nobody invoiced."""
        file = run(account_file(retainer(self.OLD)), "2026-05-01")
        file = with_plans(file, self.OLD, plan("2026-05-15", 20, cadence=QUARTERLY))
        due = missing_charges(file, day("2026-05-15"), day("2026-05-15"))
        assert sorted(nets(due)) == ["-10.97", "16.30", "3.70"]
        assert missing_charges(run(file, "2026-05-15"), day("2026-06-15"), day("2026-06-15")) == []


class TestPausesAndEndsAfterInvoicing:
    """31.00 a month from 1 May 2026, 1.00 a day in May."""

    FILE = account_file(retainer(plan("2026-05-01", 31)))

    def test_a_pause_without_a_next_fee_waits_as_a_credit(self) -> None:
        file = with_pauses(run(self.FILE, "2026-05-01"), pause("2026-05-11", "2026-05-16"))
        preview = propose(file, day("2026-05-20"), day("2026-05-20"))
        assert preview.proposals == ()
        (parked,) = preview.parked
        assert "5.00 EUR waits for the next invoice" in parked.reason
        assert not parked.can_confirm

    def test_the_credit_joins_the_next_fee_invoice(self) -> None:
        """−5.00 for five days and 31.00 for June."""
        file = with_pauses(run(self.FILE, "2026-05-01"), pause("2026-05-11", "2026-05-16"))
        file = run(file, "2026-06-01")
        assert sorted(nets(file.invoices[-1].lines)) == ["-5.00", "31.00"]
        assert missing_charges(file, day("2026-06-30"), day("2026-06-30")) == []

    def test_the_reason_of_a_credit_for_a_pause_is_the_change_of_terms(self) -> None:
        file = with_pauses(run(self.FILE, "2026-05-01"), pause("2026-05-11", "2026-05-16"))
        (credit,) = missing_charges(file, day("2026-05-20"), day("2026-05-20"))
        assert credit.why == "terms changed inside an invoiced period"

    def test_a_pause_taken_back_is_invoiced_again(self) -> None:
        file = with_pauses(run(self.FILE, "2026-05-01"), pause("2026-05-11", "2026-05-16"))
        file = with_pauses(run(file, "2026-06-01"))
        assert nets(missing_charges(file, day("2026-06-05"), day("2026-06-05"))) == ["5.00"]

    @pytest.mark.parametrize("method", [Proration.ACTUAL_DAYS, Proration.FIXED_30])
    def test_a_pause_known_before_and_removed_later_completes_the_fee(self, method: Any) -> None:
        """Both parts around the pause and then the pause itself make exactly one fee."""
        terms = retainer(
            plan("2026-05-01", 20, proration=method), pauses=(pause("2026-05-11", "2026-05-15"),)
        )
        file = run(account_file(terms), "2026-05-01")
        assert len(lines_of(file)) == 2
        file = run(with_pauses(file), "2026-05-20")
        assert len(lines_of(file)) == 3
        assert billed_total(file) == "20.00"

    def test_days_after_the_end_of_the_service_are_credited(self) -> None:
        """The service ends on 16 May; 16 of 31 days come back."""
        file = run(self.FILE, "2026-05-01")
        file = replace(file, retainers=(replace(file.retainers[0], ended_on=day("2026-05-16")),))
        due = missing_charges(file, day("2026-05-20"), day("2026-05-20"))
        assert [(each.key.service, str(each.net)) for each in due] == [
            (days("2026-05-16", "2026-06-01"), "-16.00")
        ]

    def test_an_end_inside_a_period_that_costs_the_full_fee_changes_nothing(self) -> None:
        terms = retainer(plan("2026-05-01", 31, proration=Proration.FULL))
        file = run(account_file(terms), "2026-05-01")
        file = replace(file, retainers=(replace(file.retainers[0], ended_on=day("2026-05-16")),))
        assert missing_charges(file, day("2026-05-20"), day("2026-05-20")) == []

    def test_days_settled_elsewhere_are_never_credited(self) -> None:
        file = run(self.FILE, "2026-05-01")
        settled = replace(file.retainers[0], settled_through=day("2026-06-01"))
        file = replace(file, retainers=(settled,))
        assert missing_charges(file, day("2026-05-20"), day("2026-05-20")) == []


class TestSkips:
    def test_a_skipped_fee_is_not_proposed_again_also_when_its_price_changes(self) -> None:
        file = account_file(retainer(plan("2026-05-01", 20)))
        (fee,) = missing_charges(file, day("2026-05-01"), day("2026-05-01"))
        file = replace(file, skips=(skip(fee, "2026-05-01"),))
        assert missing_charges(file, day("2026-05-20"), day("2026-05-20")) == []
        file = with_plans(file, plan("2026-05-01", 20), plan("2026-05-11", 40))
        assert missing_charges(file, day("2026-05-20"), day("2026-05-20")) == []
