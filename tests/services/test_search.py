"""Search as screens and scripts see it: lines shortened around what fits, positions right, kinds refused."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retainerdesk.domain.account import Account
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.search_words import SoughtWord, fitting_spans, folded, sought
from retainerdesk.domain.work import Note
from retainerdesk.services.rows import add_row
from retainerdesk.services.search import MarkedText, SearchPage, search_book
from retainerdesk.store.book_store import BookStore


def note(store: BookStore, text: str, number: int = 1) -> None:
    with store.writing() as uow:
        add_row(uow, Note("acme", f"n-{number:03}", datetime(2026, 3, number % 28 + 1, 9), text))  # noqa: DTZ001
        uow.commit()


def page(store: BookStore, typed: str, **asked: object) -> SearchPage:
    with store.reading() as uow:
        return search_book(uow, typed, **asked)  # type: ignore[arg-type]


def fitting(marked: MarkedText) -> list[str]:
    return [marked.text[start:end] for start, end in marked.spans]


def test_what_fits_is_marked_by_its_place_in_the_text_as_it_was_written(store: BookStore) -> None:
    note(store, "Jour fixe mit Frau Müller über MÜLLHEIM")
    (found,) = page(store, "mull fix").results
    assert (found.kind, found.account_id, found.account_name, found.id) == ("note", "acme", "ACME", "n-001")
    assert found.on == date(2026, 3, 2)
    assert fitting(found.title) == ["fix", "Müll", "MÜLL"]


def test_a_long_text_is_one_line_around_the_first_word_that_fits(store: BookStore) -> None:
    note(store, "word " * 200 + "\n\nZeppelin " + "word " * 200)
    (found,) = page(store, "zepp").results
    assert len(found.title.text) <= 122
    assert "\n" not in found.title.text
    assert (found.title.text[0], found.title.text[-1]) == ("…", "…")
    assert fitting(found.title) == ["Zepp"]


def test_markup_stays_what_it_is(store: BookStore) -> None:
    note(store, "<b>bold</b> <img src=x>")
    (found,) = page(store, "bold").results
    assert found.title.text == "<b>bold</b> <img src=x>"
    assert fitting(found.title) == ["bold"]


def test_a_page_is_bounded_and_says_where_the_next_one_goes_on(store: BookStore) -> None:
    for number in range(7):
        note(store, f"Plan {number}", number)
    first = page(store, "plan", limit=5)
    assert len(first.results) == 5
    rest = page(store, "plan", limit=5, after=first.next_place)
    assert (len(rest.results), rest.next_place) == (2, None)


def test_nothing_to_look_for_is_told_from_nothing_found(store: BookStore) -> None:
    assert page(store, ' %_"*() ').is_empty_question
    assert not page(store, "zeppelin").is_empty_question
    assert page(store, "zeppelin").results == ()


def test_an_unknown_kind_is_refused_with_those_that_there_are(store: BookStore) -> None:
    with pytest.raises(RuleViolation, match=r"Kinds are account, .*invoice") as refused:
        page(store, "x", kinds=("number",))
    assert refused.value.field == "kind"


def test_a_new_account_is_found_by_its_name_and_its_id(store: BookStore) -> None:
    from retainerdesk.services.accounts import add_account

    with store.writing() as uow:
        add_account(uow, Account("zen-7", "Zenith Works", "EUR"))
        uow.commit()
    for typed in ("zenith", "wor zen", "zen-7"):
        assert [each.id for each in page(store, typed).results] == ["zen-7"], typed


@given(st.text(max_size=80), st.text(max_size=20))
def test_marked_places_lie_inside_the_text_in_order_and_apart(text: str, typed: str) -> None:
    spans = fitting_spans(text, sought(typed))
    ends = [place for span in spans for place in span]
    assert ends == sorted(set(ends))
    assert all(0 <= place <= len(text) for place in ends)


@given(st.text(max_size=40))
def test_each_word_of_a_text_is_marked_in_it(text: str) -> None:
    for word in sought(folded(text)):
        if len(text) == len(folded(text)):
            assert fitting_spans(folded(text), [word]) != ()


def test_parts_of_a_word_belong_together() -> None:
    assert sought("2026-0041") == (SoughtWord(("2026", "0041")),)
    assert fitting_spans("2026 and 0041, 2026-0041", sought("2026-004")) == ((15, 23),)
