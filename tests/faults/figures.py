"""Figures a fault test publishes, gathered from every worker and printed as one table at the end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

KEY = "fault figure"

# A quick sample of a loop runs with the default tests, all of it only under the mark.
SAMPLE, ALL = "sample", "all"
depths = pytest.mark.parametrize(
    "depth",
    [SAMPLE, pytest.param(ALL, marks=[pytest.mark.faults, pytest.mark.timeout(900)])],
)


class Figures:
    """What one test found out: rows (fault, what was tried, figures in words)."""

    def __init__(self, record: Callable[[str, object], None]) -> None:
        self._record = record

    def add(self, fault: str, tried: str, **counts: object) -> None:
        """Publish a row; `counts` are named figures, underscores read as spaces."""
        words = ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in counts.items())
        self._record(KEY, (fault, tried, words))


def table(rows: list[tuple[str, str, str]]) -> list[str]:
    """The rows as lines of a table, in order of the fault."""
    head = ("fault", "tried", "found")
    lines = [head, *sorted(rows)]
    first = max(len(line[0]) for line in lines)
    second = max(len(line[1]) for line in lines)
    return [f"{line[0]:{first}}  {line[1]:{second}}  {line[2]}" for line in lines]
