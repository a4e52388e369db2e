"""No text reaches a parser: the documents layer uses no part of reportlab that reads markup."""

import ast
from pathlib import Path

import pytest

DOCUMENTS = Path(__file__).resolve().parents[2] / "retainerdesk" / "documents"
PARSERS = ("reportlab.platypus", "reportlab.lib.fontfinder", "reportlab.lib.colors", "reportlab.graphics")


def parsers_used(source: str) -> list[str]:
    """Modules with a parser, and names of classes with one, that a source imports."""
    found = []
    for node in ast.walk(ast.parse(source)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
        module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
        found += [name for name in [module, *names] if name.startswith(PARSERS) or name == "Paragraph"]
    return found


@pytest.mark.parametrize("path", sorted(DOCUMENTS.rglob("*.py")), ids=lambda path: path.name)
def test_no_module_imports_a_markup_parser(path: Path) -> None:
    assert parsers_used(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    ["from reportlab.platypus import Table", "import reportlab.lib.fontfinder", "from x import Paragraph"],
)
def test_the_habit_is_seen_to_be_broken(source: str) -> None:
    assert parsers_used(source)
