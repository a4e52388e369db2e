"""What plain monthly agreements ought to bring in fees, day by day, with a calendar of its own."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.invoice import InvoiceStatus
from retainerdesk.domain.period import MONTHLY, Alignment
from retainerdesk.domain.plan import Proration, Timing
from retainerdesk.domain.retainer import PauseFee, Retainer


@dataclass(frozen=True, slots=True)
class ByHand:
    """The exact sum of the fees, and into how many parts each rounded by itself they may have been cut."""

    fees: Fraction
    parts: int


def is_plain(retainer: Retainer) -> bool:
    """Whether the fees can be added up here: one plan, months from the first day, parts by actual days."""
    plan = retainer.plans[0]
    return (
        len(retainer.plans) == 1
        and (plan.cadence, plan.alignment) == (MONTHLY, Alignment.ANNIVERSARY)
        and plan.proration is Proration.ACTUAL_DAYS
        and retainer.term is None
        and retainer.settled_through is None
        and retainer.notice_given_on is None
    )


def fees_by_hand(retainer: Retainer, today: date) -> ByHand:
    """The fee of each month that is due by `today`, by its days of service without a free pause."""
    plan, total, months = retainer.plans[0], Fraction(0), 0
    for start, end in _months(retainer.starts_on, retainer.ended_on or date.max, today):
        last = min(end, retainer.ended_on or date.max)
        if today >= (start if plan.timing is Timing.ADVANCE else last):
            days = [start + timedelta(days=n) for n in range((last - start).days)]
            served = sum(not _is_free(retainer, day) for day in days)
            total += Fraction(plan.fee.minor * served, (end - start).days)
            months += 1
    return ByHand(total, months * (1 + 2 * len(retainer.pauses)))


def _months(anchor: date, before: date, until: date) -> Iterator[tuple[date, date]]:
    """Months counted from the anchor, the day clamped to each month, that begin by `until`."""
    starts = [_month_after(anchor, k) for k in range((until.year - anchor.year + 1) * 12 + 2)]
    for start, end in pairwise(starts):
        if start <= until and start < before:
            yield start, end


def _month_after(anchor: date, k: int) -> date:
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + k, 12)
    return date(year, month + 1, min(anchor.day, monthrange(year, month + 1)[1]))


def _is_free(retainer: Retainer, day: date) -> bool:
    return any(
        each.fee is PauseFee.NONE and each.span.start <= day < each.span.end for each in retainer.pauses
    )


def billed_fees_of(file: AccountFile, retainer: Retainer) -> tuple[int, int]:
    """What live documents carry of a retainer's fees and their corrections, and on how many lines."""
    lines = [
        line
        for each in file.invoices
        if each.status is not InvoiceStatus.VOID and not each.is_credit_note
        for line in each.lines
        if line.key.retainer_id == retainer.id and line.basis is not None
    ]
    return sum((line.agreed or line.net).minor for line in lines), len(lines)


def fees_that_differ(file: AccountFile, today: date) -> Iterator[str]:
    """Plain retainers whose fees, with nothing left to invoice, are not those added up here.

    Corrections of up to two minor units are not made, and every line is rounded once. What was credited or
    skipped was settled by hand and is corrected no more; what is on a draft is billed later.
    """
    for retainer in file.retainers:
        kept = [line.key for draft in file.drafts for line in draft.lines]
        notes = [line.key for each in file.invoices if each.is_credit_note for line in each.lines]
        keys = [*(each.key for each in file.skips), *kept, *notes]
        if is_plain(retainer) and not any(key.retainer_id == retainer.id for key in keys):
            wanted, (billed, lines) = fees_by_hand(retainer, today), billed_fees_of(file, retainer)
            if abs(billed - wanted.fees) > 2 * (wanted.parts + lines):
                yield f"{retainer.id}: {billed} were billed in fees, {float(wanted.fees):.2f} by hand"
