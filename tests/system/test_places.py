"""Places where a book can be torn are recognised; what services leave there is listed and never opened."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from retainerdesk.system.places import RiskyPlace, conflicted_copies, network_mount, risky_place


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("Dropbox", "Dropbox"), ("Dropbox (Studio Nord)", "Dropbox"), ("OneDrive", "OneDrive"),
        ("OneDrive - Studio Nord", "OneDrive"), ("Google Drive", "Google Drive"),
        ("GoogleDrive-a@b.c", "Google Drive"),
        ("iCloud Drive", "iCloud Drive"), ("Mobile Documents", "iCloud Drive"), ("Nextcloud", "Nextcloud"),
        ("ownCloud", "ownCloud"), ("Syncthing", "Syncthing"), ("pCloud Drive", "pCloud"),
    ],
)  # fmt: skip
def test_a_book_below_a_synchronised_folder_is_noticed(tmp_path: Path, folder: str, service: str) -> None:
    book = tmp_path / folder / "work" / "book.retainerdesk"
    book.parent.mkdir(parents=True)
    assert risky_place(book) == RiskyPlace(service, is_network=False)


@pytest.mark.parametrize(("mark", "service"), [(".stfolder", "Syncthing"), (".dropbox.cache", "Dropbox")])
def test_a_folder_of_any_name_is_known_by_what_the_service_keeps_there(
    tmp_path: Path, mark: str, service: str
) -> None:
    (tmp_path / "work" / mark).mkdir(parents=True)
    (tmp_path / "work" / "books").mkdir()
    assert risky_place(tmp_path / "work" / "books" / "my.book") == RiskyPlace(service, is_network=False)


def test_a_link_into_a_synchronised_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "books").symlink_to(tmp_path / "Dropbox")
    assert risky_place(tmp_path / "books" / "my.book") == RiskyPlace("Dropbox", is_network=False)


def test_an_ordinary_folder_is_nothing_to_speak_of(tmp_path: Path) -> None:
    (tmp_path / "Dropbox-notes").mkdir()
    assert risky_place(tmp_path / "Dropbox-notes" / "my.book") is None


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p"])
def test_a_network_drive_is_known_by_its_file_system(tmp_path: Path, kind: str) -> None:
    drive = tmp_path / "my drive 1"
    drive.mkdir()
    mounts = tmp_path / "mountinfo"
    point = str(os.path.realpath(drive)).replace(" ", "\\040")
    mounts.write_text(
        "20 1 0:1 / / rw - ext4 /dev/sda rw\n"
        f"21 20 0:2 / {point} rw,relatime shared:1 - {kind} server:/x rw\n"
        f"22 20 0:3 / {point}/local rw - ext4 /dev/sdb rw\n"
    )  # fmt: skip
    assert risky_place(drive / "my.book", mounts) == RiskyPlace(kind, is_network=True)
    (drive / "local").mkdir()
    assert risky_place(drive / "local" / "my.book", mounts) is None
    assert risky_place(tmp_path / "my.book", mounts) is None


# In the form macOS prints them, written by hand after its manual: neither captured nor run on a Mac.
MAC_MOUNTS = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
devfs on /dev (devfs, local, nobrowse)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse, protect, root data)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
//ada@studio-nas._smb._tcp.local/Books on /Volumes/Books (smbfs, nodev, nosuid, mounted by ada)
//ada@nas/Work%20on%20it on /Volumes/Work on it (smbfs, nodev, nosuid, mounted by ada)
//ada@old/Share on /Volumes/Share (old) (afpfs, nodev, nosuid, mounted by ada)
https://cloud.example/dav/ on /Volumes/dav (webdav, nodev, noexec, nosuid, mounted by ada)
server:/export/home on /Volumes/home (nfs, nodev, nosuid, mounted by ada)
/dev/disk4s1 on /Volumes/STICK (msdos, local, nodev, nosuid, noowners, noatime, fskit)
/dev/disk5s1 on /Volumes/Books/inner disk (apfs, local, nodev, nosuid, journaled, noowners)
"""
MAC_PLACES = [
    ("/Volumes/Books/ada/my.book", "smbfs"),
    ("/Volumes/Work on it/my.book", "smbfs"),
    ("/Volumes/Share (old)/my.book", "afpfs"),
    ("/Volumes/dav/my.book", "webdav"),
    ("/Volumes/home/my.book", "nfs"),
    ("/Volumes/STICK/my.book", None),
    ("/Volumes/Books/inner disk/my.book", None),
    ("/Volumes/Bookshelf/my.book", None),
    ("/Library/my.book", None),
]


@pytest.mark.parametrize(("place", "kind"), MAC_PLACES)
def test_a_network_drive_of_macos_is_known_by_what_mount_prints(place: str, kind: str | None) -> None:
    assert network_mount(Path(place), MAC_MOUNTS) == kind


@pytest.mark.parametrize("output", ["", "nonsense", " on / (", ")", "a on b (smbfs)", "x (smbfs, y"])
def test_what_mount_never_prints_says_nothing(output: str) -> None:
    assert network_mount(Path("/Volumes/Books/my.book"), output) is None


def test_a_machine_without_a_table_of_mounts_knows_nothing(tmp_path: Path) -> None:
    assert risky_place(tmp_path / "my.book", tmp_path / "gone") is None


CONFLICTS = (
    "book (Ada's conflicted copy 2026-11-22).retainerdesk",
    "book.sync-conflict-20261122-101112-ABCDEF.retainerdesk",
    "book (conflicted copy 2026-11-22 101112).retainerdesk",
    "book [Conflict].retainerdesk",
    "book (In Konflikt stehende Kopie von Ada 2026-11-22).retainerdesk",
)


def test_conflicted_copies_are_listed_and_not_even_opened(tmp_path: Path) -> None:
    """Pipes: opening one would wait for ever."""
    for name in CONFLICTS:
        os.mkfifo(tmp_path / name)
    for name in ("book.retainerdesk", "book.retainerdesk-wal", "other (conflicted copy).retainerdesk"):
        (tmp_path / name).touch()
    found = conflicted_copies(tmp_path / "book.retainerdesk")
    assert {each.name for each in found} == set(CONFLICTS)
