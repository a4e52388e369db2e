"""What corrections and discounts do to the margin: credit notes, write-offs, document discounts, markups."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.credit_shares import source_of
from retainerdesk.domain.deposit import is_about_deposit
from retainerdesk.domain.entered_charges import rebilled
from retainerdesk.domain.invoice import ChargeKind, SettlementKind
from retainerdesk.domain.margin_ledger import OneOff
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period

Dated = tuple[Period, Money]


def credited(file: AccountFile) -> Iterable[OneOff]:
    """The net of each credit note, as revenue given back on the day it was issued."""
    apart_from = _unearned_sources(file)
    for each in file.invoices:
        if not each.is_credit_note or each.is_void():
            continue
        # What of a block is earned counts its credits already, and a deposit is no revenue.
        apart = [line.net.minor for line in each.lines if line.key.source_id in apart_from]
        net = Money(each.totals.net.minor - sum(apart), each.currency)
        if net:
            yield OneOff(each.issued_on, net)


def _unearned_sources(file: AccountFile) -> set[str]:
    """What credit notes on lines of blocks and deposits name as their source."""
    if not file.blocks and not file.deposits:
        return set()
    return {
        source_of(invoice.number, line.position)
        for invoice in file.invoices
        for line in invoice.lines
        if line.key.kind is ChargeKind.BLOCK or is_about_deposit(line.key)
    }


def written_off(file: AccountFile) -> Iterable[tuple[date, Money]]:
    """The net share of each write-off, rounded half up: the tax of what never came is not our loss."""
    documents = {each.number: each.totals for each in file.invoices}
    for each in file.settlements:
        totals = documents.get(each.invoice_number or "")
        if each.kind is SettlementKind.WRITE_OFF and totals is not None and totals.gross:
            yield each.on, each.amount.times(Fraction(totals.net.minor, totals.gross.minor))


def marked_up(file: AccountFile) -> Iterable[tuple[date, Money]]:
    """What expenses are passed on for beyond their cost, with the tax inside where prices include it."""
    for each in file.expenses:
        if each.rebill and each.markup_percent:
            yield each.on, rebilled(each) - each.amount


def discounted(
    percent: Decimal, fees: Iterable[Dated], overage: Iterable[Dated], one_offs: Iterable[OneOff]
) -> Iterable[Dated]:
    """What a discount on documents takes off revenue, where the revenue is; each rounded half up once.

    Negative one-offs are discounts themselves and have none.
    """
    if not percent:
        return
    share = Fraction(percent) / 100
    for period, amount in fees:
        yield period, amount.times(share)
    for period, amount in overage:
        yield _one_day(period.last_day), amount.times(share)
    for line in one_offs:
        kept = line.amount if line.discount is None else line.amount - line.discount
        yield _one_day(line.on), kept.times(share)


def _one_day(day: date) -> Period:
    return Period(day, day + timedelta(days=1))
