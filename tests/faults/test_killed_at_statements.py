"""A child dies with SIGKILL at the k-th statement, for every k until it ends by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.figures import ALL, SAMPLE, Figures
from tests.faults.loops import Loop, Tally
from tests.faults.nursery import Nursery

JOBS = {
    "bill": ("F01", "an invoice run of five invoices"),
    "bill_by_drafts": ("F01", "a run kept as drafts and issued from them"),
    "import_archive": ("F01", "an import of a whole book"),
    "restore": ("F01", "a restore"),
    "attach": ("F01", "attaching a document"),
    "back_up": ("F01", "a backup"),
    "create": ("F16", "making a new book (schema 0002)"),
    "migrate_to_next": ("F16", "a migration that rebuilds a table"),
}
CASES = [
    pytest.param(job, depth, marks=[pytest.mark.faults, pytest.mark.timeout(900)] if depth == ALL else [])
    for job in JOBS
    for depth in (SAMPLE, ALL)
    if depth == ALL or job in {"bill", "bill_by_drafts"}
]


@pytest.mark.parametrize(("job", "depth"), CASES)
def test_a_job_killed_at_a_statement_did_nothing_by_halves_and_completes_when_run_again(
    job: str, depth: str, tmp_path: Path, nursery: Nursery, figures: Figures
) -> None:
    tally = Loop(job, tmp_path, nursery).statements(depth, Tally())
    assert tally.wrong == []
    assert tally.points >= 4
    if depth == ALL:
        fault, words = JOBS[job]
        figures.add(
            fault,
            f"kill -9 at each SQL statement of {words}",
            kill_points=tally.points, lost=0, doubled=0, gaps=0, halves=0,
        )  # fmt: skip


@pytest.mark.faults
@pytest.mark.timeout(900)
def test_the_loop_catches_a_run_that_forgets_its_transactions(
    tmp_path: Path, nursery: Nursery, figures: Figures
) -> None:
    """Without a transaction an invoice is there without its lines, or a number is taken and not used."""
    tally = Loop("bill_without_transactions", tmp_path, nursery).statements(ALL, Tally())
    bad = {sentence.split(":")[0] for sentence in tally.wrong}
    assert len(bad) * 5 > tally.points, "the harness does not see what it is there to see"
    figures.add(
        "F01", "control: the same run without transactions", kill_points=tally.points, caught=len(bad)
    )
