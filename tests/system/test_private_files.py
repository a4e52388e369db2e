"""A file is there whole or not at all, and only its owner can read it."""

import os
from pathlib import Path

import pytest

from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.system.private_files import replace_file, replacing


@pytest.mark.parametrize("umask", [0o022, 0o000, 0o077])
def test_a_new_file_is_private_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        replace_file(tmp_path / "a.pdf", b"content")
    finally:
        os.umask(before)
    assert (tmp_path / "a.pdf").read_bytes() == b"content"
    assert (tmp_path / "a.pdf").stat().st_mode & 0o777 == 0o600


def test_a_failure_half_way_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    replace_file(target, b"old")

    def fail_half_way() -> None:
        with replacing(target) as handle:
            handle.write(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_is_replaced_and_never_written_through(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"mine")
    (tmp_path / "link").symlink_to(outside)
    replace_file(tmp_path / "link", b"new")
    assert outside.read_bytes() == b"mine"
    assert (tmp_path / "link").read_bytes() == b"new"


def test_a_missing_folder_is_an_environment_problem_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as problem:
        replace_file(tmp_path / "gone" / "a.pdf", b"x")
    assert "gone" in problem.value.message
    assert problem.value.way_out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the kernel's full device")
def test_a_full_disk_leaves_the_old_file_and_says_so(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    replace_file(target, b"old")

    def fill_the_disk() -> None:
        with replacing(target) as handle:
            handle.write(b"new")
            Path("/dev/full").write_bytes(b"new")

    with pytest.raises(EnvironmentProblem, match="No space left"):
        fill_the_disk()
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]
