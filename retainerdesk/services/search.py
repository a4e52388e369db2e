"""Look for words in everything the book holds: a first page of the best, what fits marked by position."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.search_words import SoughtWord, Span, fitting_spans, sought
from retainerdesk.store.search.asking import SHOWN_KINDS, Hit, find_rows
from retainerdesk.store.unit_of_work import UnitOfWork

__all__ = ["FIRST_PAGE", "SHOWN_KINDS", "MarkedText", "SearchPage", "SearchResult", "search_book"]

FIRST_PAGE = 30
_LONGEST_TITLE, _LONGEST_SNIPPET = 120, 160
_BEFORE = 32


@dataclass(frozen=True, slots=True)
class MarkedText:
    """One line as people wrote it, shortened, with where the words are: `[start, end)` in characters."""

    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A row that fits, and where it is: its account, its kind, and its id in its list.

    `kind` is one of `SHOWN_KINDS`. The id of a document is its number, of a plan "<retainer>/<date>", of what
    was decided or adjusted about a retainer the retainer's id. `account_id` is "" for one of our own people;
    `on` is None for what has no date.
    """

    kind: str
    account_id: str
    account_name: str
    id: str
    on: date | None
    title: MarkedText
    snippet: MarkedText


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The best first. `next_place` is where the next page goes on, None at the end.

    `is_empty_question` if nothing that was typed is a word.
    """

    results: tuple[SearchResult, ...]
    next_place: int | None
    is_empty_question: bool = False


def search_book(
    uow: UnitOfWork,
    typed: str,
    *,
    account_id: str | None = None,
    kinds: Sequence[str] = (),
    after: int | None = None,
    limit: int = FIRST_PAGE,
) -> SearchPage:
    """Rows in which every word typed is, or begins a word; a word may also be in the name of the account.

    Names come first, then numbers of documents, then everything else with the newest first. Raises
    RuleViolation for an unknown kind.
    """
    for kind in kinds:
        if kind not in SHOWN_KINDS:
            raise RuleViolation(
                "search.kind", f"There is no kind “{kind}”. Kinds are {', '.join(SHOWN_KINDS)}.", "kind"
            )
    words = sought(typed)
    hits = find_rows(uow, typed, account_id=account_id, kinds=kinds, after=after, limit=limit)
    return SearchPage(tuple(_result(hit, words) for hit in hits.rows), hits.next_place, not words)


def _result(hit: Hit, words: Sequence[SoughtWord]) -> SearchResult:
    title = hit.title or hit.text
    return SearchResult(
        hit.kind, hit.account_id, hit.account_name, hit.id, hit.on,
        _marked(title, words, _LONGEST_TITLE),
        _marked(hit.text if hit.title else "", words, _LONGEST_SNIPPET),
    )  # fmt: skip


def _marked(text: str, words: Sequence[SoughtWord], most: int) -> MarkedText:
    """The text on one line; of a long one the part around the first word that fits."""
    line = " ".join(text.split())
    spans = fitting_spans(line, words)
    if len(line) <= most:
        return MarkedText(line, spans)
    start = max(0, spans[0][0] - _BEFORE) if spans and spans[0][1] > most else 0
    lead = "…" if start else ""
    tail = "…" if start + most < len(line) else ""
    moved = len(lead) - start
    kept = [(a + moved, min(b, start + most) + moved) for a, b in spans if start <= a < start + most]
    return MarkedText(f"{lead}{line[start : start + most]}{tail}", tuple(kept))
