"""Every import contract is kept by the package, and is seen to fail when somebody breaks it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# contract, the module that breaks it, its text
BREACHES = [
    ("layers", "domain/breach.py", "import retainerdesk.services"),
    ("layers", "domain/breach.py", "def late() -> None:\n    import retainerdesk.store"),
    (
        "layers",
        "domain/breach.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import retainerdesk.store",
    ),
    ("layers", "services/breach.py", "import retainerdesk.desktop"),
    ("layers", "exchange/breach.py", "import retainerdesk.documents"),
    ("layers", "cli/breach.py", "import retainerdesk.desktop"),
    ("layers", "newcomer.py", ""),
    ("through-services", "desktop/breach.py", "import retainerdesk.store"),
    ("through-services", "cli/breach.py", "import retainerdesk.system"),
    ("qt-in-desktop", "services/breach.py", "import PySide6.QtCore"),
    ("qt-in-desktop", "bootstrap.py", "import PySide6.QtCore"),
    ("sql-in-store", "services/breach.py", "import sqlalchemy.orm"),
    ("sql-in-store", "desktop/breach.py", "import alembic"),
    ("sql-in-store", "exchange/breach.py", "import sqlcipher3.dbapi2"),
    ("pdf-in-documents", "services/breach.py", "import reportlab.lib"),
    ("machine-in-system", "desktop/breach.py", "import keyring"),
    ("machine-in-system", "services/breach.py", "import platformdirs"),
    ("no-cycles", "domain/deep/breach.py", "import retainerdesk.domain.deep.back"),
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package and of pyproject.toml that a test may break and must mend."""
    copy = tmp_path_factory.mktemp("project")
    ignore = shutil.ignore_patterns("__pycache__", ".*")
    shutil.copytree(ROOT / "retainerdesk", copy / "retainerdesk", ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", copy)
    # What a breach of the cycle contract imports; without it the pair has no way back.
    deep = copy / "retainerdesk" / "domain" / "deep"
    deep.mkdir()
    (deep / "__init__.py").touch()
    (deep / "back.py").write_text("def late() -> None:\n    import retainerdesk.domain.deep.breach\n")
    return copy


def lint_imports(project: Path, *options: str) -> subprocess.CompletedProcess[str]:
    call = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", call, "--no-cache", *options],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def test_the_package_keeps_every_contract(project: Path) -> None:
    done = lint_imports(project)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("contract", "module", "text"), BREACHES)
def test_a_breach_is_seen(project: Path, contract: str, module: str, text: str) -> None:
    breach = project / "retainerdesk" / module
    before = breach.read_text(encoding="utf-8") if breach.exists() else None
    breach.write_text(text + "\n", encoding="utf-8")
    try:
        done = lint_imports(project, "--contract", contract)
    finally:
        if before is None:
            breach.unlink()
        else:
            breach.write_text(before, encoding="utf-8")
    assert done.returncode == 1, done.stdout
    assert "1 broken" in done.stdout
