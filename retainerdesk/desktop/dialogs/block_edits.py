"""Prepaid blocks and early exits: their dialogs, and what they keep, with undo."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from retainerdesk.desktop.dialogs.edits import Keeper
from retainerdesk.desktop.dialogs.entry_context import load_entry_context, local_now
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.problems import show_problem
from retainerdesk.domain.block import Block, Leftover, LeftoverDecision
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.exit_settlement import ExitCommand, ExitSettlement
from retainerdesk.domain.retainer import Retainer
from retainerdesk.services.blocks import (
    add_block,
    block_story,
    change_block,
    decide_leftover,
    remove_block,
)
from retainerdesk.services.exits import apply_exit, blocks_before, preview_exit, take_back_exit
from retainerdesk.services.results import Changes
from retainerdesk.services.retainers import list_retainers

if TYPE_CHECKING:
    from retainerdesk.desktop.dialogs.exit_dialog import ExitChoice


class BlockEdits(Keeper):
    """Selling blocks, looking at one, deciding about its rest, and leaving a retainer early."""

    def sell_block(self, account_id: str, existing: Block | None = None) -> FormDialog:
        """Sell a block, or change one; once it was invoiced or drawn only its end may change."""
        from retainerdesk.desktop.dialogs.sell_block_dialog import SellBlockDialog

        context = self.desk.read(load_entry_context, account_id, local_now(self.desk))
        is_fixed = existing is not None and self._is_fixed(existing)
        dialog = SellBlockDialog(context, existing, self.window, is_sold=is_fixed)
        return self.show(dialog, partial(self._keep_block, dialog, existing))

    def show_block(self, account_id: str, block_id: str) -> FormDialog:
        """One block with its draws, and the decision about its rest."""
        from retainerdesk.desktop.dialogs.block_dialog import BlockDialog

        story = self.desk.read(block_story, account_id, block_id, self.desk.today())
        dialog = BlockDialog(story, self.desk.today(), self.window)
        block = story.line.block
        dialog.edit_wanted.connect(partial(self.sell_block, account_id, block))
        dialog.remove_wanted.connect(partial(self.remove_block, block))
        return self.show(dialog, partial(self._keep_leftover, dialog, block))

    def remove_block(self, block: Block) -> bool:
        """Take out a block that was neither invoiced nor drawn, with undo."""
        return self.edit(None, "remove block", partial(self._remove_block, block), partial(self._sell, block))

    def end_early(self, account_id: str, retainer_id: str = "") -> FormDialog | None:
        """What ending a retainer early comes to, and ending it; None where none is running."""
        from retainerdesk.desktop.dialogs.exit_dialog import ExitDialog

        today = self.desk.today()
        known = self.desk.read(list_retainers, account_id)
        running = [each for each in known if each.ended_on is None or each.ended_on > today]
        if not running:
            message = "This account has no retainer that could end."
            show_problem(self.window, RuleViolation("exit.none", message))
            return None
        dialog = ExitDialog(running, retainer_id or running[-1].id, self._preview, today, self.window)
        return self.show(dialog, partial(self._keep_exit, dialog, running))

    def _is_fixed(self, block: Block) -> bool:
        return self.desk.read(block_story, block.account_id, block.id, self.desk.today()).is_fixed

    def _preview(self, command: ExitCommand) -> ExitSettlement:
        return self.desk.read(preview_exit, command, self.desk.today())

    # Keeping

    def _keep_block(self, dialog: FormDialog, existing: Block | None, block: Block) -> None:
        if existing is None:
            self.edit(dialog, "block", partial(self._sell, block), partial(self._remove_block, block))
        elif block != existing:
            forward = partial(self._change_block, block)
            self.edit(dialog, "change block", forward, partial(self._change_block, existing))

    def _keep_leftover(self, dialog: FormDialog, block: Block, decision: LeftoverDecision) -> None:
        if block.decision is None and decision.leftover is Leftover.ASK:
            return
        forward = partial(self._decide_leftover, block, decision)
        self.edit(dialog, "rest of a block", forward, partial(self._change_block, block))

    def _keep_exit(self, dialog: FormDialog, retainers: Sequence[Retainer], choice: ExitChoice) -> None:
        settlement = choice.shown
        before = next(each for each in retainers if each.id == choice.command.retainer_id)
        blocks = self.desk.read(blocks_before, settlement)
        backward = partial(self._take_back_exit, settlement, before, blocks)
        self.edit(dialog, "early exit", partial(self._end, choice), backward)

    def _sell(self, block: Block) -> Changes:
        return self.desk.write(add_block, block).changes

    def _change_block(self, block: Block) -> Changes:
        return self.desk.write(change_block, block, self.desk.today()).changes

    def _remove_block(self, block: Block) -> Changes:
        return self.desk.write(remove_block, block, self.desk.today()).changes

    def _decide_leftover(self, block: Block, decision: LeftoverDecision) -> Changes:
        today = self.desk.today()
        return self.desk.write(decide_leftover, block.account_id, block.id, decision, today).changes

    def _end(self, choice: ExitChoice) -> Changes:
        today, total = self.desk.today(), choice.shown.total
        return self.desk.write(apply_exit, choice.command, today, shown=total).changes

    def _take_back_exit(
        self, settlement: ExitSettlement, before: Retainer, blocks: Sequence[Block]
    ) -> Changes:
        return self.desk.write(take_back_exit, settlement, before, blocks).changes
