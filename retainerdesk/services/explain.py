"""Why a charge is what it is: the rule, the plan, the work and the lots behind it. Pure facts, no words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from retainerdesk.domain.belonging import work_of
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.fees import FeePiece, fee_pieces
from retainerdesk.domain.invoice import Charge, ChargeKind
from retainerdesk.domain.money import Money
from retainerdesk.domain.overage_price import priced_overage
from retainerdesk.domain.plan import Plan
from retainerdesk.domain.retainer import Retainer
from retainerdesk.domain.usage import usage_of as ledger_of
from retainerdesk.domain.usage_period import UsagePeriod
from retainerdesk.store.repositories.books import load_account_file
from retainerdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """The plan behind a charge: which one of how many it is (1, 2, …)."""

    plan: Plan
    number: int
    count: int


@dataclass(frozen=True, slots=True)
class HoursFacts:
    """The usage period behind a charge, the one before it, and how many entries were worked in it.

    `priced` is the whole overage at the plan's rate, rounded once.
    """

    usage: UsagePeriod
    before: UsagePeriod | None
    entries: int
    priced: Money


@dataclass(frozen=True, slots=True)
class ChargeExplanation:
    """What is behind one charge. `pieces` are the parts of periods, by price, that its days lie in."""

    charge: Charge
    retainer: Retainer | None
    plan: PlanFacts | None
    pieces: tuple[FeePiece, ...] = ()
    hours: HoursFacts | None = None


def explain_charge(uow: UnitOfWork, charge: Charge, today: date) -> ChargeExplanation:
    """The facts behind a proposed charge, read from plan and lot ledger as of `today`."""
    return explain_in(load_account_file(uow, charge.key.account_id), charge, today)


def explain_in(file: AccountFile, charge: Charge, today: date) -> ChargeExplanation:
    """The facts behind a charge of this account, in its whole file, as of `today`."""
    retainer = next((each for each in file.retainers if each.id == charge.key.retainer_id), None)
    if retainer is None:
        return ChargeExplanation(charge, None, None)
    plan = _plan_facts(retainer, charge)
    if _is_about_hours(charge):
        hours = _hours_facts(file, retainer, charge.key.service.start, today)
        return ChargeExplanation(charge, retainer, plan, hours=hours)
    return ChargeExplanation(charge, retainer, plan, _pieces(retainer, charge))


def usage_of(
    uow: UnitOfWork, account_id: str, retainer_id: str, period_on: date, today: date
) -> UsagePeriod | None:
    """The usage period of a retainer that starts on `period_on`; None if there is none."""
    file = load_account_file(uow, account_id)
    facts = _hours_facts(file, file.retainer(retainer_id), period_on, today)
    return facts.usage if facts and facts.usage.span.start == period_on else None


def _is_about_hours(charge: Charge) -> bool:
    is_correction = charge.key.kind is ChargeKind.CORRECTION and charge.key.source_id != ""
    return charge.key.kind is ChargeKind.OVERAGE or is_correction


def _plan_facts(retainer: Retainer, charge: Charge) -> PlanFacts:
    plan = retainer.plan_on(charge.key.service.last_day)
    return PlanFacts(plan, retainer.plans.index(plan) + 1, len(retainer.plans))


def _pieces(retainer: Retainer, charge: Charge) -> tuple[FeePiece, ...]:
    pieces = fee_pieces(retainer, charge.key.service.end)
    return tuple(piece for piece in pieces if piece.span.overlap(charge.key.service))


def _hours_facts(file: AccountFile, retainer: Retainer, day: date, today: date) -> HoursFacts | None:
    work = work_of(file, retainer)
    ledger = ledger_of(file, retainer, today)
    place = next((index for index, usage in enumerate(ledger) if day in usage.span), None)
    if place is None:
        return None
    usage = ledger[place]
    entries = sum(entry.kind.is_chargeable and entry.on in usage.span for entry in work)
    before = ledger[place - 1] if place else None
    return HoursFacts(usage, before, entries, priced_overage(usage, file.account.currency))
