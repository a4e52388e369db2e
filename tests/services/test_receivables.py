"""What accounts owe, the letters of a run, and what an undo brings back, on a real book."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from retainerdesk.domain.dunning_words import LetterWords
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import Payment
from retainerdesk.domain.money import Money
from retainerdesk.services.dunning_run import propose_dunning, send_letters
from retainerdesk.services.issue_invoices import IssueCommand, issue_invoices, preview_invoices
from retainerdesk.services.letters import LetterChoice, letter_for, words_of_letter
from retainerdesk.services.payments import record_payment
from retainerdesk.services.receivables import OwedReport, load_owed, load_owed_detail
from retainerdesk.services.sent_letters import (
    add_letter,
    list_letters,
    mark_letter_sent,
    save_sent_pdf,
    take_back_letter,
)
from retainerdesk.store.book_store import BookStore
from retainerdesk.system.kept_files import KeptFiles

TODAY = date(2026, 3, 10)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


@pytest.fixture
def issued(store: BookStore) -> BookStore:
    """January to March of ACME, 1,190.00 each, issued on the 1st, due after 14 days."""
    for month in (1, 2, 3):
        day = date(2026, month, 1)
        with store.reading() as uow:
            view = preview_invoices(uow, day, day)
        issue_invoices(store, IssueCommand(view.proposals, day), day, lambda _done, _total: True)
    return store


def owed(store: BookStore, today: date = TODAY) -> OwedReport:
    with store.reading() as uow:
        return load_owed(uow, today)


def pay(store: BookStore, minor: int) -> None:
    with store.writing() as uow:
        record_payment(uow, Payment("acme", "p", date(2026, 3, 9), eur(minor)))
        uow.commit()


def test_nothing_is_owed_in_a_book_without_documents(store: BookStore) -> None:
    assert owed(store).rows == ()


def test_an_account_stands_with_its_ages_and_the_sums_agree(issued: BookStore) -> None:
    """10 March: January 54 days past due, February 23, March not due. Money not used stays apart."""
    pay(issued, 5_000)
    report = owed(issued)
    (row,) = report.rows
    assert row.ageing.amounts == (eur(119_000), eur(119_000), eur(119_000), eur(0), eur(0))
    assert (row.open, row.credit) == (eur(357_000), eur(5_000))
    (total,) = report.totals
    assert (total.ageing, total.credit, total.dso) == (row.ageing, row.credit, row.dso)


def test_the_detail_lists_open_documents_longest_due_first(issued: BookStore) -> None:
    with issued.reading() as uow:
        detail = load_owed_detail(uow, "acme", "EUR", TODAY)
    assert [each.days_past_due for each in detail.documents] == [54, 23, -5]
    assert [each.past_due.minor for each in detail.documents] == [119_000, 119_000, 0]
    assert detail.row == owed(issued).rows[0]


def test_a_letter_is_remembered_forgotten_and_remembered_again(issued: BookStore, tmp_path: Path) -> None:
    with issued.writing() as uow:
        letter = letter_for(uow, "acme", TODAY)
        assert letter is not None
        sent = mark_letter_sent(uow, letter, KeptFiles(tmp_path), TODAY).value
        uow.commit()
    with issued.reading() as uow:
        assert list_letters(uow, "acme") == (sent,)
        assert [each.last_step for each in load_owed_detail(uow, "acme", "EUR", TODAY).documents] == [
            ("reminder", TODAY), ("reminder", TODAY), None,
        ]  # fmt: skip
    save_sent_pdf(sent, KeptFiles(tmp_path), tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes().startswith(b"%PDF-")
    with issued.writing() as uow:
        take_back_letter(uow, sent)
        assert list_letters(uow) == ()
        add_letter(uow, sent)
        with pytest.raises(RuleViolation, match="already"):
            add_letter(uow, replace(sent, id="l-2"))


def test_own_words_are_filled_in_and_kept_as_printed(issued: BookStore, tmp_path: Path) -> None:
    words = LetterWords("About {number}", "Please pay {amount}.")
    with issued.writing() as uow:
        letter = letter_for(uow, "acme", TODAY, LetterChoice(words=words))
        assert letter is not None
        printed = words_of_letter(uow, letter, KeptFiles(tmp_path), TODAY)
        assert printed.title == "About 2026-0001, 2026-0002"
        assert printed.body.startswith("Please pay ")
        assert "2,380.00" in printed.body
        with pytest.raises(RuleViolation, match="nonsense"):
            letter_for(uow, "acme", TODAY, LetterChoice(words=LetterWords("x", "{nonsense}")))


def test_a_run_writes_every_letter_once_and_parks_what_changed(issued: BookStore, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    with issued.reading() as uow:
        proposed = propose_dunning(uow, TODAY)
    assert [(each.account_name, each.letter.step.id) for each in proposed] == [("ACME", "reminder")]
    stale = replace(proposed[0], letter=replace(proposed[0].letter, debts=proposed[0].letter.debts[:1]))
    parked = send_letters(issued, [stale], KeptFiles(tmp_path), folder, TODAY).value
    assert (parked.sent, parked.parked[0][0], list(folder.iterdir())) == ((), "ACME", [])
    done = send_letters(issued, proposed, KeptFiles(tmp_path), folder, TODAY)
    assert (len(done.value.sent), done.changes.account_ids) == (1, frozenset({"acme"}))
    assert [each.name for each in folder.iterdir()] == ["acme-reminder-2026-03-10-EUR.pdf"]
    with issued.reading() as uow:
        assert propose_dunning(uow, TODAY) == ()
    stopped = send_letters(
        issued, proposed, KeptFiles(tmp_path), folder, TODAY, lambda _done, _total: False
    ).value
    assert (stopped.sent, stopped.cancelled) == ((), True)
