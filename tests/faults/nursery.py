"""Children that may die: a process with everything imported forks one for each job.

The nursery can be started under strace, which then breaks the n-th system call of a kind. strace counts for
each process by itself and always breaks the same count, so a child makes harmless calls of that kind first:
`CALLS - k` of them, and the k-th call of its job is the one that breaks.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn, Self

CALLS = 1000
PATIENCE_SECONDS = 60.0
REFUSED, BROKEN = 3, 70


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: the `signal` that killed it (0: none), its exit code, what it said, was it hit."""

    signal: int
    code: int
    said: str
    was_hit: bool = False


class Nursery:
    """The parent's side; `inject` is what strace is told to break, for example "pwrite64:error=ENOSPC"."""

    def __init__(self, logs: Path, inject: str = "", variables: dict[str, str] | None = None) -> None:
        self._logs = logs
        self._call, _, what = inject.partition(":")
        self._is_error = what.startswith("error")
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "tests.faults.nursery", str(theirs.fileno())]
        if inject:
            strace = ["strace", "-ff", "-qq", "-o", str(logs / "log"), "-e", f"trace={self._call}"]
            # Stopping only at the calls that matter is ten times as fast, but delivers no signals.
            fast = ["--seccomp-bpf"] if self._is_error else []
            command = [*strace, *fast, "-e", f"inject={self._call}:{what}:when={CALLS}", *command]
        self._process = subprocess.Popen(
            command, pass_fds=[theirs.fileno()], env={**os.environ, **(variables or {})}
        )
        theirs.close()
        ours.settimeout(PATIENCE_SECONDS)
        self._answers = ours.makefile("r", encoding="utf-8")
        self._socket = ours

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._answers.close()
        self._socket.close()
        self._process.wait(PATIENCE_SECONDS)

    def run(self, job: str, folder: Path, *, statement: int = 0, call: int = 0, **more: int) -> Ended:
        """Run a job in a child; kill it at a statement, or break the call this nursery was made for.

        `more`: `user` to be, `memory` (bytes of address space beyond those in use), `umask`.
        """
        asked = {"job": job, "folder": str(folder), "statement": statement, "call": call, "kind": self._call}
        asked.update(more)
        self._socket.sendall(json.dumps(asked).encode() + b"\n")
        answer = self._answers.readline()
        assert answer, f"the nursery died during {job}"
        ended = json.loads(answer)
        status: int = ended["status"]
        killed = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else 0
        return Ended(killed, code, ended["said"], bool(killed) or self._was_hit(ended["pid"]))

    def _was_hit(self, pid: int) -> bool:
        log = self._logs / f"log.{pid}"
        return log.exists() and "(INJECTED)" in log.read_text(encoding="utf-8", errors="replace")


def serve(socket_number: int) -> None:
    """The nursery's side: fork, wait, answer, until the parent hangs up."""
    from tests.faults import jobs

    jobs.warm_up()
    if os.fork():
        # Warming up has used up some of the calls that strace counts; a child begins at none.
        os.wait()
        return
    line = socket.socket(fileno=socket_number)
    requests = line.makefile("r", encoding="utf-8")
    for request in requests:
        asked = json.loads(request)
        ours, childs = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            ours.close()
            _be_a_child(asked, jobs.JOBS[asked["job"]], childs)
        childs.close()
        said = _all_of(ours)
        _, status = os.waitpid(pid, 0)
        answer = {"pid": pid, "status": status, "said": said.decode("utf-8", "replace")}
        line.sendall(json.dumps(answer).encode() + b"\n")


def _all_of(line: socket.socket) -> bytes:
    """What comes until the other side hangs up."""
    with line, line.makefile("rb") as answers:
        return answers.read()


def _be_a_child(asked: dict[str, Any], job: Callable[[Path], None], line: socket.socket) -> NoReturn:
    """Do the job; whatever happens, this process ends here."""
    from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation

    code = BROKEN
    try:
        if asked["statement"]:
            kill_at_statement(asked["statement"])
        _confine(asked)
        if asked["call"]:
            make_harmless_calls(asked["kind"], CALLS - asked["call"])
        job(Path(asked["folder"]))
        code = 0
    except (EnvironmentProblem, RuleViolation) as told:
        code = REFUSED
        line.sendall(str(told).encode("utf-8", "replace"))
    except BaseException as bug:  # noqa: BLE001 - the parent is told, and decides
        line.sendall(f"{type(bug).__name__}: {bug}".encode("utf-8", "replace"))
    finally:
        line.close()
        os._exit(code)


def _confine(asked: dict[str, Any]) -> None:
    """Become somebody else, or have less: what `Nursery.run` was asked for."""
    import resource

    if "umask" in asked:
        os.umask(asked["umask"])
    if "memory" in asked:
        used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + asked["memory"],) * 2)
    if "user" in asked:
        os.setgroups([])
        os.setgid(asked["user"])
        os.setuid(asked["user"])


def kill_at_statement(number: int) -> None:
    """Let SQLite count every statement of every connection of this process, and die at that one."""
    from sqlcipher3 import dbapi2

    connect, seen = dbapi2.connect, [0]

    def count(_statement: str) -> None:
        seen[0] += 1
        if seen[0] == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(*arguments: Any, **more: Any) -> Any:
        connection = connect(*arguments, **more)
        connection.set_trace_callback(count)
        return connection

    dbapi2.connect = counted


def make_harmless_calls(kind: str, count: int) -> None:
    """Use up strace's count with calls of that kind that change nothing."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    calls: dict[str, Callable[[], object]] = {
        "pwrite64": lambda: os.pwrite(nowhere, b"", 0),
        "write": lambda: os.write(nowhere, b""),
        "fdatasync": lambda: os.fdatasync(nowhere),
        "fsync": lambda: os.fsync(nowhere),
        "rename": lambda: Path("/nowhere/a").rename("/nowhere/b"),
        "unlink": lambda: Path("/nowhere/a").unlink(),
        "link": lambda: os.link("/nowhere/a", "/nowhere/b"),
        "openat": lambda: os.open("/nowhere/a", os.O_RDONLY),
        "ftruncate": lambda: os.ftruncate(nowhere, 0),
    }
    already = 1 if kind == "openat" else 0
    for _ in range(count - already):
        try:
            calls[kind]()
        except OSError:
            # Refused by the system, and counted all the same.
            continue


if __name__ == "__main__":
    serve(int(sys.argv[1]))
