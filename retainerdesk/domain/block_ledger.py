"""Where a prepaid block stands on a day: what was drawn, what is left, lost, paid back, and what was earned.

For every block: granted = burned + expired + refunded + remaining. Source: handbook, "Allowance", blocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from retainerdesk.domain.block import Block, BlockBurn, Leftover, OpenedBlock
from retainerdesk.domain.money import Money


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
