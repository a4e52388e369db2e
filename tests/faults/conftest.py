"""The faults drive the program as a shell would."""

from tests.cli.conftest import shell

__all__ = ["shell"]
