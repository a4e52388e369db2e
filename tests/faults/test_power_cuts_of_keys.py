"""The power goes while a book is encrypted, given a new key, written in clear, or billed while encrypted.

After every cut the book has the key of before or the new one, opens with it, holds every row it said it had,
and reads its attached file; what was said to be done is done. A book that was billed is then written in
clear, and judged like any.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from retainerdesk.domain.book_key import BookKey
from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.system.kept_files import KeptFiles
from retainerdesk.system.paths import documents_folder
from tests.faults.figures import ALL, SAMPLE, Figures
from tests.faults.invariants import broken
from tests.faults.jobs import FIRST_KEY, PREPARED, TODAY, opened
from tests.faults.keyed import KEYS, WORDS, content_with, has_key
from tests.faults.nursery import Nursery
from tests.faults.power import Disk, Luck, by_chance, everything, nothing_more
from tests.faults.power_loop import bytes_of, missing
from tests.faults.system_calls import record

BILL = "bill_encrypted"
_RUN_AGAIN_EVERY = 8


@dataclass
class KeyedCuts:
    """One job on an encrypted book, recorded once and cut at each step; `wrong` are sentences."""

    job: str
    place: Path
    plain: Nursery
    flushes: bool = True
    tried: int = 0
    promised: int = 0
    opened_with: dict[str, int] = field(default_factory=lambda: {"old": 0, "new": 0, "": 0})
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._work, self._template = self.place / "work", self.place / "template"
        PREPARED[self.job](self._template)
        shutil.copytree(self._template, self._work)
        self._before, self._after = KEYS.get(self.job, (FIRST_KEY, FIRST_KEY))
        self._content = content_with(self._template / "my.book", self._before)
        self._steps = record(self.job, self._work, self.place / "log")
        self._judged: dict[str, str] = {}
        left, disk = bytes_of(self._work), Disk(self._template, flushes=self.flushes)
        for step in self._steps:
            disk.do(step)
        disk.put(self._work, everything)
        assert bytes_of(self._work) == left, "the log was misread"

    def run(self, depth: str) -> None:
        """Cut before each step and after the last; of a sample, only around each promise."""
        disk = Disk(self._template, flushes=self.flushes)
        for number, step in enumerate([*self._steps, None]):
            promised = bool(number) and self._steps[number - 1].what == "said"
            if depth == ALL or promised:
                self._cut(disk, number, nothing_more)
                self._cut(disk, number, by_chance(number))
            if step is not None:
                disk.do(step)

    def _cut(self, disk: Disk, number: int, kept: Luck) -> None:
        disk.put(self._work, kept)
        self.tried += 1
        is_done = any("done" in said for said in disk.said)
        self.promised += sum(1 for said in disk.said if said.get("invoices") or "done" in said)
        found = repr((is_done, len(disk.said), bytes_of(self._work)))
        # Much that is cut leaves the same bytes: it was judged, and counts with the key it was opened with.
        if found not in self._judged:
            key = self._key_found()
            sentences = list(self._complaints(disk, key, is_done=is_done))
            self.wrong += [f"{self.job} cut at step {number}: {sentence}" for sentence in sentences]
            self._judged[found] = key
        self.opened_with[self._judged[found]] += 1

    def _key_found(self) -> str:
        """Which key the file says it needs; empty if neither, or there is no file."""
        try:
            if has_key(self._work / "my.book", self._after):
                return "new"
            return "old" if has_key(self._work / "my.book", self._before) else ""
        except EnvironmentProblem:
            return ""

    def _complaints(self, disk: Disk, key: str, *, is_done: bool) -> Iterator[str]:
        if not key:
            yield "has neither the old nor the new key"
            return
        if is_done and key == "old":
            yield "said that it was done, but it was not"
        try:
            if self.job == BILL:
                yield from self._of_a_run(disk)
            else:
                yield from self._differences(self._after if key == "new" else self._before)
        except EnvironmentProblem as problem:
            yield f"cannot be read: {problem}"
            return
        if len(self._judged) % _RUN_AGAIN_EVERY == 0:
            again = self.plain.run(self.job, self._work)
            if again.code != 0:
                yield f"does not run again: {again.said}"

    def _differences(self, key: BookKey | None) -> Iterator[str]:
        path = self._work / "my.book"
        if content_with(path, key) != self._content:
            yield "has other rows"
        attached = (self._template / "in" / "agreement.bin").read_bytes()
        files = KeptFiles(documents_folder(path), key)
        if files.content(hashlib.sha256(attached).hexdigest()) != attached:
            yield "has lost its attached file"

    def _of_a_run(self, disk: Disk) -> Iterator[str]:
        """In clear it is a book like any other, and judged by the same rules."""
        clear = self.place / "clear"
        shutil.rmtree(clear, ignore_errors=True)
        shutil.copytree(self._work, clear)
        with opened(clear, key=FIRST_KEY) as store:
            store.change_key(None)
        yield from missing(clear, disk.said)
        yield from broken(clear / "my.book", TODAY)


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace notes the calls")
@pytest.mark.parametrize(
    ("job", "depth"),
    [
        ("rekey", SAMPLE),
        *(
            pytest.param(job, ALL, marks=[pytest.mark.faults, pytest.mark.timeout(1800)])
            for job in (BILL, *KEYS)
        ),
    ],
)
def test_a_power_cut_leaves_an_encrypted_book_that_opens(
    job: str, depth: str, tmp_path: Path, nursery: Nursery, figures: Figures
) -> None:
    cuts = KeyedCuts(job, tmp_path, nursery)
    cuts.run(depth)
    assert cuts.wrong == []
    assert cuts.promised
    if depth == ALL:
        figures.add(
            "F25", f"power cut at each step of {WORDS.get(job, 'an invoice run of an encrypted book')}",
            cuts=cuts.tried, acknowledged_but_lost=0, opened_with_the_old_key=cuts.opened_with["old"],
            opened_with_the_new_key=cuts.opened_with["new"],
        )  # fmt: skip


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace notes the calls")
@pytest.mark.faults
@pytest.mark.timeout(900)
def test_a_disk_that_lies_about_flushing_is_caught_by_the_cuts_of_a_new_key(
    tmp_path: Path, nursery: Nursery
) -> None:
    """The control: the new file takes the name before its content is on the disk."""
    cuts = KeyedCuts("rekey", tmp_path, nursery, flushes=False)
    cuts.run(SAMPLE)
    assert cuts.wrong, "the harness does not see what it is there to see"
