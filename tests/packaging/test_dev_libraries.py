"""A machine without the libraries of a desktop is told what to install, and is not refused."""

import dev_libraries as libraries
import pytest


def test_a_library_that_is_not_there_is_noticed() -> None:
    assert not libraries.is_there("libof-nobody.so.0")


@pytest.mark.skipif("sys.platform != 'linux'", reason="names of Linux libraries")
def test_a_library_that_is_there_is_noticed() -> None:
    assert libraries.is_there("libc.so.6")


def test_without_apt_the_line_to_type_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    libraries.install(["libegl1", "libgl1"], "The window needs libraries")
    said = capsys.readouterr()
    assert said.err == (
        "The window needs libraries. On Debian or Ubuntu: sudo apt-get install libegl1 libgl1\n"
    )
    assert said.out == ""


def test_a_python_that_can_make_environments_needs_nothing() -> None:
    libraries.require_ensurepip()
