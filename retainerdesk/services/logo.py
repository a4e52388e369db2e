"""The logo on documents: checked before it is taken, kept once by its content."""

from __future__ import annotations

from pathlib import Path

from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.system.content_store import keep_file
from retainerdesk.system.kept_files import KeptFiles
from retainerdesk.system.sealing import SealBroken


def keep_logo(source: Path, files: KeptFiles) -> str:
    """Keep a copy of the picture in `files` and return its hash for `Business.logo_sha256`.

    RuleViolation, nothing kept, for anything that no invoice could print.
    """
    # Pillow is needed for a chosen logo only.
    from retainerdesk.documents.logos import LogoProblem, read_logo

    try:
        found = read_logo(source.read_bytes())
    except OSError as problem:
        message = f"{source} cannot be read: {problem.strerror}."
        raise EnvironmentProblem(message, "Check its permissions.") from problem
    if found is LogoProblem.TOO_LARGE:
        message = f"{source.name} has more pixels than a page can show; make it smaller."
        raise RuleViolation("logo.size", message, "logo")
    if found is LogoProblem.NOT_AN_IMAGE:
        raise RuleViolation("logo.kind", f"{source.name} is not a picture in PNG or JPEG.", "logo")
    return keep_file(source, files).sha256


def logo_bytes(sha256: str, files: KeptFiles) -> bytes | None:
    """The picture kept under that hash; None if it is not there, or cannot be unsealed."""
    try:
        return files.content(sha256)
    except SealBroken:
        # A check names it; a document is drawn without it.
        return None
