"""Where the files that ship with the program are: icons, fonts, handbook, sample.

In a source tree they lie in `resources/` beside the package, in an installed or frozen program
in `retainerdesk/_resources/`. Nobody else needs to know which of the two it is.
"""

from pathlib import Path, PurePosixPath

_PACKAGE = Path(__file__).resolve().parents[1]
_HOMES = (_PACKAGE.parent / "resources", _PACKAGE / "_resources")


def resource_path(name: str, *, homes: tuple[Path, ...] = _HOMES) -> Path:
    """The file or folder called `name`, a relative path with forward slashes ("icons/sun.svg").

    The first home that holds it wins; the source tree comes before the installed copy.
    Raises FileNotFoundError if no home has it, and ValueError if `name` would leave its home.
    """
    relative = PurePosixPath(name)
    if relative.is_absolute() or ".." in relative.parts or "\\" in name:
        raise ValueError(f"a resource is named by a relative path inside its home: {name!r}")
    for home in homes:
        candidate = home / relative
        if candidate.exists():
            return candidate
    raise FileNotFoundError(f"resource {name!r} is not part of this installation")
