"""The environment is made once, again when lock, Python or place change, and by one process at a time."""

import fcntl
import shutil
import subprocess
import sys
from pathlib import Path

import dev_environment as environment
import pytest

ROOT = Path(__file__).resolve().parents[2]

TAKE_A_TURN = """
import sys, time
from pathlib import Path
from dev_environment import one_at_a_time
root = Path(sys.argv[1])
with one_at_a_time(root):
    with (root / "turns").open("a") as turns:
        turns.write("in ")
    with (root / "turns").open("a") as turns:
        turns.write("out ")
"""

START_A_STEP = """
import sys
from pathlib import Path
from dev_environment import one_at_a_time
from dev_terminal import step
root = Path(sys.argv[1])
code = "import sys, pathlib; pathlib.Path(sys.argv[1]).touch(); sys.stdin.read()"
with one_at_a_time(root):
    step([sys.executable, "-c", code, str(root / "step")], "failed.")
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose environment is complete, as far as anybody can tell from the outside."""
    (tmp_path / environment.LOCK).write_text("a==1 --hash=sha256:00\n")
    python = Path(environment.python_of(tmp_path))
    python.parent.mkdir(parents=True)
    python.touch()
    (tmp_path / environment.STAMP).write_text(environment.stamp_text(tmp_path))
    return tmp_path


def test_an_environment_that_is_a_link_is_left_alone(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Making it anew would empty the environment of another checkout."""
    other = tmp_path_factory.mktemp("other") / ".venv"
    (project / ".venv").rename(other)
    (project / ".venv").symlink_to(other)
    (project / environment.LOCK).write_text("b==1 --hash=sha256:00\n")
    with pytest.raises(SystemExit, match="is a link"):
        environment.install_packages(project)
    assert Path(environment.python_of(project)).exists()


def test_a_complete_environment_is_ready(project: Path) -> None:
    assert environment.is_ready(project)


def test_a_changed_lock_is_brought_in_without_starting_again(project: Path) -> None:
    (project / environment.LOCK).write_text("a==2 --hash=sha256:00\n")
    assert not environment.is_ready(project)
    assert environment.can_grow(project)


def test_another_python_starts_again(project: Path) -> None:
    stamp = environment.stamp_text(project).replace("python 3.", "python 2.")
    (project / environment.STAMP).write_text(stamp)
    assert not environment.is_ready(project)
    assert not environment.can_grow(project)


def test_an_environment_carried_to_another_place_starts_again(project: Path) -> None:
    moved = project.with_name("moved")
    shutil.move(project, moved)
    assert not environment.is_ready(moved)
    assert not environment.can_grow(moved)


def test_an_interrupted_set_up_starts_again(project: Path) -> None:
    (project / environment.STAMP).unlink()
    assert not environment.is_ready(project)
    assert not environment.can_grow(project)


def test_an_environment_whose_python_was_uninstalled_starts_again(project: Path) -> None:
    Path(environment.python_of(project)).unlink()
    assert not environment.is_ready(project)
    assert not environment.can_grow(project)


def test_a_new_form_makes_the_environment_unready(project: Path) -> None:
    (project / "ui").mkdir()
    (project / "ui" / "main_window.ui").write_text("<ui/>")
    assert not environment.is_ready(project)


def test_set_ups_take_turns(tmp_path: Path) -> None:
    command = [sys.executable, "-c", TAKE_A_TURN, str(tmp_path)]
    others = [subprocess.Popen(command, cwd=ROOT / "packaging") for _ in range(4)]
    assert [other.wait() for other in others] == [0, 0, 0, 0]
    assert (tmp_path / "turns").read_text() == "in out " * 4


def test_a_step_that_outlives_its_parent_keeps_the_set_up_to_itself(tmp_path: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", START_A_STEP, str(tmp_path)], cwd=ROOT / "packaging", stdin=subprocess.PIPE
    )
    while not (tmp_path / "step").exists():
        assert parent.poll() is None
    parent.kill()
    parent.wait()
    with (tmp_path / environment.GUARD).open("a") as guard:
        with pytest.raises(BlockingIOError):
            fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # The step reads our pipe to its end, and then it is over.
        assert parent.stdin is not None
        parent.stdin.close()
        fcntl.flock(guard, fcntl.LOCK_EX)
