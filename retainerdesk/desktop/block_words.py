"""What is left of a prepaid block, and where it stands, in words."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from retainerdesk.desktop.charts.burn_bar import BurnBarValue
from retainerdesk.desktop.formatting import day, money
from retainerdesk.desktop.usage_words import amount_words
from retainerdesk.domain.block_ledger import BlockLedger, BlockState

_DAY = timedelta(days=1)


def rest_of(ledger: BlockLedger) -> int:
    """What is left of a block, whatever was decided about it."""
    return ledger.remaining + ledger.expired + ledger.refunded


def in_unit(ledger: BlockLedger, amount: int) -> str:
    """An amount of a block as it is counted."""
    return amount_words(ledger.block.unit, amount, ledger.block.price.currency)


def left_of(ledger: BlockLedger) -> str:
    """6 h of 10 h left; of one that waits for its money what it will hold."""
    if ledger.state is BlockState.WAITING:
        return in_unit(ledger, ledger.block.amount)
    rest = in_unit(ledger, rest_of(ledger))
    return f"{rest} of {in_unit(ledger, ledger.block.amount)} left"


def bar_of(ledger: BlockLedger) -> BurnBarValue:
    """How much of a block is drawn."""
    return BurnBarValue(Fraction(ledger.burned, ledger.block.amount or 1), None, left_of(ledger), "warn")


def state_words(ledger: BlockLedger, today: date) -> str:
    """Where a block stands, in a few words."""
    end = ledger.block.ends_on
    if ledger.state is BlockState.WAITING:
        return "not paid yet"
    if ledger.state is BlockState.OPEN:
        return f"until {day(end - _DAY, today)}" if end else "without an end"
    if ledger.state is BlockState.TO_DECIDE and end is not None:
        return f"ended {day(end - _DAY, today)}, decide"
    return {
        BlockState.USED_UP: "used up", BlockState.EXPIRED: "the rest is lost",
        BlockState.REFUNDED: "the rest is paid back", BlockState.TO_DECIDE: "ended, decide",
        BlockState.WAITING: "", BlockState.OPEN: "",
    }[ledger.state]  # fmt: skip


def standing(ledger: BlockLedger, invoice: str | None, today: date) -> str:
    """What is left, what it cost, and which invoice sells it."""
    block = ledger.block
    if ledger.state is BlockState.WAITING:
        sold = f"Invoice {invoice} is not paid" if invoice else "It is proposed with the next invoice"
        whole = in_unit(ledger, block.amount)
        return f"{whole} for {money(block.price)}. {sold}; until then nothing can be drawn."
    price = f"sold for {money(block.price)}" if block.price else "given"
    by = f" with invoice {invoice}" if invoice else ""
    return f"{left_of(ledger)}, {price}{by}; {state_words(ledger, today)}."
