"""A start imports what it needs and no more: heavy libraries wait until somebody uses them."""

import subprocess
import sys

HEAVY = {
    "PySide6",
    "alembic",
    "babel",
    "holidays",
    "jsonschema",
    "keyring",
    "pypdfium2",
    "reportlab",
    "sqlalchemy",
    "sqlcipher3",
}


def imported_by(*arguments: str) -> set[str]:
    """Top-level packages that `python -m retainerdesk ARGUMENTS` imports before it ends."""
    command = [sys.executable, "-X", "importtime", "-m", "retainerdesk", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    # A line reads "import time:   self |  cumulative |   package.module".
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rsplit("|", 1)[1].strip().split(".")[0] for line in lines}


def test_asking_for_help_imports_neither_qt_nor_the_store() -> None:
    imported = imported_by("--help")
    assert "retainerdesk" in imported
    assert imported & HEAVY == set()
