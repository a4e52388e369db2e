"""Settings of the machine survive a restart, and a damaged file never stops a start."""

import stat
from pathlib import Path

import pytest

from retainerdesk.system.machine_settings import SETTINGS_NAME, MachineSettings, load_settings, save_settings

ALL_SET = MachineSettings("dark", 8, is_close_to_tray_told=True, is_close_without_tray_told=True)


def test_what_was_set_is_there_after_a_restart(tmp_path: Path) -> None:
    save_settings(tmp_path / "config", ALL_SET)
    assert load_settings(tmp_path / "config") == ALL_SET
    assert stat.S_IMODE((tmp_path / "config" / SETTINGS_NAME).stat().st_mode) == 0o600


def test_the_first_start_has_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == MachineSettings()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 70_000])
def test_a_damaged_file_means_defaults(tmp_path: Path, content: bytes) -> None:
    (tmp_path / SETTINGS_NAME).write_bytes(content)
    assert load_settings(tmp_path) == MachineSettings()


def test_one_senseless_value_does_not_cost_the_others(tmp_path: Path) -> None:
    text = '{"theme": "dark", "digest_hour": 24, "is_close_to_tray_told": 1, "unknown": [1]}'
    (tmp_path / SETTINGS_NAME).write_text(text)
    assert load_settings(tmp_path) == MachineSettings(theme="dark")
