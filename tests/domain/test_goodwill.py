"""What was given without charge, in minutes and at the standard rate."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from retainerdesk.domain.goodwill import Absorbed, GoodwillKind, goodwill_of
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period
from retainerdesk.domain.work import WorkEntry, WorkKind

QUARTER = Period(date(2026, 1, 1), date(2026, 4, 1))
JANUARY = Period(date(2026, 1, 1), date(2026, 2, 1))


def entry(on: date, minutes: int, kind: WorkKind = WorkKind.DELIVERY, down: int = 0) -> WorkEntry:
    return WorkEntry(
        "acme", "w", on, minutes, "jo", kind, None, "Slides", down, "A slow start" if down else ""
    )


def test_overage_write_downs_and_work_out_of_scope_add_up() -> None:
    """At 150.00 an hour: 3 h absorbed = 450.00, 20 min written down = 50.00, 50 min out of scope = 125.00."""
    given = goodwill_of(
        QUARTER,
        "EUR",
        Decimal(150),
        [Absorbed(JANUARY, 180, "January")],
        [
            entry(date(2026, 2, 3), 60, down=20),
            entry(date(2026, 3, 31), 50, WorkKind.OUT_OF_SCOPE),
            entry(date(2026, 2, 4), 60),
        ],
    )
    assert [(item.kind, item.minutes, item.worth) for item in given.items] == [
        (GoodwillKind.ABSORBED, 180, Money(45_000, "EUR")),
        (GoodwillKind.WRITTEN_DOWN, 20, Money(5_000, "EUR")),
        (GoodwillKind.OUT_OF_SCOPE, 50, Money(12_500, "EUR")),
    ]
    assert given.items[1].text == "A slow start"
    assert (given.minutes, given.worth) == (250, Money(62_500, "EUR"))


def test_each_item_is_rounded_once_and_the_total_is_their_sum() -> None:
    """1 minute at 100.00 an hour is 1.6667 = 1.67; three of them are 5.01, not 5.00."""
    work = [entry(date(2026, 1, day), 1, WorkKind.OUT_OF_SCOPE) for day in (1, 2, 3)]
    assert goodwill_of(QUARTER, "EUR", Decimal(100), [], work).worth == Money(501, "EUR")


def test_the_span_holds_its_first_day_and_not_its_end() -> None:
    december = Period(date(2025, 12, 1), date(2026, 1, 1))
    work = [
        entry(QUARTER.end, 5, WorkKind.OUT_OF_SCOPE),
        entry(date(2025, 12, 31), 7, WorkKind.OUT_OF_SCOPE),
    ]
    assert goodwill_of(QUARTER, "EUR", None, [Absorbed(december, 60)], work).items == ()
    march = Period(date(2026, 3, 1), QUARTER.end)
    assert goodwill_of(QUARTER, "EUR", None, [Absorbed(march, 60)], []).minutes == 60


def test_minutes_out_of_scope_are_not_given_twice_when_written_down() -> None:
    work = [entry(date(2026, 1, 1), 30, WorkKind.OUT_OF_SCOPE, down=30)]
    assert goodwill_of(QUARTER, "EUR", None, [], work).minutes == 30


def test_without_a_standard_rate_there_are_minutes_and_no_worth() -> None:
    given = goodwill_of(QUARTER, "EUR", None, [Absorbed(JANUARY, 60)], [])
    assert (given.minutes, given.worth, given.items[0].worth) == (60, None, None)
