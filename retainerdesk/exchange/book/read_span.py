"""A span of days as it stands in a book file."""

from __future__ import annotations

from retainerdesk.domain.period import Period
from retainerdesk.exchange.book.fields import NO_DAY, Fields


def read_span(fields: Fields) -> Period:
    """The days from `from` up to, not including, `to`."""
    before = fields.refusals.total
    start, end = fields.day("from"), fields.day("to")
    if end >= start > NO_DAY:
        return Period(start, end)
    if fields.refusals.total == before:
        fields.refuse("to", f"{end} lies before {start}; a span ends after it starts.")
    return Period(NO_DAY, NO_DAY)
