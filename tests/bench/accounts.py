"""One account of the ten-year book: its agreement, and what happened month by month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from retainerdesk.domain.account import Account, Contact, TaxCategory, TaxRule
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import MONTHLY, Alignment, Cadence, CadenceUnit, Period, add_months
from retainerdesk.domain.plan import Overage, OverageDecision, Plan, Rollover, RolloverPolicy, Timing
from retainerdesk.domain.retainer import (
    Escalator,
    Notice,
    NoticeUnit,
    Pause,
    Renewal,
    Retainer,
    TermRule,
    UsageDecision,
)
from retainerdesk.domain.schedule import usage_periods
from retainerdesk.domain.work import Action, Call, Decision, Note, WorkEntry, WorkKind

MONTHS = 120
WORK, CALLS, NOTES, ACTIONS = 2500, 400, 800, 20
LAST_RUN_DAYS = 20
_KINDS = (*[WorkKind.DELIVERY] * 6, *[WorkKind.CALL] * 2, WorkKind.PREP, WorkKind.OUT_OF_SCOPE)
_DAYS = (1, 1, 1, 8, 15, 31)
_TEXTS = (
    "Landing page, second round with the team in Köln",
    "Weekly call: open points, next steps",
    "Report for the board, figures checked twice",
    "Answered questions about the campaign",
)


def account_file(index: int, today: date) -> AccountFile:
    """Account number `index` with everything but its invoices and payments."""
    dice = Random(index)
    account = _account(index)
    first = add_months(today.replace(day=1), -MONTHS)
    retainer = _retainer(account.id, index, first, today)
    days = (today - first).days
    return AccountFile(
        account,
        (retainer,),
        work=_in_order(_work(account.id, number, first, days, dice) for number in range(WORK)),
        calls=tuple(_call(account.id, number, first, days) for number in range(CALLS)),
        notes=tuple(_note(account.id, number, first, days) for number in range(NOTES)),
        actions=tuple(_action(account.id, number, today) for number in range(ACTIONS)),
        decisions=(Decision(account.id, "k-1", first, "start small", "they wanted to see results first"),),
    )


def _account(index: int) -> Account:
    name = f"Account {index:03} Söhne"
    contact = Contact(f"c-{index}", f"Jo {index:03}", f"jo{index}@example.com")
    return Account(
        f"account-{index:03}",
        name,
        "EUR",
        address=(f"Weg {index}", "20457 Hamburg"),
        country="DE",
        tax=TaxRule(TaxCategory.STANDARD, Decimal(19)),
        contacts=(contact,),
        call_every_days=14,
    )


def _retainer(account_id: str, index: int, first: date, today: date) -> Retainer:
    """A tenth quarterly, a tenth in arrears, a tenth with undecided overage; the rest monthly in advance."""
    starts_on = first + timedelta(days=_DAYS[index % len(_DAYS)] - 1)
    decision = OverageDecision.ASK if index % 10 == 3 else OverageDecision.BILL
    plan = Plan(
        first,
        Money(200000 + 5000 * (index % 40), "EUR"),
        Cadence(CadenceUnit.MONTH, 3) if index % 10 == 5 else MONTHLY,
        Alignment.CALENDAR if index % 2 else Alignment.ANNIVERSARY,
        timing=Timing.ARREARS if index % 10 == 7 else Timing.ADVANCE,
        allowance_minutes=60 * (18 + index % 5),
        rollover=Rollover(RolloverPolicy.SURPLUS, periods=2 + index % 3),
        overage=Overage(Decimal(140), decision),
        usage_cadence=MONTHLY,
    )
    term = TermRule(12, Renewal.AUTOMATIC, Notice(60, NoticeUnit.DAYS), Escalator(Decimal(2), 30))
    retainer = Retainer(account_id, "main", "Advisory", starts_on, (replace(plan, from_on=starts_on),), term)
    later = add_months(starts_on, 61)
    retainer = replace(
        retainer, plans=(*retainer.plans, replace(plan, from_on=later, fee=Money(320000, "EUR")))
    )
    if index % 10 == 9:
        retainer = replace(retainer, pauses=(Pause(Period(add_months(first, 40), add_months(first, 42))),))
    return _decided(retainer, today) if decision is OverageDecision.ASK else retainer


def _decided(retainer: Retainer, today: date) -> Retainer:
    """Everything that was open is absorbed, but for the last closed period."""
    closed = [each.span for each in usage_periods(retainer, today) if each.span.end <= today][:-1]
    decisions = [UsageDecision(span.start, OverageDecision.ABSORB, "goodwill", span.end) for span in closed]
    return replace(retainer, usage_decisions=tuple(decisions))


def _work(account_id: str, number: int, first: date, days: int, dice: Random) -> WorkEntry:
    on = first + timedelta(days=number * days // WORK)
    kind, minutes = dice.choice(_KINDS), 5 * dice.randint(3, 19)
    person, text = dice.choice(("ada", "ben")), dice.choice(_TEXTS)
    return WorkEntry(account_id, f"w-{number:05}", on, minutes, person, kind, "main", text)


def _in_order(entries: object) -> tuple[WorkEntry, ...]:
    return tuple(sorted(entries, key=lambda each: (each.on, each.id)))  # type: ignore[call-overload]


def _call(account_id: str, number: int, first: date, days: int) -> Call:
    at = datetime.combine(first + timedelta(days=number * days // CALLS), time(10, 30))
    return Call(account_id, f"m-{number:04}", at, 45, "Weekly", "Plan, next steps, open questions.")


def _note(account_id: str, number: int, first: date, days: int) -> Note:
    at = datetime.combine(first + timedelta(days=number * days // NOTES), time(16, 5))
    return Note(
        account_id, f"n-{number:04}", at, f"Note {number}: {_TEXTS[number % 4]}", touch=number % 7 == 0
    )


def _action(account_id: str, number: int, today: date) -> Action:
    due_on = today + timedelta(days=10 * (number - 17))
    done_on = due_on if number < 16 else None
    return Action(account_id, f"a-{number:02}", f"Send plan {number}", "ada", due_on, done_on)
