"""By id: new is added, equal is left, different is refused where it differs, unless it may be updated."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from retainerdesk.exchange.book.refusals import Refusals
from retainerdesk.exchange.merge.plan import Merged

Value = TypeVar("Value")
Node = dict[str, object]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a merge treats what differs: `update` takes it from the file, otherwise it is refused.

    `way_out` ends the sentence of a refusal: what can be done about it.
    """

    refusals: Refusals
    update: bool
    way_out: str = "import with update to take it"

    def by_id(
        self,
        current: Iterable[Value],
        incoming: Iterable[Value],
        path: str,
        key: Callable[[Value], object],
        write: Callable[[Value], Node],
    ) -> Merged[Value]:
        """Merge a list; values of the book that the file lacks stay as they are."""
        have = {key(value): value for value in current}
        added, changed, left = [], [], 0
        for index, value in enumerate(incoming):
            mine = have.get(key(value))
            if mine is None:
                added.append(value)
            elif self.same(mine, value, f"{path}[{index}]", write):
                left += 1
            elif self.update:
                changed.append(value)
        return Merged(tuple(added), tuple(changed), left)

    def same(self, mine: Value, theirs: Value, path: str, write: Callable[[Value], Node]) -> bool:
        """Whether two values of one id are equal; refuses every place that differs, unless updating."""
        differences = list(differing(write(mine), write(theirs), path)) if mine != theirs else []
        if not self.update:
            for place, old, new in differences:
                self.refusals.add(place, f"is {new} in the file but {old} in the book; {self.way_out}.")
        return not differences


_ABSENT = object()


def differing(mine: object, theirs: object, path: str) -> Iterator[tuple[str, str, str]]:
    """Each place where two nodes differ: its path, what the first has there, what the second has."""
    if isinstance(mine, dict) and isinstance(theirs, dict):
        for name in theirs | mine:
            yield from differing(mine.get(name, _ABSENT), theirs.get(name, _ABSENT), f"{path}.{name}")
    elif isinstance(mine, list) and isinstance(theirs, list):
        for index in range(max(len(mine), len(theirs))):
            yield from differing(_item(mine, index), _item(theirs, index), f"{path}[{index}]")
    elif mine != theirs:
        yield path, _shown(mine), _shown(theirs)


def _item(items: list[object], index: int) -> object:
    return items[index] if index < len(items) else _ABSENT


def _shown(node: object) -> str:
    if node is _ABSENT:
        return "not there"
    if node is None:
        return "empty"
    if isinstance(node, dict | list):
        return "something" if node else "empty"
    text = f"“{node}”" if isinstance(node, str) else str(node).lower()
    return text if len(text) <= 60 else f"{text[:59]}…"
