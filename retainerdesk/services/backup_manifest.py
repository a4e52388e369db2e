"""The note beside a backup that says what is inside, so that a list of backups opens none of them.

A small JSON file, "<backup>.json". It is not trusted: what cannot be read counts as no note, and a restore
looks at the backup itself.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from retainerdesk.store.queries.inside import Inside
from retainerdesk.system.private_files import replace_file

_FORMAT, _VERSION = "retainerdesk-backup", 1
_LARGEST_FILE = 65_536


class Reason(StrEnum):
    """Why a backup was made."""

    DAILY = "daily"
    BY_HAND = "by_hand"
    BEFORE_IMPORT = "before_import"
    BEFORE_RESTORE = "before_restore"
    BEFORE_KEY_CHANGE = "before_key_change"
    FOUND = "found"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds and how it is. Instants are UTC.

    `inside` is None for an encrypted book: the note lies in clear. `damaged` says what was found the last
    time it was opened, empty for nothing; `verified_at` is when that was.
    """

    made_at: datetime
    reason: Reason
    book: str
    program: str
    schema: str
    encrypted: bool
    sha256: str
    size_bytes: int
    links: int
    chain_head: str
    verified_at: datetime | None
    inside: Inside | None = None
    damaged: str = ""
    pinned: bool = False


def manifest_path(backup: Path) -> Path:
    """Where the note of a backup lies."""
    return backup.with_name(backup.name + ".json")


def write_manifest(backup: Path, manifest: Manifest) -> None:
    """Put the note beside the backup, private, in one step. Raises EnvironmentProblem."""
    replace_file(manifest_path(backup), manifest_text(manifest).encode())


def manifest_text(manifest: Manifest) -> str:
    """The note as it is written."""
    document = {"format": _FORMAT, "version": _VERSION, **asdict(manifest)}
    return json.dumps(document, default=_plain, ensure_ascii=False, indent=2) + "\n"


def read_manifest(backup: Path) -> Manifest | None:
    """The note of a backup; None if there is none that can be read."""
    path = manifest_path(backup)
    try:
        if path.is_symlink() or path.stat().st_size > _LARGEST_FILE:
            return None
        return parse_manifest(path.read_bytes())
    except OSError:
        return None


def parse_manifest(content: bytes) -> Manifest | None:
    """The note a text holds; None if it is none of this format and version, or anything in it is wrong."""
    try:
        found = json.loads(content)
        if found.pop("format") != _FORMAT or found.pop("version") != _VERSION:
            return None
        verified = found["verified_at"]
        found["verified_at"] = None if verified is None else _instant(verified)
        found["made_at"] = _instant(found["made_at"])
        found["reason"] = Reason(found["reason"])
        found["inside"] = _inside(found["inside"])
        manifest = Manifest(**found)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return manifest if _has_right_kinds(manifest) else None


def _inside(found: dict[str, Any] | None) -> Inside | None:
    if found is None:
        return None
    issued = found["last_issued_on"]
    inside = Inside(**{**found, "last_issued_on": None if issued is None else date.fromisoformat(issued)})
    return inside if _has_right_kinds(inside) else None


def _has_right_kinds(value: Manifest | Inside) -> bool:
    """Whether what came from the file is text, a number or a mark where that is expected."""
    kinds = {"str": str, "int": int, "bool": bool}
    return all(
        type(getattr(value, field.name)) is kinds[str(field.type)]
        for field in fields(value)
        if str(field.type) in kinds
    )


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a note")
