"""A keyring in memory, for tests: a backend as keyring wants it, with a list of what was done to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

import keyring
from keyring.backend import KeyringBackend

Ring = TypeVar("Ring", bound=KeyringBackend)


@contextmanager
def using(ring: Ring) -> Iterator[Ring]:
    """The keyring of this block is `ring`."""
    before = keyring.get_keyring()
    keyring.set_keyring(ring)
    try:
        yield ring
    finally:
        keyring.set_keyring(before)


class MemoryKeyring(KeyringBackend):
    """`kept` maps (service, name) to secrets; `done` says in which order things were kept and removed."""

    # keyring offers every subclass to whoever has none better; this one is only for those who ask for it.
    priority = 0.1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.done: list[str] = []

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password
        self.done.append(f"kept {username}")

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]
        self.done.append(f"removed {username}")
