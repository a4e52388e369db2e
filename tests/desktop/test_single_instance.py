"""One window a book, whoever starts first and however it ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.single_instance import SingleInstance, instance_key

ROOT = Path(__file__).resolve().parents[2]

# Claims a name, says whether it was first; the first one serves until its input ends.
SCRIPT = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QSocketNotifier
from retainerdesk.desktop.single_instance import SingleInstance
app = QCoreApplication(["x"])
claim = SingleInstance("key", Path(sys.argv[1]))
if claim.claim():
    claim.listen()
    print("first", flush=True)
    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(app.quit)
    app.exec()
    claim.release()
else:
    print("handed over" if claim.hand_over(["a", "b"]) else "no answer", flush=True)
"""


def start(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SCRIPT, str(folder)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def end(process: subprocess.Popen[str]) -> None:
    process.communicate(timeout=20)


@pytest.fixture
def first(qtbot: QtBot, tmp_path: Path) -> Iterator[SingleInstance]:
    claim = SingleInstance("key", tmp_path / "run")
    assert claim.claim()
    claim.listen()
    yield claim
    claim.release()


def test_a_second_start_hands_its_arguments_over(first: SingleInstance, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(first.asked, timeout=10_000) as asked:
        second = start(tmp_path / "run")
    assert asked.args == [["a", "b"]]
    assert said(second) == "handed over"
    end(second)


def test_a_start_while_the_first_one_does_not_listen_yet_waits_for_it(tmp_path: Path, qtbot: QtBot) -> None:
    """The first listens once its window is painted; until then the second tries again and again."""
    claim = SingleInstance("key", tmp_path / "run")
    assert claim.claim()
    second = start(tmp_path / "run")
    QTimer.singleShot(700, claim, claim.listen)
    with qtbot.waitSignal(claim.asked, timeout=10_000):
        pass
    assert said(second) == "handed over"
    end(second)
    claim.release()


def test_listening_twice_is_listening_once(first: SingleInstance, tmp_path: Path, qtbot: QtBot) -> None:
    first.listen()
    with qtbot.waitSignal(first.asked, timeout=10_000):
        second = start(tmp_path / "run")
    assert said(second) == "handed over"
    end(second)


def test_another_book_is_another_window(first: SingleInstance, tmp_path: Path) -> None:
    other = SingleInstance("other", tmp_path / "run")
    assert other.claim()
    other.release()


def test_after_a_release_the_name_is_free(qtbot: QtBot, tmp_path: Path) -> None:
    for _ in range(2):
        claim = SingleInstance("key", tmp_path / "run")
        assert claim.claim()
        claim.release()


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is a POSIX matter")
def test_after_a_kill_the_next_start_is_first(tmp_path: Path) -> None:
    killed = start(tmp_path)
    assert said(killed) == "first"
    killed.send_signal(signal.SIGKILL)
    end(killed)
    after = start(tmp_path)
    assert said(after) == "first"
    end(after)


@pytest.mark.skipif(os.name == "nt", reason="SIGSTOP is a POSIX matter")
def test_a_lock_that_another_machine_left_is_taken_over(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "key.lock").write_text("1\nretainerdesk\nanother-host\n\n\n")
    claim = SingleInstance("key", tmp_path)
    assert claim.claim()
    claim.release()


@pytest.mark.parametrize("left", [b"", b"\x00\xff nonsense", "\u00b2\nx\n\n".encode()])
def test_a_lock_that_says_nothing_is_taken_over(left: bytes, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "key.lock").write_bytes(left)
    claim = SingleInstance("key", tmp_path)
    assert claim.claim()
    claim.release()


def test_an_owner_whose_lock_was_emptied_keeps_its_book(
    first: SingleInstance, tmp_path: Path, qtbot: QtBot
) -> None:
    """The words in the file are gone; the lock itself is the system's, and its owner lives."""
    (tmp_path / "run" / "key.lock").write_bytes(b"")
    with qtbot.waitSignal(first.asked, timeout=10_000):
        second = start(tmp_path / "run")
    assert said(second) == "handed over"
    end(second)


def test_of_six_starts_at_once_one_is_first(tmp_path: Path) -> None:
    processes = [start(tmp_path) for _ in range(6)]
    answers = sorted(said(process) for process in processes)
    for process in processes:
        end(process)
    assert answers == ["first", *["handed over"] * 5]


@pytest.mark.slow
def test_of_twenty_starts_at_once_one_is_first(tmp_path: Path) -> None:
    processes = [start(tmp_path) for _ in range(20)]
    answers = sorted(said(process) for process in processes)
    for process in processes:
        end(process)
    assert answers == ["first", *["handed over"] * 19]


def test_a_long_folder_name_still_has_a_socket(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 30)
    first = SingleInstance("key", folder)
    assert first.claim()
    first.listen()
    with qtbot.waitSignal(first.asked, timeout=10_000):
        second = start(folder)
    end(second)
    first.release()


def test_a_book_has_one_key_whatever_way_leads_to_it(tmp_path: Path) -> None:
    book = tmp_path / "a b.book"
    book.touch()
    (tmp_path / "link.book").symlink_to(book)
    ways = [str(book), f"{tmp_path}/./x/../a b.book", str(tmp_path / "link.book"), f"sqlite:///{book}"]
    assert len({instance_key(way) for way in ways}) == 1
    assert instance_key(str(tmp_path / "other.book")) != instance_key(str(book))
