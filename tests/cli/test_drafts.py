"""Drafts from a shell: kept, shown, put into words, issued, given up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.books import account, book
from tests.cli.conftest import Shell
from tests.cli.test_corrections import charge, sound

DAY = "2026-01-10"


@pytest.fixture
def kept(shell: Shell) -> Shell:
    """One draft of design 100.00 at 19 % and handbook 50.00 at 7 %."""
    file = account("acme", charges=[charge("Design", "100.00"), charge("Handbook", "50.00", "7")])
    shell.ok("import", shell.write("b.json", book(file)))
    answer = shell.ok("bill", "--draft", "--json", as_of=DAY).json
    assert (len(answer["drafted"]), answer["issued"]) == (1, [])
    return shell


def drafts(shell: Shell) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = shell.ok("drafts", "--json", as_of=DAY).json["drafts"]
    return found


def only(shell: Shell) -> str:
    (found,) = drafts(shell)
    return str(found["draft"])


def test_a_run_kept_as_drafts_issues_nothing_and_proposes_nothing_again(kept: Shell) -> None:
    assert kept.ok("invoices", "--json", as_of=DAY).json["invoices"] == []
    assert kept.ok("bill", "--dry-run", "--json", as_of=DAY).json["proposed"] == []
    assert [line["text"] for line in drafts(kept)[0]["lines"]] == ["Design", "Handbook"]
    sound(kept)


def test_an_edited_draft_is_issued_with_its_words(kept: Shell, tmp_path: Path) -> None:
    """Turned round, 10 % off: (100 + 50) × 0.9 = 135.00 net."""
    edits = ["--text", "1=Logo = new", "--note", "PO 4711", "--discount", "10", "--order", "2", "1"]
    page = tmp_path / "draft.pdf"
    kept.ok("draft", only(kept), *edits, "--pdf", str(page), as_of=DAY)
    assert page.read_bytes().startswith(b"%PDF")
    kept.ok("draft", only(kept), "--issue", as_of=DAY)
    invoice = kept.ok("invoice", "2026-0001", "--json", as_of=DAY).json
    assert [line["text"] for line in invoice["lines"]][:2] == ["Handbook", "Logo = new"]
    assert (invoice["note"], invoice["net"]) == ("PO 4711", "135.00")
    sound(kept)


def test_split_merge_and_refresh_keep_every_line(kept: Shell) -> None:
    first = only(kept)
    parts = kept.ok("draft", first, "--split", "2", "--json", as_of=DAY).json["drafts"]
    assert [[line["net"] for line in each["lines"]] for each in parts] == [["100.00"], ["50.00"]]
    kept.ok("draft", first, "--merge", parts[1]["draft"], as_of=DAY)
    kept.ok("draft", first, "--refresh", as_of=DAY)
    assert [line["net"] for line in drafts(kept)[0]["lines"]] == ["100.00", "50.00"]


def test_deleting_skips_and_putting_back_does_not(kept: Shell) -> None:
    draft = only(kept)
    assert kept.run("draft", draft, "--delete", "", as_of=DAY).code == 1
    kept.ok("draft", draft, "--take-out", "2", "--reason", "given away", as_of=DAY)
    kept.ok("draft", draft, "--put-back", as_of=DAY)
    proposed = kept.ok("bill", "--dry-run", "--json", as_of=DAY).json["proposed"]
    assert [line["text"] for each in proposed for line in each["lines"]] == ["Design"]
    sound(kept)


def test_a_draft_that_changed_since_is_refused_with_the_difference(kept: Shell) -> None:
    changed = account("acme", charges=[charge("Design", "120.00")])
    kept.ok("import", "--update", kept.write("c.json", book(changed)))
    answer = kept.run("draft", only(kept), "--issue", as_of=DAY)
    assert answer.code == 1
    assert "Design: 100.00 → 120.00 EUR" in answer.err
    kept.ok("draft", only(kept), "--refresh", as_of=DAY)
    assert kept.ok("drafts", "--issue", "--json", as_of=DAY).json["issued"][0]["net"] == "170.00"


def test_what_cannot_be_read_is_refused_in_words(kept: Shell) -> None:
    draft = only(kept)
    for options, word in (
        (["--text", "Logo"], "like 2=Workshop"),
        (["--split", "3"], "lines 1 to 2"),
        (["--discount", "much"], "percentage"),
        (["--refresh", "--note", "x"], "Edit a draft first"),
    ):
        answer = kept.run("draft", draft, *options, as_of=DAY)
        assert (answer.code, word in answer.err) == (1, True), answer.err
    assert kept.run("draft", "d0", as_of=DAY).code == 1
