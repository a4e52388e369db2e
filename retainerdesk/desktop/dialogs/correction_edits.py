"""Corrections of what was issued: their dialogs, and what they do.

Credit notes and voids are final: nothing takes them back, so they leave no undo. Write-offs, refunds and
applied credit are records of money and can be undone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from retainerdesk.desktop.dialogs.edits import Keeper
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.domain.invoice import Payment, Settlement
from retainerdesk.services.correction_options import (
    CreditUseDraft,
    correction_options,
    credit_draft,
    credit_use_draft,
)
from retainerdesk.services.corrections import (
    CreditCommand,
    apply_credit,
    issue_credit_note,
    refund,
    take_back_settlement,
    void_document,
    write_off,
)
from retainerdesk.services.payments import change_payment
from retainerdesk.services.results import Changes, Outcome

if TYPE_CHECKING:
    from retainerdesk.desktop.dialogs.apply_credit_dialog import ApplyCommand
    from retainerdesk.desktop.dialogs.settlement_dialog import SettlementCommand, SettlementWords
    from retainerdesk.domain.money import Money
    from retainerdesk.services.units import UnitOfWork


class CorrectionEdits(Keeper):
    """Credit notes, voids, write-offs, refunds, applied credit.

    Signals: `credited(CreditResult)` when a credit note was issued; `voided(Invoice)`.
    """

    credited = Signal(object)
    voided = Signal(object)

    def credit_invoice(self, number: str) -> FormDialog:
        """A credit note on an invoice."""
        from retainerdesk.desktop.dialogs.credit_dialog import CreditDialog

        draft = self.desk.read(credit_draft, number, self.desk.today())
        dialog = CreditDialog(draft, self.window)
        return self.show(dialog, partial(self._issue_credit, dialog))

    def void_document(self, number: str) -> FormDialog:
        """Cancel a document."""
        from retainerdesk.desktop.dialogs.void_dialog import VoidDialog

        options = self.desk.read(correction_options, number, self.desk.today())
        dialog = VoidDialog(options, self.window)
        return self.show(dialog, partial(self._make_void, dialog, number))

    def write_off(self, number: str) -> FormDialog:
        """Give up what is open of an invoice."""
        from retainerdesk.desktop.dialogs.settlement_dialog import write_off_words

        options = self.desk.read(correction_options, number, self.desk.today())
        most = options.writable_off
        words = write_off_words(number, options.document.buyer.name, most)
        return self._settle(words, most, "write-off", partial(self._write_off, number))

    def refund(self, number: str) -> FormDialog:
        """Pay back what is left of a credit note; of another document's account what it paid too much."""
        from retainerdesk.desktop.dialogs.settlement_dialog import refund_words

        options = self.desk.read(correction_options, number, self.desk.today())
        document = options.document
        source = number if document.is_credit_note else None
        words = refund_words(
            f"credit note {number}" if source else f"what {in_sentence(document.buyer.name)} paid",
            document.buyer.name,
            options.refundable,
        )
        give_back = partial(self._refund, document.account_id, source)
        return self._settle(words, options.refundable, "refund", give_back)

    def apply_credit(
        self, account_id: str, *, source: str | None = None, invoice: str | None = None
    ) -> FormDialog:
        """Use the credit of an account, or of one credit note, for what it owes, or for one invoice."""
        from retainerdesk.desktop.dialogs.apply_credit_dialog import ApplyCreditDialog

        draft = self.desk.read(credit_use_draft, account_id)
        dialog = ApplyCreditDialog(draft, self.window, source=source, invoice=invoice)
        return self.show(dialog, partial(self._apply, dialog, draft))

    # Final

    def _issue_credit(self, dialog: FormDialog, command: CreditCommand) -> None:
        outcome = self._final(dialog, issue_credit_note, command, self.desk.today())
        if outcome is not None:
            self.kept.emit(f"credit note {outcome.value.note.number}")
            self.credited.emit(outcome.value)

    def _make_void(self, dialog: FormDialog, number: str, reason: str) -> None:
        outcome = self._final(dialog, void_document, number, reason, self.desk.today())
        if outcome is not None:
            self.kept.emit(f"void {number}")
            self.voided.emit(outcome.value)

    def _final(
        self, dialog: FormDialog, change: Callable[..., Outcome[Any]], *args: object
    ) -> Outcome[Any] | None:
        """Write something that has no undo; None if it was refused."""
        try:
            return self.desk.write(change, *args)
        except (RuleViolation, EnvironmentProblem) as refused:
            self._refuse(dialog, refused)
            return None

    # With undo

    def _settle(
        self,
        words: SettlementWords,
        most: Money,
        text: str,
        make: Callable[[SettlementCommand], Outcome[Settlement]],
    ) -> FormDialog:
        from retainerdesk.desktop.dialogs.settlement_dialog import SettlementDialog

        dialog = SettlementDialog(words, most, self.window)
        return self.show(dialog, partial(self._keep_settlement, dialog, text, make))

    def _keep_settlement(
        self,
        dialog: FormDialog,
        text: str,
        make: Callable[[SettlementCommand], Outcome[Settlement]],
        command: SettlementCommand,
    ) -> None:
        made: list[Settlement] = []
        self.edit(dialog, text, partial(_do, make, command, made), partial(self._take_settled_back, made, ()))

    def _write_off(self, number: str, command: SettlementCommand) -> Outcome[Settlement]:
        return self.desk.write(write_off, number, command.reason, self.desk.today(), command.amount)

    def _refund(self, account_id: str, source: str | None, command: SettlementCommand) -> Outcome[Settlement]:
        return self.desk.write(
            refund, account_id, command.reason, self.desk.today(), amount=command.amount, source_number=source
        )

    def _apply(self, dialog: FormDialog, draft: CreditUseDraft, command: ApplyCommand) -> None:
        made: list[Settlement] = []
        before: list[Payment] = []
        forward = partial(self._use, draft, command, made, before)
        self.edit(dialog, "apply credit", forward, partial(self._take_settled_back, made, before))

    def _use(
        self, draft: CreditUseDraft, command: ApplyCommand, made: list[Settlement], before: list[Payment]
    ) -> Changes:
        outcome = self.desk.write(
            apply_credit,
            draft.file.account.id,
            self.desk.today(),
            source_number=command.source,
            invoice_number=command.invoice,
            amount=command.amount,
        )
        changed = {each.id for each in outcome.value.payments}
        made[:] = outcome.value.settlements
        before[:] = [each for each in draft.file.payments if each.id in changed]
        return outcome.changes

    def _take_settled_back(self, made: Sequence[Settlement], before: Sequence[Payment]) -> Changes:
        return self.desk.write(_undone, tuple(made), tuple(before)).changes


def _do(
    make: Callable[[SettlementCommand], Outcome[Settlement]],
    command: SettlementCommand,
    made: list[Settlement],
) -> Changes:
    """Make a settlement and remember which one, so that undo takes that one back."""
    outcome = make(command)
    made[:] = [outcome.value]
    return outcome.changes


def _undone(uow: UnitOfWork, made: Sequence[Settlement], before: Sequence[Payment]) -> Outcome[None]:
    """Take settlements out, and give payments the allocations they had; all of it or nothing."""
    changes = [take_back_settlement(uow, each).changes for each in made]
    changes += [change_payment(uow, each).changes for each in before]
    total = changes[0]
    for each in changes[1:]:
        total |= each
    return Outcome(None, total)
