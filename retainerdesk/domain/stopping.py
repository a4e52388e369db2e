"""Long work that a person may stop: asked now and then, and given up before anything is changed."""

from __future__ import annotations

from collections.abc import Callable

Step = Callable[[int, int], bool]
"""Told how much is done of how much (total 0: unknown); False asks to stop."""


class Stopped(Exception):
    """The person stopped the work; what it had begun is removed and nothing was changed."""


class Stopping:
    """Asks `step` whether to go on; None goes on always. For one piece of work in one thread."""

    def __init__(self, step: Step | None = None) -> None:
        self._step = step
        self.is_asked = False

    def asked(self, done: int = 0, total: int = 0) -> bool:
        """Tell how far the work is; whether it is to stop, from now on always."""
        if self._step is not None and not self._step(done, total):
            self.is_asked = True
        return self.is_asked

    def go_on(self, done: int = 0, total: int = 0) -> None:
        """Tell how far the work is. Raises Stopped."""
        if self.asked(done, total):
            raise Stopped


NEVER = Stopping()
"""For work that nobody waits for."""
