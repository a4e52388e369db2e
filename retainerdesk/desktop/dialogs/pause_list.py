"""The pauses of a retainer in its dialog."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.dialogs.pause_dialog import PauseDialog
from retainerdesk.desktop.dialogs.plan_words import PAUSE_FEES, PAUSE_LOTS
from retainerdesk.desktop.formatting import span
from retainerdesk.desktop.forms.ui_retainer_dialog import Ui_RetainerDialog
from retainerdesk.desktop.widgets.empty_state import EmptyState
from retainerdesk.desktop.widgets.views import arrange_rows
from retainerdesk.domain.retainer import Pause
from retainerdesk.services.pause_effects import PauseEffects

EffectsAmong = Callable[[Pause, Iterable[Pause]], PauseEffects]


class PauseList(QObject):
    """Keeps the pauses while the dialog is open.

    Signals: `changed()` after one was added, changed or removed.
    """

    changed = Signal()

    def __init__(
        self,
        form: Ui_RetainerDialog,
        pauses: Iterable[Pause],
        today: date,
        effects_of: EffectsAmong,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._form = form
        self._window = parent
        self._pauses = list(pauses)
        self._today = today
        self._effects_of = effects_of
        self._changing: int | None = None
        self.empty = EmptyState(
            "circle-pause",
            "No pause is agreed",
            "In a pause the fee rests or is lower. Adding one shows first what it changes.",
        )
        form.pauses_tab_column.insertWidget(0, self.empty, 1)
        arrange_rows(form.pauses)
        form.add_pause.clicked.connect(self.add)
        form.change_pause.clicked.connect(self.change)
        form.remove_pause.clicked.connect(self.remove)
        form.pauses.itemActivated.connect(self.change)
        form.pauses.currentRowChanged.connect(self._apply)
        self._fill()

    def value(self) -> tuple[Pause, ...]:
        """All pauses in order of date."""
        return tuple(sorted(self._pauses, key=lambda pause: pause.span))

    def add(self) -> None:
        """Ask for one more pause."""
        self._changing = None
        self._ask(None)

    def change(self) -> None:
        """Ask how the chosen pause is to be."""
        row = self._form.pauses.currentRow()
        if row >= 0:
            self._changing = row
            self._ask(self._pauses[row])

    def remove(self) -> None:
        """Take the chosen pause out."""
        row = self._form.pauses.currentRow()
        if row >= 0:
            del self._pauses[row]
            self._fill()
            self.changed.emit()

    def _ask(self, existing: Pause | None) -> None:
        dialog = PauseDialog(self._effects, self._today, existing, self._window)
        dialog.accepted_value.connect(self._take)
        dialog.open()

    def _effects(self, pause: Pause) -> PauseEffects:
        others = [each for row, each in enumerate(self._pauses) if row != self._changing]
        return self._effects_of(pause, others)

    def _take(self, pause: Pause) -> None:
        if self._changing is None:
            self._pauses.append(pause)
        else:
            self._pauses[self._changing] = pause
        self._fill()
        self.changed.emit()

    def _fill(self) -> None:
        self._pauses.sort(key=lambda pause: pause.span)
        view = self._form.pauses
        row = max(0, view.currentRow())
        view.clear()
        view.addItems([self._words(pause) for pause in self._pauses])
        view.setCurrentRow(min(row, view.count() - 1))
        view.setVisible(bool(self._pauses))
        self.empty.setVisible(not self._pauses)
        self._apply()

    def _apply(self) -> None:
        chosen = self._form.pauses.currentRow() >= 0
        self._form.change_pause.setEnabled(chosen)
        self._form.remove_pause.setEnabled(chosen)

    def _words(self, pause: Pause) -> str:
        fee, lots = dict(PAUSE_FEES)[pause.fee], dict(PAUSE_LOTS)[pause.lots]
        return f"{span(pause.span, self._today)} · {fee.lower()} · {lots.lower()}"
