"""One job, recorded once; then the power goes after each of its steps, and what is found is checked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from tests.faults.figures import ALL
from tests.faults.loops import Loop, is_left_over
from tests.faults.nursery import Nursery
from tests.faults.power import Disk, Luck, by_chance, everything, nothing_more
from tests.faults.system_calls import Step, record

# Of a long job not every step meets a disk that keeps what it likes, and not every book is worked on again.
MOST_BY_CHANCE = 120
RUN_AGAIN_EVERY = 8


@dataclass
class Cuts:
    """What a loop found: `lost` and `malformed` are sentences, one a cut that lost or broke something."""

    tried: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    malformed: list[str] = field(default_factory=list)


class PowerLoop:
    """The cuts of one job. `flushes` False is the control: a disk that only says that it flushed."""

    def __init__(self, job: str, place: Path, plain: Nursery, *, flushes: bool = True) -> None:
        self._flushes = flushes
        self._loop = Loop(job, place, plain)
        self.job = job
        self._judged: set[str] = set()
        work = self._loop.fresh()
        self.steps: list[Step] = record(job, work, place / "log")
        self._check_recording()
        # What a new book keeps is promised once it has its name; one of the next schema has other tables.
        was_there = (self._loop.template / "my.book").exists()
        self._is_a_book_from_the_start = was_there and not self._loop.is_of_a_later_schema

    def _check_recording(self) -> None:
        """A disk that kept everything holds what the job left: the log was read rightly."""
        left = bytes_of(self._loop.work)
        disk = self._disk()
        for step in self.steps:
            disk.do(step)
        disk.put(self._loop.work, everything)
        assert bytes_of(self._loop.work) == left, "the log was misread"

    def _disk(self) -> Disk:
        return Disk(self._loop.template, flushes=self._flushes)

    def run(self, cuts: Cuts, depth: str) -> Cuts:
        """Cut before each step and after the last; of a sample, only around each promise."""
        disk = self._disk()
        seldom = 1 + len(self.steps) // MOST_BY_CHANCE
        for number, step in enumerate([*self.steps, None]):
            promised = bool(number) and self.steps[number - 1].what == "said"
            if depth == ALL or promised:
                self._cut(disk, number, nothing_more, cuts)
            if promised or (depth == ALL and number % seldom == 0):
                self._cut(disk, number, by_chance(number), cuts)
            if step is not None:
                disk.do(step)
        return cuts

    def _cut(self, disk: Disk, number: int, kept: Luck, cuts: Cuts) -> None:
        disk.put(self._loop.work, kept)
        cuts.tried += 1
        cuts.acknowledged += sum(1 for said in disk.said if said.get("invoices") or "done" in said)
        luck = "all lost" if kept is nothing_more else "some kept"
        name = f"{self.job} cut at step {number} of {len(self.steps)}, {luck}"
        is_done = any("done" in said for said in disk.said)
        # Much that is cut leaves the same bytes, unfinished files under temporary names aside: it was judged.
        found = repr((is_done, len(disk.said), bytes_of(self._loop.work)))
        if found in self._judged:
            return
        self._judged.add(found)
        try:
            if self._is_a_book_from_the_start:
                cuts.lost += [f"{name}: {sentence}" for sentence in missing(self._loop.work, disk.said)]
            again = len(self._judged) % RUN_AGAIN_EVERY == 0
            wrong = self._loop.complaints(said_done=is_done, again=again)
        except dbapi2.DatabaseError as error:
            wrong = [str(error)]
        cuts.malformed += [f"{name}: {sentence}" for sentence in wrong]


def missing(folder: Path, said: list[dict[str, Any]]) -> Iterator[str]:
    """What was acknowledged after a commit and is not in the book."""
    promises = [each for each in said if "link" in each]
    book = folder / "my.book"
    if not promises or not book.exists():
        yield from ("the book is gone" for _ in promises[:1])
        return
    with closing(dbapi2.connect(str(book), isolation_level=None)) as connection:
        there = {number for (number,) in connection.execute("SELECT number FROM invoices")}
        links = dict(connection.execute("SELECT seq, lower(hex(hash)) FROM audit").fetchall())
    issued = promises[-1]["invoices"]
    yield from (f"{number} was issued and is gone" for number in issued if number not in there)
    for promise in promises:
        if promise["link"] and links.get(promise["link"][0]) != promise["link"][1]:
            yield f"link {promise['link'][0]} of the chain was kept and is gone"


def bytes_of(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not is_left_over(path)
    }
