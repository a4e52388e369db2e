"""Opens every dialog of the program and keeps what it collected, with undo."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.agreement_edits import AgreementEdits
from retainerdesk.desktop.dialogs.block_edits import BlockEdits
from retainerdesk.desktop.dialogs.closing_edits import ClosingEdits
from retainerdesk.desktop.dialogs.correction_edits import CorrectionEdits
from retainerdesk.desktop.dialogs.deposit_edits import DepositEdits
from retainerdesk.desktop.dialogs.draft_edits import DraftEdits
from retainerdesk.desktop.dialogs.file_choice import FileChooser
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.dialogs.letter_edits import LetterEdits
from retainerdesk.desktop.dialogs.money_edits import MoneyEdits
from retainerdesk.desktop.dialogs.rate_edits import RateEdits
from retainerdesk.desktop.dialogs.row_edits import ROW_KINDS, RowEdits
from retainerdesk.desktop.dialogs.usage_edits import UsageEdits
from retainerdesk.desktop.problems import show_problem
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.services.business import is_empty
from retainerdesk.services.due import snooze_item

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from retainerdesk.desktop.preferences import Preferences
    from retainerdesk.domain.account import Business


class DialogOpener(
    RowEdits,
    AgreementEdits,
    MoneyEdits,
    CorrectionEdits,
    UsageEdits,
    BlockEdits,
    LetterEdits,
    RateEdits,
    DepositEdits,
    DraftEdits,
    ClosingEdits,
):
    """One method a dialog. Each opens it over the window and returns it; edits can be undone.

    Signals: `kept(text)` says what was done. A dialog that cannot be opened says why.
    """

    def __init__(self, desk: Desk, window: QWidget, chooser: FileChooser | None = None) -> None:
        super().__init__(desk, window, chooser)
        self._preferences: Preferences | None = None
        self._snoozed_key = ""

    def use_preferences(self, preferences: Preferences) -> None:
        """Let the settings dialog also show the settings of this machine."""
        self._preferences = preferences

    def open_row(self, account_id: str, kind: str, row_id: str) -> FormDialog | None:
        """Open a row of the timeline for change, by its word for the kind; None if it has no form."""
        return self._guarded(partial(self._open_row, account_id, kind, row_id))

    def _open_row(self, account_id: str, kind: str, row_id: str) -> FormDialog | None:
        if kind in ROW_KINDS:
            return self.change_row(account_id, kind, row_id)
        if kind == "payment":
            return self.payment(account_id, payment_id=row_id)
        if kind == "deposit":
            return self.deposit(account_id, row_id)
        if kind == "block":
            return self.show_block(account_id, row_id)
        if kind in ("plan", "retainer", "notice", "ended", "pause"):
            return self.edit_retainer(account_id, row_id.partition("/")[0])
        return None

    def settings(self) -> FormDialog:
        """The settings of the business, its people and numbers, and of this computer."""
        from retainerdesk.desktop.dialogs.settings_dialog import SettingsDialog

        dialog = SettingsDialog(self.desk, self._preferences, self.window, self.chooser)
        dialog.open()
        return dialog

    def import_files(self, paths: Iterable[Path] = ()) -> QWidget:
        """The import, empty or with files that were dropped."""
        from retainerdesk.desktop.dialogs.import_dialog import ImportDialog

        dialog = ImportDialog(self.desk, self.window, self.chooser)
        dialog.open()
        files = tuple(paths)
        if files:
            dialog.show_files(files)
        return dialog

    def first_start(self) -> FormDialog | None:
        """The question of the first start, while the book is empty."""
        from retainerdesk.desktop.dialogs.first_start_dialog import FirstStartDialog

        if not self.desk.read(is_empty):
            return None
        dialog = FirstStartDialog(self.window)
        dialog.accepted_value.connect(self._begin)
        dialog.sample_chosen.connect(self._fill_sample)
        dialog.open()
        return dialog

    def snooze(self, key: str, what: str) -> FormDialog:
        """Ask until when a due item rests; `what` is its sentence."""
        from retainerdesk.desktop.dialogs.decision_points import SnoozeDialog

        self._snoozed_key = key
        return self.show(SnoozeDialog(what, self.desk.today(), self.window), self._snooze)

    def _snooze(self, until: date) -> None:
        self.desk.write(snooze_item, self._snoozed_key, until, self.desk.today())
        self.kept.emit("snoozed")

    def _begin(self, business: Business) -> None:
        from retainerdesk.desktop.dialogs.settings_edits import begin_business

        begin_business(self, business)

    def _fill_sample(self) -> None:
        from retainerdesk.services.upkeep import fill_sample

        outcome = fill_sample(self.desk.context.store, self.desk.today())
        self.desk.bus.changed.emit(outcome.changes)
        self.kept.emit("sample business")

    def _guarded(self, open_dialog: Callable[[], FormDialog | None]) -> FormDialog | None:
        """Open a dialog; what is gone meanwhile is told instead."""
        try:
            return open_dialog()
        except RuleViolation as gone:
            show_problem(self.window, gone)
            return None
