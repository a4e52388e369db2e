"""The figures as a Markdown table, and the history of them."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from tests.bench.timing import Figure

HISTORY = Path(__file__).with_name("HISTORY.md")
_HEAD = "| measured | value | against | ratio | promised | kept | growth |\n|---|---|---|---|---|---|---|"


def table(found: Mapping[Fraction, Sequence[Figure]]) -> str:
    """The figures of the largest size, the farthest from its promise first, and how they grew to it."""
    small, large = found[min(found)], found[max(found)]
    before = {figure.name: figure.value for figure in small}
    ordered = sorted(large, key=lambda each: -each.share_of_target)
    grew = len(found) > 1
    return "\n".join([_HEAD, *(_row(each, before.get(each.name) if grew else None) for each in ordered)])


def _row(figure: Figure, before: float | None) -> str:
    against = f"{_number(figure.floor)} {figure.unit}" + (f", {figure.note}" if figure.note else "")
    growth = f"× {figure.value / before:.1f}" if before else ""
    kept = "yes" if figure.is_kept else "**no**"
    return (
        f"| {figure.name} | {_number(figure.value)} {figure.unit} | {against} | {figure.ratio:.2f}"
        f" | {figure.target:g} | {kept} | {growth} |"
    )


def _number(value: float) -> str:
    return f"{value:.3g}" if value < 100 else f"{value:,.0f}"


def add_to_history(text: str) -> None:
    """Append the table under the commit it was measured at."""
    git = ["git", "log", "-1", "--format=%h, %cs"]
    commit = subprocess.run(git, capture_output=True, text=True, check=True).stdout.strip()
    before = HISTORY.read_text() if HISTORY.exists() else "# Measured speed\n"
    HISTORY.write_text(f"{before}\n## {commit}\n\n{text}\n")
