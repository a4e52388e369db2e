"""Letters about money: the statement of an account, and the letters that ask for what is past due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from retainerdesk.domain.account import Account, Business
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.dunning import DEFAULT_STEPS, Debt, DunningStep, check_steps, next_letters
from retainerdesk.domain.dunning_words import LetterWords
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.instalments import next_due, past_due
from retainerdesk.domain.invoice import DocumentKind
from retainerdesk.domain.late_interest import LateInterest, LateInterestTable, late_interest
from retainerdesk.domain.money import Money
from retainerdesk.domain.payments import balances
from retainerdesk.domain.period import Period
from retainerdesk.domain.sent_letter import LetterLine, sent_steps, step_words
from retainerdesk.domain.statement import Statement, statement_of
from retainerdesk.services.business import get_business
from retainerdesk.services.invoices import layout_for
from retainerdesk.services.late_interest_rates import late_interest_table
from retainerdesk.store.repositories.books import load_account_file
from retainerdesk.store.unit_of_work import UnitOfWork
from retainerdesk.system.kept_files import KeptFiles
from retainerdesk.system.private_files import replace_file

if TYPE_CHECKING:
    from retainerdesk.documents.dunning_pdf import DunningLetter

# What letters never look at.
_NOT_READ = frozenset({"work", "calls", "notes", "actions", "decisions", "documents", "charges", "expenses"})


def statement_of_account(uow: UnitOfWork, account_id: str, span: Period) -> Statement:
    """What was issued, paid, written off and paid back in `span`, with the balances before and after."""
    file = load_account_file(uow, account_id, without=_NOT_READ)
    return statement_of(span, file.account.currency, file.invoices, file.payments, file.settlements)


def render_statement_pdf(
    uow: UnitOfWork, account_id: str, statement: Statement, files: KeptFiles, today: date
) -> bytes:
    """A statement as a PDF, dated `today`; `files` keeps the logo."""
    from retainerdesk.documents.statement_pdf import render_statement

    business, buyer = get_business(uow), load_account_file(uow, account_id, without=_NOT_READ).account
    return render_statement(statement, business, buyer, today, layout_for(business, files))


def save_statement_pdf(
    uow: UnitOfWork, account_id: str, statement: Statement, files: KeptFiles, target: Path, today: date
) -> None:
    """Write a statement as a PDF, whole or not at all."""
    replace_file(target, render_statement_pdf(uow, account_id, statement, files, today))


@dataclass(frozen=True, slots=True)
class LetterChoice:
    """How a letter differs from the one proposed.

    `step_id` None: the next step; `with_interest` None: as the step says; `words` None: those of the step,
    else a text with the placeholders of `domain.dunning`; `currency` None: that of the account.
    """

    step_id: str | None = None
    with_interest: bool | None = None
    words: LetterWords | None = None
    currency: str | None = None


PROPOSED = LetterChoice()


@dataclass(frozen=True, slots=True)
class DueLetter:
    """What a letter to an account would ask for. `interest` is empty where the step grants none.

    `refusal` says why interest cannot be computed; the letter then asks without it.
    """

    account_id: str
    step: DunningStep
    debts: tuple[Debt, ...]
    interest: tuple[LateInterest, ...] = ()
    refusal: str = ""

    @property
    def currency(self) -> str:
        return self.debts[0].past_due.currency

    @property
    def lines(self) -> tuple[LetterLine, ...]:
        """What it asks for by document, with the interest and the fixed sum that are printed."""
        added = {each.number: each for each in self.interest}
        return tuple(self._line(debt, added.get(debt.number)) for debt in self.debts)

    @property
    def total(self) -> Money:
        """Everything it asks for."""
        return sum((line.total for line in self.lines), start=Money(0, self.currency))

    def _line(self, debt: Debt, added: LateInterest | None) -> LetterLine:
        interest = added.interest if added and self.step.interest and added.interest else None
        fee = added.fee if added and self.step.fee else None
        return LetterLine(debt.number, debt.due_on, debt.past_due, interest, fee)


def letter_for(
    uow: UnitOfWork, account_id: str, today: date, choice: LetterChoice = PROPOSED
) -> DueLetter | None:
    """The letter to write to an account now; None if nothing is past due, or its next step is not due yet.

    The next step follows from the letters that were sent. A step that is named covers everything past due
    that did not get it yet. Raises RuleViolation for an unknown step, one everything got already, and words
    that name what is not known.
    """
    file = load_account_file(uow, account_id, without=_NOT_READ)
    return letter_of(file, get_business(uow), late_interest_table(uow), today, choice)


def letter_of(
    file: AccountFile,
    business: Business,
    table: LateInterestTable,
    today: date,
    choice: LetterChoice = PROPOSED,
) -> DueLetter | None:
    """As `letter_for`, of an account at hand."""
    debts = debts_of(file, today, choice.currency or file.account.currency)
    if not debts:
        return None
    step, covered = _named(choice.step_id, file, debts) if choice.step_id else _next(file, debts, today)
    if step is None:
        return None
    step = _as_chosen(step, choice)
    wants = step.interest or step.fee
    interest, refusal = _interest(file, business, table, covered, today) if wants else ((), "")
    return DueLetter(file.account.id, step, covered, interest, refusal)


def debts_of(file: AccountFile, today: date, currency: str) -> tuple[Debt, ...]:
    """What an account owes past due in a currency, oldest first."""
    open_now = balances(file.invoices, file.payments, today, file.settlements)
    found = []
    for invoice in file.invoices:
        balance = open_now.get(invoice.number)
        if balance is None or invoice.kind is not DocumentKind.INVOICE or invoice.currency != currency:
            continue
        late = past_due(invoice, balance, today)
        if late.minor > 0:
            found.append(Debt(invoice.number, next_due(invoice, balance), late))
    return tuple(sorted(found, key=lambda debt: (debt.due_on, debt.number)))


def _next(
    file: AccountFile, debts: Sequence[Debt], today: date
) -> tuple[DunningStep | None, tuple[Debt, ...]]:
    found = next_letters(debts, sent_steps(file.letters), today)
    return (found[0].step, found[0].debts) if found and found[0].is_due else (None, ())


def _named(step_id: str, file: AccountFile, debts: Sequence[Debt]) -> tuple[DunningStep, tuple[Debt, ...]]:
    step = step_of(step_id)
    got = {each.number for each in sent_steps(file.letters) if each.step_id == step_id}
    left = tuple(debt for debt in debts if debt.number not in got)
    if not left:
        message = f"Everything past due got the {step_words(step_id)} already; choose the next step."
        raise RuleViolation("letter.twice", message, "step")
    return step, left


def step_of(step_id: str) -> DunningStep:
    """The step of that id. Raises RuleViolation naming the steps there are."""
    for step in DEFAULT_STEPS:
        if step.id == step_id:
            return step
    known = ", ".join(step.id for step in DEFAULT_STEPS)
    raise RuleViolation("dunning.step", f"There is no step “{step_id}”; the steps are {known}.", "step")


def _as_chosen(step: DunningStep, choice: LetterChoice) -> DunningStep:
    if choice.with_interest is not None:
        step = replace(step, interest=choice.with_interest, fee=choice.with_interest)
    if choice.words is not None:
        # One text stands for every language, also for that of the account.
        step = replace(step, words={"": choice.words})
        check_steps((step,), "words")
    return step


def _interest(
    file: AccountFile, business: Business, table: LateInterestTable, debts: tuple[Debt, ...], today: date
) -> tuple[tuple[LateInterest, ...], str]:
    by_number = {invoice.number: invoice for invoice in file.invoices}
    try:
        basis = table.basis_of(business.country, file.account.late_interest_bps)
        found = [
            late_interest(by_number[debt.number], file.payments, file.settlements, basis, today)
            for debt in debts
        ]
    except RuleViolation as refusal:
        return (), refusal.message
    return tuple(found), ""


def render_letter_pdf(uow: UnitOfWork, letter: DueLetter, files: KeptFiles, today: date) -> bytes:
    """A letter as a PDF, dated `today`; `files` keeps the logo."""
    from retainerdesk.documents.dunning_pdf import render_dunning

    business, buyer = _parties(uow, letter)
    return render_dunning(printed(letter), business, buyer, today, layout_for(business, files))


def words_of_letter(uow: UnitOfWork, letter: DueLetter, files: KeptFiles, today: date) -> LetterWords:
    """Title and text as they are printed, in the language of the account."""
    from retainerdesk.documents.dunning_pdf import letter_words

    business, buyer = _parties(uow, letter)
    return letter_words(printed(letter), business, buyer, today, layout_for(business, files))


def _parties(uow: UnitOfWork, letter: DueLetter) -> tuple[Business, Account]:
    return get_business(uow), load_account_file(uow, letter.account_id, without=_NOT_READ).account


def printed(letter: DueLetter) -> DunningLetter:
    """What the document is made of."""
    from retainerdesk.documents.dunning_pdf import DunningLetter

    return DunningLetter(letter.step, letter.debts, letter.interest)


def save_letter_pdf(uow: UnitOfWork, letter: DueLetter, files: KeptFiles, target: Path, today: date) -> None:
    """Write a letter as a PDF, whole or not at all."""
    replace_file(target, render_letter_pdf(uow, letter, files, today))
