"""Which documents of the register are shown: by words, state, kind, account and the day of issue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from retainerdesk.desktop.searching import has_all, words_of
from retainerdesk.domain.invoice import DocumentKind
from retainerdesk.domain.names import as_read
from retainerdesk.domain.period import Period
from retainerdesk.services.document_state import InvoiceState
from retainerdesk.services.register import RegisterRow

UNSETTLED = frozenset({InvoiceState.OPEN, InvoiceState.PART_PAID, InvoiceState.OVERDUE})
ANY_STATE = frozenset(InvoiceState)


class Issued(StrEnum):
    """When a document was issued, seen from today."""

    EVER = "ever"
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    THIS_QUARTER = "this_quarter"
    LAST_QUARTER = "last_quarter"
    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"


def issued_within(choice: Issued, today: date) -> Period | None:
    """The calendar days a choice means, half-open; None for ever."""
    if choice is Issued.EVER:
        return None
    months = {"month": 1, "quarter": 3, "year": 12}[choice.value.rpartition("_")[2]]
    start = date(today.year, (today.month - 1) // months * months + 1, 1)
    if choice.value.startswith("last_"):
        return Period(_months_back(start, months), start)
    return Period(start, _months_back(start, -months))


def _months_back(first: date, months: int) -> date:
    """The first of the month so many months before."""
    count = first.year * 12 + first.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """What is asked for; all of it must hold. Words may stand anywhere in number, account and reason."""

    words: str = ""
    states: frozenset[InvoiceState] = ANY_STATE
    kind: DocumentKind | None = None
    account_id: str | None = None
    issued: Period | None = None

    def shown(self, rows: Iterable[RegisterRow]) -> tuple[RegisterRow, ...]:
        """Those of the rows that fit, in their order."""
        fitting = tuple(row for row in rows if self._fits(row))
        wanted = words_of(self.words)
        return tuple(row for row in fitting if _has_all(row, wanted)) if wanted else fitting

    def _fits(self, row: RegisterRow) -> bool:
        return (
            row.state in self.states
            and self.kind in (None, row.kind)
            and self.account_id in (None, row.account_id)
            and (self.issued is None or row.issued_on in self.issued)
        )


def _has_all(row: RegisterRow, wanted: Iterable[str]) -> bool:
    parts = (row.number, row.account_name, row.account_id, row.corrects or "", row.reason)
    return has_all(as_read(" ".join(parts)), wanted)
