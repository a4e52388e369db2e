"""What the program does not have, so that it cannot be misused: the sources say so themselves."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "retainerdesk"


def modules_with(*words: str) -> list[str]:
    """Modules of the package whose source has one of `words`."""
    texts = {path: path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    return sorted(path.name for path, text in texts.items() if any(word in text for word in words))


def test_nothing_that_people_wrote_or_attached_is_ever_opened_by_the_program() -> None:
    """Only the folder of backups is shown in the file manager; links and attached files are text."""
    assert modules_with("openUrl", "startfile", "xdg-open", "webbrowser") == ["backups_dialog.py"]
    assert modules_with("setOpenExternalLinks(True)", "setOpenLinks(True)", "TextBrowserInteraction") == []


def test_no_cache_of_fonts_of_the_machine_is_read() -> None:
    """The font finder of reportlab unpickles a file that anybody may have put into the temporary folder."""
    assert modules_with("fontfinder", "import pickle", "findFontsInPath", "BFF") == []
