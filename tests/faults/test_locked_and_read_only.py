"""A folder one may not write to, and a book that another program holds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.store.book_store import open_book
from tests.faults import jobs
from tests.faults.figures import Figures
from tests.faults.loops import state
from tests.faults.nursery import REFUSED, Nursery

NOBODY = 65534
HOLD = """
import sys, time
from sqlcipher3 import dbapi2
connection = dbapi2.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
connection.execute("ROLLBACK")
"""


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that everybody may reach; pytest's own are for their owner only."""
    place = Path(tempfile.mkdtemp(prefix="faults-"))
    place.chmod(0o755)
    yield place
    shutil.rmtree(place)


@pytest.mark.skipif(os.geteuid() != 0, reason="becoming nobody needs root")
@pytest.mark.parametrize(
    "how", ["both", *(pytest.param(how, marks=pytest.mark.faults) for how in ("folder", "file"))]
)
def test_a_book_that_cannot_be_written_can_be_read_and_nothing_else(
    how: str, public: Path, nursery: Nursery, figures: Figures
) -> None:
    folder = public / "job"
    jobs.make_billed(folder)
    # Not so the file itself, which nobody else could read.
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    if how == "file":
        folder.chmod(0o777)
    if how == "folder":
        (folder / "my.book").chmod(0o666)
    before = (folder / "my.book").read_bytes()
    read = nursery.run("read_everything", folder, user=NOBODY)
    assert (read.code, read.said) == (0, "")
    for job in ("bill_for_ever", "attach"):
        ended = nursery.run(job, folder, user=NOBODY)
        assert ended.code == REFUSED, ended.said
        assert "reading only" in ended.said or "cannot be" in ended.said
    assert (folder / "my.book").read_bytes() == before
    figures.add("F09", f"a book whose {how} cannot be written", opened="1/1", writes=0)


@pytest.mark.parametrize("seconds", [1, pytest.param(6, marks=pytest.mark.faults)])
def test_a_book_held_by_another_program_is_waited_for_and_then_told(
    seconds: int, folder: Path, figures: Figures
) -> None:
    """The limit is 5 seconds: one second is waited for, six are not; afterwards it goes on."""
    jobs.make_owing(folder)
    before = state(folder)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder / "my.book"), str(seconds)], stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    started = time.monotonic()
    store = open_book(folder / "my.book", jobs.CLOCK)
    if seconds < 5:
        with store.writing():
            waited = time.monotonic() - started
    else:
        with pytest.raises(EnvironmentProblem, match="in use by another program"), store.writing():
            pass
        waited = time.monotonic() - started
    store.close()
    holder.wait()
    holder.stdout.close()
    assert state(folder) == before
    assert waited < 5.9
    jobs.bill(folder)
    figures.add("F10", f"a book held for {seconds} s", waited=f"{waited:.1f} s", failed_cleanly=seconds > 5)
