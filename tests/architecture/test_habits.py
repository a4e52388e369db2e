"""The sources keep the habits that the linter does not know, and each habit is seen to be broken once."""

import os
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.habits import HABITS, MAX_FILE_LINES, Habit

ROOT = Path(__file__).resolve().parents[2]
TEXT = {".py", ".md", ".toml", ".yml", ".yaml", ".json", ".ui", ".cfg", ".ini", ".sh", ".spec", ".lock", ""}
NOT_OURS = {
    ".git",
    ".venv",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
    ".import_linter_cache",
}
NOT_OURS |= {"__pycache__", "build", "dist", "htmlcov"}

BY_NAME = {habit.name: habit for habit in HABITS}

# habit, a path where it holds, the source that breaks it
BROKEN = [
    ("reads the clock", "retainerdesk/services/due.py", "from datetime import date\ndate.today()"),
    ("reads the clock", "retainerdesk/domain/due.py", "import datetime\ndatetime.datetime.now(tz=None)"),
    ("reads the clock", "retainerdesk/store/due.py", "import time\ntime.time()"),
    ("reads the clock", "retainerdesk/cli/due.py", "from time import time\ntime()"),
    ("reads the clock", "retainerdesk/desktop/due.py", "QDate.currentDate()"),
    ("uses float in the domain", "retainerdesk/domain/money.py", "float('1')"),
    ("uses float in the domain", "retainerdesk/domain/money.py", "half = 0.5"),
    ("has a global statement", "retainerdesk/bootstrap.py", "def f():\n    global x\n    x = 1"),
    ("shows data in a bare QLabel", "retainerdesk/desktop/panes/header.py", "QLabel(account.name)"),
    ("shows data in a bare QLabel", "retainerdesk/desktop/panes/header.py", "QtWidgets.QLabel(f'{x}', self)"),
    ("puts a name bare into a sentence", "retainerdesk/desktop/x.py", "f'Note on {context.account.name}'"),
    ("puts a name bare into a sentence", "retainerdesk/desktop/x.py", "f'{row.account_name} is parked'"),
    (
        "chains a comparison on a column",
        "retainerdesk/store/queries/due.py",
        "select(X).where(a <= X.day < b)",
    ),
    (
        "connects a worker to an anonymous slot",
        "retainerdesk/desktop/workers/w.py",
        "s.done.connect(lambda: 1)",
    ),
    (
        "connects a worker to an anonymous slot",
        "retainerdesk/desktop/workers/w.py",
        "s.done.connect(functools.partial(f, 1))",
    ),
    ("has a function over 50 lines", "retainerdesk/cli/x.py", "def f():\n" + "    x = 1\n" * 50),
]

# the same, where nothing is wrong
KEPT = [
    ("reads the clock", "retainerdesk/services/due.py", "import time\nclock.today()\ntime.monotonic()"),
    ("reads the clock", "retainerdesk/system/clock.py", "from datetime import date\ndate.today()"),
    ("uses float in the domain", "retainerdesk/desktop/charts/axis.py", "float(1)"),
    (
        "shows data in a bare QLabel",
        "retainerdesk/desktop/panes/header.py",
        "QLabel()\nQLabel(self)\nQLabel('OK')",
    ),
    ("shows data in a bare QLabel", "retainerdesk/desktop/widgets/text.py", "QLabel(text)"),
    ("puts a name bare into a sentence", "retainerdesk/desktop/x.py", "f'On {in_sentence(account.name)}'"),
    ("puts a name bare into a sentence", "retainerdesk/desktop/x.py", "f'{path.name} is written'"),
    ("chains a comparison on a column", "retainerdesk/domain/period.py", "self.start <= self.day < self.end"),
    ("chains a comparison on a column", "retainerdesk/store/version.py", "(3, 7) <= version <= (3, 51)"),
    (
        "connects a worker to an anonymous slot",
        "retainerdesk/desktop/workers/w.py",
        "s.done.connect(self.end)",
    ),
    ("has a function over 50 lines", "retainerdesk/cli/x.py", "def f():\n" + "    x = 1\n" * 49),
]


@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: habit.name)
def test_the_sources_keep_the_habit(habit: Habit) -> None:
    found = [line for path, text in sources() for line in habit.breaches(path, text)]
    assert found == []


@pytest.mark.parametrize(("name", "path", "source"), BROKEN)
def test_a_broken_habit_is_seen(name: str, path: str, source: str) -> None:
    assert BY_NAME[name].breaches(path, source)


@pytest.mark.parametrize(("name", "path", "source"), KEPT)
def test_a_kept_habit_is_left_alone(name: str, path: str, source: str) -> None:
    assert BY_NAME[name].breaches(path, source) == []


def test_every_habit_is_broken_once_on_purpose() -> None:
    assert {name for name, _, _ in BROKEN} == set(BY_NAME)


def test_no_file_of_the_package_is_longer_than_four_hundred_lines() -> None:
    lengths = {path: text.count("\n") for path, text in sources()}
    assert {path: lines for path, lines in lengths.items() if lines > MAX_FILE_LINES} == {}


def test_no_file_names_a_path_outside_the_project() -> None:
    found = [f"{path}: {name}" for path, text in text_files() for name in outside(path, text)]
    assert found == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("README.md", "see " + "../" + "handbook/product.md"),
        ("tests/domain/x.py", "Path('" + "../" * 3 + "elsewhere')"),
        ("retainerdesk/x.py", "open('/" + "home/ada/books/one.book')"),
        ("pyproject.toml", "file:///" + "root/wheels"),
    ],
)
def test_a_path_outside_the_project_is_seen(path: str, text: str) -> None:
    assert outside(path, text)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("resources/handbook/billing.md", "see [the window](../handbook/window.md)"),
        ("retainerdesk/x.py", "# /homeless/, user/home/x, ~/books"),
    ],
)
def test_a_path_inside_the_project_is_left_alone(path: str, text: str) -> None:
    assert outside(path, text) == []


def outside(path: str, text: str) -> list[str]:
    """Names in `text`, the content of the file `path`, of somebody's own folders or of places above ours."""
    own_folders = re.findall(r"(?<![\w.~}-])/(?:home|Users|root|work)/[\w.-]+", text)
    climbs = re.findall(r"(?<![\w./])(?:\.\./)+[\w.-]+", text)
    folder = posixpath.dirname(path)
    places = {name: posixpath.normpath(posixpath.join(folder, name)) for name in climbs}
    return own_folders + [name for name, place in places.items() if place.startswith("..")]


def sources() -> Iterator[tuple[str, str]]:
    """Path and text of the modules that people wrote: compiled forms are not among them."""
    for path, text in text_files("retainerdesk"):
        if path.endswith(".py") and "/forms/ui_" not in path:
            yield path, text


def text_files(folder: str = ".") -> Iterator[tuple[str, str]]:
    """Path from the project folder and content of every text file of the project."""
    for place, folders, names in os.walk(ROOT / folder):
        folders[:] = [name for name in folders if name not in NOT_OURS]
        for name in set(names) - NOT_OURS:
            file = Path(place, name)
            if file.suffix in TEXT and not name.startswith(".coverage") and not file.is_symlink():
                yield file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8", errors="replace")
