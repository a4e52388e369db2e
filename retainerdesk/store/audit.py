"""The audit chain: every change of a business fact as one link, written in the change's own transaction.

A link holds the canonical text of the row as it was written (`null` for a deletion) and the hash of the link
before it. A later change, deletion, insertion or reordering inside the chain shows. It cannot show that the
tail was cut off: for that an issued invoice prints the head. Migrations add a "schema" link, and never
rewrite a row.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from retainerdesk.store.direct import run, run_many
from retainerdesk.store.tables.book_state import AUDIT_ROWS
from retainerdesk.store.values_json import canonical

FORMAT = "retainerdesk-audit-1"
ADD, UPDATE, DELETE, SCHEMA = "add", "update", "delete", "schema"
NOTHING = "null"
START = bytes(32)
_FLUSH_EVERY = 2000


class Link(NamedTuple):
    """One row of the chain as it is stored."""

    seq: int
    at_utc: str
    zone: str
    action: str
    table_name: str
    row_key: str
    row: str
    prev_hash: bytes
    hash: bytes


def key_of(*parts: object) -> str:
    """The name of a row, "account/id"; a slash inside a part becomes ~1 and a tilde ~0."""
    return "/".join(str(part).replace("~", "~0").replace("/", "~1") for part in parts)


class AuditWriter:
    """Collects the links of one transaction; `flush` writes them. The head is read when first needed."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._at = now.isoformat(timespec="milliseconds")
        self._zone: str | None = None
        self._seq = 0
        self._head = START
        self._pending: list[Link] = []

    def record(self, action: str, table: str, key: str, value: object) -> None:
        """Append one link. `value` is the domain value as written, None for a deletion."""
        self._read_head()
        link = Link(
            self._seq + 1, self._at, self._zone or "", action, table, key, canonical(value), self._head, b""
        )
        self._seq, self._head = link.seq, link_hash(link)
        self._pending.append(link._replace(hash=self._head))
        if len(self._pending) >= _FLUSH_EVERY:
            self.flush()

    def head(self) -> bytes:
        """The hash of the newest link, those of this transaction included."""
        self._read_head()
        return self._head

    def place(self) -> tuple[int, bytes]:
        """The number and hash of the newest link, those of this transaction included; (0, zeros) without."""
        self._read_head()
        return self._seq, self._head

    def flush(self) -> None:
        if self._pending:
            run_many(self._connection, _APPEND, self._pending)
            self._pending.clear()

    def _read_head(self) -> None:
        if self._zone is not None:
            return
        zone = None
        for newest in run(self._connection, _WHERE_IT_STANDS):
            self._seq, self._head, zone = newest
        # The business itself is a link: before the first one there is none to have a zone.
        self._zone = zone or "UTC"


_COLUMNS = ", ".join(f'"{name}"' for name in Link._fields)
_APPEND = f"INSERT INTO audit ({_COLUMNS}) VALUES ({', '.join('?' * len(Link._fields))})"  # noqa: S608  # nosec B608 - our own names
_WHERE_IT_STANDS = "SELECT seq, hash, (SELECT time_zone FROM business) FROM audit ORDER BY seq DESC LIMIT 1"
NEWEST = select(AUDIT_ROWS.c.seq, AUDIT_ROWS.c.hash).order_by(AUDIT_ROWS.c.seq.desc()).limit(1)


def link_hash(link: Link) -> bytes:
    """SHA-256 over the format tag, the hash before, and everything the link says."""
    body = json.dumps([FORMAT, link.prev_hash.hex(), *link[:7]], ensure_ascii=False)
    return hashlib.sha256(body.encode()).digest()
