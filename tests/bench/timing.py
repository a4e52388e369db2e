"""How something is timed, and how a figure is told."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement: `value` beside what it is held against (a floor or a limit), both in `unit`.

    `target` is the promised ratio of the two.
    """

    name: str
    value: float
    unit: str
    floor: float
    target: float
    note: str = ""

    @property
    def ratio(self) -> float:
        return self.value / self.floor if self.floor else float("inf")

    @property
    def share_of_target(self) -> float:
        """Above 1 the promise is not kept."""
        return self.ratio / self.target

    @property
    def is_kept(self) -> bool:
        return self.share_of_target <= 1


def seconds(work: Callable[[], object]) -> float:
    """How long it takes once, with the garbage of before collected."""
    gc.collect()
    start = perf_counter()
    work()
    return perf_counter() - start


def milliseconds(work: Callable[[], object], times: int = 5) -> float:
    """The median of several."""
    return 1000 * median(seconds(work) for _ in range(times))


def side_by_side(
    one: Callable[[], object], other: Callable[[], object], times: int = 15
) -> tuple[float, float]:
    """The medians of two, in milliseconds, taken in turn: what else the machine does meets both."""
    pairs = [(seconds(one), seconds(other)) for _ in range(times)]
    first, second = zip(*pairs, strict=True)
    return 1000 * median(first), 1000 * median(second)


def percentile(values: Iterable[float], percent: int) -> float:
    """The value below which so many percent lie; the nearest one, no interpolation."""
    ordered: Sequence[float] = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def machine() -> str:
    """How fast this machine was at the moment, so that milliseconds of different runs can be compared."""
    million = milliseconds(lambda: sum(range(1_000_000)), 15)
    load = f", {os.getloadavg()[0]:.1f} processes at work" if hasattr(os, "getloadavg") else ""
    return f"This machine added up a million numbers in {million:.1f} ms{load} on {os.cpu_count()} cores."
