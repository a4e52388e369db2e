"""The commands accounts, account, due and margin: what the screens show, from a shell."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date

from retainerdesk.cli import shapes
from retainerdesk.cli.output import hours, print_json, print_table, say
from retainerdesk.domain.exchange_rate import Converted
from retainerdesk.domain.margin import Margin
from retainerdesk.domain.money import Money
from retainerdesk.domain.overage_price import used_words
from retainerdesk.domain.period import add_months
from retainerdesk.domain.plain_words import terms_in_words
from retainerdesk.domain.usage_period import UsagePeriod
from retainerdesk.services.account_list import load_account_list, totals_of
from retainerdesk.services.account_view import load_account_view
from retainerdesk.services.context import BookContext
from retainerdesk.services.due import find_due
from retainerdesk.services.margin import MarginReport, margin_reports, waterfall_rows
from retainerdesk.services.timeline import timeline_page
from retainerdesk.services.views import AccountView

_TIMELINE_ROWS = 200


def show_accounts(book: BookContext, args: argparse.Namespace) -> int:
    """One row an account: verdicts, recurring money, balance, hours, next date."""
    with book.store.reading() as uow:
        rows = load_account_list(uow, book.today())
        recurring = totals_of(uow, rows, book.today()).recurring
    if args.json:
        accounts = [shapes.account_row(row) for row in rows]
        total = shapes.converted(recurring)
        print_json({"as_of": shapes.day(book.today()), "accounts": accounts, "mrr": total})
        return 0
    table = [
        (
            row.id,
            row.name,
            ", ".join(each.words for each in row.verdicts),
            f"{row.mrr} {row.currency}",
            str(row.balance),
            f"{hours(row.used_minutes)} of {hours(row.allowed_minutes)}",
            f"{row.next_on or ''} {row.next_text}".strip(),
        )
        for row in rows
    ]
    print_table(("id", "name", "verdicts", "a month", "open", "hours", "next"), table, right=(3, 4))
    _say_recurring(recurring)
    return 0


def _say_recurring(recurring: Converted) -> None:
    say(f"\n{recurring.total} {recurring.total.currency} a month in all")
    for rate in recurring.rates:
        say(f"  with {rate.words}")
    for amount in recurring.unknown:
        say(f"  without {amount} {amount.currency}: no exchange rate")


def show_account(book: BookContext, args: argparse.Namespace) -> int:
    """The whole account."""
    with book.store.reading() as uow:
        view = _in_language(load_account_view(uow, args.id, book.today()), args.language)
        page = timeline_page(uow, args.id, until=book.today(), limit=_TIMELINE_ROWS)
    rows = [
        {"on": shapes.day(row.on), "kind": row.kind, "title": row.title, "detail": row.detail}
        for row in page.rows
    ]
    if args.json:
        print_json(shapes.account_whole(view, rows))
        return 0
    _say_account(view)
    say("")
    print_table(
        ("date", "kind", "title"),
        [(str(row["on"]), str(row["kind"]), str(row["title"])) for row in rows[:30]],
    )
    return 0


def _in_language(view: AccountView, code: str) -> AccountView:
    """The view with its agreements in another language; they are read in English."""
    if code == "en":
        return view
    from retainerdesk.domain.plain_languages import LANGUAGES

    said = tuple(
        replace(each, words=terms_in_words(each.retainer, view.as_of, LANGUAGES[code]))
        for each in view.retainers
    )
    return replace(view, retainers=said)


def _say_account(view: AccountView) -> None:
    currency = view.account.currency
    say(f"{view.account.name} ({view.account.id}) as of {view.as_of}")
    say(f"  {view.mrr} {currency} a month · {view.balance} open · {view.overdue} overdue")
    for verdict in view.verdicts:
        say(f"  {verdict.words}: {'; '.join(verdict.evidence)}")
    for each in view.retainers:
        say(f"\n{each.retainer.name}")
        for sentence in each.words:
            say(f"  {sentence}")
        for usage in each.usage[-6:]:
            say(f"  {usage.span.start} – {usage.span.last_day}: {_usage_words(usage)}")
    for action in view.next_actions:
        say(f"  ☐ {action.text} {action.due_on or ''}")


def _usage_words(usage: UsagePeriod) -> str:
    figures = {"used": usage.used, "opening": usage.opening, "from blocks": usage.from_blocks}
    figures |= {"over": usage.overage, "carried" if usage.closed else "left": usage.carried}
    currency = usage.plan.fee.currency
    shown = {name: used_words(amount, usage.unit, currency) for name, amount in figures.items()}
    return ", ".join(
        f"{words} {name}" for name, words in shown.items() if name != "from blocks" or usage.from_blocks
    )


def show_due(book: BookContext, args: argparse.Namespace) -> int:
    """Everything that needs attention as of the date."""
    with book.store.reading() as uow:
        report = find_due(uow, book.today())
    if args.json:
        print_json(
            {"as_of": shapes.day(report.as_of), "items": [shapes.due_item(each) for each in report.items]}
        )
        return 0
    if not report.items:
        say("Nothing needs you today.")
        return 0
    rows = [
        (str(each.on), each.kind.value.replace("_", " "), each.account_name, each.text)
        for each in report.items
    ]
    print_table(("date", "what", "account", ""), rows)
    return 0


def show_margin(book: BookContext, args: argparse.Namespace) -> int:
    """Margin by month with the waterfall; by default the last 12 full months."""
    to_on = args.to_on or _month_of(book.today())
    from_on = args.from_on or add_months(_month_of(to_on), -12)
    with book.store.reading() as uow:
        reports = margin_reports(uow, args.id, from_on, to_on, book.today())
    if args.json:
        documents = [_margin_json(report) for report in reports]
        span = {"from": shapes.day(from_on), "to": shapes.day(to_on)}
        print_json({**span, **documents[0]} if args.id else {**span, "accounts": documents})
        return 0
    for report in reports:
        _say_margin(report)
    return 0


def _month_of(day: date) -> date:
    return day.replace(day=1)


def _margin_json(report: MarginReport) -> shapes.Json:
    return {
        "account": report.account_id,
        "currency": report.currency,
        "months": [shapes.margin_month(each) for each in report.months],
        "margin_percent": shapes.ratio(report.percent),
        "effective_rate": str(report.effective_rate) if report.effective_rate else None,
        "waterfall": shapes.waterfall(report.waterfall),
    }


def _say_margin(report: MarginReport) -> None:
    percent = shapes.ratio(report.percent)
    say(f"\n{report.account_name}: {percent + ' %' if percent else 'no complete month'}")
    rows = [
        (
            f"{each.span.start:%Y-%m}",
            _revenue(each, report.currency),
            str(each.cost or "–"),
            str(each.contribution or "–"),
            hours(each.minutes),
            "" if each.complete else "incomplete: " + ", ".join(each.missing),
        )
        for each in report.months
    ]
    print_table(("month", "revenue", "cost", "contribution", "hours", ""), rows, right=(1, 2, 3, 4))
    bars = [(cause.replace("_", " "), _signed(amount)) for cause, amount in waterfall_rows(report.waterfall)]
    if bars:
        say("")
        print_table(("what eroded it", report.currency), bars, right=(1,))


def _revenue(month: Margin, currency: str) -> str:
    """The revenue, with its currency where that is not the one of the report."""
    own = month.revenue.currency
    return str(month.revenue) if own == currency else f"{month.revenue} {own}"


def _signed(amount: Money) -> str:
    return str(amount).replace("-", "\u2212")
