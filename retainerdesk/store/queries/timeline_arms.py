"""Where the rows of the timeline come from: one declared arm a kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, literal

from retainerdesk.store.base import Base
from retainerdesk.store.repositories.writing import table_of
from retainerdesk.store.tables.billing import InvoiceRow, PaymentRow
from retainerdesk.store.tables.history import (
    ActionRow,
    CallRow,
    DecisionRow,
    DocumentRow,
    ExpenseRow,
    NoteRow,
    WorkRow,
)
from retainerdesk.store.tables.letters import LetterRow
from retainerdesk.store.tables.retainers import PlanRow, RetainerRow


@dataclass(frozen=True)
class Arm:
    """One SELECT of the union: columns in the words of `TimelineRow`; None is NULL."""

    kind: str
    row: type[Base]
    on: ColumnElement[Any]
    id: ColumnElement[Any]
    title: ColumnElement[Any]
    detail: ColumnElement[Any]
    person: ColumnElement[Any] | None = None
    time: ColumnElement[Any] | None = None
    minutes: ColumnElement[Any] | None = None
    amount_minor: ColumnElement[Any] | None = None
    currency: ColumnElement[Any] | None = None
    given_up: ColumnElement[Any] | None = None

    @property
    def account(self) -> ColumnElement[str]:
        column: ColumnElement[str] = table_of(self.row).c.account_id
        return column


def _time_of(at: ColumnElement[Any]) -> ColumnElement[str]:
    """The "HH:MM" of a stored local time, "YYYY-MM-DD HH:MM:SS.ffffff"."""
    return func.substr(cast(at, String), 12, 5)


def _columns(row: type[Base]) -> Any:  # noqa: ANN401 - a collection of columns by name
    return table_of(row).c


_W, _C, _N, _A, _D = map(_columns, (WorkRow, CallRow, NoteRow, ActionRow, DecisionRow))
_F, _E, _I, _P, _R, _T = map(
    _columns, (DocumentRow, ExpenseRow, InvoiceRow, PaymentRow, RetainerRow, PlanRow)
)
_L = _columns(LetterRow)
_NONE = literal("")

ARMS: tuple[Arm, ...] = (
    Arm(
        "work",
        WorkRow,
        _W.on_date,
        _W.id,
        _W.kind,
        _W.text,
        person=_W.person_id,
        minutes=_W.minutes,
        given_up=func.nullif(_W.written_down_minutes, 0),
    ),
    Arm("call", CallRow, _C.on_date, _C.id, _C.title, _C.text, time=_time_of(_C.at), minutes=_C.minutes),
    Arm("note", NoteRow, _N.on_date, _N.id, _N.text, _NONE, time=_time_of(_N.at)),
    Arm("action", ActionRow, _A.done_on, _A.id, _A.text, _NONE, person=_A.owner),
    Arm("decision", DecisionRow, _D.on_date, _D.id, _D.text, _D.reason),
    Arm("document", DocumentRow, _F.on_date, _F.id, _F.name, func.coalesce(_F.retainer_id, "")),
    Arm(
        "expense",
        ExpenseRow,
        _E.on_date,
        _E.id,
        _E.text,
        _NONE,
        amount_minor=_E.amount_minor,
        currency=_E.currency,
    ),
    Arm(
        "invoice",
        InvoiceRow,
        _I.issued_on,
        _I.number,
        _I.number,
        _I.status,
        amount_minor=_I.gross_minor,
        currency=_I.currency,
    ),
    Arm(
        "payment",
        PaymentRow,
        _P.on_date,
        _P.id,
        _P.text,
        _NONE,
        amount_minor=_P.amount_minor,
        currency=_P.currency,
    ),
    Arm(
        "letter",
        LetterRow,
        _L.on_date,
        _L.id,
        _L.title,
        func.coalesce(func.nullif(_L.step_id, ""), _L.kind),
        amount_minor=_L.total_minor,
        currency=_L.currency,
    ),
    Arm("retainer", RetainerRow, _R.starts_on, _R.id, _R.name, _NONE),
    Arm("notice", RetainerRow, _R.notice_given_on, _R.id, _R.name, func.coalesce(_R.notice_given_by, "")),
    Arm("ended", RetainerRow, _R.ended_on, _R.id, _R.name, _NONE),
    Arm(
        "plan",
        PlanRow,
        _T.from_on,
        _T.retainer_id + "/" + cast(_T.from_on, String),
        _T.retainer_id,
        _T.text,
        amount_minor=_T.fee_minor,
        currency=_T.currency,
    ),
)

KINDS: tuple[str, ...] = tuple(arm.kind for arm in ARMS)
