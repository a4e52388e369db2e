"""The row of fields over the register that say which documents are shown."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.choices import choose, fill
from retainerdesk.desktop.forms.ui_billing_screen import Ui_BillingScreen
from retainerdesk.desktop.models.register_filter import (
    ANY_STATE,
    UNSETTLED,
    Issued,
    RegisterFilter,
    issued_within,
)
from retainerdesk.desktop.models.register_model import KIND_WORDS, STATE_WORDS
from retainerdesk.desktop.widgets.search_field import SearchField
from retainerdesk.domain.invoice import DocumentKind
from retainerdesk.domain.names import name_order
from retainerdesk.services.register import RegisterRow

_STATES = (
    (ANY_STATE, "All states"),
    (UNSETTLED, "Not settled"),
    *((frozenset({state}), words) for state, words in STATE_WORDS.items()),
)
_KINDS = ((None, "All kinds"), *((kind, f"{words}s") for kind, words in KIND_WORDS.items()))
_ISSUED = (
    (Issued.EVER, "Any time"),
    (Issued.THIS_MONTH, "This month"),
    (Issued.LAST_MONTH, "Last month"),
    (Issued.THIS_QUARTER, "This quarter"),
    (Issued.LAST_QUARTER, "Last quarter"),
    (Issued.THIS_YEAR, "This year"),
    (Issued.LAST_YEAR, "Last year"),
)
_SHORTEST_NAME = 11
_SEARCH_WIDTH = 112


class RegisterFilters(QObject):
    """Search as you type, and four choices.

    Signals: `changed()` when other documents are asked for.
    """

    changed = Signal()

    def __init__(self, form: Ui_BillingScreen, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._form = form
        self._desk = desk
        self.search = SearchField("Search")
        self.search.setAccessibleName("Search number, account and reason")
        keys = QKeySequence(QKeySequence.StandardKey.Find).toString()
        self.search.setToolTip(f"Number, account or reason ({keys})")
        self.search.setMinimumWidth(_SEARCH_WIDTH)
        form.search_place.addWidget(self.search)
        fill(form.state, _STATES, ANY_STATE)
        fill(form.kind, _KINDS)
        fill(form.issued, _ISSUED, Issued.EVER)
        fill(form.account, [(None, "All accounts")])
        form.account.setSizeAdjustPolicy(form.account.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        form.account.setMinimumContentsLength(_SHORTEST_NAME)
        self.search.textChanged.connect(self.changed)
        for combo in (form.state, form.kind, form.issued, form.account):
            combo.currentIndexChanged.connect(self.changed)
        find = QShortcut(QKeySequence.StandardKey.Find, form.issued_tab)
        find.activated.connect(self.search.setFocus)

    def offer_accounts(self, rows: Iterable[RegisterRow]) -> None:
        """Offer the accounts that have documents, and keep the one that was chosen."""
        names = {row.account_id: row.account_name for row in reversed(tuple(rows))}
        chosen = self._form.account.currentData()
        in_order = sorted(names.items(), key=_by_name)
        with QSignalBlocker(self._form.account):
            fill(self._form.account, [(None, "All accounts"), *in_order], chosen)

    def value(self) -> RegisterFilter:
        """What is asked for."""
        form = self._form
        # A combo box gives plain texts back for what was put in as an enum.
        kind = form.kind.currentData()
        return RegisterFilter(
            self.search.text(),
            form.state.currentData(),
            None if kind is None else DocumentKind(kind),
            form.account.currentData(),
            issued_within(Issued(form.issued.currentData()), self._desk.today()),
        )

    def clear(self) -> None:
        """Show everything again."""
        form = self._form
        for combo in (form.state, form.kind, form.issued, form.account):
            with QSignalBlocker(combo):
                combo.setCurrentIndex(0)
        with QSignalBlocker(self.search):
            self.search.clear()
        self.changed.emit()

    def show_account(self, account_id: str) -> None:
        """Show the documents of one account, whatever was asked for before."""
        with QSignalBlocker(self):
            self.clear()
        choose(self._form.account, account_id)
        self.changed.emit()


def _by_name(entry: tuple[str, str]) -> tuple[str, str, str]:
    return name_order(entry[1], entry[0])
