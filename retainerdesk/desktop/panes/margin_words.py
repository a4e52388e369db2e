"""Margin figures in words, columns and bars; what is not known is said, never shown as a number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from retainerdesk.desktop.charts.margin_columns import MarginColumn
from retainerdesk.desktop.charts.waterfall import WaterfallRow
from retainerdesk.desktop.formatting import house_style, money, percent, short_money, short_month
from retainerdesk.desktop.rate_words import stated_rate
from retainerdesk.domain.exchange_rate import RateInForce
from retainerdesk.domain.margin import Margin
from retainerdesk.domain.money import Money, exponent
from retainerdesk.domain.waterfall import Cause, Waterfall
from retainerdesk.services.views import MarginView

CAUSES = {
    Cause.DISCOUNT: "Discounts",
    Cause.OUT_OF_SCOPE: "Out of scope",
    Cause.EXTRA_CALLS: "Extra calls",
    Cause.PREPARATION: "Preparation",
    Cause.ACCOUNT_MANAGEMENT: "Account management",
    Cause.EXTRA_DELIVERY: "Extra delivery",
    Cause.UNUSED_HOURS: "Unused hours",
    Cause.OVERAGE_BILLED: "Overage billed",
    Cause.ONE_OFF: "One-off charges",
    Cause.EXPENSES: "Expenses",
    Cause.PAYMENT_FEES: "Payment fees",
}
UNKNOWN = "—"


def margin_figure(view: MarginView) -> str:
    """The margin of the complete months, or a dash."""
    known = view.total.percent if view.total else None
    return percent(known) if known is not None else UNKNOWN


def rate_words(view: MarginView) -> str:
    """€126 an hour; a dash at zero hours; nothing where nothing is known."""
    if view.total is None:
        return ""
    rate = view.total.effective_rate
    return f"{short_money(rate)} an hour" if rate is not None else f"{UNKNOWN} an hour"


def columns(view: MarginView) -> tuple[MarginColumn, ...]:
    """A column a month; the last month is still running."""
    last = len(view.months) - 1
    return tuple(_column(each, running=position == last) for position, each in enumerate(view.months))


def _column(each: Margin, *, running: bool) -> MarginColumn:
    name = short_month(each.month)
    if not each.complete:
        return MarginColumn(None, f"{name}: incomplete, {house_style('; '.join(each.missing))}")
    if each.percent is None:
        return MarginColumn(None, f"{name}: no revenue")
    so_far = " so far" if running else ""
    return MarginColumn(each.percent / 100, f"{name}: {percent(each.percent)}{so_far}", complete=not running)


def missing_words(view: MarginView) -> str:
    """What keeps months from being complete, and what to do; empty if nothing does."""
    gaps = [each for each in view.months if not each.complete]
    if not gaps:
        return ""
    reasons = _first_of_each(reason for each in gaps for reason in each.missing)
    count = "" if len(gaps) == len(view.months) else f"{len(gaps)} of {len(view.months)} months "
    start = f"{count}incomplete" if count else "Incomplete"
    return f"{start}: {', '.join(reasons)}. {_way_out(reasons)}"


def _first_of_each(reasons: Iterable[str]) -> list[str]:
    """Cost rates without their day; exchange rates with the earliest one, which closes every gap."""
    found: dict[str, str] = {}
    for reason in reasons:
        what, _, since = reason.partition(" before ")
        if since:
            found[what] = min(found.get(what, reason), reason)
        else:
            what = re.sub(r" on \d{4}-\d{2}-\d{2}$", "", reason)
            found[what] = what
    return [house_style(each) for each in found.values()]


def _way_out(reasons: list[str]) -> str:
    if any("cost rate" in each for each in reasons):
        return "Enter it under Settings, People."
    return "Amounts of two currencies are never added without a rate."


def rates_used(view: MarginView) -> str:
    """The newest rate of each currency the months were converted by; empty if none was needed."""
    newest: dict[tuple[str, str], RateInForce] = {}
    for each in (rate for month in view.months for rate in month.rates):
        key = (each.from_currency, each.to_currency)
        if key not in newest or newest[key].on <= each.on:
            newest[key] = each
    if not newest:
        return ""
    rates = ", ".join(stated_rate(each.stored) for each in newest.values())
    return f"Converted at the end of each period, last at {rates}"


def waterfall_title(fall: Waterfall | None) -> str:
    """Eroded or, where more came in than was agreed, moved."""
    return "What moved it" if fall and fall.contribution > fall.agreed else "What eroded it"


def waterfall_rows(fall: Waterfall) -> tuple[WaterfallRow, ...]:
    """From the agreed margin to the contribution in minor units: the bars add up exactly."""
    amounts = [fall.agreed, fall.contribution, *(bar.amount for bar in fall.bars)]
    write = short_money if all(_is_whole(each) for each in amounts) else money
    causes = [
        WaterfallRow(CAUSES[bar.cause], Fraction(bar.amount.minor), _signed(bar.amount, write(bar.amount)))
        for bar in fall.bars
    ]
    return (
        WaterfallRow("Agreed", Fraction(fall.agreed.minor), write(fall.agreed), "start"),
        *causes,
        WaterfallRow("Contribution", Fraction(fall.contribution.minor), write(fall.contribution), "end"),
    )


def net_words(last: Margin) -> str:
    """Less overhead €456: net €1,869, 39 %; empty where there is no overhead."""
    fall = last.waterfall
    if fall is None or not fall.overhead:
        return ""
    write = short_money if _is_whole(fall.overhead) and _is_whole(fall.net) else money
    share = (
        f", {percent(Fraction(100 * fall.net.minor, last.revenue.minor))}" if last.revenue.minor > 0 else ""
    )
    return f"Less overhead {write(-fall.overhead)}: net {write(fall.net)}{share}"


def month_remark(last: Margin, today: date) -> str:
    """Which month is shown, with its margin."""
    name = "last month" if _is_last_month(last.month, today) else short_month(last.month)
    return f"{name}, {percent(last.percent, 1)}" if last.percent is not None else name


def _is_last_month(month: date, today: date) -> bool:
    return (today.year * 12 + today.month) - (month.year * 12 + month.month) == 1


def _is_whole(amount: Money) -> bool:
    return amount.minor % int(10 ** exponent(amount.currency)) == 0


def _signed(amount: Money, text: str) -> str:
    return f"+{text}" if amount.minor > 0 else text
