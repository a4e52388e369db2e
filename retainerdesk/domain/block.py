"""Prepaid blocks: minutes, money or sessions without periods, drawn down until empty or expired.

A block covers what no lot of the allowance covers: the block that ends first is drawn first, then the one
opened first. It can be drawn from the day it is opened (its invoice was paid, or issued) until it ends.
For every block: granted = burned + expired + refunded + remaining. Source: handbook, "Allowance", blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from retainerdesk.domain.money import Money, exponent, round_half_up
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


@dataclass(frozen=True, slots=True)
class Draw:
    """What is asked of blocks: `amount` in `unit`, and what an hour costs where a block has no own rate."""

    source_id: str
    on: date
    amount: int
    unit: UsageUnit
    hourly_rate: Decimal = Decimal(0)


class BlockPool:
    """The opened blocks of one retainer, or of an account's other work, being drawn down in order."""

    def __init__(self, opened: Iterable[OpenedBlock], burns: Iterable[BlockBurn] = ()) -> None:
        self._opened = sorted(opened, key=_drawn_first)
        self._left = {each.block.id: each.block.amount for each in self._opened}
        self._opened_on = {each.block.id: each.opened_on for each in self._opened}
        for burn in burns:
            if burn.block_id in self._left:
                self._left[burn.block_id] -= burn.amount

    def __bool__(self) -> bool:
        return bool(self._opened)

    def opened_on(self, block_id: str) -> date:
        """The day a block of the pool was opened."""
        return self._opened_on[block_id]

    def covers_work_by(self, day: date) -> bool:
        """Whether a block that work can draw was opened before `day`."""
        return any(
            each.opened_on < day and each.block.unit is not UsageUnit.SESSIONS for each in self._opened
        )

    def draw(self, wanted: Draw) -> list[BlockBurn]:
        """Take as much of `wanted` out of the blocks as they cover; never below zero."""
        burns: list[BlockBurn] = []
        missing = wanted.amount
        for each in self._opened:
            if missing <= 0:
                break
            burn = self._take(each, wanted, missing)
            if burn is not None:
                burns.append(burn)
                missing -= burn.covered
        return burns

    def _take(self, opened: OpenedBlock, wanted: Draw, missing: int) -> BlockBurn | None:
        block, left = opened.block, self._left[opened.block.id]
        if left <= 0 or not _is_usable(opened, wanted.on):
            return None
        if block.unit is wanted.unit:
            amount = covered = min(left, missing)
        elif block.unit is UsageUnit.MONEY and wanted.unit is UsageUnit.MINUTES:
            amount, covered = _money_for_minutes(block, wanted, left, missing)
        else:
            return None
        if not covered:
            return None
        self._left[block.id] = left - amount
        return BlockBurn(block.id, wanted.source_id, wanted.on, amount, covered)


def _drawn_first(opened: OpenedBlock) -> tuple[date, date, str]:
    return opened.block.ends_on or date.max, opened.opened_on, opened.block.id


def _is_usable(opened: OpenedBlock, day: date) -> bool:
    end = opened.block.ends_on
    return opened.opened_on <= day and (end is None or day < end)


def minute_price(hourly_rate: Decimal, currency: str) -> Fraction:
    """What a minute costs at an hourly rate, in exact minor units."""
    return Fraction(hourly_rate) * Fraction(10 ** exponent(currency), _MINUTES_AN_HOUR)


def _money_for_minutes(block: Block, wanted: Draw, left: int, missing: int) -> tuple[int, int]:
    """Minor units taken and minutes covered; a minute that is begun is covered, and empties the block."""
    rate = block.hourly_rate if block.hourly_rate is not None else wanted.hourly_rate
    price = minute_price(rate, block.price.currency)
    if price <= 0:
        return 0, 0
    covered = min(missing, -(-left // price))
    return min(left, round_half_up(covered * price)), int(covered)


class BlockState(StrEnum):
    """Where a block stands. `to_decide`: it ended with a rest about which nobody decided."""

    WAITING = "waiting"
    OPEN = "open"
    USED_UP = "used_up"
    TO_DECIDE = "to_decide"
    EXPIRED = "expired"
    REFUNDED = "refunded"


@dataclass(frozen=True, slots=True)
class BlockLedger:
    """One block as of a day: granted = burned + expired + refunded + remaining, in the block's unit.

    `opened_on` None: nobody has paid for it yet, so that nothing is granted.
    """

    block: Block
    state: BlockState
    opened_on: date | None = None
    is_funded: bool = True
    granted: int = 0
    burned: int = 0
    expired: int = 0
    refunded: int = 0
    remaining: int = 0
    burns: tuple[BlockBurn, ...] = ()
    credited_minor: int = 0

    @property
    def rest_of_price(self) -> Money:
        """What was paid for the part that was not drawn, less what credit notes took back already."""
        price = self.block.price
        rest = price.minor - self.block.share_of_price(self.burned).minor - self.credited_minor
        return Money(max(0, rest) if self.is_funded and self.granted else 0, price.currency)

    @property
    def refund(self) -> Money:
        """What of the price is to be paid back because that was decided; zero otherwise."""
        return self.rest_of_price if self.refunded else Money(0, self.block.price.currency)

    @property
    def low_since(self) -> date | None:
        """The day it became low; None while it is not. A block sold so small is low from its first day."""
        left, block = self.granted, self.block
        if self.opened_on is None or self.remaining > block.low_from:
            return None
        for burn in self.burns:
            left -= burn.amount
            if left <= block.low_from:
                return burn.on
        return self.opened_on


def block_ledger(
    block: Block, opened: OpenedBlock | None, burns: Sequence[BlockBurn], today: date
) -> BlockLedger:
    """The ledger of one block on `today`; `burns` are what was taken from it up to then, in order."""
    if opened is None:
        return BlockLedger(block, BlockState.WAITING)
    burned = sum(burn.amount for burn in burns)
    left, end = block.amount - burned, block.ends_on
    state = _state(block, left, has_ended=end is not None and end <= today)
    return BlockLedger(
        block, state, opened.opened_on, opened.is_funded, block.amount, burned,
        left if state is BlockState.EXPIRED else 0,
        left if state is BlockState.REFUNDED else 0,
        left if state in (BlockState.OPEN, BlockState.TO_DECIDE) else 0,
        tuple(burns), opened.credited_minor,
    )  # fmt: skip


def _state(block: Block, left: int, *, has_ended: bool) -> BlockState:
    if not left:
        return BlockState.USED_UP
    if not has_ended:
        return BlockState.OPEN
    ended = {Leftover.EXPIRE: BlockState.EXPIRED, Leftover.REFUND: BlockState.REFUNDED}
    # A rest that was carried once and ended again is asked about again.
    return ended.get(block.fate, BlockState.TO_DECIDE)


def earned(ledger: BlockLedger) -> list[tuple[date, Money]]:
    """What of the price was earned on which day: as it burned, and the rest on the day it expired.

    Parts are differences of rounded sums, so that they add up to the price of a block that is gone, less
    what credit notes took back of it.
    """
    block, taken, before = ledger.block, 0, Money(0, ledger.block.price.currency)
    kept = Money(block.price.minor - ledger.credited_minor, block.price.currency)
    parts: list[tuple[date, Money]] = []
    if not ledger.is_funded:
        return parts
    for burn in ledger.burns:
        taken += burn.amount
        so_far = min(block.share_of_price(taken), kept)
        parts.append((burn.on, so_far - before))
        before = so_far
    if ledger.expired and block.ends_on is not None:
        lost_on = max(block.ends_on, block.decision.on) if block.decision else block.ends_on
        parts.append((lost_on, kept - before))
    return parts
