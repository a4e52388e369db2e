"""Facts kept beside the book, so that a window is filled without ten years of work being added up again.

Kept facts are results, not truth: a digest and a screen an account, stamped with the program version, the
day, and the place in the audit chain they were computed at. An account the chain touched since is computed
anew. Nothing is ever decided or issued from them, a unit of work that writes does not use them, and deleting
them loses time only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from retainerdesk import __version__
from retainerdesk.services.summaries import AccountDigest
from retainerdesk.store.book_store import BookStore
from retainerdesk.store.queries.accounts import account_ids
from retainerdesk.store.queries.changes_since import Place, newest_place, touched_since
from retainerdesk.store.repositories.kept import forget, keep, kept_names, read_all_kept, read_kept
from retainerdesk.store.unit_of_work import UnitOfWork
from retainerdesk.store.values_json import decode, short

if TYPE_CHECKING:
    from retainerdesk.services.compute_facts import FactsComputer
    from retainerdesk.services.views import AccountView

# To be raised with every change of what is kept or of a rule behind it between two releases.
_FORM = 4
_VERSION = f"{__version__}/{_FORM}"
_DIGEST, _VIEW, _STAMP = "digest", "view", "facts"
_PORTION = 10
KEPT_KINDS = (_DIGEST, _VIEW, _STAMP)
"""The kinds of `book_state` that hold nothing but results."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which accounts' kept facts hold: those of `ready`, on `day`, as of the link at `place`."""

    day: date
    place: Place
    version: str
    ready: tuple[str, ...] = ()


def load_digests(uow: UnitOfWork, today: date) -> tuple[AccountDigest, ...]:
    """The digest of every account, in order of id: kept ones where they hold, else computed."""
    names, ready = account_ids(uow), _ready(uow, today)
    kept = read_all_kept(uow, _DIGEST) if ready else {}
    computed = _computer(uow, today) if not ready.issuperset(names) else None
    return tuple(
        computed.digest(name) if computed and name not in ready else decode(AccountDigest, kept[name])
        for name in names
    )


def load_one_digest(uow: UnitOfWork, account_id: str, today: date) -> AccountDigest:
    """The digest of one account; RuleViolation if there is no such account."""
    if account_id in _ready(uow, today):
        return decode(AccountDigest, read_kept(uow, _DIGEST, account_id))
    return _computer(uow, today).digest(account_id)


def are_kept(uow: UnitOfWork, today: date) -> bool:
    """Whether the kept facts of every account hold, so that nothing has to be computed."""
    return _ready(uow, today).issuperset(account_ids(uow))


def load_kept_view(uow: UnitOfWork, account_id: str, today: date) -> AccountView | None:
    """The kept screen of an account, or None where it does not hold (any more)."""
    if account_id not in _ready(uow, today):
        return None
    # The list of accounts is on screen before the figures of one are.
    from retainerdesk.services.view_json import read_view

    return read_view(read_kept(uow, _VIEW, account_id))


def refresh_facts(
    store: BookStore, today: date, step: Callable[[int, int], bool] = lambda _done, _total: True
) -> int:
    """Compute and keep the facts of every account whose kept ones do not hold; returns how many.

    `step(done, total)` hears how many accounts are done and says whether to go on. Works in portions, each of
    one moment, so that a stop between them loses nothing. Not for the GUI thread.
    """
    with store.reading() as uow:
        total = len(set(account_ids(uow)) - _ready(uow, today))
    done = 0
    while not store.read_only and step(done, total):
        count = refresh_portion(store, today, partial(step, done, total))
        if not count:
            break
        done += count
    return done


def refresh_portion(store: BookStore, today: date, go_on: Callable[[], bool] = lambda: True) -> int:
    """Compute and keep the facts of a few accounts whose kept ones do not hold; returns how many.

    `go_on` is asked before each account.
    """
    with store.reading() as uow:
        before, ready, names = _stamp(uow), _ready(uow, today), account_ids(uow)
        place, compute = newest_place(uow), _computer(uow, today)
        missing = islice((name for name in names if name not in ready), _PORTION)
        made = {name: compute.both(name) for name in takewhile(lambda _: go_on(), missing)}
    stamp = Stamp(today, place, _VERSION, tuple(sorted({*ready, *made})))
    if stamp != before:
        _keep(store, before, stamp, made)
    return len(made)


def drop_facts(store: BookStore) -> None:
    """Forget every kept fact; the next who asks waits for it. Raises EnvironmentProblem if that fails."""
    with store.writing() as uow:
        for kind in KEPT_KINDS:
            forget(uow, kind, kept_names(uow, kind))
        uow.commit()


def _keep(
    store: BookStore, before: Stamp | None, stamp: Stamp, made: dict[str, tuple[AccountDigest, AccountView]]
) -> None:
    from retainerdesk.services.view_json import write_view

    with store.writing() as uow:
        # Another window may have kept facts of another moment meanwhile; then ours say nothing about them.
        if _stamp(uow) != before:
            return
        keep(uow, _DIGEST, {name: short(digest) for name, (digest, _) in made.items()})
        keep(uow, _VIEW, {name: write_view(view) for name, (_, view) in made.items()})
        for kind in (_DIGEST, _VIEW):
            forget(uow, kind, kept_names(uow, kind) - set(stamp.ready))
        keep(uow, _STAMP, {_STAMP: short(stamp)})
        uow.commit()


def _computer(uow: UnitOfWork, today: date) -> FactsComputer:
    # Every rule of the program stands behind it; a window filled from kept facts needs none of them.
    from retainerdesk.services.compute_facts import FactsComputer

    return FactsComputer(uow, today)


def _stamp(uow: UnitOfWork) -> Stamp | None:
    kept = read_kept(uow, _STAMP, _STAMP)
    return None if kept is None else decode(Stamp, kept)


def _ready(uow: UnitOfWork, today: date) -> frozenset[str]:
    """The accounts whose kept facts hold in this unit of work."""
    # What a writing unit changed may not be in the chain yet.
    stamp = None if uow.is_writing else _stamp(uow)
    if stamp is None or stamp.version != _VERSION or stamp.day != today:
        return frozenset()
    touched = touched_since(uow, stamp.place)
    return frozenset() if touched.everything else frozenset(stamp.ready) - touched.accounts
