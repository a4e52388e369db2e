"""Folders, settings and log of this machine for the screen, which reaches the system through services."""

from retainerdesk.system.clock import Clock, SystemClock
from retainerdesk.system.log_setup import redacted, set_up_log
from retainerdesk.system.machine_settings import MachineSettings, ThemeChoice, load_settings, save_settings
from retainerdesk.system.paths import Paths, private_folder, user_paths
from retainerdesk.system.start_record import StartRecord

__all__ = [
    "Clock",
    "MachineSettings",
    "Paths",
    "StartRecord",
    "SystemClock",
    "ThemeChoice",
    "load_settings",
    "private_folder",
    "redacted",
    "save_settings",
    "set_up_log",
    "user_paths",
]
