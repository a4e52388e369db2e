"""The window in processes of its own: how long until it shows data, what it weighs, what it does at rest."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.bench.book import TODAY
from tests.bench.timing import Figure

_RUNS = 5
_REST_SECONDS = 5


def starting_figures(book: Path, home: Path) -> Iterator[Figure]:
    """The empty window and ours by turns, so that both meet the same machine.

    Both have started before, as an installed program has: what Python compiles once is not measured.
    """
    for arguments in (["floor"], ["window", str(book)]):
        _start(arguments, home)
    pairs = [(_start(["floor"], home), _start(["window", str(book)], home)) for _ in range(_RUNS)]
    floor, ours = (median(each[position]["painted"] for each in pairs) for position in (0, 1))
    yield Figure("window with data", 1000 * ours, "ms", 1000 * floor, 1.25, "empty Qt window + SQLAlchemy")
    resting = _start(["rest", str(book)], home)
    yield Figure("memory of the window", resting["megabytes"], "MB", 150, 1)
    used = 1000 * resting["cpu"] / _REST_SECONDS
    yield Figure("processor at rest", used, "ms/s", 1, 1, "a thousandth of a core")


def _start(arguments: list[str], home: Path) -> dict[str, float]:
    variables = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_RUNTIME_DIR": str(home),
        "BENCH_START": str(perf_counter()),
        "BENCH_TODAY": TODAY.isoformat(),
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(home / "compiled"),
    }
    # The program is cut off at its first paint. Three starts that end so would be a crash loop.
    shutil.rmtree(home / "config", ignore_errors=True)
    command = [sys.executable, "-m", "tests.bench.window", *arguments]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False, timeout=300)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if not lines:
        raise RuntimeError(f"{arguments[0]} showed no window: {done.stderr[-2000:]}")
    told: dict[str, float] = json.loads(lines[-1])
    return told
