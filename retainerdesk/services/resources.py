"""Shipped files, for the screen and the command line, which reach the system only through services."""

from retainerdesk.system.resources import resource_path

__all__ = ["resource_path"]
