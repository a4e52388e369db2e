"""Looks whether a window can be shown before Qt is asked, which would abort the process without a word."""

from __future__ import annotations

import ctypes
import os
import sys
from importlib.util import find_spec
from pathlib import Path

from retainerdesk.domain.errors import EnvironmentProblem

_COMMAND_LINE = "The command line works without a window: see retainerdesk --help."
_PACKAGES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
}


def check_platform() -> None:
    """Raise EnvironmentProblem, naming what is missing, if Qt could not show a window here."""
    _check_widgets()
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM", "xcb") != "xcb":
        return
    if os.environ.get("DISPLAY"):
        _check_xcb_plugin()
        _check_x_server()
    elif not os.environ.get("WAYLAND_DISPLAY"):
        raise EnvironmentProblem(
            "There is no display to show the window on (neither DISPLAY nor WAYLAND_DISPLAY is set).",
            _COMMAND_LINE,
        )


def _check_widgets() -> None:
    try:
        import PySide6.QtSvg
        import PySide6.QtWidgets  # noqa: F401 - importing it is the check
    except ImportError as missing:
        raise missing_library(str(missing)) from missing


def _check_xcb_plugin() -> None:
    if os.environ.get("WAYLAND_DISPLAY"):
        return
    spec = find_spec("PySide6")
    assert spec is not None
    assert spec.origin is not None
    plugin = Path(spec.origin).parent / "Qt/plugins/platforms/libqxcb.so"
    if not plugin.exists():
        return
    try:
        ctypes.CDLL(str(plugin))
    except OSError as missing:
        raise missing_library(str(missing)) from missing


def _check_x_server() -> None:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError as missing:
        raise missing_library(str(missing)) from missing
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    if refused and not os.environ.get("WAYLAND_DISPLAY"):
        display = os.environ.get("DISPLAY")
        raise EnvironmentProblem(
            f"The display {display} cannot be reached.", f"Check DISPLAY and its permissions. {_COMMAND_LINE}"
        )


def missing_library(words: str) -> EnvironmentProblem:
    """The problem behind a loader's words ("libEGL.so.1: cannot open shared object file: …")."""
    library = next((part for part in words.replace(":", " ").split() if ".so" in part), "")
    if not library:
        return EnvironmentProblem(f"Qt cannot be loaded: {words}.", _COMMAND_LINE)
    package = _PACKAGES.get(library)
    hint = f" (on Debian and Ubuntu: apt install {package})" if package else ""
    return EnvironmentProblem(
        f"The window cannot be shown: the library {library} is missing.", f"Install it{hint}. {_COMMAND_LINE}"
    )
