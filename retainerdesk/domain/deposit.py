"""Deposits: money asked for up front, billed as a charge of its own and set against later invoices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from retainerdesk.domain.account import TaxRule
from retainerdesk.domain.money import Money


@dataclass(frozen=True, slots=True)
class Deposit:
    """What was agreed: `amount` as every price of the account (with the tax inside where `tax.included`).

    It is billed from `on` with its own `tax` or the account's. It is set against what is billable from
    `deduct_from` on; None holds it until a day is given. `retainer_id` limits it to one retainer's charges.
    """

    account_id: str
    id: str
    on: date
    text: str
    amount: Money
    retainer_id: str | None = None
    tax: TaxRule | None = None
    deduct_from: date | None = None
