"""Parse the arguments and hand over."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit code."""
    from retainerdesk.cli.parser import build_parser

    parsed = build_parser().parse_args(arguments)
    from retainerdesk import bootstrap

    if parsed.command:
        return bootstrap.run_command_line(parsed)
    return bootstrap.run_window(parsed)


if __name__ == "__main__":
    sys.exit(main())
