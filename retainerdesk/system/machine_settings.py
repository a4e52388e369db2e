"""What was set for this machine, not for a book: declared here, typed, and kept as one JSON file.

A file that is missing, damaged or from another version never stops a start: what cannot be read has its
default. Settings of the business are in the book; secrets are in the keyring.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args

from retainerdesk.system.paths import private_folder
from retainerdesk.system.private_files import replace_file

SETTINGS_NAME = "settings.json"

ThemeChoice = Literal["system", "light", "dark"]

MOST_KEPT = 99
_LARGEST_FILE = 65_536


@dataclass(frozen=True, slots=True)
class MachineSettings:
    """Every setting of this machine with its default.

    `digest_hour` (0 to 23, local) gathers what is new until that hour of the day; None tells at once.
    `is_close_to_tray_told` and `is_close_without_tray_told`: the user knows what closing the window does.
    `backup_folder` is where automatic backups go (empty: the data folder); `is_backup_daily`: one is made a
    day; `backup_days`, `backup_weeks`, `backup_months` (0 to 99) say how many of each stay.
    """

    theme: ThemeChoice = "system"
    digest_hour: int | None = None
    is_close_to_tray_told: bool = False
    is_close_without_tray_told: bool = False
    backup_folder: str = ""
    is_backup_daily: bool = True
    backup_days: int = 7
    backup_weeks: int = 5
    backup_months: int = 12


def _is_valid(name: str, value: Any) -> bool:  # noqa: ANN401 - anything may stand in the file
    if name == "theme":
        return value in get_args(ThemeChoice)
    if name == "digest_hour":
        return value is None or (type(value) is int and 0 <= value < 24)
    if name == "backup_folder":
        return type(value) is str and "\0" not in value and (not value or Path(value).is_absolute())
    if name in ("backup_days", "backup_weeks", "backup_months"):
        return type(value) is int and 0 <= value <= MOST_KEPT
    return type(value) is bool


def load_settings(folder: Path) -> MachineSettings:
    """The settings kept in `folder`; defaults for what is missing or makes no sense."""
    path = folder / SETTINGS_NAME
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise ValueError("too large")
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return MachineSettings()
    except (OSError, ValueError) as problem:
        logging.getLogger(__name__).warning("the settings cannot be read: %s", type(problem).__name__)
        return MachineSettings()
    known = found if isinstance(found, dict) else {}
    names = [field.name for field in fields(MachineSettings)]
    valid = {name: known[name] for name in names if name in known and _is_valid(name, known[name])}
    return replace(MachineSettings(), **valid)


def save_settings(folder: Path, settings: MachineSettings) -> None:
    """Keep the settings in `folder`. Raises EnvironmentProblem if that cannot be written."""
    text = json.dumps(asdict(settings), indent=2) + "\n"
    replace_file(private_folder(folder) / SETTINGS_NAME, text.encode())
