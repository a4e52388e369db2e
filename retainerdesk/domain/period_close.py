"""A usage period that was closed and locked by a person, and what was decided about work that came later.

A closed period keeps its row of the lot ledger as it stood, whatever is added, changed or deleted in it
afterwards; what that would have changed is a difference to decide (see `late`). Source: handbook, "Closing".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from retainerdesk.domain.block import BlockBurn
from retainerdesk.domain.lots import Lot
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period

# What a correction line names as its source: this, and the id of the decision.
LATE_SOURCE = "late:"


@dataclass(frozen=True, slots=True)
class Reopened:
    """A closing that was taken back on a day, with the reason."""

    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class PeriodClose:
    """The row of the lot ledger of the usage period `span`, as it stood when it was closed on `closed_on`.

    Figures are in the unit of its plan (the one from `plan_on`): minutes, minor units or sessions. They hold
    opening + granted + adjusted = burned + expired + forfeited + carried, and used + carried_in = burned +
    from_blocks + unmetered + overage. `uses` are what drew on it: day, entry or call, amount. `lots` are what
    it handed on. A period that was opened again and closed anew has a higher `number`.
    """

    span: Period
    closed_on: date
    plan_on: date
    opening: int
    granted: int
    adjusted: int
    used: int
    carried_in: int
    burned: int
    overage: int
    expired: int
    forfeited: int
    carried: int
    from_blocks: int = 0
    unmetered: int = 0
    uses: tuple[tuple[date, str, int], ...] = ()
    lots: tuple[Lot, ...] = ()
    block_burns: tuple[BlockBurn, ...] = ()
    number: int = 1
    reopened: Reopened | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the period was closed on `day` and not opened again by then."""
        is_closed = self.closed_on <= day
        return is_closed and (self.reopened is None or self.reopened.on > day)


class LateChoice(StrEnum):
    """What happens to the difference that late work makes in a closed period."""

    CORRECT = "correct"
    CREDIT = "credit"
    CARRY = "carry"
    ABSORB = "absorb"


@dataclass(frozen=True, slots=True)
class LateEntry:
    """An entry or call whose amount in a closed period is another than before; 0: there was, or is, none."""

    entry_id: str
    on: date
    before: int
    after: int

    @property
    def change(self) -> int:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Difference:
    """What a closed row would be if it were computed now, less what it is and what was decided already.

    `used`, `overage`, `from_blocks` and `carried` are in the unit of the plan, `price` is what the overage
    costs at the price of the plan; each may be negative.
    """

    used: int
    overage: int
    from_blocks: int
    carried: int
    price: Money

    @property
    def to_place(self) -> int:
        """What has to be put somewhere: over the allowance, or out of lots and blocks that live on."""
        return self.overage + self.from_blocks - self.carried

    @property
    def covered(self) -> int:
        """What the closed period itself covers, out of what had been forfeited, expired or is not metered."""
        return self.used - self.to_place

    def __sub__(self, other: Difference) -> Difference:
        return Difference(
            self.used - other.used, self.overage - other.overage, self.from_blocks - other.from_blocks,
            self.carried - other.carried, self.price - other.price,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class LateDecision:
    """What was decided on `on` about a difference of the closed period that starts on `period_on`.

    `difference` is what was decided about, `entries` what caused it. What is moved goes into the open period
    that holds `to_on` (None where nothing is moved). `invoice_number` is the credit note, if one was issued.
    """

    id: str
    period_on: date
    on: date
    choice: LateChoice
    difference: Difference
    reason: str
    entries: tuple[LateEntry, ...] = ()
    to_on: date | None = None
    invoice_number: str | None = None

    @property
    def billed(self) -> int:
        """The part of the overage that is charged or credited."""
        is_billed = self.choice in (LateChoice.CORRECT, LateChoice.CREDIT)
        return self.difference.overage if is_billed else 0

    @property
    def absorbed(self) -> int:
        """What is given away (negative: less than was given away)."""
        return self.difference.to_place if self.choice is LateChoice.ABSORB else 0

    @property
    def moved(self) -> int:
        """What the next open period has to cover (negative: what it is granted)."""
        return self.difference.to_place - self.billed - self.absorbed
