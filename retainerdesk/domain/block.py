"""Prepaid blocks: minutes, money or sessions without periods, as they were sold and opened.

`block_pool` draws them down, `block_ledger` says where each stands. Source: handbook, "Allowance", blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from retainerdesk.domain.money import Money, exponent
from retainerdesk.domain.plan import UsageUnit

_MINUTES_AN_HOUR = 60
_LOW_SHARE = 5


class Leftover(StrEnum):
    """What happens to what is left when a block ends: nothing yet, it is lost, paid back, or lives on."""

    ASK = "ask"
    EXPIRE = "expire"
    REFUND = "refund"
    CARRY = "carry"


class OpenedBy(StrEnum):
    """What makes a block usable: that its invoice is paid, or that it is issued."""

    PAYMENT = "payment"
    INVOICE = "invoice"


@dataclass(frozen=True, slots=True)
class LeftoverDecision:
    """What was decided about the rest of one block on a day; `until` is the first day a carried rest ends."""

    on: date
    leftover: Leftover
    reason: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Minutes, minor units or sessions (`amount`, in `unit`) sold for `price` on a day.

    `expires_on` is the first day it is dead. `low_at` is the rest from which on it is reminded of (None: a
    fifth of it, or the last session). A block of money is drawn down by work at `hourly_rate`, or at the
    overage rate of the plan where that is None. Without `retainer_id` it belongs to the only retainer of
    the account, or to work that belongs to none.
    """

    account_id: str
    id: str
    on: date
    name: str
    unit: UsageUnit
    amount: int
    price: Money
    retainer_id: str | None = None
    expires_on: date | None = None
    low_at: int | None = None
    leftover: Leftover = Leftover.ASK
    opened_by: OpenedBy = OpenedBy.PAYMENT
    hourly_rate: Decimal | None = None
    decision: LeftoverDecision | None = None

    @property
    def fate(self) -> Leftover:
        """What happens to the rest: as decided, or as agreed when it was sold."""
        return self.leftover if self.decision is None else self.decision.leftover

    @property
    def ends_on(self) -> date | None:
        """The first day it cannot be drawn any more; None if it has no end."""
        decided = self.decision
        if decided is None:
            return None if self.leftover is Leftover.CARRY else self.expires_on
        if decided.leftover is Leftover.CARRY:
            return decided.until
        if decided.leftover is Leftover.ASK or self.expires_on is None:
            return self.expires_on if decided.leftover is Leftover.ASK else decided.on
        return min(self.expires_on, decided.on)

    @property
    def low_from(self) -> int:
        """The rest at or below which it is low."""
        if self.low_at is not None:
            return self.low_at
        return 1 if self.unit is UsageUnit.SESSIONS else self.amount // _LOW_SHARE

    def share_of_price(self, amount: int) -> Money:
        """What a part of the block costs: its share of the price, rounded half up once."""
        return self.price.times(Fraction(amount, self.amount)) if self.amount else self.price


@dataclass(frozen=True, slots=True)
class OpenedBlock:
    """A block that was opened on a day. `is_funded` False: it was given, nobody pays for it.

    `credited_minor` is what credit notes took back of its price.
    """

    block: Block
    opened_on: date
    is_funded: bool = True
    credited_minor: int = 0


@dataclass(frozen=True, slots=True)
class BlockBurn:
    """What one entry or call (`source_id`; empty for overage carried in) took from a block on a day.

    `amount` is in the block's unit, `covered` in what was asked for: minutes of work, money of a value
    allowance, or sessions.
    """

    block_id: str
    source_id: str
    on: date
    amount: int
    covered: int


def minute_price(hourly_rate: Decimal, currency: str) -> Fraction:
    """What a minute costs at an hourly rate, in exact minor units."""
    return Fraction(hourly_rate) * Fraction(10 ** exponent(currency), _MINUTES_AN_HOUR)
