"""Books of older schemas come up whole; a newer program and an older one never write the same book.

`store/old_books` keeps a real book of each older schema, made by the program of its day from
`store/full_book`, and what that program exported. A new revision adds the book of the one before.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from retainerdesk.domain.account import Account
from retainerdesk.domain.errors import EnvironmentProblem, NewerBook
from retainerdesk.services.book_files import ImportOptions, export_book, import_files
from retainerdesk.store import schema
from retainerdesk.store.book_store import BookStore, open_book
from retainerdesk.store.check import check_book
from retainerdesk.store.probe import look_at
from retainerdesk.store.repositories.accounts import add_account
from retainerdesk.system.kept_files import KeptFiles
from tests.cli.conftest import Shell
from tests.desktop.test_session import run_program
from tests.faults import jobs
from tests.faults.figures import Figures
from tests.faults.loops import content
from tests.faults.nursery import REFUSED, Nursery

OLD_BOOKS = Path(__file__).parents[1] / "store" / "old_books"
NAMES = sorted(path.name.removesuffix(".book.xz") for path in OLD_BOOKS.glob("*.book.xz"))


def unpacked(name: str, folder: Path) -> Path:
    path = folder / name
    path.write_bytes(lzma.decompress((OLD_BOOKS / f"{name}.xz").read_bytes()))
    return path


def exported(store: BookStore, target: Path) -> Any:
    export_book(store, KeptFiles(target.with_name("no.files")), target)
    return json.loads(target.read_text(encoding="utf-8"))


def test_there_is_a_real_book_of_each_schema() -> None:
    """That of the newest one is needed as soon as there is a newer one."""
    assert {name[:4] for name in NAMES} >= set(schema.REVISIONS[:-1])


@pytest.mark.parametrize("name", NAMES)
def test_a_real_book_of_an_older_schema_equals_one_built_today_from_the_same_content(
    name: str, folder: Path, figures: Figures
) -> None:
    """Opened, checked, exported; a new book that takes in what the old program exported gives the same."""
    book, source = unpacked(f"{name}.book", folder), unpacked(f"{name}.json", folder)
    before, revision = book.read_bytes(), look_at(book).revision
    with closing(open_book(book, jobs.CLOCK)) as old:
        migrated = exported(old, folder / "migrated.json")
        with old.reading() as uow:
            assert list(check_book(uow)) == []
    with closing(open_book(folder / "fresh.book", jobs.CLOCK, create=True)) as fresh:
        report = import_files(fresh, KeptFiles(folder / "no.files"), [source], ImportOptions()).value
        assert report.refused == ()
        assert exported(fresh, folder / "fresh.json") == migrated
    assert look_at(book).revision == schema.HEAD
    if revision != schema.HEAD:
        kept = book.with_name(f"{book.name}.before-{schema.HEAD}-1")
        assert look_at(kept).revision == revision
        (folder / "packed").mkdir()
        assert content(kept) == content(unpacked(f"{name}.book", folder / "packed"))
    else:
        assert book.read_bytes() == before
    figures.add("F15", f"a real book of the schema {name}", migrated="1/1", equal_to_a_fresh_build="1/1")


def add_one(store: BookStore) -> None:
    with store.writing() as uow:
        add_account(uow, Account("zulu", "Zulu", "EUR"))
        uow.commit()


def bill(store: BookStore) -> None:
    jobs._bill(store)


def change_key(store: BookStore) -> None:
    store.change_key(jobs.FIRST_KEY)


WRITES: list[Callable[[BookStore], None]] = [add_one, bill, change_key]


def test_a_program_that_a_newer_one_overtook_writes_nothing_more(
    folder: Path, tmp_path: Path, nursery: Nursery, figures: Figures
) -> None:
    """The old program has the book open while the newer one migrates it; then it tries to go on."""
    jobs.make_owing(folder)
    alone = tmp_path / "alone"
    jobs.make_owing(alone)
    assert nursery.run("migrate_to_next", alone).code == 0
    with closing(open_book(folder / "my.book", jobs.CLOCK)) as old:
        with old.reading() as uow:
            uow.connection.exec_driver_sql("SELECT count(*) FROM accounts").scalar()
        ended = nursery.run("migrate_to_next", folder)
        assert ended.code == 0, ended.said
        for write in WRITES:
            with pytest.raises(EnvironmentProblem) as told:
                write(old)
            assert told.value.way_out
            assert isinstance(told.value, NewerBook) or write is change_key
    with pytest.raises(NewerBook):
        open_book(folder / "my.book", jobs.CLOCK)
    assert content(folder / "my.book") == content(alone / "my.book")
    figures.add(
        "F118", "a newer program migrates the book while an older one has it open",
        writes_of_the_older_refused=f"{len(WRITES)}/{len(WRITES)}", changed=0,
    )  # fmt: skip


@pytest.mark.faults
def test_a_newer_program_waits_for_the_older_one_that_is_writing_and_then_says_so(
    folder: Path, nursery: Nursery, figures: Figures
) -> None:
    jobs.make_owing(folder)
    with closing(open_book(folder / "my.book", jobs.CLOCK)) as old:
        with old.writing() as uow:
            ended = nursery.run("migrate_to_next", folder)
            assert ended.code == REFUSED
            assert "in use by another program" in ended.said
            add_account(uow, Account("zulu", "Zulu", "EUR"))
            uow.commit()
        bill(old)
    assert look_at(folder / "my.book").revision == schema.HEAD
    assert nursery.run("migrate_to_next", folder).code == 0
    figures.add("F118", "a newer program comes while an older one writes", told_to_wait="1/1", lost=0)


COMMANDS = (
    ["accounts"], ["account", "alfa"], ["due"], ["invoices"], ["margin"], ["search", "alfa"], ["check"],
    ["bill"], ["import", "in.json"], ["export", "out.json"], ["backup", "out.book"], ["sample"], ["backups"],
    ["check", "--repair"], ["encrypt", "--write-phrase", "phrase"],
)  # fmt: skip


def test_after_a_downgrade_every_command_and_the_window_refuse_and_change_nothing(
    folder: Path, tmp_path: Path, nursery: Nursery, figures: Figures, capfd: pytest.CaptureFixture[str]
) -> None:
    """The copy made before the update is what the older program goes on with."""
    jobs.make_owing(folder)
    assert nursery.run("migrate_to_next", folder).code == 0
    shell = Shell(folder, capfd)
    shell.book = folder / "my.book"
    shell.write("in.json", jobs.three_accounts())
    before = {path: path.read_bytes() for path in folder.iterdir() if path.name.startswith("my.book")}
    for command in COMMANDS:
        names = [str(folder / each) if "." in each or each == "phrase" else each for each in command]
        answer = shell.run(*names)
        assert answer.code == 3, (command, answer)
        assert "newer RetainerDesk" in answer.err
    window = run_program(tmp_path / "home", "--book", str(shell.book))
    _out, err = window.communicate(timeout=60)
    assert (window.returncode, "newer RetainerDesk" in err) == (3, True)
    after = {path: path.read_bytes() for path in folder.iterdir() if path.name.startswith("my.book")}
    assert after == before
    kept = next(path for path in before if ".before-" in path.name)
    with closing(open_book(kept, jobs.CLOCK)) as store:
        bill(store)
    tried = len(COMMANDS) + 1
    figures.add("F118", "commands and a window after a downgrade", refused=f"{tried}/{tried}", changed=0)
