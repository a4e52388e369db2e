"""Which blocks may be sold, and what may be decided about their rest."""

from __future__ import annotations

from retainerdesk.domain.block import Block, Leftover, LeftoverDecision
from retainerdesk.domain.block_ledger import BlockLedger, BlockState
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.plan import UsageUnit
from retainerdesk.domain.retainer import Retainer


def check_block(file: AccountFile, block: Block) -> None:
    """Raise RuleViolation for a block without a name or content, in another currency, or never drawable."""
    if not block.name.strip():
        raise RuleViolation("block.name", "Enter what the block is called.", "name")
    if block.amount <= 0:
        raise RuleViolation("block.amount", "A block holds at least something.", "amount")
    if block.price.minor < 0:
        raise RuleViolation("block.price", "The price cannot be below zero.", "price")
    if block.price.currency != file.account.currency:
        message = f"{file.account.name} is invoiced in {file.account.currency}."
        raise RuleViolation("block.currency", message, "price")
    if block.expires_on is not None and block.expires_on <= block.on:
        message = f"It would be dead on {block.expires_on}, before it can be used."
        raise RuleViolation("block.expires_on", message, "expires_on")
    retainer = _drawn_by(file, block)
    if retainer is not None or block.retainer_id is None:
        _check_drawable(block, retainer)


def _drawn_by(file: AccountFile, block: Block) -> Retainer | None:
    if block.retainer_id is None:
        return file.retainers[0] if len(file.retainers) == 1 else None
    found = next((each for each in file.retainers if each.id == block.retainer_id), None)
    if found is None:
        message = f"{file.account.name} has no retainer “{block.retainer_id}”."
        raise RuleViolation("block.retainer", message, "retainer")
    return found


def _check_drawable(block: Block, retainer: Retainer | None) -> None:
    unit = None if retainer is None else retainer.plans[0].unit
    if block.unit is UsageUnit.MINUTES and unit is UsageUnit.MONEY:
        message = "The plan counts money: sell money, not minutes."
        raise RuleViolation("block.unit", message, "unit")
    if block.unit is not UsageUnit.MONEY or unit is UsageUnit.MONEY or block.hourly_rate:
        return
    rates = () if retainer is None else tuple(plan.overage.hourly_rate for plan in retainer.plans)
    if unit is not UsageUnit.MINUTES or not any(rates):
        message = "Say what an hour of work takes from it: the plan has no rate."
        raise RuleViolation("block.hourly_rate", message, "hourly_rate")


def check_decision(ledger: BlockLedger, decision: LeftoverDecision) -> None:
    """Raise RuleViolation for a block that is not open yet, or a decision that does not fit its dates."""
    block = ledger.block
    if ledger.state is BlockState.WAITING:
        message = f"{block.name} is not paid yet; nothing is left of it to decide about."
        raise RuleViolation("block.waiting", message, "block")
    if ledger.opened_on is not None and decision.on < ledger.opened_on:
        message = f"{block.name} was opened on {ledger.opened_on}; choose that day or a later one."
        raise RuleViolation("block.decision_date", message, "on")
    if decision.until is not None:
        if decision.leftover is not Leftover.CARRY:
            message = "Only what is carried has a day until which it lives."
            raise RuleViolation("block.until", message, "until")
        if decision.until <= decision.on:
            message = f"It would be dead on {decision.until} already."
            raise RuleViolation("block.until", message, "until")
    if decision.leftover is Leftover.EXPIRE and not decision.reason.strip():
        message = "Say why paid time is taken away; the reason is kept."
        raise RuleViolation("block.reason", message, "reason")
