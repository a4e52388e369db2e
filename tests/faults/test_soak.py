"""Eight weeks of a business that does everything at random; every invariant holds after every step."""

from __future__ import annotations

import pytest

from tests.faults.figures import Figures
from tests.faults.random_weeks import ACTS
from tests.faults.soak_machine import Lives, live

DAYS, STEPS_A_DAY = 56, 5
# After a hundred steps everything that is loaded once is loaded, and every statement compiled once.
MOST_GROWTH_MIB = 8


def test_days_of_anything_break_nothing_and_the_same_seed_lives_the_same_days() -> None:
    once, again = (Lives(days=1, steps_a_day=8, seed=1) for _ in range(2))
    for lives in (once, again):
        live(lives, tries=3)
    assert once.lived
    assert (once.steps, once.shown) == (again.steps, again.shown)


@pytest.mark.faults
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", [2, 3, 4])
def test_weeks_of_anything_break_nothing_and_the_last_run_leaves_nothing_to_bill(
    seed: int, figures: Figures
) -> None:
    lives = Lives(DAYS, STEPS_A_DAY, seed)
    live(lives, tries=4)
    assert lives.lived
    assert lives.most_days >= DAYS
    assert {deed.__name__ for deed in ACTS} <= set(lives.shown)
    assert max(lives.grown_mib) <= MOST_GROWTH_MIB
    figures.add(
        "F50", f"eight random weeks, seed {seed}", lives=lives.lived, steps=lives.steps,
        invoices=lives.shown["invoices"], refused=lives.shown["refused"], broken=0,
        grown=f"{max(lives.grown_mib)} MiB",
    )  # fmt: skip
