"""Kept files follow the key of their book: what is there in another form is written anew in its own.

Two steps around the exchange of the book. `prepare_forms` writes the new form beside the old one, so that
whichever book is there after a crash has its files. `settle_forms` writes what is still missing, and removes
another form only when the book's own was read and has the right content. It also ends what a crash left, and
what it cannot read it leaves alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from retainerdesk.domain.book_key import BookKey
from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.domain.stopping import NEVER, Stopping
from retainerdesk.system.content_store import write_form
from retainerdesk.system.kept_files import Form, KeyOfSign, forms_in, is_form_whole, read_form
from retainerdesk.system.private_files import flush_folder
from retainerdesk.system.sealing import SealBroken


class _NotWhole(Exception):
    """A form has another content than its name says; what was written of it goes."""


class _NotRead(EnvironmentProblem):
    """A form could not be read just now; whether it is whole is not known."""


def prepare_forms(folder: Path, key: BookKey | None, key_of: KeyOfSign, stopping: Stopping = NEVER) -> None:
    """Write every kept file whose key is known also in the form of `key` (None: in clear); removes nothing.

    Damaged ones are passed over. What was written is removed again if it cannot be ended: EnvironmentProblem
    (no room, or a file that the disk does not give just now), Stopped.
    """
    made: list[Path] = []
    groups = _groups(folder)
    try:
        for done, (sha256, forms) in enumerate(groups):
            stopping.go_on(done, len(groups))
            own = Form(sha256, _sign(key))
            if own not in forms and _is_written(folder, own, forms, key, key_of):
                made.append(folder / own.name)
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        raise


def settle_forms(folder: Path, key: BookKey | None, key_of: KeyOfSign, stopping: Stopping = NEVER) -> int:
    """Leave every kept file in the one form of `key` (None: in clear); the number of those left otherwise.

    Those are damaged, or sealed with a key that nobody here knows. Raises EnvironmentProblem if the folder
    cannot be written; Stopped between two files.
    """
    left, sign, groups = 0, _sign(key), _groups(folder)
    for done, (sha256, forms) in enumerate(groups):
        own = Form(sha256, sign)
        if forms == [own]:
            continue
        stopping.go_on(done, len(groups))
        if _is_settled(folder, own, forms, key, key_of):
            _remove(folder, [form for form in forms if form != own])
        else:
            left += 1
    return left


def needs_settling(folder: Path, key: BookKey | None) -> bool:
    """Whether anything lies there in another form than that of `key`. Reads names only."""
    sign = _sign(key)
    return any(form.sign != sign for form in forms_in(folder))


def _sign(key: BookKey | None) -> bytes | None:
    return None if key is None else key.sign


def _groups(folder: Path) -> list[tuple[str, list[Form]]]:
    return [(sha256, list(forms)) for sha256, forms in groupby(forms_in(folder), attrgetter("sha256"))]


def _is_settled(folder: Path, own: Form, forms: list[Form], key: BookKey | None, key_of: KeyOfSign) -> bool:
    """Whether the book's own form is there, whole; written now if it was not."""
    if own in forms and is_form_whole(folder, own, key):
        return True
    try:
        return _is_written(folder, own, forms, key, key_of) and is_form_whole(folder, own, key)
    except _NotRead:
        return False


def _is_written(folder: Path, own: Form, forms: list[Form], key: BookKey | None, key_of: KeyOfSign) -> bool:
    """Whether a whole content was found among the other forms, and written in its own.

    Raises _NotRead if none was found, but one could not be read.
    """
    unread: _NotRead | None = None
    for form in forms:
        other = None if form.sign is None else key_of(form.sign)
        if form == own or (form.sign is not None and other is None):
            continue
        try:
            write_form(folder / own.name, _checked(folder, form, other), key)
        except (_NotWhole, SealBroken):
            continue
        except _NotRead as problem:
            unread = problem
            continue
        return True
    if unread is not None:
        raise unread
    return False


def _checked(folder: Path, form: Form, key: BookKey | None) -> Iterator[bytes]:
    digest = hashlib.sha256()
    try:
        with closing(read_form(folder, form, key)) as chunks:
            for chunk in chunks:
                digest.update(chunk)
                yield chunk
    except OSError as problem:
        raise _NotRead(
            f"{folder / form.name} cannot be read: {problem.strerror}.",
            "Try again, or check the disk and who may read that file; nothing was changed.",
        ) from problem
    if digest.hexdigest() != form.sha256:
        raise _NotWhole


def _remove(folder: Path, forms: list[Form]) -> None:
    try:
        for form in forms:
            (folder / form.name).unlink(missing_ok=True)
        flush_folder(folder)
    except OSError as problem:
        raise EnvironmentProblem(
            f"{folder} cannot be changed: {problem.strerror}.", "Check who may write to that folder."
        ) from problem
