"""What is due now, for the badge, the tray and the notifier; the only place that marks items as announced."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from retainerdesk.domain.errors import EnvironmentProblem

if TYPE_CHECKING:
    from retainerdesk.desktop.desk import Desk
    from retainerdesk.domain.due_item import DueItem
    from retainerdesk.services.summaries import DueReport


class DueInbox(QObject):
    """Keeps the latest report and announces each fresh item once, all fresh ones together.

    With a `digest_hour` what is fresh waits for that local hour. What was announced is kept in the book, so a
    restart repeats nothing; if the book cannot be written, it is kept here until the program ends.

    Signals: `changed(DueReport)`; `announce(tuple[DueItem, ...])`, at most once an item.
    """

    changed = Signal(object)
    announce = Signal(object)

    def __init__(self, desk: Desk, digest_hour: int | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._digest_hour = digest_hour
        self._announced: set[str] = set()
        self._report: DueReport | None = None

    @property
    def items(self) -> tuple[DueItem, ...]:
        """Everything due as of the latest report, in its order."""
        return self._report.items if self._report is not None else ()

    def receive(self, report: DueReport) -> None:
        """Take the newest report of the watcher."""
        self._report = report
        self.changed.emit(report)
        self.announce_fresh()

    def announce_fresh(self) -> None:
        """Announce what is fresh and was held back, if it may be announced by now."""
        if self._report is None or not self._is_time():
            return
        fresh = tuple(item for item in self._report.fresh if item.key not in self._announced)
        if fresh:
            self._remember([item.key for item in fresh], self._report.as_of)
            self.announce.emit(fresh)

    def snooze(self, key: str, days: int) -> None:
        """Let an item rest for some days. Raises EnvironmentProblem if the book cannot be written."""
        from retainerdesk.services.due import snooze_item

        today = self._desk.today()
        self._desk.write(snooze_item, key, today + timedelta(days=days), today)

    def _is_time(self) -> bool:
        if self._digest_hour is None:
            return True
        return self._desk.context.clock.utc_now().astimezone().hour >= self._digest_hour

    def _remember(self, keys: Iterable[str], today: date) -> None:
        from retainerdesk.services.due import mark_notified

        names = tuple(keys)
        self._announced.update(names)
        try:
            self._desk.write(mark_notified, names, today)
        except EnvironmentProblem as problem:
            # The user hears of it all the same; only a restart may repeat it.
            logging.getLogger(__name__).warning("announcements are not remembered: %s", problem.message)
