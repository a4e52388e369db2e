"""The command search: words looked for in everything the book holds."""

from __future__ import annotations

import argparse

from retainerdesk.cli import shapes
from retainerdesk.cli.output import print_json, print_table, say
from retainerdesk.services.context import BookContext
from retainerdesk.services.search import MarkedText, SearchPage, SearchResult, search_book


def search(book: BookContext, args: argparse.Namespace) -> int:
    """Print the best rows; nothing found is an answer, not a refusal."""
    typed = " ".join(args.words)
    with book.store.reading() as uow:
        page = search_book(
            uow, typed, account_id=args.account, kinds=tuple(args.kind), after=args.after, limit=args.limit
        )
    if args.json:
        print_json(_json(typed, page))
        return 0
    if not page.results:
        nothing = "Nothing to look for: type a word."
        say(nothing if page.is_empty_question else f"Nothing found for “{typed}”.")
        return 0
    print_table(("date", "kind", "account", "id", ""), [_row(each) for each in page.results])
    if page.next_place is not None:
        say(f"There is more: --after {page.next_place}")
    return 0


def _row(result: SearchResult) -> tuple[str, ...]:
    texts = (result.title.text, result.snippet.text)
    line = " · ".join(text for text in texts if text)
    return shapes.day(result.on) or "", result.kind, result.account_id, result.id, line


def _json(typed: str, page: SearchPage) -> shapes.Json:
    return {
        "words": typed,
        "results": [
            {
                "kind": each.kind,
                "account": each.account_id or None,
                "account_name": each.account_name or None,
                "id": each.id,
                "on": shapes.day(each.on),
                "title": _marked(each.title),
                "text": _marked(each.snippet),
            }
            for each in page.results
        ],
        "next": page.next_place,
    }


def _marked(marked: MarkedText) -> shapes.Json:
    return {"text": marked.text, "fits": [list(span) for span in marked.spans]}
