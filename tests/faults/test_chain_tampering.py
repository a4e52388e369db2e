"""The audit chain shows a change, a deletion, an insertion, a swap; a cut tail shows on the last invoice."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from retainerdesk.services.upkeep import check_book
from tests.faults import jobs
from tests.faults.figures import Figures
from tests.faults.invariants import broken

COPY = (
    "INSERT INTO audit SELECT 4, at_utc, zone, action, table_name, row_key, row, prev_hash, hash"
    " FROM audit WHERE seq = 3"
)
TAMPERINGS: dict[str, tuple[str, ...]] = {
    "changed": ("UPDATE audit SET row = replace(row, 'a', 'b') WHERE seq = 5",),
    "deleted": ("DELETE FROM audit WHERE seq = 6",),
    "inserted": (
        "UPDATE audit SET seq = seq + 1000 WHERE seq > 3",
        "UPDATE audit SET seq = seq - 999 WHERE seq > 1000",
        COPY,
    ),
    "moved": (
        "UPDATE audit SET seq = 9999 WHERE seq = 5",
        "UPDATE audit SET seq = seq - 1 WHERE seq BETWEEN 6 AND 20",
        "UPDATE audit SET seq = 20 WHERE seq = 9999",
    ),
    "swapped": (
        "UPDATE audit SET seq = 0 WHERE seq = 5",
        "UPDATE audit SET seq = 5 WHERE seq = 6",
        "UPDATE audit SET seq = 6 WHERE seq = 0",
    ),
    "tail cut": ("DELETE FROM audit WHERE seq > (SELECT max(seq) - 2 FROM audit)",),
}


def without_guards(connection: Any) -> None:
    """What somebody with a database browser and some skill does first."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in names:
        connection.execute(f"DROP TRIGGER {name}")


@pytest.mark.parametrize("how", TAMPERINGS)
def test_a_tampered_chain_is_found(how: str, folder: Path, figures: Figures) -> None:
    """A cut tail alone keeps the chain whole; the rows whose last link is gone show it."""
    jobs.make_billed(folder)
    with closing(dbapi2.connect(str(folder / "my.book"), isolation_level=None)) as connection:
        without_guards(connection)
        for statement in TAMPERINGS[how]:
            assert connection.execute(statement).rowcount != 0
    with jobs.opened(folder) as store:
        findings = check_book(store, jobs.TODAY)
    assert findings
    assert broken(folder / "my.book", jobs.TODAY)
    figures.add("F119", f"the audit chain with a link {how}", found="1/1")
