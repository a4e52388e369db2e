"""Figures about places: books in synchronised folders and on network drives, and what is left beside them."""

from __future__ import annotations

import os
from pathlib import Path

from retainerdesk.services.place_warnings import place_warnings
from retainerdesk.system.places import risky_place
from tests.faults.figures import Figures
from tests.system.test_places import CONFLICTS

FOLDERS = (
    "Dropbox", "OneDrive - Studio", "Google Drive", "iCloud Drive", "Nextcloud", "ownCloud", "Syncthing",
    "pCloud Drive",
)  # fmt: skip
KINDS = ("nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p")


def test_a_warning_is_shown_for_every_risky_place(tmp_path: Path, figures: Figures) -> None:
    for folder in FOLDERS:
        (tmp_path / folder).mkdir()
        told = place_warnings(tmp_path / folder / "my.book")
        assert any("Keep the book elsewhere" in each for each in told), folder
    drive = tmp_path / "drive"
    drive.mkdir()
    for kind in KINDS:
        (tmp_path / "mounts").write_text(f"9 1 0:2 / {os.path.realpath(drive)} rw - {kind} x rw\n")
        found = risky_place(drive / "my.book", tmp_path / "mounts")
        assert found is not None
        assert found.is_network
    figures.add(
        "F21", "a book in a synchronised folder or on a network drive",
        folders=len(FOLDERS), drives=len(KINDS), warned=len(FOLDERS) + len(KINDS),
    )  # fmt: skip


def test_conflicted_copies_are_named_and_none_is_opened(tmp_path: Path, figures: Figures) -> None:
    """They are pipes without a writer: whoever opened one would wait for ever."""
    for name in CONFLICTS:
        os.mkfifo(tmp_path / name)
    told = place_warnings(tmp_path / "book.retainerdesk")
    assert [each for each in told if "It was not opened" in each]
    figures.add("F22", "conflicted copies beside the book", names=len(CONFLICTS), opened=0)
