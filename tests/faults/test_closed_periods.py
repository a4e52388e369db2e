"""Work that arrives, changes or goes in a period that was closed: the row stays, no minute is lost."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.work import WorkEntry
from retainerdesk.services.closing import closing_board
from retainerdesk.services.late_work import decide_late, list_late
from retainerdesk.services.rows import add_row, change_row, remove_row
from retainerdesk.store.book_store import BookStore
from retainerdesk.store.repositories.history import WORK
from tests.faults import jobs
from tests.faults.figures import ALL, SAMPLE, Figures, depths
from tests.faults.invariants import broken
from tests.faults.jobs import TODAY


def disturb(store: BookStore, chance: random.Random, number: int) -> str:
    """Add, change or remove an entry of January, or decide about the difference that waits."""
    with store.writing() as uow:
        waiting = list_late(uow, TODAY, "alfa")
        if waiting and chance.random() < 0.3:
            choice = chance.choice(waiting[0].options).choice
            decide_late(uow, waiting[0].id, choice, "agreed", TODAY)
            what = choice.value
        else:
            entries = WORK.of_account(uow, "alfa")
            what = chance.choice(["add", "change", "remove"]) if entries else "add"
            minutes = chance.randrange(15, 400)
            if what == "add":
                day = date(2026, 1, chance.randrange(1, 32))
                add_row(uow, WorkEntry("alfa", f"late-{number}", day, minutes, "ada", retainer_id="advisory"))
            elif what == "change":
                change_row(uow, replace(chance.choice(entries), minutes=minutes))
            else:
                remove_row(uow, chance.choice(entries))
        uow.commit()
    return what


@depths
def test_work_in_a_closed_period_leaves_its_row_and_every_minute_is_in_one_place(
    depth: str, tmp_path: Path, figures: Figures
) -> None:
    lives, changes, refused = (1, 8, 0) if depth == SAMPLE else (10, 40, 0)
    for life in range(lives):
        folder, chance = tmp_path / str(life), random.Random(life)
        jobs.make_billed(folder)
        jobs.close_month(folder)
        with jobs.opened(folder) as store:
            with store.reading() as uow:
                closed = [row.usage for row in closing_board(uow, TODAY).closed]
            assert closed
            for number in range(changes):
                try:
                    what = disturb(store, chance, number)
                except RuleViolation:
                    what, refused = "refused", refused + 1
                with store.reading() as uow:
                    now = [row.usage for row in closing_board(uow, TODAY).closed]
                assert [row.span for row in now] == [row.span for row in closed], what
                assert [kept(row) for row in now] == [kept(row) for row in closed], what
                assert broken(store.path, TODAY) == [], f"{what}, step {number} of life {life}"
    if depth == ALL:
        figures.add(
            "F47", "late, changed and deleted work in a closed period", changes=lives * changes,
            refused=refused, closed_rows_changed=0, minutes_lost=0,
        )  # fmt: skip


def kept(usage: object) -> tuple[int, ...]:
    """What a closed row says of its minutes."""
    names = ("opening", "granted", "adjusted", "used", "burned", "overage", "expired", "forfeited", "carried")
    return tuple(getattr(usage, name) for name in names)
