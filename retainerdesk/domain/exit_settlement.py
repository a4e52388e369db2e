"""Leaving a retainer early: what is credited and what is still owed, as a proposal.

Nothing is decided here. The proposal is the difference that ending the service on a day makes: the fee of
the days not served, unused lots as far as they are worth something, what is left of blocks, and what was
not invoiced yet. Applying it sets the end, the decisions and one charge; the next invoice run then proposes
exactly these lines. Source: handbook, "Billing", early exit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from retainerdesk.domain.belonging import blocks_of
from retainerdesk.domain.block import Block, Leftover, LeftoverDecision
from retainerdesk.domain.block_charges import refund_source
from retainerdesk.domain.block_ledger import BlockLedger, BlockState
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.charging import owed_charges
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import Charge, ChargeKind
from retainerdesk.domain.line_words import line_words
from retainerdesk.domain.money import Money
from retainerdesk.domain.overage_price import priced_overage
from retainerdesk.domain.plan import UsageUnit
from retainerdesk.domain.retainer import Retainer
from retainerdesk.domain.usage import account_usage
from retainerdesk.domain.usage_period import UsagePeriod
from retainerdesk.domain.work import OneOffCharge

_EXIT = "early exit"


class LotValue(StrEnum):
    """What unused carried lots are worth when a retainer ends: nothing, or the rate of overage."""

    NONE = "none"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class ExitCommand:
    """The end of one retainer: `on` is the first day without service.

    `blocks` says what happens to the rest of its blocks; None leaves it to what was agreed for each, and
    refunds where nothing was.
    """

    account_id: str
    retainer_id: str
    on: date
    lots: LotValue = LotValue.NONE
    blocks: Leftover | None = None


@dataclass(frozen=True, slots=True)
class ExitSettlement:
    """The proposal: `lines` as the next run would propose them, credits negative, and their `total`.

    `retainer`, `charge` and `blocks` are what applying it writes. `lots_left` is what was carried, in the
    unit of the plan (negative: a deficit); `notes` are remarks in words.
    """

    command: ExitCommand
    lines: tuple[Charge, ...]
    total: Money
    retainer: Retainer
    charge: OneOffCharge | None
    blocks: tuple[Block, ...]
    lots_left: int
    notes: tuple[str, ...] = ()


def exit_settlement(file: AccountFile, command: ExitCommand, today: date) -> ExitSettlement:
    """What ending a retainer comes to, without tax. Raises RuleViolation for a day that cannot be its end.

    An end in the future is computed as if no more work were done until then.
    """
    retainer = _checked(file, command)
    day = max(today, command.on)
    ended = replace(retainer, ended_on=command.on)
    after = _with(file, ended, file.blocks)
    ledger = account_usage(after, day)
    charge = _lots_charge(file, ended, ledger.ledgers[ended.id], command)
    decided, notes = _decided_blocks(file, ended, ledger.blocks, command)
    whole = replace(_with(file, ended, decided), charges=(*file.charges, *([charge] if charge else [])))
    lines = _lines_of(whole, ended, charge, day)
    zero = Money(0, file.account.currency)
    changed = tuple(each for each in decided if each not in file.blocks)
    left = ledger.ledgers[ended.id][-1].carried if ledger.ledgers[ended.id] else 0
    return ExitSettlement(
        command, lines, sum((line.net for line in lines), zero), ended, charge, changed, left, notes
    )


def _checked(file: AccountFile, command: ExitCommand) -> Retainer:
    retainer = next((each for each in file.retainers if each.id == command.retainer_id), None)
    if retainer is None:
        message = f"{file.account.name} has no retainer “{command.retainer_id}”."
        raise RuleViolation("exit.retainer", message, "retainer")
    if command.on < retainer.starts_on:
        message = f"{retainer.name} starts on {retainer.starts_on}; it cannot end before."
        raise RuleViolation("exit.date", message, "on")
    if retainer.ended_on is not None and retainer.ended_on <= command.on:
        message = f"{retainer.name} has ended on {retainer.ended_on - timedelta(days=1)} already."
        raise RuleViolation("exit.ended", message, "on")
    return retainer


def _with(file: AccountFile, ended: Retainer, blocks: Sequence[Block]) -> AccountFile:
    retainers = tuple(ended if each.id == ended.id else each for each in file.retainers)
    return replace(file, retainers=retainers, blocks=tuple(blocks))


def _lots_charge(
    file: AccountFile, ended: Retainer, ledger: Sequence[UsagePeriod], command: ExitCommand
) -> OneOffCharge | None:
    """A charge below zero for what was carried, above zero for a deficit; None without either."""
    left = ledger[-1].carried if ledger else 0
    if command.lots is LotValue.NONE or not left:
        return None
    # What goes beyond the allowance costs what the part within it is worth.
    worth = priced_overage(replace(ledger[-1], overage=left), file.account.currency)
    if not worth:
        message = f"{ended.name} has no price to value what is unused at; choose none."
        raise RuleViolation("exit.lots", message, "lots")
    unit = ledger[-1].unit
    suffix = "" if unit is UsageUnit.MINUTES else f"_{unit.value}"
    text = line_words(f"lots_unused{suffix}", file.account.locale, name=ended.name)
    return OneOffCharge(
        file.account.id, f"exit-{ended.id}-{command.on}", command.on, text, Decimal(1), -worth.as_decimal()
    )


def _decided_blocks(
    file: AccountFile, ended: Retainer, ledgers: Sequence[BlockLedger], command: ExitCommand
) -> tuple[list[Block], tuple[str, ...]]:
    """Every block of the account, those of the retainer decided, and what to say about others."""
    own = {block.id for block in blocks_of(file, ended)}
    blocks: list[Block] = []
    notes: list[str] = []
    for ledger in ledgers:
        block = ledger.block
        if block.id in own and ledger.state is BlockState.WAITING:
            notes.append(f"{block.name} was sold but is not paid: credit its invoice, or take it out.")
        is_open = ledger.state in (BlockState.OPEN, BlockState.TO_DECIDE)
        blocks.append(_decided(block, command) if block.id in own and is_open else block)
    return blocks, tuple(notes)


def _decided(block: Block, command: ExitCommand) -> Block:
    agreed = Leftover.REFUND if block.fate is Leftover.ASK else block.fate
    fate = command.blocks or agreed
    if fate in (Leftover.CARRY, Leftover.ASK):
        return block
    return replace(block, decision=LeftoverDecision(command.on, fate, _EXIT))


def _lines_of(
    file: AccountFile, ended: Retainer, charge: OneOffCharge | None, day: date
) -> tuple[Charge, ...]:
    """What a run on that day would propose for the retainer, its blocks and its unused lots."""
    sources = {refund_source(block.id) for block in blocks_of(file, ended)}
    if charge is not None:
        sources.add(charge.id)
    return tuple(
        each
        for each in owed_charges(file, day, day)
        if each.key.kind is not ChargeKind.BLOCK
        and (each.key.retainer_id == ended.id or each.key.source_id in sources)
    )
