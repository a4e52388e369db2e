"""The habits that no linter knows: functions from a syntax tree to the lines that break them."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 50

CLOCKS = {
    ("date", "today"),
    ("datetime", "today"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("time", "time"),
    ("time", "time_ns"),
    ("QDate", "currentDate"),
    ("QTime", "currentTime"),
    ("QDateTime", "currentDateTime"),
    ("QDateTime", "currentDateTimeUtc"),
}


NAMED = {"account", "retainer", "block", "buyer", "person", "sponsor"}


@dataclass(frozen=True, slots=True)
class Habit:
    """A rule for the modules under `folder`; `find` yields the lines that break it.

    Modules whose path begins with one of `exempt` are left alone. Paths are POSIX, from the project folder.
    """

    name: str
    folder: str
    find: Callable[[ast.Module], Iterator[int]]
    exempt: tuple[str, ...] = ()

    def breaches(self, path: str, source: str) -> list[str]:
        """One `path:line habit` for each place in `source` that breaks the habit."""
        if not path.startswith(self.folder) or path.startswith(self.exempt):
            return []
        return [f"{path}:{line} {self.name}" for line in self.find(ast.parse(source))]


def clock_reads(tree: ast.Module) -> Iterator[int]:
    """Calls that read the clock, and imports that would hide one."""
    for call in calls(tree):
        if isinstance(call.func, ast.Attribute) and (last_name(call.func.value), call.func.attr) in CLOCKS:
            yield call.lineno
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from (node.lineno for alias in node.names if alias.name in {"time", "time_ns"})


def floats(tree: ast.Module) -> Iterator[int]:
    """Uses of the type float, and numbers written with a point."""
    for node in ast.walk(tree):
        is_type = isinstance(node, ast.Name) and node.id == "float"
        is_number = isinstance(node, ast.Constant) and isinstance(node.value, float)
        if (is_type or is_number) and isinstance(node, ast.expr):
            yield node.lineno


def global_statements(tree: ast.Module) -> Iterator[int]:
    """Functions that change names of their module."""
    return (node.lineno for node in ast.walk(tree) if isinstance(node, ast.Global))


def labels_with_data(tree: ast.Module) -> Iterator[int]:
    """Labels built with a text that is not written in the source: QLabel would render its HTML."""
    for call in calls(tree):
        if last_name(call.func) != "QLabel" or not call.args:
            continue
        first = call.args[0]
        is_own_text = isinstance(first, ast.Constant)
        is_parent = isinstance(first, ast.Name) and first.id in {"self", "parent"}
        if not is_own_text and not is_parent:
            yield call.lineno


def names_that_may_turn_a_sentence(tree: ast.Module) -> Iterator[int]:
    """Names of accounts, retainers, blocks and people among other words, not wrapped in `in_sentence`."""
    for text in ast.walk(tree):
        if isinstance(text, ast.JoinedStr) and any(isinstance(part, ast.Constant) for part in text.values):
            shown = [part.value for part in text.values if isinstance(part, ast.FormattedValue)]
            yield from (name.lineno for name in shown if _is_name(name))


def _is_name(node: ast.expr) -> bool:
    if not isinstance(node, ast.Attribute):
        return False
    owner = last_name(node.value)
    return node.attr in {"account_name", "retainer_name"} or (node.attr == "name" and owner in NAMED)


def chained_comparisons(tree: ast.Module) -> Iterator[int]:
    """`a <= Row.column <= b`: Python keeps only the second half of it when the middle is a column."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and any(
            isinstance(middle, ast.Attribute) for middle in node.comparators[:-1]
        ):
            yield node.lineno


def anonymous_slots(tree: ast.Module) -> Iterator[int]:
    """`signal.connect(lambda …)`: of a worker's signal, it would run in the worker's thread."""
    for call in calls(tree):
        is_connect = isinstance(call.func, ast.Attribute) and call.func.attr == "connect"
        slot = call.args[0] if call.args else None
        if is_connect and (
            isinstance(slot, ast.Lambda) or (isinstance(slot, ast.Call) and last_name(slot.func) == "partial")
        ):
            yield call.lineno


def long_functions(tree: ast.Module) -> Iterator[int]:
    """Functions of more than 50 lines, docstring included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MAX_FUNCTION_LINES:
                yield node.lineno


def calls(tree: ast.Module) -> Iterator[ast.Call]:
    """Every call in a module."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def last_name(node: ast.expr) -> str:
    """`date` of both `date` and `datetime.date`; nothing for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


HABITS = (
    Habit("reads the clock", "retainerdesk/", clock_reads, exempt=("retainerdesk/system/clock.py",)),
    Habit("uses float in the domain", "retainerdesk/domain/", floats),
    Habit("has a global statement", "retainerdesk/", global_statements),
    Habit(
        "shows data in a bare QLabel",
        "retainerdesk/desktop/",
        labels_with_data,
        exempt=("retainerdesk/desktop/widgets/text.py",),
    ),
    Habit("puts a name bare into a sentence", "retainerdesk/desktop/", names_that_may_turn_a_sentence),
    Habit("chains a comparison on a column", "retainerdesk/store/", chained_comparisons),
    Habit("connects a worker to an anonymous slot", "retainerdesk/desktop/workers/", anonymous_slots),
    # A migration is a frozen list of tables and columns: to divide it would only hide some of them.
    Habit(
        "has a function over 50 lines",
        "retainerdesk/",
        long_functions,
        exempt=("retainerdesk/store/migrations/",),
    ),
)
