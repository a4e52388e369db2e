"""Shipped files are found in the source tree and in the installed package."""

from pathlib import Path

import pytest

from retainerdesk.system.resources import resource_path


def test_a_shipped_icon_is_found_by_its_relative_name() -> None:
    assert resource_path("icons/sun.svg").read_text(encoding="utf-8").count("<svg") == 1


def test_the_installed_copy_serves_when_there_is_no_source_tree(tmp_path: Path) -> None:
    installed = tmp_path / "_resources"
    (installed / "icons").mkdir(parents=True)
    (installed / "icons" / "sun.svg").write_text("<svg/>", encoding="utf-8")
    found = resource_path("icons/sun.svg", homes=(tmp_path / "resources", installed))
    assert found == installed / "icons" / "sun.svg"


def test_the_source_tree_wins_over_an_installed_copy(tmp_path: Path) -> None:
    for home in ("resources", "_resources"):
        (tmp_path / home).mkdir()
        (tmp_path / home / "a.txt").write_text(home, encoding="utf-8")
    homes = (tmp_path / "resources", tmp_path / "_resources")
    assert resource_path("a.txt", homes=homes).read_text(encoding="utf-8") == "resources"


def test_a_missing_resource_is_named_in_the_error() -> None:
    with pytest.raises(FileNotFoundError, match=r"icons/no_such\.svg"):
        resource_path("icons/no_such.svg")


@pytest.mark.parametrize("name", ["/etc/hostname", "../README.md", "icons/../../x", "icons\\sun.svg"])
def test_a_name_that_leaves_the_home_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="relative path"):
        resource_path(name)
