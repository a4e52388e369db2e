"""Cobalt Systems: healthy. The largest account, on the calendar, with a rise at its last renewal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from retainerdesk.domain.account import Account, Contact, TaxCategory, TaxRule
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import MONTHLY, Alignment, add_months
from retainerdesk.domain.plan import Overage, OverageDecision, Plan, Rollover, RolloverPolicy
from retainerdesk.domain.retainer import (
    Escalator,
    LotAdjustment,
    Notice,
    NoticeUnit,
    Renewal,
    Retainer,
    TermRule,
)
from retainerdesk.domain.sample.days import weekday_ago
from retainerdesk.domain.sample.story import (
    Choice,
    Cost,
    Extra,
    Favour,
    Pays,
    Phrases,
    SaidNote,
    Step,
    Story,
    Talks,
    WorkHabit,
)
from retainerdesk.domain.work import WorkKind

_OUTAGE_DAYS_AGO = 160


def cobalt(today: date) -> Story:
    """The account as of `today`; its periods are calendar months."""
    return Story(
        account=_account(),
        retainer=_retainer(add_months(today.replace(day=1), -14), today),
        burned_percent=(93, 96, 89, 98, 91, 120, 94, 87, 97),
        pace_percent=90,
        habits=_HABITS,
        work_texts=_WORK_TEXTS,
        talks=_TALKS,
        pays=Pays(days_after_issue=(20, 27, 23, 25)),
        notes=_NOTES,
        steps=_STEPS,
        choices=_CHOICES,
        extras=(Extra(118, "Security workshop, half a day", "960.00", discount_percent="10"),),
        costs=(
            Cost(117, "Train to Eindhoven, workshop", "142.80", rebill=True),
            Cost(12, "Load test service, one week", "58.90", rebill=True),
        ),
        favours=(Favour(48, 45, "ben", "Helped their new developer set up"),),
    )


def _account() -> Account:
    return Account(
        id="cobalt",
        name="Cobalt Systems",
        currency="EUR",
        locale="en_GB",
        address=("Torenallee 45", "5617 BA Eindhoven"),
        country="NL",
        tax_id="NL123456782B90",
        payment_terms_days=30,
        tax=TaxRule(
            TaxCategory.REVERSE_CHARGE,
            reason="Reverse charge: VAT is owed by the recipient, Art. 196 Directive 2006/112/EC.",
        ),
        contacts=(
            Contact("sanne", "Sanne de Wit", "sanne@cobalt.example", "sponsor", "+31 40 555 0166"),
            Contact("ravi", "Ravi Menon", "ravi@cobalt.example", "technical lead"),
            Contact("invoices", "Invoice desk", "invoices@cobalt.example", "finance"),
        ),
        call_every_days=7,
        tags=("software",),
    )


def _retainer(start: date, today: date) -> Retainer:
    plan = Plan(
        from_on=start,
        fee=Money(400_000, "EUR"),
        cadence=MONTHLY,
        alignment=Alignment.CALENDAR,
        allowance_minutes=1680,
        rollover=Rollover(RolloverPolicy.SURPLUS, periods=3, cap_percent=20, total_cap_minutes=480),
        overage=Overage(Decimal(150), OverageDecision.BILL),
        text="Product design and front end, monthly in advance",
    )
    return Retainer(
        account_id="cobalt",
        id="product",
        name="Product design",
        starts_on=start,
        plans=(plan,),
        term=TermRule(
            12, Renewal.AUTOMATIC, Notice(30, NoticeUnit.DAYS), Escalator(Decimal(5), announce_days=45)
        ),
        adjustments=(
            LotAdjustment(
                weekday_ago(today, _OUTAGE_DAYS_AGO),
                120,
                "Two hours given back after our deployment broke their staging system",
                "outage",
            ),
        ),
    )


_HABITS = (
    WorkHabit(0, "ben", WorkKind.DELIVERY, 7),
    WorkHabit(1, "ada", WorkKind.DELIVERY, 6),
    WorkHabit(2, "ben", WorkKind.DELIVERY, 8),
    WorkHabit(3, "ada", WorkKind.DELIVERY, 5),
    WorkHabit(4, "ben", WorkKind.DELIVERY, 4),
    WorkHabit(4, "ada", WorkKind.ACCOUNT_MANAGEMENT, 2, every_weeks=2),
)

_WORK_TEXTS = {
    WorkKind.DELIVERY: Phrases(
        (
            "Settings screens",
            "Onboarding flow",
            "Report builder",
            "Component library",
            "Access rights dialog",
            "Empty states",
            "Table with filters",
            "Import assistant",
            "Dark theme",
            "Release notes page",
            "Keyboard navigation",
        ),
        (
            ": sketches",
            ": clickable draft",
            ": built",
            ", review with Ravi",
            ", fixes",
            ": tests",
            ", done",
        ),
    ),
    WorkKind.ACCOUNT_MANAGEMENT: Phrases(
        ("Planned the sprint", "Usage report sent", "Hours and budget checked")
    ),
}

_TALKS = Talks(
    title="Sprint call",
    every_days=7,
    last_days_ago=2,
    minutes=30,
    hour=15,
    person_id="ada",
    contact_ids=("ravi", "sanne"),
    newest=(
        "Import assistant ships next week. Sanne will show it to two customers first.",
        "Report builder is in. Ravi wants the keyboard navigation done before the release.",
    ),
    notes=Phrases(
        (
            "Sprint closed, two items moved on.",
            "Customers ask for the dark theme.",
            "Ravi reviewed the components, small changes.",
            "Release slips by two days.",
            "Agreed what goes into the next sprint.",
            "New developer starts, show her the library.",
            "Tested with three users.",
            "Accessibility report is good.",
            "Sanne wants fewer settings.",
            "Bug in the table fixed during the call.",
            "Planning for the next quarter.",
        ),
        (
            " Ben builds, Ada tests.",
            " Ravi writes the tickets.",
            " No open questions.",
            " Sanne decides tomorrow.",
            " Demo on Thursday.",
        ),
    ),
    review_every=13,
)

_NOTES = (
    SaidNote(_OUTAGE_DAYS_AGO, "Our deployment broke staging for a morning. Gave back two hours."),
    SaidNote(117, "Workshop went well; twelve people, good questions.", touch=True),
    SaidNote(70, "Renewed for another year with the agreed rise; no discussion."),
)

_STEPS = (
    Step("Keyboard navigation: list of shortcuts", "ben", 1),
    Step("Plan the quarterly review with Sanne", "ada", 12),
    Step("Component library: naming guide", "ben", -8, done_days_ago=9),
)

_CHOICES = (
    Choice(119, "10 % off the workshop", "Second one for the same team; preparation was done."),
    Choice(72, "Take the agreed rise of 5 %", "Costs rose on the first of the year; they expected it."),
)
