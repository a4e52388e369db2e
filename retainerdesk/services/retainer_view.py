"""One retainer as of a day: its price, its ledger, when its lots die, its dates, its terms in plain words."""

from __future__ import annotations

from datetime import date, timedelta

from retainerdesk.domain.lots import Lot
from retainerdesk.domain.money import Money
from retainerdesk.domain.notice import IsBusinessDay, next_dates
from retainerdesk.domain.plain_words import terms_in_words
from retainerdesk.domain.portfolio import is_in_service, mrr
from retainerdesk.domain.retainer import Retainer
from retainerdesk.domain.schedule import usage_periods
from retainerdesk.domain.term import fee_on
from retainerdesk.domain.usage_period import UsagePeriod
from retainerdesk.services.views import LotExpiry, RetainerView

_FARTHEST_PERIODS = 60


def retainer_view(
    retainer: Retainer, ledger: tuple[UsagePeriod, ...], today: date, is_business_day: IsBusinessDay
) -> RetainerView:
    """The retainer as of `today`; `ledger` holds its usage periods up to that day."""
    day = max(today, retainer.starts_on)
    currency = retainer.plans[0].fee.currency
    return RetainerView(
        retainer=retainer,
        fee=fee_on(retainer, day)[1],
        mrr=mrr([retainer], today).get(currency, Money(0, currency)),
        usage=ledger,
        expiries=_expiries(retainer, ledger),
        term=next_dates(retainer, today, is_business_day) if is_in_service(retainer, day) else None,
        words=terms_in_words(retainer, today),
    )


def _expiries(retainer: Retainer, ledger: tuple[UsagePeriod, ...]) -> tuple[LotExpiry, ...]:
    """When carried lots die, soonest first. Base lots are what the period itself offers."""
    if not ledger:
        return ()
    dated: dict[date, int] = {}
    for lot in ledger[-1].lots:
        if lot.origin_on < ledger[-1].span.start:
            last_day = _last_day_of(retainer, ledger, lot)
            if last_day is not None:
                dated[last_day] = dated.get(last_day, 0) + lot.remaining
    return tuple(LotExpiry(minutes, last_day) for last_day, minutes in sorted(dated.items()))


def _last_day_of(retainer: Retainer, ledger: tuple[UsagePeriod, ...], lot: Lot) -> date | None:
    if lot.expires_on is not None:
        return lot.expires_on - timedelta(days=1)
    ahead = lot.last_index - ledger[-1].index
    if ahead > _FARTHEST_PERIODS:
        return None
    until = ledger[-1].span.end + timedelta(days=(ahead + 1) * max(1, ledger[-1].span.days + 3))
    periods = usage_periods(retainer, until)
    return periods[min(lot.last_index, len(periods) - 1)].span.last_day
