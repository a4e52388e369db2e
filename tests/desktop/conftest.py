"""A real book with the sample business, and a desk on it. The book is made once; each test gets a copy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.theme.theme import Theme, apply_theme
from retainerdesk.services.context import BookContext
from retainerdesk.services.upkeep import fill_sample
from retainerdesk.store.book_store import open_book
from retainerdesk.system.clock import FixedClock
from retainerdesk.system.paths import documents_folder

TODAY = date(2026, 11, 22)
"""The day on which the sample business is looked at, a Sunday."""


def open_context(path: Path, *, create: bool = False) -> BookContext:
    """The book at `path`, on the fixed day."""
    clock = FixedClock(TODAY)
    return BookContext(open_book(path, clock, create=create), clock, documents_folder(path))


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
