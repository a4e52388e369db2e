"""Run as a process: start a window, and tell when it was painted, what it weighs, what it used at rest."""

from __future__ import annotations

import gc
import json
import os
import sys
from datetime import date
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtWidgets import QWidget

_REST_MS, _SETTLE_MS = 5000, 8000


def main(what: str, book: str = "") -> None:
    """`floor` is an empty window after importing SQLAlchemy's ORM; `window` and `rest` are the program."""
    if what == "floor":
        import sqlalchemy.orm  # noqa: F401

        _show_empty()
    else:
        _run_program(book, rests=what == "rest")


def _show_empty() -> None:
    from PySide6.QtWidgets import QApplication, QWidget

    application = QApplication([])
    window = QWidget()
    watch = _watching(needs_data=False, rests=False)
    window.installEventFilter(watch)
    window.resize(1280, 800)
    window.show()
    application.exec()


def _run_program(book: str, *, rests: bool) -> None:
    # As `retainerdesk.__main__` does.
    gc.disable()
    from retainerdesk.bootstrap import open_book_at
    from retainerdesk.desktop import application
    from retainerdesk.desktop.session import Session

    start = Session.start

    def watched(session: Session) -> None:
        session.bench_watch = _watching(needs_data=True, rests=rests)  # type: ignore[attr-defined]
        # The window only: a filter in Python for every event of the program makes PySide find a type for
        # every hidden part of every widget, which was a tenth of the start it measured.
        session.window.installEventFilter(session.bench_watch)  # type: ignore[attr-defined]
        start(session)

    Session.start = watched  # type: ignore[assignment]
    application.run(book, date.fromisoformat(os.environ["BENCH_TODAY"]), open_book_at)


def _watching(*, needs_data: bool, rests: bool) -> QObject:
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QWidget

    class Watch(QObject):
        """Ends the process at the first paint of the window; without what was waited for that is an error."""

        seen = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt decides
            if not self.seen and event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
                self.seen = True
                QTimer.singleShot(0, self, self.painted)
                if needs_data and not _has_rows(watched):
                    print("the first paint shows no data", file=sys.stderr, flush=True)
                    os._exit(1)
            return False

        def painted(self) -> None:
            if not rests:
                self.tell(painted=perf_counter() - float(os.environ["BENCH_START"]))
            QTimer.singleShot(_SETTLE_MS, self, self.settled)

        def settled(self) -> None:
            self.used = process_time()
            QTimer.singleShot(_REST_MS, self, self.rested)

        def rested(self) -> None:
            self.tell(cpu=process_time() - self.used, megabytes=_megabytes())

        def tell(self, **told: float) -> None:
            print(json.dumps({**told, "processor": process_time()}), flush=True)
            os._exit(0)

    return Watch()


def _has_rows(window: QWidget) -> bool:
    from PySide6.QtWidgets import QAbstractItemView

    views = [view for view in window.findChildren(QAbstractItemView) if view.isVisible()]
    return any(view.model().rowCount() for view in views if view.model() is not None)


def _megabytes() -> float:
    """The most memory this process ever had."""
    status = Path("/proc/self/status")
    if status.exists():
        # Linux counts for `ru_maxrss` what the process had that started this one.
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1e3
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


if __name__ == "__main__":
    main(*sys.argv[1:])
