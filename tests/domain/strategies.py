"""Hypothesis strategies for retainers, their plans and pauses, and work, in the years 2024 to 2026."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Alignment, Cadence, CadenceUnit, Period
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
    LotAdjustment,
    Pause,
    PauseFee,
    PauseLots,
    Renewal,
    Retainer,
    TermRule,
)
from retainerdesk.domain.work import WorkEntry, WorkKind

FIRST_DAY = date(2024, 1, 1)
# Anchors that clamp are as likely as all others together.
STARTS = st.sampled_from(
    [date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 1), date(2024, 8, 10)]
) | st.dates(FIRST_DAY, date(2024, 12, 31))
CADENCES = st.sampled_from(
    [
        Cadence(CadenceUnit.MONTH, 1),
        Cadence(CadenceUnit.MONTH, 3),
        Cadence(CadenceUnit.MONTH, 6),
        Cadence(CadenceUnit.MONTH, 5),
        Cadence(CadenceUnit.YEAR, 1),
        Cadence(CadenceUnit.WEEK, 2),
        Cadence(CadenceUnit.WEEK, 1),
        Cadence(CadenceUnit.DAY, 10),
    ]
)
MINUTES = st.integers(0, 3000)


@st.composite
def rollovers(draw: st.DrawFn) -> Rollover:
    return Rollover(
        draw(st.sampled_from(RolloverPolicy)),
        draw(st.none() | st.integers(0, 3)),
        draw(st.none() | MINUTES),
        draw(st.none() | MINUTES),
        draw(st.none() | st.integers(0, 120)),
        draw(st.none() | st.dates(FIRST_DAY, date(2026, 12, 31))),
        draw(st.booleans()),
        draw(st.booleans()),
    )


@st.composite
def plans(draw: st.DrawFn, from_on: date) -> Plan:
    cadence = draw(CADENCES)
    alignment = draw(st.sampled_from(Alignment))
    by_day = alignment is Alignment.DAY and cadence.months > 0
    return Plan(
        from_on,
        Money(draw(st.sampled_from([0, 1, 2000, 4000, 9999, 300_000]) | st.integers(0, 500_000)), "EUR"),
        cadence,
        alignment,
        draw(st.integers(1, 31)) if by_day else None,
        draw(st.sampled_from(Timing)),
        draw(st.sampled_from(Proration)),
        draw(MINUTES),
        draw(rollovers()),
        Overage(
            draw(st.sampled_from([Decimal(150), Decimal("99.9999"), Decimal(0)])),
            draw(st.sampled_from([each for each in OverageDecision if each is not OverageDecision.OFFSET])),
        ),
        draw(st.none() | CADENCES),
    )


@st.composite
def pauses(draw: st.DrawFn) -> tuple[Pause, ...]:
    """Up to three pauses that do not overlap."""
    steps = draw(st.lists(st.integers(1, 120), max_size=6).filter(lambda found: len(found) % 2 == 0))
    days = [FIRST_DAY + timedelta(days=n) for n in accumulate(steps)]
    spans = [Period(days[i], days[i + 1]) for i in range(0, len(days), 2)]
    return tuple(
        Pause(span, draw(st.sampled_from(PauseFee)), draw(st.sampled_from(PauseLots))) for span in spans
    )


@st.composite
def retainers(draw: st.DrawFn, max_plans: int = 3) -> Retainer:
    start = draw(STARTS)
    later = draw(st.lists(st.integers(1, 500), max_size=max_plans - 1, unique=True))
    found = [draw(plans(start + timedelta(days=n))) for n in [0, *sorted(later)]]
    # Half of the changes keep the cadence: then it is a change of price in mid-period.
    for index in range(1, len(found)):
        if draw(st.booleans()):
            before = found[index - 1]
            found[index] = replace(
                found[index],
                cadence=before.cadence,
                alignment=before.alignment,
                billing_day=before.billing_day,
                usage_cadence=before.usage_cadence,
            )
    escalator = Escalator(Decimal(draw(st.integers(0, 9)))) if draw(st.booleans()) else None
    term = TermRule(draw(st.integers(1, 14)), draw(st.sampled_from(Renewal)), None, escalator)
    return Retainer(
        "acme",
        "advisory",
        "Advisory",
        start,
        tuple(found),
        draw(st.none() | st.just(term)),
        draw(st.none() | st.dates(FIRST_DAY, date(2025, 6, 30))),
        draw(pauses()),
        ended_on=draw(st.none() | st.dates(start, date(2026, 6, 30))),
        adjustments=tuple(draw(st.lists(adjustments(), max_size=2))),
    )


@st.composite
def adjustments(draw: st.DrawFn) -> LotAdjustment:
    return LotAdjustment(
        draw(st.dates(FIRST_DAY, date(2025, 12, 31))), draw(st.integers(-2000, 2000)), "agreed"
    )


@st.composite
def work_entries(draw: st.DrawFn, max_size: int = 12) -> tuple[WorkEntry, ...]:
    rows = draw(
        st.lists(
            st.tuples(
                st.dates(FIRST_DAY, date(2025, 12, 31)), st.integers(1, 2400), st.sampled_from(WorkKind)
            ),
            max_size=max_size,
        )
    )
    return tuple(
        WorkEntry("acme", f"w{n:03}", on, minutes, "ada", kind) for n, (on, minutes, kind) in enumerate(rows)
    )


def prove(check: Callable[..., None], arguments: tuple[Any, ...], examples: int) -> None:
    """Run a check for so many drawn arguments."""
    drawn: Any = given(*arguments)
    run: Any = settings(max_examples=examples)(drawn(check))
    run()
