"""The settings of this machine while the program runs."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.services.machine import MachineSettings, load_settings, save_settings


class Preferences(QObject):
    """What was set for this machine; changes are kept at once."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._now = load_settings(folder)

    @property
    def folder(self) -> Path:
        """The folder of everything that was set for this machine."""
        return self._folder

    @property
    def now(self) -> MachineSettings:
        """The settings in force."""
        return self._now

    def change(self, **values: Any) -> None:  # noqa: ANN401 - fields of MachineSettings
        """Set some of the fields. What cannot be written still holds until the program ends."""
        self._now = replace(self._now, **values)
        try:
            save_settings(self._folder, self._now)
        except EnvironmentProblem as problem:
            logging.getLogger(__name__).warning("the settings are not kept: %s", problem.message)
