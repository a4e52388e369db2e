"""The figures as a Markdown table, and the history of them."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from tests.bench.timing import Figure

HISTORY = Path(__file__).with_name("HISTORY.md")
_HEAD = "| measured | value | against | ratio | promised | kept | growth |\n|---|---|---|---|---|---|---|"


def table(found: Mapping[Fraction, Sequence[Figure]]) -> str:
    """The figures of the largest size, the farthest from its promise first, and how they grew to it.

    Growth is told from each size to the next larger one; what a size was not measured for is left out.
    """
    sizes = sorted(found)
    values = [{figure.name: figure.value for figure in found[size]} for size in sizes]
    ordered = sorted(found[sizes[-1]], key=lambda each: -each.share_of_target)
    return "\n".join([_HEAD, *(_row(each, [known.get(each.name) for known in values]) for each in ordered)])


def _row(figure: Figure, values: Sequence[float | None]) -> str:
    against = f"{_number(figure.floor)} {figure.unit}" + (f", {figure.note}" if figure.note else "")
    steps = [f"× {after / before:.1f}" for before, after in pairwise(values) if before and after]
    kept = "yes" if figure.is_kept else "**no**"
    return (
        f"| {figure.name} | {_number(figure.value)} {figure.unit} | {against} | {figure.ratio:.2f}"
        f" | {figure.target:g} | {kept} | {', '.join(steps)} |"
    )


def _number(value: float) -> str:
    return f"{value:.3g}" if value < 100 else f"{value:,.0f}"


def add_to_history(text: str) -> None:
    """Append the table under the commit it was measured at."""
    git = ["git", "log", "-1", "--format=%h, %cs"]
    commit = subprocess.run(git, capture_output=True, text=True, check=True).stdout.strip()
    before = HISTORY.read_text() if HISTORY.exists() else "# Measured speed\n"
    HISTORY.write_text(f"{before}\n## {commit}\n\n{text}\n")
