"""Statements of account, letters of dunning and goodwill statements, read back from the page."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from retainerdesk.documents.dunning_pdf import DunningLetter, render_dunning
from retainerdesk.documents.goodwill_pdf import render_goodwill
from retainerdesk.documents.layout import InvoiceLayout
from retainerdesk.documents.statement_pdf import render_statement
from retainerdesk.domain.dunning import DunningStep
from retainerdesk.domain.dunning_words import LetterWords
from retainerdesk.domain.goodwill import GoodwillKind
from retainerdesk.domain.money import Money
from tests.documents.letters import dunning, goodwill, statement
from tests.documents.samples import BUYER, FONTS, PLAIN, SELLER, pages_of, squeezed, text_of

ON = date(2025, 9, 30)
LOCALES = ["en_GB", "de_DE", "fr_FR", "es_ES"]


def told(**changes: object) -> str:
    return text_of(render_statement(replace(statement(), **changes), SELLER, BUYER, ON, PLAIN))  # type: ignore[arg-type]


def test_a_statement_runs_from_opening_to_closing_balance() -> None:
    text = told()
    for said in (
        "Statement of account",
        "1 Jul – 30 Sept 2025",
        "Balance before 1 July 2025 €1,190.00",
        "10 Jul 2025 Invoice 2025-0031 24 Jul 2025 €3,450.00 €4,640.00",
        "12 Jul 2025 Payment SEPA & <b>transfer</b> −€1,190.00 €3,450.00",
        "1 Sept 2025 Written off, 2025-0032 −€100.00 €4,250.00",
        "30 Sept 2025 Payment SEPA & <b>transfer</b> −€50.00 €4,200.00",
        "Balance on 30 September 2025 €4,200.00",
    ):
        assert said in text


def test_it_ages_what_is_open_and_tells_credit_not_used() -> None:
    """30 September: 800.00 due 24 August is 37 days late, 3,450.00 due 24 July 68 days; 50.00 unallocated."""
    text = told()
    assert "not due 1 to 30 31 to 60 61 to 90 over 90 Total" in text
    assert "€0.00 €0.00 €800.00 €3,450.00 €0.00 €4,250.00" in text
    assert "Credit not used yet: €50.00" in text


def test_a_balance_below_zero_is_in_the_accounts_favour() -> None:
    assert "In your favour on 30 September 2025 €12.00" in told(closing=Money(-1200, "EUR"))


def test_a_long_statement_goes_on_overleaf_with_its_head_and_loses_nothing() -> None:
    pages = pages_of(render_statement(statement(90), SELLER, BUYER, ON, PLAIN))
    assert len(pages) > 3
    assert sum(page.count("Invoice 2025-1") for page in pages) == 90
    assert all("Balance" in page for page in pages)
    assert sum(page.count("Entry") for page in pages) >= len(pages) - 1


def test_a_second_notice_adds_interest_and_the_fixed_sum_with_the_law_behind_them() -> None:
    """2,450.00 + 800.00 + 31.06 + 24.82 + 40.00 = 3,345.88; to be paid within 10 days."""
    text = text_of(render_dunning(dunning(), SELLER, BUYER, ON, PLAIN))
    for said in (
        "Second notice of late payment",
        "2025-0031 24 Jul 2025 68 €2,450.00",
        "2025-0032 24 Aug 2025 37 €800.00",
        "Interest at 10.27% for 32 days, 25 Jul – 25 Aug 2025, on €3,450.00 €31.06",
        "Interest at 10.27% for 36 days, 26 Aug – 30 Sept 2025, on €2,450.00 €24.82",
        "Fixed sum for late payment €40.00",
        "To pay €3,345.88",
        "10 October 2025",
        "DE89 3704 0044 0532 0130 00",
        "§ 288 Abs. 2 und 5 BGB",
    ):
        assert said in text


def test_interest_that_was_agreed_names_its_rate_and_the_law_of_the_fixed_sum() -> None:
    """12.5 %: 32 days on 3,450.00 are 37.8082…, 36 days on 2,450.00 are 30.2054…; 68.01 together, and
    2,450.00 + 800.00 + 68.01 + 40.00 = 3,358.01."""
    text = text_of(render_dunning(dunning(agreed_bps=1250), SELLER, BUYER, ON, PLAIN))
    for said in (
        "Interest at 12.5% for 32 days, 25 Jul – 25 Aug 2025, on €3,450.00 €37.81",
        "Interest at 12.5% for 36 days, 26 Aug – 30 Sept 2025, on €2,450.00 €30.20",
        "To pay €3,358.01",
        "Interest as agreed: 12.5% a year.",
        "Fixed sum by law: § 288 Abs. 2 und 5 BGB.",
    ):
        assert said in text
    assert "Reference rate" not in text


def test_a_reminder_asks_for_the_open_amount_only() -> None:
    text = text_of(render_dunning(dunning(0), SELLER, BUYER, ON, PLAIN))
    assert "€3,250.00 was due on 24 July 2025. Please pay by 7 October 2025." in text
    for unsaid in ("Interest", "Fixed sum", "§ 288"):
        assert unsaid not in text


def test_own_letters_are_filled_in_and_never_parsed() -> None:
    words = LetterWords("Notice for {name}", "<b>{number}</b>: {days} days\n\nSecond paragraph")
    step = DunningStep("own", 5, words={"en": words})
    buyer = replace(BUYER, name="{amount} & <Ltd>")
    text = text_of(render_dunning(replace(dunning(), step=step), SELLER, buyer, ON, PLAIN))
    assert "Notice for {amount} & <Ltd>" in text
    assert "<b>2025-0031, 2025-0032</b>: 68 days\nSecond paragraph" in text


def test_a_letter_about_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one invoice"):
        render_dunning(DunningLetter(dunning().step, ()), SELLER, BUYER, ON, PLAIN)


def test_a_goodwill_statement_lists_what_was_given_and_asks_for_nothing() -> None:
    text = text_of(render_goodwill(goodwill(), SELLER, BUYER, ON, PLAIN))
    for said in (
        "Goodwill statement",
        "1–31 Jul 2025 Hours over the allowance 3 h €450.00",
        "4 Aug 2025 Time written down",
        "A slow <b>start</b>",
        "9 Sept 2025 Work out of scope",
        "Slides for the board",
        "Given without charge 4 h 10 €625.00",
        "Nothing of this is to be paid.",
    ):
        assert said in text


def test_without_values_there_is_time_and_without_items_a_sentence() -> None:
    text = text_of(render_goodwill(goodwill(valued=False), SELLER, BUYER, ON, PLAIN))
    assert "Given without charge 4 h 10" in text
    assert "€" not in text
    empty = text_of(render_goodwill(replace(goodwill(), items=()), SELLER, BUYER, ON, PLAIN))
    assert "Nothing was given without charge in this time." in empty


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_every_letter_is_printed_in_every_language_on_every_paper(locale: str, paper: str) -> None:
    seller, options = replace(SELLER, paper=paper), InvoiceLayout(FONTS, locale=locale)
    letters = [
        render_statement(statement(), seller, BUYER, ON, options),
        *(render_dunning(dunning(step), seller, BUYER, ON, options) for step in range(4)),
        render_goodwill(goodwill(), seller, BUYER, ON, options),
    ]
    for pdf in letters:
        text = text_of(pdf)
        assert "{" not in text
        assert "\ufffd" not in text
    assert len({squeezed(text_of(pdf)) for pdf in letters}) == 6
    if locale != "en_GB":
        assert all("Balance" not in text_of(pdf) and "Open" not in text_of(pdf) for pdf in letters)


def test_a_letter_that_is_no_bill_is_not_labelled_one() -> None:
    seller = replace(SELLER, paper="Letter")
    assert "Bill to" not in text_of(render_statement(statement(), seller, BUYER, ON, PLAIN))


def test_every_reason_of_goodwill_has_words() -> None:
    assert {item.kind for item in goodwill().items} == set(GoodwillKind)


SCRIPT = """
import hashlib
from datetime import date
from retainerdesk.documents.dunning_pdf import render_dunning
from retainerdesk.documents.goodwill_pdf import render_goodwill
from retainerdesk.documents.statement_pdf import render_statement
from tests.documents.letters import dunning, goodwill, statement
from tests.documents.samples import BUYER, PLAIN, SELLER
on = date(2025, 9, 30)
digest = hashlib.sha256(render_statement(statement(), SELLER, BUYER, on, PLAIN))
digest.update(render_dunning(dunning(), SELLER, BUYER, on, PLAIN))
digest.update(render_goodwill(goodwill(), SELLER, BUYER, on, PLAIN))
print(digest.hexdigest())
"""


def test_two_processes_print_the_same_letters() -> None:
    root = Path(__file__).resolve().parents[2]
    prints = set()
    for seed, zone in (("1", "UTC"), ("2", "Pacific/Kiritimati")):
        env = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(root)}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT], env=env, cwd=root, check=True, capture_output=True
        )
        prints.add(done.stdout)
    assert len(prints) == 1
