"""What happened with an account: minutes worked, calls, notes, actions, decisions, files.

`id` is the user's short name of a row, unique in its list of the account. Rows that arrive without one get
a name derived from their content (`derived_id`), so that reading the same file twice adds nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from retainerdesk.domain.account import TaxRule
from retainerdesk.domain.money import Money


class WorkKind(StrEnum):
    """What minutes were spent on."""

    DELIVERY = "delivery"
    CALL = "call"
    PREP = "prep"
    ACCOUNT_MANAGEMENT = "account_management"
    OUT_OF_SCOPE = "out_of_scope"

    @property
    def is_chargeable(self) -> bool:
        """Whether minutes of this kind draw on the allowance. Work out of scope never does."""
        return self is not WorkKind.OUT_OF_SCOPE


@dataclass(frozen=True, slots=True)
class WorkEntry:
    """Minutes of one person on one day.

    `written_down_minutes` of them were given up before billing: they cost, but neither draw on the allowance
    nor are overage.
    """

    account_id: str
    id: str
    on: date
    minutes: int
    person_id: str
    kind: WorkKind = WorkKind.DELIVERY
    retainer_id: str | None = None
    text: str = ""
    written_down_minutes: int = 0
    write_down_reason: str = ""

    @property
    def chargeable_minutes(self) -> int:
        """What draws on the allowance: nothing of work out of scope."""
        return self.minutes - self.written_down_minutes if self.kind.is_chargeable else 0


@dataclass(frozen=True, slots=True)
class Call:
    """A meeting at a local wall-clock time of the business's time zone.

    Where sessions are agreed it uses one of its retainer, unless `burns_session` says no.
    """

    account_id: str
    id: str
    at: datetime
    minutes: int
    title: str
    text: str = ""
    contact_ids: tuple[str, ...] = ()
    retainer_id: str | None = None
    burns_session: bool = True


@dataclass(frozen=True, slots=True)
class Note:
    """A text; `touch` marks it as two-way contact."""

    account_id: str
    id: str
    at: datetime
    text: str
    touch: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """A next step with owner and due date; open until `done_on`. `snoozed_until` hides it until then."""

    account_id: str
    id: str
    text: str
    owner: str = ""
    due_on: date | None = None
    done_on: date | None = None
    snoozed_until: date | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A commercial decision with its reason."""

    account_id: str
    id: str
    on: date
    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """A file kept with an account, stored once by content. `sha256` is hexadecimal."""

    account_id: str
    id: str
    on: date
    name: str
    sha256: str
    retainer_id: str | None = None
    size_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class OneOffCharge:
    """A line for the next invoice: quantity times unit price (4 decimals), less a discount in percent."""

    account_id: str
    id: str
    on: date
    text: str
    quantity: Decimal
    unit_price: Decimal
    discount_percent: Decimal = Decimal(0)
    tax: TaxRule | None = None


@dataclass(frozen=True, slots=True)
class Expense:
    """Money spent for an account; `rebill` passes it on with the next invoice, `markup_percent` on top."""

    account_id: str
    id: str
    on: date
    amount: Money
    text: str
    rebill: bool = False
    markup_percent: Decimal = Decimal(0)


def derived_id(prefix: str, *content: object, occurrence: int = 1) -> str:
    """A short name from a row's content; equal rows differ by their `occurrence` (1, 2, …)."""
    digest = hashlib.sha256("\x1f".join(str(part) for part in content).encode()).hexdigest()[:12]
    return f"{prefix}-{digest}" if occurrence == 1 else f"{prefix}-{digest}-{occurrence}"
