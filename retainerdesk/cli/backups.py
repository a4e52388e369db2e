"""The commands backup, backups and restore."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from retainerdesk.cli.output import complain, print_json, print_table, say
from retainerdesk.cli.unlock import with_keys
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.services.backup_archive import PassphraseNeeded, is_sealed, unpacked, write_backup_zip
from retainerdesk.services.backup_preview import BackupPreview, preview_backup
from retainerdesk.services.backups import (
    Backup,
    Reason,
    backup_folder,
    delete_backup,
    keep_backups,
    keep_of,
    list_backups,
    machine_settings,
    make_backup,
    pin_backup,
    verify_backup,
)
from retainerdesk.services.book_keys import Keys, read_secret_file
from retainerdesk.services.context import BookContext
from retainerdesk.services.upkeep import backup_book, restore_book

T = TypeVar("T")


def back_up(book: BookContext, args: argparse.Namespace) -> int:
    """Write a verified copy of the book."""
    if args.file is None:
        return _add_to_rotation(book, args)
    if Path(args.file).suffix.lower() == ".zip":
        return _write_archive(book, args)
    if args.passphrase_file:
        raise RuleViolation("backup.kind", "Only a backup that ends in .zip can be sealed.", "file")
    report = backup_book(book.store, Path(args.file))
    _tell_written(book, args, args.file, report.chain_head)
    return 0


def _write_archive(book: BookContext, args: argparse.Namespace) -> int:
    """The book with its documents in one file, sealed if a passphrase is given."""
    passphrase = _passphrase_in(args.passphrase_file) if args.passphrase_file else None
    done = write_backup_zip(book, Path(args.file), passphrase)
    for name in done.left_out:
        complain(f"The attached file {name} is damaged, or sealed with another key; it was left out.")
    if args.json:
        print_json(
            {"written": args.file, "verified": True, "chain_head": done.manifest.chain_head,
             "encrypted": book.store.is_encrypted, "sealed": passphrase is not None,
             "documents": done.documents, "left_out": list(done.left_out)}
        )  # fmt: skip
    else:
        sealed = ", sealed with your passphrase" if passphrase else ""
        say(f"The book and {done.documents} documents are in {args.file}{sealed}.")
    return 0


def _passphrase_in(name: str) -> str:
    return read_secret_file(name).removesuffix("\n").removesuffix("\r")


def _with_passphrase(args: argparse.Namespace, job: Callable[[str | None], T]) -> T:
    """Do a job that may need the passphrase of a sealed backup; on a terminal it is asked for."""
    try:
        return job(_passphrase_in(args.passphrase_file) if args.passphrase_file else None)
    except PassphraseNeeded as needed:
        if not sys.stdin.isatty():
            raise EnvironmentProblem(needed.message, "Give it with --passphrase-file FILE.") from needed
        return job(getpass.getpass("Passphrase of the backup (not shown): "))


def _add_to_rotation(book: BookContext, args: argparse.Namespace) -> int:
    made = make_backup(book.store, book.clock, Reason.BY_HAND)
    _tell_written(book, args, str(made.path), made.manifest.chain_head if made.manifest else "")
    return 0


def _tell_written(book: BookContext, args: argparse.Namespace, path: str, head: str) -> None:
    if args.json:
        is_encrypted = book.store.is_encrypted
        print_json({"written": path, "verified": True, "chain_head": head, "encrypted": is_encrypted})
    else:
        encrypted = ", encrypted with the key of the book" if book.store.is_encrypted else ""
        say(f"Verified backup written to {path}{encrypted}.")


def show_backups(book: BookContext, args: argparse.Namespace) -> int:
    """List the backups of the book, or pin, verify or delete one."""
    folder = backup_folder(book.path, machine_settings())
    _change(book, args, list_backups(folder))
    backups, kept = list_backups(folder), keep_of(machine_settings())
    if args.json:
        keep = {"days": kept.days, "weeks": kept.weeks, "months": kept.months, "newest": kept.recent}
        print_json({"folder": str(folder), "keep": keep, "backups": [_document(each) for each in backups]})
        return 0
    if args.keep:
        say(
            f"One of each of {kept.days} days, {kept.weeks} weeks and {kept.months} months stays, and the "
            f"newest {kept.recent}; the others go when the next backup is made."
        )
    if not backups:
        say(f"There is no backup in {folder} yet.")
        return 0
    rows = [_row(each) for each in backups]
    print_table(("Backup", "Made (UTC)", "Bytes", "Why", "Accounts", "Last invoice", "State"), rows, (2, 4))
    return 0


def _change(book: BookContext, args: argparse.Namespace, backups: tuple[Backup, ...]) -> None:
    if args.pin or args.unpin:
        pin_backup(_named(args.pin or args.unpin, backups), book.clock, pinned=bool(args.pin))
    elif args.verify:
        asked = _named(args.verify, backups)
        found = with_keys(args, lambda keys: verify_backup(asked, keys.of(asked.path), book.clock))
        if not found.is_good:
            damage = found.manifest.damaged if found.manifest else ""
            raise RuleViolation("backup.damaged", f"{found.name} cannot be used: {damage}", "backup")
    elif args.keep:
        keep_backups(*args.keep)
    elif args.delete:
        delete_backup(_named(args.delete, backups), backups)


def _named(name: str, backups: tuple[Backup, ...]) -> Backup:
    for each in backups:
        if each.name == name:
            return each
    raise RuleViolation("backup.unknown", f"There is no backup “{name}”; `backups` lists them.", "backup")


def _document(backup: Backup) -> dict[str, Any]:
    manifest = backup.manifest
    inside = manifest.inside if manifest else None
    return {
        "name": backup.name,
        "path": str(backup.path),
        "made_at": backup.made_at.isoformat(),
        "bytes": backup.size_bytes,
        "reason": backup.reason.value,
        "good": backup.is_good,
        "verified_at": manifest.verified_at.isoformat() if manifest and manifest.verified_at else None,
        "damaged": manifest.damaged or None if manifest else None,
        "pinned": manifest.pinned if manifest else False,
        "encrypted": manifest.encrypted if manifest else None,
        "sha256": manifest.sha256 if manifest else None,
        "chain_head": manifest.chain_head if manifest else None,
        "business": inside.business if inside else None,
        "accounts": inside.accounts if inside else None,
        "invoices": inside.invoices if inside else None,
        "last_number": inside.last_number if inside else None,
    }


def _row(backup: Backup) -> tuple[str, ...]:
    inside = backup.manifest.inside if backup.manifest else None
    state = "verified" if backup.is_good else "damaged" if backup.manifest else "not verified"
    pinned = ", pinned" if backup.manifest and backup.manifest.pinned else ""
    return (
        backup.name, f"{backup.made_at:%Y-%m-%d %H:%M}", str(backup.size_bytes),
        backup.reason.value.replace("_", " "), str(inside.accounts) if inside else "–",
        (inside.last_number or "–") if inside else "–", state + pinned,
    )  # fmt: skip


def restore_from(place: str, args: argparse.Namespace) -> int:
    """Put a backup in the place of the book; what was there is kept beside it."""
    if args.preview:
        return _preview(place, args)
    done = _with_passphrase(
        args,
        lambda passphrase: with_keys(
            args, lambda keys: restore_book(Path(args.file), place, keys, passphrase)
        ),
    )
    kept = done.kept
    if args.json:
        kept_as = str(kept) if kept else None
        print_json({"restored": place, "kept": kept_as, "encrypted": done.is_encrypted})
    else:
        say(f"{args.file} is now the book {place}, {done.words}.")
        if kept:
            say(f"The book that was there is kept as {kept}.")
    return 0


def _preview(place: str, args: argparse.Namespace) -> int:
    path = Path(args.file)
    found = _with_passphrase(args, partial(_look, args, path, place))
    if args.json:
        print_json(_preview_document(found))
        return 0
    inside = found.inside
    say(f"{path} is the book of {inside.business or 'nobody yet'}.")
    say(f"{inside.accounts} accounts, {inside.invoices} documents, {inside.work_entries} work entries.")
    for account in found.accounts:
        amounts = ", ".join(f"{each} {each.currency}" for each in account.open)
        say(f"  {account.name}: {amounts or 'nothing'} open")
    for row in found.newest:
        say(f"  {row.number}  {row.issued_on}  {row.account_name}  {row.gross} {row.gross.currency}")
    return 0


def _look(args: argparse.Namespace, path: Path, place: str, passphrase: str | None) -> BackupPreview:
    def look(keys: Keys, backup: Path) -> BackupPreview:
        return preview_backup(backup, keys.of(backup), today=args.as_of)

    if is_sealed(path) is None:
        return with_keys(args, lambda keys: look(keys, path))
    with unpacked(path, Path(place), passphrase) as content:
        return with_keys(args, lambda keys: look(keys, content.book))


def _preview_document(found: BackupPreview) -> dict[str, Any]:
    inside = found.inside
    return {
        "business": inside.business,
        "invoices": inside.invoices,
        "work_entries": inside.work_entries,
        "last_number": inside.last_number,
        "chain_head": inside.chain_head,
        "accounts": [
            {"account": each.id, "name": each.name,
             "open": [{"amount": str(one.as_decimal()), "currency": one.currency} for one in each.open]}
            for each in found.accounts
        ],
        "newest": [
            {"number": row.number, "on": row.issued_on.isoformat(), "account": row.account_id}
            for row in found.newest
        ],
    }  # fmt: skip
