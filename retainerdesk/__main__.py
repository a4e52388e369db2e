"""Parse the arguments and hand over."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit code."""
    from retainerdesk.cli.parser import build_parser

    parsed = build_parser().parse_args(arguments)
    if not parsed.command:
        # A start makes objects that stay: looking for garbage among them costs a tenth of it. The session
        # collects again after the first paint, in the thread of the window only.
        gc.disable()
    from retainerdesk import bootstrap

    if parsed.command:
        return bootstrap.run_command_line(parsed)
    return bootstrap.run_window(parsed)


if __name__ == "__main__":
    sys.exit(main())
