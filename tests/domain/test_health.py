"""Verdicts with their evidence, each by its own rule. Figures are worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations

import pytest

from retainerdesk.domain.health import HealthFacts, InvoiceFact, compared, verdicts
from retainerdesk.domain.money import Money
from retainerdesk.domain.over_servicing import Service
from retainerdesk.domain.period import Period, add_months
from retainerdesk.domain.quiet import Level, Quiet, quiet_on
from retainerdesk.domain.verdict import Severity, Verdict, VerdictKind

TODAY = date(2026, 6, 15)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def services(*used: int, given: int = 0, running: int | None = None) -> tuple[Service, ...]:
    """Closed months of 20 h up to 1 June with these hours used, and the running June."""
    months = []
    for k, hours in enumerate(used):
        start = add_months(date(2026, 6, 1), k - len(used))
        months.append(Service(Period(start, add_months(start, 1)), 1200, hours * 60, given * 60))
    if running is not None:
        june = Period(date(2026, 6, 1), date(2026, 7, 1))
        months.append(Service(june, 1200, 1200 + running, running, closed=False))
    return tuple(months)


def kinds(facts: HealthFacts) -> list[str]:
    return [verdict.kind.value for verdict in verdicts(facts)]


def one(facts: HealthFacts, kind: VerdictKind) -> Verdict:
    (found,) = [verdict for verdict in verdicts(facts) if verdict.kind is kind]
    return found


PAID = (InvoiceFact("2026-0007", date(2026, 5, 15), eur(0), 0),)
UNPAID = (InvoiceFact("2026-0009", date(2026, 6, 1), eur(357_000), 14),)
READY = HealthFacts(TODAY, PAID, services(20, 22, 20), margin_percent=Fraction(50))
SILENT = quiet_on(TODAY, [TODAY - timedelta(days=n) for n in (23, 30, 37, 44)])


class TestLate:
    def test_an_unpaid_invoice_past_due_is_late_with_number_amount_and_date(self) -> None:
        late = one(HealthFacts(TODAY, UNPAID), VerdictKind.LATE)
        assert (late.severity, late.words, late.since) == (Severity.BAD, "late 14 days", date(2026, 6, 2))
        assert late.evidence == ("2026-0009: 3,570.00 EUR was due on 1 Jun 2026",)

    @pytest.mark.parametrize(("grace", "is_late"), [(0, True), (13, True), (14, False), (30, False)])
    def test_within_the_grace_it_is_not(self, grace: int, is_late: bool) -> None:
        assert ("late" in kinds(HealthFacts(TODAY, UNPAID, grace_days=grace))) is is_late

    def test_due_today_or_paid_is_not_late(self) -> None:
        today = (InvoiceFact("A", TODAY, eur(100)), InvoiceFact("B", date(2026, 1, 1), eur(0), 40))
        assert kinds(HealthFacts(TODAY, today)) == ["healthy"]

    def test_a_credit_note_is_never_late(self) -> None:
        assert kinds(HealthFacts(TODAY, (InvoiceFact("C", date(2026, 1, 1), eur(-100)),))) == ["healthy"]


class TestOverServiced:
    def test_a_running_period_above_the_limit_counts_at_once(self) -> None:
        """216 of 1,200 minutes given away: +18 %."""
        found = one(HealthFacts(TODAY, services=services(running=216)), VerdictKind.OVER_SERVICED)
        assert (found.words, found.since) == ("over-serviced +18 %", date(2026, 6, 1))
        assert found.evidence == ("1 Jun 2026 to 30 Jun 2026: 3 h 36 min beyond 20 h, unpaid",)

    @pytest.mark.parametrize(("minutes", "expected"), [(120, "healthy"), (121, "over_serviced")])
    def test_ten_percent_is_the_limit_itself(self, minutes: int, expected: str) -> None:
        assert kinds(HealthFacts(TODAY, services=services(running=minutes))) == [expected]

    def test_the_trailing_three_count_together(self) -> None:
        """3 h of 20 h in each of three months is +15 %, though June is calm."""
        facts = HealthFacts(TODAY, services=services(20, 20, 20, given=3, running=0))
        assert one(facts, VerdictKind.OVER_SERVICED).words == "over-serviced +15 %"

    def test_an_old_excess_is_forgotten_after_three_periods(self) -> None:
        old, *later = services(20, 20, 20, 20)
        facts = HealthFacts(TODAY, services=(replace(old, given=1200), *later))
        assert "over_serviced" not in kinds(facts)

    def test_overage_that_is_paid_is_not_over_servicing(self) -> None:
        assert "over_serviced" not in kinds(HealthFacts(TODAY, services=services(40, 40, 40)))

    def test_work_out_of_scope_counts(self) -> None:
        (june,) = services(running=0)
        facts = HealthFacts(TODAY, services=(replace(june, out_of_scope=180),))
        assert "over_serviced" in kinds(facts)


class TestUnderUsed:
    def test_three_closed_periods_below_80_percent(self) -> None:
        """15 + 15 + 12 of 60 h are 70 %."""
        found = one(HealthFacts(TODAY, services=services(15, 15, 12)), VerdictKind.UNDER_USED)
        assert (found.severity, found.words, found.since) == (
            Severity.WARN,
            "under-used 70 %",
            date(2026, 3, 1),
        )
        assert found.evidence[0] == "1 Mar 2026 to 31 Mar 2026: 15 h of 20 h"

    @pytest.mark.parametrize("used", [(15, 16, 15), (15, 15)])
    def test_one_period_at_80_percent_or_two_periods_are_not_enough(self, used: tuple[int, ...]) -> None:
        assert "under_used" not in kinds(HealthFacts(TODAY, services=services(*used)))

    def test_the_running_period_does_not_count(self) -> None:
        (june,) = services(running=0)
        facts = HealthFacts(TODAY, services=(*services(15, 15), replace(june, used=0)))
        assert "under_used" not in kinds(facts)

    def test_a_second_retainer_does_not_hide_the_first(self) -> None:
        busy = tuple(replace(each, retainer_id="busy") for each in services(20, 20, 20))
        assert "under_used" in kinds(HealthFacts(TODAY, services=(*services(15, 15, 15), *busy)))


class TestQuiet:
    def test_silence_is_told_with_the_usual_gap(self) -> None:
        """Usual gap 7 days, 23 days silent: above 17.5, so red; amber since the 11th day, 3 June."""
        found = one(HealthFacts(TODAY, quiet=SILENT), VerdictKind.QUIET)
        assert (found.severity, found.words) == (Severity.BAD, "quiet 23 days (usually 7)")
        assert (found.since, found.evidence[0]) == (date(2026, 6, 3), "last contact on 23 May 2026")

    def test_amber_only_warns(self) -> None:
        amber = Quiet(Level.AMBER, TODAY, 12, Fraction(15, 2))
        found = one(HealthFacts(TODAY, quiet=amber), VerdictKind.QUIET)
        assert (found.severity, found.words) == (Severity.WARN, "quiet 12 days (usually 7.5)")


class TestReadyToExpand:
    def test_full_hours_paid_on_time_margin_at_target_and_not_quiet(self) -> None:
        found = one(READY, VerdictKind.READY_TO_EXPAND)
        assert (found.severity, found.since) == (Severity.GOOD, date(2026, 6, 1))
        assert found.evidence[-2:] == ("paid on time", "margin 50 %")
        assert kinds(READY) == ["ready_to_expand", "healthy"]

    @pytest.mark.parametrize(
        "facts",
        [
            replace(READY, services=services(20, 19, 20)),
            replace(READY, services=services(20, 20)),
            replace(READY, margin_percent=Fraction(4999, 100)),
            replace(READY, margin_percent=None),
            replace(READY, quiet=SILENT),
            replace(READY, invoices=()),
            replace(READY, invoices=(replace(PAID[0], days_late=1),)),
            replace(READY, invoices=(*PAID, *UNPAID)),
        ],
    )
    def test_one_missing_condition_is_enough_to_wait(self, facts: HealthFacts) -> None:
        assert "ready_to_expand" not in kinds(facts)


class TestIndependence:
    def test_a_new_account_without_data_is_healthy_and_says_why(self) -> None:
        (found,) = verdicts(HealthFacts(TODAY))
        assert (found.kind, found.severity) == (VerdictKind.HEALTHY, Severity.GOOD)
        assert found.evidence == ("nothing recorded yet",)

    def test_every_combination_of_bad_verdicts_stands_side_by_side(self) -> None:
        """Each cause is added alone; the verdicts are exactly theirs, healthy only without any."""
        causes = {
            "late": {"invoices": UNPAID},
            "under_used": {"services": services(15, 15, 15)},
            "quiet": {"quiet": SILENT},
        }
        for count in range(len(causes) + 1):
            for chosen in combinations(causes, count):
                facts = HealthFacts(TODAY)
                for cause in chosen:
                    facts = replace(facts, **causes[cause])  # type: ignore[arg-type]
                assert kinds(facts) == (list(chosen) or ["healthy"])


class TestCompared:
    def test_a_new_verdict_and_one_that_is_gone_are_told(self) -> None:
        before, now = verdicts(HealthFacts(TODAY, UNPAID)), verdicts(HealthFacts(TODAY, quiet=SILENT))
        (found,) = compared(now, before)
        assert found.changed == "new since last month; no longer late"

    def test_other_figures_tell_last_months(self) -> None:
        before = verdicts(HealthFacts(TODAY, services=services(15, 15, 15)))
        (found,) = compared(verdicts(HealthFacts(TODAY, services=services(10, 10, 10))), before)
        assert found.changed == "last month: under-used 75 %"

    def test_a_worse_severity_is_told(self) -> None:
        amber = HealthFacts(TODAY, quiet=Quiet(Level.AMBER, TODAY, 12, Fraction(8)))
        (found,) = compared(verdicts(HealthFacts(TODAY, quiet=SILENT)), verdicts(amber))
        assert found.changed == "worse than last month"

    def test_the_same_is_told_as_such(self) -> None:
        same = verdicts(READY)
        assert {verdict.changed for verdict in compared(same, same)} == {"as last month"}
