"""What happened with an account: work, calls, notes, actions, decisions, documents."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from retainerdesk.domain.work import Action, Call, Decision, DocumentFile, Note, WorkEntry, WorkKind
from retainerdesk.store.repositories.account_list import AccountList
from retainerdesk.store.tables.history import (
    ACTION_ROWS,
    CALL_ROWS,
    DECISION_ROWS,
    DOCUMENT_ROWS,
    NOTE_ROWS,
    WORK_ROWS,
)


def to_work(row: Row[Any]) -> WorkEntry:
    """The work entry of a row."""
    return WorkEntry(
        account_id=row.account_id,
        id=row.id,
        on=row.on_date,
        minutes=row.minutes,
        person_id=row.person_id,
        kind=WorkKind(row.kind),
        retainer_id=row.retainer_id,
        text=row.text,
        written_down_minutes=row.written_down_minutes,
        write_down_reason=row.write_down_reason,
    )


def from_work(entry: WorkEntry) -> dict[str, Any]:
    """The columns of one work entry."""
    return {
        "account_id": entry.account_id,
        "id": entry.id,
        "on_date": entry.on,
        "minutes": entry.minutes,
        "person_id": entry.person_id,
        "kind": entry.kind.value,
        "retainer_id": entry.retainer_id,
        "text": entry.text,
        "written_down_minutes": entry.written_down_minutes,
        "write_down_reason": entry.write_down_reason,
    }


def to_call(row: Row[Any]) -> Call:
    """The call of a row."""
    return Call(
        account_id=row.account_id,
        id=row.id,
        at=row.at,
        minutes=row.minutes,
        title=row.title,
        text=row.text,
        contact_ids=tuple(row.contact_ids),
        retainer_id=row.retainer_id,
        burns_session=row.burns_session,
    )


def from_call(call: Call) -> dict[str, Any]:
    """The columns of one call."""
    return {
        "account_id": call.account_id,
        "id": call.id,
        "on_date": call.at.date(),
        "at": call.at,
        "minutes": call.minutes,
        "title": call.title,
        "text": call.text,
        "contact_ids": list(call.contact_ids),
        "retainer_id": call.retainer_id,
        "burns_session": call.burns_session,
    }


def to_note(row: Row[Any]) -> Note:
    """The note of a row."""
    return Note(account_id=row.account_id, id=row.id, at=row.at, text=row.text, touch=row.touch)


def from_note(note: Note) -> dict[str, Any]:
    """The columns of one note."""
    return {
        "account_id": note.account_id,
        "id": note.id,
        "on_date": note.at.date(),
        "at": note.at,
        "text": note.text,
        "touch": note.touch,
    }


def to_action(row: Row[Any]) -> Action:
    """The action of a row."""
    return Action(
        account_id=row.account_id,
        id=row.id,
        text=row.text,
        owner=row.owner,
        due_on=row.due_on,
        done_on=row.done_on,
        snoozed_until=row.snoozed_until,
    )


def from_action(action: Action) -> dict[str, Any]:
    """The columns of one action."""
    return {
        "account_id": action.account_id,
        "id": action.id,
        "text": action.text,
        "owner": action.owner,
        "due_on": action.due_on,
        "done_on": action.done_on,
        "snoozed_until": action.snoozed_until,
    }


def to_decision(row: Row[Any]) -> Decision:
    """The decision of a row."""
    return Decision(account_id=row.account_id, id=row.id, on=row.on_date, text=row.text, reason=row.reason)


def from_decision(decision: Decision) -> dict[str, Any]:
    """The columns of one decision."""
    return {
        "account_id": decision.account_id,
        "id": decision.id,
        "on_date": decision.on,
        "text": decision.text,
        "reason": decision.reason,
    }


def to_document(row: Row[Any]) -> DocumentFile:
    """The document of a row."""
    return DocumentFile(
        account_id=row.account_id,
        id=row.id,
        on=row.on_date,
        name=row.name,
        sha256=row.sha256,
        retainer_id=row.retainer_id,
        size_bytes=row.size_bytes,
    )


def from_document(document: DocumentFile) -> dict[str, Any]:
    """The columns of one document."""
    return {
        "account_id": document.account_id,
        "id": document.id,
        "on_date": document.on,
        "name": document.name,
        "sha256": document.sha256,
        "retainer_id": document.retainer_id,
        "size_bytes": document.size_bytes,
    }


WORK = AccountList("work_entry", WORK_ROWS, to_work, from_work, history=True)
CALLS = AccountList("call", CALL_ROWS, to_call, from_call, history=True)
NOTES = AccountList("note", NOTE_ROWS, to_note, from_note, history=True)
ACTIONS = AccountList("action", ACTION_ROWS, to_action, from_action, date_column="due_on")
DECISIONS = AccountList("decision", DECISION_ROWS, to_decision, from_decision, history=True)
DOCUMENTS = AccountList("document", DOCUMENT_ROWS, to_document, from_document)
