"""F25: encrypting, a new key and decrypting, killed at every statement and at every system call that matters.

After each death the book opens with the key of before or with the new one, holds every row, passes every
check, and reads its attached file; the same change started again completes and leaves what it always leaves:
the file in the one form of the new key, and nothing of it in clear beside an encrypted book.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from retainerdesk.domain.book_key import BookKey
from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.store.files import SIDE_FILES
from retainerdesk.system.kept_files import KeptFiles, forms_in
from retainerdesk.system.paths import documents_folder
from tests.faults.figures import ALL, SAMPLE, Figures, depths
from tests.faults.jobs import PREPARED
from tests.faults.keyed import KEYS, WORDS, content_with, has_key
from tests.faults.nursery import BROKEN, Ended, Nursery

# Only writing fills a disk.
BREAKS = (
    ("pwrite64", "signal=KILL"), ("fsync", "signal=KILL"), ("rename", "signal=KILL"),
    ("unlink", "signal=KILL"), ("pwrite64", "error=ENOSPC"),
)  # fmt: skip
_TOO_MANY = 1500


class KeyLoop:
    """One change of key on copies of one prepared book."""

    def __init__(self, job: str, place: Path, plain: Nursery) -> None:
        self.job = job
        self._plain = plain
        self._work, self._template = place / "work", place / "template"
        PREPARED[job](self._template)
        self._before, self._after = KEYS[job]
        self._book = content_with(self._template / "my.book", self._before)
        self._attached = (self._template / "in" / "agreement.bin").read_bytes()
        self.wrong: list[str] = []
        self.readable = {"old": 0, "new": 0}

    def run(self, nursery: Nursery, depth: str, *, by_call: bool) -> int:
        """Every point; the number of those that were hit."""
        for points, k in enumerate(_points(depth)):
            shutil.rmtree(self._work, ignore_errors=True)
            shutil.copytree(self._template, self._work)
            at = {"call": k} if by_call else {"statement": k}
            ended = nursery.run(self.job, self._work, **at)
            if not ended.was_hit:
                return points
            self.wrong += [f"{self.job} at {k}: {sentence}" for sentence in self._complaints(ended)]
        raise AssertionError(f"{self.job} had not ended after {_TOO_MANY} points")

    def _complaints(self, ended: Ended) -> Iterator[str]:
        if ended.code == BROKEN:
            yield f"ended with a bug: {ended.said}"
        path = self._work / "my.book"
        is_new = has_key(path, self._after)
        if not is_new and not has_key(path, self._before):
            yield "has neither the old nor the new key"
        if not is_new and ended.code == 0 and not ended.signal:
            yield "said that it was done, but it was not"
        self.readable["new" if is_new else "old"] += 1
        yield from self._differences(path, self._after if is_new else self._before)
        again = self._plain.run(self.job, self._work)
        if again.code != 0:
            yield f"does not run again: {again.said}"
        yield from self._differences(path, self._after)
        yield from self._left_otherwise(path)
        yield from (f"left {suffix}" for suffix in SIDE_FILES if path.with_name(path.name + suffix).exists())

    def _differences(self, path: Path, key: BookKey | None) -> Iterator[str]:
        try:
            if content_with(path, key) != self._book:
                yield "has other rows"
            files = KeptFiles(documents_folder(path), key)
            if files.content(hashlib.sha256(self._attached).hexdigest()) != self._attached:
                yield "has lost its attached file"
        except EnvironmentProblem as problem:
            yield f"cannot be read: {problem}"

    def _left_otherwise(self, path: Path) -> Iterator[str]:
        """What lies beside the book in another form than that of its key, unfinished copies included."""
        folder, sign = documents_folder(path), None if self._after is None else self._after.sign
        if [form.sign for form in forms_in(folder)] != [sign]:
            yield "left its file in another form"
        if sign is not None and any(self._attached[:256] in each.read_bytes() for each in folder.iterdir()):
            yield "left its file in clear"


def _points(depth: str) -> Iterator[int]:
    k = 1
    while k < _TOO_MANY:
        yield k
        k += max(20, k) if depth == SAMPLE else 1


def _publish(figures: Figures, loop: KeyLoop, tried: str, points: int) -> None:
    figures.add(
        "F25", tried, points=points, readable_with_the_old_key=loop.readable["old"],
        readable_with_the_new_key=loop.readable["new"], lost=0,
    )  # fmt: skip


@depths
@pytest.mark.parametrize("job", KEYS)
def test_a_key_change_killed_at_a_statement_leaves_a_whole_book(
    job: str, depth: str, tmp_path: Path, nursery: Nursery, figures: Figures
) -> None:
    loop = KeyLoop(job, tmp_path, nursery)
    points = loop.run(nursery, depth, by_call=False)
    assert loop.wrong == []
    assert sum(loop.readable.values()) == points >= 4
    if depth == ALL:
        _publish(figures, loop, f"kill -9 at each SQL statement of {WORDS[job]}", points)


@pytest.mark.faults
@pytest.mark.timeout(900)
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace breaks the calls")
@pytest.mark.parametrize(("call", "how"), BREAKS)
@pytest.mark.parametrize("job", KEYS)
def test_a_key_change_with_a_broken_system_call_leaves_a_whole_book(
    job: str, call: str, how: str, tmp_path: Path, nursery: Nursery, figures: Figures
) -> None:
    logs = tmp_path / "logs"
    logs.mkdir()
    loop = KeyLoop(job, tmp_path, nursery)
    with Nursery(logs, f"{call}:{how}") as breaking:
        points = loop.run(breaking, ALL, by_call=True)
    assert loop.wrong == []
    assert sum(loop.readable.values()) == points >= 1
    what = "kill -9" if "KILL" in how else "disk full"
    _publish(figures, loop, f"{what} at each {call} of {WORDS[job]}", points)
