"""What prepaid blocks ask for: a word before they are empty or dead, and a decision about what is left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from retainerdesk.domain.block_ledger import BlockLedger, BlockState
from retainerdesk.domain.overage_price import used_words
from retainerdesk.domain.plan import UsageUnit

_SPEAK_DAYS_BEFORE = 30
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BlockReminder:
    """One thing to say about a block; `name` never changes while it is the same thing."""

    name: str
    on: date
    text: str


def block_reminders(ledgers: Sequence[BlockLedger], today: date) -> list[BlockReminder]:
    """Low blocks, blocks that end within 30 days, and rests to decide about.

    A low block is reminded of while nothing else of its kind is open or sold beside it; one that was used
    up is reminded of for 30 days.
    """
    found: list[BlockReminder] = []
    for ledger in ledgers:
        found += _low(ledger, ledgers, today)
        found += _ending(ledger, today)
        if ledger.state is BlockState.TO_DECIDE and ledger.block.ends_on is not None:
            text = f"{ledger.block.name} ended with {left_words(ledger)}: let it expire, refund or carry it?"
            found.append(BlockReminder(f"{ledger.block.id}/leftover", ledger.block.ends_on, text))
    return found


def left_words(ledger: BlockLedger) -> str:
    """What is left of a block: "2 h 30 left", "1 session left"."""
    block = ledger.block
    words = used_words(ledger.remaining, block.unit, block.price.currency)
    if block.unit is not UsageUnit.SESSIONS:
        return f"{words} left"
    return f"{words} session left" if ledger.remaining == 1 else f"{words} sessions left"


def _low(ledger: BlockLedger, ledgers: Iterable[BlockLedger], today: date) -> list[BlockReminder]:
    since = ledger.low_since
    if since is None or _has_successor(ledger, ledgers):
        return []
    if ledger.state is BlockState.USED_UP:
        if ledger.burns and today - ledger.burns[-1].on > timedelta(days=_SPEAK_DAYS_BEFORE):
            return []
        text = f"{ledger.block.name} is used up"
    elif ledger.state is BlockState.OPEN:
        is_last = ledger.block.unit is UsageUnit.SESSIONS and ledger.remaining == 1
        text = f"{ledger.block.name}: {left_words(ledger)}{', the next call is the last' if is_last else ''}"
    else:
        return []
    return [BlockReminder(f"{ledger.block.id}/low", since, text)]


def _has_successor(ledger: BlockLedger, ledgers: Iterable[BlockLedger]) -> bool:
    """Whether another block for the same calls or work is there: waiting, or open and not low itself."""
    mine = (ledger.block.retainer_id, ledger.block.unit)
    return any(
        each.block.id != ledger.block.id
        and (each.block.retainer_id, each.block.unit) == mine
        and (each.state is BlockState.WAITING or (each.state is BlockState.OPEN and each.low_since is None))
        for each in ledgers
    )


def _ending(ledger: BlockLedger, today: date) -> list[BlockReminder]:
    end = ledger.block.ends_on
    if ledger.state is not BlockState.OPEN or end is None:
        return []
    last_day = end - _DAY
    if last_day - timedelta(days=_SPEAK_DAYS_BEFORE) > today:
        return []
    text = f"{ledger.block.name} ends on {last_day} with {left_words(ledger)}"
    return [BlockReminder(f"{ledger.block.id}/end", last_day, text)]
