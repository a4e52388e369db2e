"""Everything a file was refused for, each with its place in the file and a way to mend it."""

from __future__ import annotations

from dataclasses import dataclass

from retainerdesk.domain.errors import RuleViolation

MOST_REFUSALS = 50


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing wrong with a file: the JSON path (`accounts[0].work[3].on`; `$` is the file itself)."""

    path: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}: {self.sentence}"


class BookRefused(RuleViolation):
    """A book file was refused and nothing of it was taken.

    `refusals` are in order of the file, at most `MOST_REFUSALS`; `total` counts those left out too.
    """

    def __init__(self, refusals: tuple[Refusal, ...], total: int | None = None) -> None:
        self.refusals = refusals
        self.total = len(refusals) if total is None else total
        rest = self.total - 1
        more = "" if rest < 1 else f" There {'is' if rest == 1 else 'are'} {rest} more."
        super().__init__("book.refused", f"{refusals[0]}{more}", refusals[0].path)


class Refusals:
    """Collects what is wrong while a file is read, so that one reading names everything."""

    def __init__(self) -> None:
        self._kept: list[Refusal] = []
        self.total = 0

    def add(self, path: str, sentence: str) -> None:
        self.total += 1
        if len(self._kept) < MOST_REFUSALS:
            self._kept.append(Refusal(path, sentence))

    @property
    def kept(self) -> tuple[Refusal, ...]:
        """The first of them, in order of the file."""
        return tuple(self._kept)

    def raise_if_any(self) -> None:
        """Raise BookRefused with all that was collected, if anything was."""
        if self._kept:
            raise BookRefused(tuple(self._kept), self.total)
