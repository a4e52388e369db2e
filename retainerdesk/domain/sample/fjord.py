"""Fjord Travel: quiet. Content care that goes on while nobody calls; paused for a month in the past."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from retainerdesk.domain.account import Account, Contact, TaxCategory, TaxRule
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import MONTHLY, Alignment, Period, add_months
from retainerdesk.domain.plan import Overage, OverageDecision, Plan
from retainerdesk.domain.retainer import Notice, NoticeUnit, Pause, Renewal, Retainer, TermRule
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


def fjord(today: date) -> Story:
    """The account as of `today`; nobody there has spoken to us for six weeks."""
    return Story(
        account=_account(),
        retainer=_retainer(today.replace(day=1)),
        burned_percent=(92, 96, 88, 94, 100, 90),
        pace_percent=90,
        habits=_HABITS,
        work_texts=_WORK_TEXTS,
        talks=_TALKS,
        pays=Pays(days_after_issue=(5, 6, 4), text="Card payment", fee_permille=19),
        notes=_NOTES,
        steps=_STEPS,
        choices=_CHOICES,
        costs=(Cost(140, "Map licence, one year", "72.00", rebill=True),),
    )


def _account() -> Account:
    return Account(
        id="fjord",
        name="Fjord Travel",
        currency="EUR",
        locale="de_DE",
        address=("Schiffbrücke 43", "24939 Flensburg"),
        country="DE",
        tax=TaxRule(TaxCategory.STANDARD, Decimal(19)),
        contacts=(
            Contact("maren", "Maren Petersen", "maren@fjordtravel.example", "sponsor", "+49 461 555 0112"),
            Contact("ole", "Ole Hansen", "ole@fjordtravel.example", "content"),
        ),
        call_every_days=14,
        tags=("travel",),
    )


def _retainer(this_month: date) -> Retainer:
    start = add_months(this_month, -14) + timedelta(days=11)
    plan = Plan(
        from_on=start,
        fee=Money(90_000, "EUR"),
        cadence=MONTHLY,
        alignment=Alignment.CALENDAR,
        allowance_minutes=360,
        overage=Overage(Decimal(150), OverageDecision.ABSORB),
        text="Content care, monthly in advance",
    )
    return Retainer(
        account_id="fjord",
        id="content",
        name="Content care",
        starts_on=start,
        plans=(plan,),
        term=TermRule(6, Renewal.ROLLING, Notice(1, NoticeUnit.MONTHS)),
        pauses=(Pause(Period(add_months(this_month, -7), add_months(this_month, -6))),),
    )


_HABITS = (
    WorkHabit(1, "ben", WorkKind.DELIVERY, 5),
    WorkHabit(4, "ben", WorkKind.DELIVERY, 4, every_weeks=2),
)

_WORK_TEXTS = {
    WorkKind.DELIVERY: Phrases(
        (
            "Island trips page",
            "Prices for the new season",
            "Newsletter",
            "Ferry timetable",
            "Photos of the cabins",
            "Guest reviews",
            "Winter route",
        ),
        (": updated", ": texts", ", checked with Ole", ": published"),
    ),
}

_TALKS = Talks(
    title="Content call",
    every_days=14,
    last_days_ago=42,
    minutes=30,
    hour=13,
    person_id="ada",
    contact_ids=("maren",),
    newest=(
        "Short call. Maren is busy with the new season and wants to call back about the photos.",
        "Prices stay as they are. Ole takes over the newsletter texts.",
    ),
    notes=Phrases(
        (
            "Season starts early.",
            "Ferry timetable changed again.",
            "More guests from Denmark.",
            "New cabins, photos follow.",
            "Reviews are good, put them up front.",
        ),
        (" Ben updates the page.", " Maren sends texts.", " Nothing else.", " Ole checks it."),
    ),
)

_NOTES = (
    SaidNote(250, "Pause for a month agreed: the office moves, no new content.", touch=True),
    SaidNote(25, "Wrote to Maren about the photos. No answer."),
    SaidNote(11, "Left a message with Ole. No answer."),
)

_STEPS = (
    Step("Call Maren, not about the photos", "ada", 0),
    Step("Photos of the cabins: ask Ole for the originals", "ben", 5),
)

_CHOICES = (
    Choice(252, "Pause instead of a smaller plan", "The move takes a month; they come back to the same."),
)
