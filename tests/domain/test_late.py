"""Late, changed and deleted work in closed periods. Hours and amounts worked by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from retainerdesk.domain.allowance import lot_ledger
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.charging import missing_charges
from retainerdesk.domain.closing_rules import (
    check_kept_periods,
    check_reopen,
    check_through,
    check_undecide,
    check_usage_decision,
    closable,
    closes_of,
    open_points,
)
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import ChargeKind
from retainerdesk.domain.late import LateEffect, decide, late_effects, late_words
from retainerdesk.domain.period_close import LateChoice, LateEntry, Reopened
from retainerdesk.domain.plan import Overage, OverageDecision, Rollover, RolloverPolicy
from retainerdesk.domain.retainer import Retainer, UsageDecision
from retainerdesk.domain.usage import usage_of
from retainerdesk.domain.work import WorkEntry
from tests.domain.builders import BILL_150, account_file, day, eur, hours, plan, retainer, run, work

FEB = "2026-02-01"
SURPLUS = Rollover(RolloverPolicy.SURPLUS, periods=2, cap_minutes=300)


def agreed(**changes: Any) -> Retainer:
    """20 h a month from January 2026, 5 h at most carried on, 150 an hour beyond."""
    values: dict[str, Any] = {
        "allowance_minutes": hours(20),
        "rollover": SURPLUS,
        "overage": BILL_150,
    } | changes
    return retainer(plan("2026-01-01", **values))


def closed(file: AccountFile, through: str, today: str) -> AccountFile:
    """The file with every period of its retainer closed that ended by `through`."""
    (own,) = file.retainers
    ledger = usage_of(file, own, day(today))
    made = closes_of(file, own, closable(own, ledger, day(through)), day(today))
    return replace(file, retainers=(replace(own, closes=(*own.closes, *made)),))


def with_work(file: AccountFile, *entries: WorkEntry) -> AccountFile:
    return replace(file, work=(*file.work, *entries))


def decided(file: AccountFile, choice: LateChoice, today: str, name: str = "l1") -> AccountFile:
    (effect,) = late_effects(file, day(today))
    (own,) = file.retainers
    made = decide(effect, choice, "agreed on the phone", day(today), name)
    return replace(file, retainers=(replace(own, late=(*own.late, made)),))


def effect_of(file: AccountFile, today: str) -> LateEffect:
    (effect,) = late_effects(file, day(today))
    return effect


def corrections(file: AccountFile, today: str) -> list[tuple[str, object]]:
    found = missing_charges(file, day(today), day(today))
    return [(each.key.source_id, each.net) for each in found if each.key.kind is ChargeKind.CORRECTION]


def over_in_january(extra: float = 0) -> AccountFile:
    """22 h in January: 2 h over, 300.00 invoiced on 1 February."""
    file = account_file(agreed(), work=(work("2026-01-10", hours(22), "w1"),))
    file = run(file, "2026-02-01")
    return with_work(file, work("2026-01-20", hours(extra), "late")) if extra else file


def test_without_closing_late_work_is_a_correction_by_itself_and_lots_change_silently() -> None:
    """What happens to an open period: 1 h 30 more is 225.00; 14 h of 20 carry 5, with 3 h more only 3."""
    assert corrections(over_in_january(1.5), "2026-02-10") == [("overage", eur(225))]
    before = lot_ledger(agreed(), [work("2026-01-10", hours(14))], day("2026-02-10"))
    after = lot_ledger(agreed(), [work("2026-01-10", hours(17))], day("2026-02-10"))
    assert (before[1].opening, after[1].opening) == (hours(5), hours(3))


def test_a_closed_row_stays_and_late_work_waits_as_a_difference() -> None:
    """1 h 30 more in January is 90 minutes of overage and 225.00; nothing is charged before it is decided."""
    file = with_work(closed(over_in_january(), "2026-01-31", "2026-02-02"), work("2026-01-20", 90, "late"))
    (january, _) = usage_of(file, file.retainers[0], day("2026-02-10"))
    assert (january.used, january.overage, january.closed_on) == (hours(22), 120, day("2026-02-02"))
    assert corrections(file, "2026-02-10") == []
    effect = effect_of(file, "2026-02-10")
    assert (effect.difference.used, effect.difference.overage, effect.difference.price) == (90, 90, eur(225))
    assert effect.entries == (LateEntry("late", day("2026-01-20"), 0, 90),)
    assert late_words(effect.difference, effect.unit) == "1 h 30 more, 225.00 EUR of overage more"
    assert effect.to_on == day(FEB)


def test_a_correction_is_charged_once_and_a_further_entry_shows_only_the_further_difference() -> None:
    """90 minutes decided; 60 more are 150.00 more. After its invoice the first is not charged again."""
    file = with_work(closed(over_in_january(), "2026-01-31", "2026-02-02"), work("2026-01-20", 90, "late"))
    file = decided(file, LateChoice.CORRECT, "2026-02-10")
    assert corrections(file, "2026-02-10") == [("late:l1", eur(225))]
    assert late_effects(file, day("2026-02-10")) == ()
    more = with_work(run(file, "2026-03-01"), work("2026-01-22", 60, "later"))
    assert corrections(more, "2026-03-02") == []
    effect = effect_of(more, "2026-03-02")
    assert (effect.difference.used, effect.difference.price) == (60, eur(150))
    assert [each.entry_id for each in effect.entries] == ["later"]


def test_deleted_work_can_be_credited_on_the_invoice_that_billed_it() -> None:
    """22 h become 21 h: 150.00 less, on the line of 300.00. Less than nothing was billed, so not 20 h − 5."""
    file = closed(over_in_january(), "2026-01-31", "2026-02-02")
    file = replace(file, work=(work("2026-01-10", hours(21), "w1"),))
    effect = effect_of(file, "2026-02-10")
    assert effect.difference.price == eur(-150)
    credit = effect.option(LateChoice.CREDIT)
    assert credit is not None
    assert credit.credits is not None
    number, position = credit.credits
    line = next(each for each in file.invoices[-1].lines if each.position == position)
    assert (number, line.key.kind) == (file.invoices[-1].number, ChargeKind.OVERAGE)
    assert effect.entries == (LateEntry("w1", day("2026-01-10"), hours(22), hours(21)),)


def test_what_was_not_billed_is_not_credited() -> None:
    """The overage was absorbed: an hour less can only be left as it is, or granted to February."""
    own = replace(
        agreed(), usage_decisions=(UsageDecision(day("2026-01-01"), OverageDecision.ABSORB, "goodwill"),)
    )
    file = account_file(own, work=(work("2026-01-10", hours(22), "w1"),))
    file = replace(closed(file, "2026-01-31", "2026-02-02"), work=(work("2026-01-10", hours(21), "w1"),))
    assert [each.choice for each in effect_of(file, "2026-02-10").options] == [
        LateChoice.CARRY, LateChoice.ABSORB,
    ]  # fmt: skip


def test_carried_late_work_burns_the_next_open_period() -> None:
    """90 minutes go into February: 20 h granted, 1 h 30 burned by it, 18 h 30 left."""
    file = with_work(closed(over_in_january(), "2026-01-31", "2026-02-02"), work("2026-01-20", 90, "late"))
    file = decided(file, LateChoice.CARRY, "2026-02-10")
    (_, february) = usage_of(file, file.retainers[0], day("2026-02-10"))
    assert (february.carried_in, february.burned, february.carried) == (90, 90, hours(18.5))
    assert late_effects(file, day("2026-02-10")) == ()
    assert corrections(file, "2026-02-10") == []


def test_deleted_work_can_be_granted_to_the_next_open_period() -> None:
    """An hour less is an hour more in February: 20 + 1."""
    file = closed(over_in_january(), "2026-01-31", "2026-02-02")
    file = replace(file, work=(work("2026-01-10", hours(21), "w1"),))
    file = decided(file, LateChoice.CARRY, "2026-02-10")
    (_, february) = usage_of(file, file.retainers[0], day("2026-02-10"))
    assert (february.granted, february.adjusted, february.carried) == (hours(20), 60, hours(21))


def test_late_work_out_of_carried_hours_is_taken_from_the_next_open_period() -> None:
    """14 h of 20: 1 forfeited, 5 carried. 8 h more: 1 of what was forfeited, 5 of what was carried, 2 over.

    The 2 h over are billed (300.00) and the 5 h, which February has, are burned there at once.
    """
    file = account_file(agreed(), work=(work("2026-01-10", hours(14), "w1"),))
    file = closed(file, "2026-01-31", "2026-02-02")
    file = with_work(file, work("2026-01-20", hours(8), "late"))
    found = effect_of(file, "2026-02-10").difference
    assert (found.overage, found.carried, found.to_place, found.covered) == (120, -300, hours(7), 60)
    file = decided(file, LateChoice.CORRECT, "2026-02-10")
    assert corrections(file, "2026-02-10") == [("late:l1", eur(300))]
    (_, february) = usage_of(file, file.retainers[0], day("2026-02-10"))
    assert (february.opening, february.carried_in, february.carried) == (hours(5), hours(5), hours(20))


def test_what_the_closed_period_covers_itself_asks_nothing() -> None:
    """14 h of 20, 1 h of the rest forfeited: an hour more changes nothing for anybody."""
    file = account_file(agreed(), work=(work("2026-01-10", hours(14), "w1"),))
    file = with_work(closed(file, "2026-01-31", "2026-02-02"), work("2026-01-20", 60, "late"))
    assert late_effects(file, day("2026-02-10")) == ()


def test_absorbed_late_work_changes_no_lot_and_no_charge() -> None:
    file = with_work(closed(over_in_january(), "2026-01-31", "2026-02-02"), work("2026-01-20", 90, "late"))
    file = decided(file, LateChoice.ABSORB, "2026-02-10")
    (_, february) = usage_of(file, file.retainers[0], day("2026-02-10"))
    assert (february.carried_in, february.adjusted, february.carried) == (0, 0, hours(20))
    assert corrections(file, "2026-02-10") == []
    assert file.retainers[0].late[0].absorbed == 90


def test_a_new_plan_inside_a_closed_period_is_a_difference_too() -> None:
    """From 17 January 10 h at 150: 16/31 × 20 h + 15/31 × 10 h = 619 + 290 = 909 min granted, not 1,200."""
    file = closed(over_in_january(), "2026-01-31", "2026-02-02")
    (own,) = file.retainers
    smaller = plan("2026-01-17", allowance_minutes=hours(10), rollover=SURPLUS, overage=BILL_150)
    changed = replace(own, plans=(*own.plans, smaller))
    check_kept_periods(own, changed)
    found = effect_of(replace(file, retainers=(changed,)), "2026-02-10").difference
    assert (found.used, found.overage) == (0, 1200 - 909)


def test_a_plan_of_a_closed_period_cannot_change_and_its_days_neither() -> None:
    (own,) = closed(over_in_january(), "2026-01-31", "2026-02-02").retainers
    dearer = replace(own.plans[0], overage=Overage(Decimal(200), OverageDecision.BILL))
    with pytest.raises(RuleViolation, match="was used by a closed period"):
        check_kept_periods(own, replace(own, plans=(dearer,)))
    with pytest.raises(RuleViolation, match="would give it other days"):
        check_kept_periods(own, replace(own, ended_on=day("2026-01-20")))


def test_periods_close_in_order_and_only_after_their_end() -> None:
    file = over_in_january()
    ledger = usage_of(file, file.retainers[0], day("2026-03-10"))
    assert [each.span.start for each in closable(file.retainers[0], ledger, day("2026-03-09"))] == [
        day("2026-01-01"),
        day(FEB),
    ]
    with pytest.raises(RuleViolation, match="is not over yet"):
        check_through(day("2026-03-10"), day("2026-03-10"))


def test_a_reopened_period_is_computed_again() -> None:
    file = closed(over_in_january(), "2026-01-31", "2026-02-02")
    (own,) = file.retainers
    again = replace(own, closes=(replace(own.closes[0], reopened=Reopened(day("2026-02-03"), "slip")),))
    file = with_work(replace(file, retainers=(again,)), work("2026-01-20", 90, "late"))
    assert usage_of(file, again, day("2026-02-10"))[0].overage == 210
    assert usage_of(file, again, day("2026-02-02"))[0].overage == 120
    (close,) = closes_of(
        file, again, closable(again, usage_of(file, again, day(FEB)), day("2026-01-31")), day(FEB)
    )
    assert close.number == 2


def test_what_was_invoiced_or_built_on_is_not_reopened() -> None:
    unbilled = account_file(agreed(), work=(work("2026-01-10", hours(22), "w1"),))
    billed = run(closed(unbilled, "2026-01-31", "2026-02-01"), "2026-02-02")
    with pytest.raises(RuleViolation, match="was issued from the closed period"):
        check_reopen(billed, billed.retainers[0], day("2026-01-01"), "slip")
    quiet = closed(account_file(agreed()), "2026-02-28", "2026-03-02")
    with pytest.raises(RuleViolation, match="A later period is closed too"):
        check_reopen(quiet, quiet.retainers[0], day("2026-01-01"), "slip")
    with pytest.raises(RuleViolation, match="Say why"):
        check_reopen(quiet, quiet.retainers[0], day(FEB), " ")
    assert check_reopen(quiet, quiet.retainers[0], day(FEB), "slip").span.start == day(FEB)
    before = closed(over_in_january(), "2026-01-31", "2026-02-02")
    assert check_reopen(before, before.retainers[0], day("2026-01-01"), "slip").overage == 120


def test_a_decision_is_taken_back_until_something_stands_on_it() -> None:
    """Free while the correction waits; not after its invoice, nor once February that took it is closed."""
    late = with_work(closed(over_in_january(), "2026-01-31", "2026-02-02"), work("2026-01-20", 90, "late"))
    file = decided(late, LateChoice.CORRECT, "2026-02-10")
    check_undecide(file, file.retainers[0], file.retainers[0].late[0])
    file = run(file, "2026-03-01")
    with pytest.raises(RuleViolation, match="correction is invoiced"):
        check_undecide(file, file.retainers[0], file.retainers[0].late[0])
    moved = closed(decided(late, LateChoice.CARRY, "2026-02-10"), "2026-02-28", "2026-03-01")
    with pytest.raises(RuleViolation, match="is closed too"):
        check_undecide(moved, moved.retainers[0], moved.retainers[0].late[0])


def test_overage_is_not_carried_into_a_period_that_is_closed() -> None:
    (own,) = closed(over_in_january(), "2026-02-28", "2026-03-02").retainers
    january = day("2026-01-01")
    with pytest.raises(RuleViolation, match="The period after it is closed"):
        check_usage_decision(own, UsageDecision(january, OverageDecision.CARRY), OverageDecision.BILL)
    check_usage_decision(own, UsageDecision(january, OverageDecision.ABSORB, "x"), OverageDecision.BILL)


def test_open_points_are_said_and_forbid_nothing() -> None:
    own = agreed(overage=Overage(Decimal(150), OverageDecision.ASK))
    file = account_file(own, work=(work("2026-01-10", hours(22), "w1"),))
    (january,) = usage_of(file, own, day("2026-02-01"))[:1]
    assert open_points(file, own, january, ()) == (
        "2 h over the allowance wait for a decision",
        "no cost rate: ada",
    )
