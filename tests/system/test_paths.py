"""Folders follow XDG and belong to their owner alone."""

import os
import sys
from pathlib import Path

import pytest

from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.system.paths import documents_folder, private_folder, user_paths


@pytest.mark.skipif(sys.platform != "linux", reason="XDG variables are a Linux convention")
def test_the_data_folder_follows_xdg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    paths = user_paths()
    assert paths.default_book == tmp_path / "data" / "retainerdesk" / "book.retainerdesk"
    assert paths.backups == tmp_path / "data" / "retainerdesk" / "backups"
    assert paths.logs.is_relative_to(tmp_path / "state" / "retainerdesk")
    assert list(tmp_path.iterdir()) == [], "asking for a path makes nothing"


@pytest.mark.parametrize("umask", [0o022, 0o000])
def test_new_folders_are_private_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        made = private_folder(tmp_path / "a" / "b")
    finally:
        os.umask(before)
    assert [path.stat().st_mode & 0o777 for path in (made, made.parent)] == [0o700, 0o700]


def test_a_folder_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir(mode=0o755)
    (tmp_path / "shared").chmod(0o755)
    assert private_folder(tmp_path / "shared").stat().st_mode & 0o777 == 0o755


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    with pytest.raises(EnvironmentProblem, match="data"):
        private_folder(tmp_path / "data")


def test_documents_lie_beside_the_book() -> None:
    assert documents_folder(Path("/x/my.book")) == Path("/x/my.book.files")
