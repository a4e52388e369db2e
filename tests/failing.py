"""A disk that fails once, for tests of what is told then."""

from __future__ import annotations

import io
from typing import Any


class FailsOnce(io.BytesIO):
    """A disk that is full at write number `at`, and at no other; `left` counts down, below zero after it."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.left = at

    def write(self, content: Any, /) -> int:
        self.left -= 1
        if self.left == 0:
            raise OSError(28, "No space left on device")
        return super().write(content)
