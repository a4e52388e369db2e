"""No tray, no display, no bus, a platform without fonts: the window comes up, or a sentence says why not.

What Qt cannot show it ends with abort(); the program looks first.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.single_instance import SingleInstance, instance_key
from retainerdesk.services.machine import user_paths
from tests.desktop.test_session import run_program
from tests.faults import jobs
from tests.faults.figures import Figures

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="displays and buses of Linux")
NONE = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "XDG_SESSION_TYPE": ""}
STARTS = {
    "offscreen, no tray, no bus": {"QT_QPA_PLATFORM": "offscreen"},
    "minimal, which has no fonts": {"QT_QPA_PLATFORM": "minimal"},
    "a bus that is gone": {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere/bus"},
    "a display without tray, bus and window manager": {"QT_QPA_PLATFORM": "xcb"},
    "the first of two platforms is not there": {"QT_QPA_PLATFORM": "nowhere;offscreen"},
}
REFUSED = {
    "a platform nobody has": ({"QT_QPA_PLATFORM": "nowhere"}, "no platform “nowhere”"),
    "X without a display": ({"QT_QPA_PLATFORM": "xcb"}, "There is no display"),
    "a display that cannot be reached": ({"QT_QPA_PLATFORM": "", "DISPLAY": ":9876"}, "The display :9876"),
    "Wayland that is not there": ({"QT_QPA_PLATFORM": "wayland"}, "cannot be reached"),
    "Wayland that is gone": ({"QT_QPA_PLATFORM": "", "WAYLAND_DISPLAY": "wayland-9"}, "display wayland-9"),
    "both of them gone": (
        {"QT_QPA_PLATFORM": "", "WAYLAND_DISPLAY": "wayland-9", "DISPLAY": ":9876"}, "The display :9876",
    ),
}  # fmt: skip


@pytest.fixture
def display() -> Iterator[str]:
    """A display of its own, with nothing on it."""
    server = shutil.which("Xvfb")
    if server is None:
        pytest.skip("the package xvfb is not installed")
    reader, writer = os.pipe()
    process = subprocess.Popen(
        [server, "-displayfd", str(writer), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=[writer], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writer)
    with os.fdopen(reader) as answer:
        number = answer.readline().strip()
    yield f":{number}"
    process.terminate()
    process.wait(10)


@pytest.mark.parametrize(
    "name",
    [
        "minimal, which has no fonts",
        *(pytest.param(name, marks=pytest.mark.faults) for name in STARTS if not name.startswith("minimal")),
    ],
)
def test_the_window_comes_up_and_ends_in_order(
    name: str, folder: Path, tmp_path: Path, qtbot: QtBot, request: pytest.FixtureRequest, figures: Figures
) -> None:
    """Up: it answers another start of the same book, which only its event loop can do."""
    jobs.make_billed(folder)
    variables = {**NONE, **STARTS[name]}
    if variables.get("QT_QPA_PLATFORM") == "xcb":
        variables["DISPLAY"] = request.getfixturevalue("display")
    book, runtime = folder / "my.book", user_paths().runtime
    process = run_program(tmp_path / "home", "--book", str(book), "--as-of", "2026-02-02", **variables)
    key = instance_key(str(book))
    qtbot.waitUntil((runtime / f"{key}.lock").exists, timeout=30_000)
    qtbot.waitUntil(lambda: SingleInstance(key, runtime).hand_over([]), timeout=30_000)
    process.send_signal(signal.SIGTERM)
    _out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "Traceback" not in err
    figures.add("F113", name, started="1/1")


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_shown_is_said_in_one_sentence(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figures: Figures
) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    variables, words = REFUSED[name]
    process = run_program(tmp_path / "home", "--book", str(tmp_path / "b"), **{**NONE, **variables})
    _out, err = process.communicate(timeout=60)
    assert process.returncode == 3, err
    assert words in err
    assert err.count("\n") == 1
    assert not (tmp_path / "b").exists()
    figures.add("F113", name, refused_in_a_sentence="1/1")
