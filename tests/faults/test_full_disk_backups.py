"""No space for a backup: it is said, nothing that was there changes, nothing unfinished stays."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.services.backup_archive import write_backup_zip
from retainerdesk.services.backups import Reason, backup_folder, list_backups, make_backup
from retainerdesk.services.context import BookContext
from retainerdesk.system.machine_settings import MachineSettings
from retainerdesk.system.paths import documents_folder
from tests.faults import jobs
from tests.faults.figures import Figures
from tests.faults.invariants import broken
from tests.faults.loops import is_left_over, state
from tests.faults.test_full_disk import Filled, disk  # noqa: F401

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="mounting needs root")
LEVELS = range(0, 200, 20)


def settings_of(folder: Path) -> MachineSettings:
    (folder / "backups").mkdir(exist_ok=True)
    return MachineSettings(backup_folder=str(folder / "backups"))


def into_rotation(folder: Path) -> None:
    with jobs.opened(folder) as store:
        make_backup(store, jobs.CLOCK, Reason.DAILY, settings_of(folder))


def into_one_file(folder: Path) -> None:
    with jobs.opened(folder) as store:
        context = BookContext(store, jobs.CLOCK, documents_folder(store.path))
        write_backup_zip(context, folder / "out" / "all.zip", "a passphrase")


def is_refused(job: Callable[[Path], None], folder: Path) -> bool:
    try:
        job(folder)
    except EnvironmentProblem:
        return True
    return False


def left_over(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if is_left_over(path) or path.name.endswith(".work")]


@pytest.mark.parametrize("job", [into_rotation, into_one_file], ids=lambda each: each.__name__)
def test_a_backup_that_does_not_fit_leaves_everything_as_it_was(
    job: Callable[[Path], None],
    disk: Path,  # noqa: F811
    tmp_path: Path,
    figures: Figures,
) -> None:
    template = tmp_path / "template"
    jobs.make_owing(template)
    (template / "out").mkdir(exist_ok=True)
    (template / "out" / "all.zip").write_bytes(b"of the last time")
    settings_of(template)
    before = state(template)
    refused = 0
    for pages_left in LEVELS:
        filled = Filled(disk, template, pages_left)
        is_full = is_refused(job, filled.folder)
        refused += is_full
        filled.free()
        assert left_over(filled.folder) == []
        assert broken(filled.folder / "my.book", jobs.TODAY) == []
        if is_full:
            # A copy that was finished before its note found no place is whole.
            after = {name: each for name, each in state(filled.folder).items() if "backups/" not in name}
            assert after == before
            folder = backup_folder(filled.folder / "my.book", settings_of(filled.folder))
            for each in list_backups(folder):
                assert broken(each.path, jobs.TODAY) == []
            shutil.rmtree(folder, ignore_errors=True)
        assert not is_refused(job, filled.folder)
    assert 0 < refused < len(LEVELS)
    figures.add(
        "F07", f"no space for a backup {job.__name__.replace('_', ' ')}",
        fill_levels=len(LEVELS), refused=refused, originals_changed=0, temporary_files=0,
    )  # fmt: skip
