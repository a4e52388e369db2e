"""Blocks, value allowances and session packs: figures worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from retainerdesk.domain.allowance import lot_ledger
from retainerdesk.domain.block import Block, Leftover, LeftoverDecision, OpenedBlock, OpenedBy
from retainerdesk.domain.block_due import block_reminders
from retainerdesk.domain.block_ledger import BlockLedger, BlockState, earned
from retainerdesk.domain.block_pool import BlockPool, Draw
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.charging import missing_charges
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import (
    Allocation,
    ChargeKind,
    InvoiceStatus,
    Payment,
    Settlement,
    SettlementKind,
    Skip,
)
from retainerdesk.domain.money import Money
from retainerdesk.domain.overage_price import overage_net
from retainerdesk.domain.plan import Overage, OverageDecision, Rollover, RolloverPolicy, UsageUnit
from retainerdesk.domain.retainer import LotAdjustment, check_retainer
from retainerdesk.domain.usage import account_usage, usage_of
from retainerdesk.domain.work import Call, WorkKind
from tests.domain.builders import (
    BILL_150,
    account_file,
    day,
    eur,
    hours,
    plan,
    retainer,
    run,
    work,
)


def block(**changes: Any) -> Block:
    """Ten hours for 1,400.00, sold on 1 January, usable once invoiced."""
    made = Block(
        "acme", "ten", day("2026-01-01"), "Ten hours", UsageUnit.MINUTES, 600, eur(1400),
        opened_by=OpenedBy.INVOICE,
    )  # fmt: skip
    return replace(made, **changes)


def given(**changes: Any) -> Block:
    return block(price=eur(0), **changes)


def call(on: str, **changes: Any) -> Call:
    made = Call("acme", f"call-{on}", datetime.fromisoformat(f"{on}T10:00"), 60, "Coaching")
    return replace(made, **changes)


def hourly(*entries: Any, blocks: tuple[Block, ...] = (), **changes: Any) -> AccountFile:
    """Ten hours a month from January 2026 for 3,000.00, overage billed at 150.00."""
    terms = plan("2026-01-01", allowance_minutes=600, overage=BILL_150)
    return account_file(retainer(terms), work=tuple(entries), blocks=blocks, **changes)


def only(file: AccountFile, on: str) -> BlockLedger:
    (ledger,) = account_usage(file, day(on)).blocks
    return ledger


def pay(file: AccountFile, on: str, part: str | None = None) -> AccountFile:
    invoice = file.invoices[0]
    amount = invoice.payable if part is None else eur(part)
    payment = Payment("acme", "p", day(on), amount, (Allocation(invoice.number, amount),))
    return replace(file, payments=(payment,))


# Opening


def test_a_block_opens_when_its_invoice_is_paid_whole() -> None:
    file = run(hourly(blocks=(block(opened_by=OpenedBy.PAYMENT),)), "2026-01-05")
    assert only(file, "2026-03-01").state is BlockState.WAITING
    assert only(pay(file, "2026-02-10", "4399.99"), "2026-03-01").state is BlockState.WAITING
    paid = pay(file, "2026-02-10")
    assert only(paid, "2026-02-09").state is BlockState.WAITING
    assert only(paid, "2026-02-10").opened_on == day("2026-02-10")


def test_a_block_may_open_with_its_invoice() -> None:
    file = hourly(blocks=(block(),))
    assert only(file, "2026-01-05").state is BlockState.WAITING
    assert only(run(file, "2026-01-05"), "2026-01-05").opened_on == day("2026-01-05")


def test_a_block_of_a_void_invoice_is_closed_and_sold_again() -> None:
    file = run(hourly(blocks=(block(),)), "2026-01-05")
    gone = replace(file, invoices=(replace(file.invoices[0], status=InvoiceStatus.VOID),))
    assert only(gone, "2026-02-01").state is BlockState.WAITING
    kinds = [charge.key.kind for charge in missing_charges(gone, day("2026-01-05"), day("2026-01-05"))]
    assert kinds.count(ChargeKind.BLOCK) == 1


def test_an_uncollectable_invoice_never_opens_its_block() -> None:
    file = run(hourly(blocks=(block(opened_by=OpenedBy.PAYMENT),)), "2026-01-05")
    invoice = file.invoices[0]
    lost = Settlement(
        "acme",
        "s",
        day("2026-02-01"),
        SettlementKind.WRITE_OFF,
        invoice.payable,
        invoice.number,
        None,
        "gone",
    )
    assert only(replace(file, settlements=(lost,)), "2026-03-01").state is BlockState.WAITING


def test_a_gift_and_a_skipped_sale_are_open_from_their_day_and_earn_nothing() -> None:
    gift = hourly(work("2026-01-10", 660), blocks=(given(),))
    charge = next(
        each
        for each in missing_charges(hourly(blocks=(block(),)), day("2026-01-05"), day("2026-01-05"))
        if each.key.kind is ChargeKind.BLOCK
    )
    skipped = hourly(
        work("2026-01-10", 660),
        blocks=(block(),),
        skips=(Skip(charge.key, "paid before", day("2026-01-05"), charge.net),),
    )
    for file in (gift, skipped):
        ledger = only(file, "2026-02-01")
        assert (ledger.opened_on, ledger.burned, earned(ledger)) == (day("2026-01-01"), 60, [])


# Drawing


def test_blocks_cover_what_lots_do_not_from_the_day_they_open() -> None:
    """20 Jan: 11 h, 1 h over before the block opens on 25 Jan. 26 Jan: 2 h, both from the block."""
    file = hourly(
        work("2026-01-20", hours(11)), work("2026-01-26", hours(2)), blocks=(given(on=day("2026-01-25")),)
    )
    (january,) = usage_of(file, file.retainers[0], day("2026-01-31"))
    assert (january.burned, january.from_blocks, january.overage) == (600, 120, 60)
    assert only(file, "2026-01-31").remaining == 480


def test_the_block_that_ends_first_is_drawn_first_and_a_dead_one_not_at_all() -> None:
    early = given(id="early", expires_on=day("2026-02-01"))
    late = given(id="late", expires_on=day("2026-03-01"))
    file = hourly(work("2026-01-20", hours(11)), work("2026-02-20", hours(12)), blocks=(late, early))
    ledgers = {each.block.id: each for each in account_usage(file, day("2026-02-28")).blocks}
    assert (ledgers["early"].burned, ledgers["late"].burned) == (60, 120)
    assert ledgers["early"].state is BlockState.TO_DECIDE


def test_a_deficit_begins_only_behind_the_blocks() -> None:
    """12 h of 10 with a block of 1 h: 1 h is owed to the next month, which offers 9."""
    terms = plan(
        "2026-01-01", allowance_minutes=600, rollover=Rollover(RolloverPolicy.DEFICIT), overage=BILL_150
    )
    file = account_file(retainer(terms), work=(work("2026-01-20", hours(12)),), blocks=(given(amount=60),))
    january, february = usage_of(file, file.retainers[0], day("2026-02-01"))
    assert (january.burned, january.from_blocks, january.carried) == (660, 60, -60)
    assert february.opening == -60


@pytest.mark.parametrize(
    ("amount", "rate", "minutes", "taken", "covered"),
    [
        (50000, "150", 90, 22500, 90),  # 1.5 h at 150.00 are 225.00
        (10000, "150", 90, 10000, 40),  # 100.00 are 40 minutes
        (10001, "150", 90, 10001, 41),  # one cent begins another minute
        (100, "150", 90, 100, 1),  # 1.00 is 0.4 of a minute
        (50000, "99.9999", 7, 1167, 7),  # 11.666655: 11.67
        (50000, "0", 90, 0, 0),  # no rate, no draw
    ],
)
def test_work_draws_money_at_the_rate(amount: int, rate: str, minutes: int, taken: int, covered: int) -> None:
    money = given(unit=UsageUnit.MONEY, amount=amount, hourly_rate=Decimal(rate))
    pool = BlockPool([OpenedBlock(money, day("2026-01-01"))])
    burns = pool.draw(Draw("w", day("2026-01-02"), minutes, UsageUnit.MINUTES))
    assert (sum(burn.amount for burn in burns), sum(burn.covered for burn in burns)) == (taken, covered)


def test_money_without_a_rate_of_its_own_is_drawn_at_the_rate_of_overage() -> None:
    """1 h over at 150.00."""
    file = hourly(work("2026-01-20", hours(11)), blocks=(given(unit=UsageUnit.MONEY, amount=50000),))
    assert only(file, "2026-02-01").burned == 15000


def test_calls_burn_a_pack_beside_hours_and_free_ones_do_not() -> None:
    pack = given(unit=UsageUnit.SESSIONS, amount=2)
    calls = tuple(call(f"2026-01-{n}") for n in ("10", "20", "30"))
    calls = (replace(calls[0], burns_session=False), *calls[1:])
    file = hourly(work("2026-01-20", 60), blocks=(pack,), calls=calls)
    ledger = only(file, "2026-02-01")
    assert (ledger.state, [burn.source_id for burn in ledger.burns]) == (
        BlockState.USED_UP, ["call-2026-01-20", "call-2026-01-30"],
    )  # fmt: skip


def test_work_of_no_retainer_draws_the_blocks_of_the_account() -> None:
    file = AccountFile(
        account_file().account,
        work=(work("2026-01-10", 90), work("2026-01-11", 30, kind=WorkKind.OUT_OF_SCOPE)),
        blocks=(given(),),
    )
    assert only(file, "2026-02-01").remaining == 510


# What a plan may include


def test_money_included_is_drawn_by_each_entry_rounded_once() -> None:
    """At 99.9999 an hour 7 minutes are 11.67; three times 35.01, not 35.00."""
    terms = plan(
        "2026-01-01", allowance_money=eur(30), value_rate=Decimal("99.9999"),
        overage=Overage(Decimal(0), OverageDecision.BILL),
    )  # fmt: skip
    entries = tuple(work(f"2026-01-1{n}", 7) for n in range(3))
    (january, _) = lot_ledger(retainer(terms), entries, day("2026-02-01"))
    assert (january.unit, january.granted, january.used, january.overage) == (
        UsageUnit.MONEY,
        3000,
        3501,
        501,
    )
    assert overage_net(january, "EUR") == eur("5.01")
    assert january.in_minutes(january.granted) == 18


def test_sessions_roll_over_like_minutes() -> None:
    """4 a month, half of it carried: 1 held in January carries 2, so February offers 6 and 7 are 1 over."""
    terms = plan(
        "2026-01-01", allowance_sessions=4, session_price=eur(180),
        rollover=Rollover(RolloverPolicy.SURPLUS, periods=1, cap_percent=50),
        overage=Overage(Decimal(0), OverageDecision.BILL),
    )  # fmt: skip
    days_of_calls = ["2026-01-10", *[f"2026-02-0{n}" for n in range(1, 8)]]
    calls = [call(on) for on in days_of_calls]
    january, february, _ = lot_ledger(retainer(terms), (), day("2026-03-01"), calls)
    assert (january.carried, january.forfeited) == (2, 1)
    assert (february.overage, overage_net(february, "EUR")) == (1, eur(180))


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"allowance_minutes": 60, "allowance_sessions": 1}, "plan.allowance"),
        ({"allowance_money": eur(1)}, "plan.value_rate"),
        ({"allowance_sessions": 1, "rollover": Rollover(cap_minutes=5)}, "plan.cap"),
        ({"allowance_sessions": 1, "session_price": Money(1, "USD")}, "plan.currency"),
    ],
)
def test_a_plan_that_counts_in_two_ways_is_refused(changes: dict[str, Any], rule: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        check_retainer(retainer(plan("2026-01-01", **changes)))
    assert refused.value.rule == rule


def test_a_retainer_counts_in_one_unit() -> None:
    mixed = retainer(plan("2026-01-01"), plan("2026-02-01", allowance_sessions=2))
    with pytest.raises(RuleViolation, match="minutes and sessions"):
        check_retainer(mixed)
    adjusted = retainer(
        plan("2026-01-01", allowance_sessions=2),
        adjustments=(LotAdjustment(day("2026-01-02"), 5, "gift"),),
    )
    with pytest.raises(RuleViolation, match="block without a price"):
        check_retainer(adjusted)


# What is left


def ended(fate: Leftover, **changes: Any) -> AccountFile:
    """4 of 10 h for 1,400.00 are drawn in January; the block ends on 1 February."""
    sold = block(expires_on=day("2026-02-01"), leftover=fate, **changes)
    return run(hourly(work("2026-01-20", hours(14)), blocks=(sold,)), "2026-01-05")


@pytest.mark.parametrize(
    ("fate", "state", "figures"),
    [
        (Leftover.ASK, BlockState.TO_DECIDE, (0, 0, 360)),
        (Leftover.EXPIRE, BlockState.EXPIRED, (360, 0, 0)),
        (Leftover.REFUND, BlockState.REFUNDED, (0, 360, 0)),
        (Leftover.CARRY, BlockState.OPEN, (0, 0, 360)),
    ],
)
def test_the_rest_goes_where_it_was_agreed(
    fate: Leftover, state: BlockState, figures: tuple[int, int, int]
) -> None:
    ledger = only(ended(fate), "2026-02-01")
    assert (ledger.state, (ledger.expired, ledger.refunded, ledger.remaining)) == (state, figures)


def test_a_carried_rest_covers_work_until_its_day() -> None:
    """11 h in February: 1 h beyond the allowance is drawn from what was carried until 1 March."""
    carried = LeftoverDecision(day("2026-02-03"), Leftover.CARRY, "asked", day("2026-03-01"))
    file = ended(Leftover.ASK, decision=carried)
    file = replace(file, work=(*file.work, work("2026-02-20", hours(11)), work("2026-03-20", hours(11))))
    ledger = only(file, "2026-03-31")
    assert (ledger.burned, ledger.state, ledger.remaining) == (300, BlockState.TO_DECIDE, 300)


def test_an_expired_rest_is_earned_on_its_last_day_and_all_parts_make_the_price() -> None:
    """560.00 as it burned and 840.00 when it expired."""
    assert earned(only(ended(Leftover.EXPIRE), "2026-02-01")) == [
        (day("2026-01-20"), eur(560)), (day("2026-02-01"), eur(840)),
    ]  # fmt: skip


def test_a_refund_is_proposed_once_and_a_late_entry_corrects_it() -> None:
    """840.00 come back; 1 h found later costs 140.00 of it."""
    file = ended(Leftover.REFUND)
    today = day("2026-02-05")
    back = [each for each in missing_charges(file, today, today) if each.key.source_id == "block:ten"]
    assert [each.net for each in back] == [eur(-840)]
    file = run(file, today)
    assert missing_charges(file, today, today) == []
    late = replace(file, work=(*file.work, work("2026-01-25", 60)))
    assert [each.net for each in missing_charges(late, today, today)] == [eur(140)]


# Reminders


def reminders(file: AccountFile, on: str) -> list[tuple[str, str]]:
    found = block_reminders(account_usage(file, day(on)).blocks, day(on))
    return [(each.name, str(each.on)) for each in found]


def test_a_low_block_is_said_from_the_day_it_became_low_until_there_is_another() -> None:
    """A fifth of 600 is 120: 8 h drawn on 20 January leave exactly that."""
    low = hourly(work("2026-01-20", hours(18)), blocks=(given(),))
    assert reminders(low, "2026-01-19") == []
    assert reminders(low, "2026-03-01") == [("ten/low", "2026-01-20")]
    assert reminders(replace(low, blocks=(given(), given(id="more"))), "2026-03-01") == []


def test_a_block_that_ends_is_said_30_days_before() -> None:
    """Its last day is 31 March: 30 days before is 1 March."""
    file = hourly(blocks=(given(expires_on=day("2026-04-01")),))
    assert reminders(file, "2026-02-28") == []
    assert reminders(file, "2026-03-01") == [("ten/end", "2026-03-31")]
    assert reminders(file, "2026-04-02") == [("ten/leftover", "2026-04-01")]
