"""Drawing prepaid blocks down.

A block covers what no lot of the allowance covers: the block that ends first is drawn first, then the one
opened first. It can be drawn from the day it is opened (its invoice was paid, or issued) until it ends.
Source: handbook, "Allowance", blocks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from retainerdesk.domain.block import Block, BlockBurn, OpenedBlock, minute_price
from retainerdesk.domain.money import round_half_up
from retainerdesk.domain.plan import UsageUnit


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


def _money_for_minutes(block: Block, wanted: Draw, left: int, missing: int) -> tuple[int, int]:
    """Minor units taken and minutes covered; a minute that is begun is covered, and empties the block."""
    rate = block.hourly_rate if block.hourly_rate is not None else wanted.hourly_rate
    price = minute_price(rate, block.price.currency)
    if price <= 0:
        return 0, 0
    covered = min(missing, -(-left // price))
    return min(left, round_half_up(covered * price)), int(covered)
