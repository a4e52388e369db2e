"""Lists of things with a short name: read in order, names unique, nameless rows named by their content."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from retainerdesk.domain.account import Account, Contact, Person, Series
from retainerdesk.domain.block import Block
from retainerdesk.domain.deposit import Deposit
from retainerdesk.domain.draft import Draft
from retainerdesk.domain.invoice import Payment, Settlement
from retainerdesk.domain.retainer import LotAdjustment, Retainer
from retainerdesk.domain.sent_letter import SentLetter
from retainerdesk.domain.work import (
    Action,
    Call,
    Decision,
    DocumentFile,
    Expense,
    Note,
    OneOffCharge,
    WorkEntry,
    derived_id,
)
from retainerdesk.exchange.book.fields import Fields

Row = TypeVar(
    "Row",
    WorkEntry,
    Call,
    Note,
    Action,
    Decision,
    OneOffCharge,
    Expense,
    Payment,
    Settlement,
    DocumentFile,
    LotAdjustment,
    Block,
    SentLetter,
    Deposit,
    Draft,
)
Named = Account | Contact | Person | Series | Retainer


def named(
    parent: Fields,
    name: str,
    prefix: str,
    read: Callable[[Fields], Row],
    write: Callable[[Row], dict[str, object]],
) -> tuple[Row, ...]:
    """The rows of a list, each with an id.

    A row without one is called after its content as it would be written, so that however it is spelled,
    reading it again gives the same name; equal rows count up. Ids given in the file are never taken twice.
    """
    rows = [read(fields) for fields in parent.children(name)]
    refuse_repeated(parent, name, [row.id for row in rows])
    taken = {row.id for row in rows if row.id}
    found: list[Row] = []
    for row in rows:
        found.append(row if row.id else replace(row, id=_free_name(prefix, write(row), taken)))
        taken.add(found[-1].id)
    return tuple(found)


def _free_name(prefix: str, content: dict[str, object], taken: set[str]) -> str:
    text = json.dumps({key: value for key, value in content.items() if key != "id"}, sort_keys=True)
    occurrence = 1
    while (candidate := derived_id(prefix, text, occurrence=occurrence)) in taken:
        occurrence += 1
    return candidate


def refuse_repeated(parent: Fields, name: str, ids: Iterable[str]) -> None:
    """Refuse an id that an earlier member of the same list has. Empty ones are not compared."""
    first: dict[str, int] = {}
    for index, row_id in enumerate(ids):
        if row_id and first.setdefault(row_id, index) != index:
            parent.refusals.add(
                f"{parent.at(name)}[{index}].id",
                f"“{row_id}” is already the id of {name}[{first[row_id]}]; ids are unique in their list.",
            )
