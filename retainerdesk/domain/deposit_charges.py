"""The charges of deposits: what asks for one, and what sets it against an invoice.

A deduction never takes more of a deposit than was paid and is left, and never more of an invoice than its
charges with the same tax rule come to, so that no group of its tax falls below zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from retainerdesk.domain.account import Account, TaxRule
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.deposit import (
    Deposit,
    DepositLedger,
    deposit_ledgers,
    deposit_source,
    is_deduction_key,
    is_deposit_key,
)
from retainerdesk.domain.discount import discounts
from retainerdesk.domain.invoice import Charge, ChargeKey, ChargeKind, InvoiceLine
from retainerdesk.domain.line_words import line_words
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period
from retainerdesk.domain.tax import total

_ONE = Decimal(1)


def ledgers_of(file: AccountFile) -> tuple[DepositLedger, ...]:
    """The ledger of every deposit of an account; its documents need their lines."""
    return deposit_ledgers(file.deposits, file.invoices, file.payments, file.settlements)


def deposit_charges(file: AccountFile, lines: Sequence[InvoiceLine], through: date) -> list[Charge]:
    """The deposits to be billed up to `through` that no line and no skip carries."""
    keys = [line.key for line in lines] + [skip.key for skip in file.skips]
    billed = {key.source_id for key in keys if is_deposit_key(key)}
    return [
        _asked_for(file.account, deposit)
        for deposit in file.deposits
        if deposit.on <= through and deposit_source(deposit.id) not in billed
    ]


def _asked_for(account: Account, deposit: Deposit) -> Charge:
    key = ChargeKey(account.id, "", ChargeKind.ONE_OFF, _one_day(deposit.on), 1, deposit_source(deposit.id))
    return Charge(
        key, deposit.on, _ONE, deposit.amount.as_decimal(), deposit.amount, deposit.text,
        deposit.tax or account.tax, why="deposit agreed",
        details=(line_words("deposit_detail", account.locale),),
    )  # fmt: skip


def _one_day(day: date) -> Period:
    return Period(day, day + timedelta(days=1))


class DepositPool:
    """What of an account's deposits can still be set against the invoices of one run, in their order."""

    def __init__(self, file: AccountFile) -> None:
        self._account = file.account
        known = ledgers_of(file) if file.deposits else ()
        self._ledgers = sorted(known, key=lambda each: (each.deposit.on, each.deposit.id))
        self._left = {each.deposit.id: each.available for each in self._ledgers}
        taken = [line.key for each in file.invoices if not each.is_void() for line in each.lines]
        self._sequences = {
            key.source_id: max(each.sequence for each in taken if each.source_id == key.source_id)
            for key in taken
            if is_deduction_key(key)
        }

    def deductions(self, day: date, charges: Sequence[Charge], percent: Decimal) -> list[Charge]:
        """The lines that set deposits against an invoice of these charges, billable on `day`.

        None where something else on it is below zero already: together they could exceed it.
        """
        found: list[Charge] = []
        rules = {each.tax for each in charges}
        if any(_worth([each for each in charges if each.tax == rule], percent).minor < 0 for rule in rules):
            return found
        for ledger in self._ledgers:
            start, left = ledger.deposit.deduct_from, self._left[ledger.deposit.id]
            if start is None or start > day or not left or ledger.line is None:
                continue
            room = _room([*charges, *found], ledger.line.tax, ledger.deposit.retainer_id, percent)
            amount = min(left, room)
            if amount.minor > 0:
                self._left[ledger.deposit.id] = left - amount
                found.append(self._deduction(ledger, ledger.line, amount, day))
        return found

    def _deduction(self, ledger: DepositLedger, line: InvoiceLine, amount: Money, day: date) -> Charge:
        source, locale = deposit_source(ledger.deposit.id), self._account.locale
        self._sequences[source] = self._sequences.get(source, 0) + 1
        key = ChargeKey(
            self._account.id, "", ChargeKind.CORRECTION, _one_day(day), self._sequences[source], source
        )
        number = ledger.invoice.number if ledger.invoice is not None else ""
        return Charge(
            key, day, _ONE, (-amount).as_decimal(), -amount,
            line_words("deduction", locale, number=number), line.tax, why="deposit paid before",
            details=(_tax_words(amount, line.tax, locale),),
        )  # fmt: skip


def _tax_words(amount: Money, rule: TaxRule, locale: str) -> str:
    """What of a deduction is tax, computed on it alone."""
    totals = total([(amount, rule)]).totals
    tax = totals.gross - totals.net
    return line_words("deduction_detail", locale, net=str(totals.net), tax=str(tax), currency=amount.currency)


def _room(charges: Sequence[Charge], rule: TaxRule, retainer_id: str | None, percent: Decimal) -> Money:
    """What can be taken off charges of one tax rule: what they come to after the document's discount."""
    nothing = Money(0, charges[0].net.currency)
    same = [each for each in charges if each.tax == rule]
    own = [
        each
        for each in same
        if retainer_id is None or each.key.retainer_id == retainer_id or is_deduction_key(each.key)
    ]
    return max(nothing, min(_worth(same, percent), _worth(own, percent))) if own else nothing


def _worth(charges: Sequence[Charge], percent: Decimal) -> Money:
    """What charges come to less the discount of their document; there has to be one."""
    off = [each.amount for each in discounts(charges, percent)]
    amounts = [*(each.net for each in charges), *off]
    return sum(amounts[1:], start=amounts[0])


def fitted(charges: Sequence[Charge], percent: Decimal) -> tuple[Charge, ...]:
    """The charges of an invoice from which some were left out: deductions shrink to what the others leave."""
    kept: list[Charge] = [each for each in charges if not is_deduction_key(each.key)]
    if not kept:
        return ()
    for each in (one for one in charges if is_deduction_key(one.key)):
        amount = min(-each.net, _room(kept, each.tax, None, percent))
        if amount.minor > 0:
            kept.append(replace(each, net=-amount, unit_price=(-amount).as_decimal()))
    return tuple(kept)


def is_within(shown: Charge, owed: Charge) -> bool:
    """Whether a charge is still owed as it was shown; of a deduction less may be taken."""
    if is_deduction_key(shown.key):
        return owed.net.minor <= shown.net.minor <= 0
    return owed.net == shown.net


def billing_deposits(charges: Iterable[Charge]) -> list[Charge]:
    """The charges that ask for deposits: each takes an invoice of its own."""
    return [each for each in charges if is_deposit_key(each.key)]
