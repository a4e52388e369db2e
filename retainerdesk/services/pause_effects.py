"""What a pause would change, computed before anybody confirms it. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.charging import owed_charges
from retainerdesk.domain.fees import fee_pieces
from retainerdesk.domain.grants import granted_minutes
from retainerdesk.domain.invoice import ChargeKind
from retainerdesk.domain.money import Money
from retainerdesk.domain.retainer import Pause, Retainer, check_retainer
from retainerdesk.domain.schedule import usage_periods
from retainerdesk.domain.usage import usage_of
from retainerdesk.store.repositories.books import load_account_file
from retainerdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class PauseEffects:
    """How fees and hours differ with a pause from what they were without it.

    `fee_less` is what fees fall by; `credit` (not below zero) the part that is invoiced already and comes
    back with the next invoice. `minutes_less` is what is granted less, `live_minutes` live in lots today.
    """

    fee_less: Money
    credit: Money
    minutes_less: int
    live_minutes: int


def with_pause(retainer: Retainer, pause: Pause) -> Retainer:
    """The retainer with one more pause, in order of date."""
    return replace(retainer, pauses=tuple(sorted((*retainer.pauses, pause), key=lambda each: each.span)))


def pause_effects(uow: UnitOfWork, retainer: Retainer, pause: Pause, today: date) -> PauseEffects:
    """What one more pause does to a retainer. RuleViolation for a pause that overlaps another."""
    paused = with_pause(retainer, pause)
    check_retainer(paused)
    file = load_account_file(uow, retainer.account_id)
    zero = Money(0, file.account.currency)
    until = max(pause.span.end, today)
    fee_less = _fees(retainer, until, zero) - _fees(paused, until, zero)
    credit = _corrections(file, retainer, today, zero) - _corrections(file, paused, today, zero)
    minutes_less = _granted(retainer, until) - _granted(paused, until)
    ledger = usage_of(file, retainer, today)
    live = sum(lot.remaining for lot in ledger[-1].lots) if ledger else 0
    return PauseEffects(fee_less, max(credit, zero, key=lambda each: each.minor), minutes_less, live)


def _fees(retainer: Retainer, until: date, zero: Money) -> Money:
    return sum((piece.net for piece in fee_pieces(retainer, until)), zero)


def _granted(retainer: Retainer, until: date) -> int:
    return sum(granted_minutes(retainer, each) for each in usage_periods(retainer, until))


def _corrections(file: AccountFile, retainer: Retainer, today: date, zero: Money) -> Money:
    """What corrections the account would be offered if the retainer were agreed like this."""
    agreed: Sequence[Retainer] = tuple(
        retainer if each.id == retainer.id else each for each in file.retainers
    )
    charges = owed_charges(replace(file, retainers=tuple(agreed)), today, today)
    own = (c for c in charges if c.key.kind is ChargeKind.CORRECTION and c.key.retainer_id == retainer.id)
    return sum((charge.net for charge in own), zero)
