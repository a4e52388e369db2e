"""Eight weeks of a business that does everything at random; every invariant holds after every step."""

from __future__ import annotations

import gc
import random
from datetime import timedelta
from pathlib import Path

import pytest

from retainerdesk.services.issue_invoices import preview_invoices
from tests.faults import jobs
from tests.faults.figures import Figures
from tests.faults.invariants import broken, pdf_hashes
from tests.faults.random_weeks import MovingClock, RandomWeeks

DAYS = 56
MOST_GROWTH_MIB = 24


def resident_mib() -> int:
    """Memory of this process now."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 >> 20


def live(weeks: RandomWeeks, days: int, steps_a_day: int) -> int:
    """Let that many days pass, checking after each step; the number of steps."""
    last, steps = weeks.today + timedelta(days=days), 0
    pdfs: dict[str, str] = {}
    while weeks.today < last:
        for _ in range(steps_a_day):
            name, steps = weeks.step(), steps + 1
            known = pdfs if steps % 25 == 0 else {}
            assert broken(weeks.path, weeks.today, known) == [], f"{name} on {weeks.today}, step {steps}"
            if steps % 25 == 0:
                pdfs = pdf_hashes(weeks.store)
        weeks.sleep()
    return steps


@pytest.mark.parametrize(
    ("seed", "days"),
    [
        (1, 2),
        *(
            pytest.param(seed, DAYS, marks=[pytest.mark.faults, pytest.mark.timeout(900)])
            for seed in (2, 3, 4)
        ),
    ],
)
def test_weeks_of_anything_break_nothing_and_the_last_run_leaves_nothing_to_bill(
    seed: int, days: int, folder: Path, figures: Figures
) -> None:
    jobs.make_owing(folder)
    weeks = RandomWeeks(folder / "my.book", MovingClock(jobs.TODAY), random.Random(seed))
    try:
        live(weeks, 1, 2)
        # Fonts are loaded once and stay.
        weeks.issue()
        pdf_hashes(weeks.store)
        before = resident_mib()
        steps = live(weeks, days, 5 if days == DAYS else 2)
        grown = resident_mib() - before
        weeks.clock.day += timedelta(days=10)
        weeks.issue()
        with weeks.store.reading() as uow:
            assert preview_invoices(uow, weeks.today, weeks.today).proposals == ()
        assert broken(weeks.path, weeks.today) == []
        assert grown <= MOST_GROWTH_MIB
    finally:
        weeks.store.close()
    if days == DAYS:
        figures.add(
            "F50", f"eight random weeks, seed {seed}",
            steps=steps, invoices=weeks.did["invoices"], refused=weeks.did["refused"], broken=0,
            grown=f"{grown} MiB",
        )  # fmt: skip
