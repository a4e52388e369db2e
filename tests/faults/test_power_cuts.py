"""The power goes, at every step of every job: what was said to be done is there, and nothing is malformed.

A job runs once under strace, which notes every write, flush, name and promise in order. `power` then plays
the disk: what was flushed is there, of the rest nothing or any sectors and names. The control plays a disk
that lies about flushing, which is what `synchronous = OFF` makes of an honest one; it has to be caught.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.faults.figures import ALL, SAMPLE, Figures
from tests.faults.nursery import Nursery
from tests.faults.power import Disk, by_chance, everything, nothing_more
from tests.faults.power_loop import Cuts, PowerLoop
from tests.faults.system_calls import Step

needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace notes the calls")
EVERY_STEP = [pytest.mark.faults, pytest.mark.timeout(1800)]
JOBS = (
    "bill", "bill_by_drafts", "import_archive", "attach", "print_invoices", "export_json", "export_zip",
    "back_up", "restore", "create", "migrate_to_next", "close_month", "send_letters",
)  # fmt: skip


@needs_strace
@pytest.mark.parametrize(
    ("job", "depth"),
    [("attach", SAMPLE), *(pytest.param(job, ALL, marks=EVERY_STEP) for job in JOBS)],
)
def test_a_power_cut_at_any_step_loses_nothing_that_was_acknowledged(
    job: str, depth: str, tmp_path: Path, nursery: Nursery, figures: Figures
) -> None:
    cuts = PowerLoop(job, tmp_path, nursery).run(Cuts(), depth)
    assert cuts.lost == []
    assert cuts.malformed == []
    assert cuts.acknowledged
    if depth == ALL:
        figures.add(
            "F04/F05", f"power cut at each step of {job.replace('_', ' ')}",
            cuts=cuts.tried, acknowledged_but_lost=0, malformed=0,
        )  # fmt: skip


@needs_strace
@pytest.mark.faults
@pytest.mark.timeout(1800)
def test_a_disk_that_lies_about_flushing_is_caught_by_the_power_cuts(
    tmp_path: Path, nursery: Nursery, figures: Figures
) -> None:
    """Without flushes most cuts after a promise lose invoices, or tear the book."""
    cuts = PowerLoop("bill", tmp_path, nursery, flushes=False).run(Cuts(), SAMPLE)
    bad = {sentence.split(":")[0] for sentence in (*cuts.lost, *cuts.malformed)}
    assert len(bad) * 2 > cuts.tried, "the harness does not see what it is there to see"
    assert any("is gone" in sentence for sentence in cuts.lost)
    figures.add(
        "F04/F05", "control: power cuts without flushes", cuts=cuts.tried,
        lost=len({each.split(":")[0] for each in cuts.lost}),
        malformed=len({each.split(":")[0] for each in cuts.malformed}),
    )  # fmt: skip


def written(template: Path, *steps: Step) -> Disk:
    disk = Disk(template)
    for step in steps:
        disk.do(step)
    return disk


def test_a_power_cut_keeps_what_was_flushed_and_may_tear_what_was_not(tmp_path: Path) -> None:
    """1,024 bytes over 2 sectors: flushed they stay; those after the flush come back by sectors, or not."""
    template = tmp_path / "template"
    template.mkdir()
    (template / "a").write_bytes(b"0" * 1024)
    flushed = Step("write", 1, "a", 0, b"1" * 1024)
    disk = written(template, flushed, Step("sync", 1, "a"), Step("write", 1, "a", 0, b"2" * 1024))
    disk.put(tmp_path / "found", nothing_more)
    assert (tmp_path / "found" / "a").read_bytes() == b"1" * 1024
    found = set()
    for seed in range(40):
        disk.put(tmp_path / "found", by_chance(seed))
        found.add((tmp_path / "found" / "a").read_bytes())
    assert found == {one * 512 + other * 512 for one in (b"1", b"2") for other in (b"1", b"2")}


def test_a_power_cut_forgets_a_name_whose_folder_was_not_flushed(tmp_path: Path) -> None:
    template = tmp_path / "template"
    template.mkdir()
    (template / "a").write_bytes(b"old")
    steps = [
        Step("make", 2, "b"), Step("write", 2, "b", 0, b"new"), Step("sync", 2, "b"),
        Step("name", 2, "a", old="b"),
    ]  # fmt: skip
    disk = written(template, *steps)
    disk.put(tmp_path / "found", nothing_more)
    assert {path.name: path.read_bytes() for path in (tmp_path / "found").iterdir()} == {"a": b"old"}
    disk.do(Step("sync folder"))
    disk.put(tmp_path / "found", nothing_more)
    assert {path.name: path.read_bytes() for path in (tmp_path / "found").iterdir()} == {"a": b"new"}
    written(template, *steps).put(tmp_path / "found", everything)
    assert {path.name: path.read_bytes() for path in (tmp_path / "found").iterdir()} == {"a": b"new"}
