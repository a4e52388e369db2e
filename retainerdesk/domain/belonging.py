"""Whose work, call and block it is: each belongs to one retainer, or to the account alone.

What names no retainer belongs to the account's only one; with none, or several, to the account alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from retainerdesk.domain.block import Block
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.retainer import Retainer
from retainerdesk.domain.work import Call, WorkEntry


class MayHaveRetainer(Protocol):
    """A row that may name a retainer of its account."""

    @property
    def retainer_id(self) -> str | None: ...


Row = TypeVar("Row", bound=MayHaveRetainer)


def work_of(file: AccountFile, retainer: Retainer | None) -> list[WorkEntry]:
    """The work of one retainer; of the account alone for None."""
    return _of(file, retainer, file.work)


def calls_of(file: AccountFile, retainer: Retainer | None) -> list[Call]:
    """The calls of one retainer; of the account alone for None."""
    return _of(file, retainer, file.calls)


def blocks_of(file: AccountFile, retainer: Retainer | None) -> list[Block]:
    """The blocks that work and calls of one retainer draw; of the account alone for None."""
    return _of(file, retainer, file.blocks)


def _of(file: AccountFile, retainer: Retainer | None, rows: Iterable[Row]) -> list[Row]:
    alone = len(file.retainers) == 1
    if retainer is None:
        return [] if alone else [row for row in rows if row.retainer_id is None]
    return [row for row in rows if row.retainer_id == retainer.id or (alone and row.retainer_id is None)]
