"""The log is private, small and free of secrets."""

import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from retainerdesk.system import log_setup
from retainerdesk.system.log_setup import LOG_NAME, MAX_BYTES, OLD_FILES, redacted, set_up_log


@pytest.fixture
def log(tmp_path: Path) -> Iterator[logging.Logger]:
    handler = set_up_log(tmp_path / "logs")
    logger = logging.getLogger("retainerdesk")
    yield logger
    logger.removeHandler(handler)
    handler.close()


def written(tmp_path: Path) -> str:
    return (tmp_path / "logs" / LOG_NAME).read_text(encoding="utf-8")


def test_an_entry_of_any_module_of_the_program_is_written(log: logging.Logger, tmp_path: Path) -> None:
    logging.getLogger("retainerdesk.desktop.x").warning("the book is locked")
    assert "WARNING retainerdesk.desktop.x: the book is locked" in written(tmp_path)


def test_details_for_developers_are_left_out(log: logging.Logger, tmp_path: Path) -> None:
    log.debug("a detail")
    assert "a detail" not in written(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="modes are a POSIX matter")
def test_folder_and_files_belong_to_their_owner_alone_after_rotating_too(
    log: logging.Logger, tmp_path: Path
) -> None:
    for count in range(2 * MAX_BYTES // 1000):
        log.info("%s %d", "x" * 1000, count)
    files = sorted((tmp_path / "logs").iterdir())
    assert len(files) > 1
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "logs").stat().st_mode) == 0o700


def test_ten_thousand_long_entries_stay_below_two_megabytes(log: logging.Logger, tmp_path: Path) -> None:
    """Four files (one and three old ones) of 500,000 bytes are 2,000,000 bytes."""
    for count in range(10_000):
        log.info("%s %d", "y" * 400, count)
    sizes = [file.stat().st_size for file in (tmp_path / "logs").iterdir()]
    assert len(sizes) == OLD_FILES + 1
    assert sum(sizes) <= 2_000_000


def test_one_endless_entry_is_cut(log: logging.Logger, tmp_path: Path) -> None:
    log.info("z" * 100_000)
    assert len(written(tmp_path)) < 9_000


@pytest.mark.skipif(os.name == "nt", reason="links are a POSIX matter")
def test_a_link_in_the_place_of_the_log_is_not_followed(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    canary.write_text("untouched")
    (tmp_path / "logs").mkdir(mode=0o700)
    (tmp_path / "logs" / LOG_NAME).symlink_to(canary)
    with pytest.raises(OSError, match="symbolic links"):
        set_up_log(tmp_path / "logs")
    assert canary.read_text() == "untouched"


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("password=hunter2-canary", "hunter2-canary"),
        ("{'smtp_password': 'hunter2 canary'}", "canary"),
        ('"token": "abc.def"', "abc.def"),
        ("PRAGMA key='open sesame'", "sesame"),
        ("Authorization: Bearer abcdef123456", "abcdef123456"),
        ("https://ada:pw-canary@dav.example/cal", "pw-canary"),
        ("sent to jo.reed@acme.example", "jo.reed"),
        ("IBAN DE89 3704 0044 0532 0130 00", "0532"),
        ("IBAN DE89370400440532013000", "0532"),
    ],
)
def test_what_looks_like_a_secret_is_struck_out(text: str, secret: str) -> None:
    assert secret in text
    assert secret not in redacted(text)


def test_ordinary_words_are_left_alone() -> None:
    text = "14 invoices issued, 2 parked in 0.8 s (book.retainerdesk, 2026-11-22)"
    assert redacted(text) == text


def test_secrets_in_a_traceback_are_struck_out(log: logging.Logger, tmp_path: Path) -> None:
    try:
        raise ValueError("password=hunter2-canary")
    except ValueError:
        log.exception("failed")
    assert "ValueError" in written(tmp_path)
    assert "hunter2-canary" not in written(tmp_path)


def test_setting_up_again_replaces_the_file_and_doubles_nothing(log: logging.Logger, tmp_path: Path) -> None:
    second = log_setup.set_up_log(tmp_path / "other")
    log.info("once")
    log.removeHandler(second)
    second.close()
    assert (tmp_path / "other" / LOG_NAME).read_text().count("once") == 1
    assert "once" not in written(tmp_path)
