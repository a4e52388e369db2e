"""A kept screen comes back as it was, to the last field of its ledgers."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields, replace
from datetime import date

from retainerdesk.domain.block import BlockBurn
from retainerdesk.domain.lots import Burn, Lot, LotSource
from retainerdesk.domain.plan import OverageDecision
from retainerdesk.domain.usage_period import UsagePeriod
from retainerdesk.services.account_view import load_account_view
from retainerdesk.services.view_json import read_view, write_view
from retainerdesk.services.views import AccountView
from retainerdesk.store.book_store import BookStore

TODAY = date(2026, 3, 10)
DAY = date(2026, 2, 1)
FULL = {
    "opening": -5,
    "unmetered": 4,
    "from_blocks": 7,
    "closed": True,
    "decision": OverageDecision.ABSORB,
    "reason": "goodwill <b>",
    "burns": (Burn("w-1", DAY, LotSource.PURCHASED, 7, "b-1"), Burn("w-2", None, None, 3)),
    "lots": (Lot(DAY, LotSource.ROLLOVER, 30, 9, date(2026, 6, 1), True),),
    "block_burns": (BlockBurn("b-1", "w-1", DAY, 7, 7),),
    "closed_on": date(2026, 1, 3),
}


def view_of(store: BookStore) -> AccountView:
    with store.reading() as uow:
        return load_account_view(uow, "acme", TODAY)


def again(view: AccountView) -> AccountView:
    return read_view(json.loads(json.dumps(write_view(view))))


def test_a_screen_comes_back_as_it_was(store: BookStore) -> None:
    view = view_of(store)
    assert view.retainers[0].usage
    assert again(view) == view


def test_every_field_of_a_usage_period_comes_back(store: BookStore) -> None:
    """Each field is set to something that is not its default; one that was forgotten would come back bare."""
    view = view_of(store)
    usage = replace(view.retainers[0].usage[0], **FULL)  # type: ignore[arg-type]
    numbers = {field.name: 11 for field in fields(UsagePeriod) if getattr(usage, field.name) == 0}
    usage = replace(usage, **numbers)  # type: ignore[arg-type]
    optional = [field for field in fields(UsagePeriod) if field.default is not MISSING]
    assert all(getattr(usage, field.name) != field.default for field in optional)
    full = replace(view, retainers=(replace(view.retainers[0], usage=(usage,)),))
    assert again(full) == full
