"""One account at a glance: everything its screen shows, read once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from retainerdesk.services.kept_facts import load_kept_view
from retainerdesk.services.views import AccountView
from retainerdesk.store.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from retainerdesk.domain.notice import IsBusinessDay
    from retainerdesk.domain.usage_period import UsagePeriod


def load_account_view(
    uow: UnitOfWork, account_id: str, today: date, is_business_day: IsBusinessDay | None = None
) -> AccountView:
    """The account as of `today`; RuleViolation if there is none of that id.

    Deadlines are business days of the business's country, unless others are given. The burns of its ledgers
    name no single entries; `explain_usage` does.
    """
    kept = load_kept_view(uow, account_id, today) if is_business_day is None else None
    return kept or _computed(uow, account_id, today, is_business_day)


def _computed(
    uow: UnitOfWork, account_id: str, today: date, is_business_day: IsBusinessDay | None
) -> AccountView:
    # A kept screen, the usual case, needs none of the rules.
    from retainerdesk.services.compute_facts import working_days
    from retainerdesk.services.facts import load_account_facts, load_issuer
    from retainerdesk.services.view_of import view_of

    issuer = load_issuer(uow)
    days = is_business_day or working_days(issuer.business.country)
    return view_of(load_account_facts(uow, account_id, today, days), issuer)


def explain_usage(uow: UnitOfWork, account_id: str, retainer_id: str, today: date) -> tuple[UsagePeriod, ...]:
    """The lot ledger of a retainer entry by entry; RuleViolation if there is no such account."""
    from retainerdesk.domain.allowance import lot_ledger
    from retainerdesk.domain.belonging import work_of
    from retainerdesk.store.repositories.books import load_account_file

    file = load_account_file(uow, account_id)
    retainer = file.retainer(retainer_id)
    return lot_ledger(retainer, work_of(file, retainer), today)
