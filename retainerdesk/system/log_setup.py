"""The log of this machine: small, private, and without secrets.

It stays here; nothing is sent anywhere. Messages name what happened, never what a client wrote or owes.
"""

from __future__ import annotations

import logging
import os
import re
from functools import cache
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from retainerdesk.system.paths import private_folder

LOG_NAME = "retainerdesk.log"
MAX_BYTES = 500_000
OLD_FILES = 3

_LONGEST_ENTRY = 8_000
_PRIVATE_FILE = 0o600
_FLAGS = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)

_SECRETS = (
    # password=…, "token": "…", api_key = … up to the end of the value
    (
        (
            r"(?i)(pass(?:word|wd|phrase)?|secret|token|api[_-]?key|pragma\s+(?:re)?key)"
            r"(['\"]?\s*[=:]\s*)('[^']*'|\"[^\"]*\"|\S+)"
        ),
        r"\1\2•••",
    ),
    (r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}", r"\1 •••"),
    (r"(?<=://)[^\s/@:]{1,200}:[^\s/@]{1,200}(?=@)", "•••"),
    (r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+", "•••@•••"),
    (r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b", "•••"),
)


@cache
def _secrets() -> tuple[tuple[re.Pattern[str], str], ...]:
    """What is redacted, and what is written instead; made at the first entry, which few starts write."""
    return tuple((re.compile(pattern), instead) for pattern, instead in _SECRETS)


def redacted(text: str) -> str:
    """`text` without what looks like a secret, an address of a person or an account at a bank."""
    for pattern, instead in _secrets():
        text = pattern.sub(instead, text)
    return text


class RedactingFormatter(logging.Formatter):
    """One entry as it is written: cut at a length and redacted as a whole, tracebacks included."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        # Cut first: an endless entry must not keep the patterns busy.
        text = super().format(record)
        return redacted(text if len(text) <= _LONGEST_ENTRY else text[:_LONGEST_ENTRY] + " …cut")


class _PrivateRotatingHandler(RotatingFileHandler):
    """A rotating file that is its owner's alone from its first byte, and never reached through a link."""

    def _open(self) -> TextIOWrapper:
        handle = os.open(self.baseFilename, _FLAGS, _PRIVATE_FILE)
        os.chmod(self.baseFilename, _PRIVATE_FILE)  # noqa: PTH101 - beside os.open
        return TextIOWrapper(os.fdopen(handle, "ab", buffering=0), encoding="utf-8", write_through=True)


def set_up_log(folder: Path, level: int = logging.INFO) -> logging.Handler:
    """Send the log of the whole program to a file in `folder`, and return the handler.

    Two megabytes at most are kept. A handler set up before for this program is replaced. Raises
    EnvironmentProblem if the folder cannot be made; OSError if the file cannot be opened.
    """
    path = private_folder(folder) / LOG_NAME
    handler = _PrivateRotatingHandler(path, maxBytes=MAX_BYTES, backupCount=OLD_FILES, encoding="utf-8")
    handler.setFormatter(RedactingFormatter())
    logger = logging.getLogger("retainerdesk")
    for old in [each for each in logger.handlers if isinstance(each, _PrivateRotatingHandler)]:
        logger.removeHandler(old)
        old.close()
    logger.addHandler(handler)
    logger.setLevel(level)
    return handler
