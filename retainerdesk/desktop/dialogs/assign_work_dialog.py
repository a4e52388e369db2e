"""Work that is charged to no retainer: choose the entries, and the retainer they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem, QWidget

from retainerdesk.desktop.dialogs.choices import fill
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.dialogs.whole_text import show_whole
from retainerdesk.desktop.formatting import day, duration
from retainerdesk.desktop.forms.ui_assign_work_dialog import Ui_AssignWorkDialog
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.desktop.widgets.views import prepare_view
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.retainer import Retainer
from retainerdesk.domain.work import WorkEntry

_ID = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class AssignCommand:
    """The ids of entries, and the retainer they are charged to."""

    entry_ids: tuple[str, ...]
    retainer_id: str


class AssignWorkDialog(FormDialog):
    """Collects an AssignCommand; every entry is chosen to begin with."""

    def __init__(
        self,
        entries: Sequence[WorkEntry],
        retainers: Sequence[Retainer],
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.form = Ui_AssignWorkDialog()
        self.form.setupUi(self)
        self._minutes = {entry.id: entry.chargeable_minutes for entry in entries}
        form = self.form
        form.what.setText(
            "With several retainers, work that names none uses no allowance and is never billed. Say where it"
            " belongs."
        )
        show_whole(self, form.what)
        prepare_view(form.entries, framed=True)
        for entry in entries:
            form.entries.addItem(_item(entry, today))
        fill(form.retainer, [(each.id, each.name) for each in retainers])
        set_style_property(form.effect, "tone", "muted")
        form.entries.itemChanged.connect(self._show_effect)
        form.retainer.currentIndexChanged.connect(self._show_effect)
        self._show_effect()
        self.prepare(form.buttons, "&Charge", form.retainer, retainer=form.retainer, entries=form.entries)

    def _chosen(self) -> tuple[str, ...]:
        items = (self.form.entries.item(row) for row in range(self.form.entries.count()))
        return tuple(item.data(_ID) for item in items if item.checkState() == Qt.CheckState.Checked)

    def _show_effect(self) -> None:
        chosen = self._chosen()
        worked = duration(sum(self._minutes[each] for each in chosen))
        name = self.form.retainer.currentText()
        self.form.effect.setText(
            f"{worked} will use the allowance of {in_sentence(name)}. Where a period is invoiced already, the"
            " difference is proposed with the next invoice."
            if chosen
            else "Nothing is chosen."
        )

    def value(self) -> AssignCommand:
        chosen = self._chosen()
        if not chosen:
            raise RuleViolation("work.nothing", "Choose at least one entry.", "entries")
        return AssignCommand(chosen, self.form.retainer.currentData())


def _item(entry: WorkEntry, today: date) -> QListWidgetItem:
    said = f" · {entry.text}" if entry.text else ""
    item = QListWidgetItem(f"{day(entry.on, today)} · {duration(entry.chargeable_minutes)}{said}")
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(Qt.CheckState.Checked)
    item.setData(_ID, entry.id)
    return item
