"""Kept files in clear and sealed, side by side: found, checked, brought into the form of the book's key."""

from __future__ import annotations

import hashlib
import resource
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retainerdesk.domain.book_key import BookKey
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.domain.stopping import Stopped, Stopping
from retainerdesk.system.content_store import keep_as_it_is, keep_file, keep_stream
from retainerdesk.system.kept_files import Form, KeptFiles, form_of, forms_in, holds_clear
from retainerdesk.system.kept_forms import needs_settling, prepare_forms, settle_forms
from retainerdesk.system.sealing import SealBroken

ONE, TWO = BookKey(bytes(range(32))), BookKey(bytes(range(1, 33)))
KEYS = {key.sign: key for key in (ONE, TWO)}
CONTENTS = (b"agreement " * 9000, b"", b"logo")
# Opens like any file, and its first byte cannot be read.
UNREADABLE = Path("/proc/self/mem")
HASHES = sorted(hashlib.sha256(content).hexdigest() for content in CONTENTS)


def kept(folder: Path, key: BookKey | None, contents: tuple[bytes, ...] = CONTENTS) -> KeptFiles:
    files = KeptFiles(folder, key)
    for content in contents:
        keep_stream([content], files, hashlib.sha256(content).hexdigest())
    return files


def contents_of(files: KeptFiles) -> list[bytes | None]:
    return [files.content(hashlib.sha256(content).hexdigest()) for content in CONTENTS]


def signs_in(folder: Path) -> set[bytes | None]:
    return {form.sign for form in forms_in(folder)}


def test_a_file_is_sealed_while_it_is_kept_and_kept_once(tmp_path: Path) -> None:
    source = tmp_path / "agreement.pdf"
    source.write_bytes(CONTENTS[0])
    files = KeptFiles(tmp_path / "files", ONE)
    found = keep_file(source, files)
    again = keep_file(source, files)
    (only,) = files.folder.iterdir()
    assert (found, found.size_bytes) == (again, len(CONTENTS[0]))
    assert only.name == f"{found.sha256}.{ONE.sign.hex()}.age"
    assert b"agreement" not in only.read_bytes()
    assert files.content(found.sha256) == CONTENTS[0]
    assert only.stat().st_mode & 0o777 == 0o600


def test_a_file_that_changes_while_it_is_sealed_is_not_kept(tmp_path: Path) -> None:
    source = tmp_path / "growing"
    source.write_bytes(bytes(3 << 20))

    def grow(done: int, _total: int) -> bool:
        if done == 4:
            source.write_bytes(bytes(3 << 20) + b"more")
        return True

    with pytest.raises(RuleViolation, match="changed while it was copied"):
        keep_file(source, KeptFiles(tmp_path / "files", ONE), grow)
    assert list((tmp_path / "files").iterdir()) == []


def test_in_a_mixed_folder_the_own_form_is_read_before_the_one_in_clear(tmp_path: Path) -> None:
    kept(tmp_path, None)
    sealed = KeptFiles(tmp_path, ONE)
    assert contents_of(sealed) == list(CONTENTS)
    kept(tmp_path, ONE)
    (tmp_path / HASHES[0]).write_bytes(b"changed by hand")
    assert contents_of(sealed) == list(CONTENTS)
    assert contents_of(KeptFiles(tmp_path, TWO)) != list(CONTENTS)


def test_what_is_sealed_with_another_key_is_told_from_what_is_lost(tmp_path: Path) -> None:
    kept(tmp_path, ONE)
    other = KeptFiles(tmp_path, TWO)
    assert other.find(HASHES[0]) is None
    assert other.is_sealed_otherwise(HASHES[0])
    assert not other.is_sealed_otherwise("0" * 64)
    assert not KeptFiles(tmp_path, ONE).is_sealed_otherwise(HASHES[0])
    with pytest.raises(SealBroken, match="another key"):
        list(other.chunks(Form(HASHES[0], ONE.sign)))


def test_a_damaged_sealed_file_is_not_whole(tmp_path: Path) -> None:
    files = kept(tmp_path, ONE)
    (form,) = (form for form in forms_in(tmp_path) if form.sha256 == hashlib.sha256(b"logo").hexdigest())
    assert files.is_whole(form)
    path = tmp_path / form.name
    path.write_bytes(path.read_bytes()[:-1])
    assert not files.is_whole(form)
    keep_as_it_is([(tmp_path / Form(HASHES[0], ONE.sign).name).read_bytes()], tmp_path / "x", form.name)
    assert not KeptFiles(tmp_path / "x", ONE).is_whole(form)


@pytest.mark.parametrize(
    "name", ["", "a" * 63, "A" * 64, "a" * 64 + ".age", "a" * 64 + "." + "b" * 32, "../x"]
)
def test_other_names_are_no_kept_files(name: str, tmp_path: Path) -> None:
    assert form_of(name) is None
    with pytest.raises(ValueError, match="SHA-256"):
        KeptFiles(tmp_path).find(name)
    with pytest.raises(ValueError, match="SHA-256"):
        keep_as_it_is([], tmp_path, name)


places = st.sets(st.sampled_from([None, ONE, TWO]), min_size=1)


@given(first=places, second=places, wanted=st.sampled_from([None, ONE, TWO]))
@settings(max_examples=60)
def test_any_mixture_settles_into_the_form_of_the_book(
    first: set[BookKey | None], second: set[BookKey | None], wanted: BookKey | None,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:  # fmt: skip
    """Two contents, each in any of the three forms; with both keys known nothing is lost."""
    folder = tmp_path_factory.mktemp("files")
    for key in first:
        kept(folder, key, CONTENTS[:1])
    for key in second:
        kept(folder, key, CONTENTS[2:])
    assert settle_forms(folder, wanted, KEYS.get) == 0
    sign = wanted.sign if wanted else None
    hashes = sorted(hashlib.sha256(each).hexdigest() for each in (CONTENTS[0], CONTENTS[2]))
    assert [(form.sha256, form.sign) for form in forms_in(folder)] == [(each, sign) for each in hashes]
    files = KeptFiles(folder, wanted)
    assert (files.content(hashes[0]), files.content(hashes[1])) == tuple(
        sorted((CONTENTS[0], CONTENTS[2]), key=lambda each: hashlib.sha256(each).hexdigest())
    )
    assert not needs_settling(folder, wanted)


def test_what_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    """One is damaged, one is sealed with a key nobody knows: both stay, and are counted."""
    kept(tmp_path, ONE, CONTENTS[:1])
    kept(tmp_path, None, CONTENTS[2:])
    (tmp_path / hashlib.sha256(b"logo").hexdigest()).write_bytes(b"other")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert settle_forms(tmp_path, TWO, {TWO.sign: TWO}.get) == 2
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_damaged_own_form_is_made_anew_from_a_whole_one(tmp_path: Path) -> None:
    kept(tmp_path, ONE)
    kept(tmp_path, None)
    for form in forms_in(tmp_path):
        if form.sign is not None:
            (tmp_path / form.name).write_bytes(b"torn")
    assert settle_forms(tmp_path, ONE, KEYS.get) == 0
    assert signs_in(tmp_path) == {ONE.sign}
    assert contents_of(KeptFiles(tmp_path, ONE)) == list(CONTENTS)


def test_preparing_removes_nothing_and_stopped_leaves_nothing(tmp_path: Path) -> None:
    kept(tmp_path, ONE)
    with pytest.raises(Stopped):
        prepare_forms(tmp_path, None, KEYS.get, Stopping(lambda done, _total: done < 2))
    assert signs_in(tmp_path) == {ONE.sign}
    prepare_forms(tmp_path, None, KEYS.get)
    assert signs_in(tmp_path) == {ONE.sign, None}
    assert len(forms_in(tmp_path)) == 6


@pytest.mark.skipif(not UNREADABLE.exists(), reason="a file that opens and cannot be read")
@pytest.mark.parametrize("key", [None, ONE])
def test_a_file_that_cannot_be_read_just_now_ends_preparing_and_stays(
    key: BookKey | None, tmp_path: Path
) -> None:
    """It may be whole: who passed it over would leave it to a key that is about to be forgotten."""
    kept(tmp_path, key)
    names = sorted(path.name for path in tmp_path.iterdir())
    away = (tmp_path / names[1]).rename(tmp_path / "away")
    (tmp_path / names[1]).symlink_to(UNREADABLE)
    with pytest.raises(EnvironmentProblem, match="cannot be read: Input/output error"):
        prepare_forms(tmp_path, TWO, KEYS.get)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*names, "away"])
    assert settle_forms(tmp_path, TWO, KEYS.get) == 1
    away.replace(tmp_path / names[1])
    assert settle_forms(tmp_path, TWO, KEYS.get) == 0
    assert contents_of(KeptFiles(tmp_path, TWO)) == list(CONTENTS)


@pytest.mark.skipif(not UNREADABLE.exists(), reason="a file that opens and cannot be read")
def test_another_form_that_can_be_read_is_taken_instead(tmp_path: Path) -> None:
    kept(tmp_path, None)
    kept(tmp_path, ONE)
    (tmp_path / HASHES[0]).unlink()
    (tmp_path / HASHES[0]).symlink_to(UNREADABLE)
    prepare_forms(tmp_path, TWO, KEYS.get)
    assert contents_of(KeptFiles(tmp_path, TWO)) == list(CONTENTS)


@pytest.mark.parametrize("key", [None, ONE])
def test_keeping_a_content_again_mends_a_damaged_file_and_leaves_a_whole_one(
    key: BookKey | None, tmp_path: Path
) -> None:
    source = tmp_path / "agreement.pdf"
    source.write_bytes(CONTENTS[0])
    files = KeptFiles(tmp_path / "files", key)
    found = keep_file(source, files)
    target = files.folder / files.own_form(found.sha256).name
    whole = target.read_bytes()
    ways: tuple[Callable[[], object], ...] = (
        lambda: keep_file(source, files),
        lambda: keep_stream([CONTENTS[0]], files, found.sha256),
        lambda: keep_as_it_is([whole], files.folder, target.name, key),
    )
    for keep in ways:
        before = target.stat().st_ino
        keep()
        assert target.stat().st_ino == before
        target.write_bytes(whole[:-1] + b"?")
        assert not files.is_whole(files.own_form(found.sha256))
        keep()
        assert files.content(found.sha256) == CONTENTS[0]


def test_a_folder_that_is_none_is_told_in_words(tmp_path: Path) -> None:
    """A path through a file: neither there nor absent."""
    for look in (forms_in, lambda folder: KeptFiles(folder).find(HASHES[0])):
        with pytest.raises(EnvironmentProblem, match="cannot be read: File name too long"):
            look(tmp_path / ("x" * 300))


def test_what_lies_there_in_clear_is_told_from_what_others_put_there(tmp_path: Path) -> None:
    kept(tmp_path, ONE)
    (tmp_path / ".DS_Store").touch()
    assert not holds_clear(tmp_path)
    (tmp_path / f".{HASHES[0]}.0123456789ab.tmp").touch()
    assert holds_clear(tmp_path)
    kept(tmp_path / "other", None)
    assert holds_clear(tmp_path / "other")


def test_no_room_while_preparing_leaves_nothing_behind(tmp_path: Path) -> None:
    """Of ten files nine are a byte and one is larger than any file may become."""
    contents = (CONTENTS[0], *(b"%d" % number for number in range(9)))
    kept(tmp_path, ONE, contents)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
    try:
        with pytest.raises(EnvironmentProblem, match="cannot be written"):
            prepare_forms(tmp_path, TWO, KEYS.get)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (signs_in(tmp_path), len(list(tmp_path.iterdir()))) == ({ONE.sign}, 10)
