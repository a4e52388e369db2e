"""Too little memory, and the end of the session in the middle of a run."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.faults import jobs
from tests.faults.figures import Figures
from tests.faults.invariants import broken
from tests.faults.loops import state
from tests.faults.nursery import Nursery

MIB = 1 << 20


@pytest.mark.faults
@pytest.mark.timeout(900)
def test_an_import_without_enough_memory_changes_nothing_or_all(
    tmp_path: Path, nursery: Nursery, figures: Figures
) -> None:
    """Limits from nothing to plenty, in small steps; whatever happens the book is whole."""
    jobs.make_importable(tmp_path / "template")
    before = state(tmp_path / "template")["my.book"]
    limits = [quarter / 4 for quarter in range(100)]
    failed = 0
    for number, mib in enumerate(limits):
        folder = tmp_path / str(number)
        jobs.make_importable(folder)
        ended = nursery.run("import_archive", folder, memory=int(mib * MIB))
        failed += ended.code != 0
        assert broken(folder / "my.book", jobs.TODAY) == []
        if ended.code != 0:
            assert nursery.run("import_archive", folder).code == 0
        assert state(folder)["my.book"] != before
    figures.add("F116", "an import under memory limits", limits=len(limits), failed=failed, corruptions=0)


SERVE = """
import pathlib, sys
from tests.faults import jobs
print("working", flush=True)
jobs.JOBS[sys.argv[1]](pathlib.Path(sys.argv[2]))
"""


@pytest.mark.faults
@pytest.mark.timeout(900)
def test_the_end_of_the_session_leaves_a_whole_book(tmp_path: Path, figures: Figures) -> None:
    """SIGTERM at random moments of endless invoice runs; the process is gone within 2 seconds."""
    chance = random.Random(117)
    folder = tmp_path / "job"
    jobs.make_owing(folder)
    longest = 0.0
    times = 100
    for _ in range(times):
        run = subprocess.Popen(
            [sys.executable, "-c", SERVE, "bill_for_ever", str(folder)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        )  # fmt: skip
        assert run.stdout is not None
        assert run.stdout.readline() == b"working\n"
        # The moment has to be random within the work; nothing is waited for.
        _spend(chance.uniform(0.0, 0.4))
        run.terminate()
        started = time.monotonic()
        run.wait(2)
        longest = max(longest, time.monotonic() - started)
        run.stdout.close()
        assert run.returncode == -signal.SIGTERM
    last = jobs.TODAY.replace(year=2060)
    assert broken(folder / "my.book", last) == []
    figures.add("F117", "SIGTERM during invoice runs", times=times, dirty_exits=0, longest=f"{longest:.2f} s")


def _spend(seconds: float) -> None:
    """Let the other process work for so long."""
    started = time.monotonic()
    while time.monotonic() - started < seconds:
        os.sched_yield()
