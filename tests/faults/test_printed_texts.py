"""What people type stands on every printed page to the letter; nothing of it is obeyed, and no box is drawn.

Six kinds of documents, read back by pdfium. What no font can draw is named before an invoice is issued.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import unicodedata
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from retainerdesk.documents.characters import character_name, obstacles
from retainerdesk.documents.fonts import load_typeface
from retainerdesk.services.book_files import ImportOptions, import_files
from retainerdesk.services.invoices import render_invoice_pdf, unprintable_in
from retainerdesk.services.issue_invoices import IssueCommand, issue_invoices, preview_invoices
from tests.cli.books import account, book, plan, retainer
from tests.documents.samples import FONTS, squeezed, text_of
from tests.faults import jobs
from tests.faults.figures import ALL, SAMPLE, Figures, depths
from tests.faults.naughty import KEPT
from tests.faults.printed import PRINTED, between, composed, missing_glyphs

# The last ones are longer than a page; `giant_names` prints those.
TEXTS = KEPT[:-7]
PAYLOADS = (
    "<img src='/etc/hostname'/>", '<img src="file:///etc/hostname" width="9" height="9"/>',
    "<img src='http://127.0.0.1:9/x.png'/>", "<a href='http://127.0.0.1:9/'>x</a>",
    "<font color=\"[[[getattr(pow,'x') for Word in [1]] for y in [1]] and 'red'\">x</font>",
    "<onDraw name='x' label='y'/>", "<unichar code='0x41'/>", "<seq id='x'/>", "<b>x",
    "<para color=red>x</para>",
)  # fmt: skip
ROOT = Path(__file__).parents[2]
BEGIN, END = "/nowhere/begin", "/nowhere/end"
PRINT = f"""
import os, sys
from tests.faults.printed import PRINTED
from tests.faults.test_printed_texts import PAYLOADS, TEXTS

def printed(texts):
    for text in texts:
        for make, _ in PRINTED.values():
            assert make(text)

def mark(place):
    try:
        os.open(place, os.O_RDONLY)
    except FileNotFoundError:
        return

printed(["Łódź 株"])
mark("{BEGIN}")
printed((*PAYLOADS, *TEXTS[:: int(sys.argv[1])]))
mark("{END}")
"""


def drawable() -> frozenset[str]:
    return load_typeface(FONTS).drawable


@depths
def test_every_text_stands_on_every_kind_of_page_as_it_was_typed(depth: str, figures: Figures) -> None:
    """What stands between the marks of a field is the text, but for characters that are named."""
    texts = (*PAYLOADS, *(TEXTS[::30] if depth == SAMPLE else TEXTS))
    known, fields, whole = drawable(), 0, 0
    for text in texts:
        named = obstacles(text, known)
        whole += not named
        for name, (make, printed_fields) in PRINTED.items():
            pdf = make(text)
            assert missing_glyphs(pdf) == 0, (name, ascii(text))
            page = text_of(pdf)
            for field in printed_fields:
                found = between(field, page)
                assert named or found == composed(text), (name, field, ascii(text))
                assert set(composed(text)) - set(found) <= set(named), (name, field, ascii(text))
                fields += 1
    if depth == ALL:
        figures.add(
            "F89", f"hostile texts in the fields of {len(PRINTED)} kinds of documents",
            texts=len(texts), fields=fields, as_typed=whole, the_others_named=len(texts) - whole, notdef=0,
        )  # fmt: skip


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace sees what is opened")
@depths
def test_no_text_makes_the_printing_open_a_file_or_a_connection(
    depth: str, tmp_path: Path, figures: Figures
) -> None:
    """Once the fonts are loaded, nothing is opened at all between the marks, and nobody is called."""
    log, step = tmp_path / "log", 30 if depth == SAMPLE else 1
    watched = "trace=open,openat,openat2,creat,socket,connect,sendto,execve,clone,fork,vfork"
    done = subprocess.run(
        ["strace", "-f", "-qq", "-o", str(log), "-e", watched, sys.executable, "-c", PRINT, str(step)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    calls = log.read_text(encoding="utf-8", errors="replace").splitlines()
    first, last = (next(n for n, call in enumerate(calls) if mark in call) for mark in (BEGIN, END))
    assert first > 100
    assert calls[first + 1 : last] == []
    texts = len(PAYLOADS) + len(TEXTS[::step])
    if depth == ALL:
        figures.add("F89", "the same under strace", texts=texts, files_read=0, outbound=0)


def test_a_box_that_a_font_draws_for_what_it_lacks_is_counted() -> None:
    """The control: reportlab is given 株 with a font that does not have it."""
    load_typeface(FONTS)
    target = BytesIO()
    canvas = Canvas(target)
    canvas.setFont(str(FONTS.regular), 12)
    canvas.drawString(100, 100, "A株B")
    canvas.save()
    assert missing_glyphs(target.getvalue()) == 1


@depths
def test_an_issued_invoice_has_no_box_and_what_it_lacks_was_named_before(
    depth: str, folder: Path, figures: Figures
) -> None:
    """An account for each hostile name; warned of before the run, then issued and printed from the book."""
    names = [name for name in (TEXTS[::30] if depth == SAMPLE else TEXTS) if composed(name)]
    agreed = retainer("r", "2026-02-01", plan("2026-02-01", "1.00"))
    clients = (account(f"a{n}", agreed) | {"name": f"x{name}x"} for n, name in enumerate(names))
    document = book(*clients)
    jobs.make_empty(folder)
    source = folder / "in" / "book.json"
    source.write_text(json.dumps(document), encoding="utf-8")
    with jobs.opened(folder, create=True) as store:
        refused = import_files(store, jobs.kept_in(folder), [source], ImportOptions()).value.refused
        assert refused == ()
        with store.reading() as uow:
            run = preview_invoices(uow, jobs.TODAY, jobs.TODAY)
            told = "\n".join(unprintable_in(uow, run.proposals, jobs.kept_in(folder), jobs.TODAY))
        issued = issue_invoices(store, IssueCommand(run.proposals, jobs.TODAY), jobs.TODAY).value.issued
        warned = 0
        with store.reading() as uow:
            for invoice in issued:
                pdf = render_invoice_pdf(uow, invoice.number, jobs.kept_in(folder))
                assert missing_glyphs(pdf) == 0, ascii(invoice.buyer.name)
                bad = obstacles(unicodedata.normalize("NFC", invoice.buyer.name), drawable())
                warned += bool(bad)
                assert all(f"{invoice.buyer.name}: {character_name(char)} in name" in told for char in bad)
                assert bad or composed(invoice.buyer.name) in squeezed(text_of(pdf))
    assert len(issued) == len(names)
    if depth == ALL:
        figures.add(
            "F90", "an invoice to each hostile name", issued=len(issued), warned_of_before=warned,
            missing_glyphs=0, not_warned_of=0,
        )  # fmt: skip
