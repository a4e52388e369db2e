"""One job under strace, which says aloud what it has promised: after each commit, and when it is done.

What it says goes through the same log as what it writes, so the order of both is known.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from retainerdesk.store.unit_of_work import UnitOfWork
from tests.faults import jobs

ACKNOWLEDGED = b"ACKNOWLEDGED "


def say(what: dict[str, object]) -> None:
    """One line by one system call."""
    os.write(sys.stdout.fileno(), ACKNOWLEDGED + json.dumps(what).encode() + b"\n")


def say_what_is_committed() -> None:
    """After each commit, say which link of the audit chain is the last, and which invoices there are."""
    commit = UnitOfWork.commit

    def commit_and_say(self: UnitOfWork) -> None:
        self.audit.flush()
        ask = self.connection.exec_driver_sql
        link = ask("SELECT seq, lower(hex(hash)) FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
        numbers = [number for (number,) in ask("SELECT number FROM invoices ORDER BY number")]
        commit(self)
        say({"link": list(link) if link is not None else None, "invoices": numbers})

    UnitOfWork.commit = commit_and_say  # type: ignore[method-assign]


def main(job: str, folder: Path) -> None:
    """Do the job in `folder`."""
    say_what_is_committed()
    jobs.JOBS[job](folder)
    say({"done": True})


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
