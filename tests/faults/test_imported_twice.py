"""The same rows again, overlapping spans, rows without ids, true twins: doubled 0, lost 0."""

from __future__ import annotations

import json
from pathlib import Path

from retainerdesk.services.book_files import ImportOptions, ImportReport, export_book, import_files
from retainerdesk.store.repositories.books import load_account_file
from tests.cli.books import account, book, plan, retainer
from tests.faults import jobs
from tests.faults.figures import Figures
from tests.faults.test_odd_files import HEAD, ROW

DAYS = tuple(range(5, 26))
TWIN = 12
IMPORTED_MINUTES = 90


def export_of(days: tuple[int, ...]) -> str:
    """A time export of one entry a day and two equal ones on the twelfth."""
    rows = [ROW.format(day=f"2026-01-{day:02}") for day in days for _ in range(2 if day == TWIN else 1)]
    return "\r\n".join([HEAD, *rows]) + "\r\n"


def take(folder: Path, name: str, content: str) -> ImportReport:
    source = folder / "in" / name
    source.write_text(content, encoding="utf-8")
    with jobs.opened(folder) as store:
        options = ImportOptions(create=True)
        return import_files(store, jobs.kept_in(folder), [source], options).value


def entries(folder: Path) -> list[str]:
    with jobs.opened(folder) as store, store.reading() as uow:
        work = load_account_file(uow, "alfa").work
    return sorted(str(entry.on) for entry in work if entry.minutes == IMPORTED_MINUTES)


def test_overlapping_time_exports_leave_each_entry_once_and_true_twins_twice(
    folder: Path, figures: Figures
) -> None:
    """5 to 15, then 10 to 20, then 15 to 25, then all of it: 21 days and one twin are 22 entries."""
    jobs.make_owing(folder)
    spans = (DAYS[:11], DAYS[5:16], DAYS[10:], DAYS, DAYS[::-1])
    reports = [take(folder, f"{number}.csv", export_of(days)) for number, days in enumerate(spans)]
    assert [report.added for report in reports] == [12, 5, 5, 0, 0]
    assert not [report.refused for report in reports if report.refused]
    found = entries(folder)
    assert len(found) == len(DAYS) + 1
    assert found.count("2026-01-12") == 2
    figures.add(
        "F51", "time exports of overlapping spans",
        files=len(spans), doubled=0, lost=0, true_twins_kept="2/2",
    )  # fmt: skip


def rows_without_ids(days: tuple[int, ...]) -> str:
    """A book file with rows that have no ids, and two equal ones of each kind on the twelfth."""
    twice = [day for day in days for _ in range(2 if day == TWIN else 1)]
    made = account(
        "alfa", retainer("advisory", "2026-01-01", plan("2026-01-01", "10.00")),
        work=[{"on": f"2026-01-{day:02}", "minutes": 60, "person": "ada", "kind": "delivery",
               "retainer": "advisory", "text": "Work"} for day in twice],
        notes=[{"at": f"2026-01-{day:02}T10:00", "text": "Note"} for day in twice],
        expenses=[{"on": f"2026-01-{day:02}", "amount": "5.00", "text": "Ferry", "rebill": False}
                  for day in twice],
        payments=[{"on": f"2026-01-{day:02}", "amount": "7.00", "text": "Cash"} for day in twice],
    )  # fmt: skip
    return json.dumps(book(made))


def test_book_files_without_ids_merge_in_any_overlap_and_keep_true_twins(
    folder: Path, figures: Figures
) -> None:
    jobs.make_empty(folder)
    jobs.create(folder)
    spans = (DAYS[:11], DAYS[5:16], DAYS[10:], DAYS, DAYS)
    for number, days in enumerate(spans):
        report = take(folder, f"{number}.json", rows_without_ids(days))
        assert report.refused == ()
    with jobs.opened(folder) as store, store.reading() as uow:
        kept = load_account_file(uow, "alfa")
    for rows in (kept.work, kept.notes, kept.expenses, kept.payments):
        assert len(rows) == len(DAYS) + 1
    figures.add(
        "F51", "book files with rows without ids, of overlapping spans",
        files=len(spans), lists=4, doubled=0, lost=0, true_twins_kept="2/2 in each",
    )  # fmt: skip


def test_a_whole_book_taken_in_again_and_from_its_own_export_adds_nothing(
    folder: Path, figures: Figures
) -> None:
    jobs.make_billed(folder)
    with jobs.opened(folder) as store:
        for name in ("book.json", "book.zip"):
            export_book(store, jobs.kept_in(folder), folder / "out" / name)
        for name in ("book.json", "book.zip", "book.json"):
            options = ImportOptions(update=True)
            report = import_files(store, jobs.kept_in(folder), [folder / "out" / name], options).value
            assert (report.added, report.changed, report.refused) == (0, 0, ())
    figures.add("F51", "a whole book and its own exports taken in again", files=3, added=0, changed=0)
