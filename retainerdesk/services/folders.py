"""Folders for the owner only, for screen and command line, which reach the system through services."""

from retainerdesk.system.paths import private_folder

__all__ = ["private_folder"]
