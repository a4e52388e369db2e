"""The few shared libraries of the system that Qt and SQLite's wheel expect, on a bare Debian or Ubuntu."""

import ctypes
import importlib
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec

from dev_terminal import say

# Library file -> the Debian package that has it. The second half is what a window on X11 needs.
LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def provide() -> None:
    """Install the missing libraries where that is possible, else print the line that does.

    Never fails: the command line and most tests work without them, and the window names what it misses.
    """
    if sys.platform != "linux":
        return
    if packages := [package for library, package in LIBRARIES.items() if not is_there(library)]:
        install(packages, "The window needs libraries that this system does not have")


def require_ensurepip() -> None:
    """Leave with a sentence if this Python cannot make environments, as Debian's cannot without a package."""
    if find_spec("ensurepip") is not None:
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    install([package], "This Python has no ensurepip, so it cannot make .venv")
    importlib.invalidate_caches()
    if find_spec("ensurepip") is None:
        sys.exit(f"This Python has no ensurepip, so it cannot make .venv: install {package} and start again.")


def install(packages: list[str], reason: str) -> None:
    """Install Debian packages as root; as anybody else, or where apt is missing, say what is needed."""
    if not can_install():
        say(f"{reason}. On Debian or Ubuntu: sudo apt-get install {' '.join(packages)}")
        return
    say(f"{reason}: installing {' '.join(packages)} …")
    variables = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(["apt-get", *command], stdout=sys.stderr, env=variables, check=False)  # noqa: S607
        if done.returncode != 0:
            say(f"apt-get {command[0]} did not succeed; the lines above say why.")


def can_install() -> bool:
    """Whether this process may call apt-get."""
    return os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def is_there(library: str) -> bool:
    """Whether the system can load the shared library of this name."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
