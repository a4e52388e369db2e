"""F70: a known key goes through the command line and the window at DEBUG; nothing it touched has it then.

A file kept in the encrypted book is a canary too: nothing of it lies anywhere but in the chosen file itself.
Searched: every file under the home, the data, the log and the folder of the book, and the arguments and the
environment of every child; for the key as bytes, as hexadecimal and base64, for any three words of its phrase
in a row, and for what its files are sealed with. Only the file the phrase was asked to be written to has it.
"""

from __future__ import annotations

import base64
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.main_window import MainWindow
from retainerdesk.desktop.preferences import Preferences
from retainerdesk.desktop.problems import bug_report
from retainerdesk.desktop.theme.theme import apply_theme
from retainerdesk.desktop.unlock import Unlock
from retainerdesk.domain.book_key import BookKey
from retainerdesk.domain.errors import EnvironmentProblem, KeyNeeded
from retainerdesk.domain.recovery_phrase import key_of, phrase_of
from retainerdesk.services.backup_archive import write_backup_zip
from retainerdesk.services.context import BookContext
from retainerdesk.store.book_store import open_book
from retainerdesk.system.content_store import keep_file
from retainerdesk.system.log_setup import set_up_log
from retainerdesk.system.paths import documents_folder
from retainerdesk.system.sealing import identity_text
from tests.faults.figures import Figures
from tests.faults.jobs import CLOCK

COMMANDS = (
    ["accounts"], ["accounts", "--json"], ["check"], ["backup", "out/copy"], ["export", "out/book.json"],
    ["bill"], ["import", "nothing.json"], ["account", "nobody"], ["restore", "out/copy"], ["encrypt"],
    ["rekey", "--write-phrase", "phrase"], ["check", "--phrase-file", "wrong"],
)  # fmt: skip


CANARY = b"nobody but the client may read this agreement " * 900


def needles(key: BookKey) -> list[bytes]:
    secret, words = key.reveal(), phrase_of(key)
    texts = [secret.hex(), secret.hex().upper(), base64.b64encode(secret).decode()]
    texts += [" ".join(words[at : at + 3]) for at in range(len(words) - 2)]
    texts += [key.file_secret().hex(), identity_text(key.file_secret()), "AGE-SECRET-KEY"]
    return [secret, key.file_secret(), CANARY[:40], *(text.encode() for text in texts)]


def found_in(folder: Path, key: BookKey, *, but: tuple[str, ...]) -> list[str]:
    searched = needles(key)
    files = [path for path in folder.rglob("*") if path.is_file() and path.name not in but]
    return [str(path) for path in files if any(each in path.read_bytes() for each in searched)]


def children_of(pid: int) -> Iterator[bytes]:
    """Arguments and environment of a process and what it started, as others may read them."""
    for name in ("cmdline", "environ"):
        try:
            yield (Path("/proc") / str(pid) / name).read_bytes()
        except OSError:
            # It has ended.
            continue


def run(folder: Path, *arguments: str) -> tuple[int, bytes]:
    """The program in a process of its own, with a home in the folder; what it said, and what others saw."""
    home = {"HOME": str(folder / "home"), "XDG_DATA_HOME": str(folder / "home" / "data")}
    home |= {"TMPDIR": str(folder / "tmp"), "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    root = str(Path(__file__).parents[2])
    child = subprocess.Popen(
        [sys.executable, "-m", "retainerdesk", "--book", "my.book", *arguments],
        cwd=folder, env={**os.environ, **home, "PYTHONPATH": root},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    seen = b"".join(children_of(child.pid))
    said, _ = child.communicate(timeout=60)
    return child.returncode, said + seen


@pytest.fixture
def place(tmp_path: Path) -> Path:
    for name in ("home", "tmp", "out"):
        (tmp_path / name).mkdir(mode=0o700)
    return tmp_path


@pytest.mark.faults
@pytest.mark.timeout(600)
def test_the_command_line_leaves_no_trace_of_a_key(place: Path, figures: Figures) -> None:
    assert run(place, "sample")[0] == 0
    assert run(place, "encrypt", "--write-phrase", "phrase")[0] == 0
    key = key_of((place / "phrase").read_text())
    wrong = place / "wrong"
    wrong.touch(mode=0o600)
    wrong.write_text(" ".join(reversed(phrase_of(key))))
    heard = b""
    for command in COMMANDS:
        given = [] if "--phrase-file" in command else ["--phrase-file", "phrase"]
        heard += run(place, *command, *given)[1]
    assert not any(each in heard for each in needles(key))
    assert found_in(place, key, but=("phrase", "wrong")) == []
    figures.add("F70", "a canary key through 14 commands", found_outside_its_phrase_file=0)


def test_the_window_leaves_no_trace_of_a_key(
    place: Path, qtbot: QtBot, qapp: QApplication, figures: Figures, caplog: pytest.LogCaptureFixture
) -> None:
    """Unlocked by phrase after a wrong one, shown, closed; bug reports are made on the way."""
    apply_theme(qapp, "light")
    key, path = BookKey(os.urandom(32)), place / "my.book"
    handler = set_up_log(place / "home" / "log", logging.DEBUG)
    caplog.set_level(logging.DEBUG)
    try:
        reports = _through_the_window(path, key, qtbot, place)
    finally:
        logging.getLogger("retainerdesk").removeHandler(handler)
        handler.close()
    heard = "\n".join([caplog.text, *reports]).encode()
    assert not any(each in heard for each in needles(key))
    assert found_in(place, key, but=("agreement.txt",)) == []
    figures.add("F70", "a canary key and a canary file through the window, at DEBUG", found=0)


def _keep_a_file(book: BookContext, source: Path) -> None:
    """Kept, copied to a portable backup, and read."""
    source.write_bytes(CANARY)
    kept = keep_file(source, book.files)
    write_backup_zip(book, source.with_name("all.zip"))
    assert book.files.content(kept.sha256) == CANARY


def _through_the_window(path: Path, key: BookKey, qtbot: QtBot, place: Path) -> list[str]:
    plain = open_book(path, CLOCK, create=True)
    plain.change_key(key)
    plain.close()
    reports = []
    with pytest.raises(KeyNeeded) as needed:
        open_book(path, CLOCK)
    reports.append(bug_report(needed.value))
    with pytest.raises(EnvironmentProblem) as refused:
        open_book(path, CLOCK, key=BookKey(bytes(32)))
    reports.append(bug_report(refused.value))

    def opened(right: BookKey) -> BookContext:
        return BookContext(open_book(path, CLOCK, key=right), CLOCK, documents_folder(path))

    unlock = Unlock(needed.value, path, opened)
    qtbot.addWidget(unlock.dialog)
    unlock.begin()
    words = phrase_of(key)
    unlock.dialog.form.phrase.setPlainText(" ".join([*words[:5], *words[6:]]))
    unlock.dialog.form.open.click()
    qtbot.waitUntil(lambda: bool(unlock.dialog.form.problem.text()))
    reports.append(unlock.dialog.form.problem.text())
    unlock.dialog.form.phrase.setPlainText(" ".join(words))
    with qtbot.waitSignal(unlock.opened):
        unlock.dialog.form.open.click()
    unlock.end()
    assert unlock.context is not None
    _keep_a_file(unlock.context, place / "agreement.txt")
    desk = Desk(unlock.context)
    window = MainWindow(desk, Preferences(place / "home" / "config"))
    qtbot.addWidget(window)
    window.show()
    with pytest.raises(Exception, match="no such table") as bug, desk.context.store.reading() as uow:
        uow.connection.exec_driver_sql("SELECT * FROM no_such_thing")
    reports.append(bug_report(bug.value))
    reports += [repr(desk.context), repr(desk.context.store.file), repr(desk.context.store._engine)]
    window.close()
    desk.close()
    return reports
