"""What is done with drafts, with undo: each change remembers what was there before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.edits import Keeper
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.domain.draft import Draft, DraftEdit
from retainerdesk.domain.invoice import ChargeKey
from retainerdesk.services import drafts as service
from retainerdesk.services.drafts import DraftChange
from retainerdesk.services.results import Changes, Outcome

Act = Callable[..., Outcome[DraftChange]]


class DraftStep:
    """One change of drafts, done, taken back, and done again. `made` is given where it is done already."""

    def __init__(self, desk: Desk, act: Callable[[], DraftChange], made: DraftChange | None = None) -> None:
        self._desk = desk
        self._act = act
        self.made = made
        self._is_done = made is not None

    def forward(self) -> Changes:
        if self._is_done:
            # The run told its changes when it ended.
            self._is_done = False
            return Changes()
        if self.made is not None:
            return self._desk.write(service.redo_change, self.made).changes
        self.made = self._act()
        return Changes()

    def backward(self) -> Changes:
        assert self.made is not None
        return self._desk.write(service.undo_change, self.made).changes


class DraftEdits(Keeper):
    """Drafts: put into words, merged, split, given up."""

    def draft_notes(self, draft: Draft) -> FormDialog:
        """Ask for the note of a draft and its discount."""
        from retainerdesk.desktop.dialogs.draft_dialog import DraftDialog

        dialog = DraftDialog(draft, self.window)
        return self.show(dialog, partial(self._keep_notes, dialog, draft.id))

    def edit_draft(self, draft_id: str, edit: DraftEdit) -> bool:
        """Change texts or the order of a draft."""
        return self._do(None, "draft", service.edit_draft, draft_id, edit)

    def merge_drafts(self, ids: Sequence[str]) -> bool:
        """Put several drafts together, onto the first."""
        return self._do(None, "merge drafts", service.merge_drafts, ids)

    def split_draft(self, draft_id: str, keys: Sequence[ChargeKey]) -> bool:
        """Put lines onto a new draft."""
        return self._do(None, "split draft", service.split_draft, draft_id, keys)

    def refresh_draft(self, draft_id: str) -> bool:
        """Take over what the charges of a draft are now."""
        return self._do(None, "refresh draft", service.refresh_draft, draft_id, self.desk.today())

    def take_lines_out(self, draft_id: str, keys: Sequence[ChargeKey]) -> bool:
        """Put lines back to the run."""
        return self._do(None, "take out lines", service.take_out, draft_id, keys, self.desk.today())

    def put_drafts_back(self, ids: Sequence[str]) -> bool:
        """Put whole drafts back to the run."""
        return self._do(None, "put back drafts", service.put_back, ids)

    def skip_lines(self, draft: Draft, keys: Sequence[ChargeKey]) -> FormDialog:
        """Ask why lines of a draft are not invoiced, and skip them."""
        return self._ask_reason(draft, keys, "skip lines")

    def delete_draft(self, draft: Draft) -> FormDialog:
        """Ask why a draft is given up; every charge of it leaves a skip record."""
        return self._ask_reason(draft, [line.key for line in draft.lines], "delete draft")

    def remember_drafts(self, made: DraftChange) -> None:
        """Let undo put back what a run kept as drafts."""
        step = DraftStep(self.desk, partial(_nothing, made), made)
        self.edit(None, "drafts", step.forward, step.backward)

    def _ask_reason(self, draft: Draft, keys: Sequence[ChargeKey], text: str) -> FormDialog:
        from retainerdesk.desktop.dialogs.decision_points import SkipDialog

        charges = [line.as_issued for line in draft.lines if line.key in keys]
        dialog = SkipDialog(charges, self.desk.today(), self.window)
        return self.show(dialog, partial(self._keep_reason, dialog, draft.id, tuple(keys), text))

    def _keep_reason(
        self, dialog: FormDialog, draft_id: str, keys: tuple[ChargeKey, ...], text: str, reason: str
    ) -> None:
        self._do(dialog, text, service.take_out, draft_id, keys, self.desk.today(), reason)

    def _keep_notes(self, dialog: FormDialog, draft_id: str, edit: DraftEdit) -> None:
        self._do(dialog, "draft", service.edit_draft, draft_id, edit)

    def _do(self, dialog: FormDialog | None, text: str, act: Act, *args: Any) -> bool:  # noqa: ANN401
        step = DraftStep(self.desk, partial(self._written, act, args))
        return self.edit(dialog, text, step.forward, step.backward)

    def _written(self, act: Act, args: tuple[Any, ...]) -> DraftChange:
        return self.desk.write(act, *args).value


def _nothing(made: DraftChange) -> DraftChange:
    return made
