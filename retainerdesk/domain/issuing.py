"""The document a proposal becomes: snapshots of both parties, lines, totals, and the buyer's terms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from retainerdesk.domain.account import Account, Business
from retainerdesk.domain.book_tax import book_tax_of
from retainerdesk.domain.discount import Discount, discount_key, discount_text
from retainerdesk.domain.exchange_rate import Rates
from retainerdesk.domain.instalments import instalments_of
from retainerdesk.domain.invoice import Charge, Invoice, InvoiceLine, Withholding
from retainerdesk.domain.invoicing import Proposal, taxed
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period
from retainerdesk.domain.rounding import cash_rounding, withheld


@dataclass(frozen=True, slots=True)
class IssueSlot:
    """The place a document takes: its number in a series, the day, and the head of the audit chain then.

    `sequence` counts within `year`, 0 in a series that never begins again.
    """

    series_id: str
    number: str
    sequence: int
    issued_on: date
    chain_head: str = ""
    year: int = 0


def draw_up(
    proposal: Proposal,
    seller: Business,
    buyer: Account,
    slot: IssueSlot,
    replaced: Invoice | None = None,
    rates: Rates | None = None,
) -> Invoice:
    """The document of a proposal. Both parties are copied into it; the due date counts from issue.

    What the buyer withholds, cash rounding and the payment plan are those of the buyer's terms now. A
    `replaced` document is void; the new one names it. With `rates` its tax is in the seller's currency too.
    """
    off = proposal.discounts
    found = taxed(proposal.charges, off, proposal.currency)
    pairs = zip(proposal.charges, found.line_nets[: len(proposal.charges)], strict=True)
    lines = [_line(position, charge, net) for position, (charge, net) in enumerate(pairs, start=1)]
    for discount, net in zip(off, found.line_nets[len(lines) :], strict=True):
        lines.append(_discount_line(proposal, buyer, slot, len(lines) + 1, discount, net))
    due_on = slot.issued_on + timedelta(days=buyer.payment_terms_days)
    document = Invoice(
        slot.series_id, slot.number, slot.sequence, buyer.id, slot.issued_on, due_on, seller, buyer,
        tuple(lines), found.totals, chain_head=slot.chain_head,
        corrects=replaced.number if replaced else None,
        reason=replaced.voided.reason if replaced and replaced.voided else "", series_year=slot.year,
    )  # fmt: skip
    document = replace(document, book_tax=book_tax_of(document, rates or Rates()))
    return _with_terms(document)


def _with_terms(document: Invoice) -> Invoice:
    """The document with tax withheld, cash rounding and instalments by the buyer's terms."""
    buyer, net = document.buyer, document.totals.net
    if buyer.withholding is not None and net.minor > 0:
        rule = buyer.withholding
        kept = Withholding(rule.percent, withheld(net, rule.percent), rule.reason)
        document = replace(document, withholding=kept)
    rounding = cash_rounding(document.payable, buyer.cash_rounding_minor)
    document = replace(document, rounding=rounding)
    parts = instalments_of(buyer.payment_plan, document.payable, document.issued_on)
    return replace(document, instalments=parts, due_on=parts[-1].due_on if parts else document.due_on)


def _discount_line(
    proposal: Proposal, buyer: Account, slot: IssueSlot, position: int, discount: Discount, net: Money
) -> InvoiceLine:
    day = proposal.billable_on
    service = Period(day, day + timedelta(days=1))
    sequence = position - len(proposal.charges)
    return InvoiceLine(
        discount_key(buyer.id, slot.number, service, sequence), position,
        discount_text(proposal.discount_percent, buyer.locale), Decimal(1), discount.amount.as_decimal(), "",
        net, discount.tax, agreed=discount.amount if discount.tax.included else None,
    )  # fmt: skip


def replaced_by(documents: Iterable[Invoice], proposal: Proposal) -> Invoice | None:
    """The newest void one of an account's documents that carried a charge of this proposal.

    None if there is none, or if another names it already.
    """
    issued = tuple(documents)
    named = {each.corrects for each in issued if not each.is_void()}
    found = [
        each
        for each in issued
        if each.is_void() and each.number not in named and _shares_a_charge(each, proposal)
    ]
    return max(found, key=lambda each: (each.issued_on, each.sequence)) if found else None


def _shares_a_charge(document: Invoice, proposal: Proposal) -> bool:
    return not document.is_credit_note and any(line.key in proposal.keys for line in document.lines)


def _line(position: int, charge: Charge, net: Money) -> InvoiceLine:
    return InvoiceLine(
        charge.key, position, charge.text, charge.quantity, charge.unit_price, charge.unit, net, charge.tax,
        charge.details, charge.basis, charge.minutes, charge.net if charge.tax.included else None,
    )  # fmt: skip
