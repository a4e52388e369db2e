"""The reference rates of late interest: what is known, and the next half-year to be added."""

from __future__ import annotations

from PySide6.QtWidgets import QDialogButtonBox, QHeaderView, QPushButton, QTableView, QWidget

from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.dialogs.text_table import TextColumn, TextTable, show_table
from retainerdesk.desktop.formatting import day_long, percent
from retainerdesk.desktop.forms.ui_late_interest_dialog import Ui_LateInterestDialog
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.desktop.widgets.buttons import put_icon
from retainerdesk.domain.late_interest import HalfYearRate, LateInterestTable, ReferenceRates
from retainerdesk.domain.late_interest_table import OwnRate, references_of

_COLUMNS = (
    TextColumn("From", is_editable=False),
    TextColumn("Rate", is_editable=False, is_figure=True),
    TextColumn("Compared with, or read in", is_editable=False),
)


class LateInterestDialog(FormDialog):
    """Collects the OwnRate that is added; `remove_asked` is emitted for the last one that was added.

    The dialog stays open: `show_table` shows what came of it.
    """

    def __init__(
        self, table: LateInterestTable, parent: QWidget | None = None, *, reference_id: str = ""
    ) -> None:
        super().__init__(parent)
        self.form = Ui_LateInterestDialog()
        self.form.setupUi(self)
        form = self.form
        self._references = references_of(table)
        for reference in self._references:
            form.reference.addItem(reference.name)
        known = [each.id for each in self._references]
        form.reference.setCurrentIndex(known.index(reference_id) if reference_id in known else 0)
        self.rates = TextTable(_COLUMNS)
        show_table(form.rates, self.rates)
        form.rates.setSelectionMode(QTableView.SelectionMode.NoSelection)
        form.rates.setMinimumHeight(200)
        header = form.rates.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        form.rates.setColumnWidth(0, 130)
        form.rates.setColumnWidth(1, 80)
        set_style_property(form.next_words, "tone", "muted")
        self.remove = QPushButton("&Take the last added out")
        put_icon(self.remove, "trash-2")
        form.buttons.addButton(self.remove, QDialogButtonBox.ButtonRole.ActionRole)
        form.reference.currentIndexChanged.connect(self._show)
        self._show()
        self.prepare(
            form.buttons, "&Add half-year", form.percent,
            reference=form.reference, percent=form.percent, source=form.source,
        )  # fmt: skip

    @property
    def reference(self) -> ReferenceRates:
        """The reference that is chosen."""
        return self._references[self.form.reference.currentIndex()]

    @property
    def last_added(self) -> OwnRate | None:
        """The newest half-year of the reference, if the user added it."""
        last = self.reference.rates[-1]
        return OwnRate(self.reference.id, last.from_on, last.percent, last.source) if last.is_own else None

    def show_rates(self, table: LateInterestTable) -> None:
        """Show the rates as they are now; the fields are free for the next half-year."""
        self._references = references_of(table)
        self.form.percent.clear()
        self._show()

    def _show(self) -> None:
        reference = self.reference
        self.rates.set_rows(_row(each) for each in reversed(reference.rates))
        self.form.next_words.setText(
            f"Known through {day_long(reference.known.last_day)}. The next half-year begins on"
            f" {day_long(reference.next_from)}; add it when the bank has announced it."
        )
        self.remove.setEnabled(self.last_added is not None)

    def value(self) -> OwnRate:
        form = self.form
        rate = form.percent.decimal("percent")
        return OwnRate(self.reference.id, self.reference.next_from, rate, form.source.text().strip())


def _row(rate: HalfYearRate) -> tuple[str, str, str]:
    where = f"{rate.source} (added)" if rate.is_own else rate.source or "not compared"
    return day_long(rate.from_on), percent(rate.percent, 2), where
