"""A session that says what its timers and its watcher do, a line each, until its input ends.

The watcher pulses every second instead of every minute; everything else is as a user starts it.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from retainerdesk.bootstrap import open_book_at
from retainerdesk.desktop.preferences import Preferences
from retainerdesk.desktop.session import Session
from retainerdesk.desktop.single_instance import SingleInstance
from retainerdesk.desktop.start_up import make_app
from retainerdesk.desktop.workers import due_watcher


def say(*words: object) -> None:
    print(*words, flush=True)


def main(folder: Path) -> None:
    due_watcher.PULSE = timedelta(seconds=1)
    preferences = Preferences(folder / "config")
    app = make_app(preferences.now.theme)
    claim = SingleInstance("suspended", folder / "runtime")
    assert claim.claim()
    session = Session(open_book_at(str(folder / "my.book"), None, create=False), preferences, claim)
    session.watcher.checked.connect(partial(say, "checked"))
    session.inbox.announce.connect(lambda items: say("announced", len(items)))
    session.settled.connect(partial(listen_to_timers, session))
    ended = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    ended.activated.connect(leave)
    session.start()
    code = session.end(app.exec())
    claim.release()
    sys.exit(code)


def leave() -> None:
    QApplication.exit(0)


def listen_to_timers(session: Session) -> None:
    """Every timer that repeats in the window's thread, from here on."""
    for number, timer in enumerate(session.findChildren(QTimer)):
        if not timer.isSingleShot() and timer.isActive():
            timer.timeout.connect(partial(say, "tick", number))
    say("settled")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
