"""The charges of prepaid blocks: their sale, and what is paid back of a rest as it was decided.

A block is sold once, by its id. The refund is proposed like every correction, for the next invoice; it
follows from what was drawn, so that a late entry changes it by the difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from retainerdesk.domain.account import Account
from retainerdesk.domain.block import Block
from retainerdesk.domain.block_ledger import BlockLedger
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.credit_shares import agreed_of
from retainerdesk.domain.invoice import Charge, ChargeKey, ChargeKind, InvoiceLine
from retainerdesk.domain.line_words import line_words
from retainerdesk.domain.money import Money
from retainerdesk.domain.overage_price import used_words
from retainerdesk.domain.period import Period
from retainerdesk.domain.plan import UsageUnit

_ONE = Decimal(1)
_DAY = timedelta(days=1)


def block_charges(
    file: AccountFile,
    lines: Sequence[InvoiceLine],
    ledgers: Iterable[BlockLedger],
    through: date,
    today: date,
) -> list[Charge]:
    """Blocks sold up to `through` that no line and no skip carries, and what is to be paid back of others."""
    keys = [line.key for line in lines] + [skip.key for skip in file.skips]
    sold = {key.source_id for key in keys if key.kind is ChargeKind.BLOCK}
    charges = [
        _sale(file.account, block)
        for block in file.blocks
        if block.price and block.on <= through and block.id not in sold and not _has_ended(block, today)
    ]
    for ledger in ledgers:
        charges += _refund(file, lines, ledger, today)
    return charges


def _has_ended(block: Block, today: date) -> bool:
    """Nobody could draw it any more: then it is not sold."""
    return block.ends_on is not None and block.ends_on <= today


def refund_source(block_id: str) -> str:
    """What a correction names as its source where it pays back the rest of a block."""
    return f"block:{block_id}"


def block_words(amount: int, block: Block, locale: str) -> str:
    """An amount of a block in words: 10 h, 500.00 EUR, 5 sessions."""
    words = used_words(amount, block.unit, block.price.currency)
    if block.unit is UsageUnit.SESSIONS:
        return line_words("block_sessions", locale, amount=words)
    return words


def _sale(account: Account, block: Block) -> Charge:
    end = block.expires_on if block.expires_on and block.expires_on > block.on else block.on + _DAY
    key = ChargeKey(account.id, block.retainer_id or "", ChargeKind.BLOCK, Period(block.on, end), 1, block.id)
    amount = block_words(block.amount, block, account.locale)
    return Charge(
        key, block.on, _ONE, block.price.as_decimal(), block.price,
        line_words("block", account.locale, name=block.name, amount=amount), account.tax,
        why="sold for the next invoice", details=_until(account, block),
    )  # fmt: skip


def _until(account: Account, block: Block) -> tuple[str, ...]:
    if block.expires_on is None:
        return ()
    return (line_words("block_until", account.locale, day=(block.expires_on - _DAY).isoformat()),)


def _refund(
    file: AccountFile, lines: Sequence[InvoiceLine], ledger: BlockLedger, today: date
) -> list[Charge]:
    """What is still to be corrected: the refund less what lines and skips say of it already."""
    block, account = ledger.block, file.account
    source = refund_source(block.id)
    own = [line for line in lines if line.key.source_id == source]
    skips = [skip for skip in file.skips if skip.key.source_id == source]
    so_far = sum(agreed_of(line).minor for line in own)
    so_far += sum(skip.net.minor for skip in skips if skip.net is not None)
    net = Money(-ledger.refund.minor - so_far, account.currency)
    if not net or any(skip.net is None for skip in skips):
        return []
    taken = [line.key.sequence for line in own] + [skip.key.sequence for skip in skips]
    span = Period(block.on, block.on + _DAY)
    key = ChargeKey(
        account.id, block.retainer_id or "", ChargeKind.CORRECTION, span, max(taken, default=0) + 1, source
    )
    left = block_words(ledger.refunded, block, account.locale)
    amount = block_words(block.amount, block, account.locale)
    return [
        Charge(
            key, today, _ONE, net.as_decimal(), net,
            line_words("block_refund", account.locale, name=block.name), account.tax,
            why="decided to pay back what is left",
            details=(line_words("block_refund_detail", account.locale, left=left, amount=amount),),
        )
    ]  # fmt: skip
