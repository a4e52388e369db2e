"""From a place to an open book: the key if it is encrypted, and ways on if it cannot be opened."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import SignalInstance

from retainerdesk.domain.errors import EnvironmentProblem, KeyNeeded

if TYPE_CHECKING:
    from retainerdesk.desktop.trouble import Way
    from retainerdesk.domain.book_key import BookKey
    from retainerdesk.services.book_keys import Keys
    from retainerdesk.services.context import BookContext, OpenBook

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opening:
    """Opens the book at `place`; with `has_person` whoever sits there is asked what to do when it cannot be.

    `ended` is the signal that the program has to end, `raised` that somebody started it for this book again,
    which is heard from the moment `listen` is called: before anybody is asked. It raises nothing: whoever
    cannot listen asks all the same.
    """

    place: str
    as_of: date | None
    open_book: OpenBook
    ended: SignalInstance
    raised: SignalInstance
    listen: Callable[[], object]
    has_person: bool

    def context(self) -> BookContext | None:
        """The open book; None if it cannot be opened and the person gave up.

        Raises EnvironmentProblem if there is nobody to ask.
        """
        may_begin = False
        # What is typed to restore a backup opens the book that comes of it, without being asked for again.
        typed: Keys | None = None
        while True:
            try:
                if not may_begin:
                    self._refuse_lost()
                return _readable(self._unlocked(typed))
            except EnvironmentProblem as problem:
                if not self.has_person:
                    raise
                typed = typed if typed is not None else _no_keys()
                way = self._way_on(problem, typed)
            if way.is_last:
                return None
            may_begin = way.begins

    @property
    def _file(self) -> Path:
        return Path(self.place.partition(":///")[2] or self.place)

    def _refuse_lost(self) -> None:
        if not self._file.exists():
            from retainerdesk.services.book_trouble import refuse_lost

            refuse_lost(self.place)

    def _unlocked(self, typed: Keys | None) -> BookContext | None:
        try:
            return self.open_book(self.place, self.as_of, create=True)
        except KeyNeeded as needed:
            if typed is not None and (key := typed.given(needed.sign)) is not None:
                return self._with_key(key)
            # A plain book, the usual case, pays for none of this.
            from retainerdesk.desktop.unlock import Unlock, UnlockWait

            self.listen()
            unlock = Unlock(needed, self._file, self._with_key)
            wait = UnlockWait(unlock)
            with _listening(self.ended, wait.leave), _listening(self.raised, unlock.bring_up):
                return wait.context()

    def _with_key(self, key: BookKey) -> BookContext:
        return self.open_book(self.place, self.as_of, create=False, key=key)

    def _way_on(self, problem: EnvironmentProblem, typed: Keys) -> Way:
        from retainerdesk.desktop.controllers.file_actions import open_in_own_window
        from retainerdesk.desktop.trouble import Trouble, TroubleWait

        _LOG.warning("the book cannot be opened")
        print(f"retainerdesk: {problem}", file=sys.stderr)  # noqa: T201 - for who started it from a terminal
        self.listen()
        trouble = Trouble(self.place, problem, keys=typed)
        trouble.other_chosen.connect(open_in_own_window)
        wait = TroubleWait(trouble)
        with _listening(self.ended, wait.leave), _listening(self.raised, trouble.bring_up):
            return wait.way()


def _no_keys() -> Keys:
    from retainerdesk.services.book_keys import Keys

    return Keys()


@contextmanager
def _listening(signal: SignalInstance, slot: Callable[..., object]) -> Iterator[None]:
    signal.connect(slot)
    try:
        yield
    finally:
        signal.disconnect(slot)


def _readable(context: BookContext | None) -> BookContext | None:
    """The same book, if its first row can be read. Raises EnvironmentProblem, the book closed, if not."""
    if context is not None:
        try:
            context.today()
        except EnvironmentProblem:
            context.store.close()
            raise
    return context
