"""Everything the program writes is for its owner's eyes only, and nothing stays of what was not finished."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from retainerdesk.system.unfinished import clear_unfinished
from tests.faults import jobs
from tests.faults.figures import Figures
from tests.faults.loops import is_left_over
from tests.faults.nursery import Nursery

TWO_HOURS = 2 * 3600
EVERYTHING = ("bill_and_print", "attach", "export_json", "export_zip", "back_up", "migrate_to_next")


@pytest.mark.parametrize("umask", [0o000, pytest.param(0o022, marks=pytest.mark.faults)])
def test_every_file_is_for_its_owner_only_whatever_the_umask(
    umask: int, folder: Path, nursery: Nursery, figures: Figures
) -> None:
    """A new book, a full day's work on it, and what a killed process leaves."""
    jobs.make_empty(folder)
    ours = {folder, folder / "in", folder / "out"}
    assert nursery.run("create", folder, umask=umask).code == 0
    jobs.make_owing(folder / "source")
    jobs.export_json(folder / "source")
    (folder / "source" / "out" / "book.json").rename(folder / "in" / "book.json")
    (folder / "in" / "agreement.bin").write_bytes(b"agreed")
    ours |= {folder / "source", *(folder / "source").rglob("*"), *(folder / "in").iterdir()}
    for job in ("import_json", *EVERYTHING[:-1], "bill_and_die", EVERYTHING[-1]):
        ended = nursery.run(job, folder, umask=umask)
        assert ended.code == 0, ended.said
    made = [path for path in folder.rglob("*") if path not in ours and "versions" not in str(path)]
    wider = [path for path in made if path.stat().st_mode & 0o077]
    assert wider == []
    assert {"my.book", "book.zip", "book.json", "backup.book", "2026-0001.pdf"} <= {
        path.name for path in made
    }
    figures.add("F110", f"modes of all files under umask {umask:04o}", files=len(made), wider_than_0600=0)


def left_overs(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if is_left_over(path)]


@pytest.mark.faults
@pytest.mark.timeout(900)
@pytest.mark.parametrize("job", ["back_up", "create"])
def test_nothing_unfinished_stays_after_the_next_time(
    job: str, tmp_path: Path, nursery: Nursery, figures: Figures
) -> None:
    """Killed half-way, a copy stays; started again two hours later, it is cleared up."""
    killed = seen = 0
    for k in range(1, 80, 2):
        folder = tmp_path / str(k)
        jobs.PREPARED[job](folder)
        if nursery.run(job, folder, statement=k).signal != signal.SIGKILL:
            break
        killed += 1
        for path in left_overs(folder):
            seen += not path.name.endswith(("-wal", "-shm", "-journal"))
            before = path.stat().st_mtime - TWO_HOURS
            os.utime(path, (before, before))
        assert nursery.run(job, folder).code == 0
        assert left_overs(folder) == []
        assert not [path for path in tmp_path.iterdir() if is_left_over(path)]
    assert killed
    assert seen
    figures.add(
        "F111", f"{job.replace('_', ' ')} killed half-way, then again",
        kills=killed, left_by_kills=seen, left_after=0,
    )  # fmt: skip


@pytest.mark.faults
@pytest.mark.timeout(300)
def test_nothing_is_put_into_the_folder_of_temporary_files_and_own_folders_are_cleared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figures: Figures
) -> None:
    """Jobs killed at three statements each, under a folder for temporary files that is somebody else's."""
    hostile, work = tmp_path / "hostile", tmp_path / "work"
    for place in (hostile, work):
        place.mkdir()
    monkeypatch.setenv("TMPDIR", str(hostile))
    killed = cleared = 0
    with Nursery(work) as nursery:
        before = set(hostile.rglob("*"))
        for job in ("back_up", "create", "attach", "import_archive", "restore", "export_zip", "encrypt"):
            for k in (3, 9, 27):
                folder = work / f"{job}-{k}"
                jobs.PREPARED[job](folder)
                killed += nursery.run(job, folder, statement=k).signal == signal.SIGKILL
                for path in left_overs(folder):
                    os.utime(path, (1, 1))
                cleared += clear_unfinished(folder, "my.book")
                cleared += clear_unfinished(jobs.files_of(folder)) + clear_unfinished(folder / "out")
                assert left_overs(folder) == []
        assert set(hostile.rglob("*")) == before
    assert killed
    figures.add("F111", "jobs killed under a foreign TMPDIR", kills=killed, written_there=0, left_after=0,
                cleared=cleared)  # fmt: skip
