"""The commands of dev.py: what each one starts, after the environment is set up.

The first call makes .venv from requirements.lock and compiles the forms; later calls start at once.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import dev_environment as environment
import dev_lock as lock
from dev_terminal import say

ROOT = Path(__file__).resolve().parent.parent

CHECKS = {
    "lint": ["-m", "ruff", "check", "--quiet", "--output-format", "concise", "."],
    "format": ["-m", "ruff", "format", "--check", "."],
    "types": ["-m", "mypy", "retainerdesk", "packaging", "tests"],
    "contracts": ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
    "dependencies": ["-m", "deptry", "retainerdesk"],
    "security": ["-m", "bandit", "-q", "-c", "pyproject.toml", "-r", "retainerdesk"],
}


def run(arguments: list[str]) -> NoReturn:
    """Start RetainerDesk with `arguments`; its exit code, input and output are passed through."""
    become(["-m", "retainerdesk", *arguments], dict(os.environ))


def test(arguments: list[str]) -> NoReturn:
    """Run the tests without a screen, on two processes; `arguments` go to pytest."""
    os.chdir(ROOT)
    become(["-m", "pytest", "-n", "2", *arguments], without_a_screen())


def check(arguments: list[str]) -> NoReturn:
    """Lint, format, types, contracts, dependencies, security, lock; `arguments` name some of them."""
    names = [*CHECKS, "lock"]
    if unknown := set(arguments) - set(names):
        sys.exit(f"There is no check called {', '.join(sorted(unknown))}; there are {', '.join(names)}.")
    failed = [name for name in names if name in (arguments or names) and not passes(name)]
    say(f"failed: {', '.join(failed)}" if failed else "all checks passed")
    sys.exit(1 if failed else 0)


def passes(name: str) -> bool:
    """Run one check in the project folder, show what it found, and say whether it found nothing."""
    found = lock.problem(ROOT) if name == "lock" else complaint(CHECKS[name])
    say(f"== {name}: {'ok' if found is None else 'failed'}")
    if found is not None:
        say(found)
    return found is None


def complaint(command: list[str]) -> str | None:
    """What a tool printed if it was not content, else None."""
    python = environment.python_of(ROOT)
    done = subprocess.run(
        [python, *command], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return done.stdout.rstrip() if done.returncode != 0 else None


def format_sources(arguments: list[str]) -> NoReturn:
    """Let ruff put the sources in order: imports, layout, and what it can mend safely."""
    os.chdir(ROOT)
    subprocess.run([environment.python_of(ROOT), "-m", "ruff", "check", "--fix", "--quiet", "."], check=False)
    become(["-m", "ruff", "format", *(arguments or ["."])], dict(os.environ))


def bench(arguments: list[str]) -> NoReturn:
    """Measure the speeds the product promises; `arguments` go to tests/bench."""
    if not (ROOT / "tests" / "bench" / "__main__.py").exists():
        sys.exit("There are no benchmarks yet; they belong in tests/bench/__main__.py.")
    os.chdir(ROOT)
    become(["-m", "tests.bench", *arguments], without_a_screen())


def faults(arguments: list[str]) -> NoReturn:
    """Kill, starve and damage the program on purpose; ends with the figures, `arguments` go to pytest."""
    os.chdir(ROOT)
    wanted = ["-m", "faults or not faults", "tests/faults", *arguments]
    become(["-m", "pytest", "-n", "2", *wanted], without_a_screen())


def write_lock(arguments: list[str]) -> NoReturn:
    """Resolve the dependencies anew and write requirements.lock; needs uv, `arguments` go to `uv lock`."""
    sys.exit(lock.write(ROOT, arguments))


def without_a_screen() -> dict[str, str]:
    """The variables of a command that starts the program in hundreds of processes and needs no screen.

    Each of them would compile every module anew where the machine forbids Python to keep what it compiled;
    it may be kept in the environment.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    compiled = str(Path(environment.python_of(ROOT)).parent.parent / "compiled")
    return {**kept, "PYTHONPYCACHEPREFIX": compiled, "QT_QPA_PLATFORM": "offscreen"}


def become(arguments: list[str], variables: dict[str, str]) -> NoReturn:
    """Turn this process into the environment's Python, so that signals and exit codes need no handing on."""
    command = [environment.python_of(ROOT), *arguments]
    if os.name == "posix":
        os.execve(command[0], command, variables)  # noqa: S606
    sys.exit(subprocess.call(command, env=variables))


COMMANDS = {
    "run": run,
    "test": test,
    "check": check,
    "format": format_sources,
    "bench": bench,
    "faults": faults,
    "lock": write_lock,
}


def main() -> NoReturn:
    """Read the command, set up what is missing, hand over."""
    parser = argparse.ArgumentParser(
        prog="python3 packaging/dev.py", description="One command for everything."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    for name, function in COMMANDS.items():
        # The program and the tools explain themselves: their --help is not ours.
        commands.add_parser(name, help=(function.__doc__ or "").split(";")[0], add_help=False)
    # Options of the program must not be read as ours: only the first word is.
    options = parser.parse_args(sys.argv[1:2])
    if options.command != "lock":
        environment.ensure(ROOT)
    COMMANDS[options.command](sys.argv[2:])
