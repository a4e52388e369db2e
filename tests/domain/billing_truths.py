"""What must hold of an account at any moment, summed up here anew and not by the rules that are tested.

Every function yields a sentence for each thing that is wrong. Whole numbers are minor units and minutes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.charging import BillingState, issued_lines, missing_charges
from retainerdesk.domain.credit_shares import agreed_of, source_of
from retainerdesk.domain.invoice import (
    Charge,
    ChargeKey,
    ChargeKind,
    Invoice,
    InvoiceLine,
    InvoiceStatus,
    Settlement,
    SettlementKind,
)
from retainerdesk.domain.late import late_effects
from retainerdesk.domain.money import Money, exponent
from retainerdesk.domain.payments import ageing
from retainerdesk.domain.period import Period
from retainerdesk.domain.plan import UsageUnit
from retainerdesk.domain.retainer import PauseFee, Retainer
from retainerdesk.domain.settlement import balances_of
from retainerdesk.domain.usage import account_usage
from retainerdesk.domain.usage_period import UsagePeriod
from retainerdesk.domain.work import WorkKind

TaxGroup = tuple[object, object, str]


def complaints(file: AccountFile, today: date) -> Iterator[str]:
    """Everything that is wrong with an account as of `today`."""
    usage = account_usage(file, today)
    waiting = {(each.retainer_id, each.span): each for each in late_effects(file, today, usage.ledgers)}
    for retainer in file.retainers:
        ledger = usage.ledgers[retainer.id]
        yield from of_ledger(ledger)
        late = {span: each.difference.used for (name, span), each in waiting.items() if name == retainer.id}
        yield from of_uses(file, retainer, ledger, late, today)
        yield from of_closed_rows(retainer, ledger, today)
    for block in usage.blocks:
        left = block.burned + block.expired + block.refunded + block.remaining
        if block.granted != left or min(block.burned, block.expired, block.refunded, block.remaining) < 0:
            yield f"block {block.block.id}: {block.granted} came, {left} went"
    state = BillingState(issued_lines(file), usage.ledgers, usage.blocks)
    charges = missing_charges(file, today, today, state)
    yield from of_charges(file, charges)
    for invoice in file.invoices:
        yield from of_document(invoice)
    yield from of_settling(file)
    yield from of_balance(file, today)
    figures = [_figures(each) for ledger in usage.ledgers.values() for each in ledger]
    yield from (f"{each!r} is not whole" for each in not_whole((charges, figures)))


def of_ledger(ledger: Sequence[UsagePeriod]) -> Iterator[str]:
    """Granted is used, expired, forfeited or still there: in each period, and over the whole life."""
    for each in ledger:
        came = each.opening + each.granted + each.adjusted
        went = each.burned + each.expired + each.forfeited + each.carried
        if came != went:
            yield f"{each.span}: {came} granted, {went} placed"
        if each.used + each.carried_in != each.burned + each.from_blocks + each.unmetered + each.overage:
            yield f"{each.span}: of {each.used} used not everything is in one place"
        if min(each.granted, each.burned, each.overage, each.expired, each.forfeited, each.from_blocks) < 0:
            yield f"{each.span}: a part is below zero"
    for before, after in pairwise(ledger):
        if before.span.end != after.span.start:
            yield f"{before.span} and {after.span} do not meet"
        if after.opening != before.carried:
            yield f"{after.span} opens with {after.opening}, {before.carried} were carried"
    if ledger:
        came = ledger[0].opening + sum(each.granted + each.adjusted for each in ledger)
        went = sum(each.burned + each.expired + each.forfeited for each in ledger) + ledger[-1].carried
        if came != went:
            yield f"over all periods {came} granted, {went} placed"


def _figures(each: UsagePeriod) -> tuple[int, ...]:
    came = (each.opening, each.granted, each.adjusted, each.used, each.carried_in)
    went = (each.burned, each.overage, each.expired, each.forfeited, each.carried)
    return (*came, *went, each.from_blocks, each.unmetered, *(lot.remaining for lot in each.lots))


def of_uses(
    file: AccountFile, retainer: Retainer, ledger: Iterable[UsagePeriod], late: dict[Period, int], today: date
) -> Iterator[str]:
    """What was worked or held is in its period once; after closing, in the row, decided or waiting."""
    uses = list(_uses(file, retainer, today))
    for each in ledger:
        wanted = sum(amount for on, amount in uses if on in each.span)
        decided = [made for made in retainer.late if made.period_on == each.span.start and made.on <= today]
        left = wanted - each.used - sum(made.difference.used for made in decided)
        if each.closed_on is None and left:
            yield f"{each.span}: {wanted} were used, the ledger has {each.used}"
        if each.closed_on is not None and each.span in late and left != late[each.span]:
            yield f"{each.span}: {left} came after closing, {late[each.span]} wait to be decided"


def _uses(file: AccountFile, retainer: Retainer, today: date) -> Iterator[tuple[date, int]]:
    """Day and amount of everything that draws on a retainer, in its unit; money by the rate of the day."""
    names = {retainer.id, None} if len(file.retainers) == 1 else {retainer.id}
    if retainer.plans[0].unit is UsageUnit.SESSIONS:
        for call in file.calls:
            if call.retainer_id in names and call.burns_session and call.at.date() <= today:
                yield call.at.date(), 1
        return
    for entry in file.work:
        if entry.retainer_id in names and entry.on <= today and entry.kind is not WorkKind.OUT_OF_SCOPE:
            minutes = entry.minutes - entry.written_down_minutes
            plan = next(each for each in reversed(retainer.plans) if each.from_on <= entry.on or
                        each is retainer.plans[0])  # fmt: skip
            if plan.unit is UsageUnit.MINUTES:
                yield entry.on, minutes
            else:
                rate = Fraction(plan.value_rate or 0) * 10 ** exponent(plan.fee.currency)
                yield entry.on, half_up(Fraction(minutes, 60) * rate)


def of_closed_rows(retainer: Retainer, ledger: Iterable[UsagePeriod], today: date) -> Iterator[str]:
    """A closed period shows what it had when it was closed.

    Of one that was opened again a day before that shows nothing: terms keep no history, and may have given it
    other days since.
    """
    rows = {each.span: each for each in ledger}
    for kept in retainer.closes:
        if kept.closed_on <= today and kept.reopened is None:
            row = rows.get(kept.span)
            names = ("opening", "granted", "adjusted", "used", "burned", "overage", "expired", "carried")
            if row is None or any(getattr(row, name) != getattr(kept, name) for name in names):
                yield f"the closed period {kept.span} is not what it was"


def of_charges(file: AccountFile, offered: Sequence[Charge]) -> Iterator[str]:
    """No key is in two places, and no day of a retainer's service in two fees."""
    live = [line.key for each in file.invoices if _is_live(each) for line in each.lines]
    kept = [line.key for draft in file.drafts for line in draft.lines] + [each.key for each in file.skips]
    keys = [*live, *kept, *(charge.key for charge in offered)]
    yield from (f"{key} is charged {n} times" for key, n in Counter(keys).items() if n > 1)
    # A drafted fee is what it was when it was drafted; what is issued or offered must fit together.
    firm = [*live, *(each.key for each in file.skips), *(charge.key for charge in offered)]
    for retainer in file.retainers:
        own = sorted(_fee_days(firm, retainer))
        yield from (f"{one} and {two} share a day" for one, two in pairwise(own) if two.start < one.end)
    for charge in offered:
        if charge.key.kind is ChargeKind.FEE and charge.net.minor:
            yield from of_fee(file.retainer(charge.key.retainer_id), charge)


def _fee_days(keys: Iterable[ChargeKey], retainer: Retainer) -> Iterator[Period]:
    return (key.service for key in keys if key.kind is ChargeKind.FEE and key.retainer_id == retainer.id)


def of_fee(retainer: Retainer, charge: Charge) -> Iterator[str]:
    """A fee that is offered is for days of service, none of them paused without a fee."""
    days = charge.key.service
    for each in retainer.pauses:
        if each.fee is PauseFee.NONE and each.span.start < days.end and days.start < each.span.end:
            yield f"a fee for {days} is offered, though it is paused from {each.span.start}"
    if days.start < retainer.starts_on or (retainer.ended_on and retainer.ended_on < days.end):
        yield f"a fee for {days} is offered, outside the service"
    if retainer.settled_through and days.start < retainer.settled_through:
        yield f"a fee for {days} is offered, though it was settled elsewhere"


def half_up(value: Fraction) -> int:
    """The nearest integer, a half away from zero; written once more, to be independent."""
    size = int(abs(value) + Fraction(1, 2))
    return size if value >= 0 else -size


def of_document(document: Invoice) -> Iterator[str]:
    """Lines add up to the net, groups to the tax, both to the total; the tax of each group is exact."""
    totals = document.totals
    tax = sum(group.amount.minor for group in totals.tax)
    if sum(line.net.minor for line in document.lines) != totals.net.minor:
        yield f"{document.number}: the lines are not the net"
    if totals.net.minor + tax != totals.gross.minor:
        yield f"{document.number}: net and tax are not the total"
    if (-1 if document.is_credit_note else 1) * totals.gross.minor < 0:
        yield f"{document.number}: the total has the wrong sign"
    for group in totals.tax:
        name = (group.category, group.rate_percent, group.reason or "")
        own = [line for line in document.lines if _group(line) == name]
        if sum(line.net.minor for line in own) != group.base.minor:
            yield f"{document.number}: the base of {name} is not its lines"
        if not document.is_credit_note and group.amount.minor != tax_of(own):
            yield f"{document.number}: the tax of {name} is {group.amount}, not {tax_of(own)}"


def _group(line: InvoiceLine) -> TaxGroup:
    return line.tax.category, line.tax.rate_percent, line.tax.reason or ""


def tax_of(lines: Sequence[InvoiceLine]) -> int:
    """The tax of lines of one group: on top of nets, and inside prices with tax, each rounded once."""
    rate = Fraction(lines[0].tax.rate_percent) if lines else Fraction(0)
    added = sum(line.net.minor for line in lines if line.agreed is None)
    inside = sum(line.agreed.minor for line in lines if line.agreed is not None)
    return half_up(added * rate / 100) + half_up(inside * rate / (100 + rate))


def _is_live(document: Invoice) -> bool:
    return document.status is not InvoiceStatus.VOID


def of_settling(file: AccountFile) -> Iterator[str]:
    """Nothing is settled, credited, written off or paid back beyond what there is."""
    paid: Counter[str] = Counter()
    for payment in file.payments:
        parts = [part.amount.minor for part in payment.allocations]
        if min(parts, default=1) <= 0 or sum(parts) > payment.amount.minor:
            yield f"payment {payment.id} of {payment.amount} settles {sum(parts)}"
        paid.update({part.invoice_number: part.amount.minor for part in payment.allocations})
    credit, off, back = (_by_document(file.settlements, kind) for kind in SettlementKind)
    notes = [each for each in file.invoices if each.is_credit_note and _is_live(each)]
    for each in file.invoices:
        settled = paid[each.number] + credit[each.number] + off[each.number]
        if not each.is_credit_note and not 0 <= settled <= max(0, each.payable.minor):
            yield f"{each.number} of {each.payable} is settled with {settled}"
        used = -credit[each.number] + back[each.number]
        if each.is_credit_note and used > -each.payable.minor:
            yield f"{each.number} gives {-each.payable}, {used} are used"
        own = [note for note in notes if note.corrects == each.number]
        if own:
            yield from of_credits(each, own, off[each.number])
    unused = sum(each.amount.minor for each in file.payments) - paid.total()
    if unused < back[""]:
        yield f"{back['']} were paid back, {unused} were there"


def _by_document(settlements: Iterable[Settlement], kind: SettlementKind) -> Counter[str]:
    """What was settled so, by document; what a credit note gave counts there below zero."""
    sums: Counter[str] = Counter()
    for each in settlements:
        if each.kind is kind and kind is SettlementKind.REFUND:
            sums[each.source_number or ""] += each.amount.minor
        elif each.kind is kind:
            sums[each.invoice_number or ""] += each.amount.minor
            sums[each.source_number or ""] -= each.amount.minor
    return sums


def of_credits(invoice: Invoice, notes: Sequence[Invoice], off: int) -> Iterator[str]:
    """Credit notes take of no line more than it was; their tax is that of what they take, to a unit."""
    left: defaultdict[TaxGroup, list[int]] = defaultdict(lambda: [0, 0])
    for group in invoice.totals.tax:
        left[group.category, group.rate_percent, group.reason or ""] = [group.base.minor, group.amount.minor]
    for line in invoice.lines:
        own = [each for note in notes for each in note.lines
               if each.key.source_id == source_of(invoice.number, line.position)]  # fmt: skip
        taken, whole = -sum(agreed_of(each).minor for each in own), agreed_of(line).minor
        if not min(0, whole) <= taken <= max(0, whole):
            yield f"{taken} of {whole} are credited on line {line.position} of {invoice.number}"
    for note in notes:
        for group in note.totals.tax:
            name = (group.category, group.rate_percent, group.reason or "")
            left[name][0] += group.base.minor
            left[name][1] += group.amount.minor
            exact = Fraction(left[name][0]) * Fraction(group.rate_percent) / 100
            if abs(left[name][1] - exact) > 1 + len(invoice.lines):
                yield f"credits leave {left[name]} of {name} on {invoice.number}"
    if sum(note.totals.gross.minor for note in notes) == -invoice.totals.gross.minor and any(
        part for rest in left.values() for part in rest
    ):
        yield f"{invoice.number} is credited whole, but {dict(left)} remain"
    if -sum(note.payable.minor for note in notes) + off > invoice.payable.minor:
        yield f"{invoice.number} is credited and written off with more than it was"


def of_balance(file: AccountFile, today: date) -> Iterator[str]:
    """What is open is what was asked for, less what came; the ages of it add up to it."""
    asked = sum(each.payable.minor for each in file.invoices if _is_live(each))
    came = sum(part.amount.minor for each in file.payments for part in each.allocations)
    off, back = (
        sum(each.amount.minor for each in file.settlements if each.kind is kind and _is_of_document(each))
        for kind in (SettlementKind.WRITE_OFF, SettlementKind.REFUND)
    )
    open_now = sum(each.minor for each in balances_of(file).values())
    if open_now != asked - came - off + back:
        yield f"{open_now} is open, but {asked} - {came} - {off} + {back} should be"
    # Of a clock that went back, everything that is dated later counts too.
    days = [each.on for each in file.payments]
    days += [each.on for each in file.settlements]
    days += [each.voided.on if each.voided else each.issued_on for each in file.invoices]
    last = max([today, *days])
    aged = ageing(file.invoices, file.payments, last, file.settlements)
    if sum(each.total.minor for each in aged.values()) != open_now:
        yield f"the ages of {open_now} add up to another sum"


def _is_of_document(settlement: Settlement) -> bool:
    return (settlement.invoice_number or settlement.source_number) is not None


def not_whole(value: object) -> Iterator[object]:
    """Every float inside a value, and every amount of money that is not an integer."""
    if isinstance(value, float) or (isinstance(value, Money) and type(value.minor) is not int):
        yield value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from not_whole(each)
    elif is_dataclass(value) and not isinstance(value, Money | Period):
        for each in fields(value):
            yield from not_whole(getattr(value, each.name))
