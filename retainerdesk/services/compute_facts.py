"""Computes what is kept of accounts (`kept_facts`); imported only once something has to be computed."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from retainerdesk.services.account_digest import load_digest
from retainerdesk.services.facts import AccountFacts, IsBusinessDay, load_issuer
from retainerdesk.services.known_account import Issuer
from retainerdesk.services.summaries import AccountDigest
from retainerdesk.services.view_of import view_of
from retainerdesk.services.views import AccountView
from retainerdesk.store.unit_of_work import UnitOfWork
from retainerdesk.system.business_days import business_days


class FactsComputer:
    """Computes accounts as of one unit of work; the business, its people and holidays are read once."""

    def __init__(self, uow: UnitOfWork, today: date) -> None:
        self._uow, self._today = uow, today
        self._issuer: Issuer = load_issuer(uow)
        self._is_business_day = working_days(self._issuer.business.country)

    def digest(self, account_id: str) -> AccountDigest:
        return self._load(account_id)[0]

    def both(self, account_id: str) -> tuple[AccountDigest, AccountView]:
        digest, facts = self._load(account_id)
        return digest, view_of(facts, self._issuer)

    def _load(self, account_id: str) -> tuple[AccountDigest, AccountFacts]:
        return load_digest(self._uow, account_id, self._today, self._issuer, self._is_business_day)


@lru_cache(maxsize=8)
def working_days(country: str) -> IsBusinessDay:
    """The business days of a country; holidays are looked up once a year of them."""
    return business_days(country)
