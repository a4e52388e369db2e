"""Work that is charged to nobody although a retainer could be charged with it."""

from __future__ import annotations

from datetime import date

from retainerdesk.domain.block import Block
from retainerdesk.domain.money import Money
from retainerdesk.domain.plan import UsageUnit
from retainerdesk.domain.unassigned import needs_retainer, unassigned_work
from retainerdesk.domain.work import WorkKind
from tests.domain.builders import account_file, plan, retainer, work

TODAY = date(2026, 3, 31)
ONE = retainer(plan("2026-01-01"), id="one", starts_on=date(2026, 1, 1))
TWO = retainer(plan("2026-02-01"), id="two", starts_on=date(2026, 2, 1), ended_on=date(2026, 3, 1))
LOOSE = work("2026-02-10", 90, "loose", retainer_id=None)


def ids(*rows: object, **more: object) -> list[str]:
    return [entry.id for entry in unassigned_work(account_file(ONE, TWO, work=rows, **more), TODAY)]


def test_work_of_several_retainers_that_names_none_is_found() -> None:
    named = work("2026-02-11", 60, "named", retainer_id="two")
    assert ids(LOOSE, named) == ["loose"]


def test_with_one_retainer_nothing_is_loose() -> None:
    file = account_file(ONE, work=(LOOSE,))
    assert not needs_retainer(file)
    assert unassigned_work(file, TODAY) == ()


def test_what_could_not_be_charged_anyway_is_left_out() -> None:
    """Out of scope, written down whole, before the first retainer, and after today."""
    out = work("2026-02-10", 60, "out", retainer_id=None, kind=WorkKind.OUT_OF_SCOPE)
    gone = work("2026-02-10", 60, "gone", retainer_id=None, written_down_minutes=60, write_down_reason="x")
    before = work("2025-12-31", 60, "before", retainer_id=None)
    later = work("2026-04-01", 60, "later", retainer_id=None)
    assert ids(before, gone, LOOSE, out, later) == ["loose"]


def test_a_block_for_work_that_names_no_retainer_is_what_such_work_draws() -> None:
    block = Block("acme", "b", date(2026, 1, 1), "Ten", UsageUnit.MINUTES, 600, Money(0, "EUR"))
    assert ids(LOOSE, blocks=(block,)) == []
