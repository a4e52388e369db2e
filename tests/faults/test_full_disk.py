"""A disk that is full, at every fill level: nothing by halves, and it goes on when there is space again."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from retainerdesk.domain.errors import EnvironmentProblem
from tests.faults import jobs
from tests.faults.figures import ALL, SAMPLE, Figures, depths
from tests.faults.invariants import broken
from tests.faults.loops import State, is_left_over, state

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="mounting needs root")
DISK_KIB = 2048
PAGE = 4096


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 2 MiB."""
    place = tmp_path / "disk"
    place.mkdir()
    options = f"size={DISK_KIB}k,mode=0755"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)], check=True)
    yield place
    subprocess.run(["umount", str(place)], check=True)


class Filled:
    """A folder on a disk with so many pages left; `free` gives the space back."""

    def __init__(self, disk: Path, template: Path, pages_left: int) -> None:
        for old in disk.iterdir():
            shutil.rmtree(old) if old.is_dir() else old.unlink()
        self.folder = Path(shutil.copytree(template, disk / "job"))
        self._filler = disk / "filler"
        space = os.statvfs(disk)
        self._filler.write_bytes(bytes(max(0, space.f_bavail - pages_left) * PAGE))

    def free(self) -> None:
        self._filler.unlink()


def problem_of_job(job: str, folder: Path) -> str | None:
    """What a job says that the machine refuses; None if it ends well."""
    try:
        jobs.JOBS[job](folder)
    except EnvironmentProblem as told:
        return told.message
    return None


def levels(depth: str, most: int) -> range:
    return range(0, most, 59 if depth == SAMPLE else 5)


@depths
def test_a_run_on_a_full_disk_issues_whole_invoices_and_goes_on_when_there_is_space(
    depth: str, disk: Path, tmp_path: Path, figures: Figures
) -> None:
    jobs.make_owing(tmp_path / "owing")
    shutil.copytree(tmp_path / "owing", tmp_path / "billed")
    jobs.bill(tmp_path / "billed")
    refused = 0
    for pages_left in levels(depth, 180):
        filled = Filled(disk, tmp_path / "owing", pages_left)
        told = problem_of_job("bill", filled.folder)
        refused += told is not None
        assert told is None or "full" in told or "cannot be" in told
        filled.free()
        assert broken(filled.folder / "my.book", jobs.TODAY) == []
        jobs.bill(filled.folder)
        assert state(filled.folder) == state(tmp_path / "billed")
    assert refused
    if depth == ALL:
        figures.add(
            "F06", "a disk that fills up during an invoice run",
            fill_levels=len(levels(depth, 180)), refused=refused, partial=0, crashes=0,
        )  # fmt: skip


# What such a job had finished before there was no more space stays.
MAY_CHANGE = {
    "import_archive": {"my.book"},
    "send_letters": {"my.book"},
    "print_invoices": {f"out/2026-000{number}.pdf" for number in range(1, 6)},
}


def changed(before: State, after: State) -> set[str]:
    """The files that are not what they were; those that are new and whole by their content do not count."""
    new = {name for name in after if name not in before and ".files/" in name}
    return {name for name in {**before, **after} if before.get(name) != after.get(name)} - new


@pytest.mark.parametrize(
    ("job", "depth"),
    [("back_up", SAMPLE)]
    + [
        pytest.param(job, ALL, marks=[pytest.mark.faults, pytest.mark.timeout(900)])
        for job in (
            "back_up", "export_json", "export_zip", "print_invoices", "attach", "import_archive", "restore",
            "close_month", "send_letters",
        )
    ],
)  # fmt: skip
def test_a_file_that_does_not_fit_leaves_the_old_ones_and_no_temporary_one(
    job: str, depth: str, disk: Path, tmp_path: Path, figures: Figures
) -> None:
    """The target of the last time is there and stays, byte for byte, when the new one does not fit."""
    template = tmp_path / "template"
    jobs.PREPARED[job](template)
    if job == "attach":
        (template / "in" / "agreement.bin").write_bytes(bytes(range(256)) * 1200)
    for old in ("backup.book", "book.json", "book.zip", "2026-0001.pdf"):
        (template / "out" / old).write_bytes(b"of the last time")
    before = state(template)
    refused = 0
    for pages_left in levels(depth, 110):
        filled = Filled(disk, template, pages_left)
        told = problem_of_job(job, filled.folder)
        assert [path for path in filled.folder.rglob("*") if is_left_over(path)] == []
        # Even reading a book takes space for its -shm file.
        filled.free()
        refused += told is not None
        assert broken(filled.folder / "my.book", jobs.TODAY) == []
        if told is not None:
            assert changed(before, state(filled.folder)) <= MAY_CHANGE.get(job, set())
    assert refused
    if depth == ALL:
        figures.add(
            "F07", f"no space for {job.replace('_', ' ')}",
            fill_levels=len(levels(depth, 110)), refused=refused, originals_changed=0, temporary_files=0,
        )  # fmt: skip
