"""A PDF that a kill kept from being written is made again from the stored document, the same to the byte."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.faults import jobs
from tests.faults.figures import ALL, SAMPLE, Figures
from tests.faults.invariants import pdf_hashes
from tests.faults.loops import content
from tests.faults.nursery import Nursery

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace kills at the calls")
INVOICES = 5


def pdfs_in(folder: Path) -> dict[str, str]:
    """A digest of each PDF in the folder of exports, by its number."""
    return {path.stem: content(path) for path in sorted((folder / "out").glob("*.pdf"))}


def as_stored(folder: Path) -> dict[str, str]:
    """The digest of each document as it is rendered from the book."""
    with jobs.opened(folder) as store:
        return pdf_hashes(store)


@pytest.mark.parametrize(
    ("call", "depth"),
    [
        ("rename", SAMPLE),
        *(
            pytest.param(call, ALL, marks=[pytest.mark.faults, pytest.mark.timeout(600)])
            for call in ("rename", "write", "fsync")
        ),
    ],
)
def test_killed_between_the_commit_and_the_pdf_the_same_pdf_is_made_again(
    call: str, depth: str, tmp_path: Path, nursery: Nursery, figures: Figures
) -> None:
    """Killed at each call of an invoice run with its PDFs: what is there is whole, the rest is made."""
    logs, template, whole = (tmp_path / name for name in ("logs", "template", "whole"))
    logs.mkdir()
    jobs.make_owing(template)
    shutil.copytree(template, whole)
    assert nursery.run("bill_and_print", whole).code == 0
    wanted = pdfs_in(whole)
    assert as_stored(whole) == wanted
    assert len(wanted) == INVOICES
    kills = without_pdf = made_again = 0
    with Nursery(logs, f"{call}:signal=KILL") as breaking:
        for k in range(1, 4 if depth == SAMPLE else 500):
            folder = tmp_path / f"{k}"
            shutil.copytree(template, folder)
            if not breaking.run("bill_and_print", folder, call=k).was_hit:
                break
            kills += 1
            there, stored = pdfs_in(folder), as_stored(folder)
            assert there.items() <= wanted.items()
            assert there.keys() <= stored.keys()
            assert stored.items() <= wanted.items()
            without_pdf += len(stored) - len(there)
            assert nursery.run("bill_and_print", folder).code == 0
            assert pdfs_in(folder) == wanted
            made_again += len(wanted)
            shutil.rmtree(folder)
    assert kills
    if depth == ALL:
        figures.add(
            "F03", f"killed at each {call} of a run with its PDFs", kills=kills,
            invoices_without_their_pdf=without_pdf, pdfs_identical=f"{made_again}/{kills * INVOICES}",
        )  # fmt: skip
