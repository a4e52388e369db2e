"""Letters about money: the statement of an account, and the letters that ask for what is past due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.dunning import DEFAULT_STEPS, Debt, DunningStep
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.instalments import next_due, past_due
from retainerdesk.domain.invoice import DocumentKind
from retainerdesk.domain.late_interest import LateInterest, late_interest
from retainerdesk.domain.late_interest_table import read_late_interest_table
from retainerdesk.domain.payments import balances
from retainerdesk.domain.period import Period
from retainerdesk.domain.statement import Statement, statement_of
from retainerdesk.services.business import get_business
from retainerdesk.services.invoices import layout_for
from retainerdesk.store.repositories.books import load_account_file
from retainerdesk.store.unit_of_work import UnitOfWork
from retainerdesk.system.private_files import replace_file
from retainerdesk.system.resources import resource_path


def statement_of_account(uow: UnitOfWork, account_id: str, span: Period) -> Statement:
    """What was issued, paid, written off and paid back in `span`, with the balances before and after."""
    file = load_account_file(uow, account_id)
    return statement_of(span, file.account.currency, file.invoices, file.payments, file.settlements)


def save_statement_pdf(
    uow: UnitOfWork, account_id: str, statement: Statement, files: Path, target: Path, today: date
) -> None:
    """Write a statement as a PDF, whole or not at all."""
    from retainerdesk.documents.statement_pdf import render_statement

    business, buyer = get_business(uow), load_account_file(uow, account_id).account
    replace_file(target, render_statement(statement, business, buyer, today, layout_for(business, files)))


@dataclass(frozen=True, slots=True)
class DueLetter:
    """What a letter to an account would ask for. `interest` is empty where the step grants none.

    `refusal` says why the law's interest cannot be computed; the letter then asks without it.
    """

    account_id: str
    step: DunningStep
    debts: tuple[Debt, ...]
    interest: tuple[LateInterest, ...] = ()
    refusal: str = ""


def letter_for(uow: UnitOfWork, account_id: str, today: date, step_id: str | None = None) -> DueLetter | None:
    """The letter about everything an account owes past due; None if there is nothing.

    The step is the one whose day has come for the oldest debt, or the one named. What was sent before is
    not kept by the book: who sends a letter chooses its step.
    """
    file = load_account_file(uow, account_id)
    debts = _debts(file, today)
    if not debts:
        return None
    step = _step(step_id) if step_id else _step_by_age((today - min(each.due_on for each in debts)).days)
    if step is None:
        return None
    interest, refusal = _interest(uow, file, debts, today) if step.interest or step.fee else ((), "")
    return DueLetter(account_id, step, debts, interest, refusal)


def _debts(file: AccountFile, today: date) -> tuple[Debt, ...]:
    open_now = balances(file.invoices, file.payments, today, file.settlements)
    found = []
    for invoice in file.invoices:
        balance = open_now.get(invoice.number)
        if balance is None or invoice.kind is not DocumentKind.INVOICE:
            continue
        late = past_due(invoice, balance, today)
        if late.minor > 0:
            found.append(Debt(invoice.number, next_due(invoice, balance), late))
    return tuple(sorted(found, key=lambda debt: (debt.due_on, debt.number)))


def _step(step_id: str) -> DunningStep:
    for step in DEFAULT_STEPS:
        if step.id == step_id:
            return step
    known = ", ".join(step.id for step in DEFAULT_STEPS)
    raise RuleViolation("dunning.step", f"There is no step “{step_id}”; the steps are {known}.", "step")


def _step_by_age(days_late: int) -> DunningStep | None:
    reached = [step for step in DEFAULT_STEPS if step.after_days <= days_late]
    return reached[-1] if reached else None


def _interest(
    uow: UnitOfWork, file: AccountFile, debts: tuple[Debt, ...], today: date
) -> tuple[tuple[LateInterest, ...], str]:
    table = read_late_interest_table(resource_path("rates/late_interest.json").read_text(encoding="utf-8"))
    by_number = {invoice.number: invoice for invoice in file.invoices}
    try:
        law = table.law_of(get_business(uow).country)
        found = [
            late_interest(by_number[debt.number], file.payments, file.settlements, law, today)
            for debt in debts
        ]
    except RuleViolation as refusal:
        return (), refusal.message
    return tuple(found), ""


def save_letter_pdf(uow: UnitOfWork, letter: DueLetter, files: Path, target: Path, today: date) -> None:
    """Write a letter as a PDF, whole or not at all."""
    from retainerdesk.documents.dunning_pdf import DunningLetter, render_dunning

    business, buyer = get_business(uow), load_account_file(uow, letter.account_id).account
    page = DunningLetter(letter.step, letter.debts, letter.interest)
    replace_file(target, render_dunning(page, business, buyer, today, layout_for(business, files)))
