"""What is known of every account at once: its row in the list, its due items, the sums of the book.

Apart from `views`, because the first picture of a window shows these and needs no more of the rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from retainerdesk.domain.account import AccountStatus
from retainerdesk.domain.due_item import DueItem
from retainerdesk.domain.money import Money
from retainerdesk.domain.verdict import Verdict

if TYPE_CHECKING:
    from retainerdesk.domain.exchange_rate import Converted


@dataclass(frozen=True, slots=True)
class AccountSummary:
    """One row of the account list.

    `used_minutes` of `allowed_minutes` are those of the running usage periods, all retainers together
    (`allowed_minutes` 0: nothing is metered). `next_on` is the next date to act, with its reason.
    `contacts` are names to find the account by. `average_days_late` and `dso` are days, exact.
    """

    id: str
    name: str
    status: AccountStatus
    currency: str
    mrr: Money
    balance: Money
    overdue: Money
    used_minutes: int
    allowed_minutes: int
    verdicts: tuple[Verdict, ...]
    next_on: date | None
    next_text: str
    needs_you: bool
    contacts: tuple[str, ...] = ()
    average_days_late: Fraction | None = None
    dso: Fraction | None = None


@dataclass(frozen=True, slots=True)
class AccountDigest:
    """The row of an account in the list, and its due items in order."""

    summary: AccountSummary
    due: tuple[DueItem, ...]


@dataclass(frozen=True, slots=True)
class DueReport:
    """All due items as of a day, in order of date, then kind. `fresh` are those never announced before."""

    as_of: date
    items: tuple[DueItem, ...]
    fresh: tuple[DueItem, ...] = ()


@dataclass(frozen=True, slots=True)
class BusinessTotals:
    """The line at the foot of the window, per currency: recurring, open and overdue money.

    `recurring` is all of `mrr` in the business's currency by the rates in force that day, with what has none
    apart.
    """

    mrr: tuple[Money, ...]
    open: tuple[Money, ...]
    overdue: tuple[Money, ...]
    recurring: Converted
