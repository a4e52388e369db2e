"""A real book with the sample business, and a desk on it. The book is made once; each test gets a copy."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.theme.theme import Theme, apply_theme
from retainerdesk.services.context import BookContext
from retainerdesk.services.upkeep import fill_sample
from retainerdesk.store.book_store import open_book
from retainerdesk.system.clock import FixedClock
from retainerdesk.system.paths import documents_folder

PATIENCE_MS = 30_000

TODAY = date(2026, 11, 22)
"""The day on which the sample business is looked at, a Sunday."""


def open_context(path: Path, *, create: bool = False) -> BookContext:
    """The book at `path`, on the fixed day."""
    clock = FixedClock(TODAY)
    return BookContext(open_book(path, clock, create=create), clock, documents_folder(path))


class PatientBot(QtBot):
    """Waits long enough for a machine whose processors are busy; what is quick elsewhere stays quick."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=max(timeout, PATIENCE_MS))

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **options: Any) -> Any:
        # Where nothing is expected to come (`assertNotEmitted`), all of the time would be waited.
        patience = PATIENCE_MS if options.get("raising", True) else 0
        return super().waitSignal(signal, timeout=max(timeout, patience), **options)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture(scope="session")
def sample_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "sample.retainerdesk"
    context = open_context(path, create=True)
    fill_sample(context.store, TODAY)
    context.store.close()
    return path


@pytest.fixture(scope="session")
def empty_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "empty.retainerdesk"
    open_context(path, create=True).store.close()
    return path


@pytest.fixture
def sample_path(sample_template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sample_template, tmp_path / "book.retainerdesk"))


@pytest.fixture
def context(sample_path: Path) -> Iterator[BookContext]:
    """The sample business as of TODAY."""
    opened = open_context(sample_path)
    yield opened
    opened.store.close()


@pytest.fixture
def empty_context(empty_template: Path, tmp_path: Path) -> Iterator[BookContext]:
    """A book nothing was entered into."""
    opened = open_context(Path(shutil.copy(empty_template, tmp_path / "book.retainerdesk")))
    yield opened
    opened.store.close()


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return apply_theme(qapp, "light")


@pytest.fixture
def desk(context: BookContext, theme: Theme) -> Iterator[Desk]:
    """A desk on the sample business."""
    desk = Desk(context)
    yield desk
    desk.close()


@pytest.fixture
def empty_desk(empty_context: BookContext, theme: Theme) -> Iterator[Desk]:
    """A desk on an empty book."""
    desk = Desk(empty_context)
    yield desk
    desk.close()
