"""In every language of the machine: what a field shows it reads back, and the book has the same bytes.

Dates and numbers are kept without a locale; only the screen writes them in one.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.fields.inputs import DateField, DecimalField, DurationField, MoneyField
from retainerdesk.desktop.formatting import money, number
from retainerdesk.domain.money import Money
from tests.faults.figures import Figures
from tests.faults.test_clock import FAKETIME, needs_faketime

LOCALES = ("de_DE", "de_CH", "fr_FR", "ar_EG", "tr_TR", "th_TH", "fa_IR", "en_IN")
ROOT = Path(__file__).parents[2]
DAYS = [date(2026, 1, 1), date(2026, 3, 31), date(2028, 2, 29), date(2026, 12, 9)]
AMOUNTS = [
    Money(0, "EUR"), Money(5, "EUR"), Money(123456789, "EUR"), Money(-1250, "EUR"), Money(5000, "JPY"),
    Money(1250, "BHD"), Money(123456, "CHF"),
]  # fmt: skip
NUMBERS = [Decimal("0.5"), Decimal(1250), Decimal("-3.25"), Decimal("1234567.891"), Decimal(100)]
MINUTES = [0, 5, 60, 90, 1439]
# The program three times in one process: fill, bill, export; then the pages of what was issued.
WORK = """
import hashlib, sys
from retainerdesk.__main__ import main

def run(*arguments):
    assert main(["--book", "my.book", "--as-of", "2026-11-22", *arguments]) == 0

run("sample")
run("bill")
for number in ("2026-0073", "2026-0077"):
    run("invoice", number, "--pdf", f"{number}.pdf")
run("export", "book.json")
"""


@pytest.fixture(params=LOCALES)
def locale(request: pytest.FixtureRequest) -> Iterator[str]:
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


def test_each_field_reads_what_it_shows(locale: str, qtbot: QtBot, figures: Figures) -> None:
    """Set, read as text, typed into another field, read as a value."""
    days, amounts = [DateField(), DateField()], [MoneyField(), MoneyField()]
    numbers, durations = [DecimalField(), DecimalField()], [DurationField(), DurationField()]
    for field in (*days, *amounts, *numbers, *durations):
        qtbot.addWidget(field)
    for day in DAYS:
        days[0].set_day(day)
        days[1].lineEdit().setText(days[0].text())
        days[1].interpretText()
        assert days[1].day == day, days[0].text()
    for amount in AMOUNTS:
        for field in amounts:
            field.set_currency(amount.currency)
        amounts[0].set_money(amount)
        amounts[1].setText(amounts[0].text())
        assert amounts[1].money("amount") == amount
        # As the lists and headings write it, without its currency.
        shown = "".join(char for char in money(amount) if not char.isalpha() and char not in "€¥").strip()
        amounts[1].setText(shown)
        assert amounts[1].money("amount") == amount
    for value in NUMBERS:
        numbers[0].set_decimal(value)
        for text in (numbers[0].text(), number(value, 3)):
            numbers[1].setText(text)
            assert numbers[1].decimal("number") == value
    for minutes in MINUTES:
        durations[0].set_minutes(minutes)
        durations[1].setText(durations[0].text())
        assert durations[1].minutes("minutes") == minutes
    values = len(DAYS) + 2 * len(AMOUNTS) + 2 * len(NUMBERS) + len(MINUTES)
    figures.add("F114", f"fields in {locale}", values=values, read_otherwise=0)


def made_in(name: str, folder: Path) -> dict[str, str]:
    """A digest of each file that a run of the sample business writes on a machine of that locale."""
    folder.mkdir()
    # The moment is part of the audit chain, and its head of each invoice.
    still = {"LD_PRELOAD": str(FAKETIME), "FAKETIME": "2026-11-22 10:00:00", "TZ": "UTC"}
    names = {"LC_ALL": f"{name}.UTF-8", "LANG": f"{name}.UTF-8", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", WORK], cwd=folder, env={**os.environ, **names, **still},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    files = [folder / "book.json", *folder.glob("*.pdf")]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@needs_faketime
@pytest.mark.timeout(600)
def test_the_sample_business_is_billed_and_exported_to_the_same_bytes_everywhere(
    tmp_path: Path, figures: Figures
) -> None:
    wanted = made_in("C", tmp_path / "C")
    assert len(wanted) == 3
    for name in LOCALES:
        assert made_in(name, tmp_path / name) == wanted, name
    figures.add("F114", f"the sample business in {len(LOCALES)} locales", books_and_pdfs_that_differ=0)
