"""What an account earned and cost, gathered from its file for the rules of margin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from retainerdesk.domain.account import Business, Person, TaxRule
from retainerdesk.domain.block_ledger import BlockLedger, earned
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.entered_charges import one_off_net
from retainerdesk.domain.exchange_rate import Rates
from retainerdesk.domain.fees import fee_pieces
from retainerdesk.domain.invoice import ChargeKind
from retainerdesk.domain.late_charges import late_earned
from retainerdesk.domain.margin import Margin, total
from retainerdesk.domain.margin_ledger import MarginInputs, OneOff
from retainerdesk.domain.money import Money
from retainerdesk.domain.overage_price import overage_net
from retainerdesk.domain.period import Period
from retainerdesk.domain.usage_period import UsagePeriod
from retainerdesk.domain.work import OneOffCharge
from retainerdesk.services.correction_facts import credited, discounted, marked_up, written_off

Ledgers = Sequence[tuple[UsagePeriod, ...]]


def margin_inputs(
    file: AccountFile,
    ledgers: Ledgers,
    business: Business,
    people: tuple[Person, ...],
    span: Period,
    blocks: Sequence[BlockLedger] = (),
    rates: Rates | None = None,
) -> MarginInputs:
    """The facts of one account up to the end of `span` that bear on its months; it starts with a month.

    `ledgers` are the lot ledgers of its retainers, in order, `blocks` those of its blocks, up to the end
    of the span, `rates` the exchange rates known.
    """
    rule = file.account.tax
    currency = file.account.currency
    usage = [period for ledger in ledgers for period in ledger if period.span.end > span.start]
    fees = tuple(_fees(file, span))
    overage = tuple(
        (period.span, _untaxed(overage_net(period, currency), rule)) for period in usage if period.closed
    )
    overage += tuple((each, _untaxed(net, rule)) for each, net in late_earned(file, span.end))
    charges = tuple(_one_off(file, each) for each in file.charges)
    markups = tuple(OneOff(day, _untaxed(amount, rule)) for day, amount in marked_up(file))
    return MarginInputs(
        currency=business.currency,
        account_currency=currency,
        fees=fees,
        discounts=tuple(discounted(file.account.document_discount_percent, fees, overage, charges)),
        agreed=tuple((period.span, period.in_minutes(period.granted)) for period in usage),
        overage=overage,
        one_offs=(*charges, *markups, *_given_up(file), *credited(file)),
        work=file.work,
        people=people,
        expenses=file.expenses,
        payment_fees=tuple((each.on, each.fee) for each in file.payments if each.fee),
        written_off=tuple(written_off(file)),
        overhead_rate=business.overhead_rate,
        rates=rates or Rates(),
        blocks=tuple((day, _untaxed(part, rule)) for each in blocks for day, part in earned(each)),
    )


def _fees(file: AccountFile, span: Period) -> Iterable[tuple[Period, Money]]:
    """Fees earned, also those of days that were settled before this book began."""
    for retainer in file.retainers:
        for piece in fee_pieces(replace(retainer, settled_through=None), span.end, since=span.start):
            yield piece.span, _untaxed(piece.net, file.account.tax)


def _untaxed(amount: Money, rule: TaxRule) -> Money:
    """The amount without the tax inside it, rounded half up once."""
    if not rule.included or not rule.rate_percent:
        return amount
    return amount.times(100 / (100 + Fraction(rule.rate_percent)))


def _one_off(file: AccountFile, charge: OneOffCharge) -> OneOff:
    currency, rule = file.account.currency, charge.tax or file.account.tax
    kept = _untaxed(one_off_net(charge, currency), rule)
    if not charge.discount_percent:
        return OneOff(charge.on, kept)
    full = _untaxed(one_off_net(replace(charge, discount_percent=Decimal(0)), currency), rule)
    return OneOff(charge.on, full, full - kept)


def _given_up(file: AccountFile) -> Iterable[OneOff]:
    """Fees and overage that were skipped with a reason: money agreed and not asked for."""
    for skip in file.skips:
        earns = skip.key.kind in (ChargeKind.FEE, ChargeKind.OVERAGE)
        if earns and skip.net is not None and skip.net.minor > 0:
            yield OneOff(skip.key.service.start, -_untaxed(skip.net, file.account.tax))


def total_of_complete(months: Sequence[Margin]) -> Margin | None:
    """The months whose cost is known, as one; None without any."""
    known = [month for month in months if month.complete]
    return total(known) if known else None
