"""What a job did to the files of one folder, in order, read from a log of strace.

A call on such a file that this module does not know is an error: a log that is misread proves nothing.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.power_child import ACKNOWLEDGED

_LONGEST_WRITE = 16 << 20
# "mmap" is only looked at: SQLite maps its -shm file, which no power cut has to keep, and nothing else.
CALLS = (
    "openat,close,lseek,write,pwrite64,ftruncate,fsync,fdatasync,rename,renameat,renameat2,unlink,"
    "unlinkat,link,linkat,mkdir,mkdirat,mmap,pwritev,pwritev2,writev,fallocate,copy_file_range,sendfile"
)
_LINE = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+|0x[0-9a-f]+|\?)(?: .*)?$")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True, slots=True)
class Step:
    """One call: `what` of make, write, cut, sync, name, unname, folder, sync folder, said.

    `file` numbers a file by its identity, not by its name; `path` is relative to the folder; `old` is the
    name that goes in the same moment.
    """

    what: str
    file: int = 0
    path: str = ""
    offset: int = 0
    data: bytes = b""
    old: str = ""
    said: dict[str, Any] = field(default_factory=dict)


@dataclass
class _Handle:
    file: int
    path: str
    position: int = 0
    appends: bool = False
    is_folder: bool = False


class LogReader:
    """Follows handles and names through a log; `files` are those of the folder before the job, by path."""

    def __init__(self, folder: Path, files: list[str]) -> None:
        self._folder = os.fsencode(folder) + b"/"
        self.files = {path: number for number, path in enumerate(sorted(files), 1)}
        self._last = len(files)
        self._handles: dict[int, _Handle] = {}

    def read(self, log: Path) -> list[Step]:
        """Every step, in order."""
        steps: list[Step] = []
        with log.open(encoding="ascii", errors="replace") as lines:
            for line in lines:
                steps += self._step(line.rstrip("\n"))
        return steps

    def _step(self, line: str) -> Iterator[Step]:
        found = _LINE.match(line)
        if found is None:
            if "unfinished" in line or "resumed" in line:
                raise ValueError(f"two threads at once: {line[:200]}")
            return
        call, arguments, answer = found.groups()
        if answer.startswith("-") or answer == "?":
            return
        handler = getattr(self, f"_on_{call}", None)
        if handler is not None:
            yield from handler(arguments, int(answer, 0))
        elif self._names(arguments) or self._handle(arguments):
            raise ValueError(f"a call that is not followed: {line[:200]}")

    def _names(self, arguments: str) -> list[str]:
        """The paths in the folder among the texts of a call."""
        texts = [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(arguments)]
        return [os.fsdecode(text[len(self._folder) :]) for text in texts if text.startswith(self._folder)]

    def _handle(self, arguments: str) -> _Handle | None:
        number = arguments.partition(",")[0]
        return self._handles.get(int(number)) if number.isdigit() else None

    def _on_openat(self, arguments: str, answer: int) -> Iterator[Step]:
        self._handles.pop(answer, None)
        text = _TEXT.search(arguments)
        place = bytes.fromhex(text[1].replace("\\x", "")) if text else b""
        if place + b"/" == self._folder or "O_DIRECTORY" in arguments:
            if (place + b"/").startswith(self._folder):
                path = os.fsdecode(place[len(self._folder) :])
                self._handles[answer] = _Handle(0, path, is_folder=True)
            return
        for path in self._names(arguments):
            if path not in self.files:
                if "O_CREAT" not in arguments:
                    # A folder that is listed.
                    return
                self._last += 1
                self.files[path] = self._last
                yield Step("make", self._last, path)
            number = self.files[path]
            self._handles[answer] = _Handle(number, path, appends="O_APPEND" in arguments)
            if "O_TRUNC" in arguments:
                yield Step("cut", number, offset=0)

    def _on_close(self, arguments: str, _answer: int) -> Iterator[Step]:
        self._handles.pop(int(arguments), None)
        yield from ()

    def _on_lseek(self, arguments: str, answer: int) -> Iterator[Step]:
        if handle := self._handle(arguments):
            handle.position = answer
        yield from ()

    def _on_write(self, arguments: str, answer: int) -> Iterator[Step]:
        handle = self._handle(arguments)
        data = _data(arguments) if handle or "\\x41\\x43\\x4b" in arguments[:40] else b""
        if handle is None:
            if data.startswith(ACKNOWLEDGED):
                yield Step("said", said=json.loads(data.removeprefix(ACKNOWLEDGED)))
            return
        if handle.appends:
            raise ValueError(f"{handle.path} is appended to, which is not followed")
        yield Step("write", handle.file, handle.path, handle.position, data[:answer])
        handle.position += answer

    def _on_pwrite64(self, arguments: str, answer: int) -> Iterator[Step]:
        if handle := self._handle(arguments):
            offset = int(arguments.rpartition(",")[2])
            yield Step("write", handle.file, handle.path, offset, _data(arguments)[:answer])

    def _on_ftruncate(self, arguments: str, _answer: int) -> Iterator[Step]:
        if handle := self._handle(arguments):
            yield Step("cut", handle.file, handle.path, int(arguments.rpartition(",")[2]))

    def _on_fsync(self, arguments: str, _answer: int) -> Iterator[Step]:
        if handle := self._handle(arguments):
            yield Step("sync folder" if handle.is_folder else "sync", handle.file, handle.path)

    _on_fdatasync = _on_fsync

    def _on_rename(self, arguments: str, _answer: int) -> Iterator[Step]:
        names = self._names(arguments)
        if names:
            old, new = names
            number = self.files.pop(old)
            self.files[new] = number
            yield Step("name", number, new, old=old)

    _on_renameat = _on_renameat2 = _on_rename

    def _on_link(self, arguments: str, _answer: int) -> Iterator[Step]:
        names = self._names(arguments)
        if names:
            old, new = names
            self.files[new] = self.files[old]
            yield Step("name", self.files[old], new)

    _on_linkat = _on_link

    def _on_unlink(self, arguments: str, _answer: int) -> Iterator[Step]:
        for path in self._names(arguments):
            yield Step("unname", self.files.pop(path), path)

    def _on_unlinkat(self, arguments: str, answer: int) -> Iterator[Step]:
        return self._on_unlink(arguments, answer)

    def _on_mkdir(self, arguments: str, _answer: int) -> Iterator[Step]:
        yield from (Step("folder", path=path) for path in self._names(arguments))

    _on_mkdirat = _on_mkdir

    def _on_mmap(self, arguments: str, _answer: int) -> Iterator[Step]:
        _, _, protection, flags, handle, _ = arguments.split(", ")
        mapped = self._handles.get(int(handle)) if handle.isdigit() else None
        if mapped and "WRITE" in protection and "SHARED" in flags and not mapped.path.endswith("-shm"):
            raise ValueError(f"{mapped.path} is written through memory, which is not followed")
        yield from ()


def _data(arguments: str) -> bytes:
    text = _TEXT.search(arguments)
    if text is None or arguments[text.end() : text.end() + 3] == "...":
        raise ValueError(f"the log does not hold what was written: {arguments[:80]}")
    return bytes.fromhex(text[1].replace("\\x", ""))


def record(job: str, folder: Path, log: Path) -> list[Step]:
    """Do `job` in `folder` under strace; what it did, in order."""
    before = [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()]
    command = ["strace", "-f", "-qq", "-xx", "--seccomp-bpf", "-s", str(_LONGEST_WRITE)]
    command += ["-e", f"trace={CALLS}", "-e", "signal=none", "-o", str(log)]
    child = [sys.executable, "-m", "tests.faults.power_child", job, str(folder)]
    done = subprocess.run([*command, *child], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return LogReader(folder, before).read(log)
