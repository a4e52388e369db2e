"""A file sealed with the key of a book: the age format, streamed both ways, every portion authenticated.

The secret is made from the book's key, so who has the recovery phrase has the files, and nobody else; any age
program opens them too. pyrage pushes what it unseals; a thread that lives as long as the reading turns that
into portions to be taken, so that memory does not grow with the file.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from io import BytesIO
from pathlib import Path
from queue import Queue
from threading import Event, Thread
from typing import IO, Any, BinaryIO

from retainerdesk.domain.book_key import BookKey
from retainerdesk.domain.errors import EnvironmentProblem

_PORTION_BYTES = 1 << 20
_WAITING_PORTIONS = 2
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_IDENTITY = "age-secret-key-"


class SealBroken(EnvironmentProblem):
    """A sealed file is cut, changed, or was sealed with another key."""


def seal(chunks: Iterable[bytes], target: IO[bytes], key: BookKey) -> None:
    """Write a content, sealed with `key`, to `target`. Raises as `seal_for`."""
    seal_for(chunks, target, _identity(key).to_public())


def seal_for(chunks: Iterable[bytes], target: IO[bytes], recipient: object) -> None:
    """Write a content to `target`, sealed for an age recipient.

    What `chunks` or `target` raise comes out as it is; EnvironmentProblem if age itself fails.
    """
    import pyrage

    through = _Through(iter(chunks), target)
    try:
        pyrage.encrypt_io(through, through.sealed, [recipient])
    except (pyrage.EncryptError, OSError) as error:
        if through.problem is not None:
            raise through.problem from None
        # An interruption that came before the first line of `read`.
        if str(error).startswith(KeyboardInterrupt.__name__):
            raise KeyboardInterrupt from error
        raise EnvironmentProblem(f"It cannot be sealed: {error}.", "Try again.") from error
    through.write_out()


def unsealed(path: Path, key: BookKey) -> Generator[bytes, None, None]:
    """The content of a sealed file in portions. Close it if it is not read to its end.

    Raises SealBroken, perhaps after some portions: what came before is then of no use. OSError if the file
    cannot be read.
    """
    handing = _Handing()
    worker = Thread(target=handing.run, args=(path, key), name="unsealing", daemon=True)
    worker.start()
    try:
        yield from handing.portions()
    finally:
        handing.stop()
        worker.join()


class _Handing:
    """Portions handed from the thread that unseals to the one that reads."""

    def __init__(self) -> None:
        self._waiting: Queue[bytes | None] = Queue(_WAITING_PORTIONS)
        self._is_stopped = Event()
        self._part = bytearray()
        self._problem: Exception | None = None

    def run(self, path: Path, key: BookKey) -> None:
        try:
            self._unseal(path, key)
        except Exception as problem:  # noqa: BLE001 - told to whoever reads
            self._problem = problem
        self._waiting.put(None)

    def portions(self) -> Iterator[bytes]:
        while (portion := self._waiting.get()) is not None:
            yield portion
        if self._problem is not None:
            raise self._problem

    def stop(self) -> None:
        """Nobody reads any more: what waits is dropped, so that the thread can end."""
        self._is_stopped.set()
        while not self._waiting.empty():
            self._waiting.get()

    def write(self, content: bytes) -> int:
        if self._is_stopped.is_set():
            raise OSError("nobody reads any more")
        self._part += content
        if len(self._part) >= _PORTION_BYTES:
            self._hand_over()
        return len(content)

    def flush(self) -> None:
        """Portions go when they are full."""

    def _hand_over(self) -> None:
        self._waiting.put(bytes(self._part))
        self._part.clear()

    def _unseal(self, path: Path, key: BookKey) -> None:
        import pyrage

        with path.open("rb") as file:
            source = _Read(file)
            try:
                pyrage.decrypt_io(source, self, [_identity(key)])
            except (pyrage.DecryptError, OSError) as error:
                # age tells damage in the same way as a disk that cannot be read.
                if source.problem is not None:
                    raise source.problem from None
                raise _broken(path) from error
        if self._part:
            self._hand_over()


class _Read:
    """A file that keeps what went wrong while it was read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.problem: OSError | None = None

    def read(self, count: int) -> bytes:
        try:
            return self._file.read(count)
        except OSError as problem:
            self.problem = problem
            raise


class _Through:
    """Chunks as something that can be read, which writes out what was sealed of them before it gives more.

    pyrage makes a text of what goes wrong in `read`, so it is kept in `problem`, and loses what goes wrong
    while the last portion is written, so it writes only to memory, which cannot fail.
    """

    def __init__(self, chunks: Iterator[bytes], target: IO[bytes]) -> None:
        self._chunks, self._rest, self._target = chunks, memoryview(b""), target
        self.sealed = BytesIO()
        self.problem: BaseException | None = None

    def read(self, count: int) -> bytes:
        try:
            while not self._rest:
                self._rest = memoryview(next(self._chunks))
            if self.sealed.tell() >= _PORTION_BYTES:
                self.write_out()
        except StopIteration:
            return b""
        except BaseException as problem:
            self.problem = problem
            raise
        answer, self._rest = bytes(self._rest[:count]), self._rest[count:]
        return answer

    def write_out(self) -> None:
        """Hand what is sealed by now to the target."""
        self._target.write(self.sealed.getvalue())
        self.sealed.seek(0)
        self.sealed.truncate()


def _broken(path: Path) -> SealBroken:
    return SealBroken(
        f"{path} was changed, is damaged, or is sealed with another key.",
        "Copy it from a backup of the folder beside the book.",
    )


def _identity(key: BookKey) -> Any:  # noqa: ANN401
    import pyrage

    return pyrage.x25519.Identity.from_str(identity_text(key.file_secret()))


def identity_text(secret: bytes) -> str:
    """32 secret bytes as age writes an identity (Bech32, BIP 173, in capitals); never to be shown or kept."""
    values = _groups_of_five(secret)
    head = [ord(each) >> 5 for each in _IDENTITY] + [0] + [ord(each) & 31 for each in _IDENTITY]
    total = _checksum(head + values + [0] * 6) ^ 1
    values += [(total >> 5 * (5 - place)) & 31 for place in range(6)]
    return (_IDENTITY + "1" + "".join(_BECH32[value] for value in values)).upper()


def _groups_of_five(content: bytes) -> list[int]:
    count = -(-len(content) * 8 // 5)
    number = int.from_bytes(content) << (count * 5 - len(content) * 8)
    return [(number >> 5 * place) & 31 for place in reversed(range(count))]


def _checksum(values: Iterable[int]) -> int:
    total = 1
    for value in values:
        top = total >> 25
        total = (total & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATORS):
            total ^= generator if top >> place & 1 else 0
    return total
