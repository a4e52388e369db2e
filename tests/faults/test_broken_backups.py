"""Backups that cannot be restored: each is told apart in words, and the book is as it was."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.services.backup_archive import write_backup_zip
from retainerdesk.services.context import BookContext
from retainerdesk.services.upkeep import restore_book
from retainerdesk.system.paths import documents_folder
from tests.faults import jobs
from tests.faults.figures import Figures

PASSPHRASE = "correct horse battery"
Members = dict[str, bytes]


@dataclass(frozen=True)
class Sound:
    """A sound open and a sound sealed backup, and the members of the open one."""

    folder: Path
    open: Path
    sealed: Path

    @property
    def members(self) -> Members:
        with zipfile.ZipFile(self.open) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def sound(folder: Path) -> Sound:
    jobs.make_billed(folder)
    files = documents_folder(folder / "my.book")
    files.mkdir(exist_ok=True)
    (files / hashlib.sha256(b"agreement").hexdigest()).write_bytes(b"agreement")
    (folder / "in").mkdir(exist_ok=True)
    found = Sound(folder, folder / "in" / "open.zip", folder / "in" / "sealed.zip")
    with jobs.opened(folder) as store:
        context = BookContext(store, jobs.CLOCK, files)
        write_backup_zip(context, found.open)
        write_backup_zip(context, found.sealed, PASSPHRASE)
    return found


def packed(members: Members) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def flipped(content: bytes) -> bytes:
    place = len(content) // 2
    return content[:place] + bytes([content[place] ^ 4]) + content[place + 1 :]


def with_book(sound: Sound, content: bytes) -> bytes:
    """Another book, with a note that fits it."""
    note = json.loads(sound.members["manifest.json"])
    note["sha256"] = hashlib.sha256(content).hexdigest()
    changed = {"book.retainerdesk": content, "manifest.json": json.dumps(note).encode()}
    return packed({**sound.members, **changed})


def newer(sound: Sound) -> bytes:
    content = bytearray(sound.members["book.retainerdesk"])
    content[60:64] = (99).to_bytes(4)
    return with_book(sound, bytes(content))


def link(sound: Sound) -> bytes:
    stream = io.BytesIO(packed(sound.members))
    with zipfile.ZipFile(stream, "a") as archive:
        entry = zipfile.ZipInfo(f"documents/{'a' * 64}")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    return stream.getvalue()


def bomb(sound: Sound) -> bytes:
    return packed({**sound.members, "book.retainerdesk": bytes(200 << 20)})


def other_content(sound: Sound) -> bytes:
    return packed({**sound.members, f"documents/{'b' * 64}": b"something else"})


def swapped(sound: Sound) -> bytes:
    """The book of another day under the note of this one."""
    return packed({**sound.members, "book.retainerdesk": flipped(sound.members["book.retainerdesk"])})


Make = Callable[[Sound], bytes]
CASES: dict[str, tuple[Make, str | None, str]] = {
    "wrong passphrase": (lambda each: each.sealed.read_bytes(), "wrong", "passphrase does not open"),
    "no passphrase": (lambda each: each.sealed.read_bytes(), None, "sealed with a passphrase"),
    "half a sealed one": (lambda each: half(each.sealed.read_bytes()), PASSPHRASE, "damaged"),
    "a flipped bit in a sealed one": (lambda each: flipped(each.sealed.read_bytes()), PASSPHRASE, "damaged"),
    "half an open one": (lambda each: half(each.open.read_bytes()), None, "damaged"),
    "a flipped bit in an open one": (lambda each: flipped(each.open.read_bytes()), None, "damaged"),
    "another book under the note": (swapped, None, "not the one that was written"),
    "a document of another content": (other_content, None, "damaged"),
    "an Office document": (lambda _: packed({"[Content_Types].xml": b"x"}), None, "something else"),
    "an export": (lambda _: packed({"book.json": b"{}"}), None, "is an export"),
    "a newer schema": (newer, None, "newer"),
    "no book inside": (
        lambda each: with_book(each, b"no database" * 500),
        None,
        "not a RetainerDesk book",
    ),
    "a way out": (lambda each: packed({**each.members, "../out": b"x"}), None, "does not belong"),
    "a link": (link, None, "is a link"),
    "200 MiB in 204 kB": (bomb, None, "packed like no real file"),
    "an empty file": (lambda _: b"", None, "empty"),
}


def hashes(folder: Path) -> dict[str, str]:
    """The content of everything but what comes in."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "in" not in path.relative_to(folder).parts
    }


@pytest.mark.parametrize("case", CASES)
def test_a_broken_backup_is_told_apart_and_changes_nothing(
    case: str, sound: Sound, tmp_path: Path, figures: Figures
) -> None:
    make, passphrase, words = CASES[case]
    broken = sound.folder / "in" / "broken.zip"
    broken.write_bytes(make(sound))
    outside = tmp_path / "out"
    before = hashes(sound.folder)
    with pytest.raises(EnvironmentProblem) as told:
        restore_book(broken, sound.folder / "my.book", passphrase=passphrase)
    assert words in told.value.message
    assert ".work" not in str(told.value)
    assert hashes(sound.folder) == before
    assert not outside.is_file()
    assert list(sound.folder.rglob("*.work")) == []
    figures.add("F23", f"a restore of {case}", right_message="1/1", data_changed=0)


def test_sound_ones_are_restored_over_a_damaged_book(sound: Sound) -> None:
    """So that the refusals above are not those of a restore that never works."""
    book = sound.folder / "my.book"
    for archive, passphrase in ((sound.open, None), (sound.sealed, PASSPHRASE)):
        book.write_bytes(half(book.read_bytes()))
        shutil.rmtree(documents_folder(book))
        restore_book(archive, book, passphrase=passphrase)
        assert len(list(documents_folder(book).iterdir())) == 2
        with jobs.opened(sound.folder) as store:
            assert not store.read_only
