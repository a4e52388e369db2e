"""The look of documents and the statement of goodwill, from the shell."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from tests.cli.books import account, book, plan, retainer
from tests.cli.conftest import Shell


@pytest.fixture
def desk(shell: Shell) -> Shell:
    """One account with a retainer from 1 January 2026."""
    acme = account("acme", retainer("r", "2026-01-01", plan("2026-01-01", "1000.00")))
    shell.ok("import", shell.write("b.json", book(acme)))
    return shell


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    text = str(document[0].get_textpage().get_text_bounded())
    document.close()
    return text


def test_what_is_changed_is_told_and_stays(desk: Shell) -> None:
    usual = desk.ok("look", "--json").json
    assert (usual["accent"], usual["columns"], usual["texts"]) == ("#2f5bea", ["quantity", "price"], [])
    desk.ok("look", "--accent", "#0a7f5c", "--window", "uk", "--columns", "--amount-in-words", "yes")
    now = desk.ok("look", "--payment-code", "none", "--json").json
    assert (now["accent"], now["window"], now["columns"]) == ("#0a7f5c", "uk", [])
    assert (now["amount_in_words"], now["payment_code"]) == (True, "none")


def test_a_text_is_replaced_in_one_language_and_given_back(desk: Shell, tmp_path: Path) -> None:
    german = ("--text", "title", "--language", "de")
    desk.ok("look", *german, "--says", "Honorarnote")
    sample = tmp_path / "sample.pdf"
    desk.ok("look", "--language", "de", "--sample", str(sample), as_of="2026-03-01")
    assert "Honorarnote 2026-0001" in text_of(sample)
    desk.ok("look", "--language", "en", "--sample", str(sample), as_of="2026-03-01")
    assert "Invoice 2026-0001" in text_of(sample)
    assert desk.ok("look", *german, "--says", "", "--json").json["texts"] == []


def test_the_closing_for_every_language_is_the_invoice_note(desk: Shell) -> None:
    told = desk.ok("look", "--text", "closing", "--says", "Thank you.", "--json").json
    assert (told["invoice_note"], told["texts"]) == ("Thank you.", [])


def test_a_pale_colour_is_taken_with_a_word_of_warning(desk: Shell) -> None:
    answer = desk.ok("look", "--accent", "#ffe066", "--json")
    assert answer.json["hardly_visible"] is True
    assert "hardly visible" in answer.err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--accent", "blue"), "not a colour"),
        (("--text", "terms", "--says", "Pay {iban}"), "cannot be filled in"),
        (("--text", "terms"), "--says"),
        (("--logo", "b.json"), "not a picture"),
    ],
)
def test_what_no_page_could_print_is_refused(desk: Shell, options: tuple[str, ...], words: str) -> None:
    files = [desk.write("b.json", {}) if option == "b.json" else option for option in options]
    answer = desk.run("look", *map(str, files))
    assert answer.code == 1
    assert words in answer.err


def test_a_logo_is_kept_and_taken_away(desk: Shell, tmp_path: Path) -> None:
    Image.new("RGB", (40, 40), "red").save(tmp_path / "logo.png")
    assert len(desk.ok("look", "--logo", str(tmp_path / "logo.png"), "--json").json["logo_sha256"]) == 64
    assert desk.ok("look", "--no-logo", "--json").json["logo_sha256"] is None


def test_a_goodwill_statement_is_written_for_one_account(desk: Shell, tmp_path: Path) -> None:
    target = tmp_path / "goodwill.pdf"
    desk.ok("goodwill", "--account", "acme", "--pdf", str(target), as_of="2026-03-01")
    assert "Goodwill statement" in text_of(target)
    answer = desk.run("goodwill", "--pdf", str(target), as_of="2026-03-01")
    assert answer.code == 1
    assert "--account" in answer.err
