"""What a credit note takes of an invoice: amounts by line, or an amount with tax shared by every line.

All amounts are minor units; every result lies between nothing and what is left of a line or group.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from retainerdesk.domain.credit_shares import LineShare, Share, TaxGroup, agreed_of
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import Invoice, InvoiceLine
from retainerdesk.domain.money import Money, round_half_up, round_parts


def shares_by_line(invoice: Invoice, left: Share, amounts: Mapping[int, Money]) -> Share:
    """What to take for amounts by line position, as agreed. Raises RuleViolation for what a line lacks."""
    index = {line.position: n for n, line in enumerate(invoice.lines)}
    asked = [0] * len(invoice.lines)
    for position, amount in amounts.items():
        if position not in index:
            message = f"{invoice.number} has no line {position}; its lines are 1 to {len(invoice.lines)}."
            raise RuleViolation("credit.line", message, "lines")
        _check_part(position, amount, left.lines[index[position]].agreed)
        asked[index[position]] = amount.minor
    if not any(asked):
        raise RuleViolation("credit.amount", "Say how much of which line is credited.", "lines")
    return _taken(invoice, left, asked, {})


def _check_part(position: int, amount: Money, left: Money) -> None:
    if amount.currency != left.currency:
        message = f"Line {position} is in {left.currency}, not in {amount.currency}."
        raise RuleViolation("credit.currency", message, "lines")
    if not min(0, left.minor) <= amount.minor <= max(0, left.minor):
        message = f"Of line {position} {left} {left.currency} can still be credited, not {amount}."
        raise RuleViolation("credit.over", message, "lines")


def shares_by_amount(invoice: Invoice, left: Share, gross: Money) -> Share:
    """What to take for an amount with tax: the same share of every line, adding up to it exactly.

    Raises RuleViolation for nothing, or for more than is left.
    """
    if gross.currency != left.currency or not 0 < gross.minor <= left.gross.minor:
        message = (
            f"Of {invoice.number} {left.gross} {left.currency} can still be credited,"
            f" not {gross} {gross.currency}."
        )
        raise RuleViolation("credit.over", message, "amount")
    if gross == left.gross:
        return left
    factor = Fraction(gross.minor, left.gross.minor)
    asked, taxes = [0] * len(invoice.lines), dict[int, int]()
    # The lines of a group with tax in their price and those without are divided each on their own.
    pools = [(n, is_added) for n in range(len(left.tax_groups)) for is_added in (True, False)]
    sums = [_pool_gross(left, n, is_added=is_added) * factor for n, is_added in pools]
    for (n, is_added), part in zip(pools, round_parts(sums, gross.minor), strict=True):
        if is_added:
            taxes[n] = _tax_of_gross(left, n, part)
            _divide(asked, left, left.tax_groups[n].added, part - taxes[n])
        else:
            _divide(asked, left, left.tax_groups[n].inside, part)
    return _taken(invoice, left, asked, taxes)


def _pool_gross(left: Share, n: int, *, is_added: bool) -> int:
    group = left.tax_groups[n]
    return left.agreed_of(group.added) + left.added_tax[n] if is_added else left.agreed_of(group.inside)


def _tax_of_gross(left: Share, n: int, part: int) -> int:
    """The tax inside a gross part of the added lines of a group, kept between nothing and what is left."""
    group = left.tax_groups[n]
    net, tax = left.agreed_of(group.added), left.added_tax[n]
    if not net:
        return part
    whole = group.net + group.tax
    rate = group.rate / (1 + group.rate)
    so_far = whole - net - tax + part
    exact = round_half_up(so_far * rate) - (group.tax - tax)
    taken = _between(_between(exact, 0, tax), part - net, part)
    if part - taken == net and taken != tax:
        # Tax that no line is left for could never be taken back.
        taken += 1 if net > 0 else -1
    return taken


def _between(value: int, one: int, other: int) -> int:
    return min(max(value, min(one, other)), max(one, other))


def _divide(asked: list[int], left: Share, members: Sequence[int], part: int) -> None:
    """Share an amount among lines in proportion to what is left of them."""
    whole = left.agreed_of(members)
    if not whole:
        return
    exact = [Fraction(left.lines[n].agreed.minor * part, whole) for n in members]
    for n, minor in zip(members, round_parts(exact, part), strict=True):
        asked[n] = minor


def _taken(invoice: Invoice, left: Share, asked: Sequence[int], taxes: Mapping[int, int]) -> Share:
    """The share for an amount of every line as agreed; `taxes` are taxes of groups already settled."""
    nets = list(asked)
    tax: list[int] = []
    for n, group in enumerate(left.tax_groups):
        for index, net in zip(group.inside, _nets_inside(invoice, left, group, asked), strict=True):
            nets[index] = net
        tax.append(taxes[n] if n in taxes else _added_tax(left, n, asked))
    lines = tuple(
        LineShare(Money(agreed, left.currency), Money(net, left.currency))
        for agreed, net in zip(asked, nets, strict=True)
    )
    return Share(left.currency, left.tax_groups, lines, tuple(tax))


def _added_tax(left: Share, n: int, asked: Sequence[int]) -> int:
    """The tax that brings what was taken of a group to that of the share; all of it with the last line."""
    group = left.tax_groups[n]
    if not any(asked[index] for index in group.added):
        return 0
    if all(asked[index] == left.lines[index].agreed.minor for index in group.added):
        return left.added_tax[n]
    so_far = group.net - left.agreed_of(group.added) + sum(asked[index] for index in group.added)
    exact = round_half_up(so_far * group.rate) - (group.tax - left.added_tax[n])
    signs = {left.lines[index].agreed.minor > 0 for index in group.added if left.lines[index].agreed}
    return _between(exact, 0, left.added_tax[n]) if len(signs) == 1 else exact


def _nets_inside(invoice: Invoice, left: Share, group: TaxGroup, asked: Sequence[int]) -> list[int]:
    """The nets of gross amounts: within one unit a line of its own net, together nearest to the group's."""
    exact = [_exact_net(invoice.lines[n], left.lines[n], asked[n]) for n in group.inside]
    lows = [_between(value.__floor__(), 0, asked[n]) for value, n in zip(exact, group.inside, strict=True)]
    highs = [
        min(max(value.__ceil__(), low), max(0, asked[n]))
        for value, low, n in zip(exact, lows, group.inside, strict=True)
    ]
    wanted = _between(round_half_up(sum(exact, Fraction(0))), sum(lows), sum(highs))
    nets = list(lows)
    for i in sorted(range(len(exact)), key=lambda i: (lows[i] - exact[i], i)):
        nets[i] += min(highs[i] - lows[i], wanted - sum(nets))
    return nets


def _exact_net(line: InvoiceLine, left: LineShare, asked: int) -> Fraction:
    """The net that brings what was taken of a line to the net of that share, not rounded."""
    whole = agreed_of(line).minor
    if not asked or not whole:
        return Fraction(0)
    so_far = Fraction(line.net.minor * (whole - left.agreed.minor + asked), whole)
    return so_far - (line.net.minor - left.net.minor)
