"""What is typed into the search of the whole book is only ever words: no operator, no column, no error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import event

from retainerdesk.domain.search_words import words_in
from retainerdesk.domain.work import Note
from retainerdesk.services.rows import add_row
from retainerdesk.services.search import search_book
from retainerdesk.store.book_store import BookStore
from retainerdesk.store.check import check_book
from tests.faults import jobs
from tests.faults.figures import Figures
from tests.faults.naughty import KEPT
from tests.faults.test_hostile_names import SEARCHES

# Everything FTS5 has a meaning for, and what SQL or a LIKE pattern would take for more than a letter.
OPERATORS = (
    "AND", "OR", "NOT", "NEAR", "a AND", "AND a", "NOT a", "a NOT b", "NEAR(a b, 5)", "NEAR(", "a NEAR b",
    "words:a", "search_index:a", "{words}:a", "- words:a", "rowid:1", "rank", "^a", '"a', 'a"', '""', '"""',
    '"a" "b"', "a*", "*", "a *", '"a" *', "a + b", "+", "(a", "a)", "((((", "a,b", "a;DROP TABLE accounts",
    "a' OR '1'='1", "?1", ":a", "@a", "$a", "a\x00b", "\x00", "a\\", "%", "_", "a%", "_a", "[a]", "a?", "a-b",
    "\ue000", "\U000f0001", "\ud800", "a\udfffb", "\u202ea", "\ufeff", "a\u0301" * 50, "\n\t", "",
)  # fmt: skip
LONG = (
    "a" * 10_000, "a " * 5_000, '"' * 10_000, "(" * 10_000, "a OR " * 2_000, "東" * 10_000, "\x00" * 10_000,
    " ".join(f"w{number}" for number in range(2_000)),
)  # fmt: skip


@contextmanager
def statements(store: BookStore) -> Iterator[set[str]]:
    """The texts of the statements that are run meanwhile."""
    seen: set[str] = set()

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        seen.add(statement)

    event.listen(store._engine, "before_cursor_execute", note)
    yield seen
    event.remove(store._engine, "before_cursor_execute", note)


def test_no_text_is_a_syntax_error_or_gets_into_a_statement(folder: Path, figures: Figures) -> None:
    jobs.make_billed(folder)
    texts = (*OPERATORS, *LONG, *SEARCHES, *KEPT)
    with jobs.opened(folder) as store, statements(store) as seen:
        for typed in texts:
            with store.reading() as uow:
                page = search_book(uow, typed)
            assert len(page.results) <= 30
            assert page.is_empty_question == (not words_in(typed[:2000])), typed
    assert not [each for each in seen if "zeppelin" in each or "DROP" in each]
    # Parameters only: a few texts of statements for hundreds of texts that were typed.
    assert len(seen) < 80
    figures.add("F100", 'search text with %, _, ", *, NEAR, NUL', texts=len(texts), syntax_errors=0)
    assert len(texts) > 200


def test_every_hostile_text_that_is_stored_is_found_by_each_of_its_words(
    folder: Path, figures: Figures
) -> None:
    jobs.make_billed(folder)
    at = datetime(2026, 3, 2, 9)  # noqa: DTZ001 - a local time
    # A note without a text is refused.
    texts = [text for text in KEPT if text.strip()]
    with jobs.opened(folder) as store:
        with store.writing() as uow:
            for number, text in enumerate(texts):
                add_row(uow, Note("alfa", f"naughty-{number}", at, text))
            uow.commit()
        lost, words = [], 0
        with store.reading() as uow:
            for number, text in enumerate(texts):
                for word in set(words_in(text)):
                    words += 1
                    found = search_book(uow, word, kinds=("note",), limit=400).results
                    if f"naughty-{number}" not in [each.id for each in found]:
                        lost.append((text, word))
            assert list(check_book(uow)) == []
    assert lost == []
    tried = "hostile texts kept in notes, each looked for by each of its words"
    figures.add("F100", tried, texts=len(texts), words=words, lost=0)
