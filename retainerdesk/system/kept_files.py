"""The folder of files that are kept by content, each in clear or sealed with the key of the book.

A content is called by its SHA-256. In clear that is its name; sealed it is "<sha256>.<sign of the key>.age",
so that a folder says which key it needs, as a book does. While a book changes its key, files may lie there in
more than one form (`system.kept_forms`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from retainerdesk.domain.book_key import BookKey
from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.system.sealing import SealBroken, unsealed

_NAME = re.compile(r"(?P<sha256>[0-9a-f]{64})(\.(?P<sign>[0-9a-f]{32})\.age)?")
# What a killed copy leaves (`system.private_files`).
_UNFINISHED_CLEAR = re.compile(r"\.[0-9a-f]{64}\.[0-9a-f]{12}\.tmp")
_CHUNK_BYTES = 1 << 20

KeyOfSign = Callable[[bytes], BookKey | None]
"""The key with this sign, or None if nobody here knows it."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a content lies there: its hash, and the sign of the key it is sealed with (None: in clear)."""

    sha256: str
    sign: bytes | None = None

    @property
    def name(self) -> str:
        return self.sha256 if self.sign is None else f"{self.sha256}.{self.sign.hex()}.age"


@dataclass(frozen=True, slots=True)
class KeptFiles:
    """The folder a book keeps its files in, and the key they are sealed with (None: they lie in clear)."""

    folder: Path
    key: BookKey | None = None

    def own_form(self, sha256: str) -> Form:
        """The form a content is kept in; raises ValueError for anything that is no hash."""
        form = form_of(sha256)
        if form is None or form.sign is not None:
            raise ValueError("a stored file is named by its SHA-256")
        return Form(sha256, None if self.key is None else self.key.sign)

    def find(self, sha256: str) -> Form | None:
        """The form of a content that can be read here, its own before the one in clear; None without any.

        Raises EnvironmentProblem if the folder may not be looked into.
        """
        for form in (self.own_form(sha256), Form(sha256)):
            try:
                if (self.folder / form.name).is_file():
                    return form
            except OSError as problem:
                raise _closed(self.folder, problem) from problem
        return None

    def is_sealed_otherwise(self, sha256: str) -> bool:
        """Whether a content is there only as sealed with other keys than this one."""
        is_there = any(self.folder.glob(f"{self.own_form(sha256).sha256}.*.age"))
        return is_there and self.find(sha256) is None

    def chunks(self, form: Form) -> Generator[bytes, None, None]:
        """What is in a form; close it if it is not read to its end. Raises SealBroken, OSError."""
        return read_form(self.folder, form, self.key)

    def content(self, sha256: str) -> bytes | None:
        """A whole content in memory; None if it is not there. Raises SealBroken."""
        form = self.find(sha256)
        return None if form is None else b"".join(self.chunks(form))

    def is_whole(self, form: Form) -> bool:
        """Whether a form still has the content it is named by; streamed. False if it cannot be read."""
        return is_form_whole(self.folder, form, self.key)


def form_of(name: str) -> Form | None:
    """What the name of a kept file says; None if it is none."""
    found = _NAME.fullmatch(name)
    return found and Form(found["sha256"], bytes.fromhex(found["sign"]) if found["sign"] else None)


def forms_in(folder: Path) -> list[Form]:
    """Everything kept in a folder, by name; nothing if it is not there. Raises EnvironmentProblem."""
    try:
        if not folder.is_dir():
            return []
        named = [(form_of(path.name), path) for path in folder.iterdir()]
        found = [form for form, path in named if form is not None and path.is_file()]
    except OSError as problem:
        raise _closed(folder, problem) from problem
    return sorted(found, key=_by_name)


def holds_clear(folder: Path) -> bool:
    """Whether a kept file or an unfinished copy lies in a folder in clear; True if it cannot be looked at."""
    try:
        return folder.is_dir() and any(_is_clear(path.name) for path in folder.iterdir())
    except OSError:
        return True


def _is_clear(name: str) -> bool:
    form = form_of(name)
    return _UNFINISHED_CLEAR.fullmatch(name) is not None if form is None else form.sign is None


def sealed_with(folder: Path, key: BookKey) -> tuple[Path, ...]:
    """The files of a folder that are sealed with one key, by name. Raises EnvironmentProblem."""
    return tuple(folder / form.name for form in forms_in(folder) if form.sign == key.sign)


def read_form(folder: Path, form: Form, key: BookKey | None) -> Generator[bytes, None, None]:
    """The content of one form in portions; a sealed one needs its key. Raises SealBroken, OSError."""
    if form.sign is not None:
        if key is None or key.sign != form.sign:
            raise SealBroken(f"{folder / form.name} is sealed with another key.", "Open the book it is of.")
        yield from unsealed(folder / form.name, key)
        return
    with (folder / form.name).open("rb") as reader:
        while chunk := reader.read(_CHUNK_BYTES):
            yield chunk


def is_form_whole(folder: Path, form: Form, key: BookKey | None) -> bool:
    """Whether a form has the content it is named by; streamed. False if it cannot be read with `key`."""
    digest = hashlib.sha256()
    try:
        with closing(read_form(folder, form, key)) as chunks:
            for chunk in chunks:
                digest.update(chunk)
    except (OSError, SealBroken):
        return False
    return digest.hexdigest() == form.sha256


def _closed(folder: Path, problem: OSError) -> EnvironmentProblem:
    return EnvironmentProblem(
        f"The folder {folder} cannot be read: {problem.strerror}.",
        "Check who may open it; what is in it was left as it is.",
    )


def _by_name(form: Form) -> str:
    return form.name
