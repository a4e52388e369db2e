"""Open money of an account: balance, what is overdue, and how old it is."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from retainerdesk.desktop.formatting import money
from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.desktop.widgets.surfaces import SectionHeader
from retainerdesk.desktop.widgets.text import data_label
from retainerdesk.domain.payments import Ageing
from retainerdesk.services.views import AccountView

_BUCKETS = {
    "not_due": "not due",
    "1_30": "1–30 days",
    "31_60": "31–60 days",
    "61_90": "61–90 days",
    "over_90": "over 90 days",
}


class MoneySection(QWidget):
    """Hidden while nothing is open and nothing stands to the account's credit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = SectionHeader("Open balance")
        self.figure = data_label("", "strong")
        self.ageing = data_label("", "detail", wrap=True)
        self.credit = data_label("", "detail", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING.tight)
        for part in (self.header, self.figure, self.ageing, self.credit):
            column.addWidget(part)

    def show_account(self, view: AccountView) -> None:
        """Show what is open."""
        self.figure.set_text(money(view.balance))
        self.figure.setVisible(bool(view.balance))
        late = f"{money(view.overdue)} overdue" if view.overdue else "nothing overdue"
        self.header.set_remark(late if view.balance else "", "bad" if view.overdue else "muted")
        aged = ageing_words(view.ageing)
        self.ageing.set_text(aged)
        self.ageing.setVisible(bool(aged))
        self.credit.set_text(f"{money(view.credit)} received and not allocated yet" if view.credit else "")
        self.credit.setVisible(bool(view.credit))
        self.setVisible(bool(view.balance or view.credit or view.ageing.total))


def ageing_words(ageing: Ageing) -> str:
    """Not due €100.00 · 1–30 days €50.00; buckets with nothing in them are left out."""
    parts = [f"{_BUCKETS[key]} {money(amount)}" for key, amount in ageing.by_bucket().items() if amount]
    text = " · ".join(parts)
    return text[:1].upper() + text[1:]
