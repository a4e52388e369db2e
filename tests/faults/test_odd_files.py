"""Files nobody would send on purpose: bombs, ways out of the folder, links, giants, tables in any shape."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.services.book_files import ImportOptions, import_files
from retainerdesk.services.invoices import pdf_name, render_invoice_pdf
from retainerdesk.services.rows import attach_file, new_document
from tests.cli.books import account, book, plan, retainer
from tests.faults import jobs
from tests.faults.figures import Figures
from tests.faults.loops import state
from tests.faults.test_clock import bill_on, make

NAMES = [
    "../../x", "/etc/x", "C:\\x", "..\\x", "CON", "nul.pdf", "trailing.", "trailing ", "x" * 300,
    "\u202efdp.exe",
    "-rf", "~root", "a/b", ".hidden", "new\nline", "%2e%2e%2fx", "file:x", "x:stream",
]  # fmt: skip
MIB = 1 << 20


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_no_name_of_an_attached_file_leads_out_of_the_folder(name: str, folder: Path) -> None:
    """The content is kept under its hash; the name stays a text."""
    jobs.make_owing(folder)
    source = folder / "in" / "source"
    source.write_bytes(name.encode("utf-8"))
    before = {path for path in folder.parent.rglob("*") if ".files" not in str(path)}
    with jobs.opened(folder) as store, store.writing() as uow:
        attach_file(uow, source, jobs.kept_in(folder), new_document("alfa", jobs.TODAY, name))
        uow.commit()
    kept = list(jobs.files_of(folder).iterdir())
    assert [path.read_bytes() for path in kept] == [name.encode("utf-8")]
    assert {path for path in folder.parent.rglob("*") if ".files" not in str(path)} == before


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_no_invoice_number_leads_out_of_the_folder(name: str) -> None:
    made = pdf_name(name)
    assert made == Path(made).name
    assert made.endswith(".pdf")
    assert not set(made) & set('/\\:*?"<>|\n')


def _peak_mib() -> int:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def archive(*members: tuple[str, bytes], link: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members:
            made.writestr(name, content)
        if link:
            entry = zipfile.ZipInfo(link)
            entry.external_attr = 0o120777 << 16
            made.writestr(entry, "/etc/passwd")
    return stream.getvalue()


GOOD = json.dumps(book()).encode()
SHA = "ab" * 32
ARCHIVES: dict[str, Callable[[], bytes]] = {
    "a bomb in a document": lambda: archive(("book.json", GOOD), (f"documents/{SHA}", bytes(200 * MIB))),
    "a bomb in the book": lambda: archive(("book.json", bytes(300 * MIB))),
    "a way up": lambda: archive(("book.json", GOOD), ("../evil", b"x")),
    "a way down": lambda: archive(("book.json", GOOD), ("/etc/evil", b"x")),
    "a drive": lambda: archive(("book.json", GOOD), ("C:\\evil", b"x")),
    "backslashes": lambda: archive(("book.json", GOOD), ("documents\\..\\..\\evil", b"x")),
    "a link": lambda: archive(("book.json", GOOD), link=f"documents/{SHA}"),
    "another content": lambda: archive(("book.json", GOOD), (f"documents/{SHA}", b"not that")),
    "half of it": lambda: archive(("book.json", GOOD * 50))[:-300],
    "no book": lambda: archive(("readme.txt", b"x")),
    "nothing": lambda: b"PK\x05\x06" + bytes(18),
    "noise": lambda: b"PK\x03\x04" + bytes(range(256)) * 8,
}


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=[pytest.mark.faults] if "bomb" in kind else []) for kind in ARCHIVES]
)
def test_a_hostile_archive_writes_nothing_outside_and_nothing_much_inside(
    kind: str, folder: Path, figures: Figures
) -> None:
    jobs.make_empty(folder)
    (folder / "in" / "book.zip").write_bytes(ARCHIVES[kind]())
    jobs.create(folder)
    outside = {path for path in folder.parent.rglob("*") if ".files" not in str(path)}
    with jobs.opened(folder) as store:
        try:
            refused = bool(import_files(
                store, jobs.kept_in(folder), [folder / "in" / "book.zip"], ImportOptions()
            ).value.refused)  # fmt: skip
        except (RuleViolation, EnvironmentProblem):
            refused = True
    assert refused
    assert {path for path in folder.parent.rglob("*") if ".files" not in str(path)} == outside
    written = sum(path.stat().st_size for path in jobs.files_of(folder).rglob("*"))
    assert written == 0
    figures.add("F92" if "bomb" in kind else "F93", f"an archive with {kind}", refused="1/1", bytes_written=0)


@pytest.mark.parametrize("job", ["export_json", "back_up", "print_invoices"])
def test_a_link_that_waits_at_the_target_is_replaced_and_not_followed(
    job: str, folder: Path, figures: Figures
) -> None:
    jobs.make_billed(folder)
    canary = folder / "canary"
    canary.write_text("sings")
    for name in ("book.json", "backup.book", "2026-0001.pdf"):
        (folder / "out" / name).symlink_to(canary)
    jobs.JOBS[job](folder)
    assert canary.read_text() == "sings"
    figures.add("F94", f"a link at the target of {job.replace('_', ' ')}", canaries_changed=0)


def test_giant_names_and_endless_lines_become_pages(folder: Path, figures: Figures) -> None:
    """A name of 10,000 characters and a note of 5,000 lines break into pages and do not break the PDF."""
    giant = account(
        "giant", retainer("r", "2026-01-01", plan("2026-01-01", "10.00")),
        notes=[{"at": "2026-01-02T10:00", "text": "line\n" * 5000}],
    )  # fmt: skip
    giant["name"] = "Ж" * 10_000
    giant["retainers"][0]["name"] = "word " * 400
    path = make(folder, giant)
    assert len(bill_on(path, jobs.TODAY)) == 2
    with jobs.opened(folder) as store, store.reading() as uow:
        pdf = render_invoice_pdf(uow, "2026-0001", jobs.kept_in(folder))
    assert pdf.count(b"/Type /Page") > 1
    figures.add("F98", "a name of 10,000 characters on an invoice", layout_errors=0)


HEAD = "User,Email,Client,Project,Description,Billable,Start date,Start time,End date,End time,Duration"
ROW = "Ada Nord,ada@x.example,Alfa,Web,Work,Yes,{day},10:00:00,{day},11:30:00,01:30:00"
LINES = [HEAD, *(ROW.format(day=f"2026-01-{day:02}") for day in (13, 14, 15))]
TEXT = "\r\n".join(LINES) + "\r\n"
SHAPES: dict[str, bytes] = {
    "plain": TEXT.encode(),
    "with a byte order mark": b"\xef\xbb\xbf" + TEXT.encode(),
    "UTF-16": TEXT.encode("utf-16"),
    "semicolons": TEXT.replace(",", ";").encode(),
    "tabs": TEXT.replace(",", "\t").encode(),
    "only line feeds": TEXT.replace("\r\n", "\n").encode(),
    "in quotes": "\r\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in LINES).encode(),
    "no last line end": TEXT.rstrip().encode(),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_time_export_in_any_shape_gives_the_same_three_rows(
    shape: str, folder: Path, figures: Figures
) -> None:
    jobs.make_owing(folder)
    (folder / "in" / "time.csv").write_bytes(SHAPES[shape])
    with jobs.opened(folder) as store:
        options = ImportOptions(create=True)
        report = import_files(store, jobs.kept_in(folder), [folder / "in" / "time.csv"], options).value
        again = import_files(store, jobs.kept_in(folder), [folder / "in" / "time.csv"], options).value
    assert (report.added, report.refused) == (3, ())
    assert again.added == 0
    figures.add("F99", f"a time export {shape}", rows="3/3", doubled=0)


@pytest.mark.parametrize("content", [b"", b"\x00" * 4096, b"a,b\n1", TEXT.encode()[:150], os.urandom(4096)])
def test_what_is_no_time_export_is_refused_and_changes_nothing(content: bytes, folder: Path) -> None:
    jobs.make_owing(folder)
    before = state(folder)["my.book"]
    (folder / "in" / "time.csv").write_bytes(content)
    with jobs.opened(folder) as store:
        try:
            report = import_files(
                store, jobs.kept_in(folder), [folder / "in" / "time.csv"], ImportOptions()
            ).value
            assert report.refused
            assert report.added == 0
        except RuleViolation:
            pass
    assert state(folder)["my.book"] == before
