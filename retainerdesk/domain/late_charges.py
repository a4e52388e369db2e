"""Corrections that were decided about late work in closed periods, as charges of the next invoice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from retainerdesk.domain.account import Account
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.invoice import Charge, ChargeKey, ChargeKind
from retainerdesk.domain.line_words import line_words
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period
from retainerdesk.domain.period_close import LATE_SOURCE, LateChoice, LateDecision, PeriodClose
from retainerdesk.domain.retainer import Retainer


def late_charges(
    account: Account, retainer: Retainer, taken: Iterable[ChargeKey], today: date
) -> list[Charge]:
    """The corrections decided up to `today` that no line and no skip has taken, in order of decision."""
    sources = {key.source_id for key in taken if key.kind is ChargeKind.CORRECTION}
    held = {each.span.start: each for each in retainer.closes_on(today)}
    return [
        _charge(account, retainer, held[each.period_on], each, today)
        for each in retainer.late
        if each.choice is LateChoice.CORRECT
        and each.on <= today
        and each.period_on in held
        and each.difference.price
        and LATE_SOURCE + each.id not in sources
    ]


def _charge(
    account: Account, retainer: Retainer, kept: PeriodClose, decided: LateDecision, today: date
) -> Charge:
    key = ChargeKey(account.id, retainer.id, ChargeKind.CORRECTION, kept.span, 1, LATE_SOURCE + decided.id)
    net = decided.difference.price
    return Charge(
        key, today, Decimal(1), net.as_decimal(), net,
        line_words("overage_correction", account.locale, name=retainer.name), account.tax,
        why=f"work changed after the period was closed on {kept.closed_on}: {decided.reason}",
    )  # fmt: skip


def late_earned(file: AccountFile, today: date) -> list[tuple[Period, Money]]:
    """What corrections of late work earn: the closed period and the amount; nothing for those skipped."""
    skipped = {each.key.source_id for each in file.skips}
    return [
        (kept.span, each.difference.price)
        for retainer in file.retainers
        for kept in retainer.closes_on(today)
        for each in retainer.late
        if each.period_on == kept.span.start
        and each.choice is LateChoice.CORRECT
        and each.on <= today
        and LATE_SOURCE + each.id not in skipped
    ]
