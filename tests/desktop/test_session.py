"""A session from its first paint to its end, and the program when the machine is in the way."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.closing import QUITS
from retainerdesk.desktop.platform_check import missing_library
from retainerdesk.desktop.preferences import Preferences
from retainerdesk.desktop.session import Session
from retainerdesk.desktop.single_instance import SingleInstance, instance_key
from retainerdesk.desktop.theme.theme import Theme
from retainerdesk.services.context import BookContext
from retainerdesk.services.machine import user_paths

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def session(context: BookContext, tmp_path: Path, theme: Theme, qtbot: QtBot) -> Iterator[Session]:
    """A session on the sample business that was started; offscreen there is no tray."""
    claim = SingleInstance("key", tmp_path / "run")
    assert claim.claim()
    session = Session(context, Preferences(tmp_path / "config"), claim)
    session.start()
    yield session
    session.end(0)
    claim.release()
    # A session that quits marks the thread as leaving, and every later event loop would return at once;
    # only a loop of the application clears the mark.
    QTimer.singleShot(0, QApplication.exit)
    QApplication.exec()


def test_the_watcher_reports_once_and_the_window_shows_it(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(
        lambda: "Watching: next check" in session.window.status.watching.full_text, timeout=20_000
    )
    assert len(session.inbox.items) == 14
    assert session.window.banners.text.startswith(
        "14 things need you · Dune Records: 2026-0067: €856.80 open"
    )
    assert session.window.navigation.button("today").accessibleDescription() == "14 things need you"


def test_without_a_tray_closing_explains_itself_once_and_then_quits(session: Session, qtbot: QtBot) -> None:
    session.window.close()
    assert session.window.isVisible()
    assert session.window.banners.text == QUITS
    with qtbot.waitSignal(session.closing.quit_asked):
        session.window.close()


def test_a_session_that_ends_before_its_first_paint_starts_nothing_later(
    session: Session, qtbot: QtBot
) -> None:
    session.end(0)
    with qtbot.assertNotEmitted(session.watcher.checked, wait=200):
        pass


def test_a_place_chosen_while_the_accounts_are_added_up_stays_in_view(session: Session) -> None:
    session.window.show_place("billing")
    session._begin(0)
    assert session.window.screens.current == "billing"


@pytest.fixture
def resting_collector() -> Iterator[None]:
    """Garbage is not looked for, as `__main__` leaves it until the first paint."""
    gc.disable()
    yield
    gc.unfreeze()
    gc.enable()


@pytest.mark.usefixtures("resting_collector")
def test_garbage_is_collected_once_the_window_is_up_and_by_its_thread_only(
    session: Session, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: session.garbage.is_at_work, timeout=20_000)
    assert not gc.isenabled()
    session.end(0)
    assert gc.isenabled()


def run_program(home: Path, *arguments: str, **more: str) -> subprocess.Popen[str]:
    """The program as a user starts it, in a home of its own."""
    names = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    home.mkdir(exist_ok=True)
    environment = {**os.environ, **dict.fromkeys(names, str(home)), "QT_QPA_PLATFORM": "offscreen", **more}
    command = [sys.executable, "-m", "retainerdesk", *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)


def test_a_file_that_is_no_book_is_refused_in_a_sentence_and_left_alone(tmp_path: Path) -> None:
    book = tmp_path / "letter.txt"
    book.write_text("Dear Jo, " * 100)
    process = run_program(tmp_path / "home", "--book", str(book))
    _out, err = process.communicate(timeout=30)
    assert process.returncode == 3
    assert err.startswith("retainerdesk: ")
    assert "letter.txt" in err
    assert "Traceback" not in err
    assert book.read_text() == "Dear Jo, " * 100


@pytest.mark.skipif(sys.platform != "linux", reason="only X11 can be asked before Qt is")
def test_a_display_that_cannot_be_reached_is_said_in_a_sentence(tmp_path: Path) -> None:
    process = run_program(
        tmp_path / "home",
        "--book",
        str(tmp_path / "b"),
        QT_QPA_PLATFORM="xcb",
        DISPLAY=":9876",
        WAYLAND_DISPLAY="",
    )
    _out, err = process.communicate(timeout=30)
    assert process.returncode == 3
    assert err.count("\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="SIGTERM is a POSIX matter")
def test_sigterm_ends_the_program_in_order(sample_path: Path, tmp_path: Path, qtbot: QtBot) -> None:
    process = run_program(tmp_path / "home", "--book", str(sample_path), "--as-of", "2026-11-22")
    # Another start is answered as soon as the first one's event loop runs.
    key, folder = instance_key(str(sample_path)), user_paths().runtime
    qtbot.waitUntil((folder / f"{key}.lock").exists, timeout=20_000)
    assert SingleInstance(key, folder).hand_over([])
    process.send_signal(signal.SIGTERM)
    _out, err = process.communicate(timeout=60)
    # The offscreen platform says that it has no window manager.
    said = [line for line in err.splitlines() if not line.startswith("This plugin does not support")]
    assert (process.returncode, said) == (0, [])
    assert not sample_path.with_name(sample_path.name + "-wal").exists()


def test_a_missing_library_is_named_with_its_package() -> None:
    problem = missing_library("libEGL.so.1: cannot open shared object file: No such file or directory")
    assert "libEGL.so.1" in problem.message
    assert "apt install libegl1" in problem.way_out
