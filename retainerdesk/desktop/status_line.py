"""The foot of the window: whose book, its money, the work under way, and when the next check is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QProgressBar, QStatusBar, QWidget

from retainerdesk.desktop.formatting import short_money
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.desktop.rate_words import rate_figure, stated_rate
from retainerdesk.desktop.theme.tokens import METRICS, SPACING
from retainerdesk.desktop.widgets.buttons import link_button
from retainerdesk.desktop.widgets.icon_label import IconLabel
from retainerdesk.desktop.widgets.text import data_label

if TYPE_CHECKING:
    from retainerdesk.desktop.operation_runner import OperationRunner
    from retainerdesk.domain.exchange_rate import Converted
    from retainerdesk.domain.money import Money
    from retainerdesk.services.summaries import BusinessTotals

_BAR_WIDTH = 120
_LONGEST_NAME = 40
ENCRYPTED = "This book is encrypted"


def sums(amounts: Sequence[Money]) -> str:
    """Amounts of several currencies side by side; an empty one is nothing."""
    return " + ".join(short_money(amount) for amount in amounts)


def money_text(totals: BusinessTotals) -> tuple[str, str]:
    """What the foot says of recurring and of open money; empty where there is none."""
    recurring = recurring_text(totals.recurring) if totals.mrr else ""
    if not totals.open:
        return recurring, ""
    overdue = f", {sums(totals.overdue)} overdue" if totals.overdue else ""
    return recurring, f"Open {sums(totals.open)}{overdue}"


def recurring_text(mrr: Converted) -> str:
    """The recurring money in the currency of the books, the rate behind it, and apart what has no rate."""
    text = f"MRR {short_money(mrr.total)}"
    if len(mrr.rates) == 1:
        text += f" at {rate_figure(mrr.rates[0].stored)}"
    elif mrr.rates:
        text += f" at {len(mrr.rates)} stored rates"
    return f"{text} + {sums(mrr.unknown)} without a rate" if mrr.unknown else text


class StatusLine(QObject):
    """Fills a status bar. Every text is plain."""

    def __init__(self, bar: QStatusBar) -> None:
        super().__init__(bar)
        bar.setSizeGripEnabled(False)
        bar.setContentsMargins(SPACING.medium, 0, SPACING.medium, 0)
        self.lock = IconLabel("lock", "muted", METRICS.icon)
        self.business = data_label("", "detail")
        self.recurring = data_label("", "detail")
        self.open_money = data_label("", "detail")
        self.lock.setToolTip(ENCRYPTED)
        self.lock.setAccessibleName(ENCRYPTED)
        self.lock.setContentsMargins(0, 0, SPACING.small, 0)
        bar.addWidget(self.lock)
        self.show_protection(is_encrypted=False)
        for label in (self.business, self.recurring, self.open_money):
            label.setContentsMargins(0, 0, SPACING.medium, 0)
            bar.addWidget(label)
        self.work = data_label("", "detail")
        self.progress = QProgressBar(bar)
        self.cancel = link_button("Cancel", parent=bar)
        self.saved = data_label("", "detail")
        self.watching = data_label("", "detail")
        for widget in (self.work, self.progress, self.cancel, self.saved, self.watching):
            widget.setContentsMargins(SPACING.medium, 0, 0, 0)
            bar.addPermanentWidget(widget)
        self.progress.setTextVisible(False)
        self.progress.setFixedSize(_BAR_WIDTH, SPACING.small)
        self._show_work(visible=False)

    def show_book(self, name: str, totals: BusinessTotals) -> None:
        """Say whose book it is and how its money stands."""
        self.show_name(name)
        recurring, open_money = money_text(totals)
        self.recurring.set_text(recurring)
        self.recurring.setToolTip("\n".join(stated_rate(each.stored) for each in totals.recurring.rates))
        self.open_money.set_text(open_money)

    def show_name(self, name: str) -> None:
        """Say whose book it is."""
        self.business.set_text(in_sentence(name, _LONGEST_NAME) if name else "New book")

    def show_protection(self, *, is_encrypted: bool) -> None:
        """Show a lock while the book is encrypted."""
        self.lock.setVisible(is_encrypted)

    def show_saved(self, text: str) -> None:
        """Say whether everything is kept ("Saved", "Read only")."""
        self.saved.set_text(text)

    def show_next_check(self, next_at: datetime) -> None:
        """Say when the watcher looks again; `next_at` is an instant in UTC."""
        self.watching.set_text(f"Watching: next check {next_at.astimezone():%H:%M}")

    def show_not_watching(self, text: str = "Not watching: the book cannot be read") -> None:
        """Say that nothing is watched, and why."""
        self.watching.set_text(text)

    def follow(self, runner: OperationRunner) -> None:
        """Show the operations of `runner` while they run, with a way to cancel."""
        runner.started.connect(self.start_work)
        runner.progressed.connect(self.step_work)
        runner.finished.connect(self.end_work)
        self.cancel.clicked.connect(runner.cancel)

    def start_work(self, title: str) -> None:
        """Show that an operation has begun."""
        self.work.set_text(in_sentence(title, _LONGEST_NAME))
        self.progress.setRange(0, 0)
        self.progress.setAccessibleName(title)
        self._show_work(visible=True)

    def step_work(self, done: int, total: int) -> None:
        """Show how far it is; `total` 0 means that nobody knows."""
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def end_work(self) -> None:
        """Show that it is over."""
        self._show_work(visible=False)

    def _show_work(self, *, visible: bool) -> None:
        widgets: tuple[QWidget, ...] = (self.work, self.progress, self.cancel)
        for widget in widgets:
            widget.setVisible(visible)
