"""`python3 packaging/dev.py` hands over to the program and the tools, and adds nothing of its own."""

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path

import dev_environment as environment
import pytest

ROOT = Path(__file__).resolve().parents[2]
DEV = ROOT / "packaging" / "dev.py"

PROGRAM = """
import json, sys
print(json.dumps({"arguments": sys.argv[1:], "input": sys.stdin.read()}))
sys.exit(7)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a program of five lines, and an environment that is ready."""
    shutil.copytree(ROOT / "packaging", tmp_path / "packaging", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "retainerdesk").mkdir()
    (tmp_path / "retainerdesk" / "__main__.py").write_text(PROGRAM)
    (tmp_path / environment.LOCK).touch()
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / ".venv"], check=True)
    environment.link_sources(tmp_path)
    (tmp_path / environment.STAMP).write_text(environment.stamp_text(tmp_path))
    return tmp_path


def dev(project: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(project / "packaging" / "dev.py"), *arguments]
    return subprocess.run(
        command, input=given, capture_output=True, text=True, check=False, cwd=project.parent
    )


def test_run_hands_on_arguments_input_output_and_exit_code(project: Path) -> None:
    done = dev(project, "run", "--json", "account", "list", "-h", given="a line\n")
    assert json.loads(done.stdout) == {"arguments": ["--json", "account", "list", "-h"], "input": "a line\n"}
    assert done.returncode == 7
    assert done.stderr == ""


def test_bench_without_benchmarks_says_so(project: Path) -> None:
    done = dev(project, "bench")
    assert done.returncode == 1
    assert "no benchmarks yet" in done.stderr


def test_a_check_that_does_not_exist_is_named_with_those_that_do(project: Path) -> None:
    done = dev(project, "check", "spelling")
    assert done.returncode == 1
    assert "spelling" in done.stderr
    assert "contracts" in done.stderr


def test_a_check_that_finds_something_fails_the_command(project: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", project)
    done = dev(project, "check", "lock")
    assert done.returncode == 1
    assert "requirements.lock lacks" in done.stderr


def test_an_old_python_can_read_far_enough_to_be_told() -> None:
    ast.parse(DEV.read_text(encoding="ascii"), feature_version=(3, 7))
