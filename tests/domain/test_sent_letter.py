"""Letters that were sent: no step twice for a document, and what is to be sent next because of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retainerdesk.domain.dunning import DEFAULT_STEPS, Debt, next_letters
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.money import Money
from retainerdesk.domain.sent_letter import LetterKind, LetterLine, SentLetter, check_letter, sent_steps

DUE = date(2026, 3, 1)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def debt(number: str, due_on: date = DUE) -> Debt:
    return Debt(number, due_on, eur(10_000))


def letter(step: str, on: date, *numbers: str) -> SentLetter:
    lines = tuple(LetterLine(number, DUE, eur(10_000)) for number in numbers)
    return SentLetter("acme", f"l-{step}", on, LetterKind.DUNNING, eur(10_000), step, lines)


def test_documents_at_the_same_step_share_a_letter() -> None:
    """Both due 1 March, nothing sent, 31 March: one reminder about both."""
    found = next_letters([debt("1"), debt("2")], (), date(2026, 3, 31))
    assert [(each.step.id, [one.number for one in each.debts]) for each in found] == [
        ("reminder", ["1", "2"])
    ]


def test_the_furthest_step_comes_first_and_what_waits_comes_last() -> None:
    """1 got its reminder on 4 March, so the first notice is due 11 days later; 2 has got nothing and is due
    28 March: its reminder waits until the 31st."""
    sent = sent_steps([letter("reminder", date(2026, 3, 4), "1")])
    debts = [debt("3"), debt("2", date(2026, 3, 28)), debt("1")]
    found = next_letters(debts, sent, date(2026, 3, 30))
    assert [(each.step.id, each.debts[0].number, each.is_due) for each in found] == [
        ("first_notice", "1", True),
        ("reminder", "3", True),
        ("reminder", "2", False),
    ]
    assert found[2].due_on == date(2026, 3, 31)


def test_a_step_a_document_got_already_is_refused() -> None:
    earlier = letter("reminder", date(2026, 3, 4), "1", "2")
    with pytest.raises(RuleViolation, match="2 got the reminder on 2026-03-04 already"):
        check_letter(letter("reminder", date(2026, 3, 20), "2", "3"), [earlier])
    check_letter(letter("first_notice", date(2026, 3, 20), "2"), [earlier])


def test_a_letter_about_nothing_is_refused() -> None:
    with pytest.raises(RuleViolation, match="Nothing is past due"):
        check_letter(letter("reminder", DUE), ())


def test_a_statement_may_be_sent_again_and_counts_as_no_step() -> None:
    statement = SentLetter("acme", "l-1", DUE, LetterKind.STATEMENT, eur(5))
    check_letter(statement, [statement])
    assert sent_steps([statement]) == ()


def test_a_line_asks_for_what_is_open_with_what_the_law_adds() -> None:
    """100.00 + 1.50 interest + 40.00 = 141.50."""
    assert LetterLine("1", DUE, eur(10_000), eur(150), eur(4_000)).total == eur(14_150)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=60), st.integers(1, 3))
def test_however_often_somebody_looks_no_document_gets_a_step_twice_or_out_of_turn(
    gaps: list[int], count: int
) -> None:
    debts = [debt(str(number), DUE + timedelta(days=5 * number)) for number in range(count)]
    letters: list[SentLetter] = []
    today = DUE
    for gap in gaps:
        today += timedelta(days=gap)
        due = [each for each in next_letters(debts, sent_steps(letters), today) if each.is_due]
        for each in due[:1]:
            made = letter(each.step.id, today, *(one.number for one in each.debts))
            check_letter(made, letters)
            letters.append(made)
    order = [step.id for step in DEFAULT_STEPS]
    for number in range(count):
        got = [step.step_id for step in sent_steps(letters) if step.number == str(number)]
        assert got == order[: len(got)]
