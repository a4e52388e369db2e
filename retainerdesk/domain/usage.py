"""What an account used: the lot ledger of each retainer and the ledger of each block, computed together.

A block is opened by its invoice, paid or issued; one without a price, or whose charge was skipped, is given
on its day. Work and calls that are not what a plan counts draw on blocks all the same: calls on packs of
sessions beside an agreement in hours, hours on blocks beside an agreement in sessions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from retainerdesk.domain.allowance import lot_ledger
from retainerdesk.domain.belonging import blocks_of, calls_of, work_of
from retainerdesk.domain.block import Block, BlockBurn, OpenedBlock, OpenedBy
from retainerdesk.domain.block_ledger import BlockLedger, block_ledger
from retainerdesk.domain.block_pool import BlockPool, Draw
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.credit_shares import agreed_of, source_of
from retainerdesk.domain.invoice import ChargeKind, Invoice, SettlementKind
from retainerdesk.domain.money import Money
from retainerdesk.domain.payments import settled_on
from retainerdesk.domain.plan import UsageUnit
from retainerdesk.domain.retainer import Retainer
from retainerdesk.domain.usage_period import UsagePeriod
from retainerdesk.domain.uses import Use, minutes_of, sessions_of
from retainerdesk.domain.work import Call, WorkEntry


@dataclass(frozen=True, slots=True)
class AccountUsage:
    """The lot ledger of every retainer by its id, and the ledger of every block in their order."""

    ledgers: Mapping[str, tuple[UsagePeriod, ...]]
    blocks: tuple[BlockLedger, ...] = ()


def account_usage(file: AccountFile, today: date) -> AccountUsage:
    """What an account used up to `today`, recomputed from its whole file."""
    opened = opened_blocks(file, today)
    ledgers: dict[str, tuple[UsagePeriod, ...]] = {}
    burns: list[BlockBurn] = []
    for retainer in file.retainers:
        own = _own(opened, file, retainer)
        work, calls = work_of(file, retainer), calls_of(file, retainer)
        ledger = lot_ledger(retainer, work, today, calls, own)
        ledgers[retainer.id] = ledger
        burns += [burn for period in ledger for burn in period.block_burns]
        if own:
            burns += _beside(retainer, work, calls, own, today)
    burns += _of_account_alone(file, opened, today)
    return AccountUsage(ledgers, _block_ledgers(file, opened, burns, today))


def usage_of(file: AccountFile, retainer: Retainer, today: date) -> tuple[UsagePeriod, ...]:
    """The lot ledger of one retainer up to `today`, with the blocks it draws."""
    own = _own(opened_blocks(file, today), file, retainer)
    return lot_ledger(retainer, work_of(file, retainer), today, calls_of(file, retainer), own)


def opened_blocks(file: AccountFile, today: date) -> dict[str, OpenedBlock]:
    """The blocks that were opened up to `today`, by id."""
    if not file.blocks:
        return {}
    sold = _sold_by(file, today)
    given = {skip.key.source_id for skip in file.skips if skip.key.kind is ChargeKind.BLOCK}
    opened: dict[str, OpenedBlock] = {}
    for block in file.blocks:
        is_given = not block.price or block.id in given
        back = 0 if is_given or block.id not in sold else credited(file, *sold[block.id], today).minor
        day = block.on if is_given else _opening(file, block, sold.get(block.id), back, today)
        if day is not None and day <= today:
            opened[block.id] = OpenedBlock(block, day, not is_given, back)
    return opened


def _sold_by(file: AccountFile, today: date) -> dict[str, tuple[Invoice, int]]:
    """The invoice that sells each block, with the position of its line."""
    return {
        line.key.source_id: (invoice, line.position)
        for invoice in file.invoices
        if invoice.issued_on <= today and not invoice.is_void(today)
        for line in invoice.lines
        if line.key.kind is ChargeKind.BLOCK
    }


def _opening(
    file: AccountFile, block: Block, sold: tuple[Invoice, int] | None, credited_minor: int, today: date
) -> date | None:
    """The day a sold block was opened; None before, and for one that was credited whole."""
    if sold is None:
        return None
    invoice, position = sold
    line = next(each for each in invoice.lines if each.position == position)
    if credited_minor >= agreed_of(line).minor > 0:
        return None
    if block.opened_by is OpenedBy.INVOICE or invoice.payable.minor <= 0:
        return max(block.on, invoice.issued_on)
    # What was given up as uncollectable was not paid.
    paid = [each for each in file.settlements if each.kind is not SettlementKind.WRITE_OFF]
    return settled_on(invoice, file.payments, today, paid)


def credited(file: AccountFile, invoice: Invoice, position: int, today: date) -> Money:
    """What credit notes issued up to `today` took back of one line, as agreed; zero or more."""
    source = source_of(invoice.number, position)
    lines = [
        agreed_of(line).minor
        for note in file.invoices
        if note.is_credit_note and note.issued_on <= today and not note.is_void(today)
        for line in note.lines
        if line.key.source_id == source
    ]
    return Money(-sum(lines), invoice.currency)


def _own(
    opened: Mapping[str, OpenedBlock], file: AccountFile, retainer: Retainer | None
) -> list[OpenedBlock]:
    if not opened:
        return []
    return [opened[each.id] for each in blocks_of(file, retainer) if each.id in opened]


def _beside(
    retainer: Retainer,
    work: Iterable[WorkEntry],
    calls: Iterable[Call],
    own: Sequence[OpenedBlock],
    today: date,
) -> list[BlockBurn]:
    """What the plans of a retainer do not count draws on blocks without being overage."""
    if retainer.plans[0].unit is UsageUnit.SESSIONS:
        return _drawn(own, minutes_of(work), UsageUnit.MINUTES, today)
    return _drawn(own, sessions_of(calls), UsageUnit.SESSIONS, today)


def _of_account_alone(file: AccountFile, opened: Mapping[str, OpenedBlock], today: date) -> list[BlockBurn]:
    own = _own(opened, file, None)
    if not own:
        return []
    minutes = _drawn(own, minutes_of(work_of(file, None)), UsageUnit.MINUTES, today)
    return minutes + _drawn(own, sessions_of(calls_of(file, None)), UsageUnit.SESSIONS, today)


def _drawn(own: Sequence[OpenedBlock], uses: Iterable[Use], unit: UsageUnit, today: date) -> list[BlockBurn]:
    pool = BlockPool(own)
    wanted = (Draw(name, on, amount, unit) for on, name, amount in sorted(uses) if on <= today)
    return [burn for each in wanted for burn in pool.draw(each)]


def _dated(burns: Iterable[BlockBurn]) -> list[BlockBurn]:
    """In order of day: what was decided later was drawn later, whatever period it is for."""
    return sorted(burns, key=lambda burn: burn.on)


def _block_ledgers(
    file: AccountFile, opened: Mapping[str, OpenedBlock], burns: Iterable[BlockBurn], today: date
) -> tuple[BlockLedger, ...]:
    by_block: dict[str, list[BlockBurn]] = {}
    for burn in burns:
        by_block.setdefault(burn.block_id, []).append(burn)
    return tuple(
        block_ledger(each, opened.get(each.id), _dated(by_block.get(each.id, ())), today)
        for each in file.blocks
    )
