"""The right side of an account: period, margin, agreement, money, next actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout, QWidget

from retainerdesk.desktop.forms.ui_margin_pane import Ui_MarginPane
from retainerdesk.desktop.name_words import choice_text
from retainerdesk.desktop.panes.agreement import AgreementSection
from retainerdesk.desktop.panes.block_section import BlockSection
from retainerdesk.desktop.panes.deposit_section import DepositSection
from retainerdesk.desktop.panes.margin_section import ErosionSection, MarginSection
from retainerdesk.desktop.panes.money_section import MoneySection
from retainerdesk.desktop.panes.narrow_note import NarrowNote
from retainerdesk.desktop.panes.next_actions import NextActions
from retainerdesk.desktop.panes.period_section import PeriodSection
from retainerdesk.services.views import AccountView, RetainerView

if TYPE_CHECKING:
    from retainerdesk.desktop.desk import Desk


class MarginPane(QFrame):
    """Filled from an AccountView; of several retainers one is chosen at the top.

    Signals: `asked(str)` with the word of a dialog (edit_retainer, new_retainer, sell_block, deposit,
    missing_rate, settings);
    `opened(str, str)` with kind and id of a row to edit.
    """

    asked = Signal(str)
    opened = Signal(str, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = Ui_MarginPane()
        self._form.setupUi(self)
        self._view: AccountView | None = None
        self._retainer_id = ""
        self.choice = QComboBox()
        self.choice.setAccessibleName("Retainer")
        self.no_retainer = NarrowNote(
            "No retainer yet", "Hours, margin and dates follow from what is agreed.", "New retainer", margin=0
        )
        self.period = PeriodSection()
        self.blocks = BlockSection()
        self.margin = MarginSection()
        self.erosion = ErosionSection()
        self.agreement = AgreementSection()
        self.money = MoneySection()
        self.deposits = DepositSection()
        self.actions_section = NextActions(desk)
        self._build(self._form.sections)
        self._connect()

    @property
    def retainer_id(self) -> str:
        """The retainer shown; "" if the account has none."""
        return self._retainer_id

    def show_account(self, view: AccountView) -> None:
        """Show an account; the retainer that was chosen stays where it is still there."""
        self._view = view
        self._fill_choice(view)
        has_retainer = bool(view.retainers)
        for section in (self.period, self.margin, self.erosion, self.agreement):
            section.setVisible(has_retainer)
        self.no_retainer.setVisible(not has_retainer)
        self.deposits.show_deposits(view.deposits, view.as_of)
        self.blocks.show_blocks(view.blocks, view.as_of)
        self.margin.show_margin(view.margin)
        self.erosion.show_margin(view.margin, view.as_of)
        self.money.show_account(view)
        self.actions_section.show_actions(view.account.id, view.next_actions, view.as_of)
        self._show_retainer()

    def _fill_choice(self, view: AccountView) -> None:
        ids = [each.retainer.id for each in view.retainers]
        if self._retainer_id not in ids:
            self._retainer_id = _liveliest(view) if ids else ""
        self.choice.blockSignals(True)
        self.choice.clear()
        for each in view.retainers:
            self.choice.addItem(choice_text(each.retainer.name), each.retainer.id)
        self.choice.setCurrentIndex(ids.index(self._retainer_id) if ids else -1)
        self.choice.blockSignals(False)
        self.choice.setVisible(len(ids) > 1)

    def _show_retainer(self) -> None:
        shown = self._chosen()
        if shown is None or self._view is None:
            return
        self.period.show_retainer(shown, self._view.as_of)
        self.agreement.show_retainer(shown, self._view.as_of)

    def _chosen(self) -> RetainerView | None:
        retainers = self._view.retainers if self._view else ()
        return next((each for each in retainers if each.retainer.id == self._retainer_id), None)

    def _choose(self, index: int) -> None:
        self._retainer_id = self.choice.itemData(index) or ""
        self._show_retainer()

    def _build(self, column: QVBoxLayout) -> None:
        for section in (
            self.choice, self.no_retainer, self.period, self.blocks, self.money, self.deposits, self.margin,
            self.erosion, self.agreement, self.actions_section,
        ):  # fmt: skip
            column.addWidget(section)
        column.addStretch(1)

    def _connect(self) -> None:
        self.choice.currentIndexChanged.connect(self._choose)
        self.no_retainer.pressed.connect(self._ask_new_retainer)
        self.agreement.opened.connect(self._ask_edit_retainer)
        self.blocks.opened.connect(self._open_block)
        self.blocks.sale_wanted.connect(self._ask_sale)
        self.margin.settings_wanted.connect(self._ask_settings)
        self.margin.rates_wanted.connect(self._ask_rate)
        self.deposits.opened.connect(self._open_deposit)
        self.deposits.deposit_wanted.connect(self._ask_deposit)
        self.actions_section.opened.connect(self._open_action)

    def _ask_new_retainer(self) -> None:
        self.asked.emit("new_retainer")

    def _ask_edit_retainer(self) -> None:
        self.asked.emit("edit_retainer")

    def _ask_settings(self) -> None:
        self.asked.emit("settings")

    def _ask_rate(self) -> None:
        self.asked.emit("missing_rate")

    def _ask_deposit(self) -> None:
        self.asked.emit("deposit")

    def _open_deposit(self, deposit_id: str) -> None:
        self.opened.emit("deposit", deposit_id)

    def _ask_sale(self) -> None:
        self.asked.emit("sell_block")

    def _open_block(self, block_id: str) -> None:
        self.opened.emit("block", block_id)

    def _open_action(self, action_id: str) -> None:
        self.opened.emit("action", action_id)


def _liveliest(view: AccountView) -> str:
    """The retainer to show first: one that is running, else the newest."""
    running = [each for each in view.retainers if each.running is not None]
    return (running or list(reversed(view.retainers)))[0].retainer.id
