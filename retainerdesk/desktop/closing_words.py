"""Closing periods in words: what differs, and what each decision would do to money and margin."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from retainerdesk.desktop.formatting import day, money, span
from retainerdesk.desktop.usage_words import amount_words
from retainerdesk.domain.late import LateEffect, LateOption
from retainerdesk.domain.money import Money
from retainerdesk.domain.period_close import Difference, LateChoice, LateEntry
from retainerdesk.domain.plan import UsageUnit
from retainerdesk.services.closing import ClosingBoard, DecidedRow, PeriodRow
from retainerdesk.services.late_work import waiting_sum

Line = tuple[str, str]
CHOICE_WORDS = {
    LateChoice.CORRECT: "Correction",
    LateChoice.CREDIT: "Credit note",
    LateChoice.CARRY: "Carry",
    LateChoice.ABSORB: "Absorb",
}
DECIDED_WORDS = {
    LateChoice.CORRECT: "put on an invoice",
    LateChoice.CREDIT: "credited",
    LateChoice.CARRY: "carried on",
    LateChoice.ABSORB: "absorbed",
}
_MOST_ENTRIES = 6


def signed_amount(unit: UsageUnit, amount: int, currency: str) -> str:
    """+1 h 30, −2 sessions, or 0."""
    if not amount:
        return "0"
    return f"{'+' if amount > 0 else '−'}{amount_words(unit, abs(amount), currency)}"


def signed_money(amount: Money) -> str:
    """+€225.00, −€150.00."""
    return f"+{money(amount)}" if amount.minor > 0 else money(amount)


def more_words(found: Difference, unit: UsageUnit) -> str:
    """1 h 30 more work, or what differs where the work does not."""
    amount = found.used or found.to_place
    words = amount_words(unit, abs(amount), found.price.currency)
    what = "work" if found.used else "over"
    return f"{words} {'more' if amount > 0 else 'less'} {what}"


def effect_words(effect: LateEffect, option: LateOption, today: date) -> str:
    """What one choice would do, in a sentence."""
    parts: list[str] = []
    if option.choice is LateChoice.CORRECT:
        place = "next invoice" if option.net.minor > 0 else "next invoice that stays above zero"
        parts.append(
            f"{signed_money(option.net)} net on the {place}; revenue and margin {_moves(option.net)}"
        )
    elif option.choice is LateChoice.CREDIT and option.credits is not None:
        taken = f"{money(-option.net)} net of {option.credits[0]} is taken back at once"
        parts.append(f"{taken}; revenue and margin {_moves(option.net)}")
    elif option.choice is LateChoice.ABSORB:
        parts.append(_absorbed(effect, option))
    if option.moved and effect.to_on is not None:
        parts.append(_moved(effect, option.moved, today))
    return "; ".join(parts) + "."


def _moves(net: Money) -> str:
    return f"rise by {money(net)}" if net.minor > 0 else f"fall by {money(-net)}"


def _absorbed(effect: LateEffect, option: LateOption) -> str:
    words = amount_words(effect.unit, abs(option.given), effect.difference.price.currency)
    if option.given <= 0:
        return "Nothing is given back: invoices, lots and margin stay as they are"
    price = effect.difference.price
    worth = f", worth {money(price)}" if price.minor > 0 else ""
    return f"{words}{worth} are given away as goodwill; revenue stays, the time costs as it does"


def _moved(effect: LateEffect, moved: int, today: date) -> str:
    assert effect.to_on is not None
    words = amount_words(effect.unit, abs(moved), effect.difference.price.currency)
    place = f"the period from {day(effect.to_on, today)}"
    if moved > 0:
        return f"{words} use up hours of {place} first" if effect.unit is UsageUnit.MINUTES else (
            f"{words} come out of {place} first"
        )  # fmt: skip
    return f"{words} more are included in {place}"


def effect_lines(effect: LateEffect, today: date) -> tuple[Line, ...]:
    """Why there is a difference, and what each choice would do."""
    kept, found, currency = effect.usage, effect.difference, effect.difference.price.currency
    worked = amount_words(effect.unit, kept.used, currency)
    over = amount_words(effect.unit, kept.overage, currency)
    lines = [
        ("Retainer", effect.retainer_name),
        ("Period", f"{span(effect.span, today)}, closed on {day(kept.closed_on or today, today)}"),
        ("As closed", f"{worked} worked, {over} over"),
        ("Since", _change_words(found, effect.unit)),
        *_entry_lines(effect.entries, effect.unit, currency, today),
    ]  # fmt: skip
    lines += [(CHOICE_WORDS[each.choice], effect_words(effect, each, today)) for each in effect.options]
    return tuple(lines)


def _change_words(found: Difference, unit: UsageUnit) -> str:
    currency = found.price.currency
    parts = [f"{signed_amount(unit, found.used, currency)} work"]
    if found.overage or found.price:
        over = signed_amount(unit, found.overage, currency)
        parts.append(f"{over} over, {signed_money(found.price)} at the plan's price")
    if found.carried:
        parts.append(f"{signed_amount(unit, found.carried, currency)} to carry on")
    return "; ".join(parts)


def _entry_lines(
    entries: tuple[LateEntry, ...], unit: UsageUnit, currency: str, today: date
) -> Iterable[Line]:
    for number, each in enumerate(entries[:_MOST_ENTRIES]):
        before, after = (amount_words(unit, part, currency) for part in (each.before, each.after))
        if not each.before:
            words = f"{day(each.on, today)}: {after} added"
        elif not each.after:
            words = f"{day(each.on, today)}: {before} removed"
        else:
            words = f"{day(each.on, today)}: {before} became {after}"
        yield "" if number else "Caused by", words
    if len(entries) > _MOST_ENTRIES:
        yield "", f"and {len(entries) - _MOST_ENTRIES} more"


def period_lines(row: PeriodRow, today: date) -> tuple[Line, ...]:
    """The row of the ledger of a period that can be closed, or is."""
    usage = row.usage

    def words(amount: int) -> str:
        return amount_words(usage.unit, amount, row.currency)

    lines = [
        ("Retainer", row.retainer_name),
        ("Period", span(usage.span, today)),
        ("Included", words(usage.opening + usage.granted + usage.adjusted)),
        ("Worked", words(usage.used + usage.carried_in)),
        ("Over", words(usage.overage)),
        ("Forfeited", words(usage.expired + usage.forfeited)),
        ("Carried on", words(usage.carried)),
    ]
    if usage.closed_on is not None:
        lines.append(("Closed on", day(usage.closed_on, today)))
    lines += [("Still open" if not number else "", each) for number, each in enumerate(row.open_points)]
    if usage.closed_on is None:
        lines.append(("Closing it", "keeps these figures; what comes later shows as a difference to decide"))
    return tuple(lines)


def decided_lines(row: DecidedRow, today: date) -> tuple[Line, ...]:
    """What was decided about a difference, and why."""
    decided, unit = row.decided, row.unit
    return (
        ("Retainer", row.retainer_name),
        ("Period", span(row.close.span, today)),
        ("Decided", f"{DECIDED_WORDS[decided.choice]} on {day(decided.on, today)}"),
        ("Reason", decided.reason),
        ("Price", signed_money(decided.difference.price)),
        *((("Credit note", decided.invoice_number),) if decided.invoice_number else ()),
        *_entry_lines(decided.entries, unit, decided.difference.price.currency, today),
    )


def board_words(board: ClosingBoard) -> str:
    """2 differences wait, +€375.00 at the plans' prices; 3 periods can be closed."""
    parts = []
    if board.waiting:
        count = len(board.waiting)
        prices = " and ".join(signed_money(each) for each in waiting_sum(board.waiting) if each)
        worth = f", {prices} at the plans' prices" if prices else ""
        parts.append(f"{'1 difference waits' if count == 1 else f'{count} differences wait'}{worth}")
    if board.closable:
        count = len(board.closable)
        parts.append(f"{'1 period' if count == 1 else f'{count} periods'} can be closed")
    return "; ".join(parts) or "Nothing waits, and everything that is over is closed"
