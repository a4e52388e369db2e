"""Prepaid blocks: sell one, see what is left of it, decide what happens to its rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from retainerdesk.domain.block import Block, Leftover, LeftoverDecision
from retainerdesk.domain.block_ledger import BlockLedger
from retainerdesk.domain.block_rules import check_block, check_decision
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import ChargeKind
from retainerdesk.domain.money import Money
from retainerdesk.domain.plan import UsageUnit
from retainerdesk.domain.usage import account_usage
from retainerdesk.services.results import Changes, Outcome
from retainerdesk.store.repositories.blocks import BLOCKS
from retainerdesk.store.repositories.books import load_account_file, load_account_files
from retainerdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class BlockLine:
    """One block with its ledger as of a day; `sold_by` is the number of the invoice that sells it."""

    account_id: str
    account_name: str
    ledger: BlockLedger
    sold_by: str | None

    @property
    def block(self) -> Block:
        return self.ledger.block

    @property
    def refund(self) -> Money:
        """What would come back if the rest were paid back today, without tax where prices lack it."""
        return self.ledger.rest_of_price


def list_blocks(uow: UnitOfWork, today: date, account_id: str | None = None) -> tuple[BlockLine, ...]:
    """Every block of one account, or of all, by account, then the day it was sold."""
    files = load_account_files(uow) if account_id is None else (load_account_file(uow, account_id),)
    return tuple(line for file in files if file.blocks for line in _lines(file, today))


def _lines(file: AccountFile, today: date) -> list[BlockLine]:
    sold = _sold_by(file)
    return [
        BlockLine(file.account.id, file.account.name, ledger, sold.get(ledger.block.id))
        for ledger in account_usage(file, today).blocks
    ]


def _sold_by(file: AccountFile) -> dict[str, str]:
    return {
        line.key.source_id: invoice.number
        for invoice in file.invoices
        if not invoice.is_void()
        for line in invoice.lines
        if line.key.kind is ChargeKind.BLOCK
    }


def get_block(uow: UnitOfWork, account_id: str, block_id: str) -> Block:
    """The block of that id; RuleViolation if there is none."""
    return BLOCKS.get(uow, account_id, block_id)


def add_block(uow: UnitOfWork, block: Block) -> Outcome[Block]:
    """Sell a block: the next invoice asks for its price. One without a price is given."""
    file = load_account_file(uow, block.account_id)
    check_block(file, block)
    BLOCKS.add(uow, block)
    return Outcome(block, _changes(block))


def change_block(uow: UnitOfWork, block: Block, today: date) -> Outcome[Block]:
    """Change a block. Once it was invoiced or drawn only its reminder and what happens to its rest may."""
    file = load_account_file(uow, block.account_id)
    before = get_block(uow, block.account_id, block.id)
    check_block(file, block)
    allowed = replace(before, low_at=block.low_at, leftover=block.leftover, decision=block.decision)
    if allowed != block:
        _refuse_sold(file, before, today)
    BLOCKS.update(uow, block)
    return Outcome(block, _changes(block))


def remove_block(uow: UnitOfWork, block: Block, today: date) -> Outcome[Block]:
    """Take out a block that was neither invoiced nor drawn."""
    _refuse_sold(load_account_file(uow, block.account_id), block, today)
    BLOCKS.delete(uow, block.account_id, block.id)
    return Outcome(block, _changes(block))


def decide_leftover(
    uow: UnitOfWork, account_id: str, block_id: str, decision: LeftoverDecision, today: date
) -> Outcome[Block]:
    """Decide what happens to the rest of a block; `ask` opens the question again.

    Letting it expire, or paying it back, ends an open block on the day of the decision; what is paid back is
    proposed with the next invoice. A carried rest lives on until the day given, or without end.
    """
    file = load_account_file(uow, account_id)
    block = get_block(uow, account_id, block_id)
    ledger = next(each for each in account_usage(file, today).blocks if each.block.id == block_id)
    check_decision(ledger, decision)
    decided = None if decision.leftover is Leftover.ASK else decision
    changed = replace(block, decision=decided)
    BLOCKS.update(uow, changed)
    return Outcome(changed, _changes(changed))


def _refuse_sold(file: AccountFile, block: Block, today: date) -> None:
    number = _sold_by(file).get(block.id)
    if number is not None:
        message = f"{block.name} stands on invoice {number} and stays as it is; credit it instead."
        raise RuleViolation("block.sold", message, "block")
    ledgers = account_usage(file, today).blocks
    if any(ledger.burns for ledger in ledgers if ledger.block.id == block.id):
        raise RuleViolation("block.drawn", f"{block.name} was drawn already and stays as it is.", "block")


def _changes(block: Block) -> Changes:
    return Changes(agreement=True, money=True, dates=True, account_ids=frozenset({block.account_id}))


@dataclass(frozen=True, slots=True)
class BlockDraw:
    """What one entry or call took from a block, in the block's unit; `text` is what was done."""

    on: date
    text: str
    amount: int
    covered_minutes: int | None


@dataclass(frozen=True, slots=True)
class BlockStory:
    """One block as of a day with everything that was drawn from it, oldest first.

    `is_fixed` says that it was invoiced or drawn, so that only its reminder and its end may change.
    """

    line: BlockLine
    draws: tuple[BlockDraw, ...]
    is_fixed: bool


def block_story(uow: UnitOfWork, account_id: str, block_id: str, today: date) -> BlockStory:
    """What happened with one block; RuleViolation if there is none of that id."""
    block = get_block(uow, account_id, block_id)
    file = load_account_file(uow, account_id)
    line = next(each for each in _lines(file, today) if each.block.id == block.id)
    said = {**{each.id: each.text for each in file.work}, **{each.id: each.title for each in file.calls}}
    draws = tuple(
        BlockDraw(
            burn.on, said.get(burn.source_id, ""), burn.amount,
            burn.covered if block.unit is UsageUnit.MONEY else None,
        )
        for burn in line.ledger.burns
    )  # fmt: skip
    return BlockStory(line, draws, line.sold_by is not None or bool(draws))
