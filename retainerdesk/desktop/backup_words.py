"""What is known of a backup, in words and cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retainerdesk.desktop.formatting import day, money, number
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.services.backups import ALWAYS_KEPT, Backup, Reason

if TYPE_CHECKING:
    from datetime import datetime

    from retainerdesk.services.backup_preview import BackupPreview

_REASONS = {
    Reason.DAILY: "daily",
    Reason.BY_HAND: "by hand",
    Reason.BEFORE_IMPORT: "before an import",
    Reason.BEFORE_RESTORE: "before a restore",
    Reason.BEFORE_KEY_CHANGE: "before a new key",
    Reason.FOUND: "put there",
}
_MEGABYTE = 1_000_000


COLUMNS = ("Made", "Why", "Size", "Last invoice", "State")


def table_row(backup: Backup) -> tuple[str, str, str, str, str]:
    """One cell for each of COLUMNS."""
    inside = backup.manifest.inside if backup.manifest else None
    last = (inside.last_number or "none") if inside else "–"
    return _instant(backup.made_at), _REASONS[backup.reason], _size(backup.size_bytes), last, _state(backup)


def keep_words(days: int, weeks: int, months: int) -> str:
    """Which automatic backups stay, for counts of days, weeks and months."""
    counts = ((days, "day"), (weeks, "week"), (months, "month"))
    spans = [f"{count} {word}s" if count > 1 else word for count, word in counts if count]
    newest = (
        f"The newest of each of the last {_listed(spans)} that have one, and the newest"
        if spans
        else "The newest"
    )
    return (
        f"{newest} {ALWAYS_KEPT} in any case, stay on the disk. So do pinned ones. The others are removed "
        "when the next backup is made."
    )


def _listed(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def contents_words(found: Backup | BackupPreview) -> str:
    """What is inside, a line each: from the note of a backup, or after it was opened."""
    if isinstance(found, Backup):
        return _note_words(found)
    inside = found.inside
    lines = [inside.business or "No business yet", _counts(inside.accounts, inside.invoices)]
    lines += [found.difference, ""] if found.difference else [""]
    for account in found.accounts:
        lines.append(f"{in_sentence(account.name)}: {', '.join(map(money, account.open)) or 'nothing'} open")
    lines += ["", "Newest invoices"]
    lines += [f"{row.number} · {day(row.issued_on)} · {money(row.gross)} · {in_sentence(row.account_name)}"
              for row in found.newest]  # fmt: skip
    return "\n".join(lines)


def _note_words(backup: Backup) -> str:
    note = backup.manifest
    if note is None:
        return f"{backup.name}\n\nNothing is known of it. Verify opens it and writes a note."
    lines = [backup.name, f"Made by RetainerDesk {note.program}", ""]
    if note.inside is not None:
        lines += [note.inside.business, _counts(note.inside.accounts, note.inside.invoices)]
    else:
        lines.append("Encrypted: what is inside is shown by Look inside.")
    if note.verified_at is not None:
        lines += ["", f"Last opened {_instant(note.verified_at)}: {note.damaged or 'sound'}"]
    return "\n".join(lines)


def _counts(accounts: int, invoices: int) -> str:
    one = "1 account" if accounts == 1 else f"{number(accounts)} accounts"
    return f"{one}, 1 document" if invoices == 1 else f"{one}, {number(invoices)} documents"


def _state(backup: Backup) -> str:
    state = "verified" if backup.is_good else "damaged" if backup.manifest else "not verified"
    return f"{state}, pinned" if backup.manifest is not None and backup.manifest.pinned else state


def _size(size_bytes: int) -> str:
    tenths = (size_bytes * 10 + _MEGABYTE - 1) // _MEGABYTE
    return f"{tenths // 10}.{tenths % 10} MB"


def _instant(at: datetime) -> str:
    local = at.astimezone()
    return f"{day(local.date())}, {local:%H:%M}"
