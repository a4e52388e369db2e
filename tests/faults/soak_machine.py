"""A Hypothesis machine that lives with a real book file: deeds, the watcher, nights and a clock that jumps.

There is one rule, with the deed as its argument: of several rules Hypothesis leaves some out in each life
(swarm testing), and eight weeks of a business need all of them. Chance inside a deed is one drawn number a
step, because a life may draw 8 KiB at most and ends early beyond.
"""

from __future__ import annotations

import ctypes
import gc
import random
import secrets
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from retainerdesk.services.issue_invoices import preview_invoices
from retainerdesk.store.queries.issue_dates import last_issue_dates
from tests.faults import jobs
from tests.faults.invariants import broken, pdf_hashes
from tests.faults.random_weeks import ACTS, MovingClock, RandomWeeks

DEEDS = {deed.__name__: deed for deed in ACTS}
NIGHTS = (1, 1, 1, 1, 2, 3, 0, -1)
# Rendering every document again takes seconds; and a month of nights jumps about once.
PDFS_EVERY, JUMP_CHANCE = 25, 0.03
WARM_STEPS = 100


@dataclass
class Lives:
    """How long lives are to be, and what came of those that were lived to the end."""

    days: int
    steps_a_day: int
    seed: int
    lived: int = 0
    steps: int = 0
    shown: Counter[str] = field(default_factory=Counter)
    most_days: int = 0
    grown_mib: list[int] = field(default_factory=list)


class SoakMachine(RuleBasedStateMachine):
    """One life, in a folder of its own, from a book that owes five invoices."""

    def __init__(self, lives: Lives) -> None:
        super().__init__()
        self.lives, self.steps, self.is_idle = lives, 0, True
        self.home = tempfile.TemporaryDirectory()
        folder = Path(self.home.name) / "job"
        folder.mkdir(mode=0o700)
        jobs.make_owing(folder)
        self.weeks = RandomWeeks(folder / "my.book", MovingClock(jobs.TODAY), random.Random(0))
        self.pdfs: dict[str, str] = {}
        self.warm_mib = 0
        # Names of rows are chance as well: without this no life could be lived again.
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(secrets, "token_hex", lambda size: self.weeks.chance.randbytes(size).hex())

    @rule(deed=st.sampled_from(["nothing", *DEEDS]), chance=st.randoms(use_true_random=True))
    def do(self, deed: str, chance: random.Random) -> None:
        """One deed; after so many of them a night passes, and sometimes the clock jumps."""
        self.weeks.chance = chance
        self.is_idle = deed == "nothing"
        if self.is_idle:
            return
        self.weeks.act(DEEDS[deed])
        self.steps += 1
        if self.steps % self.lives.steps_a_day == 0:
            self.weeks.clock.day += timedelta(days=chance.choice(NIGHTS))
        if chance.random() < JUMP_CHANCE:
            self.weeks.act(RandomWeeks.jump)

    @invariant()
    def nothing_is_broken(self) -> None:
        """Everything after every step; the bytes of every PDF after every twenty-fifth."""
        if self.is_idle:
            return
        is_turn = self.steps % PDFS_EVERY == 0
        found = broken(self.weeks.path, self.weeks.today, self.pdfs if is_turn else None)
        assert not found, "; ".join(found)
        if is_turn:
            self.pdfs = pdf_hashes(self.weeks.store)
        if self.steps == WARM_STEPS:
            self.warm_mib = resident_mib()

    def teardown(self) -> None:
        try:
            if self.steps >= self.lives.days * self.lives.steps_a_day:
                self.end_well()
        finally:
            self.patch.undo()
            self.weeks.close()
            self.home.cleanup()

    def end_well(self) -> None:
        """Once the clock is right again, a last run leaves nothing to bill."""
        weeks, lives = self.weeks, self.lives
        if self.warm_mib:
            lives.grown_mib.append(resident_mib() - self.warm_mib)
        weeks.clock.day = max(weeks.today, last_issue_day(weeks)) + timedelta(days=10)
        weeks.issue()
        with weeks.store.reading() as uow:
            left = preview_invoices(uow, weeks.today, weeks.today).proposals
        assert not left, f"still to bill: {[key for each in left for key in each.keys]}"
        found = broken(weeks.path, weeks.today)
        assert not found, "; ".join(found)
        lives.lived, lives.steps = lives.lived + 1, lives.steps + self.steps
        lives.most_days = max(lives.most_days, (weeks.today - jobs.TODAY).days)
        lives.shown.update(weeks.did)


def last_issue_day(weeks: RandomWeeks) -> date:
    """The newest day a document was issued on, by a clock that may have been wrong."""
    with weeks.store.reading() as uow:
        return max((day for day in last_issue_dates(uow).values()), default=weeks.today)


def resident_mib() -> int:
    """Memory of this process that is in use: garbage is collected and free pages are given back first."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 >> 20


def live(lives: Lives, tries: int) -> None:
    """Let Hypothesis live so many lives; the same ones for the same seed, printed with a blob if one fails.

    The first one or two are nearly empty: Hypothesis begins with what is simplest, and here that is nothing.
    A life of weeks is not shrunk (each try takes minutes) and not kept: the seed brings it back.
    """

    class Machine(SoakMachine):
        def __init__(self) -> None:
            super().__init__(lives)

    seed(lives.seed)(Machine)
    chosen = settings(
        max_examples=tries, stateful_step_count=lives.days * lives.steps_a_day * 5 // 4 + 5, deadline=None,
        database=None, phases=(Phase.generate,), print_blob=True, suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(Machine, settings=chosen)
