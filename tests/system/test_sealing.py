"""A file sealed with a book's key: comes back the same, only with that key, and never changed unnoticed."""

from __future__ import annotations

import io
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retainerdesk.domain.book_key import BookKey
from retainerdesk.system.sealing import SealBroken, identity_text, seal, unsealed
from tests.failing import FailsOnce

KEY, OTHER = BookKey(bytes(range(32))), BookKey(bytes(range(1, 33)))


def sealed(path: Path, content: bytes, key: BookKey = KEY) -> Path:
    with path.open("wb") as target:
        seal([content], target, key)
    return path


@given(chunks=st.lists(st.binary(max_size=70_000), max_size=6))
@settings(max_examples=40)
def test_what_was_sealed_in_any_portions_comes_back(
    chunks: list[bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("sealed") / "file"
    with path.open("wb") as target:
        seal(iter(chunks), target, KEY)
    assert b"".join(unsealed(path, KEY)) == b"".join(chunks)


def test_any_age_program_opens_it_with_the_identity_made_from_the_key(tmp_path: Path) -> None:
    path = sealed(tmp_path / "file", b"agreement")
    identity = pyrage.x25519.Identity.from_str(identity_text(KEY.file_secret()))
    assert pyrage.decrypt(path.read_bytes(), [identity]) == b"agreement"
    assert path.read_bytes().startswith(b"age-encryption.org/v1\n")


def test_identities_are_written_as_age_writes_them() -> None:
    """The secret is read back out of one that age made, five bits a letter after the last 1."""
    letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    for _ in range(20):
        text = str(pyrage.x25519.Identity.generate())
        number = 0
        for letter in text.lower().rpartition("1")[2][:-6]:
            number = number << 5 | letters.index(letter)
        assert identity_text((number >> 4).to_bytes(32)) == text


def test_another_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SealBroken, match="another key"):
        b"".join(unsealed(sealed(tmp_path / "file", b"agreement"), OTHER))


@pytest.mark.parametrize("size", [0, 1, 65_536, 200_000])
def test_a_cut_file_is_refused_wherever_it_is_cut(size: int, tmp_path: Path) -> None:
    content = sealed(tmp_path / "file", b"x" * size).read_bytes()
    for end in {0, 10, 100, len(content) // 2, len(content) - 65_552, len(content) - 16, len(content) - 1}:
        if 0 <= end < len(content):
            (tmp_path / "cut").write_bytes(content[:end])
            with pytest.raises(SealBroken):
                b"".join(unsealed(tmp_path / "cut", KEY))


def test_a_flipped_bit_is_refused_wherever_it_is(tmp_path: Path) -> None:
    content = sealed(tmp_path / "file", b"agreement " * 8000).read_bytes()
    for place in (*range(0, 250, 7), 70_000, len(content) - 1):
        damaged = bytearray(content)
        damaged[place] ^= 1
        (tmp_path / "flipped").write_bytes(damaged)
        with pytest.raises(SealBroken):
            b"".join(unsealed(tmp_path / "flipped", KEY))


def test_reading_that_is_given_up_leaves_no_thread(tmp_path: Path) -> None:
    portions = unsealed(sealed(tmp_path / "file", bytes(20 << 20)), KEY)
    assert len(next(portions)) >= 1 << 20
    portions.close()
    assert not [each for each in threading.enumerate() if each.name == "unsealing"]


def test_a_write_that_fails_is_told_wherever_it_is() -> None:
    counting = FailsOnce(0)
    seal([bytes(5 << 20)], counting, KEY)
    writes = -counting.left
    assert writes > 3
    for at in range(1, writes + 1):
        with pytest.raises(OSError, match="No space left"):
            seal([bytes(5 << 20)], FailsOnce(at), KEY)


@pytest.mark.parametrize("problem", [KeyboardInterrupt(), SystemExit(3)])
def test_an_interruption_comes_out_as_it_is(problem: BaseException) -> None:
    def interrupted() -> Iterator[bytes]:
        yield bytes(100_000)
        raise problem

    with pytest.raises(type(problem)) as caught:
        seal(interrupted(), io.BytesIO(), KEY)
    assert caught.value is problem


def test_an_interruption_between_two_reads_comes_out_too() -> None:
    """The signal arrives while age is at work, and is handled on the way into the next read."""

    class Asked(Exception):
        pass

    def endless() -> Iterator[bytes]:
        yield bytes(1 << 20)
        for _ in range(2000):
            yield bytes(1 << 20)
        raise Asked

    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        with pytest.raises(KeyboardInterrupt):
            seal(endless(), io.BytesIO(), KEY)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="a file that opens and cannot be read")
def test_a_disk_that_cannot_be_read_is_told_from_damage() -> None:
    with pytest.raises(OSError, match="Input/output error"):
        b"".join(unsealed(Path("/proc/self/mem"), KEY))


def test_what_goes_wrong_with_source_or_target_comes_out_as_it_is(tmp_path: Path) -> None:
    class Full(io.BytesIO):
        def write(self, _content: object, /) -> int:
            raise OSError(28, "No space left on device")

    def torn() -> Iterator[bytes]:
        yield b"x"
        raise KeyError("torn")

    with pytest.raises(OSError, match="No space left"):
        seal([b"x"], Full(), KEY)
    with pytest.raises(KeyError, match="torn"):
        seal(torn(), io.BytesIO(), KEY)
    with pytest.raises(FileNotFoundError):
        b"".join(unsealed(tmp_path / "nothing", KEY))
