"""ACME & Söhne <Ltd>: over-serviced. Advisory that grew past its hours after an amendment."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from retainerdesk.domain.account import Account, Contact, TaxCategory, TaxRule
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import MONTHLY, add_months
from retainerdesk.domain.plan import Overage, OverageDecision, Plan, Rollover, RolloverPolicy
from retainerdesk.domain.retainer import (
    Escalator,
    Notice,
    NoticeUnit,
    Renewal,
    Retainer,
    TermRule,
    UsageDecision,
)
from retainerdesk.domain.sample.days import ago, weekday_after
from retainerdesk.domain.sample.story import (
    Choice,
    Cost,
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

_PERIODS_SO_FAR = 14


def acme(today: date) -> Story:
    """The account as of `today`; its running period began eight days ago."""
    return Story(
        account=_account(),
        retainer=_retainer(add_months(ago(today, 8), -_PERIODS_SO_FAR)),
        burned_percent=(118, 121, 117, 109, 104, 100, 88, 131, 103, 97, 94, 90, 84, 76),
        pace_percent=180,
        habits=_HABITS,
        work_texts=_WORK_TEXTS,
        talks=_TALKS,
        pays=Pays(days_after_issue=(9, 12, 11, 8)),
        notes=_NOTES,
        steps=_STEPS,
        choices=_CHOICES,
        costs=_COSTS,
        favours=_FAVOURS,
    )


def _account() -> Account:
    return Account(
        id="acme",
        name="ACME & Söhne <Ltd>",
        currency="EUR",
        locale="en_GB",
        address=("Brooktorkai 20", "20457 Hamburg"),
        country="DE",
        tax=TaxRule(TaxCategory.STANDARD, Decimal(19)),
        contacts=(
            Contact("jo", "Jo Reed", "jo.reed@acme.example", "sponsor", "+49 40 555 0140"),
            Contact("marta", "Marta Söhne", "marta@acme.example", "managing director"),
            Contact("ledger", "Accounts payable", "ledger@acme.example", "finance"),
        ),
        call_every_days=7,
        tags=("advisory", "manufacturing"),
    )


def _retainer(start: date) -> Retainer:
    amended = add_months(start, _PERIODS_SO_FAR - 3)
    absorbed = [add_months(start, _PERIODS_SO_FAR - back) for back in (3, 2)]
    return Retainer(
        account_id="acme",
        id="advisory",
        name="Advisory",
        starts_on=start,
        plans=(
            _plan(start, 280_000, "140", OverageDecision.BILL, "First agreement"),
            _plan(amended, 300_000, "150", OverageDecision.ASK, "Amendment 1: new fee, overage asked first"),
        ),
        term=TermRule(24, Renewal.AUTOMATIC, Notice(60, NoticeUnit.DAYS), Escalator(Decimal(3), 60)),
        usage_decisions=tuple(
            UsageDecision(
                day,
                OverageDecision.ABSORB,
                "Goodwill while the new scope settles; shown on the usage report.",
                weekday_after(add_months(day, 1)),
            )
            for day in absorbed
        ),
    )


def _plan(from_on: date, fee_minor: int, rate: str, decision: OverageDecision, text: str) -> Plan:
    return Plan(
        from_on=from_on,
        fee=Money(fee_minor, "EUR"),
        cadence=MONTHLY,
        allowance_minutes=1200,
        rollover=Rollover(RolloverPolicy.SURPLUS, periods=2, cap_minutes=300),
        overage=Overage(Decimal(rate), decision),
        text=text,
    )


_HABITS = (
    WorkHabit(0, "ada", WorkKind.PREP, 3),
    WorkHabit(1, "ada", WorkKind.DELIVERY, 8),
    WorkHabit(2, "ben", WorkKind.DELIVERY, 9),
    WorkHabit(3, "ada", WorkKind.DELIVERY, 6),
    WorkHabit(4, "ada", WorkKind.ACCOUNT_MANAGEMENT, 2, every_weeks=2),
)

_WORK_TEXTS = {
    WorkKind.DELIVERY: Phrases(
        (
            "Board deck",
            "Pricing study",
            "Roadmap for the parts shop",
            "Interview notes, sales team",
            "Dealer survey",
            "Numbers from finance",
            "Competitor table",
            "Offer letter template",
            "Hiring plan",
            "Margin model by product line",
            "Lyon office, options paper",
        ),
        (": first draft", ", second round", ": comments worked in", ", with charts", ": final version"),
    ),
    WorkKind.PREP: Phrases(
        ("Agenda and figures for the weekly", "Read the sales report", "Prepared questions for Jo"),
        ("", " and sent ahead"),
    ),
    WorkKind.ACCOUNT_MANAGEMENT: Phrases(
        ("Planned the next two weeks", "Usage report sent", "Sorted open questions with finance")
    ),
}

_TALKS = Talks(
    title="Weekly call",
    every_days=7,
    last_days_ago=4,
    minutes=45,
    hour=10,
    person_id="ada",
    contact_ids=("jo",),
    newest=(
        "Wants the pricing study before the trade fair. Asked twice about the Lyon office.",
        "Board liked the deck. Two more rounds of numbers, finance is slow to answer.",
        "Asked for three extra interviews; told her they lie outside the agreement. Doing them anyway.",
    ),
    notes=Phrases(
        (
            "Went through the dealer survey.",
            "Pricing: list price stays, discounts get a ceiling.",
            "Marta joined for ten minutes and wants one page, not ten.",
            "Sales team misses the old parts catalogue.",
            "Talked about the order of the roadmap.",
            "Finance will deliver the figures late.",
            "Competitor cut prices; no panic.",
            "Hiring: two roles, one open since spring.",
            "Short call, all on track.",
        ),
        (
            " Next: send the summary.",
            " She decides by the end of the week.",
            " We draft, they comment.",
            " Ada asks finance directly.",
            " No new work agreed.",
            " Back to it next week.",
            " Jo takes it to Marta.",
        ),
    ),
    review_every=13,
)

_NOTES = (
    SaidNote(96, "Amendment signed. New fee and rate; overage is asked first from now on."),
    SaidNote(
        33, "Jo mailed: the board wants the margin model by product line. Answered the same day.", touch=True
    ),
    SaidNote(12, "Hours are above the allowance for the third month. Raise it before the next review."),
)

_STEPS = (
    Step("Send the outline of the pricing study", "ada", -2),
    Step("Ask Jo what to do with last month's extra hours", "ada", 1),
    Step("Propose a larger allowance", "ada", 9),
    Step("Send the usage report", "ben", -9, done_days_ago=10),
)

_CHOICES = (
    Choice(99, "Raise the fee to 3,000 and the hourly rate to 150", "Scope grew; agreed with Marta."),
    Choice(
        37, "Absorb the extra hours of the first months", "The new scope settles; worth it for the renewal."
    ),
    Choice(6, "Keep the price until the next review", "They hire soon; raise with more hours, not per hour."),
)

_COSTS = (
    Cost(131, "Train to Lyon and back", "184.60", rebill=True),
    Cost(73, "Survey tool, three months", "87.00"),
    Cost(19, "Printed board decks", "46.40"),
)

_FAVOURS = (
    Favour(203, 60, "ben", "Fixed the parts shop's contact form"),
    Favour(94, 90, "ada", "Interview with the Lyon landlord"),
    Favour(76, 60, "ben", "Slides for Marta's trade fair talk"),
    Favour(61, 75, "ada", "Second opinion on the warehouse lease"),
    Favour(47, 90, "ben", "Extra interviews, sales team"),
    Favour(30, 75, "ada", "Read the draft of the job advert"),
    Favour(20, 60, "ben", "Extra interviews, dealers"),
)
