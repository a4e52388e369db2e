"""Leaving a retainer early: show what it comes to, and apply exactly that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from retainerdesk.domain.block import Block
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.exit_settlement import ExitCommand, ExitSettlement, exit_settlement
from retainerdesk.domain.invoiced_rows import check_not_invoiced
from retainerdesk.domain.money import Money
from retainerdesk.domain.retainer import Retainer
from retainerdesk.services.results import Changes, Outcome
from retainerdesk.store.repositories import retainers
from retainerdesk.store.repositories.billables import CHARGES
from retainerdesk.store.repositories.blocks import BLOCKS
from retainerdesk.store.repositories.books import load_account_file
from retainerdesk.store.repositories.invoices import documents_with_lines
from retainerdesk.store.unit_of_work import UnitOfWork


def preview_exit(uow: UnitOfWork, command: ExitCommand, today: date) -> ExitSettlement:
    """What ending a retainer comes to; writes nothing."""
    return exit_settlement(load_account_file(uow, command.account_id), command, today)


def apply_exit(
    uow: UnitOfWork, command: ExitCommand, today: date, *, shown: Money | None = None
) -> Outcome[ExitSettlement]:
    """End the retainer; its lines are then proposed with the next invoice, to create or to skip.

    With `shown`, the total somebody agreed to, it is refused if it comes to something else by now.
    """
    settlement = preview_exit(uow, command, today)
    if shown is not None and shown != settlement.total:
        message = f"It comes to {settlement.total} by now, not {shown}; look again."
        raise RuleViolation("exit.changed", message, "on")
    retainers.save_retainer(uow, settlement.retainer)
    if settlement.charge is not None:
        CHARGES.add(uow, settlement.charge)
    for block in settlement.blocks:
        BLOCKS.update(uow, block)
    ids = frozenset({command.account_id})
    return Outcome(settlement, Changes(agreement=True, money=True, dates=True, account_ids=ids))


def take_back_exit(
    uow: UnitOfWork, settlement: ExitSettlement, retainer: Retainer, blocks: Sequence[Block]
) -> Outcome[Retainer]:
    """Undo an exit: the retainer and its blocks as they were, without the charge for unused lots.

    What was invoiced meanwhile stays as issued; the next run proposes the difference. Raises RuleViolation
    once that charge is invoiced: there is no difference to propose for it.
    """
    if settlement.charge is not None:
        documents = documents_with_lines(uow, retainer.account_id)
        check_not_invoiced(settlement.charge, None, documents)
    retainers.save_retainer(uow, retainer)
    if settlement.charge is not None:
        CHARGES.delete(uow, settlement.charge.account_id, settlement.charge.id)
    for block in blocks:
        BLOCKS.update(uow, block)
    ids = frozenset({retainer.account_id})
    return Outcome(retainer, Changes(agreement=True, money=True, dates=True, account_ids=ids))


def blocks_before(uow: UnitOfWork, settlement: ExitSettlement) -> tuple[Block, ...]:
    """The blocks that applying a settlement changes, as they are now."""
    account_id = settlement.command.account_id
    return tuple(BLOCKS.get(uow, account_id, each.id) for each in settlement.blocks)
