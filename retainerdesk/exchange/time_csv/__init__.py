"""Time entries of Toggl Track, Clockify and Harvest: read first, then matched to the book."""

from retainerdesk.exchange.csv_text import RefusedRow
from retainerdesk.exchange.time_csv.dialects import TimeSource
from retainerdesk.exchange.time_csv.match import TimeMapping, TimeMatch, Unmatched, match_time
from retainerdesk.exchange.time_csv.names import Proposal
from retainerdesk.exchange.time_csv.parse import DateOrderNeeded, TimeImport, TimeRow, parse_time
from retainerdesk.exchange.time_csv.values import DateOrder

__all__ = [
    "DateOrder",
    "DateOrderNeeded",
    "Proposal",
    "RefusedRow",
    "TimeImport",
    "TimeMapping",
    "TimeMatch",
    "TimeRow",
    "TimeSource",
    "Unmatched",
    "match_time",
    "parse_time",
]
