"""The faults drive the program as a shell would, or its services in processes that may be killed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import shell
from tests.faults.figures import KEY, Figures, table
from tests.faults.nursery import Nursery

__all__ = ["shell"]


@pytest.fixture
def figures(record_property: Callable[[str, object], None]) -> Figures:
    return Figures(record_property)


@pytest.fixture(scope="session")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    """A process that has everything imported and forks a child for each job."""
    with Nursery(tmp_path_factory.mktemp("nursery")) as plain:
        yield plain


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder of a job."""
    place = tmp_path / "job"
    place.mkdir()
    return place


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print every figure that was published, also those that came from other workers."""
    rows = [
        tuple(value)
        for reports in terminalreporter.stats.values()
        for report in reports
        for name, value in getattr(report, "user_properties", [])
        if name == KEY
    ]
    if rows:
        terminalreporter.section("faults: what was tried and what was found")
        for line in table(list(dict.fromkeys(rows))):
            terminalreporter.write_line(line)
