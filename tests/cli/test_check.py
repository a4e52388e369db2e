"""`check` names what is wrong and what to do; `check --repair` copies first."""

from __future__ import annotations

from contextlib import closing

from sqlcipher3 import dbapi2

from tests.cli.conftest import Shell

DAY = "2026-11-22"


def spoil(shell: Shell, statement: str) -> None:
    with closing(dbapi2.connect(str(shell.book), isolation_level=None)) as connection:
        assert connection.execute(statement).rowcount != 0


def test_a_sound_book_is_said_to_be_in_order_part_by_part(shell: Shell) -> None:
    shell.ok("sample", as_of=DAY)
    assert shell.ok("check", as_of=DAY).out == "Everything is in order.\n"
    answer = shell.ok("check", "--json", as_of=DAY).json
    assert answer["ok"]
    assert len(answer["parts"]) == 7
    assert all(part["done"] for part in answer["parts"])


def test_a_changed_row_is_named_in_words_with_what_to_do(shell: Shell) -> None:
    shell.ok("sample", as_of=DAY)
    spoil(shell, "UPDATE accounts SET name = 'Other' WHERE id = 'acme'")
    answer = shell.run("check", as_of=DAY)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("account acme (name) was changed outside RetainerDesk")
    assert "Restore the newest good backup" in answer.err


def test_a_repair_says_where_the_copy_is_and_what_could_not_be_repaired(shell: Shell) -> None:
    shell.ok("sample", as_of=DAY)
    spoil(shell, "UPDATE accounts SET name = 'Other' WHERE id = 'acme'")
    answer = shell.run("check", "--repair", "--json", as_of=DAY)
    assert answer.code == 1
    repair = answer.json["repair"]
    assert repair["copy"] == f"{shell.book}.before-repair-1"
    assert repair["written_to"] == f"{shell.book}.damaged-rows-1.json"
    assert repair["damaged_rows"] == 1
    assert "account acme" in answer.err


def test_a_repair_of_a_sound_book_is_refused(shell: Shell) -> None:
    shell.ok("sample", as_of=DAY)
    answer = shell.run("check", "--repair", as_of=DAY)
    assert answer.code == 1
    assert "nothing to repair" in answer.err
    assert not list(shell.folder.glob("*before-repair*"))
