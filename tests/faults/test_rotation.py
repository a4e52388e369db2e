"""Backups by a clock that jumps: however it does, enough good ones stay, and every pinned one."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from retainerdesk.store.rotation import Keep, thin
from tests.faults.figures import Figures

START = datetime(2026, 11, 22, 12, tzinfo=UTC)
SEQUENCES, DAYS = 1000, 40
JUMPS = (1, 1, 1, 1, 1, 2, 30, 400, -1, -30, -400, 26_000, -26_000)


@dataclass(frozen=True)
class Made:
    name: str
    made_at: datetime
    is_good: bool
    is_pinned: bool


def test_rotation_keeps_enough_good_backups_whatever_the_clock_does(figures: Figures) -> None:
    """Each day a copy, one in five damaged, one in twenty pinned; the clock jumps up to 71 years."""
    fewest = Keep().recent
    for seed in range(SEQUENCES):
        chance = random.Random(seed)
        now, copies, good, pinned = START, [], 0, set()
        for day in range(DAYS):
            now += timedelta(days=chance.choice(JUMPS))
            made = Made(f"{day:03}", now, chance.random() < 0.8, chance.random() < 0.05)
            copies.append(made)
            good += made.is_good
            pinned |= {made.name} if made.is_pinned else set()
            gone = set(thin(copies, now, Keep()))
            copies = [each for each in copies if each not in gone]
            kept = sum(each.is_good for each in copies)
            assert kept >= min(good, Keep().recent)
            assert pinned <= {each.name for each in copies}
            fewest = min(fewest, kept) if good >= Keep().recent else fewest
    figures.add(
        "F24", "rotation by a clock that jumps",
        sequences=SEQUENCES, backups=SEQUENCES * DAYS, fewest_good=fewest, pinned_lost=0,
    )  # fmt: skip
