"""Borealis Foods: ready to expand. Uses everything it has, pays on time, and the margin is good."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from retainerdesk.domain.account import Account, Contact, TaxCategory, TaxRule
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import MONTHLY, Alignment, add_months
from retainerdesk.domain.plan import Overage, OverageDecision, Plan, Proration, Timing
from retainerdesk.domain.retainer import Notice, NoticeUnit, Renewal, Retainer, TermRule
from retainerdesk.domain.sample.days import ago
from retainerdesk.domain.sample.story import (
    Choice,
    Cost,
    Pays,
    Phrases,
    SaidNote,
    Step,
    Story,
    Talks,
    WorkHabit,
)
from retainerdesk.domain.work import WorkKind


def borealis(today: date) -> Story:
    """The account as of `today`; its last period ended eleven days ago and waits to be invoiced."""
    period_began = ago(today, 11)
    return Story(
        account=_account(),
        retainer=_retainer(ago(add_months(period_began, -14), -9), period_began.day),
        burned_percent=(107, 104, 105, 102, 98, 103, 95, 100, 92, 96, 89, 97, 94, 90, 85),
        pace_percent=105,
        habits=_HABITS,
        work_texts=_WORK_TEXTS,
        talks=_TALKS,
        pays=Pays(days_after_issue=(7, 9, 6)),
        notes=_NOTES,
        steps=_STEPS,
        choices=_CHOICES,
        costs=(Cost(87, "Test phones, share of the cost", "95.00"),),
    )


def _account() -> Account:
    return Account(
        id="borealis",
        name="Borealis Foods",
        currency="EUR",
        locale="en_GB",
        address=("Fabianinkatu 8", "00130 Helsinki"),
        country="FI",
        tax_id="FI12345671",
        tax=TaxRule(
            TaxCategory.REVERSE_CHARGE,
            reason="Reverse charge: VAT is owed by the recipient, Art. 196 Directive 2006/112/EC.",
        ),
        contacts=(
            Contact("aino", "Aino Virtanen", "aino@borealis.example", "sponsor", "+358 9 555 0121"),
            Contact("mikko", "Mikko Laine", "mikko@borealis.example", "shop lead"),
        ),
        call_every_days=7,
        tags=("food", "shop"),
    )


def _retainer(start: date, billing_day: int) -> Retainer:
    plan = Plan(
        from_on=start,
        fee=Money(180_000, "EUR"),
        cadence=MONTHLY,
        alignment=Alignment.DAY,
        billing_day=billing_day,
        timing=Timing.ARREARS,
        proration=Proration.MERGE_STUB,
        allowance_minutes=720,
        overage=Overage(Decimal(150), OverageDecision.BILL),
        text="Hosting and care, monthly in arrears",
    )
    return Retainer(
        account_id="borealis",
        id="care",
        name="Hosting and care",
        starts_on=start,
        plans=(plan,),
        term=TermRule(12, Renewal.AUTOMATIC, Notice(2, NoticeUnit.MONTHS)),
    )


_HABITS = (
    WorkHabit(0, "ben", WorkKind.DELIVERY, 6),
    WorkHabit(2, "ben", WorkKind.DELIVERY, 5),
    WorkHabit(4, "ada", WorkKind.DELIVERY, 4),
    WorkHabit(3, "ada", WorkKind.PREP, 1, every_weeks=2),
)

_WORK_TEXTS = {
    WorkKind.DELIVERY: Phrases(
        (
            "Recipe pages",
            "Checkout",
            "Product photos",
            "Search results page",
            "Campaign landing page",
            "Shop updates",
            "Speed of the start page",
            "Allergen table",
        ),
        (": new version", ": fixes after review", ", tested on phones", ": live", ", Finnish and English"),
    ),
    WorkKind.PREP: Phrases(
        ("Visitor figures for the call", "Ideas for the next campaign", "Read the bug list")
    ),
}

_TALKS = Talks(
    title="Shop call",
    every_days=7,
    last_days_ago=3,
    minutes=15,
    hour=11,
    person_id="ben",
    contact_ids=("mikko", "aino"),
    newest=(
        "Aino asks what a second shop for Sweden would take. Wants it this year.",
        "Hours used up again by the third week. Mikko is happy to pay for more, wants it predictable.",
        "Campaign brought a third more orders. They plan two more.",
    ),
    notes=Phrases(
        (
            "Orders are up.",
            "Mikko sorted the bug list himself.",
            "New oat range goes live next week.",
            "Photos arrive late again.",
            "Warehouse asks for a clearer packing list.",
            "Search finds too much, tune it.",
            "All quiet, all good.",
        ),
        (" Ben does it this week.", " They test on Friday.", " Nothing to decide.", " Aino signs it off."),
    ),
)

_NOTES = (
    SaidNote(40, "Aino by mail: the board approved money for a second market.", touch=True),
    SaidNote(10, "Idea: 18 hours a month at a package price, Sweden as a project on top."),
)

_STEPS = (
    Step("Offer for 18 hours a month", "ada", 2),
    Step("Rough plan for the Swedish shop", "ben", 7),
    Step("Packing list, clearer version", "ben", -15, done_days_ago=16),
)

_CHOICES = (
    Choice(100, "Invoice extra hours instead of adding a cap", "Mikko prefers to pay for what he gets."),
    Choice(9, "Offer a larger allowance, same hourly price", "Three full months; predictable for both."),
)
