"""Facts kept beside the book, so that a window is filled without ten years of work being added up again.

Kept facts are results, not truth: a digest and a screen an account, stamped with the program version, the
day, and the place in the audit chain they were computed at. An account the chain touched since is computed
anew. Nothing is ever decided or issued from them, a unit of work that writes does not use them, and deleting
them loses time only.

Digests that hold no more stay until they are computed anew: `load_earlier` gives them to whoever would have
nothing to look at meanwhile, and says of what day they are.
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
from retainerdesk.store.queries.changes_since import Place, is_in_chain, newest_place, touched_since
from retainerdesk.store.repositories.kept import forget, keep, kept_names, read_all_kept, read_kept
from retainerdesk.store.unit_of_work import UnitOfWork
from retainerdesk.store.values_json import decode, short

if TYPE_CHECKING:
    from retainerdesk.services.compute_facts import FactsComputer
    from retainerdesk.services.views import AccountView

# To be raised with every change of what is kept or of a rule behind it between two releases.
_FORM = 5
_VERSION = f"{__version__}/{_FORM}"
_DIGEST, _VIEW, _STAMP = "digest", "view", "facts"
_PORTION = 10
# More accounts than this are not computed while somebody waits for the earlier ones.
_FEW = 3
KEPT_KINDS = (_DIGEST, _VIEW, _STAMP)
"""The kinds of `book_state` that hold nothing but results."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which accounts' kept facts hold: those of `ready`, on `day`, as of the link at `place`.

    `earlier` is the oldest day of the digests kept of other accounts; None if there are none.
    """

    day: date
    place: Place
    version: str
    ready: tuple[str, ...] = ()
    earlier: date | None = None


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


def load_earlier(uow: UnitOfWork, today: date) -> tuple[tuple[AccountDigest, ...], date, bool] | None:
    """The digests kept last, whether they hold or not: to be looked at meanwhile, never to be decided from.

    They are of the accounts there are now, in order of id; a few new ones are computed. With them the oldest
    day they are of, and whether some are newer. None where nothing is kept, where it is of another version or
    history, or where it lacks more than a few accounts.
    """
    stamp = _stamp(uow)
    if stamp is None or not _is_ours(uow, stamp):
        return None
    names, kept = account_ids(uow), read_all_kept(uow, _DIGEST)
    new = {name for name in names if name not in kept}
    if not kept or len(new) > _FEW:
        return None
    compute = _computer(uow, today) if new else None
    digests = tuple(
        compute.digest(name) if compute and name in new else decode(AccountDigest, kept[name])
        for name in names
    )
    return digests, stamp.earlier or stamp.day, bool(new) or stamp.earlier is not None


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
        ready |= made.keys()
        earlier = before if before and _is_ours(uow, before) and not ready.issuperset(names) else None
    since = (earlier.earlier or earlier.day) if earlier else None
    stamp = Stamp(today, place, _VERSION, tuple(sorted(ready)), since)
    if stamp != before:
        _keep(store, before, stamp, made, frozenset(names) if earlier else ready)
    return len(made)


def drop_facts(store: BookStore) -> None:
    """Forget every kept fact; the next who asks waits for it. Raises EnvironmentProblem if that fails."""
    with store.writing() as uow:
        for kind in KEPT_KINDS:
            forget(uow, kind, kept_names(uow, kind))
        uow.commit()


def _keep(
    store: BookStore,
    before: Stamp | None,
    stamp: Stamp,
    made: dict[str, tuple[AccountDigest, AccountView]],
    stay: frozenset[str],
) -> None:
    """Keep what was made; digests of other accounts than those of `stay` go, and views that do not hold."""
    from retainerdesk.services.view_json import write_view

    with store.writing() as uow:
        # Another window may have kept facts of another moment meanwhile; then ours say nothing about them.
        if _stamp(uow) != before:
            return
        keep(uow, _DIGEST, {name: short(digest) for name, (digest, _) in made.items()})
        keep(uow, _VIEW, {name: write_view(view) for name, (_, view) in made.items()})
        forget(uow, _DIGEST, kept_names(uow, _DIGEST) - stay)
        forget(uow, _VIEW, kept_names(uow, _VIEW) - set(stamp.ready))
        keep(uow, _STAMP, {_STAMP: short(stamp)})
        uow.commit()


def _computer(uow: UnitOfWork, today: date) -> FactsComputer:
    # Every rule of the program stands behind it; a window filled from kept facts needs none of them.
    from retainerdesk.services.compute_facts import FactsComputer

    return FactsComputer(uow, today)


def _stamp(uow: UnitOfWork) -> Stamp | None:
    kept = read_kept(uow, _STAMP, _STAMP)
    return None if kept is None else decode(Stamp, kept)


def _is_ours(uow: UnitOfWork, stamp: Stamp) -> bool:
    """Whether what was kept then is of this version, and of the history this file has."""
    return stamp.version == _VERSION and is_in_chain(uow, stamp.place)


def _ready(uow: UnitOfWork, today: date) -> frozenset[str]:
    """The accounts whose kept facts hold in this unit of work."""
    # What a writing unit changed may not be in the chain yet.
    stamp = None if uow.is_writing else _stamp(uow)
    if stamp is None or stamp.version != _VERSION or stamp.day != today:
        return frozenset()
    touched = touched_since(uow, stamp.place)
    return frozenset() if touched.everything else frozenset(stamp.ready) - touched.accounts
