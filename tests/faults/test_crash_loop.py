"""Real starts that die: the third in ten minutes opens in safe mode, and a good one ends the count."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.single_instance import instance_key
from tests.desktop.test_session import run_program
from tests.faults import jobs
from tests.faults.figures import Figures

pytestmark = pytest.mark.skipif(os.name == "nt", reason="SIGKILL is a POSIX matter")
PATIENCE_MS = 30_000


class Starts:
    """Starts of the program on one book, in a home of their own."""

    def __init__(self, book: Path, home: Path, qtbot: QtBot) -> None:
        self._book, self._home, self._qtbot = book, home, qtbot
        self._record = f"starts-{instance_key(str(book))}.json"

    @property
    def count(self) -> int:
        """How many starts never went well so far."""
        found = list(self._home.rglob(self._record))
        return found[0].read_text().count("T") if found else 0

    @property
    def log(self) -> str:
        return "".join(path.read_text() for path in self._home.rglob("retainerdesk.log"))

    def begin(self) -> subprocess.Popen[str]:
        """Start, and wait until the start is written down."""
        before = self.count
        process = run_program(self._home, "--book", str(self._book), "--as-of", "2026-11-22")
        self._qtbot.waitUntil(lambda: self.count == before + 1, timeout=PATIENCE_MS)
        return process

    def wait_for_log(self, words: str) -> None:
        self._qtbot.waitUntil(lambda: words in self.log, timeout=PATIENCE_MS)


def end(process: subprocess.Popen[str], how: signal.Signals) -> None:
    process.send_signal(how)
    process.communicate(timeout=60)


@pytest.fixture
def starts(folder: Path, tmp_path: Path, qtbot: QtBot) -> Starts:
    jobs.make_billed(folder)
    return Starts(folder / "my.book", tmp_path / "home", qtbot)


def test_the_third_start_after_two_that_died_is_safe_and_then_all_is_well(
    starts: Starts, figures: Figures
) -> None:
    for _ in range(2):
        end(starts.begin(), signal.SIGKILL)
    assert "safe mode" not in starts.log
    third = starts.begin()
    starts.wait_for_log("safe mode")
    end(third, signal.SIGTERM)
    assert third.returncode == 0
    assert starts.count == 0
    figures.add("F115", "starts killed before their window is up", killed=2, safe_mode_at_start=3)


def test_a_start_that_is_ended_in_order_counts_as_good(starts: Starts) -> None:
    end(starts.begin(), signal.SIGKILL)
    process = starts.begin()
    end(process, signal.SIGTERM)
    assert (process.returncode, starts.count) == (0, 0)
