"""What the program does not have, so that it cannot be misused: the sources say so themselves."""

from __future__ import annotations

import ast
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


def imported() -> dict[str, set[str]]:
    """Top-level modules that are imported anywhere, each with the names of the files that do."""
    found: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for name in names:
                found.setdefault(name.partition(".")[0], set()).add(path.name)
    return found


def test_no_calendar_no_xml_no_mail_and_no_web_is_read_or_written() -> None:
    """What would parse them is imported nowhere. Sockets only reach the display and wake the window."""
    modules = imported()
    parsers = {"xml", "lxml", "defusedxml", "icalendar", "vobject", "recurring_ical_events", "dateutil"}
    network = {"smtplib", "imaplib", "email", "http", "requests", "httpx", "ftplib", "ssl", "caldav"}
    assert {name: modules[name] for name in (parsers | network) & modules.keys()} == {}
    assert modules["socket"] == {"termination.py", "platform_check.py"}
    assert modules_with("urlopen", "urllib.request", "QNetworkAccessManager", "QTcpSocket") == []
    assert modules_with("QtWebEngine", "setHtml", "QXmlStreamReader", "QDomDocument") == []
