"""What was given away to an account, for a statement of goodwill."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.goodwill import Goodwill, goodwill
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period
from retainerdesk.domain.usage import account_usage
from retainerdesk.services.business import get_business
from retainerdesk.services.invoices import layout_for
from retainerdesk.store.repositories.books import load_account_file, load_account_files
from retainerdesk.store.unit_of_work import UnitOfWork
from retainerdesk.system.kept_files import KeptFiles
from retainerdesk.system.private_files import replace_file


@dataclass(frozen=True, slots=True)
class GoodwillReport:
    """What one account was given in a span; `value` adds up the parts whose value is known."""

    account_id: str
    account_name: str
    span: Period
    given: tuple[Goodwill, ...]
    minutes: int
    value: Money


def goodwill_reports(
    uow: UnitOfWork, account_id: str | None, from_on: date, to_on: date, today: date
) -> tuple[GoodwillReport, ...]:
    """Reports of one account, or of all that were given something, for the days `[from_on, to_on)`."""
    if to_on <= from_on:
        message = f"The span ends on {to_on}, before it has begun; choose a later day."
        raise RuleViolation("goodwill.span", message, "to")
    files = load_account_files(uow) if account_id is None else (load_account_file(uow, account_id),)
    reports = (_report(uow, file, Period(from_on, to_on), today) for file in files)
    return tuple(each for each in reports if each.given or account_id is not None)


def goodwill_pdf(uow: UnitOfWork, report: GoodwillReport, files: KeptFiles, today: date) -> bytes:
    """The statement of a report for its account, as PDF dated `today`."""
    from retainerdesk.documents.goodwill_pdf import GoodwillStatement, render_goodwill

    business, buyer = get_business(uow), load_account_file(uow, report.account_id).account
    statement = GoodwillStatement(report.span, buyer.currency, report.given)
    return render_goodwill(statement, business, buyer, today, layout_for(business, files))


def save_goodwill_pdf(
    uow: UnitOfWork, report: GoodwillReport, files: KeptFiles, target: Path, today: date
) -> None:
    """Write the statement to `target`, whole or not at all."""
    replace_file(target, goodwill_pdf(uow, report, files, today))


def _report(uow: UnitOfWork, file: AccountFile, span: Period, today: date) -> GoodwillReport:
    business, currency = get_business(uow), file.account.currency
    # The standard rate is in the currency of the business and says nothing in another one.
    standard = business.standard_rate if business.currency == currency else None
    given = goodwill(file, account_usage(file, today).ledgers, span, standard)
    worth = sum((each.value for each in given if each.value is not None), Money(0, currency))
    minutes = sum(each.minutes for each in given)
    return GoodwillReport(file.account.id, file.account.name, span, given, minutes, worth)
