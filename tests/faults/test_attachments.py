"""Attached files by the thousand and by the gigabyte: streamed, refused by size, the window alive."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.opener import DialogOpener
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.services.account_view import load_account_view
from retainerdesk.services.context import BookContext
from retainerdesk.services.rows import attach_file, keep_content, new_document
from retainerdesk.services.timeline import timeline_page
from retainerdesk.system.clock import FixedClock
from tests.faults import jobs
from tests.faults.figures import Figures

MIB = 1 << 20
CHILD = """
import resource, sys
from pathlib import Path
from retainerdesk.services.rows import attach_file, new_document
from retainerdesk.system.kept_files import KeptFiles, forms_in
from retainerdesk.system.kept_forms import settle_forms
from tests.faults import jobs

folder, is_sealed = Path(sys.argv[1]), sys.argv[2] == "sealed"
files = KeptFiles(jobs.files_of(folder), jobs.FIRST_KEY if is_sealed else None)
with jobs.opened(folder) as store, store.writing() as uow:
    for name in sys.argv[3:]:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        attach_file(uow, folder / "in" / name, files, new_document("alfa", jobs.TODAY, name))
        assert all(files.is_whole(form) for form in forms_in(files.folder))
        print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) >> 10)
    uow.commit()
if is_sealed:
    keys = {jobs.FIRST_KEY.sign: jobs.FIRST_KEY}
    assert settle_forms(files.folder, jobs.SECOND_KEY, keys.get) == 0
    print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) >> 10)
"""


def sparse(path: Path, size_bytes: int) -> Path:
    with path.open("wb") as file:
        file.truncate(size_bytes)
    return path


@pytest.mark.faults
@pytest.mark.timeout(900)
@pytest.mark.parametrize("form", ["plain", "sealed"])
def test_an_attached_giant_is_streamed(form: str, folder: Path, figures: Figures) -> None:
    """A small file first, so that only the giants count: 100 MiB of noise, 1 GiB of zeros.

    Each is read back and compared; sealed ones are given a new key at the end.
    """
    jobs.make_owing(folder)
    (folder / "in" / "small").write_bytes(b"x")
    with (folder / "in" / "noise").open("wb") as file:
        for _ in range(100):
            file.write(os.urandom(MIB))
    sparse(folder / "in" / "zeros", 1 << 30)
    root = str(Path(__file__).parents[2])
    command = [sys.executable, "-c", CHILD, str(folder), form, "small", "noise", "zeros"]
    ran = subprocess.run(
        command, cwd=root, env={**os.environ, "PYTHONPATH": root}, capture_output=True, check=True
    )
    noise, zeros, *anew = (int(line) for line in ran.stdout.split()[1:])
    assert max(noise, zeros, *anew) < 32
    figures.add("F83", f"attaching 100 MiB and 1 GiB, {form}", memory_grown=f"{noise} and {zeros} MiB")


@pytest.mark.parametrize("size_bytes", [(1 << 30) + 1, 10 << 30])
def test_an_attachment_beyond_the_limit_is_refused_unread_and_nothing_stays(
    size_bytes: int, folder: Path, figures: Figures
) -> None:
    jobs.make_owing(folder)
    giant = sparse(folder / "in" / "giant", size_bytes)
    spent = time.process_time()
    with jobs.opened(folder) as store, store.writing() as uow, pytest.raises(RuleViolation, match="1 GiB"):
        attach_file(uow, giant, jobs.kept_in(folder), new_document("alfa", jobs.TODAY, "giant"))
    assert time.process_time() - spent < 1
    assert not jobs.files_of(folder).exists() or not list(jobs.files_of(folder).iterdir())
    figures.add("F83", f"attaching {size_bytes >> 30} GiB and more", refused="1/1", bytes_written=0)


def test_a_file_that_grows_while_it_is_copied_is_not_kept_under_a_wrong_name(folder: Path) -> None:
    jobs.make_owing(folder)
    source = folder / "in" / "growing"
    source.write_bytes(b"x" * (3 * MIB))
    grown: list[bool] = []

    def grow(done: int, _total: int) -> bool:
        if done == 4 and not grown:
            grown.append(True)
            with source.open("ab") as file:
                file.write(b"more")
        return True

    with pytest.raises(RuleViolation, match="changed while it was copied"):
        keep_content(source, jobs.kept_in(folder), new_document("alfa", jobs.TODAY, "growing"), grow)
    assert list(jobs.files_of(folder).iterdir()) == []


@pytest.mark.faults
@pytest.mark.timeout(900)
def test_ten_thousand_files_of_one_account_leave_its_screen_as_quick(folder: Path, figures: Figures) -> None:
    """The account and a page of its timeline cost what they cost with one file; every content is there."""
    jobs.make_owing(folder)
    source = folder / "in" / "one"
    cost: dict[int, float] = {}
    for upto in (1, 10_000):
        with jobs.opened(folder) as store, store.writing() as uow:
            for number in range(0 if upto == 1 else 1, upto):
                source.write_bytes(b"%d" % number)
                attach_file(
                    uow,
                    source,
                    jobs.kept_in(folder),
                    new_document("alfa", jobs.TODAY, f"{number}.pdf"),
                )
            uow.commit()
        with jobs.opened(folder) as store, store.reading() as uow:
            load_account_view(uow, "alfa", jobs.TODAY)
            spent = time.process_time()
            for _ in range(10):
                load_account_view(uow, "alfa", jobs.TODAY)
                assert len(timeline_page(uow, "alfa", until=jobs.TODAY, limit=100).rows) <= 100
            cost[upto] = (time.process_time() - spent) * 100
    assert len(list(jobs.files_of(folder).iterdir())) == 10_000
    assert cost[10_000] < max(4 * cost[1], 60)
    figures.add(
        "F83", "10,000 files of one account", kept="10,000", lines_read=100,
        account_and_page=f"{cost[10_000]:.0f} ms, with one file {cost[1]:.0f} ms",
    )  # fmt: skip


@pytest.fixture
def desk(folder: Path, qapp: QApplication) -> Iterator[Desk]:
    jobs.make_owing(folder)
    with jobs.opened(folder) as store:
        desk = Desk(BookContext(store, FixedClock(jobs.TODAY), jobs.files_of(folder)))
        yield desk
        desk.close()


@pytest.mark.faults
def test_the_window_lives_while_a_file_of_100_mib_is_attached(
    desk: Desk, folder: Path, qtbot: QtBot, figures: Figures
) -> None:
    """A timer of 5 ms goes on ticking; its longest silence is published."""
    window = QWidget()
    qtbot.addWidget(window)
    dialog: Any = DialogOpener(desk, window).attach("alfa", sparse(folder / "in" / "giant", 100 * MIB))
    ticks: list[float] = []
    timer = QTimer(window)
    timer.setInterval(5)
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    timer.start()
    with qtbot.waitSignal(desk.runner.finished, timeout=60_000):
        dialog.accept()
    timer.stop()
    qtbot.waitUntil(lambda: desk.undo.can_undo)
    longest = max(after - before for before, after in itertools.pairwise(ticks))
    assert len(ticks) > 10
    assert longest < 0.5
    figures.add(
        "F83", "attaching 100 MiB in the window", ticks=len(ticks), longest_silence=f"{longest * 1000:.0f} ms"
    )
