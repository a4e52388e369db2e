"""Work that is charged to no retainer although the account has several it could belong to.

With one retainer every entry is its own; with several, an entry that names none uses no allowance and
becomes no overage: it is worked for nothing, and nobody sees it. A block of the account alone is drawn by
exactly such work, so there nothing is amiss.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from retainerdesk.domain.belonging import blocks_of
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.portfolio import is_in_service
from retainerdesk.domain.retainer import Retainer
from retainerdesk.domain.work import WorkEntry


def needs_retainer(file: AccountFile) -> bool:
    """Whether work of this account has to name a retainer to be charged at all."""
    return len(file.retainers) > 1 and not blocks_of(file, None)


def unassigned_work(file: AccountFile, today: date) -> tuple[WorkEntry, ...]:
    """The chargeable entries up to `today` that no retainer is charged with, in order of date, then id.

    Only days on which a retainer of the account was served count: before and after there was nothing to
    charge it to.
    """
    if not needs_retainer(file):
        return ()
    found = (entry for entry in file.work if entry.retainer_id is None and entry.chargeable_minutes)
    return tuple(entry for entry in found if entry.on <= today and retainers_on(file.retainers, entry.on))


def retainers_on(retainers: Iterable[Retainer], day: date) -> tuple[Retainer, ...]:
    """The retainers that are served on a day, so that work of it can belong to them."""
    return tuple(each for each in retainers if is_in_service(each, day))
