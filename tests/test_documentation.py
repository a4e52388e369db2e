"""The documents for people keep up with the program: links lead somewhere, commands and fields exist."""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import pytest
from dev_commands import COMMANDS as DEV_COMMANDS

from retainerdesk.cli.parser import build_parser
from retainerdesk.desktop.action_specs import SPECS

ROOT = Path(__file__).resolve().parent.parent
HANDBOOK = ROOT / "resources" / "handbook"
DOCUMENTS = (
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted(HANDBOOK.glob("*.md")),
)
# Made by hand from the running window, for people who look before they install.
PICTURES = "resources/screenshots/"

_LINK = re.compile(r"(?<!`)\[[^\]]+\]\(([^)\s]+)\)")
_CODE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_SHELL = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def text_of(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def anchors(document: Path) -> set[str]:
    """The anchors a reader can jump to, as GitHub and the program's Help make them from headings."""
    headings = re.findall(r"^#+ (.+)$", _CODE.sub("", text_of(document)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(document: Path) -> list[str]:
    broken = []
    for target in _LINK.findall(_CODE.sub("", text_of(document))):
        if target.startswith(("https://", PICTURES)):
            continue
        path, _, anchor = target.partition("#")
        file = document.parent / path if path else document
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(target)
    return broken


def commands() -> dict[str, argparse.ArgumentParser]:
    parser = build_parser()
    found = next(each for each in parser._actions if isinstance(each, argparse._SubParsersAction))
    return dict(found.choices)


def section(page: str, heading: str) -> str:
    """What stands under a heading of level 3 up to the next heading."""
    found = re.search(rf"^### {re.escape(heading)}\n(.*?)(?=^#|\Z)", page, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    assert broken_links(document) == []


def test_a_link_to_nowhere_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One thing\n[a](#one-thing) [b](#other) [c](gone.md) [d](page.md#one-thing)\n")
    assert broken_links(page) == ["#other", "gone.md"]


def test_the_handbook_lists_every_page_of_it() -> None:
    listed = set(_LINK.findall(text_of(HANDBOOK / "index.md")))
    assert {page.name for page in HANDBOOK.glob("*.md")} - {"index.md"} == {
        target for target in listed if target.endswith(".md")
    }


@pytest.mark.parametrize("name", commands())
def test_the_command_line_page_has_every_command_with_its_options(name: str) -> None:
    page = section(text_of(HANDBOOK / "command-line.md"), name)
    common = {"-h", "--help", "--book", "--as-of", "--json", "--phrase-file"}
    options = {word for action in commands()[name]._actions for word in action.option_strings} - common
    assert page
    assert [option for option in sorted(options) if f"`{option}" not in page] == []


def test_the_command_line_page_has_no_command_the_program_lacks() -> None:
    page = text_of(HANDBOOK / "command-line.md").partition("## Commands")[2]
    assert set(re.findall(r"^### (.+)$", page, re.MULTILINE)) == set(commands())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_shown_can_be_parsed(document: Path) -> None:
    for line in "\n".join(_SHELL.findall(text_of(document))).splitlines():
        words = line.partition("#")[0].split()
        if words[:2] == ["python3", "packaging/dev.py"]:
            assert words[2] in DEV_COMMANDS, line
        elif words[:1] == ["retainerdesk"]:
            build_parser().parse_args(words[1:])


def test_the_book_format_page_names_every_field_of_the_schema() -> None:
    schema = json.loads((ROOT / "resources" / "book.schema.json").read_text(encoding="utf-8"))
    page = text_of(HANDBOOK / "book-format.md")
    fields = {name for each in (schema, *schema["$defs"].values()) for name in each.get("properties", {})}
    assert sorted(name for name in fields if f"`{name}`" not in page) == []


def test_the_example_of_the_first_pages_is_a_book_that_can_be_read() -> None:
    from retainerdesk.exchange.book.reader import read_book

    for name in ("getting-started.md", "book-format.md"):
        for example in re.findall(
            r"^```json\n(.*?)^```$", text_of(HANDBOOK / name), re.MULTILINE | re.DOTALL
        ):
            assert read_book(example).business.name == "Studio Nord"


def test_the_shortcut_page_has_every_action_of_the_window() -> None:
    rows = set(re.findall(r"^\| (.+?) \| (.+?) \|$", text_of(HANDBOOK / "shortcuts.md"), re.MULTILINE))
    wanted = {(spec.plain_text.rstrip("…"), spec.shortcut or "–") for spec in SPECS}
    assert sorted(wanted - rows) == []
    assert sorted(rows - wanted - {("action", "shortcut"), ("---", "---")}) == []
