"""What the index needs of a unit of work. Naming the unit itself would be a cycle: it keeps the index."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy import Connection


class Connected(Protocol):
    """A transaction, with its connection."""

    @property
    def connection(self) -> Connection: ...
