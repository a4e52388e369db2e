"""The checker of every loop can fail: each rule, broken on purpose in a sound book, is called by name."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from tests.faults import jobs
from tests.faults.invariants import broken, pdf_hashes
from tests.faults.test_chain_tampering import without_guards

BREACHES = {
    "a number is missing": ("UPDATE invoices SET sequence = 9 WHERE sequence = 3", "numbers"),
    "the next number is wrong": ("UPDATE series SET next = 5", "the next is 5"),
    "dates go back": ("UPDATE invoices SET issued_on = '2026-01-01' WHERE sequence = 4", "is dated before"),
    "lines are gone": ("DELETE FROM invoice_lines WHERE invoice_pk = 2", "has 0 lines"),
    "taxes are gone": ("DELETE FROM tax_totals WHERE invoice_pk = 2", "and 0 taxes"),
    "a sum is wrong": ("UPDATE invoices SET net_minor = net_minor + 1 WHERE pk = 1", "do not add up"),
    "a total is wrong": ("UPDATE invoices SET gross_minor = gross_minor + 1 WHERE pk = 1", "not the total"),
    "a tax is wrong": ("UPDATE tax_totals SET amount_minor = amount_minor + 1", "is not"),
    "a link is missing": ("UPDATE audit SET action = 'x' WHERE table_name = 'invoices'", "in the chain"),
    "the chain is cut": ("UPDATE audit SET row = 'x' WHERE seq = 7", "does not hold at link 7"),
    "a row was edited": ("UPDATE work_entries SET minutes = 5 WHERE pk = 1", "was changed outside"),
    "a reference leads nowhere": ("UPDATE work_entries SET person_id = 'nobody' WHERE pk = 1", "reference"),
}


@pytest.fixture(scope="module")
def billed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("billed") / "job"
    jobs.make_billed(folder)
    return (folder / "my.book").read_bytes()


@pytest.mark.parametrize("breach", BREACHES)
def test_a_broken_rule_is_called_by_name(breach: str, billed: bytes, tmp_path: Path) -> None:
    statement, words = BREACHES[breach]
    path = tmp_path / "my.book"
    path.write_bytes(billed)
    with closing(dbapi2.connect(str(path), isolation_level=None)) as connection:
        without_guards(connection)
        assert connection.execute(statement).rowcount > 0
    assert words in " · ".join(broken(path, jobs.TODAY))


def test_a_sound_book_has_nothing_to_say(billed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "my.book"
    path.write_bytes(billed)
    assert broken(path, jobs.TODAY) == []


def test_a_pdf_that_renders_otherwise_is_named(tmp_path: Path) -> None:
    jobs.make_billed(tmp_path / "job")
    with jobs.opened(tmp_path / "job") as store:
        known = pdf_hashes(store)
    other = {**known, "2026-0002": "0" * 64}
    assert broken(tmp_path / "job" / "my.book", jobs.TODAY, other) == ["2026-0002 renders to another PDF"]


def test_the_control_sees_a_payment_beyond_the_total(billed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "my.book"
    path.write_bytes(billed)
    with closing(dbapi2.connect(str(path), isolation_level=None)) as connection:
        connection.execute(
            "INSERT INTO payments (pk, account_id, id, on_date, amount_minor, currency, text)"
            " VALUES (1, 'alfa', 'p', '2026-02-02', 1, 'EUR', '')"
        )
        connection.execute("INSERT INTO allocations VALUES (1, 1, '2026-0001', 9999999, 'EUR')")
    found = " · ".join(broken(path, jobs.TODAY))
    assert "settled with more than its total" in found
    assert "settles more than it is" in found
