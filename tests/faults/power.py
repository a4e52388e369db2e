"""A disk that loses power: what it holds after so many steps, and what it may have lost of them.

What was flushed is there for certain. Of what was not: nothing, or any of its sectors, in any order; of the
names that came and went any, too. Stricter than most file systems: a name that is new needs its folder
flushed.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.system_calls import Step

SECTOR = 512
_SHARED_MEMORY = "-shm"

# Whether a write, or a name, that was not flushed is there after all.
Luck = Callable[[], bool]


def nothing_more() -> bool:
    """The worst disk that keeps its word: what was not flushed is lost."""
    return False


def everything() -> bool:
    """The disk wrote all of it in time, as after a mere kill."""
    return True


def by_chance(seed: int) -> Luck:
    """A disk that wrote what it came across, in an order of its own."""
    chance = random.Random(seed)
    share = chance.choice([0.2, 0.5, 0.8])
    return lambda: chance.random() < share


@dataclass
class _Content:
    """A file by its identity: bytes that are safe, and calls that are not."""

    safe: bytearray = field(default_factory=bytearray)
    waiting: list[Step] = field(default_factory=list)

    def flush(self) -> None:
        for step in self.waiting:
            _apply(self.safe, step, everything)
        self.waiting.clear()

    def after_a_cut(self, kept: Luck) -> bytes:
        found = bytearray(self.safe)
        for step in self.waiting:
            _apply(found, step, kept)
        return bytes(found)


def _apply(content: bytearray, step: Step, kept: Luck) -> None:
    """Do one write or cut, sector by sector as `kept` says."""
    if step.what == "cut":
        if kept():
            missing = step.offset - len(content)
            content[step.offset :] = bytes(max(0, missing))
        return
    for start, end in _sectors(step):
        if kept():
            if len(content) < start:
                content.extend(bytes(start - len(content)))
            content[start:end] = step.data[start - step.offset : end - step.offset]


def _sectors(step: Step) -> Iterable[tuple[int, int]]:
    """The spans [start, end) of a write, cut at the borders of sectors."""
    start, last = step.offset, step.offset + len(step.data)
    while start < last:
        end = min(last, (start // SECTOR + 1) * SECTOR)
        yield start, end
        start = end


class Disk:
    """The folder as a disk holds it, step by step. `flushes` False: the disk lies about every flush."""

    def __init__(self, template: Path, *, flushes: bool = True) -> None:
        places = sorted(str(path.relative_to(template)) for path in template.rglob("*") if path.is_file())
        self._names: dict[str, int] = {place: number for number, place in enumerate(places, 1)}
        self._contents = {
            number: _Content(bytearray((template / place).read_bytes()))
            for place, number in self._names.items()
        }
        self._folders = {str(path.relative_to(template)) for path in template.rglob("*") if path.is_dir()}
        self._waiting: list[Step] = []
        self._flushes = flushes
        self.said: list[dict[str, Any]] = []

    def do(self, step: Step) -> None:
        """Take the next step."""
        if step.what == "said":
            self.said.append(step.said)
        elif step.what in {"write", "cut"}:
            self._contents[step.file].waiting.append(step)
        elif step.what == "sync":
            if self._flushes:
                self._contents[step.file].flush()
        elif step.what == "sync folder":
            self._flush_folder(step.path or ".")
        else:
            if step.what == "make":
                self._contents[step.file] = _Content()
            self._waiting.append(step)

    def _flush_folder(self, folder: str) -> None:
        if self._flushes:
            concerned = [step for step in self._waiting if str(Path(step.path).parent) == folder]
            self._waiting = [step for step in self._waiting if step not in concerned]
            for step in concerned:
                _rename(step, self._names, self._folders)

    def put(self, place: Path, kept: Luck) -> None:
        """Make `place` the folder that is found when the power is back."""
        names, folders = dict(self._names), set(self._folders)
        for step in self._waiting:
            if kept():
                _rename(step, names, folders)
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        for folder in sorted(folders):
            (place / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, number in names.items():
            # The memory that connections share is made anew by the first one.
            if not name.endswith(_SHARED_MEMORY) and (place / name).parent.is_dir():
                (place / name).touch(mode=0o600)
                (place / name).write_bytes(self._contents[number].after_a_cut(kept))


def _rename(step: Step, names: dict[str, int], folders: set[str]) -> None:
    if step.what == "folder":
        folders.add(step.path)
    elif step.what == "unname":
        # Not if the name meanwhile belongs to another file.
        if names.get(step.path) == step.file:
            del names[step.path]
    else:
        names[step.path] = step.file
        if names.get(step.old) == step.file:
            del names[step.old]
