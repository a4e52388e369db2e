"""What the billing machine draws: accounts of several kinds, agreements of several modes, and small steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from retainerdesk.domain.account import Account, PaymentStep, TaxCategory, TaxRule, WithholdingRule
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import MONTHLY, Alignment, Period
from retainerdesk.domain.plan import Plan, Proration, UsageUnit
from retainerdesk.domain.retainer import Pause, PauseFee, PauseLots, Retainer
from tests.domain.strategies import plans, retainers

CURRENCIES = ("EUR", "JPY")
TAXES = st.sampled_from(
    [
        TaxRule(TaxCategory.STANDARD, Decimal(19)),
        TaxRule(TaxCategory.STANDARD, Decimal("7.7"), included=True),
        TaxRule(TaxCategory.REDUCED, Decimal(7)),
        TaxRule(TaxCategory.REVERSE_CHARGE, Decimal(0)),
        TaxRule(TaxCategory.EXEMPT, Decimal(0), reason="§ 4 UStG"),
    ]
)
HALVES = (PaymentStep(0, Decimal("33.3")), PaymentStep(30, Decimal("66.7")))
# A day or a few, a month, a quarter, more than a year; and now and then back.
STEPS = st.sampled_from([1, 1, 2, 5, 15, 31, 31, 62, 92, 180, 425, -1, -3, -40])


@st.composite
def accounts(draw: st.DrawFn, account_id: str) -> Account:
    """An account in one of two currencies, with any kind of tax and some terms of its documents."""
    held = WithholdingRule(Decimal(15), "withheld") if draw(st.booleans()) else None
    return Account(
        account_id, account_id.title(), draw(st.sampled_from(CURRENCIES)), tax=draw(TAXES),
        withholding=held, cash_rounding_minor=draw(st.sampled_from([None, None, 5])),
        document_discount_percent=draw(st.sampled_from([Decimal(0), Decimal(0), Decimal("2.5")])),
        payment_plan=draw(st.sampled_from([(), (), HALVES])),
    )  # fmt: skip


def counted_in(plan: Plan, unit: UsageUnit, currency: str) -> Plan:
    """The plan in a currency, its allowance counted in a unit; caps in minutes belong to minutes only."""
    plan = replace(plan, fee=Money(plan.fee.minor, currency))
    if unit is UsageUnit.MINUTES:
        return plan
    rule = replace(plan.rollover, cap_minutes=None, total_cap_minutes=None)
    bare = replace(plan, allowance_minutes=0, rollover=rule)
    if unit is UsageUnit.MONEY:
        value = Money(plan.allowance_minutes * 100, currency)
        return replace(bare, allowance_money=value, value_rate=Decimal("99.99"))
    price = Money(9999, currency)
    return replace(bare, allowance_sessions=plan.allowance_minutes // 500, session_price=price)


@st.composite
def agreements(draw: st.DrawFn, account: Account, retainer_id: str) -> Retainer:
    """A retainer of any mode; as often a plain monthly one, whose fees can be added up by hand."""
    agreed = draw(retainers(max_plans=2))
    unit = draw(st.sampled_from([UsageUnit.MINUTES, UsageUnit.MINUTES, *UsageUnit]))
    own = [counted_in(plan, unit, account.currency) for plan in agreed.plans]
    if draw(st.booleans()):
        own = [_plainly(plan) for plan in own]
        agreed = replace(agreed, term=None, settled_through=None)
    if unit is not UsageUnit.MINUTES:
        agreed = replace(agreed, adjustments=())
    return replace(agreed, account_id=account.id, id=retainer_id, plans=tuple(own))


def _plainly(plan: Plan) -> Plan:
    return replace(
        plan, cadence=MONTHLY, alignment=Alignment.ANNIVERSARY, billing_day=None,
        proration=Proration.ACTUAL_DAYS,
    )  # fmt: skip


@st.composite
def new_plans(draw: st.DrawFn, agreed: Retainer, today: date) -> Plan:
    """Terms from some day around today, counted in what the retainer counts in."""
    plan = draw(plans(today + timedelta(days=draw(st.integers(-150, 60)))))
    last = agreed.plans[-1]
    return counted_in(plan, last.unit, last.fee.currency)


@st.composite
def new_pauses(draw: st.DrawFn, today: date) -> Pause:
    start = today + timedelta(days=draw(st.integers(-60, 40)))
    span = Period(start, start + timedelta(days=draw(st.sampled_from([1, 7, 20, 31, 90]))))
    return Pause(span, draw(st.sampled_from(PauseFee)), draw(st.sampled_from(PauseLots)))


def money(currency: str) -> st.SearchStrategy[Money]:
    """A unit, a little, or a lot."""
    return (st.sampled_from([1, 2, 99, 100_000]) | st.integers(1, 400_000)).map(
        lambda minor: Money(minor, currency)
    )
