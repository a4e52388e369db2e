"""A running window is suspended: after waking it looks once at what became due, and catches nothing up.

The process is stopped and the clock of the wall moved on while it is (libfaketime); the monotonic clock is
not, as on Linux. The program listens to no signal of the system (PrepareForSleep): each pulse compares the
two clocks.
"""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import IO

import pytest

from tests.faults import jobs
from tests.faults.figures import Figures
from tests.faults.test_clock import FAKETIME, needs_faketime

ROOT = Path(__file__).parents[2]
ASLEEP_SECONDS, AWAKE_SECONDS = 4.0, 8.0
NAPS = {"nine hours": "+9h", "thirty hours": "+30h", "ninety-five days": "+95d"}


def read_into(lines: queue.Queue[str], stream: IO[str]) -> None:
    for line in stream:
        lines.put(line.strip())


def heard_for(lines: queue.Queue[str], seconds: float) -> list[str]:
    """What is said from now on, for so long."""
    until, heard = time.monotonic() + seconds, list[str]()
    while (left := until - time.monotonic()) > 0:
        try:
            heard.append(lines.get(timeout=left))
        except queue.Empty:
            break
    return heard


def wait_for(lines: queue.Queue[str], *words: str) -> None:
    """Until each of these was said, in any order; queue.Empty after a minute."""
    missing, until = set(words), time.monotonic() + 60
    while missing:
        missing.discard(lines.get(timeout=max(until - time.monotonic(), 0.1)).partition(" ")[0])


@needs_faketime
@pytest.mark.timeout(180)
@pytest.mark.parametrize("nap", NAPS)
def test_a_window_that_was_suspended_looks_once_and_catches_no_timer_up(
    nap: str, folder: Path, figures: Figures
) -> None:
    jobs.make_billed(folder)
    offset = folder / "offset"
    offset.write_text("+0\n")
    (folder / "runtime").mkdir(mode=0o700)
    clock = {
        "LD_PRELOAD": str(FAKETIME), "FAKETIME_TIMESTAMP_FILE": str(offset), "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1", "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen",
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.suspend_child", str(folder)], cwd=ROOT,
        env={**os.environ, **clock}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    lines: queue.Queue[str] = queue.Queue()
    reader = threading.Thread(target=read_into, args=(lines, process.stdout))
    reader.start()
    try:
        wait_for(lines, "checked", "settled")
        assert not any(line.startswith("checked") for line in heard_for(lines, 3))
        process.send_signal(signal.SIGSTOP)
        offset.write_text(f"{NAPS[nap]}\n")
        heard_for(lines, ASLEEP_SECONDS)
        process.send_signal(signal.SIGCONT)
        heard = heard_for(lines, AWAKE_SECONDS)
    finally:
        process.send_signal(signal.SIGCONT)
        process.communicate("", timeout=60)
        reader.join(10)
    checks = sum(line.startswith("checked") for line in heard)
    told = sum(line.startswith("announced") for line in heard)
    ticks = Counter(line for line in heard if line.startswith("tick"))
    assert process.returncode == 0
    assert checks == 1
    assert told <= 1
    # A timer of a second may tick every second it is awake, and once for all the time it was not.
    assert all(count <= AWAKE_SECONDS + 1 for count in ticks.values()), ticks
    figures.add(
        "F35", f"a window suspended for {nap}", checks_after_waking=checks, announcements=told,
        timers_that_caught_up=0,
    )  # fmt: skip
