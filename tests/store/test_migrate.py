"""An older book becomes a newer one as a whole, with everything that refers to what was rebuilt."""

from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from sqlcipher3 import dbapi2

from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.store import schema
from retainerdesk.store.book_store import _migrated, open_book
from retainerdesk.store.chain import links
from retainerdesk.store.check import check_book
from retainerdesk.store.migrate import VERSIONS, migrate
from retainerdesk.store.probe import BookFile, look_at
from retainerdesk.store.repositories.books import load_book
from tests.store.conftest import CLOCK
from tests.store.full_book import FULL_BOOK

REBUILD_ACCOUNTS = """
with op.batch_alter_table("accounts", recreate="always") as table:
    table.add_column(sa.Column("colour", sa.String(), nullable=True))
"""
LOSE_PEOPLE = REBUILD_ACCOUNTS + 'op.execute("DELETE FROM people")'
FAIL_LATE = REBUILD_ACCOUNTS + 'op.execute("SELECT no_such_column FROM accounts")'


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program of a later release: it knows a revision 0003, whose file a test writes."""
    monkeypatch.setattr(schema, "REVISIONS", ("0001", "0002", "0003"))
    monkeypatch.setattr(schema, "HEAD", "0003")
    monkeypatch.setattr(schema, "SCHEMA_NUMBER", 3)
    (tmp_path / "versions").mkdir()
    return tmp_path / "versions"


def write_revision(folder: Path, body: str) -> None:
    lines = "\n".join(f"    {line}" for line in body.strip().splitlines())
    head = 'import sqlalchemy as sa\nfrom alembic import op\n\nrevision = "0003"\ndown_revision = "0002"\n'
    (folder / "0003_later.py").write_text(f"{head}\n\ndef upgrade():\n{lines}\n")


def test_rebuilding_a_table_loses_none_of_its_children(full_path: Path, newer: Path) -> None:
    """Contacts cascade: with foreign keys on, rebuilding their accounts would delete them silently."""
    write_revision(newer, REBUILD_ACCOUNTS)
    kept = migrate(look_at(full_path), CLOCK.utc_now(), (*VERSIONS, newer))
    assert look_at(full_path).revision == "0003"
    assert look_at(kept).revision == "0002"
    store = open_book(full_path, CLOCK)
    with store.reading() as uow:
        assert load_book(uow) == FULL_BOOK
        assert list(check_book(uow)) == []
        last = list(links(uow))[-1]
        assert (last.action, last.row_key) == ("schema", "0003")
    store.close()


FAILURES = [
    (LOSE_PEOPLE, EnvironmentProblem, "refers to nothing"),
    (FAIL_LATE, OperationalError, "no_such_column"),
]


@pytest.mark.parametrize(
    ("body", "error", "words"), FAILURES, ids=["a reference breaks", "a statement fails"]
)
def test_a_migration_that_fails_leaves_the_book_as_it_was(
    full_path: Path, newer: Path, body: str, error: type[Exception], words: str
) -> None:
    write_revision(newer, body)
    with pytest.raises(error, match=words):
        migrate(look_at(full_path), CLOCK.utc_now(), (*VERSIONS, newer))
    assert look_at(full_path).revision == "0002"
    connection = dbapi2.connect(str(full_path))
    assert connection.execute("SELECT count(*) FROM people").fetchone() == (2,)
    assert "colour" not in [row[1] for row in connection.execute("PRAGMA table_info(accounts)")]
    connection.close()


def test_an_older_book_that_cannot_be_written_is_not_migrated(full_path: Path, newer: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="older schema 0002"):
        _migrated(BookFile(full_path, "0002", "ro"), CLOCK)
    assert [path.name for path in full_path.parent.iterdir() if path != newer] == ["my.book"]
