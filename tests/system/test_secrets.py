"""The keyring: a real one, none, a locked one, and those that keep nothing or keep it in clear."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import KeyringLocked

from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.system.secrets import (
    KeyringProblem,
    KeyringState,
    keep_secret,
    random_places,
    read_secret,
    read_secret_file,
    remove_secret,
)
from tests.keyrings import MemoryKeyring

REAL = ("gnome-keyring-daemon", "dbus-run-session")


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


class Locked(MemoryKeyring):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("locked")


class Forgetful(MemoryKeyring):
    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class PlaintextKeyring(MemoryKeyring):
    pass


class Broken(MemoryKeyring):
    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError("the answer was horse staple")


def test_what_is_kept_can_be_read_and_removed() -> None:
    keyring.set_keyring(MemoryKeyring())
    assert read_secret("a") is None
    keep_secret("a", "horse")
    assert read_secret("a") == "horse"
    remove_secret("a")
    remove_secret("a")
    assert read_secret("a") is None


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring, PlaintextKeyring])
def test_a_keyring_that_keeps_nothing_or_keeps_it_in_clear_is_none(backend: type[KeyringBackend]) -> None:
    keyring.set_keyring(backend())
    with pytest.raises(KeyringProblem, match="no keyring that is safe") as told:
        keep_secret("a", "horse")
    assert told.value.state is KeyringState.MISSING


def test_a_locked_keyring_is_told_from_none() -> None:
    keyring.set_keyring(Locked())
    with pytest.raises(KeyringProblem, match="is locked") as told:
        read_secret("a")
    assert told.value.state is KeyringState.LOCKED


@pytest.mark.parametrize("backend", [Forgetful, Broken])
def test_what_cannot_be_read_back_was_not_kept_and_no_message_repeats_it(
    backend: type[KeyringBackend],
) -> None:
    keyring.set_keyring(backend())
    with pytest.raises(KeyringProblem) as told:
        keep_secret("a", "horse")
    assert told.value.state is KeyringState.REFUSED
    assert "horse" not in str(told.value)


def test_a_phrase_file_that_others_may_read_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "phrase"
    path.write_text("one two")
    path.chmod(0o640)
    with pytest.raises(EnvironmentProblem, match="chmod 600"):
        read_secret_file(str(path))
    path.chmod(0o600)
    assert read_secret_file(str(path)) == "one two"


def test_a_phrase_comes_through_a_pipe() -> None:
    reader, writer = os.pipe()
    os.write(writer, b"one two")
    os.close(writer)
    assert read_secret_file(f"/dev/fd/{reader}") == "one two"
    os.close(reader)


def test_places_are_different_and_in_order() -> None:
    for _ in range(50):
        places = random_places(3, 24)
        assert len(set(places)) == 3
        assert list(places) == sorted(places)
        assert places[0] >= 0
        assert places[-1] < 24


@pytest.mark.skipif(
    not all(map(shutil.which, REAL)), reason=f"needs {' and '.join(REAL)} (apt gnome-keyring)"
)
def test_a_real_secret_service_keeps_finds_forgets_and_is_locked(tmp_path: Path) -> None:
    """In a session of its own: unlocked it keeps and forgets; locked, without a screen, it says so."""
    inside = (
        "printf 'pw\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null; "
        f"exec {sys.executable} -m tests.system.real_keyring"
    )
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(tmp_path),
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    tmp_path.chmod(0o700)
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", inside],
        env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stdout.split() == ["SecretService", "kept", "found", "forgotten", "locked"], done.stderr
