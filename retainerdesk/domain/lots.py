"""Lots of included minutes: how they are granted, burned, carried, and how they die.

Burn the earliest expiry first, then the oldest; purchased lots last. At the close of a period lots due
expire, and the unused part of its own grant is carried or forfeited. Purchased lots are prepaid blocks,
which have no periods (see `block`). Source: handbook, "Allowance lots".

Minutes stand for whatever a plan counts: minor units of money and sessions obey the same rules.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from retainerdesk.domain.money import round_half_up
from retainerdesk.domain.period import Period
from retainerdesk.domain.plan import Rollover

_NEVER = 10**9


class LotSource(StrEnum):
    """Where the minutes of a lot come from."""

    BASE = "base"
    ROLLOVER = "rollover"
    PURCHASED = "purchased"


@dataclass(frozen=True, slots=True)
class Lot:
    """Minutes granted in the period that starts on `origin_on`.

    `last_index` is the index of the last period they can be used in (a large number for "never");
    `expires_on` is a first dead day, if one was agreed.
    """

    origin_on: date
    source: LotSource
    remaining: int
    last_index: int
    expires_on: date | None = None
    until_term_end: bool = False


@dataclass(frozen=True, slots=True)
class Burn:
    """Minutes of one work entry taken from one lot. `lot_on` None: covered by no lot.

    `entry_id` is empty for overage carried in from the period before. Where a plan counts money or sessions,
    `minutes` are minor units or sessions. A purchased lot is the block `block_id`, opened on `lot_on`.
    """

    entry_id: str
    lot_on: date | None
    source: LotSource | None
    minutes: int
    block_id: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """What the close of one period depends on: its place, its rule, and what ends with it.

    `granted` is the period's own grant without adjustments; a `frozen` period does not make lots older;
    `ends_term` says that a term ends inside it or with it; `is_partial_first` that it is a leading stub.
    """

    index: int
    span: Period
    rule: Rollover
    granted: int
    frozen: bool
    ends_term: bool
    is_partial_first: bool

    def kills(self, lot: Lot) -> bool:
        """Whether a lot ends with this period."""
        of_age = lot.last_index <= self.index and not self.frozen
        by_date = lot.expires_on is not None and lot.expires_on <= self.span.end
        by_term = lot.until_term_end and self.ends_term
        return lot.source is not LotSource.PURCHASED and (of_age or by_date or by_term)


@dataclass(slots=True)
class LotState:
    """What one period hands to the next: live lots, a deficit (positive), and carried overage."""

    lots: list[Lot]
    deficit: int = 0
    carried_overage: int = 0

    @property
    def balance(self) -> int:
        return sum(lot.remaining for lot in self.lots) - self.deficit

    def grant(self, minutes: int, closing: Closing) -> None:
        """Add the period's own lot; a deficit, or a negative adjustment, is taken out of it first."""
        settled = min(self.deficit, max(minutes, 0))
        self.deficit -= settled
        minutes -= settled
        if minutes < 0:
            self.deficit += sum(
                burn.minutes for burn in self.burn("", -minutes, closing) if burn.lot_on is None
            )
        elif minutes > 0:
            carries = closing.rule.policy.carries_surplus
            last = closing.index + _life_in_periods(closing.rule) if carries else closing.index
            self.lots.append(Lot(closing.span.start, LotSource.BASE, minutes, last))

    def burn(self, entry_id: str, minutes: int, closing: Closing) -> list[Burn]:
        """Take the minutes of one entry out of the lots; what none of them covers has no lot."""
        burns: list[Burn] = []
        left: list[Lot] = []
        for lot in self._in_burn_order(closing):
            part = min(lot.remaining, minutes)
            if not part:
                left.append(lot)
                continue
            minutes -= part
            burns.append(Burn(entry_id, lot.origin_on, lot.source, part))
            if lot.remaining > part:
                left.append(replace(lot, remaining=lot.remaining - part))
        self.lots = left
        return [*burns, Burn(entry_id, None, None, minutes)] if minutes else burns

    def _in_burn_order(self, closing: Closing) -> list[Lot]:
        if len(self.lots) < 2:
            return self.lots
        return sorted(self.lots, key=lambda lot: _burn_order(lot, closing))

    def close(self, closing: Closing) -> tuple[int, int]:
        """Expire what is due and carry the rest of the own grant; returns (expired, forfeited) minutes."""
        own = sum(lot.remaining for lot in self.lots if lot.source is LotSource.BASE)
        others = [lot for lot in self.lots if lot.source is not LotSource.BASE]
        alive = [_aged(lot, closing.frozen) for lot in others if not closing.kills(lot)]
        expired = sum(lot.remaining for lot in others) - sum(lot.remaining for lot in alive)
        live_balance = sum(lot.remaining for lot in alive if lot.source is LotSource.ROLLOVER)
        carried = _carried_minutes(closing, own, live_balance)
        self.lots = alive
        if carried:
            lot = _rollover_lot(closing, carried)
            if closing.kills(lot):
                expired += carried
            else:
                self.lots.append(lot)
        return expired, own - carried


def _life_in_periods(rule: Rollover) -> int:
    return _NEVER if rule.periods is None else rule.periods


def _burn_order(lot: Lot, closing: Closing) -> tuple[bool, bool, int, date, date]:
    """Lots that end with this period first, then the earliest expiry, the oldest; purchased ones last."""
    dead_on = lot.expires_on or date.max
    is_purchased = lot.source is LotSource.PURCHASED
    return (is_purchased, not closing.kills(lot), lot.last_index, dead_on, lot.origin_on)


def _rollover_lot(closing: Closing, minutes: int) -> Lot:
    rule, last = closing.rule, closing.index + _life_in_periods(closing.rule)
    return Lot(closing.span.start, LotSource.ROLLOVER, minutes, last, rule.expires_on, rule.until_term_end)


def _carried_minutes(closing: Closing, unused: int, live_balance: int) -> int:
    """min(unused, cap of the period, total cap - live balance), never below zero."""
    rule = closing.rule
    if not rule.policy.carries_surplus or rule.periods == 0:
        return 0
    if closing.is_partial_first and rule.exclude_partial_first:
        return 0
    bounds = [unused]
    if rule.cap_minutes is not None:
        bounds.append(rule.cap_minutes)
    if rule.cap_percent is not None:
        bounds.append(round_half_up(Fraction(rule.cap_percent * closing.granted, 100)))
    if rule.total_cap_minutes is not None:
        bounds.append(rule.total_cap_minutes - live_balance)
    return max(0, min(bounds))


def _aged(lot: Lot, frozen: bool) -> Lot:
    return replace(lot, last_index=lot.last_index + 1) if frozen and lot.last_index < _NEVER else lot
