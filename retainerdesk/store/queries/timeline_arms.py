"""Where the rows of the timeline come from: one declared arm a kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, Table, cast, func, literal

from retainerdesk.store.tables.billing import INVOICE_ROWS, PAYMENT_ROWS
from retainerdesk.store.tables.history import (
    ACTION_ROWS,
    CALL_ROWS,
    CHARGE_ROWS,
    DECISION_ROWS,
    DOCUMENT_ROWS,
    EXPENSE_ROWS,
    NOTE_ROWS,
    WORK_ROWS,
)
from retainerdesk.store.tables.letters import LETTER_ROWS
from retainerdesk.store.tables.retainers import PLAN_ROWS, RETAINER_ROWS


@dataclass(frozen=True)
class Arm:
    """One SELECT of the union: columns in the words of `TimelineRow`; None is NULL."""

    kind: str
    table: Table
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
        column: ColumnElement[str] = self.table.c.account_id
        return column


def _time_of(at: ColumnElement[Any]) -> ColumnElement[str]:
    """The "HH:MM" of a stored local time, "YYYY-MM-DD HH:MM:SS.ffffff"."""
    return func.substr(cast(at, String), 12, 5)


def _columns(table: Table) -> Any:  # noqa: ANN401 - a collection of columns by name
    return table.c


_W, _C, _N, _A, _D = map(_columns, (WORK_ROWS, CALL_ROWS, NOTE_ROWS, ACTION_ROWS, DECISION_ROWS))
_F, _E, _I, _P, _R, _T = map(
    _columns, (DOCUMENT_ROWS, EXPENSE_ROWS, INVOICE_ROWS, PAYMENT_ROWS, RETAINER_ROWS, PLAN_ROWS)
)
_L, _O = _columns(LETTER_ROWS), _columns(CHARGE_ROWS)
_NONE = literal("")

ARMS: tuple[Arm, ...] = (
    Arm(
        "work",
        WORK_ROWS,
        _W.on_date,
        _W.id,
        _W.kind,
        _W.text,
        person=_W.person_id,
        minutes=_W.minutes,
        given_up=func.nullif(_W.written_down_minutes, 0),
    ),
    Arm("call", CALL_ROWS, _C.on_date, _C.id, _C.title, _C.text, time=_time_of(_C.at), minutes=_C.minutes),
    Arm("note", NOTE_ROWS, _N.on_date, _N.id, _N.text, _NONE, time=_time_of(_N.at)),
    Arm("action", ACTION_ROWS, _A.done_on, _A.id, _A.text, _NONE, person=_A.owner),
    Arm("decision", DECISION_ROWS, _D.on_date, _D.id, _D.text, _D.reason),
    Arm("document", DOCUMENT_ROWS, _F.on_date, _F.id, _F.name, func.coalesce(_F.retainer_id, "")),
    Arm("charge", CHARGE_ROWS, _O.on_date, _O.id, _O.text, _NONE),
    Arm(
        "expense",
        EXPENSE_ROWS,
        _E.on_date,
        _E.id,
        _E.text,
        _NONE,
        amount_minor=_E.amount_minor,
        currency=_E.currency,
    ),
    Arm(
        "invoice",
        INVOICE_ROWS,
        _I.issued_on,
        _I.number,
        _I.number,
        _I.status,
        amount_minor=_I.gross_minor,
        currency=_I.currency,
    ),
    Arm(
        "payment",
        PAYMENT_ROWS,
        _P.on_date,
        _P.id,
        _P.text,
        _NONE,
        amount_minor=_P.amount_minor,
        currency=_P.currency,
    ),
    Arm(
        "letter",
        LETTER_ROWS,
        _L.on_date,
        _L.id,
        _L.title,
        func.coalesce(func.nullif(_L.step_id, ""), _L.kind),
        amount_minor=_L.total_minor,
        currency=_L.currency,
    ),
    Arm("retainer", RETAINER_ROWS, _R.starts_on, _R.id, _R.name, _NONE),
    Arm("notice", RETAINER_ROWS, _R.notice_given_on, _R.id, _R.name, func.coalesce(_R.notice_given_by, "")),
    Arm("ended", RETAINER_ROWS, _R.ended_on, _R.id, _R.name, _NONE),
    Arm(
        "plan",
        PLAN_ROWS,
        _T.from_on,
        _T.retainer_id + "/" + cast(_T.from_on, String),
        _T.retainer_id,
        _T.text,
        amount_minor=_T.fee_minor,
        currency=_T.currency,
    ),
)

KINDS: tuple[str, ...] = tuple(arm.kind for arm in ARMS)
