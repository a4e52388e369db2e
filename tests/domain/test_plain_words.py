"""The agreement in words: every rule has its sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from retainerdesk.domain.money import Money
from retainerdesk.domain.period import MONTHLY, Cadence, CadenceUnit, Period
from retainerdesk.domain.plain_languages import LANGUAGES
from retainerdesk.domain.plain_words import terms_in_words
from retainerdesk.domain.plain_words_english import ENGLISH, written
from retainerdesk.domain.plain_words_german import GERMAN
from retainerdesk.domain.plan import (
    Overage,
    OverageDecision,
    Plan,
    Proration,
    Rollover,
    RolloverPolicy,
    Timing,
)
from retainerdesk.domain.retainer import (
    Escalator,
    Notice,
    NoticeBy,
    NoticeUnit,
    Pause,
    PauseFee,
    PauseLots,
    Renewal,
    Retainer,
    TermRule,
)
from retainerdesk.domain.sentence import Language, Value
from tests.domain.builders import BILL_150, day, eur, plan, retainer

START = date(2025, 1, 31)
PLAN = Plan(
    START,
    Money(300_000, "EUR"),
    MONTHLY,
    allowance_minutes=1200,
    rollover=Rollover(RolloverPolicy.SURPLUS, periods=2, cap_minutes=300),
    overage=Overage(Decimal("150.00"), OverageDecision.BILL),
)
RULE = TermRule(12, Renewal.AUTOMATIC, Notice(60, NoticeUnit.DAYS), Escalator(Decimal(3), 60))
RETAINER = Retainer("acme", "advisory", "Advisory", START, (PLAN,), RULE)


def test_the_whole_agreement_reads_as_sentences() -> None:
    """On 1 March 2026 the second term runs: 3 % on 3,000 is 3,090, then 3,182.70. E is 30 January 2027."""
    assert terms_in_words(RETAINER, date(2026, 3, 1)) == (
        "3,090.00 EUR a month since 31 Jan 2025, invoiced in advance.",
        "20 h a month are included.",
        "At most 5 h unused are carried from a period, the oldest used first.",
        "Carried time lives for 2 periods.",
        "Beyond that 150.00 EUR an hour, invoiced with the period after.",
        "Part periods cost their share of the days.",
        "Renews on 31 Jan 2027 for 12 months unless either side writes 60 days before, by 1 Dec 2026.",
        "The fee then changes by 3 % to 3,182.70 EUR, announced by 1 Dec 2026.",
    )


def test_notice_a_pause_a_later_plan_and_what_was_settled_are_told() -> None:
    retainer = replace(
        RETAINER,
        plans=(PLAN, replace(PLAN, from_on=date(2025, 11, 1), fee=Money(400_000, "EUR"))),
        pauses=(Pause(Period(date(2025, 8, 1), date(2025, 9, 1))),),
        notice_given_on=date(2025, 5, 2),
        notice_given_by=NoticeBy.THEM,
        settled_through=date(2025, 3, 1),
    )
    assert terms_in_words(retainer, date(2025, 6, 1))[-5:] == (
        "Ends on 30 Jan 2026.",
        "They gave notice on 2 May 2025.",
        "Paused from 1 Aug 2025 to 31 Aug 2025 without a fee; what was carried does not age.",
        "From 1 Nov 2025: 4,000.00 EUR a month.",
        "What lies before 1 Mar 2025 was settled elsewhere.",
    )


def test_a_past_pause_is_not_told() -> None:
    retainer = replace(RETAINER, pauses=(Pause(Period(date(2025, 8, 1), date(2025, 9, 1))),))
    assert not any("Paused" in words for words in terms_in_words(retainer, date(2025, 9, 1)))


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (None, ["No end is agreed."]),
        (TermRule(12, Renewal.FIXED), ["Ends on 30 Jan 2026."]),
        (
            TermRule(12, Renewal.AUTOMATIC),
            ["Renews on 31 Jan 2026 for 12 months unless either side writes before."],
        ),
        (
            TermRule(1, Renewal.ROLLING, Notice(1, NoticeUnit.MONTHS)),
            ["Agreed until 27 Feb 2025.", "Then it goes on until either side gives 1 month notice."],
        ),
        (TermRule(None, Renewal.ROLLING), ["Then it goes on until either side says so."]),
    ],
)
def test_every_kind_of_term_has_its_words(rule: TermRule | None, words: list[str]) -> None:
    assert list(terms_in_words(replace(RETAINER, term=rule), START)[6:]) == words


def test_an_agreement_without_hours_says_so() -> None:
    words = terms_in_words(replace(RETAINER, plans=(replace(PLAN, allowance_minutes=0),)), START)
    assert words[1] == "No hours are agreed."


def test_every_choice_a_plan_offers_has_a_sentence() -> None:
    rollovers = [
        Rollover(policy, periods, cap, total, percent, expires, until_end)
        for policy, (periods, cap, total, percent, expires, until_end) in product(
            RolloverPolicy,
            [
                (2, 300, 600, None, None, False),
                (None, None, None, 50, date(2026, 1, 1), False),
                (None, None, None, None, None, True),
                (None, None, None, None, None, False),
            ],
        )
    ]
    agreed = [decision for decision in OverageDecision if decision is not OverageDecision.OFFSET]
    for rollover, decision in product(rollovers, agreed):
        plan = replace(PLAN, rollover=rollover, overage=Overage(Decimal("99.955"), decision))
        assert all(terms_in_words(replace(RETAINER, plans=(plan,)), START))
    for timing, proration, fee, lots in product(Timing, Proration, PauseFee, PauseLots):
        plan = replace(PLAN, timing=timing, proration=proration)
        pause = Pause(Period(date(2025, 8, 1), date(2025, 9, 1)), fee, lots)
        assert all(terms_in_words(replace(RETAINER, plans=(plan,), pauses=(pause,)), START))


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
@pytest.mark.parametrize(
    "terms",
    [
        {"allowance_money": eur(1500), "value_rate": Decimal(120)},
        {"allowance_sessions": 4, "session_price": eur(180)},
    ],
)
def test_only_minutes_are_called_time(terms: dict[str, Any], language: Language) -> None:
    """A value of money and sessions are carried too; neither is time, in any language."""
    every = (Rollover(RolloverPolicy.NONE), Rollover(RolloverPolicy.SURPLUS_AND_DEFICIT, periods=2))
    ends = (Rollover(RolloverPolicy.SURPLUS, expires_on=day("2026-05-01")),)
    rest = (Rollover(RolloverPolicy.SURPLUS, cap_percent=50, until_term_end=True),)
    paused = Pause(Period(day("2026-03-01"), day("2026-04-01")))
    for rollover in every + ends + rest:
        sold = plan("2026-01-01", rollover=rollover, **terms)
        agreed = replace(retainer(sold), pauses=(paused,))
        words = " ".join(terms_in_words(agreed, day("2026-02-01"), language))
        assert " time " not in words
        assert not re.search(r"\b(Zeit|temps|tiempo)\b", words, re.IGNORECASE)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Money(123_456_789, "EUR"), "1,234,567.89 EUR"),
        (Money(-5, "BHD"), "-0.005 BHD"),
        (90, "1 h 30 min"),
        (45, "45 min"),
        (-90, "-1 h 30 min"),
        (0, "0 h"),
        (Cadence(CadenceUnit.MONTH, 3), "a quarter"),
        (Cadence(CadenceUnit.WEEK, 2), "every 2 weeks"),
        (Fraction(5, 2), "2.5 %"),
        (Fraction(10, 3), "3.33 %"),
        (Decimal(20), "20 %"),
        ("1:period", "1 period"),
        ("ACME: Ltd", "ACME: Ltd"),
    ],
)
def test_values_are_written_the_way_people_do(value: Value, text: str) -> None:
    assert written(value) == text


def test_another_language_is_another_table() -> None:
    shout = Language({key: text.upper().format_map(Kept()) for key, text in ENGLISH.templates.items()}, str)
    assert terms_in_words(replace(RETAINER, term=None), START, shout)[-1] == "NO END IS AGREED."


class Kept(dict[str, str]):
    """Leaves placeholders as they are, in lower case."""

    def __missing__(self, key: str) -> str:
        return "{" + key.lower() + "}"


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({}, ["No hours are agreed."]),
        (
            {"overage": BILL_150},
            ["No hours are agreed.", "Every hour costs 150.00 EUR, invoiced with the period after."],
        ),
        (
            {"allowance_money": eur(1500), "value_rate": Decimal(120), "overage": BILL_150},
            [
                "Work worth 1,500.00 EUR a month is included, at 120.00 EUR an hour.",
                "Unused value is not carried.",
                "Work beyond that is invoiced with the period after.",
            ],
        ),
        (
            {"allowance_sessions": 4, "session_price": eur(180)},
            [
                "4 sessions a month are included, one for each call.",
                "Unused sessions are not carried.",
                "Beyond that 180.00 EUR a session, if both agree; decided for each period.",
            ],
        ),
    ],
)
def test_every_way_a_retainer_is_paid_has_its_words(terms: dict[str, Any], said: list[str]) -> None:
    words = terms_in_words(retainer(plan("2026-01-01", **terms)), day("2026-02-01"))
    assert list(words[1 : 1 + len(said)]) == said


@pytest.mark.parametrize(
    ("decision", "hours", "sessions", "german"),
    [
        (
            OverageDecision.BILL,
            "Work beyond that is not invoiced; no price is agreed for it.",
            "Sessions beyond that are not invoiced; no price is agreed for them.",
            "Arbeit darüber hinaus wird nicht berechnet; kein Preis ist vereinbart.",
        ),
        (
            OverageDecision.ASK,
            "No price is agreed for work beyond that; it is decided for each period.",
            "No price is agreed for sessions beyond that; they are decided for each period.",
            "Für Arbeit darüber hinaus ist kein Preis vereinbart; je Periode entschieden.",
        ),
    ],
)
def test_without_a_price_for_more_no_price_of_zero_is_told(
    decision: OverageDecision, hours: str, sessions: str, german: str
) -> None:
    """What is billed at nothing an hour is not billed: 0.00 EUR would read like a promise."""
    free = Overage(Decimal(0), decision)
    in_hours = retainer(plan("2026-01-01", allowance_minutes=600, overage=free))
    in_sessions = retainer(plan("2026-01-01", allowance_sessions=4, overage=free))
    assert hours in terms_in_words(in_hours, day("2026-02-01"))
    assert german in terms_in_words(in_hours, day("2026-02-01"), GERMAN)
    assert sessions in terms_in_words(in_sessions, day("2026-02-01"))
