"""The next letter for what is past due: in order, at a distance, never by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from retainerdesk.domain.dunning import (
    DEFAULT_STEPS,
    Debt,
    DunningStep,
    SentStep,
    check_steps,
    next_step,
)
from retainerdesk.domain.dunning_words import LetterWords
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.money import Money

DUE = date(2026, 3, 1)
DEBT = Debt("2026-0001", DUE, Money(10_000, "EUR"))


def sent(step: str, on: date, number: str = "2026-0001") -> SentStep:
    return SentStep(number, step, on)


@pytest.mark.parametrize(("days", "is_due"), [(0, False), (2, False), (3, True), (13, True), (60, True)])
def test_the_reminder_comes_three_days_past_due_and_first_however_late_it_is(days: int, is_due: bool) -> None:
    step = next_step(DEBT, [], DUE + timedelta(days=days))
    assert step is not None
    assert (step.step.id, step.due_on, step.is_due) == ("reminder", date(2026, 3, 4), is_due)


def test_a_step_waits_for_its_day_and_for_its_distance_from_the_last_letter() -> None:
    """Reminder on time: the first notice comes 14 days past due, on 15 March. Reminder on 10 April: 11 days
    lie between the steps 3 and 14, so on 21 April."""
    on_time = next_step(DEBT, [sent("reminder", date(2026, 3, 4))], DUE)
    late = next_step(DEBT, [sent("reminder", date(2026, 4, 10))], date(2026, 4, 21))
    assert on_time is not None
    assert late is not None
    assert (on_time.step.id, on_time.due_on) == ("first_notice", date(2026, 3, 15))
    assert (late.due_on, late.is_due) == (date(2026, 4, 21), True)


def test_after_the_last_step_and_when_nothing_is_past_due_there_is_none() -> None:
    letters = [sent(step.id, DUE) for step in DEFAULT_STEPS]
    assert next_step(DEBT, letters, date(2027, 1, 1)) is None
    assert next_step(replace(DEBT, past_due=Money(0, "EUR")), [], date(2027, 1, 1)) is None
    assert next_step(DEBT, [], date(2027, 1, 1), ()) is None


def test_letters_of_other_invoices_and_of_steps_given_up_do_not_count() -> None:
    letters = [sent("final_notice", DUE, "2026-0002"), sent("shouting", DUE)]
    step = next_step(DEBT, letters, DUE)
    assert step is not None
    assert step.step.id == "reminder"


def test_the_default_steps_hold_and_speak_every_language() -> None:
    check_steps(DEFAULT_STEPS)
    assert [step.after_days for step in DEFAULT_STEPS] == [3, 14, 30, 45]
    for step in DEFAULT_STEPS:
        assert set(step.words) == {"en", "de", "fr", "es"}


def test_an_unknown_language_gets_english_or_what_there_is() -> None:
    assert DEFAULT_STEPS[0].words_in("pt").title == "Payment reminder"
    only = DunningStep("a", 1, words={"fr": LetterWords("Rappel", "")})
    assert only.words_in("pt").title == "Rappel"


@pytest.mark.parametrize(
    ("steps", "rule"),
    [
        ((DunningStep("a", 0, words={"en": LetterWords("t", "b")}),), "dunning.days"),
        (tuple(replace(DEFAULT_STEPS[0], id=each) for each in "ab"), "dunning.days"),
        ((DEFAULT_STEPS[0], replace(DEFAULT_STEPS[1], id="reminder")), "dunning.twice"),
        ((DunningStep("a", 1),), "dunning.words"),
        ((DunningStep("a", 1, words={"en": LetterWords("t", "{amount.__class__}")}),), "dunning.placeholder"),
        ((DunningStep("a", 1, words={"en": LetterWords("t", "{amount:>99999999}")}),), "dunning.placeholder"),
        ((DunningStep("a", 1, words={"en": LetterWords("50 % {", "")}),), "dunning.placeholder"),
    ],
)
def test_steps_that_cannot_be_are_refused(steps: tuple[DunningStep, ...], rule: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        check_steps(steps)
    assert refused.value.rule == rule
