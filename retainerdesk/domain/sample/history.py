"""The invoices the sample business issued, by the rules every run uses, and the payments that followed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from retainerdesk.domain.account import Business, Series
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.invoice import Allocation, Invoice, Payment
from retainerdesk.domain.invoicing import propose
from retainerdesk.domain.issuing import IssueSlot, draw_up
from retainerdesk.domain.money import Money, parse_money
from retainerdesk.domain.numbering import render
from retainerdesk.domain.sample.days import ago, weekday_after, weekday_ago, weekday_by
from retainerdesk.domain.sample.story import Pays, Story
from retainerdesk.domain.schedule import billing_periods, usage_periods


def issue_history(
    files: Sequence[AccountFile], seller: Business, series: Series, last_run: date
) -> tuple[list[AccountFile], Series]:
    """The files with their invoices, and the series as it stands after them.

    The studio looks on the first weekday after each end of a period and issues what is proposed, account by
    account; after `last_run` it issues nothing.
    """
    current = list(files)
    runs = [(day, index) for index, file in enumerate(files) for day in _run_days(file, last_run)]
    for day, index in sorted(runs):
        file = current[index]
        for proposal in propose(file, day, day).proposals:
            slot = IssueSlot(series.id, render(series, series.next, day), series.next, day)
            invoice = draw_up(proposal, seller, file.account, slot)
            current[index] = replace(current[index], invoices=(*current[index].invoices, invoice))
            series = replace(series, next=series.next + 1)
    return current, series


def _run_days(file: AccountFile, last_run: date) -> set[date]:
    """The first weekdays after each boundary of a billing or usage period, up to `last_run`."""
    slices = [
        slice_
        for retainer in file.retainers
        for slice_ in (*billing_periods(retainer, last_run), *usage_periods(retainer, last_run))
    ]
    boundaries = {day for slice_ in slices for day in (slice_.span.start, slice_.span.end)}
    return {day for boundary in boundaries if (day := weekday_after(boundary)) <= last_run}


def payments_of(story: Story, invoices: Sequence[Invoice], today: date) -> tuple[Payment, ...]:
    """What was paid of an account's invoices before `today`, in order of date."""
    pays = story.pays
    stopped = ago(today, pays.stopped_days)
    owed = [invoice for invoice in invoices if pays.stopped_days and invoice.issued_on >= stopped]
    settled = [invoice for invoice in invoices if invoice not in owed]
    received = [
        (_paid_on(pays, invoice, n), invoice, invoice.totals.gross) for n, invoice in enumerate(settled)
    ]
    if owed and pays.part is not None:
        days_ago, percent = pays.part
        amount = owed[0].totals.gross.times(Fraction(percent, 100))
        received.append((weekday_ago(today, days_ago), owed[0], amount))
    in_order = sorted(received, key=lambda row: (row[0], row[1].sequence))
    arrived = [row for row in in_order if row[0] < today]
    return tuple(_payment(pays, n, *row) for n, row in enumerate(arrived, start=1))


def _paid_on(pays: Pays, invoice: Invoice, n: int) -> date:
    days = pays.days_after_issue[n % len(pays.days_after_issue)]
    return weekday_by(invoice.issued_on + timedelta(days=days))


def _payment(pays: Pays, n: int, on: date, invoice: Invoice, amount: Money) -> Payment:
    is_part = amount != invoice.totals.gross
    fee = parse_money(pays.fee, amount.currency) + amount.times(Fraction(pays.fee_permille, 1000))
    return Payment(
        account_id=invoice.account_id,
        id=f"payment-{n:02}",
        on=on,
        amount=amount,
        allocations=(Allocation(invoice.number, amount),),
        fee=fee or None,
        text=f"{pays.text}, in part" if is_part else pays.text,
    )
