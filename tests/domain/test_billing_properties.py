"""What holds of billing for any retainer, any order of runs and any change of terms in between.

The `slow` cases run the same properties 100,000 times.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from hypothesis import strategies as st

from retainerdesk.domain.account import TaxCategory, TaxRule
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.charging import missing_charges
from retainerdesk.domain.fees import fee_pieces
from retainerdesk.domain.invoice import ChargeKind
from retainerdesk.domain.invoicing import Proposal, proposal_totals, propose
from retainerdesk.domain.plan import Plan, Proration
from retainerdesk.domain.proration import prorate_parts
from retainerdesk.domain.retainer import Pause, Retainer
from retainerdesk.domain.schedule import billing_periods, usage_periods
from retainerdesk.domain.term import span_of
from retainerdesk.domain.work import WorkEntry
from tests.domain.builders import account, account_file, each_day, issue, lines_of, run
from tests.domain.strategies import FIRST_DAY, pauses, plans, prove, retainers, work_entries

LAST_DAY = date(2025, 12, 31)
FAR_AWAY = date(2032, 1, 1)
RUN_DAYS = st.lists(st.dates(FIRST_DAY, LAST_DAY), min_size=1, max_size=5).map(sorted)
TAXES = st.sampled_from(["0", "7", "19", "7.7"]).flatmap(
    lambda rate: st.builds(TaxRule, st.just(TaxCategory.STANDARD), st.just(Decimal(rate)), st.booleans())
)


def settle(file: AccountFile, today: date) -> AccountFile:
    """Issue everything that is due, also what is below zero: so that every correction is on a line."""
    charges = missing_charges(file, today, today)
    if not charges:
        return file
    totals = proposal_totals(charges, file.account.currency)
    return issue(file, Proposal("acme", "EUR", today, tuple(charges), totals), today)


def billed(file: AccountFile) -> int:
    return sum(line.agreed.minor if line.agreed else line.net.minor for line in lines_of(file))


def check_a_rerun_proposes_nothing(agreed: Retainer, work: tuple[WorkEntry, ...], days: list[date]) -> None:
    file = account_file(agreed, work=work)
    for today in days:
        file = run(file, today)
        again = propose(file, today, today, confirmed=True)
        assert again.proposals == ()
        assert again.parked == ()


def check_runs_on_any_days_bill_the_same(
    agreed: Retainer, work: tuple[WorkEntry, ...], days: list[date]
) -> None:
    often = account_file(agreed, work=work)
    for today in [*days, LAST_DAY]:
        often = run(often, today)
    once = run(account_file(agreed, work=work), LAST_DAY)
    assert billed(often) == billed(once)
    assert {line.key for line in lines_of(often)} == {line.key for line in lines_of(once)}


def check_served_days_are_invoiced_once(agreed: Retainer, days: list[date]) -> None:
    """Every day of a piece that costs something is in exactly one fee line, every other one in none."""
    file = account_file(agreed)
    for today in [*days, LAST_DAY]:
        file = run(file, today)
    covered = Counter(day for line in lines_of(file, ChargeKind.FEE) for day in each_day(line.key.service))
    pieces = fee_pieces(agreed, LAST_DAY + timedelta(days=1))
    due = [piece for piece in pieces if piece.billable_on <= LAST_DAY and piece.net]
    assert covered == Counter(day for piece in due for day in each_day(piece.span))


def check_periods_tile_the_service(agreed: Retainer) -> None:
    for of in (billing_periods, usage_periods):
        slices = of(agreed, LAST_DAY)
        served = span_of(agreed, LAST_DAY)
        starts = [each.span.start for each in slices]
        assert starts == [served.start, *[each.span.end for each in slices[:-1]]][: len(slices)]
        assert all(each.full.covers(each.span) and each.span.days for each in slices)
        assert not served.days or slices[-1].span.end >= served.end


def check_totals_are_lines_and_tax(agreed: Retainer, work: tuple[WorkEntry, ...], tax: TaxRule) -> None:
    file = run(replace(account_file(agreed, work=work), account=account(tax=tax)), LAST_DAY)
    for invoice in file.invoices:
        totals = invoice.totals
        assert totals.net.minor == sum(line.net.minor for line in invoice.lines)
        assert totals.gross.minor == totals.net.minor + sum(group.amount.minor for group in totals.tax)
        assert totals.gross.minor >= 0
        if tax.included:
            assert totals.gross.minor == sum(line.agreed.minor for line in invoice.lines if line.agreed)


Change = tuple[date, Callable[[Retainer], Retainer]]


def _new_price(plan: Plan, agreed: Retainer) -> Retainer:
    """The plan with its fee changed from a day on, in the cadence that holds there."""
    if plan.from_on <= agreed.starts_on:
        return agreed
    before = agreed.plan_on(plan.from_on)
    kept = replace(before, from_on=plan.from_on, fee=plan.fee)
    others = [each for each in agreed.plans if each.from_on != plan.from_on]
    return replace(agreed, plans=tuple(sorted([*others, kept], key=lambda each: each.from_on)))


def _new_cadence(plan: Plan, agreed: Retainer) -> Retainer:
    """The fee as before, but for periods of another length from a day on."""
    if plan.from_on <= agreed.starts_on:
        return agreed
    kept = replace(plan, fee=agreed.plan_on(plan.from_on).fee)
    return replace(agreed, plans=(*[each for each in agreed.plans if each.from_on < kept.from_on], kept))


def _new_pauses(found: tuple[Pause, ...], agreed: Retainer) -> Retainer:
    return replace(agreed, pauses=found)


def _new_end(end: date, agreed: Retainer) -> Retainer:
    return replace(agreed, ended_on=max(end, agreed.starts_on))


@st.composite
def changes(draw: st.DrawFn) -> list[Change]:
    made: list[Change] = []
    for today in draw(RUN_DAYS):
        kind = draw(st.sampled_from(["price", "cadence", "pauses", "end"]))
        if kind in ("price", "cadence"):
            plan = draw(st.dates(FIRST_DAY, LAST_DAY).flatmap(plans))
            made.append((today, partial(_new_price if kind == "price" else _new_cadence, plan)))
        elif kind == "pauses":
            made.append((today, partial(_new_pauses, draw(pauses()))))
        else:
            made.append((today, partial(_new_end, draw(st.dates(date(2024, 6, 1), date(2026, 6, 30))))))
    return made


def check_late_changes_bill_what_was_agreed_in_the_end(agreed: Retainer, made: list[Change]) -> None:
    """Whatever was changed after invoicing, what is billed in the end is as if it had been known before."""
    file = account_file(agreed)
    for today, change in made:
        file = settle(file, today)
        file = replace(file, retainers=(change(file.retainers[0]),))
        file = settle(file, today)
        assert missing_charges(file, today, today) == []
    # The end of the service makes every day of it due, and takes back what reaches beyond it.
    last = file.retainers[0].ended_on or LAST_DAY
    file = replace(file, retainers=(_new_end(min(last, LAST_DAY), file.retainers[0]),))
    file = settle(file, FAR_AWAY)
    pieces = fee_pieces(file.retainers[0], FAR_AWAY)
    # Two minor units of rounding in a part are no reason for a correction.
    rounding = 2 * (len(pieces) + len(lines_of(file)))
    assert abs(billed(file) - sum(piece.net.minor for piece in pieces)) <= rounding


def check_split_parts_make_the_fee(agreed: Retainer, cuts: list[date], method: Proration) -> None:
    for slice_ in billing_periods(agreed, LAST_DAY):
        parts = prorate_parts(agreed.plans[0].fee, slice_.span.split_at(cuts), slice_, method)
        whole = prorate_parts(agreed.plans[0].fee, [slice_.span], slice_, method)[0]
        if not slice_.is_stub:
            assert sum(part.minor for part in parts) == agreed.plans[0].fee.minor == whole.minor
        assert abs(sum(part.minor for part in parts) - whole.minor) <= 1


CHECKS: dict[str, tuple[Callable[..., None], tuple[Any, ...]]] = {
    "rerun": (check_a_rerun_proposes_nothing, (retainers(), work_entries(), RUN_DAYS)),
    "any days": (check_runs_on_any_days_bill_the_same, (retainers(), work_entries(), RUN_DAYS)),
    "served days": (check_served_days_are_invoiced_once, (retainers(), RUN_DAYS)),
    "tiling": (check_periods_tile_the_service, (retainers(),)),
    "totals": (check_totals_are_lines_and_tax, (retainers(), work_entries(), TAXES)),
    "late changes": (check_late_changes_bill_what_was_agreed_in_the_end, (retainers(max_plans=2), changes())),
    "split parts": (
        check_split_parts_make_the_fee,
        (retainers(), st.lists(st.dates(FIRST_DAY, LAST_DAY), max_size=6), st.sampled_from(Proration)),
    ),
}


@pytest.mark.parametrize("name", CHECKS)
def test_property_holds(name: str) -> None:
    check, arguments = CHECKS[name]
    prove(check, arguments, examples=25)


@pytest.mark.slow
@pytest.mark.timeout(0)
@pytest.mark.parametrize("name", CHECKS)
def test_property_holds_100_000_times(name: str) -> None:
    check, arguments = CHECKS[name]
    prove(check, arguments, examples=100_000)
