"""Search from a shell: lines for people, positions for scripts, and nothing found is no error."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Shell

DAY = "2026-05-04"


@pytest.fixture
def sample(shell: Shell) -> Shell:
    shell.ok("sample", as_of=DAY)
    return shell


def test_words_are_looked_for_everywhere_with_the_account_first(sample: Shell) -> None:
    lines = sample.ok("search", "acme", as_of=DAY).out.splitlines()
    assert lines[0].split() == ["date", "kind", "account", "id"]
    assert lines[1].split()[:3] == ["account", "acme", "acme"]


def test_json_says_where_the_words_are(sample: Shell) -> None:
    answer = sample.ok("search", "söh", "--json", as_of=DAY).json
    (first, *_) = answer["results"]
    assert (first["kind"], first["account"], first["on"]) == ("account", "acme", None)
    ((start, end),) = first["title"]["fits"]
    assert first["title"]["text"][start:end] == "Söh"


def test_account_kind_and_limit_narrow_it_and_more_can_be_had(sample: Shell) -> None:
    asked = ("search", "call", "--account", "acme", "--kind", "call", "--limit", "3", "--json")
    first = sample.ok(*asked, as_of=DAY).json
    assert [(each["kind"], each["account"]) for each in first["results"]] == [("call", "acme")] * 3
    second = sample.ok(*asked, "--after", str(first["next"]), as_of=DAY).json
    assert not {each["id"] for each in first["results"]} & {each["id"] for each in second["results"]}


def test_nothing_found_is_an_answer(sample: Shell) -> None:
    assert sample.ok("search", "zeppelin", as_of=DAY).out == "Nothing found for “zeppelin”.\n"
    assert sample.ok("search", '%_"*', as_of=DAY).out == "Nothing to look for: type a word.\n"


def test_a_kind_there_is_not_is_refused_and_a_wrong_limit_is_wrong_usage(sample: Shell) -> None:
    assert "Kinds are" in sample.run("search", "x", "--kind", "letterhead", as_of=DAY).err
    assert sample.run("search", "x", "--kind", "letterhead", as_of=DAY).code == 1
    assert sample.run("search", "x", "--limit", "0", as_of=DAY).code == 2
