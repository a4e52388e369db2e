"""Frozen pictures of the book that screens and the command line show, not yet formatted.

Amounts are `Money`, time is minutes, periods are half-open, ratios are exact fractions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from retainerdesk.domain.account import Account
from retainerdesk.domain.block_ledger import BlockLedger
from retainerdesk.domain.deposit import DepositState
from retainerdesk.domain.margin import Margin
from retainerdesk.domain.money import Money
from retainerdesk.domain.notice import TermFacts
from retainerdesk.domain.payments import Ageing
from retainerdesk.domain.retainer import Retainer
from retainerdesk.domain.usage_period import UsagePeriod
from retainerdesk.domain.verdict import Verdict
from retainerdesk.domain.work import Action


@dataclass(frozen=True, slots=True)
class LotExpiry:
    """Minutes of lots that can be used through `last_day` and are lost after it."""

    minutes: int
    last_day: date


@dataclass(frozen=True, slots=True)
class RetainerView:
    """One retainer as of a day: its terms, its running period, its dates.

    `usage` holds every usage period up to now, the running one last. `fee` is the full fee in force.
    `expiries` are the next lots to die. `words` is the agreement in plain words, a sentence each.
    """

    retainer: Retainer
    fee: Money
    mrr: Money
    usage: Sequence[UsagePeriod]
    expiries: tuple[LotExpiry, ...]
    term: TermFacts | None
    words: tuple[str, ...]

    @property
    def running(self) -> UsagePeriod | None:
        """The period that holds the day of the view, if the retainer is running."""
        return self.usage[-1] if self.usage and not self.usage[-1].closed else None


@dataclass(frozen=True, slots=True)
class MarginView:
    """Twelve months of margin, oldest first, the running one last.

    `total` adds up the complete months with revenue, None without any; `last` is the last month that is over
    and complete, whose waterfall is shown. Money is in the business's currency where a rate is known.
    """

    months: tuple[Margin, ...]
    total: Margin | None
    last: Margin | None
    target_percent: Fraction


@dataclass(frozen=True, slots=True)
class DepositView:
    """One deposit as of a day; amounts as agreed. `invoice_number` is the document that asks for it."""

    id: str
    text: str
    on: date
    amount: Money
    left: Money
    available: Money
    state: DepositState
    deduct_from: date | None = None
    invoice_number: str | None = None


@dataclass(frozen=True, slots=True)
class AccountView:
    """Everything one account's screen shows, except the pages of its timeline."""

    account: Account
    as_of: date
    balance: Money
    overdue: Money
    credit: Money
    ageing: Ageing
    mrr: Money
    verdicts: tuple[Verdict, ...]
    retainers: tuple[RetainerView, ...]
    margin: MarginView
    next_actions: tuple[Action, ...]
    average_days_late: Fraction | None = None
    dso: Fraction | None = None
    blocks: tuple[BlockLedger, ...] = ()
    deposits: tuple[DepositView, ...] = ()


@dataclass(frozen=True, slots=True)
class ParkedRow:
    """An account a run left alone, with the reason; `can_confirm` says that a yes releases it."""

    account_id: str
    account_name: str
    retainer_id: str
    reason: str
    charges: int
    can_confirm: bool
