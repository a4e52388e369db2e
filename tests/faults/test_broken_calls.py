"""The n-th system call of a kind kills the process, finds the disk full, or fails to reach the disk.

strace breaks the calls of real processes; each break is followed by the checks of `loops`.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.faults.figures import ALL, SAMPLE, Figures
from tests.faults.loops import Loop, Tally
from tests.faults.nursery import Nursery

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace breaks the calls")

KILL, FULL, FAILED = "signal=KILL", "error=ENOSPC", "error=EIO"
WORDS = {KILL: ("F02", "kill -9"), FULL: ("F06", "disk full"), FAILED: ("F08", "input/output error")}
# What each job uses to reach the disk: SQLite writes pages with pwrite64, Python files with write.
BOOK_CALLS = {KILL: ("pwrite64", "fsync", "unlink"), FULL: ("pwrite64",), FAILED: ("fsync",)}
SET_CALLS = {
    KILL: ("pwrite64", "fsync", "unlink"),
    FULL: ("pwrite64",),
    FAILED: ("fsync",),
}
FILE_CALLS = {KILL: ("write", "fsync", "rename"), FULL: ("write",), FAILED: ("fsync",)}
CALLS = {
    "bill": BOOK_CALLS,
    "bill_by_drafts": {KILL: (), FULL: ("pwrite64",), FAILED: ("fsync",)},
    "close_month": BOOK_CALLS,
    "send_letters": {KILL: ("rename",), FULL: ("pwrite64", "write"), FAILED: ("fsync",)},
    "import_archive": {
        KILL: ("pwrite64", "write", "fsync", "rename", "unlink"),
        FULL: ("pwrite64", "write"),
        FAILED: ("fsync",),
    },
    "attach": FILE_CALLS,
    "restore": {**SET_CALLS, KILL: (*SET_CALLS[KILL], "rename", "link")},
    "back_up": {**SET_CALLS, KILL: (*SET_CALLS[KILL], "rename")},
    # Closing a book merges its -wal file and tells nobody if that fails: a new book was there, and empty.
    "create": {**SET_CALLS, KILL: (*SET_CALLS[KILL], "link")},
    "print_invoices": FILE_CALLS,
    "bill_and_print": {KILL: ("fsync", "rename"), FULL: (), FAILED: ()},
    "export_json": FILE_CALLS,
    "export_zip": FILE_CALLS,
}
EVERY_POINT = [pytest.mark.faults, pytest.mark.timeout(900)]


@pytest.mark.parametrize(
    ("job", "call", "how", "depth"),
    [
        pytest.param("attach", "fsync", FAILED, SAMPLE),
        *(
            pytest.param(job, call, how, ALL, marks=EVERY_POINT)
            for job, kinds in CALLS.items()
            for how, calls in kinds.items()
            for call in calls
        ),
    ],
)
def test_a_broken_system_call_leaves_all_or_nothing_and_the_next_run_completes(
    job: str, call: str, how: str, depth: str, tmp_path: Path, nursery: Nursery, figures: Figures
) -> None:
    logs = tmp_path / "logs"
    logs.mkdir()
    loop = Loop(job, tmp_path, nursery)
    with Nursery(logs, f"{call}:{how}") as breaking:
        tally = loop.calls(breaking, depth, Tally())
    assert tally.wrong == []
    assert tally.points >= 1
    if depth == ALL:
        fault, words = WORDS[how]
        figures.add(
            fault, f"{words} at each {call} of {job.replace('_', ' ')}",
            points=tally.points, lost=0, halves=0, said_so=tally.refused if how != KILL else "–",
        )  # fmt: skip
