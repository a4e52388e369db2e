"""The margin report: months and waterfall of one account or of all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.margin import Margin, margin_months
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period
from retainerdesk.domain.usage import account_usage
from retainerdesk.domain.waterfall import Waterfall
from retainerdesk.services.business import get_business, list_people
from retainerdesk.services.margin_facts import margin_inputs, total_of_complete
from retainerdesk.store.repositories.books import load_account_file, load_account_files
from retainerdesk.store.repositories.exchange_rates import load_rates
from retainerdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class MarginReport:
    """One account over a span of months; `total` adds up the complete ones, None without any.

    `currency` is that of the total, else of the last month; a month without a rate is in the account's own.
    """

    account_id: str
    account_name: str
    currency: str
    months: tuple[Margin, ...]
    total: Margin | None

    @property
    def waterfall(self) -> Waterfall | None:
        return self.total.waterfall if self.total else None

    @property
    def percent(self) -> Fraction | None:
        return self.total.percent if self.total else None

    @property
    def effective_rate(self) -> Money | None:
        return self.total.effective_rate if self.total else None


def margin_reports(
    uow: UnitOfWork, account_id: str | None, from_on: date, to_on: date, today: date
) -> tuple[MarginReport, ...]:
    """The months that `[from_on, to_on)` touches, of one account or of every one, in order of id."""
    if to_on <= from_on:
        message = f"The span ends on {to_on}, before it has begun; choose a later day."
        raise RuleViolation("margin.span", message, "to")
    files = load_account_files(uow) if account_id is None else (load_account_file(uow, account_id),)
    business, people, span = get_business(uow), list_people(uow), Period(from_on, to_on)
    rates = load_rates(uow).as_of(today)
    reports: list[MarginReport] = []
    for file in files:
        usage, whole = account_usage(file, max(today, to_on)), _from_first_of_month(span)
        ledgers = tuple(usage.ledgers.values())
        inputs = margin_inputs(file, ledgers, business, people, whole, usage.blocks, rates)
        months = margin_months(inputs, span)
        account, whole_span = file.account, total_of_complete(months)
        currency = (whole_span or months[-1]).revenue.currency
        reports.append(MarginReport(account.id, account.name, currency, months, whole_span))
    return tuple(reports)


def _from_first_of_month(span: Period) -> Period:
    return Period(span.start.replace(day=1), span.end)


def waterfall_rows(fall: Waterfall | None) -> Iterable[tuple[str, Money]]:
    """Every bar in order: agreed, the causes, contribution, overhead, net. Nothing without a waterfall."""
    if fall is None:
        return
    yield "agreed", fall.agreed
    for bar in fall.bars:
        yield bar.cause.value, bar.amount
    yield "contribution", fall.contribution
    yield "overhead", fall.overhead
    yield "net", fall.net
