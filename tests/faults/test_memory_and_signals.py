"""Too little memory, and the end of the session in the middle of a run."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.books import account, book, plan, retainer, work
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
    """4,000 entries; limits from nothing to plenty, in small steps; whatever happens the book is whole."""
    template = tmp_path / "template"
    jobs.make_empty(template)
    rows = [{**work("2026-01-05", 30), "id": f"w-{number}"} for number in range(4000)]
    terms = plan("2026-01-01", "100.00")
    document = book(account("alfa", retainer("advisory", "2026-01-01", terms), work=rows))
    (template / "in" / "book.json").write_text(json.dumps(document), encoding="utf-8")
    jobs.create(template)
    before = state(template)["my.book"]
    limits = [half / 2 for half in range(60)]
    failed = 0
    for number, mib in enumerate(limits):
        folder = tmp_path / str(number)
        shutil.copytree(template, folder)
        ended = nursery.run("import_json", folder, memory=int(mib * MIB))
        failed += ended.code != 0
        found = state(folder)["my.book"]
        assert (found == before) == (ended.code != 0), ended.said
        if number % 10 == 0:
            assert broken(folder / "my.book", jobs.TODAY) == []
        if ended.code != 0:
            assert nursery.run("import_json", folder).code == 0
    assert 3 < failed < len(limits)
    figures.add("F116", "an import under memory limits", limits=len(limits), failed=failed, corruptions=0)


SERVE = """
import pathlib, sys
from tests.cli.books import account, book, plan, retainer, work
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
    times = 40
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
