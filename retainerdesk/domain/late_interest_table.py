"""Reading the table of statutory interest, a JSON text with its sources."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from retainerdesk.domain.late_interest import LateInterestLaw, LateInterestTable, ReferenceRates
from retainerdesk.domain.money import parse_money
from retainerdesk.domain.period import add_months


def read_late_interest_table(text: str) -> LateInterestTable:
    """The table in resources/rates/late_interest.json. Raises ValueError for half-years with a gap."""
    data = json.loads(text)
    references = {key: _reference(value) for key, value in data["references"].items()}
    laws = tuple(_law(key, value, references) for key, value in data["laws"].items())
    return LateInterestTable(date.fromisoformat(data["as_of"]), laws, tuple(data["none"].items()))


def _reference(data: dict[str, Any]) -> ReferenceRates:
    rates = tuple((date.fromisoformat(start), Decimal(rate)) for start, rate in data["rates"])
    for (start, _), (following, _) in pairwise(rates):
        if add_months(start, 6) != following:
            raise ValueError(f"{data['name']}: no half-year lies between {start} and {following}")
    return ReferenceRates(data["name"], data["source"], date.fromisoformat(data["as_of"]), rates)


def _law(key: str, data: dict[str, Any], references: dict[str, ReferenceRates]) -> LateInterestLaw:
    currency = data["fee_currency"]
    return LateInterestLaw(
        id=key,
        name=data["name"],
        source=data["source"],
        as_of=date.fromisoformat(data["as_of"]),
        countries=frozenset(data["countries"]),
        reference=references[data["reference"]],
        points=Decimal(data["points"]),
        fixed_at_start=data["fixed_at_start"],
        fee_currency=currency,
        fees=tuple((parse_money(least, currency), parse_money(fee, currency)) for least, fee in data["fees"]),
    )
