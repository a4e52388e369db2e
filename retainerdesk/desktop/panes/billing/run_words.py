"""What stands above and below the invoice run: what is due, what is chosen, which numbers it would take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from retainerdesk.desktop.formatting import day, money
from retainerdesk.desktop.models.run_rows import AccountRow
from retainerdesk.domain.invoice import Charge
from retainerdesk.domain.money import Money
from retainerdesk.domain.numbering import NumberRange


def due_words(charges: Iterable[Charge], last_issued_on: date | None, today: date) -> str:
    """How many charges of how many accounts are due, and how long ago the last invoice was."""
    due = [charge for charge in charges if charge.billable_on <= today]
    accounts = len({charge.key.account_id for charge in due})
    words = _due_words(len(due), accounts) if due else "Nothing is due and not invoiced"
    return f"{_asleep(last_issued_on, today)} · {words}" if last_issued_on is not None else words


def _due_words(charges: int, accounts: int) -> str:
    what = "1 charge" if charges == 1 else f"{charges} charges"
    where = (
        "1 account is" if (accounts, charges) == (1, 1) else f"{accounts} account{'s' * (accounts > 1)} are"
    )
    return f"{what} for {where} due and not invoiced"


def _asleep(since: date, today: date) -> str:
    days = (today - since).days
    if days <= 0:
        return "last invoice today"
    count = "1 day" if days == 1 else f"{days} days"
    return f"{count} since the last invoice, {day(since, today)}"


def sum_words(count: str, rows: Iterable[AccountRow], numbers: Sequence[NumberRange]) -> str:
    """What is chosen: how many invoices, their net, and the numbers they would take."""
    net = " + ".join(money(each) for each in _net_per_currency(rows))
    return f"{count}, {net} net · {_number_words(numbers)} · nothing is sent by itself"


def _number_words(ranges: Sequence[NumberRange]) -> str:
    """The numbers a run would take, of each series: numbers 2026-0042 to 2026-0046, E-0007."""
    parts = [each.first if each.count == 1 else f"{each.first} to {each.last}" for each in ranges]
    one = len(ranges) == 1 and ranges[0].count == 1
    return f"number{'' if one else 's'} {', '.join(parts)}"


def _net_per_currency(rows: Iterable[AccountRow]) -> tuple[Money, ...]:
    """What is to be invoiced, a sum for each currency, in the order they appear."""
    sums: dict[str, Money] = {}
    for row in rows:
        sums[row.net.currency] = sums.get(row.net.currency, Money(0, row.net.currency)) + row.net
    return tuple(total for total in sums.values() if total)
