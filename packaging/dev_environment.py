"""Makes .venv from requirements.lock, once: the first time, and when the lock or the Python changes.

A stamp in .venv says what it was made from. It is taken away before anything is changed and written last,
so an interrupted set-up starts again from nothing. Several processes may start at once after a fresh clone:
the first one sets up, the others wait for it.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from dev_terminal import say, step

STAMP = Path(".venv/retainerdesk.stamp")
LOCK = Path("requirements.lock")
GUARD = Path(".venv.lock")


def ensure(root: Path) -> None:
    """Set up what is missing in the project folder `root`; silent and quick when nothing is."""
    if is_ready(root):
        return
    with one_at_a_time(root):
        # Another process may have done it all while this one waited.
        if not is_ready(root):
            set_up(root)


def is_ready(root: Path) -> bool:
    """Whether the environment was made from this lock by this Python, and every form is compiled."""
    if not has_current_packages(root):
        return False
    from compile_forms import forms_are_stale

    return not forms_are_stale(root)


def has_current_packages(root: Path) -> bool:
    """Whether .venv was completely made from the present lock by this version of Python."""
    return read_stamp(root) == stamp_text(root) and Path(python_of(root)).exists()


def set_up(root: Path) -> None:
    """Bring environment, packages and forms up to date; leave the program with a sentence if that fails."""
    if not has_current_packages(root):
        install_packages(root)
    step(
        [python_of(root), str(root / "packaging" / "compile_forms.py")],
        "The forms in ui/ could not be compiled.",
    )


def install_packages(root: Path) -> None:
    """Fill .venv with exactly what the lock names, and let it find the package in the source tree."""
    import dev_libraries

    refuse_link(root)
    grown = can_grow(root)
    (root / STAMP).unlink(missing_ok=True)
    dev_libraries.provide()
    if not grown:
        say("Setting up .venv, once; this takes up to a minute …")
        dev_libraries.require_ensurepip()
        step([sys.executable, "-m", "venv", "--clear", str(root / ".venv")], "Python could not make .venv.")
    pip = [python_of(root), "-m", "pip", "--disable-pip-version-check", "-qq", "install"]
    # Python compiles what it imports when it first does; to compile everything takes a third of the time.
    step(
        [*pip, "--no-compile", "--require-hashes", "-r", str(root / LOCK)],
        "The packages could not be installed.",
    )
    link_sources(root)
    (root / STAMP).write_text(stamp_text(root), encoding="utf-8")


def refuse_link(root: Path) -> None:
    """Leave with a sentence if .venv is a link: what it leads to is not ours and would be emptied."""
    place = root / ".venv"
    if place.is_symlink():
        sys.exit(
            f"{place} is a link, and setting it up would empty what it leads to. Remove the link, so that"
            " this checkout gets an environment of its own."
        )


def can_grow(root: Path) -> bool:
    """Whether .venv is whole and only the lock has changed, so that pip can bring it up to date."""
    stamp = read_stamp(root)
    return stamp.splitlines()[1:] == stamp_text(root).splitlines()[1:] and Path(python_of(root)).exists()


def read_stamp(root: Path) -> str:
    """What .venv was made from, or nothing when it was never finished."""
    try:
        return (root / STAMP).read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""


def stamp_text(root: Path) -> str:
    """What a .venv made now would be made from: the lock, the version of Python, the place."""
    digest = hashlib.sha256((root / LOCK).read_bytes()).hexdigest()
    return f"lock {digest}\npython {sys.version_info.major}.{sys.version_info.minor}\nplace {root}\n"


def link_sources(root: Path) -> None:
    """Put the project folder among the places the environment imports from.

    A line in a .pth file, not an installation: building the package would need the network.
    """
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    done = subprocess.run([python_of(root), "-c", code], stdout=subprocess.PIPE, text=True, check=True)
    (Path(done.stdout.strip()) / "retainerdesk-sources.pth").write_text(f"{root}\n", encoding="utf-8")


def python_of(root: Path) -> str:
    """Path of the environment's Python."""
    name = "Scripts/python.exe" if os.name == "nt" else "bin/python"
    return str(root / ".venv" / name)


@contextmanager
def one_at_a_time(root: Path) -> Iterator[None]:
    """Hold the project's set-up for this process; others wait. The system lets go if the process dies."""
    with (root / GUARD).open("a", encoding="utf-8") as guard:
        hold(guard)
        yield


def hold(guard: IO[str]) -> None:
    """Wait for the lock on an open file, which is kept until the file is closed."""
    if sys.platform == "win32":
        import msvcrt

        while True:
            try:
                msvcrt.locking(guard.fileno(), msvcrt.LK_LOCK, 1)
            except OSError:
                continue  # LK_LOCK gives up after ten seconds; a set-up takes longer
            return
    import fcntl

    fcntl.flock(guard, fcntl.LOCK_EX)
    # What this process starts holds the lock too: a pip whose parent was killed still writes to .venv.
    os.set_inheritable(guard.fileno(), True)
