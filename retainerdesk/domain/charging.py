"""Every charge an account owes up to a day, and which of them are not invoiced yet. Pure; writes nothing.

Source: handbook, "Billing" 1 to 3. A charge that an issued line, a draft or a skip already carries is not
offered again; one whose amount has changed since is offered as a correction of the difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from retainerdesk.domain.account import Account, AccountStatus, TaxRule
from retainerdesk.domain.block_charges import block_charges
from retainerdesk.domain.block_ledger import BlockLedger
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.credit_shares import is_credit_source
from retainerdesk.domain.deposit_charges import deposit_charges
from retainerdesk.domain.draft_claims import undrafted
from retainerdesk.domain.entered_charges import expense_charge, one_off_charge
from retainerdesk.domain.fee_changes import (
    FeeChange,
    FeeDue,
    FeeTerms,
    billed_fees,
    changed_fees,
    missing_fees,
)
from retainerdesk.domain.fees import fee_pieces
from retainerdesk.domain.invoice import Charge, ChargeKey, ChargeKind, InvoiceLine, InvoiceStatus, Skip
from retainerdesk.domain.late_charges import late_charges
from retainerdesk.domain.line_words import line_words
from retainerdesk.domain.money import Money
from retainerdesk.domain.overage_price import overage_charge, overage_net, used_words
from retainerdesk.domain.overage_price import priced_overage as priced_overage  # noqa: PLC0414
from retainerdesk.domain.period import Period
from retainerdesk.domain.plan import Timing, UsageUnit
from retainerdesk.domain.retainer import Retainer
from retainerdesk.domain.usage import account_usage
from retainerdesk.domain.usage_period import UsagePeriod

_ONE = Decimal(1)
OVERAGE_CORRECTION = "overage"


@dataclass(frozen=True, slots=True)
class BillingState:
    """What was issued, in order of issue without voids, and the ledgers of retainers and blocks then."""

    lines: Sequence[InvoiceLine]
    ledgers: Mapping[str, tuple[UsagePeriod, ...]]
    blocks: tuple[BlockLedger, ...] = ()


def billing_state(file: AccountFile, today: date) -> BillingState:
    """The state of an account whose whole file is at hand."""
    usage = account_usage(file, today)
    return BillingState(issued_lines(file), usage.ledgers, usage.blocks)


def missing_charges(
    file: AccountFile, through: date, today: date, state: BillingState | None = None
) -> list[Charge]:
    """The charges that may be invoiced up to `through` and are on no draft; see `owed_charges`."""
    return undrafted(owed_charges(file, through, today, state), file.drafts)


def owed_charges(
    file: AccountFile, through: date, today: date, state: BillingState | None = None
) -> list[Charge]:
    """The charges of an account that may be invoiced up to `through` and are neither issued nor skipped.

    In order of the day they became billable; none while the account is a proposal. Those on drafts are among
    them, as they are now. Overage and corrections need a period that is over by `today`. With a `state` of
    the same moment, the file's own invoices, work, calls and payments are not looked at.
    """
    if file.account.status is AccountStatus.PROPOSAL:
        return []
    known = state or billing_state(file, today)
    lines = known.lines
    charges: list[Charge] = []
    for retainer in file.retainers:
        own = [line for line in lines if line.key.retainer_id == retainer.id]
        charges += _fee_charges(file, retainer, own, through, today)
        charges += _overage_charges(file, known, retainer, through, today)
        charges += late_charges(file.account, retainer, _taken_keys(file, lines), today)
    charges += _account_charges(file, lines, through)
    charges += block_charges(file, lines, known.blocks, through, today)
    charges += deposit_charges(file, lines, through)
    return sorted(charges, key=lambda c: (c.billable_on, c.key.retainer_id, c.key.service, c.key.kind))


def issued_lines(file: AccountFile) -> list[InvoiceLine]:
    """The lines of every invoice of the account that is not void, in the order they were issued."""
    invoices = sorted(file.invoices, key=lambda invoice: (invoice.issued_on, invoice.sequence))
    return [line for each in invoices if each.status is not InvoiceStatus.VOID for line in each.lines]


# Fees


def _fee_charges(
    file: AccountFile, retainer: Retainer, lines: Sequence[InvoiceLine], through: date, today: date
) -> list[Charge]:
    fee_lines = _uncredited([line for line in lines if _is_about_fees(line.key)], lines)
    skips = [s for s in file.skips if s.key.retainer_id == retainer.id and _is_about_fees(s.key)]
    keys = [line.key for line in fee_lines] + [skip.key for skip in skips]
    horizon = max([through, *[key.service.end for key in keys]])
    terms = FeeTerms(retainer, fee_pieces(retainer, date.fromordinal(horizon.toordinal() + 1)))
    billed = billed_fees(terms, fee_lines, skips)
    due = [each for each in missing_fees(terms, billed) if each.piece.billable_on <= through]
    charges = [_fee_charge(file.account, retainer, each, today) for each in due]
    taken = [key for key in _taken_keys(file, lines) if key.kind is ChargeKind.CORRECTION]
    for change in changed_fees(terms, billed):
        charges += _fee_corrections(file.account, retainer, change, taken, today)
    return charges


def _uncredited(fee_lines: list[InvoiceLine], lines: Sequence[InvoiceLine]) -> list[InvoiceLine]:
    """Fee lines without the basis of those a credit note took something back of.

    Somebody settled these by hand: a correction by the program on top would give the money back twice.
    """
    credited = {line.key.service for line in lines if is_credit_source(line.key.source_id) and line.basis}
    return [replace(line, basis=None) if line.key.service in credited else line for line in fee_lines]


def _is_about_fees(key: ChargeKey) -> bool:
    is_fee_correction = key.kind is ChargeKind.CORRECTION and key.source_id == ""
    return key.kind is ChargeKind.FEE or is_fee_correction


def _taken_keys(file: AccountFile, lines: Iterable[InvoiceLine]) -> list[ChargeKey]:
    return [line.key for line in lines] + [skip.key for skip in file.skips]


def _fee_charge(account: Account, retainer: Retainer, due: FeeDue, today: date) -> Charge:
    piece = due.piece
    key = ChargeKey(account.id, retainer.id, ChargeKind.FEE, due.span)
    details = _included_words(account, retainer, due.span) if due.span == piece.slice.full else ()
    return Charge(
        key, piece.billable_on, _ONE, due.net.as_decimal(), due.net,
        line_words("fee", account.locale, name=retainer.name), account.tax,
        why=_why_now(piece.plan.timing, piece.billable_on, today),
        details=details, basis=piece.fee,
    )  # fmt: skip


def _included_words(account: Account, retainer: Retainer, span: Period) -> tuple[str, ...]:
    plan = retainer.plan_on(span.start)
    if not plan.allowance or plan.metered_by != plan.cadence:
        return ()
    granted = used_words(plan.allowance, plan.unit, account.currency)
    word = "included_sessions" if plan.unit is UsageUnit.SESSIONS else "included"
    return (line_words(word, account.locale, granted=granted),)


def _why_now(timing: Timing, billable_on: date, today: date) -> str:
    if (today - billable_on).days > 7:
        return "missed until now"
    return "in advance" if timing is Timing.ADVANCE else "in arrears"


def _fee_corrections(
    account: Account, retainer: Retainer, change: FeeChange, taken: list[ChargeKey], today: date
) -> list[Charge]:
    charges: list[Charge] = []
    halves = (("credit", change.credit, -change.old_fee), ("renewed", change.renewed, change.fee))
    for word, net, basis in halves:
        if net:
            key = _next_correction(account.id, retainer.id, change.span, "", taken)
            taken.append(key)
            text = line_words(word, account.locale, name=retainer.name)
            charges.append(_correction(key, net, text, account.tax, today, basis))
    return charges


def _next_correction(
    account_id: str, retainer_id: str, span: Period, source_id: str, taken: Sequence[ChargeKey]
) -> ChargeKey:
    """The first correction key of this span that no line and no skip has taken."""
    sequence = 1
    while True:
        key = ChargeKey(account_id, retainer_id, ChargeKind.CORRECTION, span, sequence, source_id)
        if key not in taken:
            return key
        sequence += 1


def _correction(
    key: ChargeKey, net: Money, text: str, tax: TaxRule, today: date, basis: Money | None
) -> Charge:
    """A correction is billable today: it goes onto the next invoice."""
    why = (
        "terms changed inside an invoiced period"
        if basis is not None
        else "work changed in an invoiced period"
    )
    return Charge(key, today, _ONE, net.as_decimal(), net, text, tax, why=why, basis=basis)


# Overage


def _overage_charges(
    file: AccountFile, state: BillingState, retainer: Retainer, through: date, today: date
) -> list[Charge]:
    charges: list[Charge] = []
    lines = [line for line in state.lines if _is_overage(line.key, retainer)]
    skips = [skip for skip in file.skips if _is_overage(skip.key, retainer)]
    taken = _taken_keys(file, lines)
    for usage in state.ledgers[retainer.id]:
        if not usage.closed or usage.span.end > through or _was_settled(retainer, usage):
            continue
        expected = overage_net(usage, file.account.currency)
        own_skips = [skip for skip in skips if skip.key.service.start in usage.span]
        so_far = _overage_so_far(file.account, lines, own_skips, usage)
        if so_far is None:
            if expected:
                charges.append(overage_charge(file.account, retainer, usage, expected))
        elif expected != so_far and not _is_given_up(own_skips):
            again = _next_correction(file.account.id, retainer.id, usage.span, OVERAGE_CORRECTION, taken)
            text = line_words("overage_correction", file.account.locale, name=retainer.name)
            charges.append(_correction(again, expected - so_far, text, file.account.tax, today, None))
    return charges


def _was_settled(retainer: Retainer, usage: UsagePeriod) -> bool:
    return retainer.settled_through is not None and usage.span.start < retainer.settled_through


def _overage_so_far(
    account: Account, lines: Sequence[InvoiceLine], skips: Sequence[Skip], usage: UsagePeriod
) -> Money | None:
    """What was invoiced, or given up by a skip, for the overage of one usage period; None if nothing was.

    `lines` are the retainer's about overage, `skips` those of the period: it holds the day they start on,
    also where it ended on another day when they were made.
    """
    start, end = usage.span.start, usage.span.end
    amounts = [_agreed_amount(line) for line in lines if start <= line.key.service.start < end]
    nothing = Money(0, account.currency)
    amounts += [skip.net or nothing for skip in skips]
    return sum(amounts, nothing) if amounts else None


def _is_given_up(skips: Iterable[Skip]) -> bool:
    """Whether a skip without an amount gave up whatever the overage of the period comes to."""
    return any(skip.net is None for skip in skips)


def _agreed_amount(line: InvoiceLine) -> Money:
    """What the line cost as agreed: with the tax inside where prices include it."""
    return line.agreed if line.agreed is not None else line.net


def _is_overage(key: ChargeKey, retainer: Retainer) -> bool:
    is_correction = key.kind is ChargeKind.CORRECTION and key.source_id == OVERAGE_CORRECTION
    is_overage = key.kind is ChargeKind.OVERAGE or is_correction
    return is_overage and key.retainer_id == retainer.id


# Charges of the account itself


def _account_charges(file: AccountFile, lines: Sequence[InvoiceLine], through: date) -> list[Charge]:
    # By source and not by key: an entry whose date was changed after it was invoiced stays invoiced.
    taken = {(key.kind, key.source_id) for key in _taken_keys(file, lines)}
    charges = [one_off_charge(file.account, charge) for charge in file.charges if charge.on <= through]
    charges += [
        expense_charge(file.account, each) for each in file.expenses if each.rebill and each.on <= through
    ]
    return [charge for charge in charges if (charge.key.kind, charge.key.source_id) not in taken]
