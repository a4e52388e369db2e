"""German says the same as English, with German figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from string import Formatter

import pytest

from retainerdesk.domain.money import Money
from retainerdesk.domain.period import MONTHLY, Cadence, CadenceUnit
from retainerdesk.domain.plain_words import terms_in_words
from retainerdesk.domain.plain_words_english import ENGLISH
from retainerdesk.domain.plain_words_german import GERMAN, written_in_german
from retainerdesk.domain.plan import Overage, OverageDecision, Plan, Rollover, RolloverPolicy
from retainerdesk.domain.retainer import Escalator, Notice, NoticeUnit, Renewal, Retainer, TermRule
from retainerdesk.domain.sentence import Value


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_sentence_exists_and_leaves_no_value_out() -> None:
    """A day told in one language may be implied in the other, an amount never: the sets are equal."""
    told = {key: placeholders(text) for key, text in GERMAN.templates.items()}
    assert told == {key: placeholders(text) for key, text in ENGLISH.templates.items()}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Money(300_000, "EUR"), "3.000,00 EUR"),
        (date(2026, 12, 2), "02.12.2026"),
        (90, "1 Std. 30 Min."),
        (MONTHLY, "im Monat"),
        (Cadence(CadenceUnit.WEEK, 2), "alle 2 Wochen"),
        (Notice(1, NoticeUnit.MONTHS), "1 Monat"),
        (Fraction(5, 2), "2,5 %"),
        ("2:period", "2 Perioden"),
        ("1,150.00 EUR", "1.150,00 EUR"),
    ],
)
def test_values_are_written_the_german_way(value: Value, text: str) -> None:
    assert written_in_german(value) == text


def test_an_agreement_reads_as_german() -> None:
    """E is 30 January 2026; 60 days before is 1 December 2025; 3 % on 3,000 is 3,090."""
    start = date(2025, 1, 31)
    plan = Plan(
        start,
        Money(300_000, "EUR"),
        MONTHLY,
        allowance_minutes=1200,
        rollover=Rollover(RolloverPolicy.SURPLUS, 2, 300),
        overage=Overage(Decimal(150), OverageDecision.BILL),
    )
    rule = TermRule(12, Renewal.AUTOMATIC, Notice(60, NoticeUnit.DAYS), Escalator(Decimal(3), 60))
    words = terms_in_words(Retainer("acme", "a", "Beratung", start, (plan,), rule), start, GERMAN)
    assert words == (
        "3.000,00 EUR im Monat seit 31.01.2025, im Voraus berechnet.",
        "20 Std. im Monat sind enthalten.",
        "Höchstens 5 Std. je Periode werden übertragen, die ältesten zuerst genutzt.",
        "Gültigkeit übertragener Zeit: 2 Perioden.",
        "Darüber hinaus 150,00 EUR je Stunde, berechnet mit der folgenden Periode.",
        "Angebrochene Perioden kosten ihren Anteil an den Tagen.",
        "Verlängert sich am 31.01.2026 um 12 Monate, falls niemand bis 01.12.2025 kündigt (Frist: 60 Tage).",
        "Die Gebühr ändert sich dann um 3 % auf 3.090,00 EUR, anzukündigen bis 01.12.2025.",
    )
