"""The key of an encrypted book: 32 random bytes that never show themselves by accident."""

from __future__ import annotations

import hashlib
import hmac
from typing import NoReturn

KEY_BYTES = 32
SIGN_BYTES = 16
_SIGN_TEXT = b"RetainerDesk: sign of a book key"
_FILES_TEXT = b"RetainerDesk: files kept with a book"


class BookKey:
    """The 256 bits a book is encrypted with.

    Only `reveal` gives them away, and `file_secret` what files are sealed with: not repr, str, format, pickle
    or a comparison. Python cannot wipe memory, so they stay in that of the process while the book is open.
    """

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        if len(secret) != KEY_BYTES:
            raise ValueError(f"a book key has {KEY_BYTES} bytes")
        self._secret = bytes(secret)

    def reveal(self) -> bytes:
        """The 32 bytes."""
        return self._secret

    @property
    def sign(self) -> bytes:
        """16 bytes that tell keys apart and say nothing about them; a book begins with its key's sign.

        A one-way function of 256 random bits: who knows the sign is no nearer to the key.
        """
        return hmac.new(self._secret, _SIGN_TEXT, hashlib.sha256).digest()[:SIGN_BYTES]

    def file_secret(self) -> bytes:
        """32 bytes to seal the files of the book with: they follow from the key, the key not from them."""
        return hmac.new(self._secret, _FILES_TEXT, hashlib.sha256).digest()

    def __repr__(self) -> str:
        return "BookKey(•••)"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, BookKey):
            return NotImplemented
        return hmac.compare_digest(self._secret, other._secret)

    def __hash__(self) -> int:
        return hash(self.sign)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a book key is not stored with other things")
