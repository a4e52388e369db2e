"""Merging a book file into a book: a pure comparison, whose result is written in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from retainerdesk.domain.account import Series
from retainerdesk.domain.book import AccountFile, Book
from retainerdesk.domain.exchange_rate import ExchangeRate
from retainerdesk.domain.invoice import Invoice
from retainerdesk.domain.invoiced_rows import changed_fields, invoiced_words, number_charging
from retainerdesk.domain.retainer import Retainer
from retainerdesk.domain.work import Expense, OneOffCharge
from retainerdesk.exchange.book.letters import letter_node, own_rate_node
from retainerdesk.exchange.book.read_deposits import deposit_node
from retainerdesk.exchange.book.refusals import Refusal, Refusals
from retainerdesk.exchange.book.tax_rates import tax_rate_node
from retainerdesk.exchange.book.write_blocks import block_node
from retainerdesk.exchange.book.write_draft import draft_node
from retainerdesk.exchange.book.write_invoice import invoice_node
from retainerdesk.exchange.book.write_parties import person_node
from retainerdesk.exchange.book.write_rates import exchange_rate_node
from retainerdesk.exchange.book.write_rows import (
    action_node,
    call_node,
    charge_node,
    decision_node,
    document_node,
    expense_node,
    note_node,
    payment_node,
    settlement_node,
    skip_node,
    work_node,
)
from retainerdesk.exchange.merge.compare import Comparison
from retainerdesk.exchange.merge.parties import merge_account, merge_business, merge_retainer, merge_series
from retainerdesk.exchange.merge.plan import AccountMerge, Merged, MergePlan, joined

Value = TypeVar("Value")


def merge_books(current: Book, incoming: Book, *, update: bool = False) -> MergePlan:
    """What importing `incoming` into `current` would do; neither is changed.

    By id: new is added, equal is left, different is refused by its path in the file, or with `update`
    taken from the file. Issued invoices and plans they were computed from never change; what the file
    lacks stays. If anything is refused, nothing is to be written. Paths count by the order of `incoming`:
    give it as `read_as_written` returns it.
    """
    refusals = Refusals()
    compare = Comparison(refusals, update)
    currency = current.business.currency
    to_person = partial(person_node, currency=currency)
    accounts = _merge_accounts(current, incoming, compare)
    return MergePlan(
        business=merge_business(current.business, incoming.business, compare),
        people=compare.by_id(current.people, incoming.people, "people", lambda person: person.id, to_person),
        series=_merge_all_series(current, incoming, accounts, compare),
        tax_rates=compare.by_id(
            current.tax_rates, incoming.tax_rates, "tax_rates", lambda rate: rate.id, tax_rate_node
        ),
        late_interest_rates=compare.by_id(
            current.late_interest_rates,
            incoming.late_interest_rates,
            "late_interest_rates",
            lambda rate: rate.id,
            own_rate_node,
        ),
        accounts=accounts,
        exchange_rates=compare.by_id(
            current.exchange_rates, incoming.exchange_rates, "exchange_rates", _rate_key, exchange_rate_node
        ),
        refused=refusals.kept,
        refused_total=refusals.total,
        notes=_awaited(current, incoming),
    )


def _rate_key(rate: ExchangeRate) -> object:
    return rate.key


def _merge_all_series(
    current: Book, incoming: Book, accounts: tuple[AccountMerge, ...], compare: Comparison
) -> Merged[Series]:
    mine = {series.id: series for series in current.series}
    parts = []
    for index, series in enumerate(incoming.series):
        reached = [
            (invoice.series_year, invoice.sequence + 1)
            for account in accounts
            for invoice in account.invoices.added
            if invoice.series_id == series.id
        ]
        year, following = max([(series.year, series.next), *reached])
        beyond = replace(series, year=year, next=following)
        parts.append(merge_series(mine.get(series.id), beyond, f"series[{index}]", compare))
    return joined(parts)


def _merge_accounts(current: Book, incoming: Book, compare: Comparison) -> tuple[AccountMerge, ...]:
    mine = {file.account.id: file for file in current.accounts}
    numbers = {invoice.number: invoice for file in current.accounts for invoice in file.invoices}
    places = {_place(invoice): invoice.number for invoice in numbers.values()}
    merged = []
    for index, file in enumerate(incoming.accounts):
        path = f"accounts[{index}]"
        known = mine.get(file.account.id)
        base = known or AccountFile(file.account)
        part = _merge_rows(base, file, path, compare)
        account, contacts = merge_account(base, file.account, path, compare)
        account = account if known else Merged(added=(file.account,))
        invoices = _merge_invoices(numbers, places, file, path, compare)
        merged.append(replace(part, account=account, contacts_added=contacts, invoices=invoices))
    return tuple(merged)


def _place(invoice: Invoice) -> tuple[str, int, int]:
    return invoice.series_id, invoice.series_year, invoice.sequence


def _merge_rows(current: AccountFile, incoming: AccountFile, path: str, compare: Comparison) -> AccountMerge:
    def rows(name: str, write: Callable[[Value], dict[str, object]]) -> Merged[Value]:
        mine, theirs = getattr(current, name), getattr(incoming, name)
        return compare.by_id(mine, theirs, f"{path}.{name}", _row_id, write)

    _refuse_invoiced(current, incoming, path, compare)
    return AccountMerge(
        account_id=incoming.account.id,
        retainers=_merge_retainers(current, incoming, path, compare),
        work=rows("work", work_node),
        calls=rows("calls", call_node),
        notes=rows("notes", note_node),
        actions=rows("actions", action_node),
        decisions=rows("decisions", decision_node),
        charges=rows("charges", partial(charge_node, currency=incoming.account.currency)),
        expenses=rows("expenses", expense_node),
        payments=rows("payments", payment_node),
        documents=rows("documents", document_node),
        settlements=rows("settlements", settlement_node),
        blocks=rows("blocks", block_node),
        letters=rows("letters", partial(letter_node, currency=incoming.account.currency)),
        deposits=rows("deposits", deposit_node),
        drafts=rows("drafts", draft_node),
        skips=compare.by_id(current.skips, incoming.skips, f"{path}.skips", lambda skip: skip.key, skip_node),
    )


def _refuse_invoiced(current: AccountFile, incoming: AccountFile, path: str, compare: Comparison) -> None:
    """Charges and expenses on an issued invoice of the book never change, whatever was asked for."""
    if not compare.update:
        return
    rows: dict[str, tuple[tuple[OneOffCharge | Expense, ...], tuple[OneOffCharge | Expense, ...]]] = {
        "charges": (current.charges, incoming.charges),
        "expenses": (current.expenses, incoming.expenses),
    }
    for name, (mine, theirs) in rows.items():
        known = {row.id: row for row in mine}
        for index, row in enumerate(theirs):
            before = known.get(row.id)
            changed = changed_fields(before, row) if before else ()
            number = number_charging(before, current.invoices) if before and changed else ""
            if before and number:
                compare.refusals.add(f"{path}.{name}[{index}].{changed[0]}", invoiced_words(before, number))


def _row_id(row: object) -> object:
    return getattr(row, "id")  # noqa: B009 - every kind of row has one, which a type variable cannot say


def _merge_retainers(
    current: AccountFile, incoming: AccountFile, path: str, compare: Comparison
) -> Merged[Retainer]:
    mine = {retainer.id: retainer for retainer in current.retainers}
    parts = [
        merge_retainer(
            mine.get(retainer.id), retainer, current.invoices, f"{path}.retainers[{index}]", compare
        )
        for index, retainer in enumerate(incoming.retainers)
    ]
    return joined(parts)


def _merge_invoices(
    numbers: dict[str, Invoice],
    places: dict[tuple[str, int, int], str],
    incoming: AccountFile,
    path: str,
    compare: Comparison,
) -> Merged[Invoice]:
    """Issued documents are added or equal; anything else is refused, whatever was asked for.

    But for one that the file knows to be void: with update it becomes void in the book too.
    """
    never = Comparison(compare.refusals, update=False, way_out="an issued document never changes")
    added, changed, left = [], [], 0
    for index, invoice in enumerate(incoming.invoices):
        place = f"{path}.invoices[{index}]"
        mine = numbers.get(invoice.number)
        taken_by = places.get(_place(invoice), invoice.number)
        if mine is not None and compare.update and _was_voided(mine, invoice):
            changed.append(invoice)
        elif mine is not None:
            left += _is_left(never, mine, invoice, place)
        elif taken_by != invoice.number:
            sentence = f"{invoice.sequence} is the place of {taken_by} in the book."
            compare.refusals.add(f"{place}.sequence", sentence)
        else:
            added.append(invoice)
    return Merged(tuple(added), tuple(changed), left)


def _was_voided(mine: Invoice, theirs: Invoice) -> bool:
    """Whether the document of the file is the book's own, cancelled since."""
    if mine.is_void() or not theirs.is_void() or theirs.voided is None:
        return False
    return theirs == replace(mine, status=theirs.status, voided=theirs.voided)


def _is_left(never: Comparison, mine: Invoice, theirs: Invoice, place: str) -> bool:
    if mine.account_id != theirs.account_id:
        sentence = f"{mine.number} is an invoice of {mine.account_id} in the book."
        never.refusals.add(f"{place}.number", sentence)
        return False
    return never.same(mine, theirs, place, invoice_node)


def _awaited(current: Book, incoming: Book) -> tuple[Refusal, ...]:
    """Payments of invoices that neither book has: they count once the invoice is issued."""
    known = {
        invoice.number for book in (current, incoming) for file in book.accounts for invoice in file.invoices
    }
    return tuple(
        Refusal(f"accounts[{a}].payments[{p}].invoice", f"{part.invoice_number} has not been issued yet.")
        for a, file in enumerate(incoming.accounts)
        for p, payment in enumerate(file.payments)
        for part in payment.allocations
        if part.invoice_number not in known
    )
