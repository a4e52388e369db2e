"""Looks whether a window can be shown before Qt is asked, which would abort the process without a word."""

from __future__ import annotations

import os
import socket
import sys
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
    if not sys.platform.startswith("linux"):
        return
    asked = os.environ.get("QT_QPA_PLATFORM", "")
    names = _named_platforms(asked) if asked else _platforms_of_the_session()
    if not names:
        raise EnvironmentProblem(
            f"The window cannot be shown: QT_QPA_PLATFORM, “{asked}”, names no platform.",
            f"Unset QT_QPA_PLATFORM. {_COMMAND_LINE}",
        )
    problems = [problem for name in names if (problem := _problem_with(name))]
    if len(problems) == len(names):
        raise problems[-1]


def _named_platforms(asked: str) -> list[str]:
    """The platforms of "Wayland;xcb:geometry" as Qt takes them: in turn, without case, options and blanks."""
    parts = ([part for part in each.split(":") if part] for each in asked.split(";"))
    return [named[0].lower() for named in parts if named]


def _platforms_of_the_session() -> list[str]:
    """What Qt tries by itself."""
    found = [
        name
        for name, variable in (("wayland", "WAYLAND_DISPLAY"), ("xcb", "DISPLAY"))
        if os.environ.get(variable)
    ]
    return found or ["xcb"]


def _problem_with(name: str) -> EnvironmentProblem | None:
    try:
        kind = name.partition("-")[0]
        if kind == "xcb" and not os.environ.get("DISPLAY"):
            raise EnvironmentProblem(
                "There is no display to show the window on (neither DISPLAY nor WAYLAND_DISPLAY is set).",
                _COMMAND_LINE,
            )
        _check_plugin(name, kind)
        if kind == "xcb":
            _check_x_server()
        elif kind == "wayland":
            _check_wayland()
    except EnvironmentProblem as problem:
        return problem
    return None


def _check_widgets() -> None:
    try:
        import PySide6.QtSvg
        import PySide6.QtWidgets  # noqa: F401 - importing it is the check
    except ImportError as missing:
        raise missing_library(str(missing)) from missing


def _check_plugin(name: str, kind: str) -> None:
    from PySide6.QtCore import QLibraryInfo

    own = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"
    folders = [own, *(Path(place) for place in _named("QT_QPA_PLATFORM_PLUGIN_PATH"))]
    folders += [Path(place) / "platforms" for place in _named("QT_PLUGIN_PATH")]
    plugins = [path for folder in folders for path in sorted(folder.glob("libq*.so")) if _is_of(path, kind)]
    if not plugins:
        raise EnvironmentProblem(
            f"The window cannot be shown: Qt has no platform “{name}” here.",
            f"Unset QT_QPA_PLATFORM, or install RetainerDesk again. {_COMMAND_LINE}",
        )
    if kind in ("xcb", "wayland"):
        import ctypes

        try:
            ctypes.CDLL(str(plugins[0]))
        except OSError as missing:
            raise missing_library(str(missing)) from missing


def _is_of(plugin: Path, kind: str) -> bool:
    """Whether a file like libqwayland-egl.so is a plugin of that kind; the beginning of a name is none."""
    return plugin.stem.removeprefix("libq").partition("-")[0] == kind


def _named(variable: str) -> list[str]:
    """The folders a variable names, which may be none."""
    return [place for place in os.environ.get(variable, "").split(os.pathsep) if place]


def _check_x_server() -> None:
    import ctypes

    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError as missing:
        raise missing_library(str(missing)) from missing
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    if refused:
        raise _unreachable("DISPLAY")


def _check_wayland() -> None:
    # A socket that is handed over needs no name.
    if os.environ.get("WAYLAND_SOCKET"):
        return
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR", ""))
    place = runtime / os.environ.get("WAYLAND_DISPLAY", "wayland-0")
    with socket.socket(socket.AF_UNIX) as line:
        try:
            line.connect(str(place))
        except OSError as refused:
            raise _unreachable("WAYLAND_DISPLAY") from refused


def _unreachable(variable: str) -> EnvironmentProblem:
    display = os.environ.get(variable, "that is usual here")
    return EnvironmentProblem(
        f"The display {display} cannot be reached.", f"Check {variable} and its permissions. {_COMMAND_LINE}"
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
