"""The two basic loops: a child dies at every statement, or at every system call of a kind; then checked.

After each death the book is opened and checked, what the job makes must be there whole or not at all, and the
job started again must end as if nothing had happened.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from sqlcipher3 import dbapi2

from tests.faults.figures import SAMPLE
from tests.faults.invariants import broken, pdf_hashes
from tests.faults.jobs import CLOCK, PREPARED, TODAY, opened
from tests.faults.nursery import BROKEN, Ended, Nursery

_DATABASE = b"SQLite format 3\x00"
_SIDES = ("-wal", "-shm", "-journal")
# Each row also fires a trigger of the search index, which SQLite counts.
_TOO_MANY = 2500
# Jobs that make one thing: afterwards everything is as before or as at the end. The others make several.
_IN_STEPS = {
    "bill",
    "bill_by_drafts",
    "bill_and_print",
    "print_invoices",
    "import_archive",
    "attach",
    "send_letters",
}
# A book of the next schema is read with plain SQL only: this program refuses it.
_OF_A_LATER_SCHEMA = {"migrate_to_next"}

State = dict[str, str]


def content(path: Path) -> str:
    """A digest of a file's bytes; of a database, of every row of every table."""
    if path.read_bytes()[:16] != _DATABASE:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    digest = hashlib.sha256()
    with closing(dbapi2.connect(str(path), isolation_level=None)) as connection:
        tables = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        for name, sql in tables:
            # Alembic rebuilds a table with its constraints in any order.
            lines = sorted(line.strip(" ,") for line in (sql or "").splitlines())
            digest.update(repr((name, lines)).encode())
            # How the search index lies in its pages depends on how often work was taken up again; that it
            # knows what it should is an invariant.
            if sql and sql.startswith("CREATE TABLE") and not name.startswith("search_"):
                rows = sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"')))
                digest.update(repr(rows).encode())
    return digest.hexdigest()


def state(folder: Path) -> State:
    """What a user sees: every file by its place, left-overs and sets put aside excepted."""
    return {
        str(path.relative_to(folder)): content(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not is_left_over(path) and not path.name.endswith(_SIDES) and not is_kept(path)
    }


def is_left_over(path: Path) -> bool:
    """Whether a file has the name of one that was never finished."""
    name = path.name
    for suffix in _SIDES:
        name = name.removesuffix(suffix)
    return path.name.startswith(".") and name.endswith((".new", ".tmp"))


def is_kept(path: Path) -> bool:
    """Whether a file is a book that a restore or a migration put aside, or a revision of the job."""
    return ".before-" in path.name or path.name.startswith("0002_")


@dataclass
class Tally:
    """What a loop found; `wrong` is a sentence for each point that broke something."""

    points: int = 0
    left_over: int = 0
    refused: int = 0
    wrong: list[str] = field(default_factory=list)


class Loop:
    """One job on copies of one prepared folder. `plain` is a nursery that breaks nothing."""

    def __init__(self, job: str, place: Path, plain: Nursery) -> None:
        self.job = job
        self._plain = plain
        self.work = place / "work"
        self.template = place / "template"
        PREPARED[job](self.template)
        if job == "attach":
            (self.template / "in" / "agreement.bin").write_bytes(bytes(range(256)) * 1200)
        self._before = state(self.template)
        ended = self._plain.run(job, self.fresh())
        assert ended.code == 0, ended.said
        self._after = state(self.work)
        assert not self._can_be_read() or broken(self.work / "my.book", TODAY) == []
        self._pdfs: dict[str, str] = {}
        if job.startswith("bill"):
            with opened(self.work) as store:
                self._pdfs = pdf_hashes(store)

    @property
    def is_of_a_later_schema(self) -> bool:
        """Whether the job makes books that this program refuses to open."""
        return self.job in _OF_A_LATER_SCHEMA

    def fresh(self) -> Path:
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.copytree(self.template, self.work)
        return self.work

    def statements(self, depth: str, tally: Tally) -> Tally:
        """Die at every statement."""
        for k in _points(depth):
            ended = self._plain.run(self.job, self.fresh(), statement=k)
            if not self._judged(k, ended, tally):
                return tally
        return self._endless(tally)

    def calls(self, breaking: Nursery, depth: str, tally: Tally) -> Tally:
        """Break every call of the kind `breaking` was made for."""
        for k in _points(depth):
            ended = breaking.run(self.job, self.fresh(), call=k)
            if not self._judged(k, ended, tally):
                return tally
        return self._endless(tally)

    def _endless(self, tally: Tally) -> Tally:
        tally.wrong.append(f"{self.job} had not ended after {_TOO_MANY} points")
        return tally

    def _judged(self, k: int, ended: Ended, tally: Tally) -> bool:
        """Check, run again, compare; False once the job was not hit any more."""
        if not ended.was_hit:
            return False
        tally.points += 1
        tally.refused += ended.code != 0
        # Rendering every PDF at every point would take most of the time.
        pdfs = self._pdfs if k % 10 == 1 else {}
        complaints = [*self._while_broken(ended, pdfs), *self._after_again()]
        tally.wrong += [f"{self.job} at {k}: {sentence}" for sentence in complaints]
        return True

    def _while_broken(self, ended: Ended, pdfs: dict[str, str]) -> Iterator[str]:
        if ended.code == BROKEN:
            yield f"ended with a bug: {ended.said}"
        yield from self._as_found(ended.code == 0 and not ended.signal, pdfs)

    def complaints(self, *, said_done: bool, again: bool) -> list[str]:
        """What is wrong with the folder as it lies there, and with what the job run `again` makes of it."""
        found = list(self._as_found(said_done, {}))
        return [*found, *self._after_again()] if again else found

    def _as_found(self, said_done: bool, pdfs: dict[str, str]) -> Iterator[str]:
        if self._can_be_read():
            yield from broken(self.work / "my.book", TODAY, pdfs)
        found = state(self.work)
        if said_done and found != self._after:
            yield "said that it was done, but it was not"
        for name, digest in found.items():
            known = {self._before.get(name), self._after.get(name)}
            in_steps = name == "my.book" and self.job in _IN_STEPS
            if digest not in known and not in_steps:
                yield f"{name} is neither as before nor as at the end"
        yield from (f"{name} is gone" for name in self._before.keys() - found.keys())

    def _can_be_read(self) -> bool:
        return (self.work / "my.book").exists() and not self.is_of_a_later_schema

    def _after_again(self) -> Iterator[str]:
        again = self._plain.run(self.job, self.work)
        if again.code != 0:
            yield f"does not run again: {again.said}"
        # Equal to the end that was never disturbed, which was checked once: every invariant holds.
        if state(self.work) != self._after:
            yield "run again, it ends otherwise"


def _points(depth: str) -> Iterator[int]:
    """Every point; of a sample, points that lie further and further apart."""
    k = 1
    while k < _TOO_MANY:
        yield k
        k += max(20, k) if depth == SAMPLE else 1


assert CLOCK.day == TODAY
