"""What the development commands say and start. All of it on standard error: the program owns the output."""

import subprocess
import sys


def say(text: str) -> None:
    """Tell the person at the terminal."""
    print(text, file=sys.stderr, flush=True)


def step(command: list[str], failure: str) -> None:
    """Run one command, showing what it says; leave with `failure` if it does not succeed.

    The command inherits the open files that are marked for it, such as the lock on the set-up.
    """
    if subprocess.run(command, stdout=sys.stderr, close_fds=False, check=False).returncode != 0:
        sys.exit(f"{failure} The lines above say why.")
