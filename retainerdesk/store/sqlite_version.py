"""Which SQLite versions may open a book.

Two connections in one WAL database can corrupt it when a commit meets a checkpoint that starts over
("WAL-reset"). Affected: 3.7.0 to 3.51.2, except the repaired 3.44.6 and 3.50.7 and what follows them on
their branches. Source: https://sqlite.org/wal.html#walresetbug
"""

from __future__ import annotations

from retainerdesk.domain.errors import EnvironmentProblem

Version = tuple[int, ...]

_FIRST_WITH_WAL: Version = (3, 7, 0)
_FIRST_REPAIRED: Version = (3, 51, 3)
_REPAIRED_BRANCHES: tuple[Version, ...] = ((3, 44, 6), (3, 50, 7))


def loses_wal_commits(version: Version) -> bool:
    """Whether this SQLite version has the WAL-reset race."""
    if any(version[:2] == fixed[:2] and version >= fixed for fixed in _REPAIRED_BRANCHES):
        return False
    return _FIRST_WITH_WAL <= version < _FIRST_REPAIRED


def refuse_unsafe(version: Version) -> None:
    """Raise EnvironmentProblem for a SQLite that can lose commits, or that has no WAL at all."""
    if version < _FIRST_WITH_WAL or loses_wal_commits(version):
        text = ".".join(map(str, version))
        raise EnvironmentProblem(
            f"SQLite {text} can lose saved work, so the book was not opened.",
            "Install RetainerDesk with its own SQLite (the sqlcipher3 package, 3.51.3 or later).",
        )
