"""Lets units of work through, and closes the book to them while its file is exchanged."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from retainerdesk.domain.errors import EnvironmentProblem


class Gate:
    """Shared by the threads of one open book."""

    def __init__(self, patience_seconds: float) -> None:
        self._patience = patience_seconds
        self._condition = threading.Condition()
        self._inside = 0
        self._is_closed = False

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Be inside for a block. Raises EnvironmentProblem if the gate stays closed."""
        with self._condition:
            if not self._condition.wait_for(self._is_open, self._patience):
                raise _busy("The book is being written anew, with another key.")
            self._inside += 1
        try:
            yield
        finally:
            with self._condition:
                self._inside -= 1
                self._condition.notify_all()

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Keep everybody out for a block. Raises EnvironmentProblem if somebody stays inside."""
        with self._condition:
            if not self._condition.wait_for(self._is_empty, self._patience):
                raise _busy("Something else is still working with the book.")
            self._is_closed = True
        try:
            yield
        finally:
            with self._condition:
                self._is_closed = False
                self._condition.notify_all()

    def _is_open(self) -> bool:
        return not self._is_closed

    def _is_empty(self) -> bool:
        # Who is inside may go in once more, so nobody is kept out before everybody has left.
        return self._is_open() and self._inside == 0


def _busy(message: str) -> EnvironmentProblem:
    return EnvironmentProblem(message, "Try again when that has finished; nothing was changed.")
