"""The yearly rate of late interest an account agreed to, in basis points: 1200 is 12 percent.

Whole basis points, so that a rate is kept exactly. Source: handbook, "Payments", Late interest.
"""

from __future__ import annotations

from decimal import Decimal

from retainerdesk.domain.errors import RuleViolation

FIELD = "late_interest"
_BPS_A_PERCENT = 100
_MOST_BPS = 100 * _BPS_A_PERCENT


def agreed_percent(bps: int) -> Decimal:
    """Basis points as percent a year: 1250 is 12.5."""
    return (Decimal(bps) / _BPS_A_PERCENT).normalize() + 0


def agreed_bps(percent: Decimal) -> int:
    """Percent a year as basis points. Raises RuleViolation for more than two decimals, or out of bounds."""
    bps = percent * _BPS_A_PERCENT
    if bps != int(bps):
        message = f"Agreed interest is kept in hundredths of a percent: {percent} has more decimals than two."
        raise RuleViolation("account.late_interest", message, FIELD)
    check_agreed(int(bps))
    return int(bps)


def check_agreed(bps: int | None) -> None:
    """Raise RuleViolation for an agreed rate that is not above 0 and at most 100 percent a year."""
    if bps is not None and not 0 < bps <= _MOST_BPS:
        message = (
            "Agreed interest is above 0 and at most 100 percent a year; leave it empty where the law's rate"
            " applies."
        )
        raise RuleViolation("account.late_interest", message, FIELD)
