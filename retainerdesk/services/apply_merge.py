"""Write what a merge decided, in an order in which every reference leads somewhere."""

from __future__ import annotations

from retainerdesk.exchange.merge.plan import AccountMerge, MergePlan
from retainerdesk.store.repositories import (
    accounts,
    corrections,
    drafts,
    exchange_rates,
    invoices,
    letters,
    parties,
    payments,
    retainers,
    skips,
    tax_rates,
)
from retainerdesk.store.repositories.books import LISTS
from retainerdesk.store.unit_of_work import UnitOfWork


def apply_merge(uow: UnitOfWork, plan: MergePlan) -> None:
    """Write everything a plan adds and changes; the caller commits."""
    for business in (*plan.business.added, *plan.business.changed):
        parties.save_business(uow, business)
    for person in (*plan.people.added, *plan.people.changed):
        parties.save_person(uow, person)
    for series in (*plan.series.added, *plan.series.changed):
        parties.save_series(uow, series)
    for late in (*plan.late_interest_rates.added, *plan.late_interest_rates.changed):
        letters.save_own_rate(uow, late)
    for rate in (*plan.exchange_rates.added, *plan.exchange_rates.changed):
        exchange_rates.save_rate(uow, rate)
    for tax_rate in (*plan.tax_rates.added, *plan.tax_rates.changed):
        tax_rates.save_tax_rate(uow, tax_rate)
    for account in plan.accounts:
        _apply_account(uow, account)


def _apply_account(uow: UnitOfWork, merge: AccountMerge) -> None:
    for account in merge.account.added:
        accounts.add_account(uow, account)
    for account in merge.account.changed:
        accounts.update_account(uow, account)
    for retainer in (*merge.retainers.added, *merge.retainers.changed):
        retainers.save_retainer(uow, retainer)
    for name, rows in LISTS.items():
        merged = getattr(merge, name)
        rows.add(uow, *merged.added)
        for row in merged.changed:
            rows.update(uow, row)
    for draft in merge.drafts.changed:
        drafts.update_draft(uow, draft)
    for invoice in merge.invoices.added:
        invoices.issue(uow, invoice)
    for invoice in merge.invoices.changed:
        # A merge changes a document in one way only: it was voided elsewhere.
        assert invoice.voided is not None
        corrections.void(uow, invoice, invoice.voided)
    payments.add_payments(uow, *merge.payments.added)
    for payment in merge.payments.changed:
        payments.update_payment(uow, payment)
    skips.add_skips(uow, *merge.skips.added)
    drafts.add_drafts(uow, *merge.drafts.added)
