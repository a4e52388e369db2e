"""Tax and totals by EN 16931, for prices without and with the tax inside.

Lines are grouped by category, rate and reason. Tax is computed and rounded half up once per group, never per
line; totals are sums of rounded parts. Source: handbook, "Tax and totals".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from retainerdesk.domain.account import TaxCategory, TaxRule
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import TaxTotal, Totals
from retainerdesk.domain.money import Money, round_half_up, round_parts

# UNCL 5305 codes of EN 16931, BT-118 and BT-151.
CATEGORY_CODES = {
    TaxCategory.STANDARD: "S",
    TaxCategory.REDUCED: "S",
    TaxCategory.ZERO: "Z",
    TaxCategory.EXEMPT: "E",
    TaxCategory.REVERSE_CHARGE: "AE",
    TaxCategory.INTRA_COMMUNITY: "K",
    TaxCategory.EXPORT: "G",
    TaxCategory.OUTSIDE_SCOPE: "O",
}

# Categories whose reason an invoice must print; documents have the standard wording of all but EXEMPT.
NEEDS_WORDING = frozenset(
    {
        TaxCategory.EXEMPT,
        TaxCategory.REVERSE_CHARGE,
        TaxCategory.INTRA_COMMUNITY,
        TaxCategory.EXPORT,
        TaxCategory.OUTSIDE_SCOPE,
    }
)


@dataclass(frozen=True, slots=True)
class TaxedLines:
    """The totals of a document and the net of each line, in the order given; the nets add up to the total."""

    totals: Totals
    line_nets: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """`rate_percent` compares by value, so 19 and 19.00 are one group."""

    category: TaxCategory
    rate_percent: Decimal
    reason: str


def check_rule(rule: TaxRule, field: str | None = None) -> None:
    """Raise RuleViolation for a rate that its category cannot have, or an exemption without its reason."""
    if not 0 <= rule.rate_percent <= 100:
        raise RuleViolation(
            "tax.rate", f"A tax rate of {rule.rate_percent} % is not between 0 and 100.", field
        )
    if rule.rate_percent > 0 and not rule.category.is_taxed:
        category = rule.category.value.replace("_", " ")
        message = f"“{category}” has no tax, but a rate of {rule.rate_percent} % was given; set it to 0."
        raise RuleViolation("tax.rate", message, field)
    if rule.category is TaxCategory.EXEMPT and not (rule.reason or "").strip():
        message = "An exemption needs its legal reason, because the invoice must print it."
        raise RuleViolation("tax.reason", message, field)


def total(charges: Sequence[tuple[Money, TaxRule]], currency: str | None = None) -> TaxedLines:
    """The totals of lines given as (amount, rule): the amount is gross where `rule.included`, else net.

    Added tax: rounded half up on the sum of a group's nets. Included tax: the group's gross is kept exactly,
    its tax is G × r / (100 + r) rounded half up, the base the rest, and lines share the base by largest
    remainder. A group with both kinds shows the two sums together. `currency` is needed without lines.
    Raises RuleViolation for a rule that cannot be, ValueError for mixed currencies.
    """
    unit = currency if not charges else charges[0][0].currency
    if unit is None:
        raise ValueError("totals of nothing need a currency")
    if any(amount.currency != unit for amount, _ in charges):
        raise ValueError("the lines of one document have one currency")
    for _, rule in charges:
        check_rule(rule)
    nets = _line_nets(charges)
    groups = tuple(_group_total(group, charges, nets) for group in _groups(charges))
    net = Money(sum(net.minor for net in nets), unit)
    tax = Money(sum(group.amount.minor for group in groups), unit)
    return TaxedLines(Totals(net, groups, net + tax), nets)


def _group_of(rule: TaxRule) -> _Group:
    return _Group(rule.category, rule.rate_percent, (rule.reason or "").strip())


def _groups(charges: Sequence[tuple[Money, TaxRule]]) -> list[_Group]:
    """Every group once: highest rate first, then by category and reason, whatever the order of lines."""
    found = dict.fromkeys(_group_of(rule) for _, rule in charges)
    return sorted(found, key=lambda group: (-group.rate_percent, group.category, group.reason))


def _members(charges: Sequence[tuple[Money, TaxRule]], group: _Group, *, included: bool) -> list[int]:
    return [
        index
        for index, (_, rule) in enumerate(charges)
        if rule.included == included and _group_of(rule) == group
    ]


def _line_nets(charges: Sequence[tuple[Money, TaxRule]]) -> tuple[Money, ...]:
    nets = [amount for amount, _ in charges]
    for group in _groups(charges):
        members = _members(charges, group, included=True)
        if members:
            gross = [charges[index][0] for index in members]
            for index, net in zip(members, _nets_of_gross(gross, group.rate_percent), strict=True):
                nets[index] = net
    return tuple(nets)


def _nets_of_gross(gross: list[Money], rate_percent: Decimal) -> list[Money]:
    """Nets whose sum is the group's base, each within one unit of its own exact net."""
    whole = sum(amount.minor for amount in gross)
    factor = Fraction(100) / (100 + Fraction(rate_percent))
    exact = [amount.minor * factor for amount in gross]
    parts = round_parts(exact, whole - _tax_inside(whole, rate_percent))
    return [Money(part, amount.currency) for part, amount in zip(parts, gross, strict=True)]


def _tax_inside(gross_minor: int, rate_percent: Decimal) -> int:
    rate = Fraction(rate_percent)
    return round_half_up(gross_minor * rate / (100 + rate))


def _group_total(
    group: _Group, charges: Sequence[tuple[Money, TaxRule]], nets: tuple[Money, ...]
) -> TaxTotal:
    """The base and tax of a group. The tax of included prices is what the kept gross leaves over the base."""
    added = sum(nets[index].minor for index in _members(charges, group, included=False))
    inside = _members(charges, group, included=True)
    inside_base = sum(nets[index].minor for index in inside)
    inside_tax = sum(charges[index][0].minor for index in inside) - inside_base
    tax = round_half_up(added * Fraction(group.rate_percent) / 100) + inside_tax
    unit = nets[0].currency
    base = Money(added + inside_base, unit)
    return TaxTotal(group.category, group.rate_percent, base, Money(tax, unit), group.reason or None)
