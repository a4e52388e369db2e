"""The folders of this user on this machine. Nothing outside this module asks platformdirs.

On Linux the XDG variables are honoured. Folders are made on first use, for the owner only (0700).
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from platformdirs import PlatformDirs

from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.system.private_files import flush_folder

BOOK_NAME = "book.retainerdesk"
_PRIVATE_FOLDER = 0o700


@dataclass(frozen=True, slots=True)
class Paths:
    """Where things are kept: `data` holds the default book and its backups, `logs` the log files.

    `config` holds what was set for this machine, `runtime` what ends with the session (locks, sockets).
    """

    data: Path
    logs: Path
    config: Path
    runtime: Path

    @property
    def default_book(self) -> Path:
        return self.data / BOOK_NAME

    @property
    def backups(self) -> Path:
        return self.data / "backups"


def user_paths(app: str = "RetainerDesk") -> Paths:
    """The folders of the current user. Nothing is created; see `private_folder`."""
    folders = PlatformDirs(appname=app.lower(), appauthor=False)
    return Paths(
        data=Path(folders.user_data_dir),
        logs=Path(folders.user_log_dir),
        config=Path(folders.user_config_dir),
        runtime=_runtime_folder(folders),
    )


def _runtime_folder(folders: PlatformDirs) -> Path:
    """The session's own folder; without one (plain ssh, su) the data folder serves as well."""
    if sys.platform == "linux" and not os.environ.get("XDG_RUNTIME_DIR"):
        return Path(folders.user_data_dir)
    return Path(folders.user_runtime_dir)


def documents_folder(book: Path) -> Path:
    """The folder beside `book` that keeps its documents by content: "<book>.files"."""
    return book.with_name(book.name + ".files")


def private_folder(folder: Path) -> Path:
    """Make `folder` and missing parents with mode 0700 whatever the umask, and return it.

    A folder that is there already keeps its mode. Raises EnvironmentProblem if it cannot be made.
    """
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        for path in reversed(missing):
            path.mkdir(exist_ok=True)
            path.chmod(_PRIVATE_FOLDER)
            # Else a power cut could lose the folder with everything that was flushed inside it.
            flush_folder(path.parent)
    except OSError as problem:
        raise EnvironmentProblem(
            f"The folder {folder} cannot be made: {problem.strerror}.",
            "Check its permissions or choose another folder.",
        ) from problem
    if not folder.is_dir():
        raise EnvironmentProblem(
            f"{folder} is a file, not a folder.", "Move it away or choose another folder."
        )
    return folder
