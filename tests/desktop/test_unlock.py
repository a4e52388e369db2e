"""Before there is a window the key comes from the keyring or from a person, and nothing waits for either."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path

import keyring
import pytest
from keyring.errors import KeyringLocked
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.theme.theme import Theme
from retainerdesk.desktop.unlock import Unlock, UnlockWait
from retainerdesk.domain.book_key import BookKey
from retainerdesk.domain.errors import EnvironmentProblem, KeyNeeded
from retainerdesk.domain.recovery_phrase import phrase_of
from retainerdesk.services.book_keys import keep_key
from retainerdesk.services.context import BookContext
from retainerdesk.store.book_store import open_book
from retainerdesk.system.clock import FixedClock
from retainerdesk.system.paths import documents_folder
from tests.desktop.conftest import TODAY
from tests.keyrings import MemoryKeyring

KEY = BookKey(bytes(range(32)))
CLOCK = FixedClock(TODAY)


@pytest.fixture
def secret(sample_path: Path) -> Path:
    store = open_book(sample_path, CLOCK)
    store.change_key(KEY)
    store.close()
    return sample_path


@pytest.fixture
def unlock(secret: Path, ring: MemoryKeyring, theme: Theme, qtbot: QtBot) -> Iterator[Unlock]:
    with pytest.raises(KeyNeeded) as needed:
        open_book(secret, CLOCK)
    unlock = Unlock(needed.value, secret, partial(opened, secret))
    qtbot.addWidget(unlock.dialog)
    yield unlock
    unlock.end()
    if unlock.context is not None:
        unlock.context.store.close()


def opened(path: Path, key: BookKey) -> BookContext:
    return BookContext(open_book(path, CLOCK, key=key), CLOCK, documents_folder(path))


def enter(unlock: Unlock, text: str) -> None:
    unlock.dialog.form.phrase.setPlainText(text)
    unlock.dialog.form.open.click()


def test_a_key_in_the_keyring_opens_the_book_without_a_question(unlock: Unlock, qtbot: QtBot) -> None:
    keep_key(KEY)
    with qtbot.waitSignal(unlock.opened):
        unlock.begin()
    assert unlock.context is not None
    assert unlock.context.today() == TODAY
    assert not unlock.dialog.isVisible()


def test_with_a_wiped_keyring_the_phrase_opens_the_book_and_the_key_is_kept_again(
    unlock: Unlock, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    unlock.begin()
    qtbot.waitUntil(unlock.dialog.isVisible)
    qtbot.waitUntil(lambda: "keyring was emptied" in unlock.dialog.form.why.text())
    with qtbot.waitSignal(unlock.opened):
        enter(unlock, " ".join(phrase_of(KEY)))
    assert list(ring.kept.values()) == [KEY.reveal().hex()]


def test_who_does_not_want_the_key_kept_is_heard(unlock: Unlock, ring: MemoryKeyring, qtbot: QtBot) -> None:
    unlock.begin()
    qtbot.waitUntil(lambda: "keyring was emptied" in unlock.dialog.form.why.text())
    unlock.dialog.form.keep.setChecked(False)
    with qtbot.waitSignal(unlock.opened):
        enter(unlock, " ".join(phrase_of(KEY)))
    assert ring.kept == {}


def test_a_wrong_word_is_named_and_what_was_typed_stays(unlock: Unlock, qtbot: QtBot) -> None:
    unlock.begin()
    words = list(phrase_of(KEY))
    words[6] = "zebra"
    enter(unlock, " ".join(words))
    qtbot.waitUntil(lambda: unlock.dialog.form.problem.text().startswith("Word 7 is not"), timeout=20_000)
    assert unlock.dialog.form.phrase.toPlainText() == " ".join(words)
    assert unlock.dialog.form.open.isEnabled()
    with qtbot.waitSignal(unlock.opened):
        enter(unlock, " ".join(phrase_of(KEY)))


def test_a_locked_keyring_says_so_and_can_be_tried_again(
    unlock: Unlock, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    class Locked(MemoryKeyring):
        def get_password(self, service: str, username: str) -> str | None:
            raise KeyringLocked

    keep_key(KEY)
    keyring.set_keyring(Locked())
    unlock.begin()
    qtbot.waitUntil(lambda: "is locked" in unlock.dialog.form.why.text())
    assert unlock.dialog.form.keep.isHidden()
    keyring.set_keyring(ring)
    with qtbot.waitSignal(unlock.opened):
        unlock.dialog.form.again.click()


def test_a_keyring_that_does_not_answer_blocks_nothing(unlock: Unlock, qtbot: QtBot) -> None:
    """F68: it waits until the test is over; the phrase opens the book meanwhile. A timer of 5 ms goes on
    ticking: half of its pauses stay far under the 100 ms a person would feel, on a busy machine too."""
    answer = threading.Event()

    class Waiting(MemoryKeyring):
        def get_password(self, service: str, username: str) -> str | None:
            answer.wait(30)
            raise KeyringLocked

    keyring.set_keyring(Waiting())
    ticks: list[float] = []
    timer = QTimer(unlock, interval=5)
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    timer.start()
    unlock.begin()
    qtbot.waitUntil(unlock.dialog.isVisible)
    qtbot.waitUntil(lambda: len(ticks) > 60)
    timer.stop()
    with qtbot.waitSignal(unlock.opened):
        enter(unlock, " ".join(phrase_of(KEY)))
    answer.set()
    qtbot.waitUntil(lambda: not any(each.name == "side call" for each in threading.enumerate()))
    pauses = sorted(later - earlier for earlier, later in pairwise(ticks))
    assert pauses[len(pauses) // 2] < 0.1


def test_whoever_quits_gets_no_window_and_no_error(unlock: Unlock, theme: Theme) -> None:
    wait = UnlockWait(unlock)
    QTimer.singleShot(50, unlock.dialog.reject)
    assert wait.context() is None


def test_a_book_that_is_damaged_behind_the_right_key_says_that(
    unlock: Unlock, secret: Path, ring: MemoryKeyring
) -> None:
    keep_key(KEY)
    with secret.open("r+b") as file:
        file.seek(300)
        file.write(b"damage")
    with pytest.raises(EnvironmentProblem, match="is damaged"):
        UnlockWait(unlock).context()
