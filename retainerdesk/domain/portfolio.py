"""Monthly recurring revenue: fixed fees normalised to a month, and how it moves between two days.

Fees are without overage, one-offs and blocks; where prices include tax the caller takes it out. A year has 52
weeks or 365 days. Figures are exact per account and rounded once, so movements close to the unit; currencies
are never added. Source: handbook, "Portfolio".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from retainerdesk.domain.money import Money, round_half_up
from retainerdesk.domain.period import Cadence, CadenceUnit
from retainerdesk.domain.retainer import PauseFee, Retainer
from retainerdesk.domain.term import fee_on, service_end

_WEEKS_A_MONTH = Fraction(52, 12)
_DAYS_A_MONTH = Fraction(365, 12)

_AccountKey = tuple[str, str]


class Movement(StrEnum):
    """Why the MRR of an account changed; the first three add to it."""

    NEW = "new"
    EXPANSION = "expansion"
    REACTIVATION = "reactivation"
    CONTRACTION = "contraction"
    CHURN = "churn"


@dataclass(frozen=True, slots=True)
class AccountMovement:
    """How the MRR of one account changed; `amount` is signed (contraction and churn are negative)."""

    account_id: str
    movement: Movement
    amount: Money


@dataclass(frozen=True, slots=True)
class Movements:
    """start + new + expansion + reactivation − contraction − churn = end, in one currency.

    Each sum is positive; `accounts` are the movements behind them, by account.
    """

    start: Money
    new: Money
    expansion: Money
    reactivation: Money
    contraction: Money
    churn: Money
    end: Money
    accounts: tuple[AccountMovement, ...] = ()


def per_month(cadence: Cadence) -> Fraction:
    """How many periods of a cadence a month has: weekly 52/12, quarterly 1/3, yearly 1/12."""
    if cadence.unit is CadenceUnit.WEEK:
        return _WEEKS_A_MONTH / cadence.every
    if cadence.unit is CadenceUnit.DAY:
        return _DAYS_A_MONTH / cadence.every
    return Fraction(1, cadence.months)


def is_in_service(retainer: Retainer, day: date) -> bool:
    """Whether the agreement runs on `day`, paused or not."""
    end = service_end(retainer)
    return retainer.starts_on <= day and (end is None or day < end)


def exact_mrr(retainer: Retainer, day: date) -> Fraction:
    """The fee in force on `day` for a month, in minor units, unrounded.

    Zero outside the service, and while a pause has no fee.
    """
    free = any(pause.fee is PauseFee.NONE and day in pause.span for pause in retainer.pauses)
    if free or not is_in_service(retainer, day):
        return Fraction(0)
    plan, fee = fee_on(retainer, day)
    return fee.minor * per_month(plan.cadence)


def mrr(retainers: Iterable[Retainer], day: date) -> dict[str, Money]:
    """MRR per currency on `day`: each account's sum rounded half up, then added."""
    return _sums(_by_account(retainers, day))


def mrr_at_risk(retainers: Iterable[Retainer], day: date) -> dict[str, Money]:
    """The part of the MRR under notice: given on or before `day`, the service still running."""
    return mrr(
        [each for each in retainers if each.notice_given_on is not None and each.notice_given_on <= day], day
    )


def _by_account(retainers: Iterable[Retainer], day: date) -> dict[_AccountKey, int]:
    exact: dict[_AccountKey, Fraction] = {}
    for retainer in retainers:
        key = (retainer.account_id, retainer.plan_on(day).fee.currency)
        exact[key] = exact.get(key, Fraction(0)) + exact_mrr(retainer, day)
    return {key: round_half_up(value) for key, value in exact.items()}


def _sums(by_account: dict[_AccountKey, int]) -> dict[str, Money]:
    sums: dict[str, Money] = {}
    for (_, currency), minor in by_account.items():
        sums[currency] = sums.get(currency, Money(0, currency)) + Money(minor, currency)
    return sums


def movements(retainers: Sequence[Retainer], start: date, end: date) -> dict[str, Movements]:
    """What changed from the MRR of `start` to that of `end`, per currency and by account.

    From nothing: new, or reactivation if an agreement of the account had ended before. To nothing: churn,
    dated at the effective end. A pause without a fee is contraction and its end expansion, because the
    agreement goes on; so is every other change of an account that stays.
    """
    before, after = _by_account(retainers, start), _by_account(retainers, end)
    start_sums, end_sums = _sums(before), _sums(after)
    changes: dict[str, list[AccountMovement]] = {}
    for key in sorted(before.keys() | after.keys()):
        account_id, currency = key
        amount = after.get(key, 0) - before.get(key, 0)
        if amount:
            own = [each for each in retainers if each.account_id == account_id]
            kind = _movement(own, before.get(key, 0), after.get(key, 0), (start, end))
            changes.setdefault(currency, []).append(
                AccountMovement(account_id, kind, Money(amount, currency))
            )
    return {
        currency: _summed(
            start_sums.get(currency), end_sums.get(currency), changes.get(currency, []), currency
        )
        for currency in sorted(start_sums.keys() | end_sums.keys())
    }


def _movement(own: list[Retainer], before: int, after: int, days: tuple[date, date]) -> Movement:
    start, end = days
    if before == 0 and not any(is_in_service(each, start) for each in own):
        ended = (service_end(each) for each in own)
        was_here = any(last is not None and last <= start for last in ended)
        return Movement.REACTIVATION if was_here else Movement.NEW
    if after == 0 and not any(is_in_service(each, end) for each in own):
        return Movement.CHURN
    return Movement.EXPANSION if after > before else Movement.CONTRACTION


def _summed(
    start: Money | None, end: Money | None, changes: list[AccountMovement], currency: str
) -> Movements:
    zero = Money(0, currency)
    sums = dict.fromkeys(Movement, 0)
    for change in changes:
        sums[change.movement] += abs(change.amount.minor)
    return Movements(
        start=start or zero,
        new=Money(sums[Movement.NEW], currency),
        expansion=Money(sums[Movement.EXPANSION], currency),
        reactivation=Money(sums[Movement.REACTIVATION], currency),
        contraction=Money(sums[Movement.CONTRACTION], currency),
        churn=Money(sums[Movement.CHURN], currency),
        end=end or zero,
        accounts=tuple(changes),
    )
