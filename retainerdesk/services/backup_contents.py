"""What one file of a backup holds: opened for reading only, noted, and named by its hash."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from retainerdesk import __version__
from retainerdesk.domain.book_key import BookKey
from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.services.backup_manifest import Manifest, Reason
from retainerdesk.store import schema
from retainerdesk.store.book_store import BookStore
from retainerdesk.store.probe import look_at
from retainerdesk.store.queries.inside import Inside, inside
from retainerdesk.system.clock import Clock


def describe(path: Path, key: BookKey | None, clock: Clock, made_at: datetime, reason: Reason) -> Manifest:
    """Open a verified copy and note what is inside. Raises EnvironmentProblem if it is no good book."""
    found = look_at(path, key)
    content = _inside(path, key, clock)
    return Manifest(
        made_at=made_at,
        reason=reason,
        book=path.name,
        program=__version__,
        schema=found.revision,
        encrypted=found.key is not None,
        sha256=file_sha256(path),
        size_bytes=path.stat().st_size,
        links=content.links if content else 0,
        chain_head=content.chain_head if content else "",
        verified_at=clock.utc_now().replace(microsecond=0),
        inside=None if found.key is not None else content,
    )


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file's content, read in portions."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def opened_copy(path: Path, key: BookKey | None, clock: Clock) -> BookStore:
    """A backup opened for reading only. Raises EnvironmentProblem for one of an older schema."""
    found = look_at(path, key)
    if found.revision != schema.HEAD:
        raise EnvironmentProblem(
            f"{path} has the older schema {found.revision}; what is inside cannot be shown.",
            "Restore it as a copy and open that: it is brought up to date then.",
        )
    return BookStore(replace(found, mode="ro&immutable=1"), clock)


def _inside(path: Path, key: BookKey | None, clock: Clock) -> Inside | None:
    if look_at(path, key).revision != schema.HEAD:
        return None
    store = opened_copy(path, key, clock)
    try:
        with store.reading() as uow:
            return inside(uow)
    finally:
        store.close()
