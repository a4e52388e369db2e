"""Elm Street Clinic: the renewal is near. Pounds, invoiced by the quarter, hours counted by the month."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from retainerdesk.domain.account import Account, Contact, TaxCategory, TaxRule
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import MONTHLY, Cadence, CadenceUnit, add_months
from retainerdesk.domain.plan import Overage, OverageDecision, Plan, Rollover, RolloverPolicy
from retainerdesk.domain.retainer import Escalator, Notice, NoticeUnit, Renewal, Retainer, TermRule
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

_TERM_MONTHS = 18
_NOTICE_MONTHS = 3


def elm(today: date) -> Story:
    """The account as of `today`; the last day to give notice is about two weeks ahead."""
    last_day = add_months(ago(today, -14), _NOTICE_MONTHS)
    return Story(
        account=_account(),
        retainer=_retainer(add_months(ago(last_day, -1), -_TERM_MONTHS)),
        burned_percent=(91, 94, 88, 97, 90, 106, 93, 86),
        pace_percent=90,
        habits=_HABITS,
        work_texts=_WORK_TEXTS,
        talks=_TALKS,
        pays=Pays(days_after_issue=(26, 24, 28), text="International transfer", fee="12.00"),
        notes=_NOTES,
        steps=_STEPS,
        choices=_CHOICES,
        costs=(
            Cost(212, "Flight to Bristol, staff day", "238.40", rebill=True),
            Cost(101, "Stock photographs", "64.00"),
        ),
    )


def _account() -> Account:
    return Account(
        id="elm",
        name="Elm Street Clinic",
        currency="GBP",
        locale="en_GB",
        address=("14 Elm Street", "Bristol", "BS1 4QA"),
        country="GB",
        tax_id="GB123456782",
        payment_terms_days=30,
        tax=TaxRule(
            TaxCategory.OUTSIDE_SCOPE,
            reason="Not taxable in Germany: place of supply is the United Kingdom, § 3a (2) UStG.",
        ),
        contacts=(
            Contact("priya", "Dr Priya Shah", "priya.shah@elmstreet.example", "sponsor"),
            Contact("tom", "Tom Whitfield", "tom@elmstreet.example", "practice manager", "+44 117 496 0155"),
        ),
        call_every_days=14,
        tags=("health",),
    )


def _retainer(start: date) -> Retainer:
    plan = Plan(
        from_on=start,
        fee=Money(720_000, "GBP"),
        cadence=Cadence(CadenceUnit.MONTH, 3),
        usage_cadence=MONTHLY,
        allowance_minutes=960,
        rollover=Rollover(RolloverPolicy.SURPLUS, periods=1, cap_percent=10),
        overage=Overage(Decimal(140), OverageDecision.CARRY),
        text="Patient communication, by the quarter",
    )
    return Retainer(
        account_id="elm",
        id="patients",
        name="Patient communication",
        starts_on=start,
        plans=(plan,),
        term=TermRule(
            _TERM_MONTHS,
            Renewal.AUTOMATIC,
            Notice(_NOTICE_MONTHS, NoticeUnit.MONTHS),
            Escalator(Decimal(4), announce_days=95),
        ),
    )


_HABITS = (
    WorkHabit(0, "ada", WorkKind.DELIVERY, 6),
    WorkHabit(2, "ada", WorkKind.DELIVERY, 7),
    WorkHabit(3, "ben", WorkKind.DELIVERY, 5),
    WorkHabit(4, "ada", WorkKind.PREP, 2, every_weeks=2),
)

_WORK_TEXTS = {
    WorkKind.DELIVERY: Phrases(
        (
            "Appointment reminders",
            "Leaflet on vaccinations",
            "Opening hours page",
            "Letter to new patients",
            "Waiting room screens",
            "Online booking texts",
            "Survey after a visit",
        ),
        (": wording", ": layout", ": corrections from the doctors", ", plain language check", ": published"),
    ),
    WorkKind.PREP: Phrases(
        ("Collected questions for the call", "Read the patient survey", "Plan for the month")
    ),
}

_TALKS = Talks(
    title="Fortnightly call",
    every_days=14,
    last_days_ago=6,
    minutes=30,
    hour=9,
    person_id="ada",
    contact_ids=("tom", "priya"),
    newest=(
        "Priya asked when the agreement runs out and whether the price changes. Promised it in writing.",
        "Survey is in: patients find the reminders clear. Tom wants the same for the pharmacy next door.",
        "Budget round begins in two weeks; good moment to send the offer.",
    ),
    notes=Phrases(
        (
            "Leaflets are at the printer.",
            "Fewer missed appointments since the reminders.",
            "New doctor starts, needs a page.",
            "Phones are busy on Mondays, move texts about it up.",
            "Complaints about parking, not about us.",
        ),
        (
            " Tom sends the details.",
            " Ada writes it up.",
            " Decided on the spot.",
            " Priya reads it first.",
        ),
    ),
    review_every=7,
)

_NOTES = (
    SaidNote(61, "Tom answered the survey questions by mail; all settled.", touch=True),
    SaidNote(20, "Renewal: write down what the 18 months brought before talking about the price."),
)

_STEPS = (
    Step("Announce the new price in writing", "ada", 3),
    Step("Send the renewal offer with three options", "ada", 8),
    Step("Page for the new doctor", "ben", 4),
    Step("Figures on missed appointments", "ada", -6, done_days_ago=7),
)

_CHOICES = (
    Choice(
        150, "Carry the extra hours into the next month", "One busy month before the vaccinations; evens out."
    ),
    Choice(18, "Offer the same scope with 4 % more", "Margin is healthy; the rise is in the agreement."),
)
