"""What must add up in a whole account, and in the numbers of all: the rules, looked at from outside."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

from retainerdesk.domain.account import Series
from retainerdesk.domain.block_ledger import BlockLedger
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.deposit_rules import deposit_findings
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import InvoiceStatus
from retainerdesk.domain.invoicing import propose
from retainerdesk.domain.money import Money
from retainerdesk.domain.payments import ageing
from retainerdesk.domain.period import Period
from retainerdesk.domain.schedule import billing_periods, usage_periods
from retainerdesk.domain.series_changes import unexplained
from retainerdesk.domain.settlement import balances_of, settlement_findings
from retainerdesk.domain.usage import account_usage
from retainerdesk.domain.usage_period import UsagePeriod


class IssuedNumber(NamedTuple):
    """Where a document stands in its series, and when it was issued: all that numbers are checked by."""

    series_id: str
    series_year: int
    sequence: int
    number: str
    issued_on: date


def numbers_of(file: AccountFile) -> list[IssuedNumber]:
    """The numbers of the documents of one account."""
    return [
        IssuedNumber(each.series_id, each.series_year, each.sequence, each.number, each.issued_on)
        for each in file.invoices
    ]


def number_findings(known: Iterable[Series], numbers: Iterable[IssuedNumber]) -> Iterable[str]:
    """Numbers of a series are 1..n in each year, but for recorded gaps; dates do not go back along them.

    `numbers` are those of all accounts, in any order.
    """
    by_series: dict[str, list[IssuedNumber]] = {}
    for each in numbers:
        by_series.setdefault(each.series_id, []).append(each)
    for series in known:
        issued = sorted(by_series.get(series.id, ()))
        for year, found in groupby(issued, key=attrgetter("series_year")):
            there = {each.sequence: each.number for each in found}
            is_first = year == issued[0].series_year
            if (missing := unexplained(series, year, there, is_first=is_first)) is not None:
                following = there[min(sequence for sequence in there if sequence > missing)]
                yield f"series {series.id}: number {missing} is missing before {following}"
        for earlier, later in pairwise(issued):
            if later.issued_on < earlier.issued_on:
                yield f"series {series.id}: {later.number} is dated before {earlier.number}"


def account_findings(file: AccountFile, today: date) -> Iterable[str]:
    """Every rule of the business that one account breaks: sums, tax, tiling, lots, nothing twice, ageing."""
    yield from _documents(file)
    yield from _money(file, today)
    used = account_usage(file, today)
    for retainer in file.retainers:
        periods = [each.span for each in billing_periods(retainer, today)]
        yield from _tiling(f"{retainer.id}: billing periods", periods)
        yield from _tiling(
            f"{retainer.id}: usage periods", [each.span for each in usage_periods(retainer, today)]
        )
        for usage in used.ledgers[retainer.id]:
            yield from _lots(retainer.id, usage)
    for ledger in used.blocks:
        yield from _block(ledger)
    yield from _billed_once(file)
    try:
        propose(file, today, today)
    except RuleViolation as broken:
        yield broken.message


def _tiling(what: str, periods: list[Period]) -> Iterable[str]:
    for earlier, later in pairwise(periods):
        if earlier.end != later.start:
            yield f"{what} do not meet at {later.start}"


def _lots(retainer_id: str, usage: UsagePeriod) -> Iterable[str]:
    granted = usage.opening + usage.granted + usage.adjusted
    spent = usage.burned + usage.expired + usage.forfeited + usage.carried
    if granted != spent:
        yield f"{retainer_id}: the lots of {usage.span.start} do not add up ({granted} and {spent} minutes)"
    covered = usage.burned + usage.from_blocks + usage.unmetered + usage.overage
    # A closed and locked period keeps its figures and not its burns.
    is_kept = usage.closed_on is not None
    placed = covered if is_kept else sum(burn.minutes for burn in usage.burns)
    if not placed == covered == usage.used + usage.carried_in:
        yield f"{retainer_id}: some minutes of {usage.span.start} are in no lot"


def _block(ledger: BlockLedger) -> Iterable[str]:
    figures = (ledger.burned, ledger.expired, ledger.refunded, ledger.remaining)
    if ledger.granted != sum(figures) or min(figures) < 0:
        yield f"block {ledger.block.id}: what was drawn and what is left do not add up"


def _documents(file: AccountFile) -> Iterable[str]:
    for invoice in file.invoices:
        totals, zero = invoice.totals, Money(0, invoice.currency)
        if sum((line.net for line in invoice.lines), zero) != totals.net:
            yield f"{invoice.number}: the lines do not add up to the net total"
        if totals.net + sum((each.amount for each in totals.tax), zero) != totals.gross:
            yield f"{invoice.number}: net and tax do not add up to the total"
        if sum((each.base for each in totals.tax), zero) != totals.net:
            yield f"{invoice.number}: the taxed amounts do not add up to the net total"
        parts = sum((each.amount for each in invoice.instalments), zero)
        if invoice.instalments and parts != invoice.payable:
            yield f"{invoice.number}: the instalments do not add up to what is payable"


def _money(file: AccountFile, today: date) -> Iterable[str]:
    open_now = balances_of(file, today)
    known = [each for each in file.invoices if each.issued_on <= today]
    for currency, aged in ageing(known, file.payments, today, file.settlements).items():
        total = sum((open_now[each.number].minor for each in known if each.currency == currency), 0)
        if aged.total.minor != total:
            yield f"the ageing in {currency} does not add up to the open balance"
    yield from settlement_findings(file)
    yield from deposit_findings(file)


def _billed_once(file: AccountFile) -> Iterable[str]:
    """No day is invoiced twice for one retainer and kind."""
    spans: dict[tuple[str, str], list[Period]] = {}
    for invoice in file.invoices:
        if invoice.status is InvoiceStatus.VOID:
            continue
        for line in invoice.lines:
            if line.key.kind.value in ("fee", "overage"):
                spans.setdefault((line.key.retainer_id, line.key.kind.value), []).append(line.key.service)
    for (retainer_id, kind), found in spans.items():
        found.sort()
        for earlier, later in pairwise(found):
            if earlier.overlap(later):
                yield f"{retainer_id}: {kind} of {later.start} is invoiced twice"
