"""Bad input: one clear sentence that says what and where, the documented exit code, nothing half-written."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path

import pytest

from retainerdesk.store.book_store import open_book
from retainerdesk.system.clock import SystemClock
from retainerdesk.system.paths import documents_folder
from tests.cli.books import account, book, plan, retainer
from tests.cli.conftest import Shell

REFUSED, USAGE, ENVIRONMENT = 1, 2, 3


def a_book() -> dict[str, object]:
    return book(account("acme", retainer("r", "2025-01-01", plan("2025-01-01", "10.00"))))


def test_broken_json_names_the_line(shell: Shell) -> None:
    answer = shell.run("import", shell.write("b.json", '{"format": "retainerdesk-book",\n "version": 1,,}'))
    assert answer.code == REFUSED
    assert "line 2" in answer.err


def test_an_unknown_value_names_its_path_and_the_allowed_ones(shell: Shell) -> None:
    document = a_book()
    document["accounts"][0]["retainers"][0]["plans"][0]["timing"] = "later"  # type: ignore[index]
    answer = shell.run("import", shell.write("b.json", document))
    assert answer.code == REFUSED
    assert "accounts[0].retainers[0].plans[0].timing" in answer.err
    assert "advance" in answer.err
    assert "arrears" in answer.err
    assert [each.name for each in shell.folder.iterdir()] == ["b.json"]


def test_plans_that_overlap_are_refused_by_their_path(shell: Shell) -> None:
    twice = retainer("r", "2025-01-01", plan("2025-01-01", "10.00"), plan("2025-01-01", "20.00"))
    answer = shell.run("import", shell.write("b.json", book(account("acme", twice))))
    assert answer.code == REFUSED
    assert "accounts[0].retainers[0].plans" in answer.err


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 x", b"\x89PNG\r\n\x1a\n", b"", b"\x00\x01\x02" * 99, b"a,b\n1,2\n"]
)
def test_a_file_of_another_kind_is_told_from_what_is_expected(shell: Shell, content: bytes) -> None:
    path = shell.folder / "thing.bin"
    path.write_bytes(content)
    answer = shell.run("import", str(path))
    assert answer.code == REFUSED
    assert "thing.bin" in answer.err
    assert "Traceback" not in answer.err


def test_a_missing_file_is_a_matter_of_the_environment(shell: Shell) -> None:
    answer = shell.run("import", str(shell.folder / "nowhere.json"))
    assert answer.code == ENVIRONMENT
    assert "nowhere.json" in answer.err


@pytest.mark.parametrize("command", [["accounts"], ["bill"], ["due"], ["export", "all.json"], ["check"]])
def test_where_no_book_is_a_command_makes_none_and_says_how_one_begins(
    shell: Shell, command: list[str]
) -> None:
    answer = shell.run(*command)
    assert answer.code == ENVIRONMENT
    assert f"There is no book at {shell.book}" in answer.err
    assert "with sample, with import FILE" in answer.err
    assert list(shell.folder.iterdir()) == []


def test_a_book_that_was_moved_away_is_called_that(shell: Shell) -> None:
    """Its attached files stayed behind. What begins a book begins one, and does not do so silently."""
    shell.ok("sample")
    files = documents_folder(shell.book)
    files.mkdir(exist_ok=True)
    (files / "a").touch()
    moved = shell.book.rename(shell.folder / "moved.retainerdesk")
    answer = shell.run("bill")
    assert answer.code == ENVIRONMENT
    assert "it is gone: moved, renamed or deleted" in answer.err
    assert not shell.book.exists()
    assert "A new book begins in its place." in shell.ok("sample").err
    assert moved.exists()


def unreadable(shell: Shell) -> dict[str, list[str]]:
    folder = shell.folder / "a folder"
    folder.mkdir()
    wrong = a_book()
    wrong["accounts"][0]["retainers"][0]["plans"][0]["timing"] = "later"  # type: ignore[index]
    good = shell.write("good.json", a_book())
    return {
        "a wrong name": [str(shell.folder / "nowhere.json")],
        "a folder": [str(folder)],
        "another kind": [shell.write("letter.txt", "Dear Jo,")],
        "a refused book": [shell.write("wrong.json", wrong)],
        "broken JSON": [shell.write("torn.json", '{"format": "retainerdesk-book", "version": 1,,}')],
        "good before a wrong name": [good, str(shell.folder / "nowhere.json")],
        "a dry run": [good, "--dry-run"],
        "a dry run of what is refused": [shell.write("other.json", wrong), "--dry-run"],
    }


IMPORTS = [
    "a wrong name", "a folder", "another kind", "a refused book", "broken JSON", "good before a wrong name",
    "a dry run", "a dry run of what is refused",
]  # fmt: skip


@pytest.mark.parametrize("name", IMPORTS)
def test_an_import_that_adds_nothing_leaves_no_new_book(shell: Shell, name: str) -> None:
    files = unreadable(shell)[name]
    before = sorted(shell.folder.iterdir())
    answer = shell.run("import", *files)
    assert answer.code in (REFUSED, ENVIRONMENT)
    assert answer.err
    assert "Traceback" not in answer.err
    assert sorted(shell.folder.iterdir()) == before


@pytest.mark.parametrize("name", IMPORTS)
def test_an_import_that_adds_nothing_hides_no_book_that_was_moved(shell: Shell, name: str) -> None:
    files = unreadable(shell)[name]
    kept = documents_folder(shell.book)
    kept.mkdir()
    (kept / "a").touch()
    assert shell.run("import", *files).code in (REFUSED, ENVIRONMENT)
    assert [each.name for each in kept.iterdir()] == ["a"]
    assert "There was a book at" in shell.run("accounts").err


def test_a_new_book_nothing_came_into_is_called_that(shell: Shell) -> None:
    wrong = unreadable(shell)["a refused book"]
    assert "Nothing came into the new book, so none was made." in shell.run("import", *wrong).err
    assert "none was made" not in shell.ok("sample").err
    # A book that was there stays, also an empty one.
    assert shell.run("import", *wrong).code == REFUSED
    assert shell.book.exists()


def test_an_empty_book_that_was_there_stays_when_nothing_is_added(shell: Shell) -> None:
    open_book(shell.book, SystemClock(), create=True).close()
    place = f"sqlite:///{shell.book}"
    assert shell.run("--book", place, "import", *unreadable(shell)["a refused book"]).code == REFUSED
    assert shell.book.exists()


def test_a_lost_drive_gets_no_book_and_no_folder(shell: Shell) -> None:
    there = shell.folder / "drive" / "my.book"
    answer = shell.run("--book", str(there), "accounts")
    assert answer.code == ENVIRONMENT
    assert "may not be connected" in answer.err
    assert not there.parent.exists()


def test_a_book_of_a_newer_schema_is_left_untouched(shell: Shell) -> None:
    shell.ok("import", shell.write("b.json", a_book()))
    with sqlite3.connect(shell.book) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = hashlib.sha256(shell.book.read_bytes()).hexdigest()
    answer = shell.run("bill", as_of="2025-02-01")
    assert answer.code == ENVIRONMENT
    assert "9999" in answer.err
    assert hashlib.sha256(shell.book.read_bytes()).hexdigest() == before


def test_a_file_that_is_no_book_is_left_untouched(shell: Shell) -> None:
    shell.book.write_bytes(b"this is not a database, but long enough to look like one" * 40)
    before = shell.book.read_bytes()
    assert shell.run("accounts").code == ENVIRONMENT
    assert shell.book.read_bytes() == before


def test_an_unknown_account_or_invoice_is_refused(shell: Shell) -> None:
    shell.ok("import", shell.write("b.json", a_book()))
    for arguments in (("account", "nobody"), ("invoice", "2025-9999"), ("margin", "nobody")):
        answer = shell.run(*arguments)
        assert answer.code == REFUSED
        assert arguments[1] in answer.err


def test_wrong_usage_exits_with_two(shell: Shell) -> None:
    assert shell.run("bill", "--through", "31.02.2025").code == USAGE
    assert shell.run("dance").code == USAGE


def test_a_pdf_into_a_missing_folder_says_so_and_leaves_nothing(shell: Shell) -> None:
    shell.ok("import", shell.write("b.json", a_book()))
    shell.ok("bill", as_of="2025-01-01")
    answer = shell.run("invoice", "2025-0001", "--pdf", str(shell.folder / "no" / "x.pdf"))
    assert answer.code == ENVIRONMENT
    assert not (shell.folder / "no").exists()


def test_json_is_alone_on_standard_output(shell: Shell) -> None:
    shell.ok("import", shell.write("b.json", a_book()))
    for arguments in (
        ("accounts",),
        ("account", "acme"),
        ("due",),
        ("bill", "--dry-run"),
        ("invoices",),
        ("check",),
    ):
        json.loads(shell.ok(*arguments, "--json", as_of="2025-01-05").out)


def test_export_import_export_is_identical(shell: Shell, tmp_path: Path) -> None:
    shell.ok("sample")
    shell.ok("bill")
    shell.ok("export", str(tmp_path / "one.json"))
    shell.book = tmp_path / "second.retainerdesk"
    shell.ok("import", str(tmp_path / "one.json"))
    shell.ok("export", str(tmp_path / "two.json"))
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    shell.ok("check")


def test_importing_twice_adds_nothing(shell: Shell) -> None:
    path = shell.write("b.json", a_book())
    shell.ok("import", path)
    again = shell.ok("import", path, "--json").json
    assert (again["added"], again["changed"]) == (0, 0)


def test_a_backup_brings_everything_back(shell: Shell, tmp_path: Path) -> None:
    shell.ok("sample", as_of="2026-03-01")
    shell.ok("export", str(tmp_path / "one.json"))
    shell.ok("backup", str(tmp_path / "copy.backup"))
    shell.ok("bill", as_of="2026-03-01")
    shell.ok("restore", str(tmp_path / "copy.backup"))
    shell.ok("export", str(tmp_path / "two.json"))
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
