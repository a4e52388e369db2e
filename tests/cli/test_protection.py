"""encrypt, rekey, decrypt; and every other command on an encrypted book, by keyring, file and terminal."""

from __future__ import annotations

import hashlib
import os
import pty
import sys
from pathlib import Path
from typing import Self

import pytest

from retainerdesk.store.probe import sign_of
from retainerdesk.system.paths import documents_folder
from tests.cli.conftest import Shell
from tests.keyrings import MemoryKeyring


@pytest.fixture
def phrase(shell: Shell) -> str:
    """The file with the phrase of the shell's book, which is filled and encrypted."""
    path = str(shell.folder / "phrase")
    shell.ok("sample", as_of="2026-11-22")
    shell.ok("encrypt", "--write-phrase", path)
    return path


def test_a_book_goes_through_all_three_commands(shell: Shell, ring: MemoryKeyring, phrase: str) -> None:
    assert sign_of(shell.book) is not None
    before = shell.ok("accounts", "--json", as_of="2026-11-22").json
    second = str(shell.folder / "second")
    answer = shell.ok("rekey", "--write-phrase", second, "--forget-old-key", "--json").json
    # The backup made before the book was encrypted is named.
    assert (answer["encrypted"], answer["in_keyring"], len(answer["in_clear"])) == (True, True, 1)
    assert answer["in_clear"] == [shell.ok("backups", "--json").json["folder"]]
    assert Path(phrase).read_text() != Path(second).read_text()
    assert shell.ok("accounts", "--json", as_of="2026-11-22").json == before
    assert shell.ok("decrypt", "--json").json == {"encrypted": False, "still_sealed": []}
    assert sign_of(shell.book) is None
    assert shell.ok("accounts", "--json", as_of="2026-11-22").json == before


def test_a_damaged_file_is_named_and_keeps_its_key_in_the_keyring(
    shell: Shell, ring: MemoryKeyring, phrase: str, tmp_path: Path
) -> None:
    files = documents_folder(shell.book)
    files.mkdir(exist_ok=True)
    sha256 = hashlib.sha256(b"a note").hexdigest()
    (files / sha256).write_bytes(b"a note")
    shell.ok("rekey", "--write-phrase", str(tmp_path / "second"))
    (kept,) = files.glob(f"{sha256}*")
    kept.write_bytes(kept.read_bytes()[:-1])
    assert shell.ok("decrypt", "--forget-old-key", "--json").json["still_sealed"] == [str(kept)]
    assert ring.kept
    found = shell.ok("backup", str(tmp_path / "move.zip"))
    assert "is damaged, or sealed with another key; it was left out" in found.err


def test_without_a_keyring_the_phrase_file_opens_the_book(shell: Shell, phrase: str) -> None:
    refused = shell.run("check")
    assert refused.code == 3
    assert "is an encrypted book, or no book at all" in refused.err
    assert "--phrase-file FILE" in refused.err
    assert shell.ok("check", "--phrase-file", phrase, as_of="2026-11-22").out == "Everything is in order.\n"


def test_a_wrong_phrase_is_code_3_and_opens_nothing(shell: Shell, phrase: str) -> None:
    words = Path(phrase).read_text().split()
    Path(phrase).write_text(" ".join([*words[:6], "zebra" if words[6] != "zebra" else "zoo", *words[7:]]))
    refused = shell.run("check", "--phrase-file", phrase)
    assert (refused.code, refused.out) == (3, "")
    assert refused.err.startswith("Word 7 is not the one on your sheet")


def test_kinds_that_are_so_already_are_refused(shell: Shell, phrase: str) -> None:
    again = shell.run("encrypt", "--phrase-file", phrase)
    assert (again.code, "encrypted already" in again.err) == (1, True)
    shell.ok("decrypt", "--phrase-file", phrase)
    for command in ("decrypt", "rekey"):
        refused = shell.run(command)
        assert (refused.code, "is not encrypted" in refused.err) == (1, True)


def test_without_a_terminal_the_phrase_is_not_shown(shell: Shell) -> None:
    shell.ok("sample")
    refused = shell.run("encrypt")
    assert (refused.code, "--write-phrase FILE" in refused.err) == (3, True)
    assert sign_of(shell.book) is None


def test_backup_and_restore_say_what_they_made(shell: Shell, phrase: str, tmp_path: Path) -> None:
    copy = str(tmp_path / "copy")
    assert shell.ok("backup", copy, "--phrase-file", phrase, "--json").json["encrypted"] is True
    shell.ok("decrypt", "--phrase-file", phrase)
    assert shell.run("restore", copy).code == 3
    restored = shell.ok("restore", copy, "--phrase-file", phrase)
    assert "encrypted with the key of the backup" in restored.out
    shell.ok("check", "--phrase-file", phrase, as_of="2026-11-22")
    assert (
        "That file is in clear" in shell.ok("export", str(tmp_path / "b.json"), "--phrase-file", phrase).out
    )


def test_on_a_terminal_the_phrase_is_shown_once_and_three_words_come_back(shell: Shell) -> None:
    """A child on a real terminal: wrong words first, then the right ones; the last part opens by typing."""
    shell.ok("sample", as_of="2026-11-22")
    with Terminal("--book", str(shell.book), "encrypt") as terminal:
        shown = terminal.until("Word ")
        rows = [line for line in shown.splitlines() if line[:2].strip().isdigit()]
        words = [word for word in " ".join(rows).split() if word.isalpha()]
        for answers in (["zzz"] * 3, None):
            for number in range(3):
                place = int(terminal.until(": ").rpartition("Word ")[2].rstrip(": ") or 0)
                terminal.type(answers[number] if answers else words[place - 1])
        assert "is encrypted" in terminal.until("is encrypted")
        assert terminal.code() == 0
    assert len(words) == 24
    with Terminal("--book", str(shell.book), "--as-of", "2026-11-22", "check") as terminal:
        terminal.until("not shown): ")
        terminal.type(" ".join(words))
        said = terminal.until("in order.")
        assert words[3] + " " + words[4] not in said
        assert terminal.code() == 0


class Terminal:
    """The program on a terminal of its own."""

    def __init__(self, *arguments: str) -> None:
        self._arguments = arguments
        self._seen = ""

    def __enter__(self) -> Self:
        self._pid, self._line = pty.fork()
        if self._pid == 0:
            os.execv(sys.executable, [sys.executable, "-m", "retainerdesk", *self._arguments])
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._line)

    def until(self, text: str) -> str:
        """What comes up to and with `text`; what follows is kept for the next time."""
        while text not in self._seen:
            try:
                part = os.read(self._line, 4096)
            except OSError:
                part = b""
            assert part, f"it ended before {text!r}: {self._seen}"
            self._seen += part.decode().replace("\r", "")
        before, _, self._seen = self._seen.partition(text)
        return before + text

    def type(self, text: str) -> None:
        os.write(self._line, text.encode() + b"\n")

    def code(self) -> int:
        return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
