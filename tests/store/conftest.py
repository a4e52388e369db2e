"""Real books in a temporary folder. Building the schema is done once; each test gets a copy of that file."""

import multiprocessing
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from retainerdesk.store.book_store import BookStore, create_book, open_book
from retainerdesk.store.repositories.books import add_book
from retainerdesk.system.clock import FixedClock
from tests.store.full_book import FULL_BOOK

CLOCK = FixedClock(date(2026, 5, 4))


@pytest.fixture(scope="session")
def empty_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "empty.book"
    create_book(path, CLOCK)
    return path


@pytest.fixture(scope="session")
def full_template(empty_template: Path) -> Path:
    path = empty_template.with_name("full.book")
    shutil.copy(empty_template, path)
    store = open_book(path, CLOCK)
    with store.writing() as uow:
        add_book(uow, FULL_BOOK)
        uow.commit()
    store.close()
    return path


@pytest.fixture
def empty_path(empty_template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(empty_template, tmp_path / "my.book"))


@pytest.fixture
def full_path(full_template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(full_template, tmp_path / "my.book"))


@pytest.fixture
def empty(empty_path: Path) -> Iterator[BookStore]:
    store = open_book(empty_path, CLOCK)
    yield store
    store.close()


@pytest.fixture
def full(full_path: Path) -> Iterator[BookStore]:
    store = open_book(full_path, CLOCK)
    yield store
    store.close()


def processes() -> Any:
    """New processes that share nothing with this one, without importing everything once each."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["retainerdesk.store.repositories.books"])
    return context
