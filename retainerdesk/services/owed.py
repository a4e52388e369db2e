"""What accounts are owed, computed from the book itself and never from kept facts.

What a preview found is used by the run that follows it, and the result for an account for its next invoice
too, but only while the audit chain proves that nothing but the run itself wrote to it since: the first link
of anybody else's about the account, the business or the people makes it be computed again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from retainerdesk.domain.account import Account, Business, Series, SeriesPurpose
from retainerdesk.domain.allowance import lot_ledger
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.charging import BillingState, issued_lines
from retainerdesk.domain.invoice import Invoice
from retainerdesk.domain.invoicing import Proposal, RunPreview, propose
from retainerdesk.services.business import get_business
from retainerdesk.services.known_account import summed_work, sums_suffice
from retainerdesk.services.number_series import default_of, list_series, series_of_account
from retainerdesk.store.queries.changes_since import Place, newest_place, touched_since
from retainerdesk.store.queries.issue_dates import last_issue_dates
from retainerdesk.store.repositories.books import load_account_file
from retainerdesk.store.repositories.invoices import documents_with_lines
from retainerdesk.store.unit_of_work import UnitOfWork

_NOT_NEEDED = frozenset(
    {
        "work",
        "calls",
        "notes",
        "actions",
        "decisions",
        "documents",
        "payments",
        "settlements",
        "invoices",
        "letters",
    }
)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a run is asked: charges up to `through`, as of `today`; `confirmed` accounts may exceed bounds."""

    through: date
    today: date
    confirmed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Owed:
    """One account and the invoices it is owed; `replaceable` are its void documents and what corrects any."""

    account: Account
    run: RunPreview
    replaceable: tuple[Invoice, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """What a preview found, by account, as of a place in the audit chain; `last` as in `compute_owed`."""

    terms: Terms
    place: Place
    last: Mapping[str, date]
    owed: Mapping[str, Owed]


def compute_owed(uow: UnitOfWork, account_id: str, terms: Terms, last: Mapping[str, date]) -> Owed:
    """What an account is owed; `last` is the newest issue date of each series.

    Raises RuleViolation for an unknown account, and where a rule of the account is broken.
    """
    file, state = load_billing(uow, account_id, terms.today)
    confirmed = account_id in terms.confirmed
    before = last.get(series_of_account(uow, file.account).id)
    run = propose(file, terms.through, terms.today, last_issued_on=before, confirmed=confirmed, state=state)
    replaceable = tuple(each for each in file.invoices if each.is_void() or each.corrects)
    return Owed(file.account, run, replaceable)


def load_billing(uow: UnitOfWork, account_id: str, today: date) -> tuple[AccountFile, BillingState | None]:
    """The file of an account as far as billing looks at it, and its state if that needs no single entries.

    Raises RuleViolation for an unknown account.
    """
    file = load_account_file(uow, account_id, without=_NOT_NEEDED)
    file = replace(file, invoices=documents_with_lines(uow, account_id))
    if not sums_suffice(file):
        return load_account_file(uow, account_id), None
    work = summed_work(uow, file, today)
    ledgers = {each.id: lot_ledger(each, work[each.id], today) for each in file.retainers}
    return file, BillingState(issued_lines(file), ledgers)


@dataclass(frozen=True, slots=True)
class Office:
    """Who issues, and the number series to choose from; what they give out next is read when it is taken."""

    business: Business
    series: tuple[Series, ...]

    def series_of(self, account: Account) -> Series:
        """The series that numbers the invoices of an account."""
        return default_of(self.series, SeriesPurpose.INVOICE, account.series_id)


def read_office(uow: UnitOfWork) -> Office:
    """As the book has it now."""
    return Office(get_business(uow), list_series(uow))


class OwedInRun:
    """Answers for one run, transaction after transaction. A `basis` of other terms is not used."""

    def __init__(self, terms: Terms, basis: Basis | None = None) -> None:
        self._terms = terms
        self._known: dict[str, Owed] = {}
        self._place: Place | None = None
        self._last: Mapping[str, date] = {}
        self._office: Office | None = None
        if basis is not None and basis.terms == terms:
            self._known, self._place, self._last = dict(basis.owed), basis.place, basis.last

    def of(self, uow: UnitOfWork, account_id: str) -> Owed:
        """What the account is owed in this writing unit of work, before it writes anything."""
        self._forget_touched(uow)
        if account_id not in self._known:
            self._known[account_id] = compute_owed(uow, account_id, self._terms, self._last)
        return self._known[account_id]

    def office(self, uow: UnitOfWork) -> Office:
        """Who issues, in a unit of work that has asked what an account is owed."""
        if self._office is None:
            self._office = read_office(uow)
        return self._office

    def note_issued(self, uow: UnitOfWork, proposal: Proposal, *, whole: bool) -> None:
        """A proposal was issued, `whole` or in part, and nothing else written; called before the commit."""
        owed = self._known.pop(proposal.account_id)
        # What replaces a void document depends on what was issued since.
        if whole and not any(each.is_void() for each in owed.replaceable):
            left = tuple(each for each in owed.run.proposals if each != proposal)
            self._known[proposal.account_id] = replace(owed, run=replace(owed.run, proposals=left))
        self._place = newest_place(uow)

    def _forget_touched(self, uow: UnitOfWork) -> None:
        now = newest_place(uow)
        if now == self._place:
            return
        self._office = None
        # What the run itself issues is dated today; only somebody else can have issued later.
        self._last = last_issue_dates(uow)
        if any(last > self._terms.today for last in self._last.values()):
            self._known.clear()
        if self._place is not None:
            touched = touched_since(uow, self._place)
            gone = self._known.keys() if touched.everything else touched.accounts
            self._known = {name: owed for name, owed in self._known.items() if name not in gone}
        self._place = now
