"""One open book from its first paint to its end: window, watcher, inbox and tray, connected."""

from __future__ import annotations

import logging
import os
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from retainerdesk.desktop.backup_keeper import BackupKeeper
from retainerdesk.desktop.book_watch import BookWatch
from retainerdesk.desktop.closing import Closing
from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.due_inbox import DueInbox
from retainerdesk.desktop.facts_keeper import FactsKeeper
from retainerdesk.desktop.garbage import GarbageKeeper
from retainerdesk.desktop.main_window import MainWindow
from retainerdesk.desktop.notifier import Notifier
from retainerdesk.desktop.problems import show_problem
from retainerdesk.desktop.single_instance import instance_key
from retainerdesk.desktop.tray import Tray
from retainerdesk.desktop.widgets.banner import BannerAction
from retainerdesk.desktop.window_state import WindowState
from retainerdesk.desktop.workers.due_watcher import WatcherThread
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.services.kept_facts import drop_facts

if TYPE_CHECKING:
    from datetime import date, datetime

    from retainerdesk.desktop.operation_runner import Progress
    from retainerdesk.desktop.preferences import Preferences
    from retainerdesk.desktop.single_instance import SingleInstance
    from retainerdesk.domain.due_item import DueItem
    from retainerdesk.services.context import BookContext
    from retainerdesk.services.summaries import DueReport


def _add_up(context: BookContext, today: date, progress: Progress) -> int:
    from retainerdesk.services.kept_facts import refresh_facts

    return refresh_facts(context.store, today, progress.step)


_TO_CHECK = (BannerAction("file.check_book", "Check the book"),)
_TO_BACKUPS = (BannerAction("file.show_backups", "Backups"),)
_TO_TODAY = (BannerAction("view.show_today", "Show"),)

SAFE_START = (
    "RetainerDesk failed to start twice in ten minutes. This start is in safe mode: it leaves out watching, "
    "the tray, automatic backups, the last place of the window, and kept figures. Quit and start again for "
    "all of it."
)
_AFTER_FAILURES = (*_TO_CHECK, BannerAction("file.restore_book", "Restore a backup"))
_SETTLED_AFTER_MS = 10_000
# A window that nothing shows, on another desktop or behind a locked screen, may never be painted.
_PAINTED_AFTER_MS = 1000

_LOG = logging.getLogger(__name__)


class Session(QObject):
    """Belongs to the GUI thread; `start` it, run the application, then `end` it.

    With `is_safe` it leaves out whatever could have made earlier starts fail, and says so. Signals:
    `settled()` when the window has been up for ten seconds.
    """

    settled = Signal()

    def __init__(
        self, context: BookContext, preferences: Preferences, claim: SingleInstance, *, is_safe: bool = False
    ) -> None:
        super().__init__()
        self._is_safe = is_safe
        self._claim = claim
        self.desk = Desk(context, self)
        self.window = MainWindow(self.desk, preferences, may_wait=True)
        self.state = WindowState(preferences.folder, instance_key(str(context.path)))
        self.watcher = WatcherThread(context, self)
        self.keeper = FactsKeeper(self.desk, self)
        self.backups = BackupKeeper(self.desk, self)
        self.book_watch = BookWatch(self.desk, self)
        self.garbage = GarbageKeeper(self)
        self.inbox = DueInbox(self.desk, preferences.now.digest_hour, self)
        self.tray = Tray(self)
        self.notifier = Notifier(self.tray, self)
        self.closing = Closing(self.window, self.tray, self.notifier, preferences, self, is_safe=is_safe)
        self._is_under_way = self._is_ended = False
        self._connect()

    def start(self) -> None:
        """Show the window; what it does not need is started after its first paint."""
        self.window.may_close = False
        if self._is_safe:
            self._leave_out()
        self.state.restore(self.window)
        if self.window.waiting.are_at_hand():
            self._show_first_place()
        elif self.window.waiting.show_earlier():
            self._show_earlier_place()
        else:
            self.window.say_waiting()
        self.window.painted.connect(self._start_rest)
        QTimer.singleShot(_PAINTED_AFTER_MS, self, self._start_rest)
        self.window.show()

    def quit(self) -> None:
        """Leave the event loop; `end` does the rest. `QApplication.quit` would ask the window first."""
        QApplication.exit(0)

    def end(self, code: int) -> int:
        """Keep what is to be kept, stop every thread, close the book; returns the exit code."""
        if self._is_ended:
            return code
        self._is_ended = True
        screens = self.window.screens
        self.state.save(self.window, screens.current, screens.all_made)
        self.watcher.stop()
        self.keeper.stop()
        self.book_watch.stop()
        self.backups.stop()
        self.tray.stop()
        self.window.may_close = True
        self.window.close()
        if not self.desk.runner.stop():
            # The end of the process rolls its transaction back; waiting could take minutes.
            _LOG.warning("an operation was cut off")
            logging.shutdown()
            os._exit(code)
        self.garbage.stop()
        self.desk.close()
        self.window.deleteLater()
        return code

    def _show_first_place(self) -> None:
        self.window.show_place(self.state.place(self.window.screens.keys))

    def _show_earlier_place(self) -> None:
        """Today has nothing to show yet, the list of accounts has."""
        place = self.state.place(self.window.screens.keys)
        self.window.show_place("accounts" if place == "today" else place)

    def _add_up(self) -> None:
        """Compute what no run before kept (a new day, a new book) where nobody waits for it."""
        work = partial(_add_up, self.desk.context, self.desk.today())
        self.desk.runner.run(work, self._begin, self._begin_anyway, "Adding up the accounts")

    def _begin(self, _count: int) -> None:
        if self._is_ended:
            return
        # Cancelled, or something changed meanwhile: the keeper of figures goes on, and tells.
        if self.window.waiting.are_at_hand() or not self.window.waiting.shows_earlier:
            self._show_figures()

    def _show_figures(self) -> None:
        if not self._is_ended:
            self.window.show_figures()
            # Whoever went somewhere meanwhile is not taken away from there.
            if not self.window.screens.current:
                self._show_first_place()
            self.window.refresh_actions()

    def _begin_anyway(self, error: Exception) -> None:
        _LOG.warning("the accounts could not be added up beforehand: %s", error)
        self._show_figures()

    def _begin_late(self) -> None:
        if self._is_ended or not self.window.waiting.is_under_way:
            return
        if self.window.waiting.are_at_hand():
            self._show_figures()
        else:
            self._add_up()

    def _start_rest(self) -> None:
        if self._is_under_way or self._is_ended:
            return
        self._is_under_way = True
        if self.window.screens.current:
            self.window.fill()
        self.garbage.start()
        self._listen()
        QTimer.singleShot(_SETTLED_AFTER_MS, self, self._settle)
        if self._is_safe:
            self._start_safely()
            return
        if self.window.waiting.is_under_way:
            self._add_up()
        self.tray.start()
        self.watcher.start()
        self.keeper.start()
        self.book_watch.start()
        self.backups.start()
        self.window.greet()

    def _listen(self) -> None:
        if problem := self._claim.listen_if_possible():
            self.window.banners.tell(str(problem), "warn")

    def _settle(self) -> None:
        if not self._is_ended:
            self.settled.emit()

    def _leave_out(self) -> None:
        """Nothing kept from earlier starts is read again."""
        _LOG.warning("safe mode: two starts in ten minutes did not go well")
        self.state.forget()
        if not self.desk.context.store.read_only:
            try:
                drop_facts(self.desk.context.store)
            except EnvironmentProblem as problem:
                _LOG.warning("the kept figures stay: %s", problem.message)

    def _start_safely(self) -> None:
        self.window.status.show_not_watching("Not watching: safe mode")
        self.window.banners.tell(SAFE_START, "warn", _AFTER_FAILURES)
        self._begin(0)

    def _connect(self) -> None:
        self._claim.asked.connect(self._bring_up)
        self.watcher.reported.connect(self.inbox.receive)
        self.watcher.checked.connect(self._note_check)
        self.watcher.failed.connect(self._warn)
        self.keeper.settled.connect(self._begin_late)
        self.book_watch.found.connect(self._warn_of_damage)
        self.backups.warned.connect(self._warn_of_backups)
        self.desk.bus.changed.connect(self.watcher.hear)
        self.inbox.changed.connect(self._show_due)
        self.inbox.announce.connect(self.notifier.tell)
        self.notifier.shown_inside.connect(self._tell_inside)
        self.tray.opened.connect(self.window.bring_up)
        self.tray.item_chosen.connect(self._open_item)
        self.tray.snoozed.connect(self._snooze)
        self.tray.action_chosen.connect(self._act)
        self.window.quit_asked.connect(self.quit)
        self.window.screens.made.connect(self._restore_screen)
        self.closing.quit_asked.connect(self.quit)

    def _bring_up(self, _arguments: list[str]) -> None:
        self.window.bring_up()

    def _note_check(self, next_at: datetime) -> None:
        self.window.status.show_next_check(next_at)
        self.inbox.announce_fresh()

    def _show_due(self, report: DueReport) -> None:
        self.tray.show_items(report.items)
        self.window.show_due(report)

    def _warn(self, error: EnvironmentProblem | RuleViolation) -> None:
        self.window.status.show_not_watching()
        self.window.banners.tell(str(error), "warn")

    def _warn_of_backups(self, sentence: str) -> None:
        self.window.banners.tell(sentence, "warn", _TO_BACKUPS)

    def _warn_of_damage(self, sentence: str, count: int) -> None:
        more = f" and {count - 1} more" if count > 1 else ""
        self.window.banners.tell(f"The book is not sound: {sentence}{more}.", "bad", _TO_CHECK)

    def _tell_inside(self, title: str, body: str) -> None:
        first = body.partition("\n")[0]
        self.window.banners.tell(f"{title} · {first} …", "accent", _TO_TODAY)

    def _open_item(self, item: DueItem) -> None:
        self.window.bring_up()
        self.window.show_account(item.account_id)

    def _snooze(self, key: str, days: int) -> None:
        try:
            self.inbox.snooze(key, days)
        except (EnvironmentProblem, RuleViolation) as error:
            show_problem(self.window, error)

    def _act(self, action_id: str) -> None:
        self.window.bring_up()
        self.window.act(action_id)

    def _restore_screen(self, key: str, screen: QWidget) -> None:
        self.state.restore_screen(key, screen)
