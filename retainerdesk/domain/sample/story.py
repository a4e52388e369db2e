"""What a sample account is told as: who they are, what was agreed, how they work, talk and pay.

A story says days as "so many days before today" (negative: ahead), so that it is as true tomorrow as today.
Percentages are of the allowance, minutes are whole, money is a decimal string in the account's currency.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from retainerdesk.domain.account import Account
from retainerdesk.domain.retainer import Retainer
from retainerdesk.domain.work import WorkKind


@dataclass(frozen=True, slots=True)
class Phrases:
    """Texts made of a beginning and an ending; counts without a common divisor give the most of them."""

    beginnings: tuple[str, ...]
    endings: tuple[str, ...] = ("",)

    def text(self, n: int) -> str:
        """The n-th text; the same n gives the same text."""
        return self.beginnings[n % len(self.beginnings)] + self.endings[n % len(self.endings)]


@dataclass(frozen=True, slots=True)
class WorkHabit:
    """Work that comes back on a weekday (0 is Monday), every so many weeks; `weight` is its share."""

    weekday: int
    person_id: str
    kind: WorkKind
    weight: int
    every_weeks: int = 1


@dataclass(frozen=True, slots=True)
class Talks:
    """Calls every so many days, the newest `last_days_ago`; each is also a work entry of `person_id`.

    `newest` are the notes of the latest calls, newest first; `notes` those of the rest. Every
    `review_every`-th call is a review of an hour. `joined_by` is the account's word for "with".
    """

    title: str
    every_days: int
    last_days_ago: int
    minutes: int
    hour: int
    person_id: str
    contact_ids: tuple[str, ...]
    newest: tuple[str, ...]
    notes: Phrases
    review_every: int = 0
    joined_by: str = "with"


@dataclass(frozen=True, slots=True)
class Pays:
    """How an account pays: so many days after issue, in turn; ahead of a weekend rather than on it.

    Invoices of the last `stopped_days` are unpaid; of the oldest of them came `part`, (days ago, percent).
    `fee` is what the bank keeps of each payment, `fee_permille` what a card company does.
    """

    days_after_issue: tuple[int, ...]
    text: str = "Bank transfer"
    stopped_days: int = 0
    part: tuple[int, int] | None = None
    fee: str = "0"
    fee_permille: int = 0


@dataclass(frozen=True, slots=True)
class SaidNote:
    """A note written so many days ago; `touch` marks two-way contact."""

    days_ago: int
    text: str
    touch: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A next step, due in so many days from today (negative: overdue); done so many days ago, if it is."""

    text: str
    owner: str
    due_in_days: int
    done_days_ago: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A commercial decision and its reason."""

    days_ago: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Extra:
    """A one-off charge for the next invoice."""

    days_ago: int
    text: str
    unit_price: str
    quantity: str = "1"
    discount_percent: str = "0"


@dataclass(frozen=True, slots=True)
class Cost:
    """Money spent for the account; `rebill` passes it on."""

    days_ago: int
    text: str
    amount: str
    rebill: bool = False


@dataclass(frozen=True, slots=True)
class Favour:
    """Work outside the agreement."""

    days_ago: int
    minutes: int
    person_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Story:
    """One account of the sample business.

    `burned_percent` is the work of each closed period as a share of its grant, the latest closed first, and
    then over again; `pace_percent` is that of the running period, as a share of the days gone by.
    """

    account: Account
    retainer: Retainer
    burned_percent: tuple[int, ...]
    pace_percent: int
    habits: tuple[WorkHabit, ...]
    work_texts: Mapping[WorkKind, Phrases]
    talks: Talks
    pays: Pays
    notes: tuple[SaidNote, ...] = ()
    steps: tuple[Step, ...] = ()
    choices: tuple[Choice, ...] = ()
    extras: tuple[Extra, ...] = ()
    costs: tuple[Cost, ...] = ()
    favours: tuple[Favour, ...] = ()
