"""Why a charge is what it is, in words: rule, plan, work, lots, rounding, alternatives."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from retainerdesk.desktop.formatting import day, day_long, exact_percent, money, number, span
from retainerdesk.desktop.usage_words import used_words
from retainerdesk.domain.fees import FeePiece
from retainerdesk.domain.invoice import Charge, ChargeKind
from retainerdesk.domain.money import Money, exponent
from retainerdesk.domain.plan import OverageDecision, Timing, UsageUnit
from retainerdesk.services.explain import ChargeExplanation, HoursFacts, PlanFacts

Line = tuple[str, str]


def explanation_lines(explained: ChargeExplanation, today: date) -> tuple[Line, ...]:
    """(label, text) in the order people ask; texts may have several lines."""
    charge = explained.charge
    lines = [("Rule", _rule(explained)), *_plan_lines(explained.plan)]
    if explained.hours is not None:
        lines += _hours_lines(explained.hours, charge, today)
    elif explained.pieces:
        lines += _fee_lines(explained.pieces, charge, today)
    else:
        lines += _own_lines(charge)
    lines.append(("Tax", _tax(charge)))
    lines.append(("Instead", _alternative(explained)))
    return tuple((label, text) for label, text in lines if text)


def _rule(explained: ChargeExplanation) -> str:
    charge = explained.charge
    if charge.key.kind is ChargeKind.OVERAGE:
        return "Work no live lot covers, at the plan's overage price, invoiced a period later"
    if charge.key.kind is ChargeKind.CORRECTION:
        return "What was invoiced is never changed: the difference goes onto the next invoice"
    if charge.key.kind is ChargeKind.FEE and explained.plan is not None:
        when = "before it begins" if explained.plan.plan.timing is Timing.ADVANCE else "after it ends"
        return f"The fee of a period, invoiced {when}"
    if charge.key.kind is ChargeKind.EXPENSE:
        return "Money spent for the account, passed on at cost"
    return "Entered by hand for the next invoice"


def _plan_lines(facts: PlanFacts | None) -> list[Line]:
    if facts is None:
        return []
    words = f"{facts.number} of {facts.count}, in force since {day_long(facts.plan.from_on)}"
    return [("Plan", "\n".join(part for part in (words, facts.plan.text) if part))]


def _fee_lines(pieces: tuple[FeePiece, ...], charge: Charge, today: date) -> list[Line]:
    lines: list[Line] = []
    for piece in pieces:
        if piece.is_paused:
            lines.append(("Paused", f"{span(piece.span, today)}: no fee"))
        elif piece.span == piece.slice.full:
            lines.append(("Fee", f"{money(piece.fee)} for the full period"))
        else:
            share = f"{piece.span.days} of {piece.slice.full.days} days"
            lines.append(("Fee", f"{money(piece.fee)} a period; {share}, {span(piece.span, today)}"))
        if piece.reason and not piece.is_paused:
            lines.append(("Price", piece.reason))
    if charge.key.kind is ChargeKind.CORRECTION:
        lines.append(("Change", f"{charge.why}; {money(charge.net)} with the next invoice"))
    if len(lines) > 1:
        lines.append(("Rounding", "once, half up; parts of one period add up to it"))
    return list(dict.fromkeys(lines))


def _hours_lines(facts: HoursFacts, charge: Charge, today: date) -> list[Line]:
    usage = facts.usage
    entries = "1 entry" if facts.entries == 1 else f"{facts.entries} entries"
    within = span(usage.span, today)
    if usage.closed_on is not None:
        within += f", closed on {day(usage.closed_on, today)}"
    worked = f"{used_words(usage, usage.used)} in {entries}, {within}"
    if usage.unit is UsageUnit.SESSIONS:
        worked = f"{used_words(usage, usage.used)}, {within}"
    if usage.carried_in:
        worked += f"\n{used_words(usage, usage.carried_in)} carried over from the period before"
    lines = [("Worked", worked), ("Lots", _lots(facts)), ("Overage", _priced(facts, charge))]
    if charge.key.kind is ChargeKind.CORRECTION:
        lines.append(("Change", f"{charge.why}: {money(charge.net)} differs from what was invoiced"))
    return lines


def _priced(facts: HoursFacts, charge: Charge) -> str:
    usage = facts.usage
    over = used_words(usage, usage.overage)
    if usage.unit is UsageUnit.MONEY:
        return f"{over} beyond the agreed value"
    if usage.unit is UsageUnit.SESSIONS:
        each = usage.plan.session_price
        return f"{over} × {money(each)} = {money(facts.priced)}" if each is not None else over
    rate = _rate(usage.plan.overage.hourly_rate, charge.net.currency)
    return f"{over} × {rate} an hour = {money(facts.priced)}, rounded once"


def _rate(rate: Decimal, currency: str) -> str:
    """An hourly rate as an amount, with more digits only if it has them."""
    minor = rate.scaleb(exponent(currency))
    if minor == minor.to_integral_value():
        return money(Money(int(minor), currency))
    return f"{number(rate, -int(rate.normalize().as_tuple().exponent))} {currency}"


def _lots(facts: HoursFacts) -> str:
    usage = facts.usage
    base = f"{used_words(usage, usage.granted + usage.adjusted)} base"
    left = usage.opening + usage.granted + usage.adjusted - usage.burned
    parts = [f"{base}, all burned" if left <= 0 else f"{base}, {used_words(usage, left)} unused"]
    if usage.opening < 0:
        parts.append(f"{used_words(usage, -usage.opening)} overdrawn before, taken from it")
    elif usage.opening:
        parts.append(f"{used_words(usage, usage.opening)} carried over")
    if usage.from_blocks:
        parts.append(f"{used_words(usage, usage.from_blocks)} from prepaid blocks")
    if facts.before is not None and facts.before.expired:
        gone = used_words(facts.before, facts.before.expired)
        parts.append(f"{gone} expired on {day_long(facts.before.span.end)}")
    return "\n".join(parts)


def _own_lines(charge: Charge) -> list[Line]:
    if charge.key.kind is not ChargeKind.ONE_OFF:
        return [("Spent", f"{money(charge.net)} on {day_long(charge.key.service.start)}")]
    places = max(2, -int(charge.unit_price.normalize().as_tuple().exponent))
    quantity = number(charge.quantity, max(0, -int(charge.quantity.normalize().as_tuple().exponent)))
    words = f"{quantity} × {number(charge.unit_price, places)}"
    less = f" {', '.join(charge.details)}" if charge.details else ""
    return [("Amount", f"{words}{less} = {money(charge.net)}, rounded once")]


def _tax(charge: Charge) -> str:
    rule = charge.tax
    if not rule.category.is_taxed:
        return rule.category.value.replace("_", " ")
    how = "inside the price" if rule.included else "added"
    return f"{exact_percent(rule.rate_percent)} {how}, computed once per invoice"


def _alternative(explained: ChargeExplanation) -> str:
    if can_decide(explained):
        return "absorb it, or carry it into the next period"
    return "leave it for later, or skip it with a reason"


def can_decide(explained: ChargeExplanation) -> bool:
    """Whether the charge is overage that could still be absorbed or carried."""
    hours = explained.hours
    is_overage = explained.charge.key.kind is ChargeKind.OVERAGE
    return is_overage and hours is not None and hours.usage.decision is OverageDecision.BILL
