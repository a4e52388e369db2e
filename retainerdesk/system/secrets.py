"""Secrets in the keyring of the person who is logged in. Nothing outside this module asks keyring.

A call may wait until the person has answered the keyring's own question: never make one on the thread of
the window. What is stored is read back, and a keyring that keeps nothing or keeps it in clear is not used. A
secret is never part of a message.
"""

from __future__ import annotations

import os
import secrets
import stat
import sys
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from retainerdesk.domain.errors import EnvironmentProblem

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "RetainerDesk"
# These answer and store nothing, or store in a file in clear.
_USELESS_MODULES = (
    "keyring.backends.fail",
    "keyring.backends.null",
    "keyrings.alt.file",
    "keyrings.alt.Gnome",
)
_LONGEST_FILE = 4096
_STANDARD_INPUT = "-"

T = TypeVar("T")


class KeyringState(Enum):
    """Why a keyring does not help: there is none, it is locked, or it refused."""

    MISSING = "missing"
    LOCKED = "locked"
    REFUSED = "refused"


class KeyringProblem(EnvironmentProblem):
    """The keyring is in the way; `state` says how."""

    def __init__(self, state: KeyringState, message: str, way_out: str) -> None:
        super().__init__(message, way_out)
        self.state = state


def read_secret(name: str) -> str | None:
    """The secret kept under `name`; None if there is none. Raises KeyringProblem. May wait for the person."""
    backend = _backend()
    return _asked(lambda: backend.get_password(SERVICE, name))


def keep_secret(name: str, value: str) -> None:
    """Keep a secret, and read it back. Raises KeyringProblem if it is not there then. May wait."""
    backend = _backend()
    _asked(lambda: backend.set_password(SERVICE, name, value))
    if _asked(lambda: backend.get_password(SERVICE, name)) != value:
        raise _refused("The keyring of this computer did not keep what it was given.")


def remove_secret(name: str) -> None:
    """Remove a secret; nothing happens if there is none. Raises KeyringProblem. May wait."""
    backend = _backend()
    if _asked(lambda: backend.get_password(SERVICE, name)) is not None:
        _asked(lambda: backend.delete_password(SERVICE, name))


def random_secret(size_bytes: int) -> bytes:
    """Bytes nobody can guess."""
    return secrets.token_bytes(size_bytes)


def random_places(count: int, among: int) -> tuple[int, ...]:
    """`count` different numbers below `among`, in order, that nobody can guess."""
    return tuple(sorted(secrets.SystemRandom().sample(range(among), count)))


def read_secret_file(name: str) -> str:
    """The text of a file that only its owner can read, of a pipe ("/dev/fd/3"), or of standard input ("-").

    Raises EnvironmentProblem if it cannot be read, is too long, or others may read it.
    """
    if name == _STANDARD_INPUT:
        return sys.stdin.read(_LONGEST_FILE)
    path = Path(name)
    try:
        with path.open("rb") as file:
            found = os.fstat(file.fileno())
            is_open_to_others = os.name != "nt" and stat.S_ISREG(found.st_mode) and found.st_mode & 0o077
            content = b"" if is_open_to_others else file.read(_LONGEST_FILE)
    except OSError as problem:
        raise EnvironmentProblem(
            f"{path} cannot be read: {problem.strerror}.", "Check its path."
        ) from problem
    if is_open_to_others:
        raise EnvironmentProblem(
            f"Others on this computer may read {path}, so its phrase was not read.", f"Run: chmod 600 {path}"
        )
    return content.decode("utf-8", "replace")


def _backend() -> KeyringBackend:
    """The keyring to use, looked for anew if there was none. Raises KeyringProblem if there is none."""
    import keyring
    from keyring import core

    if _useful(keyring.get_keyring()) is None:
        core.init_backend()
    found = _useful(keyring.get_keyring())
    if found is None:
        raise KeyringProblem(
            KeyringState.MISSING,
            "This computer has no keyring that is safe to use.",
            "The key is kept in memory until the program ends; the recovery phrase opens the book.",
        )
    return found


def _useful(backend: KeyringBackend) -> KeyringBackend | None:
    """The backend itself, or the first safe one of a chain of them."""
    for each in getattr(backend, "backends", [backend]):
        kind = type(each)
        if not kind.__module__.startswith(_USELESS_MODULES) and "plaintext" not in kind.__name__.lower():
            return each  # type: ignore[no-any-return]
    return None


def _asked(question: Callable[[], T]) -> T:
    from keyring.errors import InitError, KeyringLocked, NoKeyringError

    try:
        return question()
    except (KeyringLocked, InitError) as locked:
        raise KeyringProblem(
            KeyringState.LOCKED,
            "The keyring of this computer is locked.",
            "Unlock it and try again, or enter the recovery phrase.",
        ) from locked
    except NoKeyringError as missing:
        raise KeyringProblem(
            KeyringState.MISSING, "This computer has no keyring.", "Enter the recovery phrase."
        ) from missing
    except Exception as other:  # backends raise whatever their system does
        raise _refused(f"The keyring of this computer failed ({type(other).__name__}).") from other


def _refused(message: str) -> KeyringProblem:
    return KeyringProblem(
        KeyringState.REFUSED, message, "Try again, or enter the recovery phrase whenever the book is opened."
    )
