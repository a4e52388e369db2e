"""Each fresh item is announced once, all together, and never again after a restart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from pytestqt.qtbot import QtBot

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.due_inbox import DueInbox
from retainerdesk.domain.due_item import DueItem
from retainerdesk.services.due import find_due
from retainerdesk.services.summaries import DueReport
from retainerdesk.system.clock import FixedClock
from tests.desktop.conftest import TODAY

Heard = list[tuple[DueItem, ...]]


@dataclass(frozen=True)
class HourClock(FixedClock):
    """The fixed day, at a given local hour."""

    hour: int = 0

    def utc_now(self) -> datetime:
        return datetime(2026, 11, 22, self.hour, 30).astimezone(UTC)


def report_of(desk: Desk) -> DueReport:
    return desk.read(find_due, TODAY)


def heard_by(inbox: DueInbox) -> Heard:
    heard: Heard = []
    inbox.announce.connect(heard.append)
    return heard


def test_all_fresh_items_are_announced_together(desk: Desk, qtbot: QtBot) -> None:
    inbox = DueInbox(desk)
    heard = heard_by(inbox)
    inbox.receive(report_of(desk))
    assert [len(items) for items in heard] == [14]


def test_nothing_is_announced_twice_nor_after_a_restart(desk: Desk, qtbot: QtBot) -> None:
    inbox = DueInbox(desk)
    stale = report_of(desk)
    inbox.receive(stale)
    heard = heard_by(inbox)
    inbox.receive(stale)
    inbox.receive(report_of(desk))
    restarted = DueInbox(desk)
    heard_after = heard_by(restarted)
    restarted.receive(report_of(desk))
    assert heard + heard_after == []
    assert len(restarted.items) == 14


def test_a_snoozed_item_is_gone_until_its_day(desk: Desk, qtbot: QtBot) -> None:
    inbox = DueInbox(desk)
    inbox.receive(report_of(desk))
    key = inbox.items[0].key
    inbox.snooze(key, 3)
    keys = [{item.key for item in desk.read(find_due, TODAY + timedelta(days=d)).items} for d in (0, 2, 3)]
    assert [key in each for each in keys] == [False, False, True]


def test_a_digest_waits_for_its_hour(desk: Desk, qtbot: QtBot) -> None:
    at_seven = replace(desk.context, clock=HourClock(TODAY, 7))
    at_eight = replace(desk.context, clock=HourClock(TODAY, 8))
    desk.context = at_seven
    inbox = DueInbox(desk, digest_hour=8)
    heard = heard_by(inbox)
    inbox.receive(report_of(desk))
    inbox.announce_fresh()
    assert heard == []
    desk.context = at_eight
    inbox.announce_fresh()
    assert [len(items) for items in heard] == [14]
