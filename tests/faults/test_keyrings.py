"""The keyring is missing, locked, silent or emptied: the phrase opens the book, no key lies in clear."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from itertools import pairwise
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import SecretService, fail, null
from keyring.errors import KeyringLocked
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.theme.theme import apply_theme
from retainerdesk.desktop.unlock import Unlock
from retainerdesk.domain.book_key import BookKey
from retainerdesk.domain.errors import KeyNeeded
from retainerdesk.services.book_keys import Keys, encrypt_book, keep_key, new_key, phrase_key, phrase_of
from retainerdesk.services.context import BookContext
from retainerdesk.store.book_store import open_book
from retainerdesk.system.paths import documents_folder
from tests.faults import jobs
from tests.faults.figures import ALL, SAMPLE, Figures, depths
from tests.faults.jobs import CLOCK
from tests.faults.test_canaries import found_in, run
from tests.keyrings import MemoryKeyring
from tests.system.test_secrets import REAL

BLOCK_SECONDS = 0.1


class PlaintextKeyring(MemoryKeyring):
    """What stores in clear is not used: `kept` stays empty."""


class Dismissed(MemoryKeyring):
    """Its question was cancelled."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked


pytestmark = pytest.mark.usefixtures("ring")

MISSING: list[Callable[[], KeyringBackend]] = [
    fail.Keyring, null.Keyring, PlaintextKeyring, SecretService.Keyring,
]  # fmt: skip


@pytest.fixture
def theme(qapp: QApplication) -> None:
    apply_theme(qapp, "light")


def encrypted(folder: Path) -> tuple[Path, BookKey]:
    """A book that is encrypted with a new key, which the keyring of the moment may keep."""
    jobs.make_owing(folder)
    key = new_key()
    with closing(open_book(folder / "my.book", CLOCK)) as store:
        encrypt_book(store, key)
    return folder / "my.book", key


def unlocking(book: Path) -> Unlock:
    """What a start does with a book whose key it does not have."""
    with pytest.raises(KeyNeeded) as needed:
        open_book(book, CLOCK)
    return Unlock(needed.value, book, partial(opened, book))


def opened(book: Path, key: BookKey) -> BookContext:
    return BookContext(open_book(book, CLOCK, key=key), CLOCK, documents_folder(book))


def enter_phrase(unlock: Unlock, key: BookKey, qtbot: QtBot) -> None:
    """Type the phrase and wait until the book is open; then close it."""
    with qtbot.waitSignal(unlock.opened, timeout=20_000):
        unlock.dialog.form.phrase.setPlainText(" ".join(phrase_of(key)))
        unlock.dialog.form.open.click()
    finish(unlock)


def finish(unlock: Unlock) -> None:
    unlock.end()
    assert unlock.context is not None
    unlock.context.store.close()


@pytest.mark.parametrize("backend", MISSING, ids=lambda each: f"{each.__module__}")
def test_without_a_keyring_the_window_asks_for_the_phrase_and_writes_no_key(
    backend: Callable[[], KeyringBackend], folder: Path, theme: None, qtbot: QtBot, figures: Figures
) -> None:
    """The session bus is not there (see conftest); no choice to keep the key is offered."""
    assert "DBUS_SESSION_BUS_ADDRESS" not in os.environ
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    book, key = encrypted(folder)
    missing = backend()
    keyring.set_keyring(missing)
    unlock = unlocking(book)
    unlock.begin()
    qtbot.waitUntil(unlock.dialog.form.again.isEnabled, timeout=20_000)
    assert unlock.dialog.form.keep.isHidden()
    assert "keyring" in unlock.dialog.form.why.text()
    enter_phrase(unlock, key, qtbot)
    assert getattr(missing, "kept", {}) == {}
    assert found_in(folder, key, but=()) == []
    figures.add("F67", f"a window, {type(missing).__module__}", started="1/1", secrets_on_disk=0)


@pytest.mark.faults
def test_without_a_keyring_every_command_works_by_phrase_and_writes_no_key(
    tmp_path: Path, figures: Figures
) -> None:
    """In processes of their own, with the backend that always fails and no session bus."""
    for name in ("home", "tmp", "out"):
        (tmp_path / name).mkdir(mode=0o700)
    assert run(tmp_path, "sample")[0] == 0
    code, said = run(tmp_path, "encrypt", "--write-phrase", "phrase")
    assert (code, said.count(b"no keyring")) == (0, 1)
    commands = (["accounts"], ["due"], ["bill"], ["check"], ["backup", "out/copy"], ["invoices"])
    for command in commands:
        assert run(tmp_path, *command, "--phrase-file", "phrase")[0] == 0
        code, said = run(tmp_path, *command)
        assert code == 3
        assert b"--phrase-file" in said
    key = phrase_key((tmp_path / "phrase").read_text(), tmp_path / "my.book")
    assert found_in(tmp_path, key, but=("phrase",)) == []
    tried = f"{len(commands)}/{len(commands)}"
    figures.add(
        "F67", "commands without a keyring", started=tried, told_what_to_give=tried, secrets_on_disk=0
    )


def longest_silence(unlock: Unlock, qtbot: QtBot) -> float:
    """Begin, and wait until the dialog is up for a while: seconds between two ticks of a timer of 5 ms."""
    ticks = [time.monotonic()]
    timer = QTimer(unlock, interval=5)
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    timer.start()
    unlock.begin()
    qtbot.waitUntil(unlock.dialog.isVisible, timeout=20_000)
    qtbot.waitUntil(lambda: len(ticks) > 120, timeout=20_000)
    timer.stop()
    return max(later - earlier for earlier, later in pairwise(ticks))


def test_a_silent_keyring_blocks_the_window_for_less_than_a_tenth_of_a_second(
    folder: Path, theme: None, qtbot: QtBot, figures: Figures
) -> None:
    """A timer of 5 ms goes on ticking. The shortest of five tries counts: the machine may be busy."""
    book, key = encrypted(folder)
    answer = threading.Event()

    class Silent(MemoryKeyring):
        def get_password(self, service: str, username: str) -> str | None:
            answer.wait(60)
            raise KeyringLocked

    keyring.set_keyring(Silent())
    silences = []
    for _ in range(5):
        unlock = unlocking(book)
        silences.append(longest_silence(unlock, qtbot))
        enter_phrase(unlock, key, qtbot)
    answer.set()
    qtbot.waitUntil(lambda: not any(each.name == "side call" for each in threading.enumerate()))
    assert min(silences) < BLOCK_SECONDS
    figures.add(
        "F68", "a keyring that does not answer for 60 s", longest_block=f"{min(silences) * 1000:.0f} ms"
    )


def test_a_cancelled_prompt_says_so_and_can_be_tried_again(
    folder: Path, ring: MemoryKeyring, theme: None, qtbot: QtBot, figures: Figures
) -> None:
    """Three times in a row it stays locked; then somebody unlocks it."""
    book, key = encrypted(folder)
    keyring.set_keyring(Dismissed())
    unlock = unlocking(book)
    unlock.begin()
    for _ in range(3):
        qtbot.waitUntil(lambda: "is locked" in unlock.dialog.form.why.text(), timeout=20_000)
        assert unlock.dialog.form.again.isEnabled()
        assert unlock.dialog.form.keep.isHidden()
        unlock.dialog.form.again.click()
    qtbot.waitUntil(lambda: "is locked" in unlock.dialog.form.why.text(), timeout=20_000)
    keyring.set_keyring(ring)
    with qtbot.waitSignal(unlock.opened, timeout=20_000):
        unlock.dialog.form.again.click()
    finish(unlock)
    assert Keys().of(book) == key
    figures.add("F68", "a prompt cancelled, four times, then answered", said_so=4, opened="1/1")


@depths
def test_a_wiped_keyring_is_filled_again_by_the_phrase(
    depth: str, tmp_path: Path, ring: MemoryKeyring, figures: Figures
) -> None:
    """A new key each time: on this machine, moved to another one, and from a backup of before."""
    count = 2 if depth == SAMPLE else 50
    for number in range(count):
        book, key = encrypted(tmp_path / str(number))
        moved = book.rename(book.with_name("moved.book"))
        ring.kept.clear()
        emptied = Keys()
        assert emptied.of(moved) is None
        assert emptied.trouble is None
        found = phrase_key(" ".join(phrase_of(key)), moved)
        keep_key(found)
        with closing(open_book(moved, CLOCK, key=Keys().of(moved))) as store, store.reading() as uow:
            assert uow.connection.exec_driver_sql("SELECT count(*) FROM accounts").scalar() == 3
    if depth == ALL:
        figures.add("F69", "a keyring wiped, the book moved", recovered_by_phrase=f"{count}/{count}")


def test_a_wiped_keyring_is_filled_again_by_the_window(
    folder: Path, ring: MemoryKeyring, theme: None, qtbot: QtBot, figures: Figures
) -> None:
    book, key = encrypted(folder)
    ring.kept.clear()
    first = unlocking(book)
    first.begin()
    qtbot.waitUntil(lambda: "keyring was emptied" in first.dialog.form.why.text(), timeout=20_000)
    enter_phrase(first, key, qtbot)
    second = unlocking(book)
    with qtbot.waitSignal(second.opened, timeout=20_000):
        second.begin()
    assert not second.dialog.isVisible()
    finish(second)
    figures.add("F69", "a keyring wiped, in the window", recovered_by_phrase="1/1", asked_again=0)


@pytest.mark.skipif(
    not all(map(shutil.which, REAL)), reason=f"needs {' and '.join(REAL)} (apt gnome-keyring)"
)
def test_a_real_keyring_is_wiped_and_locked_and_the_phrase_opens_the_book(
    tmp_path: Path, figures: Figures
) -> None:
    inside = (
        "printf 'pw\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null; "
        f"exec {sys.executable} -m tests.faults.keyring_child {tmp_path / 'job'}"
    )
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path),
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }  # fmt: skip
    tmp_path.chmod(0o700)
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", inside],
        env=environment, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert done.stdout.splitlines() == [
        "kept", "wiped, opened by phrase", "kept again", "locked, opened by phrase",
    ], done.stderr  # fmt: skip
    figures.add("F69", "a real gnome-keyring, wiped and locked", recovered_by_phrase="2/2")
