"""What the bytes of an encrypted book say about a key, without opening it.

SQLCipher 4 with a raw key: pages of 4,096 bytes, each ending in its IV (16) and an HMAC-SHA512 (64); the
first begins with the salt. We choose the salt: it is the sign of the key, so a file says which key it needs,
wherever it was copied or renamed to, and a wrong key is told from damage before SQLite looks. Where the sign
itself is damaged, one page that the key authenticates tells the same.
"""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

from retainerdesk.domain.book_key import SIGN_BYTES, BookKey

PAGE_BYTES = 4096
_MAC_BYTES = 64
_MAC_SALT_MASK = 0x3A
_MAC_ROUNDS = 2
# 4,096 random bytes have all 256 values, give or take a few; text, pictures' headers and databases have not.
_LEAST_VALUES = 240


def key_text(key: BookKey) -> str:
    """A key as SQLCipher takes it raw, with its salt; only to be bound or quoted, never to be shown."""
    return f"x'{key.reveal().hex()}{key.sign.hex()}'"


def looks_encrypted(first_page: bytes) -> bool:
    """Whether these bytes could be the first page of an encrypted book. Random bytes look the same."""
    return len(first_page) == PAGE_BYTES and len(set(first_page)) >= _LEAST_VALUES


def fits(path: Path, key: BookKey) -> bool:
    """Whether `key` is the key of the file: by its sign, or by any page that it authenticates."""
    with path.open("rb") as file:
        first = file.read(PAGE_BYTES)
        if first[:SIGN_BYTES] == key.sign:
            return True
        mac_key = _mac_key(key)
        number, page = 1, first
        while len(page) == PAGE_BYTES:
            if _is_authentic(page, number, mac_key):
                return True
            number, page = number + 1, file.read(PAGE_BYTES)
    return False


def _mac_key(key: BookKey) -> bytes:
    salt = bytes(byte ^ _MAC_SALT_MASK for byte in key.sign)
    return hashlib.pbkdf2_hmac("sha512", key.reveal(), salt, _MAC_ROUNDS, 32)


def _is_authentic(page: bytes, number: int, mac_key: bytes) -> bool:
    body = page[SIGN_BYTES if number == 1 else 0 : -_MAC_BYTES] + number.to_bytes(4, "little")
    return hmac.compare_digest(hmac.new(mac_key, body, hashlib.sha512).digest(), page[-_MAC_BYTES:])
