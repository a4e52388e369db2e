"""Hostile texts in every text field: kept to the letter there and back and in the timeline, or refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from retainerdesk.services.account_list import load_account_list
from retainerdesk.services.account_view import load_account_view
from retainerdesk.services.book_files import ImportOptions, export_book, import_files
from retainerdesk.services.timeline import timeline_page
from retainerdesk.store.book_store import open_book
from retainerdesk.system.kept_files import KeptFiles
from tests.faults import jobs
from tests.faults.figures import ALL, SAMPLE, Figures, depths
from tests.faults.invariants import broken
from tests.faults.naughty import KEPT, REFUSED

# Where people write what they like. A path through the open book; a number is a place in a list.
TEXTS: tuple[tuple[Any, ...], ...] = (
    ("business", "name"), ("business", "address", 0), ("business", "invoice_note"), ("business", "bank_name"),
    ("people", 0, "name"), ("accounts", 0, "name"), ("accounts", 0, "address", 0), ("accounts", 0, "tags", 0),
    ("accounts", 0, "contacts", 0, "name"), ("accounts", 0, "contacts", 0, "role"),
    ("accounts", 0, "contacts", 0, "phone"), ("accounts", 0, "retainers", 0, "name"),
    ("accounts", 0, "retainers", 0, "plans", 0, "text"), ("accounts", 0, "work", 0, "text"),
    ("accounts", 0, "calls", 0, "title"), ("accounts", 0, "calls", 0, "text"), ("accounts", 0,
    "notes", 0, "text"),
    ("accounts", 0, "actions", 0, "text"), ("accounts", 0, "decisions", 0, "text"),
    ("accounts", 0, "decisions", 0, "reason"), ("accounts", 0, "charges", 0, "text"),
    ("accounts", 0, "expenses", 0, "text"), ("accounts", 0, "documents", 0, "name"),
    ("accounts", 0, "payments", 0, "text"),
)  # fmt: skip


def whole_book(folder: Path) -> Any:
    """An exported book that has something in every field of `TEXTS`."""
    jobs.make_billed(folder)
    with jobs.opened(folder) as store:
        export_book(store, jobs.kept_in(folder), folder / "out" / "book.json")
    document = json.loads((folder / "out" / "book.json").read_text(encoding="utf-8"))
    account = document["accounts"][0]
    account["tags"] = ["tag"]
    account["contacts"] = [{"id": "jo", "name": "Jo", "email": "", "role": "", "phone": ""}]
    account["calls"] = [{"id": "c", "at": "2026-01-20T10:00", "minutes": 30, "title": "Weekly", "text": ""}]
    account["notes"] = [{"id": "n", "at": "2026-01-21T10:00", "text": "Note", "touch": True}]
    account["actions"] = [{"id": "a", "text": "Act", "owner": "", "due_on": "2026-02-10"}]
    account["decisions"] = [{"id": "d", "on": "2026-01-22", "text": "Yes", "reason": "because"}]
    account["charges"] = [{"id": "x", "on": "2026-03-01", "text": "X", "quantity": "1", "unit_price": "1"}]
    account["expenses"] = [{"id": "e", "on": "2026-03-01", "amount": "1.00", "text": "E", "rebill": True}]
    account["payments"] = [{"id": "p", "on": "2026-02-02", "amount": "1.00", "text": "", "allocations": []}]
    return document


def put(document: Any, path: tuple[Any, ...], text: str) -> None:
    for name in path[:-1]:
        document = document[name]
    document[path[-1]] = text


def get(document: Any, path: tuple[Any, ...]) -> Any:
    for name in path:
        document = document[name]
    return document


def refusals(place: Path, source: Path) -> tuple[str, ...]:
    """Import one file into a new book; what was refused of it."""
    store = open_book(place, jobs.CLOCK, create=True)
    with closing(store):
        return import_files(
            store, KeptFiles(place.with_name(place.name + ".files")), [source], ImportOptions()
        ).value.refused


def imported(place: Path, source: Path) -> Path:
    """A new book with the content of one file."""
    assert refusals(place, source) == ()
    return place


def exported(book: Path, target: Path) -> Any:
    with closing(open_book(book, jobs.CLOCK)) as store:
        export_book(store, KeptFiles(book.with_name(book.name + ".files")), target)
    return json.loads(target.read_text(encoding="utf-8"))


def read_screens(book: Path, account_id: str) -> Iterator[str]:
    """Every text of the timeline; the list and the view must come up at all."""
    with closing(open_book(book, jobs.CLOCK)) as store, store.reading() as uow:
        assert load_account_list(uow, jobs.TODAY)
        load_account_view(uow, account_id, jobs.TODAY)
        page = timeline_page(uow, account_id, until=jobs.TODAY)
        yield from (f"{row}" for row in page.rows)


@depths
def test_a_hostile_text_comes_back_to_the_letter_from_every_field(
    depth: str, folder: Path, tmp_path: Path, figures: Figures
) -> None:
    """One book for each text, with that text in every field: imported, exported, imported and exported."""
    document = whole_book(folder)
    source = tmp_path / "source.json"
    texts = KEPT[::80] if depth == SAMPLE else KEPT
    for number, text in enumerate(texts):
        for path in TEXTS:
            # Somewhere a name has to be more than blanks.
            put(document, path, text if text.strip() else f"x{text}x")
        source.write_text(json.dumps(document), encoding="utf-8")
        first = imported(tmp_path / f"{number}-one.book", source)
        once = exported(first, tmp_path / "once.json")
        again = exported(
            imported(tmp_path / f"{number}-two.book", tmp_path / "once.json"), tmp_path / "twice.json"
        )
        assert once == again
        different = [path for path in TEXTS if get(once, path) != get(document, path)]
        assert different == [], ascii(text)
        shown = list(read_screens(first, document["accounts"][0]["id"]))
        assert shown
        assert broken(first, jobs.TODAY) == []
    if depth == ALL:
        figures.add(
            "F96", "hostile texts in every text field, there and back twice",
            texts=len(texts), fields=len(TEXTS), differences=0,
        )  # fmt: skip


@pytest.mark.parametrize(
    "text", [REFUSED[0], *(pytest.param(text, marks=pytest.mark.faults) for text in REFUSED[1:])], ids=ascii
)
def test_half_a_character_and_nul_are_refused_with_the_field(
    text: str, folder: Path, tmp_path: Path, figures: Figures
) -> None:
    document = whole_book(folder)
    source = tmp_path / "source.json"
    for path in TEXTS:
        changed = json.loads(json.dumps(document))
        put(changed, path, text)
        source.write_text(json.dumps(changed), encoding="utf-8")
        refused = refusals(tmp_path / "refused.book", source)
        field = path[-1] if isinstance(path[-1], str) else path[-2]
        assert len(refused) == 1
        assert field in refused[0]
    figures.add("F96", f"{text!a} in every text field", fields=len(TEXTS), refused=len(TEXTS))
