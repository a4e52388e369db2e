"""Starts the window. Qt is first looked for, then imported."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

from retainerdesk.desktop.platform_check import check_platform
from retainerdesk.domain.errors import EnvironmentProblem

if TYPE_CHECKING:
    from retainerdesk.services.context import OpenBook

ENVIRONMENT = 3
"""Exit code when the machine is in the way."""


def run(place: str, as_of: date | None, open_book: OpenBook) -> int:
    """Show the book at `place` until the user quits; returns the exit code of the process.

    A book that is not there yet is made. `as_of` None means the real date. A second start for the same book
    raises the window of the first and returns 0.
    """
    try:
        check_platform()
    except EnvironmentProblem as problem:
        print(f"retainerdesk: {problem}", file=sys.stderr)  # noqa: T201 - there is no window to say it in
        return ENVIRONMENT
    from retainerdesk.desktop.start_up import run_session

    return run_session(place, as_of, open_book)
