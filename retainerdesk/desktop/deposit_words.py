"""Deposits in words: what is left, and what happens next."""

from __future__ import annotations

from datetime import date

from retainerdesk.desktop.formatting import day, money
from retainerdesk.domain.deposit import DepositState
from retainerdesk.services.views import DepositView


def left_words(deposit: DepositView) -> str:
    """€600.00 of €1,000.00 left."""
    if deposit.state is DepositState.AGREED:
        return money(deposit.amount)
    return f"{money(deposit.left)} of {money(deposit.amount)} left"


def state_words(deposit: DepositView, today: date) -> str:
    """What the deposit waits for."""
    if deposit.state is DepositState.AGREED:
        return f"billed from {day(deposit.on, today)}" if deposit.on > today else "with the next run"
    if deposit.state is DepositState.BILLED:
        return f"{deposit.invoice_number} is not paid"
    if deposit.state is DepositState.HELD:
        return "held"
    if deposit.state is DepositState.READY and deposit.deduct_from is not None:
        later = deposit.deduct_from > today
        return f"used from {day(deposit.deduct_from, today)}" if later else "for the next invoice"
    return "used up"
