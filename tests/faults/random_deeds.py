"""More of what a business does at random: drafts, closing, deposits, foreign money, letters, series."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

from retainerdesk.domain.account import SeriesReset
from retainerdesk.domain.block import Block, Leftover, OpenedBy
from retainerdesk.domain.deposit import Deposit
from retainerdesk.domain.draft import Draft, DraftEdit
from retainerdesk.domain.exchange_rate import ExchangeRate
from retainerdesk.domain.invoice import Payment
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period
from retainerdesk.domain.plan import OverageDecision, UsageUnit
from retainerdesk.domain.retainer import UsageDecision
from retainerdesk.domain.work import WorkEntry
from retainerdesk.services.blocks import add_block
from retainerdesk.services.closing import CloseCommand, close_periods, closing_board, reopen_period
from retainerdesk.services.corrections import write_down
from retainerdesk.services.deposits import add_deposit, list_deposits, remove_deposit
from retainerdesk.services.drafts import (
    create_drafts,
    delete_draft,
    edit_draft,
    merge_drafts,
    put_back,
    refresh_draft,
    split_draft,
    take_out,
)
from retainerdesk.services.exchange_rates import add_rate
from retainerdesk.services.issue_drafts import issue_drafts, list_drafts
from retainerdesk.services.issue_invoices import IssueCommand, preview_invoices
from retainerdesk.services.late_work import decide_late, list_late
from retainerdesk.services.letters import letter_for, statement_of_account
from retainerdesk.services.number_series import SeriesCommand, change_series, list_series
from retainerdesk.services.overage import decide_overage, list_overage
from retainerdesk.services.payments import open_invoices, propose_allocations, record_payment, remove_payment
from retainerdesk.services.retainers import list_retainers
from retainerdesk.services.rows import add_row, new_row_id
from retainerdesk.services.sent_letters import (
    list_letters,
    mark_letter_sent,
    mark_statement_sent,
    take_back_letter,
)
from retainerdesk.services.unassigned import assign_work, list_unassigned
from retainerdesk.store.book_store import BookStore
from retainerdesk.store.repositories.accounts import list_accounts
from retainerdesk.store.repositories.history import WORK
from retainerdesk.store.repositories.payments import payments_by_account
from retainerdesk.store.unit_of_work import UnitOfWork
from retainerdesk.system.kept_files import KeptFiles
from retainerdesk.system.paths import documents_folder


class Business(Protocol):
    """What a deed needs: an open book, a day, and chance."""

    store: BookStore
    chance: random.Random

    @property
    def today(self) -> date: ...


def _account(by: Business, uow: UnitOfWork) -> str:
    return by.chance.choice(list_accounts(uow)).id


def _draft(by: Business, uow: UnitOfWork) -> Draft | None:
    known = list_drafts(uow, by.today)
    return by.chance.choice(known).draft if known else None


def keep_drafts(by: Business) -> None:
    """Set what is proposed aside."""
    with by.store.reading() as uow:
        run = preview_invoices(uow, by.today, by.today)
    create_drafts(by.store, IssueCommand(run.proposals, by.today), by.today)


def issue_kept(by: Business) -> None:
    """Issue the drafts; what changed since is refreshed for the next time."""
    with by.store.reading() as uow:
        shown = [view.draft for view in list_drafts(uow, by.today)]
    result = issue_drafts(by.store, shown, by.today).value
    if result.parked:
        with by.store.writing() as uow:
            for view in list_drafts(uow, by.today):
                refresh_draft(uow, view.draft.id, by.today)
            uow.commit()


def rewrite_draft(by: Business) -> None:
    """Other words, another order, a note, a discount."""
    with by.store.writing() as uow:
        draft = _draft(by, uow)
        if draft is not None:
            order = [line.key for line in draft.lines]
            by.chance.shuffle(order)
            percent = Decimal(by.chance.choice(["0", "5", "12.5"]))
            edit_draft(uow, draft.id, DraftEdit({order[0]: "In our words"}, order, "Thank you", percent))
            uow.commit()


def merge_or_split(by: Business) -> None:
    """Two drafts of one account become one, or one with two lines two."""
    with by.store.writing() as uow:
        account = _account(by, uow)
        own = [view.draft for view in list_drafts(uow, by.today, account)]
        if len(own) > 1:
            merge_drafts(uow, [draft.id for draft in own[:2]])
        elif own:
            split_draft(uow, own[0].id, [own[0].lines[0].key])
        uow.commit()


def give_up_draft(by: Business) -> None:
    """Delete a draft, take a line out, or put it back into the run."""
    with by.store.writing() as uow:
        draft = _draft(by, uow)
        if draft is not None:
            how = by.chance.randrange(4)
            if how == 0:
                delete_draft(uow, draft.id, "given up", by.today)
            elif how == 1:
                take_out(uow, draft.id, [draft.lines[0].key], by.today, "goodwill")
            else:
                put_back(uow, [draft.id])
            uow.commit()


def close_month(by: Business) -> None:
    """Close what ended, of everybody or of one account."""
    with by.store.writing() as uow:
        account = _account(by, uow) if by.chance.random() < 0.6 else None
        through = by.today - timedelta(days=by.chance.randrange(1, 40))
        close_periods(uow, CloseCommand(through, account), by.today)
        uow.commit()


def reopen_one(by: Business) -> None:
    with by.store.writing() as uow:
        closed = [row for row in closing_board(uow, by.today).closed if row.can_reopen]
        if closed:
            row = by.chance.choice(closed)
            start = row.usage.span.start
            reopen_period(uow, row.account_id, row.retainer_id, start, "too early", by.today)
            uow.commit()


def decide_about_late_work(by: Business) -> None:
    with by.store.writing() as uow:
        waiting = list_late(uow, by.today)
        if waiting:
            effect = by.chance.choice(waiting)
            choice = by.chance.choice(effect.options).choice
            decide_late(uow, effect.id, choice, "agreed", by.today)
            uow.commit()


def be_paid_in_dollars(by: Business) -> None:
    """Dollars for euros, at a rate that was agreed or for an amount that was stated, with the bank's fee."""
    with by.store.writing() as uow:
        account = _account(by, uow)
        waiting = open_invoices(uow, account)
        if not waiting:
            return
        amount = waiting[0].balance
        received = Money(amount.minor * 11 // 10 + 1, "USD")
        payment = Payment(
            account, new_row_id("p"), by.today, amount, propose_allocations(uow, account, amount),
            Money(min(250, received.minor), "USD"), "wire", received,
        )  # fmt: skip
        record_payment(uow, payment)
        uow.commit()


def note_rate(by: Business) -> None:
    with by.store.writing() as uow:
        rate = Decimal(by.chance.randrange(8000, 12000)) / 10_000
        add_rate(uow, ExchangeRate("USD", "EUR", by.today, rate, "bank"))
        uow.commit()


def take_payment_back(by: Business) -> None:
    with by.store.writing() as uow:
        account = _account(by, uow)
        known = payments_by_account(uow, [account]).get(account, ())
        if known and by.chance.random() < 0.5:
            remove_payment(uow, by.chance.choice(known))
            uow.commit()


def agree_deposit(by: Business) -> None:
    """A deposit that is used from today, later, or held; or one that was agreed is taken back."""
    with by.store.writing() as uow:
        account = _account(by, uow)
        known = list_deposits(uow, account)
        if known and by.chance.random() < 0.3:
            remove_deposit(uow, by.chance.choice(known).deposit)
        else:
            amount = Money(by.chance.randrange(10_000, 200_000), "EUR")
            since = by.chance.choice([None, by.today, by.today + timedelta(days=20)])
            deposit = Deposit(account, new_row_id("d"), by.today, "Deposit", amount, deduct_from=since)
            add_deposit(uow, deposit)
        uow.commit()


def write_letter(by: Business) -> None:
    """The next letter that is due, or a statement; kept as sent."""
    files = documents_folder(by.store.path)
    with by.store.writing() as uow:
        account = _account(by, uow)
        letter = letter_for(uow, account, by.today)
        if letter is not None:
            mark_letter_sent(uow, letter, KeptFiles(files), by.today)
        else:
            span = Period(by.today - timedelta(days=30), by.today)
            mark_statement_sent(
                uow, account, statement_of_account(uow, account, span), KeptFiles(files), by.today
            )
        uow.commit()


def take_letter_back(by: Business) -> None:
    with by.store.writing() as uow:
        known = list_letters(uow)
        if known and by.chance.random() < 0.5:
            take_back_letter(uow, by.chance.choice(known))
            uow.commit()


def sell_block(by: Business) -> None:
    """A block of ten hours for a retainer, open when invoiced, and given up or kept at its end."""
    with by.store.writing() as uow:
        account = _account(by, uow)
        ids = _retainer_ids(uow, account)
        if ids:
            block = Block(
                account, new_row_id("b"), by.today, "Ten hours", UsageUnit.MINUTES, 600,
                Money(90_000, "EUR"), by.chance.choice(ids), by.today + timedelta(days=60),
                leftover=by.chance.choice(list(Leftover)), opened_by=by.chance.choice(list(OpenedBy)),
            )  # fmt: skip
            add_block(uow, block)
            uow.commit()


def offset_overage(by: Business) -> None:
    """Decide about overage, against prepaid blocks too where there are some."""
    with by.store.writing() as uow:
        rows = list_overage(uow, by.today)
        if rows:
            row = by.chance.choice(rows)
            choice = by.chance.choice([OverageDecision.OFFSET, OverageDecision.BILL, OverageDecision.CARRY])
            decision = UsageDecision(row.span.start, choice, "agreed")
            decide_overage(uow, row.account_id, row.retainer_id, decision, by.today)
            uow.commit()


def count_anew(by: Business) -> None:
    """Let the series begin anew each year, or go on."""
    with by.store.writing() as uow:
        series = by.chance.choice(list_series(uow))
        reset = by.chance.choice(list(SeriesReset))
        month = by.chance.choice([1, 3])
        change_series(uow, SeriesCommand(replace(series, reset=reset, year_starts_in=month)), by.today)
        uow.commit()


def give_up_minutes(by: Business) -> None:
    with by.store.writing() as uow:
        account = _account(by, uow)
        entries = WORK.of_account(uow, account)
        if entries:
            entry = by.chance.choice(entries)
            write_down(uow, account, entry.id, by.chance.randrange(entry.minutes + 1), "goodwill")
            uow.commit()


def work_for_nobody(by: Business) -> None:
    """Work that names no retainer; now and then all of it is assigned."""
    with by.store.writing() as uow:
        account = _account(by, uow)
        waiting = list_unassigned(uow, account, by.today)
        retainers = _retainer_ids(uow, account)
        if waiting and retainers and by.chance.random() < 0.5:
            assign_work(uow, account, [entry.id for entry in waiting], by.chance.choice(retainers))
        else:
            add_row(uow, WorkEntry(account, new_row_id("w"), by.today, 45, "ada", text="Call"))
        uow.commit()


def _retainer_ids(uow: UnitOfWork, account: str) -> list[str]:
    return [each.id for each in list_retainers(uow, account)]


DEEDS = (
    keep_drafts, issue_kept, rewrite_draft, merge_or_split, give_up_draft, close_month, reopen_one,
    decide_about_late_work, decide_about_late_work, be_paid_in_dollars, note_rate, take_payment_back,
    agree_deposit, write_letter, take_letter_back, sell_block, offset_overage, count_anew, give_up_minutes,
    work_for_nobody,
)  # fmt: skip
