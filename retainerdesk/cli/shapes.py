"""The documents that `--json` answers with: names and forms are fixed (see the handbook, "Command line").

Money is a decimal string with the currency's digits, time is integer minutes, dates are ISO.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from retainerdesk.domain.allowance import as_if_closed
from retainerdesk.domain.due_item import DueItem
from retainerdesk.domain.exchange_rate import Converted, ExchangeRate
from retainerdesk.domain.margin import Margin
from retainerdesk.domain.money import Money, round_half_up
from retainerdesk.domain.payments import Ageing
from retainerdesk.domain.plan import UsageUnit
from retainerdesk.domain.retainer import Retainer
from retainerdesk.domain.usage_period import UsagePeriod
from retainerdesk.domain.verdict import Verdict
from retainerdesk.domain.waterfall import Waterfall
from retainerdesk.services.margin import waterfall_rows
from retainerdesk.services.summaries import AccountSummary
from retainerdesk.services.views import AccountView, RetainerView

Json = dict[str, Any]


def day(value: date | None) -> str | None:
    """A date as ISO text, or null."""
    return value.isoformat() if value else None


def number(value: Decimal) -> str:
    """A decimal without needless zeros: 19, 0.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def ratio(value: Fraction | None, digits: int = 1) -> str | None:
    """A percentage rounded half up to `digits` decimals; null where there is none."""
    return None if value is None else str(Decimal(round_half_up(value * 10**digits)).scaleb(-digits))


def verdict(value: Verdict) -> Json:
    """One verdict with its evidence."""
    return {
        "verdict": value.kind.value,
        "severity": value.severity.value,
        "text": value.words,
        "since": day(value.since),
        "evidence": list(value.evidence),
        "changed": value.changed,
    }


def in_unit(amount: int, unit: UsageUnit, currency: str) -> int | str:
    """An amount as it is counted: minutes and sessions as whole numbers, money as a decimal string."""
    return str(Money(amount, currency)) if unit is UsageUnit.MONEY else amount


def usage(retainer: Retainer, kept: UsagePeriod, today: date) -> Json:
    """One usage period of the lot ledger, in minutes, money or sessions, as `unit` says.

    One that still runs is told as if it closed as it stands, with what remains of it today.
    """
    period = as_if_closed(retainer, kept, today)
    covered = ("burned", "from_blocks", "unmetered", "overage")
    names = (
        "opening",
        "granted",
        "adjusted",
        "used",
        "carried_in",
        *covered,
        "expired",
        "forfeited",
        "carried",
    )
    currency = period.plan.fee.currency
    return {
        "retainer": retainer.id,
        "from": day(period.span.start),
        "to": day(period.span.end),
        "closed": period.closed,
        "unit": period.unit.value,
        **{name: in_unit(getattr(period, name), period.unit, currency) for name in names},
        "remaining": in_unit(kept.carried, period.unit, currency),
        "decision": period.decision.value if period.decision else None,
    }


def term(view: RetainerView) -> Json | None:
    """The dates of the running term."""
    facts = view.term
    if facts is None:
        return None
    return {
        "from": day(facts.start),
        "to": day(facts.end),
        "number": facts.number,
        "notice_deadline": day(facts.notice_deadline),
        "notice_latest": day(facts.notice_latest),
        "price_announcement": day(facts.price_announcement),
        "reminders": [day(each.on) for each in facts.reminders],
        "renewal": facts.renewal.value if facts.renewal else None,
        "ends_on": day(facts.ends_on),
    }


def margin_month(month: Margin) -> Json:
    """One month of margin; what is not known is null."""
    return {
        "month": f"{month.span.start:%Y-%m}",
        "currency": month.revenue.currency,
        "revenue": str(month.revenue),
        "cost": _known(month.cost),
        "contribution": _known(month.contribution),
        "net": _known(month.net),
        "minutes": month.minutes,
        "margin_percent": ratio(month.percent),
        "effective_rate": _known(month.effective_rate),
        "complete": month.complete,
        "missing": list(month.missing),
        "rates": [rate(each.stored) for each in month.rates],
    }


def rate(stored: ExchangeRate) -> Json:
    """One exchange rate as it was stated: 1 `from` is `rate` `to`."""
    return {
        "from": stored.from_currency,
        "to": stored.to_currency,
        "on": day(stored.on),
        "rate": number(stored.rate),
        "source": stored.source,
    }


def converted(sums: Converted) -> Json:
    """A total in one currency, the rates behind it, and what no rate leads from."""
    return {
        "total": str(sums.total),
        "currency": sums.total.currency,
        "rates": [rate(each.stored) for each in sums.rates],
        "unknown": [{"amount": str(each), "currency": each.currency} for each in sums.unknown],
    }


def _known(amount: Money | None) -> str | None:
    return None if amount is None else str(amount)


def waterfall(fall: Waterfall | None) -> list[Json]:
    """Every bar: its cause and what it adds or takes."""
    return [{"cause": cause, "amount": str(amount)} for cause, amount in waterfall_rows(fall)]


def ageing(value: Ageing) -> Json:
    """Open money by days past due."""
    return {name: str(amount) for name, amount in value.by_bucket().items()}


def account_whole(view: AccountView, timeline: list[Json]) -> Json:
    """Everything about one account."""
    return {
        "account": view.account.id,
        "name": view.account.name,
        "as_of": day(view.as_of),
        "currency": view.account.currency,
        "balance": str(view.balance),
        "credit": str(view.credit),
        "mrr": str(view.mrr),
        "terms_in_words": [sentence for each in view.retainers for sentence in each.words],
        "verdicts": [verdict(each) for each in view.verdicts],
        "periods": [
            usage(each.retainer, period, view.as_of) for each in view.retainers for period in each.usage
        ],
        "term": {each.retainer.id: term(each) for each in view.retainers},
        "margin": {
            "months": [margin_month(each) for each in view.margin.months],
            "waterfall": waterfall(view.margin.last.waterfall if view.margin.last else None),
        },
        "ageing": ageing(view.ageing),
        "average_days_late": ratio(view.average_days_late),
        "dso": ratio(view.dso),
        "timeline": timeline,
        "next_actions": [
            {"id": each.id, "text": each.text, "owner": each.owner, "due_on": day(each.due_on)}
            for each in view.next_actions
        ],
    }


def account_row(row: AccountSummary) -> Json:
    """One account in short."""
    return {
        "account": row.id,
        "name": row.name,
        "status": row.status.value,
        "currency": row.currency,
        "verdicts": [each.kind.value for each in row.verdicts],
        "mrr": str(row.mrr),
        "balance": str(row.balance),
        "overdue": str(row.overdue),
        "used_minutes": row.used_minutes,
        "allowed_minutes": row.allowed_minutes,
        "average_days_late": ratio(row.average_days_late),
        "dso": ratio(row.dso),
        "next_on": day(row.next_on),
        "next_text": row.next_text,
    }


def due_item(item: DueItem) -> Json:
    """One thing that needs attention."""
    return {"kind": item.kind.value, "account": item.account_id, "on": day(item.on), "text": item.text}
