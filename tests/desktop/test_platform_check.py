"""Whether Qt can show a window is told before it is asked, from the names as Qt itself takes them."""

from __future__ import annotations

import sys

import pytest

from retainerdesk.desktop.platform_check import check_platform
from retainerdesk.domain.errors import EnvironmentProblem

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux is looked at before Qt is")


@pytest.fixture(autouse=True)
def nowhere_to_show(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM_PLUGIN_PATH", "QT_PLUGIN_PATH"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    "asked",
    [
        "offscreen",
        "Offscreen",
        "OFFSCREEN",
        "minimal",
        ";offscreen",
        "xcb;;Offscreen:x",
        "offscreen;",
        ":offscreen",
    ],
)
def test_a_platform_is_found_however_it_is_written(monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", asked)
    check_platform()


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("xcb;", "There is no display"),
        ("XCB", "There is no display"),
        (";", "“;”, names no platform"),
        (":", "“:”, names no platform"),
        ("*", "no platform “\\*”"),
        ("off", "no platform “off”"),
        (" offscreen", "no platform “ offscreen”"),
    ],
)
def test_a_name_qt_would_end_at_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, asked: str, words: str
) -> None:
    """Qt aborts the process where none of the names is a platform."""
    monkeypatch.setenv("QT_QPA_PLATFORM", asked)
    with pytest.raises(EnvironmentProblem, match=words):
        check_platform()
