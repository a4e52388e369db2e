"""Names that reach for other folders, filters or the log: in archives, number patterns, searches, entries."""

from __future__ import annotations

import json
import logging
import zipfile
from dataclasses import replace
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from retainerdesk.desktop.fuzzy import score
from retainerdesk.desktop.models.account_groups import matches
from retainerdesk.domain.account import Series
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.numbering import check_format
from retainerdesk.services.account_list import load_account_list
from retainerdesk.services.book_files import export_book
from retainerdesk.services.rows import attach_file, new_document
from retainerdesk.system.log_setup import LOG_NAME, MAX_BYTES, OLD_FILES, set_up_log
from tests.faults import jobs
from tests.faults.figures import Figures
from tests.faults.test_odd_files import NAMES

SEARCHES = (
    "%", "_", '"', "*", "NEAR", "a NEAR/2 b", "\x00", "'", "\\", "--", ";", "(", "[a-z]", ".*", "a OR b",
    "%%", "^$", "{0}", "%s", "\u202e", "\u200b", "ﬁ", "Ｆｕｌｌ", "İ", "ß", "𝒜", "שלום", "e\u0301",
    "👩\u200d👩\u200d👧",
)  # fmt: skip


def test_no_member_of_an_exported_archive_leads_out_of_its_folder(folder: Path, figures: Figures) -> None:
    jobs.make_billed(folder)
    with jobs.opened(folder) as store, store.writing() as uow:
        for number, name in enumerate(NAMES):
            source = folder / "in" / f"source-{number}"
            source.write_bytes(name.encode())
            attach_file(uow, source, jobs.kept_in(folder), new_document("alfa", jobs.TODAY, name))
        uow.commit()
    with jobs.opened(folder) as store:
        export_book(store, jobs.kept_in(folder), folder / "out" / "book.zip")
    with zipfile.ZipFile(folder / "out" / "book.zip") as archive:
        members = archive.namelist()
    escapes = [name for name in members if leads_out(name)]
    assert len(members) > len(NAMES)
    assert escapes == []
    figures.add("F84", "hostile names of attached files in an exported archive", names=len(NAMES), escapes=0)


def leads_out(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return (
        name.startswith("/") or ".." in parts or "\\" in name or bool(PureWindowsPath(name).drive)
        or not name.isprintable() or any(len(part.encode()) > 255 for part in parts)
    )  # fmt: skip


PATTERNS = (
    "../{number}", "/etc/{number}", "C:\\{number}", "..\\{number}", "{number}/x", "{number}\x00",
    "{number}\n", "{number:99999999}", "{number:0999}", "{number!r}", "{number.__class__}", "{0}", "{}",
    "{number}{number}", "{number", "number}", "{year}", "\u202e{number}", "x" * 300 + "{number}",
    " {number}", "{os}-{number}",
    "{number:>99}", "{number}?", "{number}*", "{number}|", "{number}<", '{number}"',
)  # fmt: skip


def test_no_pattern_of_numbers_leads_out_of_a_folder_or_runs_anything(figures: Figures) -> None:
    accepted = []
    for pattern in PATTERNS:
        try:
            check_format(Series("invoice", pattern))
            accepted.append(pattern)
        except RuleViolation:
            continue
    assert accepted == []
    figures.add("F101", "patterns of numbers from the settings", patterns=len(PATTERNS), outside=0)


@pytest.mark.parametrize("typed", SEARCHES, ids=ascii)
def test_whatever_is_typed_into_a_filter_finds_the_name_that_holds_it_and_no_other(
    typed: str, folder: Path, figures: Figures
) -> None:
    jobs.make_owing(folder)
    with jobs.opened(folder) as store, store.reading() as uow:
        plain = load_account_list(uow, jobs.TODAY)[0]
    named = replace(plain, name=f"Zz {typed} zz")
    other = replace(plain, name="Qqq", id="qqq", contacts=())
    assert matches(named, typed)
    blank = not "".join(letter for letter in typed if letter not in "\u202e\u200b")
    assert matches(other, typed) == blank
    score(typed, named.name)
    figures.add("F100", f"{typed!a} typed into a filter", found="1/1", others=int(blank))


def test_names_are_found_by_their_plain_letters(folder: Path) -> None:
    """Full-width, ligature, decomposed, and with marks nobody sees inside."""
    jobs.make_owing(folder)
    with jobs.opened(folder) as store, store.reading() as uow:
        plain = load_account_list(uow, jobs.TODAY)[0]
    for stored, typed in (
        ("Ａｃｍｅ", "acme"), ("ﬁnance", "fin"), ("Cafe\u0301", "café"), ("Ac\u200bme", "acme"),
        ("\u202eAcme", "acme"), ("STRASSE", "straße"),
    ):  # fmt: skip
        assert matches(replace(plain, name=stored), typed), ascii(stored)


def test_what_clients_are_called_is_never_logged_and_the_log_stays_small(
    folder: Path, tmp_path: Path, figures: Figures
) -> None:
    """Billing, printing, attaching, exporting, a refused import at INFO; then 10,000 entries."""
    canaries = ["Canary-Name-7f3", "canary.person@example.net", "DE89370400440532013000", "Canary-Note-9b1"]
    jobs.make_owing(folder)
    document = json.loads((folder / "in" / "book.json").read_text())
    for account in document["accounts"]:
        account["name"] = canaries[0]
        account["notes"] = [{"at": "2026-01-02T10:00", "text": canaries[3]}]
        account["contacts"] = [{"id": "jo", "name": canaries[0], "email": canaries[1]}]
    place = folder / "canary"
    jobs.make_empty(place)
    (place / "in" / "book.json").write_text(json.dumps(document))
    (place / "in" / "agreement.bin").write_bytes(b"x")
    handler = set_up_log(tmp_path / "logs")
    log = logging.getLogger("retainerdesk")
    try:
        jobs.create(place)
        for job in (jobs.import_json, jobs.bill_and_print, jobs.attach, jobs.export_json, jobs.export_zip):
            job(place)
        for number in range(10_000):
            log.info("entry %d of %s, paid from %s", number, canaries[1], canaries[2])
    finally:
        log.removeHandler(handler)
        handler.close()
    files = list((tmp_path / "logs").iterdir())
    written = "".join(path.read_text(encoding="utf-8") for path in files)
    assert LOG_NAME in {path.name for path in files}
    found = [canary for canary in canaries if canary in written]
    size = sum(path.stat().st_size for path in files)
    assert found == []
    assert size <= (OLD_FILES + 1) * MAX_BYTES
    figures.add("F112", "10,000 log entries and six jobs", MiB=f"{size / 2**20:.1f}", canaries_found=0)
