"""An installed RetainerDesk has everything the source tree has to run: modules, forms, resources."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_the_wheel_holds_modules_forms_and_resources(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True)
    [wheel] = tmp_path.glob("retainerdesk-*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    forms = {f"retainerdesk/desktop/forms/ui_{source.stem}.py" for source in (ROOT / "ui").glob("*.ui")}
    files = (file for file in (ROOT / "resources").rglob("*") if file.is_file())
    resources = {
        f"retainerdesk/_resources/{file.relative_to(ROOT / 'resources').as_posix()}" for file in files
    }
    assert {"retainerdesk/__init__.py", "retainerdesk/py.typed"} <= names
    assert forms <= names
    assert resources <= names
