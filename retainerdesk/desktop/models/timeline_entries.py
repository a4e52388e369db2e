"""The timeline as lines to show: stored rows in words, under the months they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from retainerdesk.desktop.formatting import duration, month, plain_money
from retainerdesk.desktop.models.timeline_words import TimelineNames, Words, words_of
from retainerdesk.desktop.theme.tokens import Tone
from retainerdesk.services.timeline import MonthFigures, TimelineRow


@dataclass(frozen=True, slots=True)
class MonthHead:
    """The heading of a month, and what it added up to."""

    month: date
    title: str
    sums: str


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One line. (kind, id) names the stored row; `struck`, `amount` and `sub` stand at the right."""

    kind: str
    id: str
    on: date
    icon: str
    title: str
    extra: str
    detail: str
    amount: str
    amount_tone: Tone
    sub: str
    sub_tone: Tone
    struck: str = ""

    @property
    def full_text(self) -> str:
        """Everything the line says, for the tool tip and a screen reader."""
        title = " ".join(part for part in (self.title, self.extra) if part)
        amount = f"{self.amount} of {self.struck}, the rest written down" if self.struck else self.amount
        right = " · ".join(part for part in (amount, self.sub) if part)
        return "\n".join(part for part in (title, self.detail, right) if part)


Entry = MonthHead | TimelineLine


def entries_of(
    rows: Sequence[TimelineRow],
    figures: Mapping[date, MonthFigures],
    names: TimelineNames,
    *,
    last_month: date | None = None,
) -> tuple[Entry, ...]:
    """Rows newest first as lines, a heading before each month but `last_month`, which has one already."""
    return tuple(_with_heads(rows, figures, names, last_month))


def _with_heads(
    rows: Sequence[TimelineRow],
    figures: Mapping[date, MonthFigures],
    names: TimelineNames,
    last_month: date | None,
) -> Iterable[Entry]:
    for row in rows:
        first = row.on.replace(day=1)
        if first != last_month:
            last_month = first
            yield MonthHead(first, month(first), month_sums(figures.get(first)))
        yield line_of(row, names)


def line_of(row: TimelineRow, names: TimelineNames) -> TimelineLine:
    """A stored row in words."""
    words: Words = words_of(row, names)
    return TimelineLine(
        row.kind, row.id, row.on, words.icon, words.title, words.extra, words.detail,
        words.amount, words.amount_tone, words.sub, words.sub_tone,
        words.struck,
    )  # fmt: skip


def month_sums(figures: MonthFigures | None) -> str:
    """5 calls · 23 h · €3,570 invoiced; what is not there is left out, but calls are always told."""
    if figures is None:
        return ""
    parts = ["1 call" if figures.calls == 1 else f"{figures.calls or 'no'} calls"]
    if figures.minutes:
        parts.append(duration(figures.minutes))
    parts += [f"{plain_money(amount)} invoiced" for amount in figures.invoiced if amount]
    return " · ".join(parts)
