"""Whether the last starts went well, so that a program that crashes again and again opens in a safe mode.

A start is written down when it begins and struck off when it went well. Two in ten minutes that were never
struck off make the next one safe.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.system.paths import private_folder
from retainerdesk.system.private_files import replace_file

FAILURES = 2
WITHIN = timedelta(minutes=10)
_LARGEST_FILE = 65_536

_LOG = logging.getLogger(__name__)


class _Clock(Protocol):
    def utc_now(self) -> datetime: ...


class StartRecord:
    """The starts of one book on this machine, by its key. A record that cannot be kept stops no start."""

    def __init__(self, folder: Path, key: str, clock: _Clock) -> None:
        self._path = folder / f"starts-{key}.json"
        self._clock = clock

    def begin(self) -> bool:
        """Write a start down. True if it has to be a safe one."""
        now = self._clock.utc_now()
        failed = [at for at in self._read() if timedelta(0) <= now - at < WITHIN]
        text = json.dumps([at.isoformat() for at in (*failed, now)])
        try:
            private_folder(self._path.parent)
            replace_file(self._path, text.encode())
        except EnvironmentProblem as problem:
            _LOG.warning("this start is not written down: %s", problem.message)
        return len(failed) >= FAILURES

    def good(self) -> None:
        """The start went well, or ended as somebody wanted: what was before counts no more."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError as problem:
            _LOG.warning("the record of starts stays: %s", problem.strerror)

    def _read(self) -> list[datetime]:
        """The starts never struck off; none if the file makes no sense."""
        try:
            if self._path.stat().st_size > _LARGEST_FILE:
                return []
            found = json.loads(self._path.read_text(encoding="utf-8"))
            return [datetime.fromisoformat(at).astimezone(UTC) for at in found]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, TypeError) as problem:
            _LOG.warning("the record of starts cannot be read: %s", type(problem).__name__)
            return []
