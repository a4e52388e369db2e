"""Statutory interest, worked by hand: amount × rate × days / 365, rounded once."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retainerdesk.domain.account import Account, Business
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import (
    Allocation,
    Instalment,
    Invoice,
    InvoiceStatus,
    Payment,
    Settlement,
    SettlementKind,
    Totals,
)
from retainerdesk.domain.late_interest import late_interest
from retainerdesk.domain.late_interest_table import (
    OwnRate,
    check_own_rate,
    read_late_interest_table,
    references_of,
    with_own_rates,
)
from retainerdesk.domain.money import Money

TABLE_FILE = Path(__file__).resolve().parents[2] / "resources" / "rates" / "late_interest.json"
TABLE = read_late_interest_table(TABLE_FILE.read_text(encoding="utf-8"))
DUE = date(2024, 3, 31)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def invoice(minor: int, due_on: date = DUE, currency: str = "EUR", **kwargs: object) -> Invoice:
    amount = Money(minor, currency)
    buyer = Account("acme", "ACME", currency)
    day = due_on - timedelta(days=30)
    totals = Totals(amount, (), amount)
    values: dict[str, object] = {"series_id": "main", "number": "1", "sequence": 1, "account_id": "acme"}
    values |= {"issued_on": day, "due_on": due_on, "seller": Business(), "buyer": buyer, "lines": ()}
    return Invoice(**(values | {"totals": totals} | kwargs))  # type: ignore[arg-type]


def paid(minor: int, on: date, currency: str = "EUR") -> Payment:
    amount = Money(minor, currency)
    return Payment("acme", "p", on, amount, (Allocation("1", amount),))


def test_german_interest_follows_the_half_years() -> None:
    """1,000.00 due 31 March 2024, open on 31 July: April to June 91 days at 3.62 + 9 = 12.62 %, July 31 days
    at 3.37 + 9 = 12.37 %. 1000 × 12.62 % × 91/365 = 31.4635…, 1000 × 12.37 % × 31/365 = 10.5060…;
    together 41.9695… = 41.97, and 40 EUR."""
    owed = late_interest(invoice(100_000), [], [], TABLE.law_of("DE"), date(2024, 7, 31))
    assert [(span.days.days, span.rate_percent) for span in owed.spans] == [
        (91, Decimal("12.62")),
        (31, Decimal("12.37")),
    ]
    assert owed.interest == eur(4197)
    assert [span.amount for span in owed.spans] == [eur(3146), eur(1051)]
    assert owed.fee == eur(4000)


def test_the_rate_of_the_united_kingdom_stays_that_of_the_day_it_became_late() -> None:
    """1,000.00 GBP due 30 June 2022, paid 30 June 2023: late from 1 July 2022, 1.25 + 8 = 9.25 % for 365
    days although Bank Rate rose: 92.50; and 70 GBP, as 1,000.00 is not below 1,000."""
    document = invoice(100_000, date(2022, 6, 30), "GBP")
    owed = late_interest(
        document, [paid(100_000, date(2023, 6, 30), "GBP")], [], TABLE.law_of("GB"), date(2024, 1, 1)
    )
    assert owed.interest == Money(9250, "GBP")
    assert owed.fee == Money(7000, "GBP")


@pytest.mark.parametrize(
    ("country", "minor", "fee"),
    [
        ("GB", 99_999, 4000),
        ("GB", 100_000, 7000),
        ("GB", 999_999, 7000),
        ("GB", 1_000_000, 10000),
        ("IE", 100_000, 4000),
        ("IE", 100_001, 7000),
        ("IE", 1_000_000, 7000),
        ("IE", 1_000_001, 10000),
        ("FR", 10_000_000, 4000),
        ("ES", 1, 4000),
    ],
)
def test_the_fixed_sum_depends_on_what_was_late(country: str, minor: int, fee: int) -> None:
    law = TABLE.law_of(country)
    owed = late_interest(invoice(minor, currency=law.fee_currency), [], [], law, DUE + timedelta(days=1))
    assert owed.fee == Money(fee, law.fee_currency)


@pytest.mark.parametrize(
    ("country", "rate"), [("FR", "14.50"), ("IE", "12.50"), ("ES", "12.50"), ("DE", "12.62"), ("GB", "13.25")]
)
def test_each_law_has_its_own_points_above_its_own_reference(country: str, rate: str) -> None:
    """First half of 2024: ECB 4.50, Bundesbank 3.62, Bank of England 5.25."""
    law = TABLE.law_of(country)
    owed = late_interest(invoice(100, currency=law.fee_currency), [], [], law, DUE + timedelta(days=1))
    assert owed.spans[0].rate_percent == Decimal(rate)


def test_part_payments_and_write_offs_reduce_it_from_the_day_after() -> None:
    """1,000.00 due 31 March 2024 in Spain at 12.50 %: 600.00 paid on 10 April (10 days on 1,000.00), 100.00
    written off on 20 April (10 days on 400.00), 300.00 open to 30 April (10 days).
    (1000 + 400 + 300) × 12.5 % × 10/365 = 5.8219… = 5.82."""
    lost = Settlement("acme", "w", date(2024, 4, 20), SettlementKind.WRITE_OFF, eur(10_000), "1")
    law = TABLE.law_of("ES")
    owed = late_interest(invoice(100_000), [paid(60_000, date(2024, 4, 10))], [lost], law, date(2024, 4, 30))
    assert [(span.days.days, span.open.minor) for span in owed.spans] == [
        (10, 100_000),
        (10, 40_000),
        (10, 30_000),
    ]
    assert owed.interest == eur(582)


def test_every_instalment_is_late_by_itself() -> None:
    """400.00 due 31 March and 600.00 due 30 April; 400.00 paid on 15 April pays the first. On 10 May: 15 days
    on 400.00 and 10 days on 600.00: (6000 + 6000) × 12.5 % / 365 = 4.1095… = 4.11."""
    plan = (Instalment(DUE, eur(40_000)), Instalment(date(2024, 4, 30), eur(60_000)))
    document = invoice(100_000, instalments=plan)
    owed = late_interest(
        document, [paid(40_000, date(2024, 4, 15))], [], TABLE.law_of("ES"), date(2024, 5, 10)
    )
    assert [(span.days.days, span.open.minor) for span in owed.spans] == [(15, 40_000), (10, 60_000)]
    assert owed.interest == eur(411)


def test_what_was_paid_on_the_due_date_bears_nothing_and_no_fixed_sum() -> None:
    owed = late_interest(invoice(100), [paid(100, DUE)], [], TABLE.law_of("DE"), date(2024, 9, 1))
    assert (owed.spans, owed.interest, owed.fee) == ((), eur(0), None)


def test_a_void_invoice_and_a_credit_bear_nothing() -> None:
    law = TABLE.law_of("DE")
    void = invoice(100, status=InvoiceStatus.VOID)
    assert late_interest(void, [], [], law, date(2024, 9, 1)).interest == eur(0)
    assert late_interest(invoice(-100), [], [], law, date(2024, 9, 1)).spans == ()


def test_another_currency_gets_interest_but_no_fixed_sum_and_says_so() -> None:
    owed = late_interest(invoice(100_000, currency="USD"), [], [], TABLE.law_of("DE"), date(2024, 4, 30))
    assert owed.interest.minor > 0
    assert owed.fee is None
    assert "40.00 EUR" in owed.fee_note


def test_beyond_the_last_half_year_it_is_refused_and_the_half_year_named() -> None:
    known = TABLE.law_of("DE").reference.known
    document = invoice(100_000, due_on=known.end - timedelta(days=10))
    late_interest(document, [], [], TABLE.law_of("DE"), known.last_day)
    with pytest.raises(RuleViolation) as refused:
        late_interest(document, [], [], TABLE.law_of("DE"), known.end)
    assert refused.value.rule == "late_interest.table"
    assert str(known.last_day) in refused.value.message
    with pytest.raises(RuleViolation):
        late_interest(invoice(100, due_on=date(2018, 12, 1)), [], [], TABLE.law_of("DE"), date(2019, 2, 1))


def test_a_debt_late_within_the_table_may_be_computed_beyond_it_where_the_rate_is_fixed() -> None:
    owed = late_interest(
        invoice(100_000, date(2025, 7, 1), "GBP"), [], [], TABLE.law_of("GB"), date(2026, 7, 1)
    )
    assert owed.interest == Money(12250, "GBP")


@pytest.mark.parametrize(
    ("country", "said"), [("US", "sets no interest"), ("SE", "Riksbank"), ("JP", "No law")]
)
def test_where_no_law_is_known_the_reason_is_given(country: str, said: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        TABLE.law_of(country)
    assert said in refused.value.message


def test_every_law_and_rate_of_the_table_names_its_source_and_day() -> None:
    for law in TABLE.laws:
        assert law.source
        assert law.reference.source
        assert law.reference.as_of >= law.reference.rates[-1].from_on
        assert all(each.from_on.day == 1 and each.from_on.month in (1, 7) for each in law.reference.rates)
    countries = [country for law in TABLE.laws for country in law.countries] + [
        code for code, _ in TABLE.none
    ]
    assert len(countries) == len(set(countries))


def test_the_german_base_rate_moves_with_the_rate_of_the_central_bank() -> None:
    """§ 247 BGB changes it by as many points as the ECB's rate has changed: 0.88 below it since July 2016."""
    base, central = TABLE.law_of("DE").reference.rates, TABLE.law_of("FR").reference.rates
    assert [(each.from_on, each.percent - Decimal("0.88")) for each in central] == [
        (each.from_on, each.percent) for each in base
    ]


def test_one_rate_applies_to_an_irish_debt_however_long_it_lasts() -> None:
    """1,000.00 due 31 December 2023, so late on 1 January 2024: 4.50 + 8 = 12.50 % for 366 days of a leap
    year: 1000 × 12.5 % × 366/365 = 125.3424… = 125.34."""
    owed = late_interest(invoice(100_000, date(2023, 12, 31)), [], [], TABLE.law_of("IE"), date(2024, 12, 31))
    assert owed.interest == eur(12534)


def test_a_table_with_a_gap_is_refused() -> None:
    text = TABLE_FILE.read_text(encoding="utf-8").replace('["2021-07-01", "0.10", "gm"],', "")
    with pytest.raises(ValueError, match="2021-01-01"):
        read_late_interest_table(text)


@given(
    minor=st.integers(1, 10**9),
    parts=st.lists(st.tuples(st.integers(0, 500), st.integers(1, 100)), max_size=4),
    days=st.integers(1, 500),
)
def test_spans_add_up_and_never_exceed_interest_on_everything(
    minor: int, parts: list[tuple[int, int]], days: int
) -> None:
    law = TABLE.law_of("ES")
    payments = [paid(minor * share // 500, DUE + timedelta(days=after)) for after, share in parts]
    owed = late_interest(invoice(minor), payments, [], law, DUE + timedelta(days=days))
    assert sum(span.amount.minor for span in owed.spans) == owed.interest.minor
    most = Fraction(minor) * Fraction("0.125") * days / 365
    assert 0 <= owed.interest.minor <= most + 1


def own(reference: str, from_on: date, percent: str, source: str = "ECB, 11 June 2026") -> OwnRate:
    return OwnRate(reference, from_on, Decimal(percent), source)


SUMMER, WINTER = date(2026, 7, 1), date(2027, 1, 1)


def test_every_rate_since_2024_was_compared_with_something_published() -> None:
    for reference in references_of(TABLE):
        assert all(each.source for each in reference.rates if each.from_on >= date(2024, 1, 1))


def test_a_refusal_says_how_to_add_the_half_year() -> None:
    with pytest.raises(RuleViolation, match=r"late-interest --add ecb --from 2026-07-01") as refused:
        late_interest(invoice(100_000), [], [], TABLE.law_of("FR"), date(2026, 7, 1))
    assert "Billing menu" in refused.value.message


def test_an_added_half_year_lets_the_table_go_on() -> None:
    """1,000.00 due 30 June 2026 in France, open on 31 July: 31 days at 2.40 + 10 = 12.40 %:
    1000 × 12.4 % × 31/365 = 10.5315… = 10.53."""
    table = with_own_rates(TABLE, [own("ecb", SUMMER, "2.40")])
    owed = late_interest(invoice(100_000, date(2026, 6, 30)), [], [], table.law_of("FR"), date(2026, 7, 31))
    assert owed.interest == eur(1053)
    assert table.law_of("FR").reference.rates[-1].is_own


def test_a_half_year_behind_a_gap_waits_and_one_the_program_has_by_now_gives_way() -> None:
    behind, known = own("ecb", WINTER, "3"), own("ecb", date(2026, 1, 1), "9")
    reference = with_own_rates(TABLE, [behind, known]).law_of("FR").reference
    assert reference == TABLE.law_of("FR").reference
    filled = with_own_rates(TABLE, [behind, own("ecb", SUMMER, "2")]).law_of("FR").reference
    assert [each.from_on for each in filled.rates[-2:]] == [SUMMER, WINTER]


@pytest.mark.parametrize(
    ("rate", "field"),
    [
        (own("fed", SUMMER, "2"), "reference"),
        (own("ecb", WINTER, "2"), "from"),
        (own("ecb", date(2026, 1, 1), "2"), "from"),
        (own("ecb", SUMMER, "51"), "percent"),
        (own("ecb", SUMMER, "2", " "), "source"),
    ],
)
def test_a_rate_that_cannot_be_is_refused_at_its_field(rate: OwnRate, field: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        check_own_rate(TABLE, rate)
    assert refused.value.field == field


def test_the_next_half_year_is_accepted() -> None:
    check_own_rate(TABLE, own("ecb", SUMMER, "2.15"))
    check_own_rate(with_own_rates(TABLE, [own("ecb", SUMMER, "2.15")]), own("ecb", WINTER, "-0.5"))
