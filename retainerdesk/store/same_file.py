"""Is the book that is open still the file at its path? Asked before each write.

A file that was moved, deleted or replaced stays open for this process: SQLite would go on writing to it, and
nobody would ever see what was written. Asking costs one look at the folder.
"""

from __future__ import annotations

from pathlib import Path

from retainerdesk.domain.errors import EnvironmentProblem

_WAY_OUT = "Nothing was written. Close this book, and open the file that is to be used."


class SameFile:
    """Remembers which file a path named when the book was opened."""

    def __init__(self, path: Path) -> None:
        self._path = path
        found = path.stat()
        self._identity = (found.st_dev, found.st_ino)
        self._size = found.st_size

    def must_be_there(self) -> None:
        """Raise EnvironmentProblem if the path names another file, none, or one that became shorter.

        A file in WAL mode never shrinks by itself: a shorter one was copied over it.
        """
        try:
            found = self._path.stat()
        except OSError as gone:
            raise EnvironmentProblem(
                f"The book {self._path} is no longer there: it was moved, deleted, or its drive removed.",
                _WAY_OUT,
            ) from gone
        if (found.st_dev, found.st_ino) != self._identity or found.st_size < self._size:
            raise EnvironmentProblem(
                f"The book {self._path} was replaced by another file while it was open.", _WAY_OUT
            )
        self._size = found.st_size
